//! The end that nobody asked for: a panic, the end of the user's session, a `kill`, a display that is gone. What is written
//! but not yet saved goes to the disk before the program dies; what is said of a panic holds nothing of the document.

use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::Write;
use std::panic::PanicHookInfo;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::thread;

use super::backup_writer;
use super::saver::{Job, Marked, Owned, lock, lock_patiently, save_known};
use crate::clock;
use crate::disk::SystemDisk;
use crate::vault::owner::{self, Operator};

/// What would be lost if the program died now.
pub type Pending = Arc<Mutex<Option<Box<Job>>>>;

/// Saves what is pending, once; waits at most two seconds for a save that goes on.
pub fn flush(pending: &Pending) {
    let Some(job) = lock_patiently(pending).and_then(|mut job| job.take()) else { return };
    match lock_patiently(&job.known) {
        Some(mut known) if job.version > known.written => drop(save_known(&SystemDisk, &job, &mut known, clock::now())),
        Some(_) => {}
        // The document does not answer: then at least the copy on this computer has everything.
        None => drop(backup_writer::copy(&SystemDisk, &job, None, clock::now())),
    }
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

/// From now on a panic is said in words that hold nothing of a document: where it was, and what the code says there.
pub fn keep_text_out_of_panics() {
    std::panic::set_hook(Box::new(report));
}

fn report(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(|place| format!("{}:{}:{}", place.file(), place.line(), place.column()));
    let place = place.unwrap_or_else(|| "?".to_owned());
    let thread = thread::current().name().unwrap_or("?").to_owned();
    let words = format!("プログラムの中で問題が起きました（{place}、{thread}）{}", said_there(panic.payload()));
    let mut to = std::io::stderr();
    let _ = writeln!(to, "{words}");
    let trace = Backtrace::capture();
    if trace.status() == BacktraceStatus::Captured {
        let _ = writeln!(to, "{trace}");
    }
}

/// What the code says of a panic. What was put together at that moment may hold what the author wrote: that is left out.
fn said_there(payload: &(dyn Any + Send)) -> String {
    payload.downcast_ref::<&'static str>().map_or_else(String::new, |words| format!(": {words}"))
}

/// From now on, where this thread ends the process by `exit`, as the library of the display does when the display is
/// gone, what is pending is saved first. Only Linux lets a thread do so.
pub fn save_at_exit() {
    #[cfg(target_os = "linux")]
    {
        thread_local!(static AT_EXIT: AtExit = const { AtExit });
        AT_EXIT.with(|_| {});
    }
}

/// Saves when its thread ends.
#[cfg(target_os = "linux")]
struct AtExit;

#[cfg(target_os = "linux")]
impl Drop for AtExit {
    fn drop(&mut self) {
        after_panic();
    }
}

/// After a panic in the window: what is pending is saved, and the document is free for others.
pub fn after_panic() {
    let (pending, owned) = watched();
    flush(&pending);
    drop(give_free(&owned));
}

/// Gives the open document free. While what is returned is held, this process marks no other.
fn give_free(owned: &Owned) -> Option<MutexGuard<'_, Option<Marked>>> {
    let mut owned = lock_patiently(owned)?;
    if let Some(marked) = owned.take() {
        owner::release(&SystemDisk, &marked.document, &Operator::this(&SystemDisk));
    }
    Some(owned)
}

#[cfg(unix)]
fn watch_signals(pending: Pending, owned: Owned) {
    use signal_hook::consts::{
        SIGALRM, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU, SIGXFSZ,
    };
    // A write beyond the largest file that is allowed fails like one on a full disk, and ends nothing.
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::default());
    // All that end a program unless it waits for them.
    let ends = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGALRM, SIGVTALRM, SIGUSR1, SIGUSR2, SIGXCPU];
    let Ok(mut signals) = signal_hook::iterator::Signals::new(ends) else { return };
    let wait = move || {
        for signal in signals.forever() {
            flush(&pending);
            let _held = give_free(&owned);
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    };
    let _ = thread::Builder::new().name("end".to_owned()).spawn(wait);
}

/// Windows tells a console program nothing of the end of a session once it has a window, and winit passes nothing on: what
/// was typed is saved when the window goes out of the focus, and two seconds after it was typed.
#[cfg(not(unix))]
fn watch_signals(_: Pending, _: Owned) {}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::disk;
    use crate::draft::{Document, format};
    use crate::workspace::saver::{CopiedVersion, KnownDocument};

    fn job(path: &std::path::Path, version: u64, known: &KnownDocument) -> Job {
        let draft = Document { form: format!("様式{version}"), ..Document::default() }.into();
        let (path, known, copied) = (Some(path.to_owned()), known.clone(), CopiedVersion::default());
        Job { path, backups: None, draft, version, keep_old: false, keep: None, known, copied }
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
    fn a_panic_says_nothing_of_what_was_put_together() {
        let secret = "秘密の記載".to_owned();
        let said = |panic: fn(&str)| {
            let payload = std::panic::catch_unwind(|| panic(&secret)).unwrap_err();
            said_there(payload.as_ref())
        };
        assert_eq!(said(|_| panic!("on purpose")), ": on purpose");
        assert_eq!(said(|text| panic!("{text}")), "");
        assert_eq!(said(|text| drop(text[1..].to_owned())), "");
        assert_eq!(
            said(|text| {
                text.parse::<u8>().map_err(|_| text.to_owned()).unwrap();
            }),
            ""
        );
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
