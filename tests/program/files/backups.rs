//! The second copy, the versions, and what a crash leaves for the next start.

use std::fs;
use std::path::Path;

use hyoukasho::disk::SystemDisk;
use hyoukasho::draft::Date;
use hyoukasho::vault::{
    BackupStore, Fingerprint, Leftover, LocalDateTime, LockFile, SaveOutcome, SaveRequest, Saved, Track, VersionKind,
};
use hyoukasho::vault::{leftover, marked, save};

use super::faulty::{Fault, FaultyDisk};

const MAX: u64 = 1 << 20;

fn at(minute: i64) -> LocalDateTime {
    // 2026-11-21, 9:00.
    LocalDateTime::from_secs(1_795_251_600 + minute * 60).unwrap()
}

fn leftovers(desk: &Desk) -> Vec<Leftover> {
    let stores = marked(&SystemDisk, &desk.data()).into_iter();
    stores.filter_map(|backups| leftover(&SystemDisk, backups, MAX)).collect()
}

struct Desk {
    folder: tempfile::TempDir,
    track: Track,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), track: Track::default() }
    }

    fn document(&self) -> std::path::PathBuf {
        self.folder.path().join("共有/評価書　その１.ron")
    }

    fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("控え")
    }

    fn backups(&self) -> BackupStore {
        BackupStore::of(&self.data(), &self.document())
    }

    fn save(&mut self, text: &str, minute: i64) -> Saved {
        let (document, backups) = (self.document(), self.backups());
        let request = SaveRequest {
            bytes: text.as_bytes(),
            document: Some(&document),
            backups: Some(&backups),
            keep: None,
            keep_old: false,
            now: at(minute),
        };
        save(&SystemDisk, &request, &mut self.track)
    }

    fn beside(&self) -> Vec<String> {
        let folder = self.document().parent().unwrap().to_owned();
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_share_that_is_gone_costs_nothing() {
    let mut desk = Desk::new();
    fs::create_dir(desk.document().parent().unwrap()).unwrap();
    assert!(matches!(desk.save("一", 0).outcome, SaveOutcome::Written));
    fs::remove_dir_all(desk.document().parent().unwrap()).unwrap();
    let saved = desk.save("二", 1);
    assert!(matches!(saved.outcome, SaveOutcome::Failed(_)) && saved.copy.is_ok());
    assert_eq!(read(desk.backups().copy_path()), "二");
    // It comes back with what it had.
    fs::create_dir(desk.document().parent().unwrap()).unwrap();
    fs::write(desk.document(), "一").unwrap();
    assert!(matches!(desk.save("三", 2).outcome, SaveOutcome::Written));
    assert_eq!(read(desk.document()), "三");
}

#[test]
fn what_somebody_else_wrote_is_never_overwritten() {
    let mut desk = Desk::new();
    fs::create_dir(desk.document().parent().unwrap()).unwrap();
    desk.save("私の一", 0);
    fs::write(desk.document(), "同僚の二").unwrap();
    let SaveOutcome::Changed(ours) = desk.save("私の二", 1).outcome else { panic!() };
    assert_eq!((read(desk.document()), read(&ours)), ("同僚の二".to_owned(), "私の二".to_owned()));
    assert!(ours.ends_with("評価書　その１（私の変更 2026-11-21 090100）.ron"), "{}", ours.display());
}

/// Two texts of one length and with one CRC-32.
#[test]
fn what_only_looks_the_same_in_short_is_not_overwritten_either() {
    let mut desk = Desk::new();
    fs::create_dir(desk.document().parent().unwrap()).unwrap();
    desk.save("plumless", 0);
    fs::write(desk.document(), "buckeroo").unwrap();
    assert!(matches!(desk.save("私の二", 1).outcome, SaveOutcome::Changed(_)));
    assert_eq!(read(desk.document()), "buckeroo");
}

#[test]
fn a_document_never_read_is_not_ours_to_overwrite() {
    let mut desk = Desk::new();
    fs::create_dir(desk.document().parent().unwrap()).unwrap();
    fs::write(desk.document(), "だれかの評価書").unwrap();
    assert!(matches!(desk.save("私の", 0).outcome, SaveOutcome::Changed(_)));
    assert_eq!(read(desk.document()), "だれかの評価書");
    desk.track = Track { seen: Some(Fingerprint::of("だれかの評価書".as_bytes())), ..Track::default() };
    assert!(matches!(desk.save("私の", 0).outcome, SaveOutcome::Written));
}

#[test]
fn a_broken_document_is_set_aside_and_not_deleted() {
    let mut desk = Desk::new();
    fs::create_dir(desk.document().parent().unwrap()).unwrap();
    fs::write(desk.document(), [0; 9]).unwrap();
    desk.track.broken = true;
    let saved = desk.save("良い版から", 0);
    assert!(matches!(saved.outcome, SaveOutcome::Written));
    assert_eq!(fs::read(saved.set_aside.unwrap()).unwrap(), [0; 9]);
    assert_eq!(desk.beside(), ["評価書　その１.ron", "評価書　その１（壊れた 2026-11-21 090000）.ron"]);
    desk.save("続き", 1);
    assert_eq!(desk.beside().len(), 2);
}

#[test]
fn while_the_document_is_held_ours_is_beside_it_under_one_name() {
    let mut desk = Desk::new();
    fs::create_dir(desk.document().parent().unwrap()).unwrap();
    desk.save("一", 0);
    let document = desk.document();
    let mut save_held = |text: &str, minute| {
        let request = SaveRequest {
            bytes: text.as_bytes(),
            document: Some(&document),
            backups: None,
            keep: None,
            keep_old: false,
            now: at(minute),
        };
        // read, facts, facts, create, write, set_mode, sync, rename
        save(&FaultyDisk::new(7, Fault::Number(32, 7)), &request, &mut desk.track)
    };
    let SaveOutcome::Held(first) = save_held("二", 1).outcome else { panic!() };
    let SaveOutcome::Held(second) = save_held("三", 2).outcome else { panic!() };
    assert_eq!((&first, read(&document), read(&first)), (&second, "一".to_owned(), "三".to_owned()));
    assert!(matches!(desk.save("四", 3).outcome, SaveOutcome::Written));
    assert_eq!(read(document), "四");
}

#[test]
fn versions_are_kept_now_and_then_and_only_when_something_changed() {
    let mut desk = Desk::new();
    fs::create_dir(desk.document().parent().unwrap()).unwrap();
    for minute in 0..60 {
        desk.save(&format!("{minute}分"), minute);
    }
    let minutes = |desk: &Desk| {
        let versions = desk.backups().versions(&SystemDisk);
        versions.iter().map(|version| read(&version.path)).collect::<Vec<_>>()
    };
    assert_eq!(minutes(&desk), ["50分", "40分", "30分", "20分", "10分", "0分"]);
    desk.backups().keep(&SystemDisk, "50分".as_bytes(), &VersionKind::Automatic, at(70)).unwrap();
    assert_eq!(minutes(&desk).len(), 6);
    // Published and named ones are kept even when nothing changed, and stay for ever.
    desk.backups().keep(&SystemDisk, "50分".as_bytes(), &VersionKind::Published, at(70)).unwrap();
    let versions = desk.backups().versions(&SystemDisk);
    desk.backups().name(&SystemDisk, &versions[3], "住民意見聴取の前").unwrap();
    assert_eq!(desk.backups().thin(&SystemDisk, Date::new(2030, 1, 1).unwrap()), 4);
    let left: Vec<_> = desk.backups().versions(&SystemDisk).iter().map(|version| version.kind.words()).collect();
    assert_eq!(left, ["提出・公表", "自動", "「住民意見聴取の前」"]);
}

#[test]
fn a_clock_set_back_keeps_on_making_versions() {
    let mut desk = Desk::new();
    fs::create_dir(desk.document().parent().unwrap()).unwrap();
    desk.save("一", 600);
    desk.save("二", 0);
    desk.save("三", 5);
    desk.save("四", 12);
    assert_eq!(desk.backups().versions(&SystemDisk).len(), 3);
}

#[test]
fn a_crash_is_offered_and_an_orderly_end_is_not() {
    let mut desk = Desk::new();
    fs::create_dir(desk.document().parent().unwrap()).unwrap();
    let hold = LockFile::take(&SystemDisk, &desk.backups()).unwrap();
    desk.save("一", 0);
    // While it is open nobody is offered anything, and nobody else can hold it.
    assert!(leftovers(&desk).is_empty());
    assert!(LockFile::take(&SystemDisk, &desk.backups()).is_none());
    // The process dies, the document lacks what the copy has.
    fs::write(desk.document(), "古い").unwrap();
    drop(hold);
    // A process that another test is just making has it for a moment more.
    while LockFile::take(&SystemDisk, &desk.backups()).is_none() {}
    let found = leftovers(&desk);
    assert_eq!(found, [Leftover { backups: desk.backups(), document: Some(desk.document()) }]);
    // Nothing was changed by looking.
    assert_eq!(leftovers(&desk), found);
    // The document has all there is: nothing to offer, also not when it differs again later.
    fs::write(desk.document(), "一").unwrap();
    assert!(leftovers(&desk).is_empty());
    fs::write(desk.document(), "同僚の続き").unwrap();
    assert!(leftovers(&desk).is_empty());
    // An orderly end.
    LockFile::take(&SystemDisk, &desk.backups()).unwrap().release(&SystemDisk);
    assert!(leftovers(&desk).is_empty());
}

#[test]
fn the_mark_goes_through_the_disk_like_everything_else() {
    let desk = Desk::new();
    let disk = FaultyDisk::new(1, Fault::Kind(std::io::ErrorKind::ReadOnlyFilesystem));
    assert!(LockFile::take(&disk, &desk.backups()).is_none());
    assert_eq!(disk.calls(), ["make_folder", "lock"]);
    assert!(LockFile::take(&SystemDisk, &desk.backups()).is_some());
}

#[test]
fn a_draft_without_a_file_is_kept_and_moves_when_it_gets_one() {
    let desk = Desk::new();
    let backups = BackupStore::nameless(&SystemDisk, &desk.data(), at(0));
    let request = SaveRequest {
        bytes: b"draft",
        document: None,
        backups: Some(&backups),
        keep: None,
        keep_old: false,
        now: at(0),
    };
    assert!(matches!(save(&SystemDisk, &request, &mut Track::default()).outcome, SaveOutcome::Nameless));
    assert_ne!(BackupStore::nameless(&SystemDisk, &desk.data(), at(0)), backups);
    drop(LockFile::take(&SystemDisk, &backups).unwrap());
    assert_eq!(leftovers(&desk), [Leftover { backups: backups.clone(), document: None }]);
    desk.backups().write_copy(&SystemDisk, b"of before").unwrap();
    backups.bring_to(&SystemDisk, &desk.backups(), at(1)).unwrap();
    // Its copy takes the place of one that is there: should the program die now, it is the one to be offered.
    assert_eq!(desk.backups().read_copy(&SystemDisk, MAX).unwrap(), b"draft");
    let kinds: Vec<_> = desk.backups().versions(&SystemDisk).into_iter().map(|version| version.kind).collect();
    assert_eq!((backups.versions(&SystemDisk).len(), kinds), (0, vec![VersionKind::Found, VersionKind::Automatic]));
}

/// A document with its copy, saved once on a sound disk and then on that one.
fn save_again(disk: &FaultyDisk) -> (Desk, Saved) {
    let mut desk = Desk::new();
    fs::create_dir(desk.document().parent().unwrap()).unwrap();
    desk.save("古い内容", 0);
    let (document, backups) = (desk.document(), desk.backups());
    let request = SaveRequest {
        bytes: "新しい内容".as_bytes(),
        document: Some(&document),
        backups: Some(&backups),
        keep: None,
        keep_old: false,
        now: at(30),
    };
    let saved = save(disk, &request, &mut desk.track);
    (desk, saved)
}

/// Whatever call fails, the document or the copy has the new text whole, or both have the old one.
#[test]
fn at_any_single_fault_copy_and_document_are_whole() {
    let sound = FaultyDisk::sound();
    save_again(&sound);
    let n_calls = sound.calls().len();
    let faults = [Fault::Kind(std::io::ErrorKind::StorageFull), Fault::Kind(std::io::ErrorKind::Other), Fault::Death];
    for fault in faults {
        for call in 0..n_calls {
            let (desk, saved) = save_again(&FaultyDisk::new(call, fault));
            let (document, backups) = (desk.document(), desk.backups());
            let whole = ["古い内容", "新しい内容"];
            let (now, copy) = (read(&document), read(backups.copy_path()));
            assert!(whole.contains(&now.as_str()) && whole.contains(&copy.as_str()), "{fault:?} at {call}: {saved:?}");
            if matches!(saved.outcome, SaveOutcome::Written) {
                assert_eq!(now, "新しい内容");
            }
            for version in backups.versions(&SystemDisk) {
                assert!(whole.contains(&read(&version.path).as_str()));
            }
        }
    }
    println!("FIGURES {{\"faults_of_a_save\": {}, \"calls_of_a_save\": {n_calls}}}", faults.len() * n_calls);
}
