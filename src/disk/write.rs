//! Writing a file whole: a new file beside it, synced, then renamed over it.

use std::io;
use std::path::Path;
use std::time::Duration;

use super::calls::{Disk, Links, Mode, SystemDisk, must_be_file};
use super::{FileError, target_of, temporary};

/// How long to wait for a program that holds the file: 2.05 seconds in all.
const PAUSES_MILLIS: &[u64] = &[50, 100, 200, 400, 600, 700];

/// Writes a file whole, or leaves the file that is there as it was.
///
/// The mode of an existing file is kept; a new file gets the mode the system gives new files. A link
/// is followed: its target is written, the link stays.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    write_whole_on(&SystemDisk, path, bytes)
}

/// Writes a file whole on that disk. While another program holds the file it waits up to two seconds.
pub fn write_whole_on(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let target = target_of(disk, path).map_err(FileError::write(path))?;
    written(disk, path, &target, bytes, &|temporary, _| rename_patiently(disk, temporary, &target))?;
    let unconfirmed = |source| FileError::Unconfirmed { path: path.to_owned(), source };
    disk.sync_folder(folder_of(&target)).map_err(unconfirmed)
}

/// Writes the bytes into a new file beside the target and has that `placed`, with how many other names the target has.
///
/// What could not be synced is never synced again, since the system may by then have forgotten what it lost:
/// the bytes go into another new file, once.
pub(super) fn written<T>(
    disk: &dyn Disk,
    path: &Path,
    target: &Path,
    bytes: &[u8],
    placed: &dyn Fn(&Path, u64) -> Result<T, Failed>,
) -> Result<T, FileError> {
    let first = replace(disk, target, bytes, placed);
    let replaced = match first {
        Err(Failed::Sync(_)) => replace(disk, target, bytes, placed),
        other => other,
    };
    replaced.map_err(|failed| match failed {
        Failed::Sync(source) | Failed::Other(source) => {
            let is_there = disk.facts(path, Links::Stay).is_ok();
            FileError::Write { path: path.to_owned(), is_there, source }
        }
        Failed::Held(source) => FileError::Held { path: path.to_owned(), source },
    })
}

/// The folder of a file.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Why a file could not be replaced.
pub(super) enum Failed {
    /// The system could not bring the bytes to the medium.
    Sync(io::Error),
    /// Another program holds the file.
    Held(io::Error),
    /// Anything else.
    Other(io::Error),
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Failed::Other(error)
    }
}

/// Whatever fails before the new file is in its place, it is taken away again.
fn replace<T>(
    disk: &dyn Disk,
    target: &Path,
    bytes: &[u8],
    placed: &dyn Fn(&Path, u64) -> Result<T, Failed>,
) -> Result<T, Failed> {
    let existing = match disk.facts(target, Links::Follow) {
        Ok(facts) => {
            must_be_file(&facts)?;
            if facts.permissions().readonly() {
                return Err(io::Error::from(io::ErrorKind::PermissionDenied).into());
            }
            Some(facts)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    // Beside a private file the temporary one stays private while it is written.
    let mode = if existing.is_some() { Mode::Private } else { Mode::Usual };
    let (temporary, mut file) = temporary::create(disk, folder_of(target), mode)?;
    let written = (|| {
        disk.write(&mut file, bytes)?;
        if let Some(facts) = &existing {
            disk.set_mode(&file, facts.permissions())?;
        }
        disk.sync(&file).map_err(Failed::Sync)?;
        // Windows renames no file that is open.
        drop(file);
        placed(&temporary, existing.as_ref().map_or(0, |facts| disk.other_names(target, facts)))
    })();
    if written.is_err() {
        let _ = disk.remove(&temporary);
    }
    written
}

pub(super) fn rename_patiently(disk: &dyn Disk, from: &Path, to: &Path) -> Result<(), Failed> {
    patiently(disk, &|| disk.rename(from, to))
}

/// Does it again for a while where another program holds the file.
pub(super) fn patiently<T>(disk: &dyn Disk, call: &dyn Fn() -> io::Result<T>) -> Result<T, Failed> {
    for millis in PAUSES_MILLIS {
        match call() {
            Err(error) if disk.is_held(&error) => disk.pause(Duration::from_millis(*millis)),
            other => return other.map_err(Failed::Other),
        }
    }
    call().map_err(|error| if disk.is_held(&error) { Failed::Held(error) } else { Failed::Other(error) })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::disallowed_methods)]
    use super::*;
    use std::fs;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap();
        names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_is_written_and_replaced_and_nothing_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("評価書.ron");
        write_whole(&path, b"1").unwrap();
        write_whole(&path, b"22").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"22");
        assert_eq!(names(folder.path()), ["評価書.ron"]);
    }

    #[test]
    fn a_missing_folder_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("none").join("a.ron");
        let expected = "保存できませんでした。ファイルかフォルダーがありません。場所を確かめてください";
        assert_eq!(write_whole(&path, b"").unwrap_err().to_string(), format!("{expected}: {}", path.display()));
    }

    #[test]
    fn a_folder_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("folder");
        fs::create_dir(&path).unwrap();
        assert!(write_whole(&path, b"").unwrap_err().to_string().contains("これはフォルダーです"));
        assert_eq!(names(folder.path()), ["folder"]);
    }

    #[cfg(unix)]
    mod unix {
        use super::*;
        use std::fs;
        use std::os::unix::fs::{PermissionsExt, symlink};

        fn mode(path: &Path) -> u32 {
            fs::metadata(path).unwrap().permissions().mode() & 0o777
        }

        #[test]
        fn mode_is_kept_and_a_new_file_gets_the_usual_one() {
            let folder = tempfile::tempdir().unwrap();
            let (usual, path) = (folder.path().join("usual"), folder.path().join("a.ron"));
            fs::write(&usual, b"").unwrap();
            write_whole(&path, b"1").unwrap();
            assert_eq!(mode(&path), mode(&usual));
            for kept in [0o640, 0o604] {
                fs::set_permissions(&path, fs::Permissions::from_mode(kept)).unwrap();
                write_whole(&path, b"2").unwrap();
                assert_eq!(mode(&path), kept);
            }
        }

        #[test]
        fn a_link_stays_and_its_target_is_written() {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join("real")).unwrap();
            let link = folder.path().join("link.ron");
            symlink("real/a.ron", &link).unwrap();
            for text in [b"1", b"2"] {
                write_whole(&link, text).unwrap();
                assert!(fs::symlink_metadata(&link).unwrap().file_type().is_symlink());
                assert_eq!(fs::read(folder.path().join("real/a.ron")).unwrap(), text);
            }
            assert_eq!(names(&folder.path().join("real")), ["a.ron"]);
        }

        #[test]
        fn a_ring_of_links_is_an_error() {
            let folder = tempfile::tempdir().unwrap();
            symlink("b", folder.path().join("a")).unwrap();
            symlink("a", folder.path().join("b")).unwrap();
            assert!(write_whole(&folder.path().join("a"), b"").is_err());
        }

        #[test]
        fn a_read_only_file_is_left_alone() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.ron");
            fs::write(&path, b"old").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
            assert!(write_whole(&path, b"new").unwrap_err().to_string().contains("権限がない"));
            assert_eq!(fs::read(&path).unwrap(), b"old");
            assert_eq!(names(folder.path()), ["a.ron"]);
        }

        #[test]
        fn a_read_only_folder_leaves_the_old_file() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.ron");
            fs::write(&path, b"old").unwrap();
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
            // The superuser may write everywhere: then there is nothing to test.
            if fs::write(folder.path().join("probe"), b"").is_err() {
                assert!(write_whole(&path, b"new").is_err());
                assert_eq!(names(folder.path()), ["a.ron"]);
            }
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
            assert_eq!(fs::read(&path).unwrap(), b"old");
        }
    }
}
