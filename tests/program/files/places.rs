//! One document, its path written in many ways: copy and versions are found, also those an older version made.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use hyoukasho::disk::{Disk, SystemDisk};
use hyoukasho::vault::{BackupStore, Divergence, DivergenceSide, LocalDateTime, LockFile, VersionKind, marked};

use super::faulty::{Fault, FaultyDisk};

struct Desk {
    _folder: tempfile::TempDir,
    root: PathBuf,
}

/// Waits for no medium: what is only prepared need not outlast a power cut.
struct Hasty;

impl Disk for Hasty {
    fn sync(&self, _file: &File) -> std::io::Result<()> {
        Ok(())
    }

    fn sync_folder(&self, _folder: &Path) -> std::io::Result<()> {
        Ok(())
    }
}

fn at(minute: i64) -> LocalDateTime {
    LocalDateTime::from_secs(1_795_251_600 + minute * 60).unwrap()
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        fs::create_dir_all(root.join("共有/健康部")).unwrap();
        symlink("共有", root.join("近道")).unwrap();
        symlink("近道/健康部/評価書.ron", root.join("評価書への近道.ron")).unwrap();
        Self { _folder: folder, root }
    }

    fn data(&self) -> PathBuf {
        self.root.join("控え")
    }

    fn document(&self) -> PathBuf {
        self.root.join("共有/健康部/評価書.ron")
    }

    /// Other ways to write the path of the document; the last one has another name as well.
    fn spellings(&self) -> Vec<PathBuf> {
        let root = self.root.display();
        let others = [
            "近道/健康部/評価書.ron",
            "共有/../共有/健康部/評価書.ron",
            ".//近道/健康部/評価書.ron",
            "評価書への近道.ron",
        ];
        others.iter().map(|other| PathBuf::from(format!("{root}/{other}"))).collect()
    }

    fn find(&self, disk: &dyn Disk, path: &Path) -> BackupStore {
        BackupStore::find(disk, &self.data(), path, at(60))
    }

    fn expected(&self) -> BackupStore {
        BackupStore::of(&self.data(), &self.document())
    }

    /// What an older version kept, and when it wrote the copy; the program died with the document open.
    fn keep(&self, path: &Path, name: &str, written: u64) -> BackupStore {
        let store = BackupStore::of(&self.data(), path);
        store.place(&Hasty, path).unwrap();
        store.keep(&Hasty, format!("版 {name}").as_bytes(), &VersionKind::Automatic, at(0)).unwrap();
        store.write_copy(&Hasty, format!("控え {name}").as_bytes()).unwrap();
        let common = Some(format!("分かれる前 {name}").into_bytes());
        let divergence = Divergence { other: PathBuf::from(name), side: DivergenceSide::Ours, common };
        store.part(&Hasty, &divergence).unwrap();
        // Not locked even for a moment: a process that another test is just making would have it a moment longer.
        fs::write(store.folder().join("使用中.lock"), "").unwrap();
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(written);
        File::options().write(true).open(store.copy_path()).unwrap().set_modified(time).unwrap();
        store
    }

    /// What authors wrote, in whatever file of the data.
    fn texts(&self) -> BTreeSet<String> {
        let folders = fs::read_dir(self.data()).unwrap().map(|folder| folder.unwrap().path());
        let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()));
        files.filter(|file| file.extension().unwrap() == "ron").map(|file| fs::read_to_string(file).unwrap()).collect()
    }

    fn folders(&self) -> Vec<PathBuf> {
        fs::read_dir(self.data()).unwrap().map(|folder| folder.unwrap().path()).collect()
    }
}

fn texts(names: &[&str]) -> BTreeSet<String> {
    names.iter().flat_map(|name| ["版", "控え", "分かれる前"].map(|what| format!("{what} {name}"))).collect()
}

#[test]
fn however_the_path_is_written_the_store_is_the_same() {
    let desk = Desk::new();
    for is_there in [false, true] {
        if is_there {
            fs::write(desk.document(), "一").unwrap();
        }
        // The usual way is the one of before.
        assert_eq!(desk.find(&SystemDisk, &desk.document()), desk.expected());
        for path in desk.spellings() {
            assert_eq!(desk.find(&SystemDisk, &path), desk.expected(), "{}", path.display());
            assert_eq!(desk.expected().of_other(&SystemDisk, &path), desk.expected());
        }
    }
    fs::create_dir(desk.root.join("税務部")).unwrap();
    assert_ne!(desk.find(&SystemDisk, &desk.root.join("税務部/評価書.ron")), desk.expected());
}

#[test]
fn what_an_older_version_kept_is_found() {
    for number in 0..4 {
        for is_opened_as_before in [true, false] {
            let desk = Desk::new();
            let path = desk.spellings()[number].clone();
            // A link of another name tells by itself which document it means, but not the other way round.
            if number == 3 && !is_opened_as_before {
                continue;
            }
            desk.keep(&path, "一", 1000);
            let other = desk.root.join("税務部/評価書.ron");
            desk.keep(&other, "ほか", 1000);
            let document = desk.document();
            let store = desk.find(&SystemDisk, if is_opened_as_before { &path } else { &document });
            assert_eq!(store, desk.expected());
            assert_eq!(store.read_copy(&SystemDisk, 99).unwrap(), "控え 一".as_bytes());
            assert_eq!(store.versions(&SystemDisk).len(), 1);
            assert_eq!(store.divergence(&SystemDisk, 99).unwrap().other, Path::new("一"));
            // A crash is offered as before, and the other document has all that is its own.
            assert!(marked(&SystemDisk, &desk.data()).contains(&store));
            assert_eq!((desk.folders().len(), desk.texts()), (2, texts(&["一", "ほか"])));
        }
    }
}

#[test]
fn two_stores_of_one_document_are_brought_together_and_the_newer_copy_stays() {
    for (times, newer) in [((1000, 2000), "二"), ((2000, 1000), "一")] {
        for number in 0..4 {
            let desk = Desk::new();
            let path = desk.spellings()[number].clone();
            desk.keep(&path, "一", times.0);
            desk.keep(&desk.document(), "二", times.1);
            let store = desk.find(&SystemDisk, &path);
            assert_eq!(store, desk.expected());
            assert_eq!(store.read_copy(&SystemDisk, 99).unwrap(), format!("控え {newer}").into_bytes());
            let kinds: Vec<_> = store.versions(&SystemDisk).into_iter().map(|version| version.kind).collect();
            assert_eq!(kinds, [VersionKind::Found, VersionKind::Automatic, VersionKind::Automatic]);
            assert_eq!((desk.folders().len(), desk.texts()), (1, texts(&["一", "二"])));
        }
    }
}

#[test]
fn a_store_that_a_window_has_open_is_left_alone_until_it_is_closed() {
    let desk = Desk::new();
    let path = desk.spellings()[0].clone();
    let open = LockFile::take(&SystemDisk, &desk.keep(&path, "一", 1000)).unwrap();
    assert_eq!(desk.find(&SystemDisk, &path), desk.expected());
    assert_eq!(desk.folders().len(), 1);
    drop(open);
    // A process that another test is just making has it for a moment more.
    while desk.find(&SystemDisk, &path).read_copy(&SystemDisk, 99).is_err() {}
    assert_eq!((desk.folders().len(), desk.texts()), (1, texts(&["一"])));
}

#[test]
fn at_any_single_fault_nothing_is_lost_and_the_next_time_finds_it() {
    let mut n_faults = 0;
    for is_known in [false, true] {
        let prepare = || {
            let desk = Desk::new();
            desk.keep(&desk.spellings()[0], "一", 2000);
            if is_known {
                desk.keep(&desk.document(), "二", 1000);
            }
            desk
        };
        let all = texts(if is_known { &["一", "二"] } else { &["一"] });
        let n_calls = {
            let (desk, disk) = (prepare(), FaultyDisk::sound());
            desk.find(&disk, &desk.spellings()[0]);
            disk.calls().len()
        };
        for fault in
            [Fault::Kind(std::io::ErrorKind::PermissionDenied), Fault::Kind(std::io::ErrorKind::TimedOut), Fault::Death]
        {
            for call in 0..n_calls {
                n_faults += 1;
                let desk = prepare();
                desk.find(&FaultyDisk::new(call, fault), &desk.spellings()[0]);
                assert_eq!(desk.texts(), all, "{fault:?} at {call}");
                // The first look locked the mark; see above.
                while desk.find(&SystemDisk, &desk.spellings()[0]).read_copy(&SystemDisk, 99).is_err() {}
                let store = desk.find(&SystemDisk, &desk.spellings()[0]);
                assert_eq!((store, desk.texts()), (desk.expected(), all.clone()), "{fault:?} at {call}");
                assert!(desk.expected().read_copy(&SystemDisk, 99).is_ok(), "{fault:?} at {call}");
            }
        }
    }
    println!("FIGURES {{\"faults_of_bringing_together\": {n_faults}}}");
}

/// A share that is away: the disk says nothing about what is on it.
struct Away;

impl Disk for Away {
    fn real_path(&self, path: &Path) -> std::io::Result<PathBuf> {
        if path.ends_with("控え") { SystemDisk.real_path(path) } else { Err(std::io::ErrorKind::TimedOut.into()) }
    }
}

#[test]
fn while_the_share_is_away_what_was_kept_is_found_under_the_path_it_was_saved_with() {
    let desk = Desk::new();
    let path = desk.spellings()[0].clone();
    let store = desk.find(&SystemDisk, &path);
    store.place(&SystemDisk, &path).unwrap();
    store.write_copy(&SystemDisk, b"copy").unwrap();
    assert_eq!(desk.find(&Away, &path).read_copy(&SystemDisk, 99).unwrap(), b"copy");
    assert_eq!(desk.find(&SystemDisk, &path).read_copy(&SystemDisk, 99).unwrap(), b"copy");
    assert_eq!(desk.folders().len(), 1);
}
