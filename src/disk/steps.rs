//! Two files change their names on a system that has no one call for it: one steps aside, the other takes its place.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::calls::{Disk, Links};
use super::folder::name_within;

/// Once the file is in its place the rest is waited for: a second in all.
const PAUSES_MILLIS: &[u64] = &[20, 80, 200, 300, 400];

/// Counts those that step aside in this process.
static COUNTER: AtomicU32 = AtomicU32::new(0);

/// Lets two files change their names in three steps, of which none takes a name that something has: whatever somebody
/// saves in between stays, and the call fails where it took the place of `other`.
///
/// Where it ends in the middle, because the computer or the share is gone, what stood at `other` stands beside it under a
/// name that says so, and is never swept away.
pub fn exchange_in_steps<D: Disk + ?Sized>(disk: &D, one: &Path, other: &Path) -> io::Result<()> {
    let aside = aside_of(other);
    step(disk, other, &aside)?;
    match step(disk, one, other) {
        Ok(()) => step_patiently(disk, &aside, one),
        Err(error) => {
            let _ = step_patiently(disk, &aside, other);
            Err(error)
        }
    }
}

/// The answer of a share may get lost, not what it did: nobody else knows both names.
fn step<D: Disk + ?Sized>(disk: &D, from: &Path, to: &Path) -> io::Result<()> {
    let is_gone = || disk.facts(from, Links::Stay).is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
    match disk.rename_new(from, to) {
        Err(_) if is_gone() && disk.facts(to, Links::Stay).is_ok() => Ok(()),
        renamed => renamed,
    }
}

fn step_patiently<D: Disk + ?Sized>(disk: &D, from: &Path, to: &Path) -> io::Result<()> {
    for millis in PAUSES_MILLIS {
        match step(disk, from, to) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => disk.pause(Duration::from_millis(*millis)),
            stepped => return stepped,
        }
    }
    step(disk, from, to)
}

/// A name beside the file that nothing else has.
fn aside_of(path: &Path) -> PathBuf {
    let (process, number) = (std::process::id(), COUNTER.fetch_add(1, Ordering::Relaxed));
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let extension = path.extension().map(|extension| format!(".{}", extension.to_string_lossy())).unwrap_or_default();
    path.with_file_name(name_within(&stem, &format!("（保存の途中 {process}-{number}）{extension}")))
}
