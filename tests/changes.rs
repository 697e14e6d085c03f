//! The change table: what is found between two versions, and what is proposed and kept of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

#[path = "changes/cases.rs"]
mod cases;
#[path = "changes/documents.rs"]
mod documents;
#[path = "changes/made.rs"]
mod made;
#[path = "changes/properties.rs"]
mod properties;
#[path = "changes/putting_back.rs"]
mod putting_back;
#[path = "changes/regroup.rs"]
mod regroup;
#[path = "changes/sample_year.rs"]
mod sample_year;
#[path = "changes/year.rs"]
mod year;
