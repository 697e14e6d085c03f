//! Folders, and names in them that are still free.

use std::io;
use std::path::{Path, PathBuf};

use super::calls::{Disk, Links, Mode, SystemDisk};
use super::{FileError, write_whole_on};

/// Longest name of a file on the usual disks.
const LONGEST_NAME: usize = 255;

/// So many names are passed over of which the disk does not say whether they are free.
const MOST_DOUBTS: u32 = 2;

/// Makes a folder and those around it where they are missing.
pub fn make_folder(path: &Path) -> Result<(), FileError> {
    SystemDisk.make_folder(path).map_err(FileError::write(path))
}

/// Whether there is anything of that name.
pub fn is_there(path: &Path) -> bool {
    SystemDisk.facts(path, Links::Stay).is_ok()
}

/// Whether there is a folder of that name.
pub fn is_folder(path: &Path) -> bool {
    SystemDisk.facts(path, Links::Follow).is_ok_and(|facts| facts.is_dir())
}

/// What stands in a folder, by name: its files, and its folders; links to folders are not followed.
pub fn list(folder: &Path) -> Result<(Vec<PathBuf>, Vec<PathBuf>), FileError> {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for path in SystemDisk.list(folder).map_err(FileError::read(folder))? {
        let is_folder = |links| SystemDisk.facts(&path, links).is_ok_and(|facts| facts.is_dir());
        match (is_folder(Links::Stay), is_folder(Links::Follow)) {
            (true, _) => folders.push(path),
            (false, false) => files.push(path),
            (false, true) => {}
        }
    }
    Ok((files, folders))
}

/// Whether the name ends so, as in `.pdf` or `.PDF`.
pub fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|given| given.eq_ignore_ascii_case(extension))
}

/// Whether a name is no longer than the usual disks take: 255 bytes, on Windows 255 UTF-16 units.
pub(crate) fn is_short_enough(name: &str) -> bool {
    let length = if cfg!(windows) { name.encode_utf16().count() } else { name.len() };
    length <= LONGEST_NAME
}

/// A name of these two; where that is too long for a disk, the stem is cut.
pub(crate) fn name_within(stem: &str, rest: &str) -> String {
    let mut name = format!("{stem}{rest}");
    let mut stem = stem.to_owned();
    while !is_short_enough(&name) && stem.pop().is_some() {
        name = format!("{stem}{rest}");
    }
    name
}

/// The path itself, or `name（2）.ext` and so on where a file of that name exists.
pub fn free_name(path: &Path) -> PathBuf {
    free_name_on(&SystemDisk, path)
}

/// The same, and none of those names, of which the files are not made yet.
pub fn free_name_beside(path: &Path, promised: &[PathBuf]) -> PathBuf {
    free_name_where(&SystemDisk, path, |name| !is_promised(name, promised))
}

/// The path itself, or `name（2）.ext` and so on where it is one of those; no disk is asked.
pub fn name_beside(path: &Path, promised: &[PathBuf]) -> PathBuf {
    names_like(path).find(|name| !is_promised(name, promised)).unwrap_or_else(|| path.to_owned())
}

/// A free name on that disk.
pub(crate) fn free_name_on(disk: &dyn Disk, path: &Path) -> PathBuf {
    free_name_where(disk, path, |_| true)
}

fn free_name_where(disk: &dyn Disk, path: &Path, may_be: impl Fn(&Path) -> bool) -> PathBuf {
    let mut doubts = 0;
    let mut is_free = |name: &Path| match disk.facts(name, Links::Stay) {
        Ok(_) => false,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::InvalidFilename) => true,
        // Something may be there. A disk that does not answer is not asked for ever: writing there will say so.
        Err(_) => {
            doubts += 1;
            doubts > MOST_DOUBTS
        }
    };
    names_like(path).find(|name| may_be(name) && is_free(name)).unwrap_or_else(|| path.to_owned())
}

/// The path, and names like it with a number.
fn names_like(path: &Path) -> impl Iterator<Item = PathBuf> + '_ {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let extension = path.extension().map(|extension| format!(".{}", extension.to_string_lossy())).unwrap_or_default();
    let number = move |n: u32| path.with_file_name(name_within(&stem, &format!("（{n}）{extension}")));
    std::iter::once(path.to_owned()).chain((2..).map(number))
}

/// Many disks do not tell large letters from small ones.
fn is_promised(name: &Path, promised: &[PathBuf]) -> bool {
    let folded = |path: &Path| path.to_string_lossy().to_lowercase();
    promised.iter().any(|other| folded(other) == folded(name))
}

/// Writes a new file whole, under that name or a free one like it. The name is taken before the file is written: two who
/// do so in one folder at the same moment get two names. That the system confirms the name is not waited for.
pub fn write_new_on(disk: &dyn Disk, like: &Path, bytes: &[u8]) -> Result<PathBuf, FileError> {
    let path = reserve_on(disk, like)?;
    match write_whole_on(disk, &path, bytes) {
        Ok(()) | Err(FileError::Unconfirmed { .. }) => Ok(path),
        Err(error) => {
            give_up(disk, &path);
            Err(error)
        }
    }
}

/// Gives a file that name or a free one like it, which nobody else gets at the same moment.
pub(crate) fn rename_free_on(disk: &dyn Disk, from: &Path, like: &Path) -> Result<PathBuf, FileError> {
    let path = reserve_on(disk, like)?;
    disk.rename(from, &path).map_err(|error| {
        give_up(disk, &path);
        FileError::write(&path)(error)
    })?;
    Ok(path)
}

/// Takes a free name by an empty file.
fn reserve_on(disk: &dyn Disk, like: &Path) -> Result<PathBuf, FileError> {
    loop {
        let path = free_name_on(disk, like);
        match disk.create(&path, Mode::Usual) {
            Ok(_) => return Ok(path),
            // Somebody was a moment earlier; that name is no longer free.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && disk.facts(&path, Links::Stay).is_ok() => {}
            Err(error) => return Err(FileError::write(&path)(error)),
        }
    }
}

/// Gives a name back that was taken and not used.
fn give_up(disk: &dyn Disk, path: &Path) {
    if disk.facts(path, Links::Stay).is_ok_and(|facts| facts.is_file() && facts.len() == 0) {
        let _ = disk.remove(path);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::disallowed_methods)]
    use super::*;
    use std::fs;

    #[test]
    fn a_free_name_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("甲/乙");
        make_folder(&inner).unwrap();
        let path = inner.join("評価書.ron");
        assert_eq!(free_name(&path), path);
        fs::write(&path, b"").unwrap();
        assert_eq!(free_name(&path), inner.join("評価書（2）.ron"));
        // Where the number would make the name too long, the name gives way.
        let path = inner.join(format!("{}.ron", "あ".repeat(83)));
        fs::write(&path, b"").unwrap();
        let free = free_name(&path);
        fs::write(&free, b"").unwrap();
        assert!(free.to_str().unwrap().ends_with("あ（2）.ron"));
    }
}
