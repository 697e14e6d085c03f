//! A share that loses its answers, documents that are moved or held, names that are too long.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use hyoukasho::disk::{Disk, SystemDisk};
use hyoukasho::vault::{LocalDateTime, SaveOutcome, SaveRequest, Saved, Track, save};

use super::faulty::{Fault, FaultyDisk};

/// A disk that renames and says that it could not: the answer of the share was lost.
struct Forgetful;

impl Disk for Forgetful {
    fn rename(&self, from: &Path, to: &Path) -> std::io::Result<()> {
        SystemDisk.rename(from, to)?;
        Err(ErrorKind::TimedOut.into())
    }

    /// No share can.
    fn exchange(&self, _: &Path, _: &Path) -> std::io::Result<()> {
        Err(ErrorKind::Unsupported.into())
    }
}

/// A disk whose folders cannot be brought to the medium, as with some shares.
struct Unsure;

impl Disk for Unsure {
    fn sync_folder(&self, _: &Path) -> std::io::Result<()> {
        Err(ErrorKind::InvalidInput.into())
    }
}

struct Desk {
    folder: tempfile::TempDir,
    name: String,
    track: Track,
}

impl Desk {
    fn new(name: &str) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), name: name.to_owned(), track: Track::default() }
    }

    fn document(&self) -> PathBuf {
        self.folder.path().join(&self.name)
    }

    fn save(&mut self, disk: &dyn Disk, text: &str, minute: i64) -> Saved {
        let document = self.document();
        let now = LocalDateTime::from_secs(1_795_251_600 + minute * 60).unwrap();
        let (bytes, document) = (text.as_bytes(), Some(document.as_path()));
        let request = SaveRequest { bytes, document, backups: None, keep: None, keep_old: false, now };
        save(disk, &request, &mut self.track)
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn text(&self) -> String {
        fs::read_to_string(self.document()).unwrap()
    }
}

#[test]
fn what_we_wrote_ourselves_is_no_colleagues_even_where_the_share_said_no() {
    let mut desk = Desk::new("評価書.ron");
    desk.save(&SystemDisk, "一", 0);
    assert!(matches!(desk.save(&Forgetful, "二", 1).outcome, SaveOutcome::Failed(_)));
    // It stands there, and more was written meanwhile; several answers may get lost.
    assert_eq!(desk.text(), "二");
    assert!(matches!(desk.save(&Forgetful, "三", 2).outcome, SaveOutcome::Failed(_)));
    assert!(matches!(
        desk.save(&FaultyDisk::new(3, Fault::Kind(ErrorKind::TimedOut)), "四", 3).outcome,
        SaveOutcome::Failed(_)
    ));
    assert!(matches!(desk.save(&SystemDisk, "五", 4).outcome, SaveOutcome::Written));
    assert_eq!((desk.text(), desk.names().len()), ("五".to_owned(), 1));
    // A colleague's is still a colleague's.
    desk.save(&Forgetful, "六", 5);
    fs::write(desk.document(), "同僚の").unwrap();
    assert!(matches!(desk.save(&SystemDisk, "七", 6).outcome, SaveOutcome::Changed(_)));
    assert_eq!(desk.text(), "同僚の");
}

#[test]
fn a_share_that_confirms_nothing_gets_one_file_and_not_a_new_one_each_time() {
    let mut desk = Desk::new("評価書.ron");
    fs::write(desk.document(), "同僚の").unwrap();
    let SaveOutcome::Changed(ours) = desk.save(&Unsure, "私の", 0).outcome else { panic!() };
    assert_eq!((fs::read_to_string(ours).unwrap(), desk.names().len()), ("私の".to_owned(), 2));
}

#[test]
fn a_document_that_was_moved_is_said() {
    let mut desk = Desk::new("評価書.ron");
    assert!(!desk.save(&SystemDisk, "一", 0).was_gone);
    fs::rename(desk.document(), desk.folder.path().join("新しい名前.ron")).unwrap();
    assert!(desk.save(&SystemDisk, "二", 1).was_gone);
    assert!(!desk.save(&SystemDisk, "三", 2).was_gone);
    assert_eq!(fs::read_to_string(desk.folder.path().join("新しい名前.ron")).unwrap(), "一");
}

#[test]
fn what_stood_beside_a_held_document_goes_once_the_document_has_it() {
    let mut desk = Desk::new("評価書.ron");
    desk.save(&SystemDisk, "一", 0);
    // read, facts, facts, create, write, set_mode, sync, rename
    let held = || FaultyDisk::new(7, Fault::Number(32, 7));
    assert!(matches!(desk.save(&held(), "二", 1).outcome, SaveOutcome::Held(_)));
    assert!(matches!(desk.save(&SystemDisk, "三", 2).outcome, SaveOutcome::Written));
    assert_eq!(desk.names(), ["評価書.ron"]);
    // Not where somebody went on with it.
    let SaveOutcome::Held(beside) = desk.save(&held(), "四", 3).outcome else { panic!() };
    fs::write(&beside, "同僚の").unwrap();
    desk.save(&SystemDisk, "五", 4);
    assert_eq!(fs::read_to_string(beside).unwrap(), "同僚の");
}

#[test]
fn a_document_with_the_longest_name_has_room_beside_it() {
    let mut desk = Desk::new(&format!("{}.ron", "あ".repeat(83)));
    fs::write(desk.document(), "同僚の").unwrap();
    let SaveOutcome::Changed(ours) = desk.save(&SystemDisk, "私の", 0).outcome else { panic!() };
    assert_eq!(fs::read_to_string(ours).unwrap(), "私の");
}

/// A file with two names: a save parts them, as it does not change what a snapshot of the folder holds; and says so, once.
#[cfg(unix)]
#[test]
fn another_name_of_the_document_keeps_what_it_had_and_that_is_said() {
    let mut desk = Desk::new("評価書.ron");
    assert_eq!(desk.save(&SystemDisk, "一", 0).other_names, 0);
    let other = desk.folder.path().join("控え用.ron");
    fs::hard_link(desk.document(), &other).unwrap();
    let disks = [FaultyDisk::sound(), FaultyDisk::sound().in_steps(), FaultyDisk::sound().without_exchange()];
    for disk in disks {
        let saved = desk.save(&disk, "二", 1);
        assert!(matches!(saved.outcome, SaveOutcome::Written));
        assert_eq!((saved.other_names, desk.text()), (1, "二".to_owned()));
        assert_eq!(fs::read_to_string(&other).unwrap(), "一");
        assert_eq!(desk.save(&disk, "三", 2).other_names, 0);
        fs::remove_file(&other).unwrap();
        desk.save(&disk, "一", 3);
        fs::hard_link(desk.document(), &other).unwrap();
    }
}
