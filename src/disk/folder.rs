//! Folders, and names in them that are still free.

use std::path::{Path, PathBuf};

use super::FileError;
use super::calls::{Disk, Links, SystemDisk};

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

/// Whether the name ends so, as in `.pdf` or `.PDF`.
pub fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|given| given.eq_ignore_ascii_case(extension))
}

/// The path itself, or `name（2）.ext` and so on where a file of that name exists.
pub fn free_name(path: &Path) -> PathBuf {
    free_name_on(&SystemDisk, path)
}

/// The same on that disk.
pub(crate) fn free_name_on(disk: &dyn Disk, path: &Path) -> PathBuf {
    let is_free = |name: &Path| disk.facts(name, Links::Stay).is_err();
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let extension = path.extension().map(|extension| format!(".{}", extension.to_string_lossy())).unwrap_or_default();
    let numbered = (2_u32..).map(|n| path.with_file_name(format!("{stem}（{n}）{extension}")));
    let mut names = std::iter::once(path.to_owned()).chain(numbered);
    names.find(|name| is_free(name)).unwrap_or_else(|| path.to_owned())
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
    }
}
