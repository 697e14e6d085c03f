//! A save at every single fault: the old file or the new one, whole, and nothing else.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use hyoukasho::disk::{FileError, sweep, write_whole_on};
use hyoukasho::vault::keep_old_on;

use super::faulty::{Fault, FaultyDisk};

const KINDS: &[ErrorKind] = &[
    ErrorKind::PermissionDenied,
    ErrorKind::StorageFull,
    ErrorKind::ReadOnlyFilesystem,
    ErrorKind::NotFound,
    ErrorKind::Interrupted,
    ErrorKind::Other,
];

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A document in its folder, there before or not.
fn document(old: Option<&[u8]>) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("住民基本台帳　評価書.ron");
    if let Some(old) = old {
        fs::write(&path, old).unwrap();
    }
    (folder, path)
}

const NEW: &[u8] = "新しい内容、二行目まで\n".as_bytes();

#[test]
fn a_save_makes_the_calls_that_outlast_a_power_cut_in_order() {
    let (_folder, path) = document(Some(b"old"));
    let disk = FaultyDisk::sound();
    write_whole_on(&disk, &path, NEW).unwrap();
    let calls = disk.calls();
    assert_eq!(calls, ["facts", "facts", "create", "write", "set_mode", "sync", "rename", "sync_folder"]);
}

#[test]
fn after_any_single_fault_the_file_is_old_or_new_and_no_temporary_file_stays() {
    let mut n_faults = 0;
    for old in [None, Some(b"old".as_slice())] {
        let n_calls = {
            let (_folder, path) = document(old);
            let disk = FaultyDisk::sound();
            write_whole_on(&disk, &path, NEW).unwrap();
            disk.calls().len()
        };
        for at in 0..n_calls {
            for kind in KINDS {
                n_faults += 1;
                let (folder, path) = document(old);
                let disk = FaultyDisk::new(at, Fault::Kind(*kind));
                let result = write_whole_on(&disk, &path, NEW);
                let now = fs::read(&path).ok();
                let what = format!("{kind:?} at call {at} ({:?}): {result:?}", disk.calls());
                match &result {
                    // Where only the folder is not confirmed, the new file is there.
                    Ok(()) | Err(FileError::Unconfirmed { .. }) => assert_eq!(now.as_deref(), Some(NEW), "{what}"),
                    Err(_) => assert_eq!(now.as_deref(), old, "{what}"),
                }
                assert!(names(folder.path()).iter().all(|name| !name.ends_with(".tmp")), "{what}");
            }
        }
    }
    println!("FIGURES {{\"faults_of_a_write\": {n_faults}}}");
}

#[test]
fn after_a_death_at_any_call_the_file_is_old_or_new_and_the_rest_is_swept_later() {
    for old in [None, Some(b"old".as_slice())] {
        for at in 0..8 {
            let (folder, path) = document(old);
            let disk = FaultyDisk::new(at, Fault::Death);
            let result = write_whole_on(&disk, &path, NEW);
            let now = fs::read(&path).ok();
            assert!(now.as_deref() == old || now.as_deref() == Some(NEW), "{at}: {result:?}");
            // The next start finds nothing old enough, the one two days later does.
            let day = Duration::from_secs(24 * 60 * 60);
            assert_eq!(sweep(&FaultyDisk::sound(), folder.path(), SystemTime::now()), 0);
            sweep(&FaultyDisk::sound(), folder.path(), SystemTime::now() + 2 * day);
            let expected: &[&str] = if now.is_some() { &["住民基本台帳　評価書.ron"] } else { &[] };
            assert_eq!(names(folder.path()), expected);
        }
    }
}

#[test]
fn the_sweep_takes_only_our_own_old_files() {
    let folder = tempfile::tempdir().unwrap();
    let others = ["評価書.ron", ".hyoukasho-.tmp", ".hyoukasho-1.tmp.ron", "a.tmp", ".~lock.tmp"];
    for name in others.iter().chain(&[".hyoukasho-77-0.tmp"]) {
        fs::write(folder.path().join(name), b"x").unwrap();
    }
    fs::create_dir(folder.path().join(".hyoukasho-78-0.tmp")).unwrap();
    let later = SystemTime::now() + Duration::from_secs(3 * 24 * 60 * 60);
    assert_eq!(sweep(&FaultyDisk::sound(), folder.path(), later), 1);
    assert_eq!(names(folder.path()).len(), others.len() + 1);
    // A clock set back finds nothing.
    fs::write(folder.path().join(".hyoukasho-77-0.tmp"), b"x").unwrap();
    assert_eq!(sweep(&FaultyDisk::sound(), folder.path(), SystemTime::UNIX_EPOCH), 0);
}

#[test]
fn what_could_not_be_synced_goes_into_another_file() {
    let (_folder, path) = document(Some(b"old"));
    let disk = FaultyDisk::new(5, Fault::Number(28, 1));
    write_whole_on(&disk, &path, NEW).unwrap();
    let calls = disk.calls();
    assert_eq!(calls.iter().filter(|call| **call == "create").count(), 2);
    // After the failed sync the file is taken away; nothing syncs it again.
    assert_eq!(calls[5..8], ["sync", "remove", "facts"]);
    assert_eq!(fs::read(&path).unwrap(), NEW);

    let disk = FaultyDisk::new(5, Fault::Number(28, 9));
    assert!(write_whole_on(&disk, &path, b"newer").is_err());
    assert_eq!(fs::read(&path).unwrap(), NEW);
}

/// What Windows says while a virus scanner or a colleague has the file open.
#[test]
fn a_file_held_for_a_moment_is_waited_for() {
    for number in [5, 32] {
        for times in 1..=6 {
            let (folder, path) = document(Some(b"old"));
            let disk = FaultyDisk::new(6, Fault::Number(number, times));
            write_whole_on(&disk, &path, NEW).unwrap();
            assert_eq!(fs::read(&path).unwrap(), NEW);
            assert!(disk.pauses() >= Duration::from_millis(50) && disk.pauses() <= Duration::from_millis(2100));
            assert_eq!(names(folder.path()).len(), 1);
        }
    }
}

#[test]
fn a_file_held_for_long_is_left_alone_and_said() {
    let (folder, path) = document(Some(b"old"));
    let disk = FaultyDisk::new(6, Fault::Number(32, 99));
    let error = write_whole_on(&disk, &path, NEW).unwrap_err();
    assert!(matches!(error, FileError::Held { .. }));
    assert!(error.to_string().contains("開いているプログラムを閉じてください"), "{error}");
    assert_eq!((fs::read(&path).unwrap(), names(folder.path()).len()), (b"old".to_vec(), 1));
    assert_eq!(disk.pauses(), Duration::from_millis(2050));
}

#[test]
fn the_copy_of_what_is_replaced_is_whole_or_not_there() {
    for at in 0..5 {
        for kind in KINDS {
            let (folder, path) = document(Some(b"old"));
            let kept = keep_old_on(&FaultyDisk::new(at, Fault::Kind(*kind)), &path, NEW);
            assert_eq!(fs::read(&path).unwrap(), b"old");
            match kept {
                Ok(Some(kept)) => assert_eq!(fs::read(kept).unwrap(), b"old"),
                _ => assert_eq!(names(folder.path()).len(), 1, "{kind:?} at {at}"),
            }
        }
    }
}
