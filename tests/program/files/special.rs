//! Pipes, devices, sockets and huge files in the place of documents and of what protects them: refused at once.

use std::fs::{self, File, Metadata};
use std::os::unix::fs::{FileTypeExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::Duration;

use hyoukasho::disk::{FileError, SystemDisk, read_to_bytes, write_whole};
use hyoukasho::vault::owner::{Claim, Operator, claim, confirm, owner_of, owner_path};
use hyoukasho::vault::{BackupStore, LocalDateTime, LockFile, SaveOutcome, SaveRequest, Track, VersionKind};
use hyoukasho::vault::{keep_old, save};

const HUGE: u64 = 1 << 40;

fn now() -> LocalDateTime {
    LocalDateTime::from_secs(1_795_251_600).unwrap()
}

fn pipe(path: &Path) {
    assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
}

fn huge(path: &Path) {
    File::create(path).unwrap().set_len(HUGE).unwrap();
}

/// What is no document, each under a name of its own.
fn specials(folder: &Path) -> Vec<PathBuf> {
    let path = |name: &str| folder.join(name);
    pipe(&path("pipe.ron"));
    symlink("pipe.ron", path("link to a pipe.ron")).unwrap();
    drop(UnixListener::bind(path("socket.ron")).unwrap());
    symlink("/dev/zero", path("device.ron")).unwrap();
    huge(&path("huge.ron"));
    ["pipe.ron", "link to a pipe.ron", "socket.ron", "device.ron", "huge.ron"].map(path).to_vec()
}

/// Nobody waits for the other end of a pipe, or reads a device to its end.
fn at_once<T: Send + 'static>(what: &Path, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (send, done) = channel();
    std::thread::spawn(move || send.send(work()));
    done.recv_timeout(Duration::from_secs(30)).unwrap_or_else(|_| panic!("{} is waited for", what.display()))
}

fn is_refused(error: &FileError) -> bool {
    let words = error.to_string();
    words.contains("これは文書のファイルではありません") || words.contains("ファイルが大きすぎます")
}

fn facts(path: &Path) -> (Metadata, Metadata) {
    (fs::symlink_metadata(path).unwrap(), fs::metadata(path).unwrap())
}

#[test]
fn what_is_no_document_is_neither_read_nor_replaced() {
    let folder = tempfile::tempdir().unwrap();
    for path in specials(folder.path()) {
        let (link, target) = facts(&path);
        let asked = path.clone();
        let refused = at_once(&path, move || {
            let request = SaveRequest {
                bytes: b"ours",
                document: Some(&asked),
                backups: None,
                keep: None,
                keep_old: false,
                now: now(),
            };
            let tracks = [Track::default(), Track { broken: true, ..Track::default() }];
            let requests = [request, SaveRequest { keep_old: true, ..request }];
            let saves = tracks.iter().flat_map(|track| requests.map(|request| (track.clone(), request)));
            let mut errors = vec![read_to_bytes(&asked, 1 << 20).unwrap_err(), keep_old(&asked, b"new").unwrap_err()];
            for (mut track, request) in saves {
                let SaveOutcome::Failed(error) = save(&SystemDisk, &request, &mut track).outcome else { panic!() };
                errors.push(error);
            }
            // To write asks for no content: a large file may be replaced, what is no file may not.
            let is_file = fs::metadata(&asked).unwrap().is_file();
            errors.extend(write_whole(&asked, b"new").err().filter(|_| !is_file));
            assert!(is_file || errors.len() == 7);
            errors
        });
        assert!(refused.iter().all(is_refused), "{}: {refused:?}", path.display());
        if target.is_file() {
            continue;
        }
        let (link_now, target_now) = facts(&path);
        assert_eq!((link.file_type(), target.file_type()), (link_now.file_type(), target_now.file_type()));
        assert!(target_now.file_type().is_fifo() || !target_now.is_file());
    }
    // Nothing was put beside them.
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 5);
}

#[test]
fn what_protects_a_document_waits_for_no_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("評価書.ron");
    let backups = BackupStore::of(&folder.path().join("控え"), &document);
    fs::create_dir_all(backups.folder()).unwrap();
    pipe(&backups.folder().join("使用中.lock"));
    pipe(&backups.copy_path());
    pipe(&owner_path(&document));
    let me = Operator { machine: "PC-1".to_owned(), user: "山田".to_owned(), process: 11 };
    at_once(folder.path(), move || {
        assert!(LockFile::take(&SystemDisk, &backups).is_none());
        assert!(backups.read_copy(&SystemDisk, 1 << 20).is_err());
        assert!(is_refused(&backups.write_copy(&SystemDisk, b"copy").unwrap_err()));
        assert_eq!(claim(&SystemDisk, &document, &me, now()), Claim::Unmarked);
        assert_eq!(owner_of(&SystemDisk, &document), None);
        assert!(confirm(&SystemDisk, &document, &me, now(), now()).is_err());
    });
}

#[test]
fn a_copy_too_large_to_be_read_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let [from, to] = ["甲.ron", "乙.ron"].map(|name| BackupStore::of(folder.path(), Path::new(name)));
    from.write_copy(&SystemDisk, b"draft").unwrap();
    fs::create_dir_all(to.folder()).unwrap();
    huge(&to.copy_path());
    from.bring_to(&SystemDisk, &to, now()).unwrap();
    assert_eq!(to.read_copy(&SystemDisk, 9).unwrap(), b"draft");
    let versions = to.versions(&SystemDisk);
    assert_eq!((versions[0].bytes, versions[0].kind.clone()), (HUGE, VersionKind::Found));
    // The newest version is too large to be compared with.
    to.keep(&SystemDisk, b"draft", &VersionKind::Automatic, now()).unwrap();
}
