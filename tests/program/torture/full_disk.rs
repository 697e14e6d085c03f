//! A disk that is full after any number of blocks. Needs a small disk of its own, which `scripts/torture/full-disk.sh`
//! makes: it runs the test that is ignored here.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use hyoukasho::disk::SystemDisk;
use hyoukasho::vault::{BackupStore, Fingerprint, LocalDateTime, SaveOutcome, SaveRequest, Saved, Track, save};

const FOLDER: &str = "HYOUKASHO_TEST_DISK";
const BLOCK: usize = 4096;

/// Fifteen blocks that say of themselves whether they are whole.
fn content(number: usize) -> Vec<u8> {
    let mut text = format!("{number}\n");
    while text.len() < 14 * BLOCK + 100 {
        text += &format!("{number}の文。");
    }
    (text + "\n終").into_bytes()
}

/// The disk, the document on it, and the backup store: on the same disk or on another.
struct Desk {
    disk: PathBuf,
    backups: BackupStore,
    track: Track,
}

impl Desk {
    fn new(disk: &Path, copies: &Path) -> Self {
        let desk = Self {
            disk: disk.to_owned(),
            backups: BackupStore::of(copies, Path::new("評価書")),
            track: Track::default(),
        };
        fs::write(desk.document(), content(0)).unwrap();
        Self { track: Track { seen: Some(Fingerprint::of(&content(0))), ..Track::default() }, ..desk }
    }

    fn document(&self) -> PathBuf {
        self.disk.join("評価書.ron")
    }

    fn save(&mut self, number: usize) -> Saved {
        let (bytes, document) = (content(number), self.document());
        let now = LocalDateTime::from_secs(1_795_251_600).unwrap();
        let (document, backups) = (Some(document.as_path()), Some(&self.backups));
        save(
            &SystemDisk,
            &SaveRequest { bytes: &bytes, document, backups, keep: None, keep_old: false, now },
            &mut self.track,
        )
    }

    /// Leaves that many blocks free.
    fn fill(&self, n_free: usize) {
        let mut ballast = File::create(self.disk.join("ballast")).unwrap();
        let mut written = 0;
        while let Ok(n) = ballast.write(&[1; BLOCK]) {
            written += n;
        }
        ballast.set_len(u64::try_from(written.saturating_sub(n_free * BLOCK)).unwrap()).unwrap();
    }

    fn temporary_files(&self) -> usize {
        let names = fs::read_dir(&self.disk).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.ends_with(".tmp")).count()
    }
}

/// What came of a save with that many blocks free: whether it was written.
fn check(disk: &Path, copies: &Path, n_free: usize) -> bool {
    for entry in fs::read_dir(disk).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.unwrap();
    }
    let mut desk = Desk::new(disk, copies);
    desk.fill(n_free);
    let saved = desk.save(1);
    let now = fs::read(desk.document()).unwrap();
    let written = match &saved.outcome {
        SaveOutcome::Written => true,
        SaveOutcome::Failed(error) => {
            assert!(error.to_string().contains("ディスクの空きがありません"), "{n_free} blocks: {error}");
            false
        }
        other => panic!("{n_free} blocks: {other:?}"),
    };
    assert!(now == content(usize::from(written)), "{n_free} blocks: neither the old file nor the new one");
    if let Ok(copy) = desk.backups.read_copy(&SystemDisk, 1 << 20) {
        assert!(copy == content(1) || copy == content(0), "{n_free} blocks: half a copy");
    }
    assert_eq!(desk.temporary_files(), 0, "{n_free} blocks");
    // Somebody makes room: the next try writes all.
    fs::remove_file(disk.join("ballast")).unwrap();
    assert!(matches!(desk.save(2).outcome, SaveOutcome::Written), "{n_free} blocks, and then room");
    assert!(fs::read(desk.document()).unwrap() == content(2));
    written
}

#[test]
#[ignore = "run by scripts/torture/full-disk.sh, which makes a small disk"]
fn a_full_disk_leaves_the_old_file_whole_and_says_so() {
    let disk = PathBuf::from(std::env::var_os(FOLDER).expect("the folder of a small disk"));
    let elsewhere = tempfile::tempdir().unwrap();
    let (mut n_tried, mut n_failed) = (0, 0);
    // A version, a copy and the document: more blocks than all of them need.
    for n_free in 0..60 {
        for (name, copies) in [("一", elsewhere.path().to_owned()), ("二", disk.join("控え"))] {
            let written = check(&disk, &copies.join(name), n_free);
            assert!(n_free < 55 || written, "with {n_free} blocks there is room");
            n_tried += 1;
            n_failed += usize::from(!written);
        }
    }
    println!("FIGURES {{\"full_disk\": {n_tried}, \"full_disk_refused\": {n_failed}}}");
}
