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

use std::path::Path;

use hyoukasho::draft::format::write;
use hyoukasho::draft::{Answer, Document, Draft, Edit};
use hyoukasho::exchange::json;
use hyoukasho::form::FieldPath;

/// A small draft with that name of the assessment.
fn draft(name: &str) -> Draft {
    let mut draft =
        Draft::from(Document { form: "youshiki3".to_owned(), edition: "r6-10".to_owned(), ..Document::default() });
    let answer = Some(Answer::Text(name.to_owned()));
    draft.apply(Edit::Answer { at: FieldPath::document("cover.name"), answer }).unwrap();
    draft
}

/// What commands take beside a document: another draft, one of 様式２, a document in JSON, a 標準の文 of a city.
fn neighbours(folder: &Path) {
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).unwrap();
    put("相手.ron", write(&draft("相手")).as_bytes());
    let basic = Document { form: "youshiki2".to_owned(), edition: "r6-10".to_owned(), ..Document::default() };
    put("基礎.ron", write(&basic.into()).as_bytes());
    put("取込.json", json::export(&draft("別").state, None).as_bytes());
    std::fs::create_dir_all(folder.join("標準の文/約束")).unwrap();
    put("標準の文/約束/2026-04-01.txt", "約束を守る。".as_bytes());
}
