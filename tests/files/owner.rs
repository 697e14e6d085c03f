//! Two people and one shared document.

use std::fs;

use hyoukasho::disk::SystemDisk;
use hyoukasho::vault::LocalDateTime;
use hyoukasho::vault::owner::{Claim, Operator, claim, confirm, owner_of, owner_path, release};

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
    assert!(matches!(claim(&SystemDisk, &document, &operator("PC-1", 7), at(1)), Claim::TakenOver(_)));
    // One that lives keeps it.
    let alive = operator("PC-1", std::process::id());
    claim(&SystemDisk, &document, &alive, at(60));
    assert!(matches!(claim(&SystemDisk, &document, &operator("PC-1", 7), at(61)), Claim::Theirs(_)));
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
    for at_call in 0..2 {
        let disk = FaultyDisk::new(at_call, Fault::Kind(std::io::ErrorKind::ReadOnlyFilesystem));
        assert_eq!(claim(&disk, &document, &operator("PC-1", 11), at(0)), Claim::Unmarked);
        assert!(!owner_path(&document).exists());
    }
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
