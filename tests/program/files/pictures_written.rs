//! What a save of a document with pictures writes: its file and the second copy, each once and whole, and every ten
//! minutes a version. A picture is never packed anew, so that a save costs what the disk costs.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

use hyoukasho::disk::{Disk, File};
use hyoukasho::draft::{Answer, Document, Draft, Figure, FigurePicture, KeptPicture, format};
use hyoukasho::form::Orientation;
use hyoukasho::vault::{BackupStore, LocalDateTime, SaveOutcome, SaveRequest, Track, save};

/// A disk that counts what is written.
#[derive(Default)]
struct Counting(AtomicUsize);

impl Disk for Counting {
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        self.0.fetch_add(bytes.len(), Ordering::Relaxed);
        io::Write::write_all(file, bytes)
    }
}

/// A document with a picture of so many bytes.
fn draft(n_bytes: usize, name: &str) -> Draft {
    let kept = KeptPicture::new(vec![7; n_bytes]);
    let picture = FigurePicture { kept, orientation: Orientation::Portrait, alt: String::new() };
    let mut document = Document { form: "youshiki4".into(), edition: "r6-10".into(), ..Document::default() };
    let answers = &mut document.common_mut().answers;
    answers.insert("task_flow.figure", Answer::Figure(Figure { pictures: vec![picture], ..Figure::default() }));
    answers.insert("cover.name", Answer::Text(name.to_owned()));
    document.into()
}

#[test]
fn a_save_writes_document_and_copy_once_each_and_a_version_now_and_then() {
    const N_BYTES: usize = 1 << 20;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("評価書.hyouka");
    let backups = BackupStore::of(&folder.path().join("控え"), &path);
    let (disk, mut track) = (Counting::default(), Track::default());
    let start = LocalDateTime::from_secs(1_800_000_000).unwrap();
    let mut written = |secs: i64, name: &str| {
        let before = disk.0.load(Ordering::Relaxed);
        let bytes = format::file(&draft(N_BYTES, name));
        let now = LocalDateTime::from_secs(start.to_secs() + secs).unwrap();
        let (document, backups) = (Some(path.as_path()), Some(&backups));
        let request = SaveRequest { bytes: &bytes, document, backups, keep: None, keep_old: false, now };
        assert!(matches!(save(&disk, &request, &mut track).outcome, SaveOutcome::Written));
        (disk.0.load(Ordering::Relaxed) - before).div_euclid(N_BYTES)
    };
    assert_eq!(written(0, "甲"), 3, "document, copy, and the first version");
    assert_eq!(written(2, "乙"), 2);
    assert_eq!(written(4, "丙"), 2);
    assert_eq!(written(700, "丁"), 3);
    // Nothing is packed: the file is its pictures, its text and the names.
    let overhead = format::file(&draft(N_BYTES, "丁")).len() - N_BYTES - format::write(&draft(N_BYTES, "丁")).len();
    assert!(overhead < 500, "{overhead}");
}
