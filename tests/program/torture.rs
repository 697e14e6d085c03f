//! Rough treatment: damaged files, a panic at work, files of the past, a full disk. What was typed is never lost.
//! The real window and the real kill are in `scripts/torture/`; every single fault of the disk is in `tests/program/files/`.

#[cfg(target_os = "linux")]
mod backup_found;
#[cfg(feature = "gui")]
mod damage;
mod formats;
mod full_disk;
mod in_use;
mod limits;
#[cfg(feature = "gui")]
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
