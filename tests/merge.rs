//! Two people on one document: what comes of their work, and that nothing of it is lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, missing_docs)]
#![allow(dead_code, reason = "the drafts are made by functions that other tests share")]

#[path = "merge/command.rs"]
mod command;
#[path = "changes/made.rs"]
mod made;
#[path = "merge/properties.rs"]
mod properties;
#[path = "merge/two_people.rs"]
mod two_people;
