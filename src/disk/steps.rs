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

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::disallowed_methods)]
    use super::*;
    use crate::disk::SystemDisk;
    use std::fs;

    /// At its call of this number something else happens.
    struct Odd<'a> {
        at: u32,
        n_calls: AtomicU32,
        happens: &'a (dyn Fn(&Path, &Path) -> io::Result<()> + Sync),
    }

    impl Disk for Odd<'_> {
        fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
            if self.n_calls.fetch_add(1, Ordering::Relaxed) == self.at {
                return (self.happens)(from, to);
            }
            SystemDisk.rename_new(from, to)
        }
    }

    /// What two files hold after they were to change their names, and how many are in the folder.
    fn exchanged(
        at: u32,
        happens: &(dyn Fn(&Path, &Path) -> io::Result<()> + Sync),
    ) -> (Option<io::ErrorKind>, String, String, usize) {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (folder.path().join("新.tmp"), folder.path().join("評価書.ron"));
        fs::write(&one, "新").unwrap();
        fs::write(&other, "前").unwrap();
        let done = exchange_in_steps(&Odd { at, n_calls: AtomicU32::new(0), happens }, &one, &other);
        let text = |path| fs::read_to_string(path).unwrap_or_default();
        (done.err().map(|error| error.kind()), text(one), text(other), fs::read_dir(folder.path()).unwrap().count())
    }

    #[test]
    fn a_step_whose_answer_was_lost_was_done() {
        for at in 0..4 {
            let says_no = |from: &Path, to: &Path| {
                SystemDisk.rename_new(from, to)?;
                Err(io::ErrorKind::TimedOut.into())
            };
            assert_eq!(exchanged(at, &says_no), (None, "前".to_owned(), "新".to_owned(), 2), "{at}");
        }
    }

    #[test]
    fn a_step_that_fails_leaves_both_as_they_were_or_is_done_again() {
        let fails = |_: &Path, _: &Path| Err(io::ErrorKind::TimedOut.into());
        let as_before = (Some(io::ErrorKind::TimedOut), "新".to_owned(), "前".to_owned(), 2);
        assert_eq!((exchanged(0, &fails), exchanged(1, &fails)), (as_before.clone(), as_before));
        assert_eq!(exchanged(2, &fails), (None, "前".to_owned(), "新".to_owned(), 2));
    }

    /// What stepped aside stays beside them.
    #[test]
    fn a_place_that_was_taken_meanwhile_is_left_to_whoever_took_it() {
        let taken = |from: &Path, to: &Path| {
            fs::write(to, "同僚の").unwrap();
            SystemDisk.rename_new(from, to)
        };
        let expected = (Some(io::ErrorKind::AlreadyExists), "新".to_owned(), "同僚の".to_owned(), 3);
        assert_eq!(exchanged(1, &taken), expected);
    }
}
