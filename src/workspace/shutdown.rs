//! The end that nobody asked for: a panic, the end of the user's session, a `kill`. What is written but not yet saved
//! goes to the disk before the program dies.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, TryLockError};
use std::thread;
use std::time::Duration;

use super::backup_writer;
use super::saver::{Job, Marked, Owned, lock, save_known};
use crate::disk::SystemDisk;
use crate::vault::owner::{self, Operator};

/// How often, and how often in all, the end waits for a save that is going on.
const WAIT: Duration = Duration::from_millis(20);
const MOST_WAITS: u32 = 100;

/// What would be lost if the program died now.
pub type Pending = Arc<Mutex<Option<Box<Job>>>>;

/// Saves what is pending, once; waits at most two seconds for a save that goes on.
pub fn flush(pending: &Pending) {
    let Some(job) = patiently(pending).and_then(|mut job| job.take()) else { return };
    match patiently(&job.known) {
        Some(mut known) if job.version > known.written => drop(save_known(&job, &mut known)),
        Some(_) => {}
        // The document does not answer: then at least the copy on this computer has everything.
        None => drop(backup_writer::copy(&job)),
    }
}

/// Locks, but waits at most two seconds: the panic may have come while this very thread held it.
fn patiently<T>(shared: &Mutex<T>) -> Option<MutexGuard<'_, T>> {
    for _ in 0..MOST_WAITS {
        match shared.try_lock() {
            Ok(guard) => return Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => thread::sleep(WAIT),
        }
    }
    None
}

/// Notes what would be lost; `None` when everything is saved.
pub fn set(pending: &Pending, job: Option<Job>) {
    *lock(pending) = job.map(Box::new);
}

/// What is pending in this process, and the document that is open in it. From the first call on, a panic on any thread
/// saves first; so does a signal that ends the program, which also gives the document free.
pub fn watched() -> (Pending, Owned) {
    static WATCHED: OnceLock<(Pending, Owned)> = OnceLock::new();
    let start = || {
        let (pending, owned) = (Pending::default(), Owned::default());
        let on_panic = pending.clone();
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            flush(&on_panic);
            before(panic);
        }));
        watch_signals(pending.clone(), owned.clone());
        (pending, owned)
    };
    WATCHED.get_or_init(start).clone()
}

/// After a panic in the window: what is pending is saved, and the document is free for others.
pub fn after_panic() {
    let (pending, owned) = watched();
    flush(&pending);
    drop(give_free(&owned));
}

/// Gives the open document free. While what is returned is held, this process marks no other.
fn give_free(owned: &Owned) -> Option<MutexGuard<'_, Option<Marked>>> {
    let mut owned = patiently(owned)?;
    if let Some(marked) = owned.take() {
        owner::release(&SystemDisk, &marked.document, &Operator::this(&SystemDisk));
    }
    Some(owned)
}

#[cfg(unix)]
fn watch_signals(pending: Pending, owned: Owned) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT]) else { return };
    let wait = move || {
        for signal in signals.forever() {
            flush(&pending);
            let _held = give_free(&owned);
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    };
    let _ = thread::Builder::new().name("end".to_owned()).spawn(wait);
}

/// Windows closes the window first, which saves; a logoff that does not costs less than two seconds of typing.
#[cfg(not(unix))]
fn watch_signals(_: Pending, _: Owned) {}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::disk;
    use crate::draft::{Document, format};
    use crate::workspace::saver::KnownDocument;

    fn job(path: &std::path::Path, version: u64, known: &KnownDocument) -> Job {
        let draft = Document { form: format!("様式{version}"), ..Document::default() }.into();
        let (path, known) = (Some(path.to_owned()), known.clone());
        Job { path, backups: None, draft, version, keep_old: false, keep: None, known }
    }

    fn form(path: &std::path::Path) -> String {
        format::read(&disk::read_to_bytes(path, 1 << 20).unwrap()).unwrap().draft.state.document.form
    }

    #[test]
    fn what_is_pending_is_saved_once_and_never_over_something_newer() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.ron");
        let (known, pending) = (KnownDocument::default(), Pending::default());
        set(&pending, Some(job(&path, 3, &known)));
        flush(&pending);
        assert_eq!(form(&path), "様式3");
        assert!(lock(&pending).is_none());
        set(&pending, Some(job(&path, 2, &known)));
        flush(&pending);
        assert_eq!(form(&path), "様式3");
    }

    #[test]
    fn a_panic_on_any_thread_saves_first() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.ron");
        let (pending, _) = watched();
        set(&pending, Some(job(&path, 1, &KnownDocument::default())));
        assert!(thread::spawn(|| panic!("on purpose")).join().is_err());
        assert_eq!(form(&path), "様式1");
    }
}
