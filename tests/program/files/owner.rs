//! Two people and one shared document.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;

use hyoukasho::disk::{Disk, Links, Mode, SystemDisk};
use hyoukasho::vault::owner::{Claim, Operator, Owner, claim, confirm, owner_of, owner_path, release};
use hyoukasho::vault::{BackupStore, LocalDateTime, LockFile};

use super::faulty::{Fault, FaultyDisk};

fn at(minute: i64) -> LocalDateTime {
    LocalDateTime::from_secs(1_795_251_600 + minute * 60).unwrap()
}

fn operator(machine: &str, process: u32) -> Operator {
    Operator { machine: machine.to_owned(), user: "山田".to_owned(), process }
}

#[test]
fn the_second_one_is_told_who_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("評価書.ron");
    let (me, colleague) = (operator("PC-1", 11), operator("PC-2", 22));
    assert_eq!(claim(&SystemDisk, &document, &me, at(0)), Claim::Ours);
    let Claim::Theirs(owner) = claim(&SystemDisk, &document, &colleague, at(3)) else { panic!() };
    assert_eq!(owner.words(), "山田 さん（パソコン PC-1）が 2026年11月21日 9:00 から");
    // A colleague who releases or confirms does not touch what is mine.
    release(&SystemDisk, &document, &colleague);
    assert!(!confirm(&SystemDisk, &document, &colleague, at(3), at(4)).unwrap());
    assert!(confirm(&SystemDisk, &document, &me, at(0), at(4)).unwrap());
    assert_eq!(owner_of(&SystemDisk, &document).unwrap().since, at(0));
    assert!(matches!(claim(&SystemDisk, &document, &colleague, at(8)), Claim::Theirs(_)));
    release(&SystemDisk, &document, &me);
    assert!(!owner_path(&document).exists());
    assert_eq!(claim(&SystemDisk, &document, &colleague, at(9)), Claim::Ours);
}

#[test]
fn whoever_is_silent_for_minutes_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("評価書.ron");
    claim(&SystemDisk, &document, &operator("PC-1", 11), at(0));
    let Claim::TakenOver(owner) = claim(&SystemDisk, &document, &operator("PC-2", 22), at(6)) else { panic!() };
    assert_eq!(owner.operator, operator("PC-1", 11));
    // The first one wakes up and finds that it is no longer theirs.
    assert!(!confirm(&SystemDisk, &document, &operator("PC-1", 11), at(0), at(7)).unwrap());
    // A clock years off counts as silent, in both directions.
    assert!(matches!(claim(&SystemDisk, &document, &operator("PC-3", 33), at(-500_000)), Claim::TakenOver(_)));
}

#[cfg(target_os = "linux")]
#[test]
fn a_dead_process_of_this_computer_is_gone_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("評価書.ron");
    // No process has so high a number.
    claim(&SystemDisk, &document, &operator("PC-1", u32::MAX), at(0));
    assert!(matches!(claim(&SystemDisk, &document, &operator("PC-1", u32::MAX - 1), at(1)), Claim::TakenOver(_)));
    // One that lives keeps it.
    let alive = operator("PC-1", std::process::id());
    claim(&SystemDisk, &document, &alive, at(60));
    assert!(matches!(claim(&SystemDisk, &document, &operator("PC-1", u32::MAX - 1), at(61)), Claim::Theirs(_)));
}

#[test]
fn a_broken_owner_file_stops_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("評価書.ron");
    fs::write(owner_path(&document), [0; 30]).unwrap();
    assert_eq!(claim(&SystemDisk, &document, &operator("PC-1", 11), at(0)), Claim::Ours);
    assert!(matches!(claim(&SystemDisk, &document, &operator("PC-2", 22), at(1)), Claim::Theirs(_)));
}

#[test]
fn where_nothing_can_be_written_nothing_is_left_half() {
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("評価書.ron");
    // facts, create, write
    for at_call in 1..3 {
        let disk = FaultyDisk::new(at_call, Fault::Kind(std::io::ErrorKind::ReadOnlyFilesystem));
        assert_eq!(claim(&disk, &document, &operator("PC-1", 11), at(0)), Claim::Unmarked);
        assert!(!owner_path(&document).exists());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_living_process_of_this_computer_is_not_gone_however_silent() {
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("評価書.ron");
    let (alive, me) = (operator("PC-1", std::process::id()), operator("PC-1", 7));
    claim(&SystemDisk, &document, &alive, at(0));
    let Claim::Theirs(owner) = claim(&SystemDisk, &document, &me, at(600)) else { panic!() };
    // Neither with its own data folder, nor with one in which a crash left a mark.
    let backups = BackupStore::of(&folder.path().join("控え"), &document);
    assert!(LockFile::left_by(&SystemDisk, &owner, &me, &backups, at(1)).is_none());
    drop(LockFile::take(&SystemDisk, &backups).unwrap());
    assert!(LockFile::left_by(&SystemDisk, &owner, &me, &backups, at(1)).is_none());
    // Where nobody can tell whether it lives, the mark in the data folder tells.
    // A number that another program has since: no process of today was there so long ago.
    let (unknown, later) = (Owner { operator: operator("PC-1", 1), ..owner }, at(50_000_000));
    let other = BackupStore::of(&folder.path().join("別の控え"), &document);
    assert!(LockFile::left_by(&SystemDisk, &unknown, &me, &other, later).is_none());
    assert!(LockFile::left_by(&SystemDisk, &unknown, &operator("PC-2", 7), &backups, later).is_none());
    assert!(LockFile::left_by(&SystemDisk, &unknown, &me, &backups, later).is_some());
}

/// The same user at the same computer with another data folder, as a portable program beside the installed one: it may
/// have another name.
#[cfg(target_os = "linux")]
#[test]
fn a_living_process_of_another_name_keeps_its_document() {
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("評価書.ron");
    let mut other = std::process::Command::new("sleep").arg("600").spawn().unwrap();
    let (theirs, me) = (operator("PC-1", other.id()), operator("PC-1", 7));
    claim(&SystemDisk, &document, &theirs, at(0));
    let owner = owner_of(&SystemDisk, &document).unwrap();
    // What an earlier crash left in this data folder says nothing of the other.
    let backups = BackupStore::of(&folder.path().join("控え"), &document);
    drop(LockFile::take(&SystemDisk, &backups).unwrap());
    let taken = LockFile::left_by(&SystemDisk, &owner, &me, &backups, at(0));
    other.kill().unwrap();
    other.wait().unwrap();
    assert!(taken.is_none());
    assert!(LockFile::left_by(&SystemDisk, &owner, &me, &backups, at(0)).is_some());
    assert!(matches!(claim(&SystemDisk, &document, &me, at(1)), Claim::TakenOver(_)));
}

#[cfg(unix)]
#[test]
fn a_document_opened_through_a_link_is_marked_beside_its_target() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("共有")).unwrap();
    let document = folder.path().join("共有/評価書.ron");
    fs::write(&document, "一").unwrap();
    let (first, link) = (folder.path().join("中継.ron"), folder.path().join("近道.ron"));
    std::os::unix::fs::symlink("共有/評価書.ron", &first).unwrap();
    std::os::unix::fs::symlink("中継.ron", &link).unwrap();
    let (me, colleague) = (operator("PC-1", 11), operator("PC-2", 22));
    assert_eq!(claim(&SystemDisk, &link, &me, at(0)), Claim::Ours);
    assert!(owner_path(&document).exists() && !owner_path(&link).exists());
    assert!(matches!(claim(&SystemDisk, &document, &colleague, at(1)), Claim::Theirs(_)));
    assert!(confirm(&SystemDisk, &link, &me, at(0), at(2)).unwrap());
    release(&SystemDisk, &link, &me);
    assert!(!owner_path(&document).exists());
    assert_eq!(claim(&SystemDisk, &document, &colleague, at(3)), Claim::Ours);
    assert!(matches!(claim(&SystemDisk, &link, &me, at(4)), Claim::Theirs(_)));
}

/// A disk with less room for names than this one.
struct Narrow(usize);

impl Narrow {
    fn fits(&self, path: &Path) -> io::Result<()> {
        let long = path.file_name().unwrap().len() > self.0;
        if long { Err(io::ErrorKind::InvalidFilename.into()) } else { Ok(()) }
    }
}

impl Disk for Narrow {
    fn facts(&self, path: &Path, follow: Links) -> io::Result<Metadata> {
        self.fits(path).and_then(|()| SystemDisk.facts(path, follow))
    }

    fn create(&self, path: &Path, mode: Mode) -> io::Result<File> {
        self.fits(path).and_then(|()| SystemDisk.create(path, mode))
    }
}

#[test]
fn a_document_with_a_long_name_is_marked_and_a_mark_that_fits_keeps_its_name() {
    // With room for 255 bytes a name of 239 has today's mark, which has 16 more; eCryptfs has room for 143.
    let widths = [(255, 252), (255, 240), (143, 128), (143, 143)].map(|(room, length)| (room, length, false));
    for (room, length, is_usual) in widths.into_iter().chain([(255, 239, true), (143, 127, true), (143, 9, true)]) {
        let folder = tempfile::tempdir().unwrap();
        let disk = Narrow(room);
        let stem = format!("{}{}", "x".repeat((length - 4) % 3), "あ".repeat((length - 4) / 3));
        let document = folder.path().join(format!("{stem}.ron"));
        assert_eq!(document.file_name().unwrap().len(), length);
        let (me, colleague) = (operator("PC-1", 11), operator("PC-2", 22));
        assert_eq!(claim(&disk, &document, &me, at(0)), Claim::Ours, "{length} of {room}");
        assert_eq!(owner_path(&document).exists(), is_usual, "{length} of {room}");
        assert!(matches!(claim(&disk, &document, &colleague, at(1)), Claim::Theirs(_)));
        // Where there is more room one sees it as well.
        assert!(matches!(claim(&SystemDisk, &document, &colleague, at(1)), Claim::Theirs(_)));
        assert!(confirm(&disk, &document, &me, at(0), at(2)).unwrap());
        assert!(!confirm(&disk, &document, &colleague, at(0), at(2)).unwrap());
        // A document whose name only begins alike is another one.
        let other = folder.path().join(format!("{}.ron", &stem[..stem.len() - 3]));
        assert_eq!(owner_of(&disk, &other), None);
        assert!(matches!(claim(&disk, &document, &colleague, at(20)), Claim::TakenOver(_)));
        release(&disk, &document, &colleague);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}

#[test]
fn an_owner_file_too_large_says_nothing_and_is_written_again() {
    let folder = tempfile::tempdir().unwrap();
    let (document, me) = (folder.path().join("評価書.ron"), operator("PC-1", 11));
    fs::write(owner_path(&document), [b' '; 9999]).unwrap();
    assert!(confirm(&SystemDisk, &document, &me, at(0), at(1)).unwrap());
    assert_eq!(owner_of(&SystemDisk, &document).unwrap().operator, me);
}

#[test]
fn an_owner_file_that_was_taken_away_is_written_again_unless_somebody_else_has_taken_over() {
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("評価書.ron");
    let (me, colleague) = (operator("PC-1", 11), operator("PC-2", 22));
    claim(&SystemDisk, &document, &me, at(0));
    let confirm_at = |minute| confirm(&SystemDisk, &document, &me, at(0), at(minute)).unwrap();
    // A colleague tidies up, or a program that keeps two folders alike.
    fs::remove_file(owner_path(&document)).unwrap();
    assert!(confirm_at(1));
    let owner = owner_of(&SystemDisk, &document).unwrap();
    assert_eq!((owner.operator, owner.since, owner.confirmed), (me.clone(), at(0), at(1)));
    assert!(matches!(claim(&SystemDisk, &document, &colleague, at(2)), Claim::Theirs(_)));
    // What says nothing to anybody is written again too.
    fs::write(owner_path(&document), "").unwrap();
    assert!(confirm_at(3));
    assert_eq!(owner_of(&SystemDisk, &document).unwrap().since, at(0));
    fs::remove_file(owner_path(&document)).unwrap();
    claim(&SystemDisk, &document, &colleague, at(4));
    assert!(!confirm_at(5));
    assert_eq!(owner_of(&SystemDisk, &document).unwrap().operator, colleague);
    // Where the folder is gone nothing is made.
    fs::remove_dir_all(folder.path()).unwrap();
    assert!(confirm(&SystemDisk, &document, &me, at(0), at(6)).is_err());
}
