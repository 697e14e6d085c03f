//! The temporary files that saving makes beside the file: their names, and sweeping those a crash left behind.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use super::calls::{Disk, File, Links, Mode};

const PREFIX: &str = ".hyoukasho-";
const SUFFIX: &str = ".tmp";
/// A temporary file this old belongs to no save that still runs.
const OLD: Duration = Duration::from_secs(24 * 60 * 60);
/// More files than this in the way are no accident.
const MOST_TRIES: u32 = 1000;

/// Counts the temporary files of this process: two saves at the same time must not share one.
static COUNTER: AtomicU32 = AtomicU32::new(0);

/// Makes a new temporary file in a folder.
pub(super) fn create(disk: &dyn Disk, folder: &Path, mode: Mode) -> io::Result<(PathBuf, File)> {
    for _ in 0..MOST_TRIES {
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("{PREFIX}{}-{number}{SUFFIX}", std::process::id()));
        match disk.create(&path, mode) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made.map(|file| (path, file)),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Takes away the temporary files that a crash left in a folder: only ours, and only those more than a day old.
///
/// `now` is the system's time, in which the system dates files. What cannot be removed stays.
pub fn sweep(disk: &dyn Disk, folder: &Path, now: SystemTime) -> usize {
    let is_old = |path: &PathBuf| {
        let Ok(facts) = disk.facts(path, Links::Stay) else { return false };
        let age = facts.modified().ok().and_then(|modified| now.duration_since(modified).ok());
        facts.is_file() && age.is_some_and(|age| age > OLD)
    };
    let paths = disk.list(folder).unwrap_or_default();
    let old = paths.into_iter().filter(|path| is_ours(path)).filter(is_old);
    old.filter(|path| disk.remove(path).is_ok()).count()
}

fn is_ours(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let middle = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX));
    middle.is_some_and(|middle| !middle.is_empty() && middle.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_names_are_ours() {
        assert!(is_ours(Path::new("/a/.hyoukasho-12-0.tmp")));
        assert!(is_ours(Path::new(".hyoukasho-Ab3xYz.tmp")));
        for other in [".hyoukasho-.tmp", ".hyoukasho-1.tmp.ron", "hyoukasho-1.tmp", ".hyoukasho-写し.tmp", "a.ron"] {
            assert!(!is_ours(Path::new(other)), "{other}");
        }
    }
}
