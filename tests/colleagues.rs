//! Colleagues at one document, in the window: two who have it open, one who waits, copies handed over and back.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, missing_docs)]

#[path = "colleagues/copies.rs"]
mod copies;
#[path = "colleagues/desk.rs"]
mod desk;
#[cfg(target_os = "linux")]
#[path = "colleagues/hanging.rs"]
mod hanging;
#[path = "colleagues/office.rs"]
mod office;
#[path = "colleagues/one_document.rs"]
mod one_document;
#[path = "colleagues/remarks.rs"]
mod remarks;
mod window;
