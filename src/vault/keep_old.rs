//! Keeping the file that is about to be replaced.

use std::io;
use std::path::{Path, PathBuf};

use super::save::LARGEST_BYTES;
use crate::disk::{self, Disk, FileError, Links, Mode, SystemDisk, read_to_bytes_on};

/// Copies the file at `path` to `path.bak`, or `.bak2` and so on where that is taken; `None` when there is
/// nothing to keep: no file, an empty one, or the very bytes that will be written.
pub fn keep_old(path: &Path, new_bytes: &[u8]) -> Result<Option<PathBuf>, FileError> {
    keep_old_on(&SystemDisk, path, new_bytes)
}

/// The same on that disk.
pub fn keep_old_on(disk: &dyn Disk, path: &Path, new_bytes: &[u8]) -> Result<Option<PathBuf>, FileError> {
    let old = match read_to_bytes_on(disk, path, LARGEST_BYTES) {
        Ok(old) => old,
        Err(error) if error.is_missing() => return Ok(None),
        Err(error) => return Err(error),
    };
    if old.is_empty() || old == new_bytes {
        return Ok(None);
    }
    for n in 1_u32.. {
        let kept = beside(path, n);
        match copy_to(disk, path, &kept, &old) {
            Ok(()) => return Ok(Some(kept)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(FileError::write(&kept)(error)),
        }
    }
    Ok(None)
}

/// A private draft stays private, and half a copy does not stay.
fn copy_to(disk: &dyn Disk, path: &Path, kept: &Path, old: &[u8]) -> io::Result<()> {
    let mut file = disk.create(kept, Mode::Private)?;
    let copied = (|| {
        disk.set_mode(&file, disk.facts(path, Links::Follow)?.permissions())?;
        disk.write(&mut file, old)?;
        disk.sync(&file)
    })();
    if copied.is_err() {
        drop(file);
        let _ = disk.remove(kept);
    }
    copied
}

fn beside(path: &Path, n: u32) -> PathBuf {
    let bak = if n == 1 { ".bak".to_owned() } else { format!(".bak{n}") };
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(&bak);
    if disk::is_short_enough(&name.to_string_lossy()) {
        return path.with_file_name(name);
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().map(|extension| format!(".{}", extension.to_string_lossy())).unwrap_or_default();
    path.with_file_name(disk::name_within(&stem, &format!("{extension}{bak}")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::disallowed_methods)]
    use super::*;
    use std::fs;

    #[test]
    fn keeps_what_would_be_lost_and_only_that() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("下書き.ron");
        assert_eq!(keep_old(&path, b"new").unwrap(), None);
        fs::write(&path, b"old").unwrap();
        assert_eq!(keep_old(&path, b"old").unwrap(), None);
        assert_eq!(keep_old(&path, b"new").unwrap(), Some(folder.path().join("下書き.ron.bak")));
        fs::write(&path, b"older").unwrap();
        assert_eq!(keep_old(&path, b"new").unwrap(), Some(folder.path().join("下書き.ron.bak2")));
        assert_eq!(fs::read(folder.path().join("下書き.ron.bak")).unwrap(), b"old");
    }

    #[test]
    fn the_longest_name_has_room_for_what_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!("{}.ron", "あ".repeat(83)));
        for old in [b"1", b"2"] {
            fs::write(&path, old).unwrap();
            let kept = keep_old(&path, b"new").unwrap().unwrap();
            assert_eq!(fs::read(&kept).unwrap(), old);
            assert!(kept.to_str().unwrap().contains("あ.ron.bak"));
        }
    }
}
