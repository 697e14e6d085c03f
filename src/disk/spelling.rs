//! One document can be written in many ways: through links, with `.` and `..`, by a drive letter or the name of a server.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::calls::{Disk, Links};

/// Said where links lead back to where one began.
pub(super) const LOOP: &str =
    "リンクが輪になっていて、どのファイルにも行き着きません。リンクを作り直すか、ほかの場所を選んでください";

/// As many links in a row as Linux follows.
const MOST_LINKS: u32 = 40;

/// The file a path leads to through links, also when that file does not exist yet.
pub(crate) fn target_of(disk: &dyn Disk, path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        match disk.facts(&target, Links::Stay) {
            Ok(facts) if facts.file_type().is_symlink() => {
                let link = disk.link(&target)?;
                target = target.parent().unwrap_or(Path::new("")).join(link);
            }
            _ => return Ok(target),
        }
    }
    Err(io::Error::other(LOOP))
}

/// The path of a document, however it is written. What is missing keeps the name it has; where the disk does not
/// answer, only what can be seen without it is put right.
pub fn resolved(disk: &dyn Disk, path: &Path) -> PathBuf {
    let target = target_of(disk, path).unwrap_or_else(|_| path.to_owned());
    let absolute = std::path::absolute(&target).unwrap_or(target);
    for there in absolute.ancestors() {
        match disk.real_path(there) {
            Ok(real) => return cleaned(&plain(real).join(absolute.strip_prefix(there).unwrap_or(Path::new("")))),
            Err(error) if is_about_this_name(&error) => {}
            // A share that is away is away with all its folders.
            Err(_) => break,
        }
    }
    cleaned(&absolute)
}

/// Whether two paths lead to one document.
pub fn is_same(disk: &dyn Disk, one: &Path, other: &Path) -> bool {
    one == other || resolved(disk, one) == resolved(disk, other)
}

/// Whether the folder around may answer although this one did not.
fn is_about_this_name(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidFilename, NotADirectory, NotFound, PermissionDenied};
    matches!(error.kind(), NotFound | NotADirectory | PermissionDenied | InvalidFilename)
}

/// The path without `.`, `..` and doubled slashes, without asking the disk.
pub(crate) fn cleaned(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if clean.file_name().is_some() => drop(clean.pop()),
            other => clean.push(other),
        }
    }
    clean
}

/// Windows writes a real path with `\\?\` before the drive or `UNC`; people and older versions do not.
fn plain(real: PathBuf) -> PathBuf {
    let text = real.to_string_lossy().into_owned();
    if let Some(share) = text.strip_prefix(r"\\?\UNC\") {
        return PathBuf::from(format!(r"\\{share}"));
    }
    text.strip_prefix(r"\\?\").map_or(real, PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_put_right_without_the_disk() {
        for (path, expected) in
            [("/甲//乙/./丙/../評価書.ron", "/甲/乙/評価書.ron"), ("/../甲/", "/../甲"), ("甲/..", "")]
        {
            assert_eq!(cleaned(Path::new(path)), Path::new(expected), "{path}");
        }
        for (path, expected) in [
            (r"\\?\C:\甲\乙.ron", r"C:\甲\乙.ron"),
            (r"\\?\UNC\SV1\共有\乙.ron", r"\\SV1\共有\乙.ron"),
            ("/甲/乙.ron", "/甲/乙.ron"),
        ] {
            assert_eq!(plain(PathBuf::from(path)), Path::new(expected));
        }
    }
}
