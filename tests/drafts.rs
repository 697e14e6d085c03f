//! Drafts: what goes into a draft comes out of it again, by edit and undo, through the file and through JSON.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

#[path = "drafts/dates.rs"]
mod dates;
#[path = "drafts/edits.rs"]
mod edits;
#[path = "drafts/files.rs"]
mod files;
#[path = "drafts/json.rs"]
mod json;
#[path = "drafts/odd.rs"]
mod odd;
