//! Writing a file whole: a new file beside it, synced, then renamed over it.

use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::FileError;

/// Writes a file whole, or leaves the file that is there as it was.
///
/// The mode of an existing file is kept; a new file gets the mode the system gives new files. A link
/// is followed: its target is written, the link stays.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let target = target_of(path).map_err(FileError::write(path))?;
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    replace(&target, folder, bytes).map_err(FileError::write(path))?;
    sync_folder(folder).map_err(|source| FileError::Unconfirmed { path: path.to_owned(), source })
}

/// Whatever fails before the rename, the temporary file is removed when it goes out of scope.
fn replace(target: &Path, folder: &Path, bytes: &[u8]) -> io::Result<()> {
    let existing = match fs::metadata(target) {
        Ok(metadata) if metadata.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(metadata) if metadata.permissions().readonly() => return Err(io::ErrorKind::PermissionDenied.into()),
        Ok(metadata) => Some(metadata.permissions()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".hyoukasho-").suffix(".tmp");
    // Beside a private file the temporary one stays private (0600) while it is written.
    let usual = new_file_permissions().filter(|_| existing.is_none());
    if let Some(permissions) = usual {
        builder.permissions(permissions);
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    if let Some(permissions) = existing {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    file.persist(target).map(drop).map_err(|error| error.error)
}

/// The file a path leads to through links, also when that file does not exist yet.
fn target_of(path: &Path) -> io::Result<PathBuf> {
    /// As many links in a row as Linux follows.
    const MOST_LINKS: u32 = 40;
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::symlink_metadata(&target) {
            Ok(metadata) if metadata.file_type().is_symlink() => {
                let link = fs::read_link(&target)?;
                target = target.parent().unwrap_or(Path::new("")).join(link);
            }
            _ => return Ok(target),
        }
    }
    Err(io::Error::other("リンクが輪になっています"))
}

/// 0666 without what the umask takes: what the system gives new files. A temporary file would have 0600.
#[cfg(unix)]
fn new_file_permissions() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn new_file_permissions() -> Option<Permissions> {
    None
}

/// After this the new name outlasts a power cut.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

/// Other systems have no such call.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

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
        let expected = "保存できませんでした（元のファイルはそのままです）。ファイルかフォルダがありません。場所を確かめてください";
        assert_eq!(write_whole(&path, b"").unwrap_err().to_string(), format!("{expected}: {}", path.display()));
    }

    #[test]
    fn a_folder_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("folder");
        fs::create_dir(&path).unwrap();
        assert!(write_whole(&path, b"").unwrap_err().to_string().contains("これはフォルダです"));
        assert_eq!(names(folder.path()), ["folder"]);
    }

    #[cfg(unix)]
    mod unix {
        use super::*;
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
                fs::set_permissions(&path, Permissions::from_mode(kept)).unwrap();
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
            fs::set_permissions(&path, Permissions::from_mode(0o444)).unwrap();
            assert!(write_whole(&path, b"new").unwrap_err().to_string().contains("権限がない"));
            assert_eq!(fs::read(&path).unwrap(), b"old");
            assert_eq!(names(folder.path()), ["a.ron"]);
        }

        #[test]
        fn a_read_only_folder_leaves_the_old_file() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.ron");
            fs::write(&path, b"old").unwrap();
            fs::set_permissions(folder.path(), Permissions::from_mode(0o555)).unwrap();
            // The superuser may write everywhere: then there is nothing to test.
            if fs::write(folder.path().join("probe"), b"").is_err() {
                assert!(write_whole(&path, b"new").is_err());
                assert_eq!(names(folder.path()), ["a.ron"]);
            }
            fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
            assert_eq!(fs::read(&path).unwrap(), b"old");
        }
    }
}
