//! Rough treatment: damaged files, a panic at work, files of the past, a full disk. What was typed is never lost.
//! The real window and the real kill are in `scripts/torture/`; every single fault of the disk is in `tests/files/`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, missing_docs)]

#[cfg(feature = "gui")]
#[path = "torture/damage.rs"]
mod damage;
#[path = "torture/formats.rs"]
mod formats;
#[path = "torture/full_disk.rs"]
mod full_disk;
#[path = "torture/in_use.rs"]
mod in_use;
#[path = "torture/limits.rs"]
mod limits;
#[cfg(feature = "gui")]
#[path = "torture/panic_at_work.rs"]
mod panic_at_work;

use hyoukasho::draft::{Answer, Document, Draft, Edit};
use hyoukasho::form::FieldPath;

/// A small draft with that name of the assessment.
fn draft(name: &str) -> Draft {
    let mut draft =
        Draft::from(Document { form: "youshiki3".to_owned(), edition: "r6-10".to_owned(), ..Document::default() });
    let answer = Some(Answer::Text(name.to_owned()));
    draft.apply(Edit::Answer { at: FieldPath::document("cover.name"), answer }).unwrap();
    draft
}
