//! Saving on a thread of its own: the window never waits for the disk. The thread also confirms now and then that the
//! document is still open here, and does other small work on the disk in between.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;
use std::time::Duration;

use super::backup_writer::{self, Copier};
use super::document_lock::{Asked, DocumentLock, PendingLock};
use super::environment::Environment;
use super::waker::Waker;
use crate::clock;
use crate::disk::{Disk, FileError, SystemDisk};
use crate::draft::{Draft, format};
use crate::vault::owner;
use crate::vault::{
    self, BackupStore, Divergence, DivergenceSide, LocalDateTime, SaveOutcome, SaveRequest, Track, VersionKind,
};

/// A draft to be written.
#[derive(Clone)]
pub struct Job {
    /// Where to; `None` for a draft without a file.
    pub path: Option<PathBuf>,
    /// Where copy and versions go.
    pub backups: Option<BackupStore>,
    /// The draft.
    pub draft: Draft,
    /// Its version, to be given back.
    pub version: u64,
    /// Whether a different file of that name is to be kept beside it.
    pub keep_old: bool,
    /// A version to keep besides the automatic ones.
    pub keep: Option<VersionKind>,
    /// What is known of the document.
    pub known: KnownDocument,
    /// The newest version of which there is a copy.
    pub copied: CopiedVersion,
}

impl Job {
    fn is_same(&self, other: &Job) -> bool {
        Arc::ptr_eq(&self.known, &other.known) && self.path == other.path
    }
}

/// The newest version of a draft that was copied by whatever thread: the lock is held while it is written, so that an older
/// one never takes its place.
pub type CopiedVersion = Arc<Mutex<u64>>;

/// What is known of a document on all threads: the lock is held while it is written.
pub type KnownDocument = Arc<Mutex<Knowledge>>;

/// What is known of a document.
#[derive(Debug, Default)]
pub struct Knowledge {
    /// What stands on the disk.
    pub track: Track,
    /// The newest version that was written there, by whatever thread.
    pub written: u64,
    /// What the document held when it was last read or written here: what a colleague and we both began with.
    pub common: Option<Arc<Vec<u8>>>,
    /// The document that somebody else changed, and where ours went: what was handed over before that was known
    /// follows it.
    pub moved: Option<(PathBuf, PathBuf)>,
}

/// How a save ended.
pub struct SaveDone {
    /// The version of the draft.
    pub version: u64,
    /// Which document it was.
    pub known: KnownDocument,
    /// How the document fared.
    pub outcome: SaveOutcome,
    /// Why there is no second copy.
    pub copy_error: Option<String>,
    /// Whether a second copy was asked for and is there.
    pub copied: bool,
    /// Where the file that was there before is kept.
    pub kept: Option<PathBuf>,
    /// Where the broken document was put.
    pub set_aside: Option<PathBuf>,
    /// Whether the document was no longer in its place.
    pub was_gone: bool,
    /// How many other names lead to what the document held before.
    pub other_names: u64,
    /// Whether an older file was to be kept.
    pub keep_old: bool,
    /// What both began with, where somebody else had changed the document.
    pub common: Option<Arc<Vec<u8>>>,
    /// The file beside the document, which is marked as open here from now on.
    pub next: Option<PendingLock>,
}

impl SaveDone {
    /// What went wrong with a document that is no longer open.
    pub fn trouble(&self) -> Option<String> {
        let words = match &self.outcome {
            SaveOutcome::Nameless | SaveOutcome::Written => return None,
            SaveOutcome::Changed(ours) => {
                format!("ほかの人が書き換えていたため、書いた内容は {} に保存しました", ours.display())
            }
            SaveOutcome::Held(ours) => format!("使用中のため、書いた内容は {} に保存しました", ours.display()),
            SaveOutcome::Failed(error) => format!("保存できませんでした。書いた内容は控えに残っています。{error}"),
        };
        Some(format!("先ほどまで開いていた評価書: {words}"))
    }
}

enum Instruction {
    Save(Box<Job>),
    Other(Box<dyn FnOnce() + Send>),
}

/// The document that is confirmed to be open here.
pub type Owned = Arc<Mutex<Option<Marked>>>;

/// A document that is marked as open here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The document.
    pub document: PathBuf,
    /// Since when.
    pub since: LocalDateTime,
}

/// When the saving thread began what it is at, in seconds; 0 while it has nothing to do.
pub type AtWork = Arc<AtomicI64>;

/// A saving thread that is at one thing for so long waits for a disk that does not answer.
const HELD_UP_SECS: u64 = 4;

/// The thread that saves.
pub struct Saver {
    waker: Waker,
    tasks: Option<Sender<Instruction>>,
    done: Receiver<SaveDone>,
    at_work: AtWork,
    copier: Copier,
}

impl Saver {
    /// Starts the thread; whoever waits is woken when a save has ended.
    pub fn start(environment: &Environment) -> Self {
        let (tasks, work) = channel();
        let (report, done) = channel();
        let (own_waker, waker) = (environment.waker.clone(), environment.waker.clone());
        let at = environment.clone();
        let report = move |job: &Job| {
            let saved = survive(|| save(&SystemDisk, job, clock::now())).unwrap_or_else(|| Some(broken(job)));
            let Some(mut done) = saved else { return };
            if let SaveOutcome::Changed(ours) = &done.outcome
                && let Asked::Free(next, _) = DocumentLock::ask(&at, ours)
            {
                done.next = Some(*next);
            }
            let _ = report.send(done);
            waker.wake();
        };
        let at_work = AtWork::default();
        let copier = Copier::start(at_work.clone());
        let (busy, environment) = (at_work.clone(), environment.clone());
        let work = move || run(&work, report, &environment, &busy);
        let _ = thread::Builder::new().name("save".to_owned()).spawn(work);
        Self { waker: own_waker, tasks: Some(tasks), done, at_work, copier }
    }

    /// Whether the thread waits for a disk that does not answer.
    pub fn is_held_up(&self) -> bool {
        let since = self.at_work.load(Ordering::Relaxed);
        since != 0 && clock::now().to_secs().abs_diff(since) >= HELD_UP_SECS
    }

    /// Hands a draft over to be saved.
    pub fn save(&self, job: Job) {
        self.copier.copy(&job);
        self.send(Instruction::Save(Box::new(job)));
    }

    /// Has something else done after what was handed over so far.
    pub fn after(&self, work: impl FnOnce() + Send + 'static) {
        self.send(Instruction::Other(Box::new(work)));
    }

    /// Says when everything handed over so far is done, and wakes whoever waits then.
    pub fn when_done(&self) -> Receiver<()> {
        let (send, done) = channel();
        let waker = self.waker.clone();
        self.after(move || {
            let _ = send.send(());
            waker.wake();
        });
        done
    }

    fn send(&self, task: Instruction) {
        if let Some(tasks) = &self.tasks {
            let _ = tasks.send(task);
        }
    }

    /// A save that has ended since the last call.
    pub fn finished(&self) -> Option<SaveDone> {
        self.done.try_recv().ok()
    }

    /// Waits until everything handed over is saved, but no longer than that: a disk may not answer at all. Only for the
    /// end of the program.
    pub fn finish(mut self, at_most: Duration) -> Vec<SaveDone> {
        self.tasks = None;
        let mut all = Vec::new();
        // The thread lets its end go when it ends.
        while let Ok(done) = self.done.recv_timeout(at_most) {
            all.push(done);
        }
        self.copier.finish();
        all
    }
}

/// Locks, also what a panic on another thread left behind.
pub fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How often, and how often in all, somebody waits who must not wait for ever.
const WAIT: Duration = Duration::from_millis(2);
const MOST_WAITS: u32 = 1000;

/// Locks, but waits at most two seconds: a panic may have come while this very thread held it.
pub fn lock_patiently<T>(shared: &Mutex<T>) -> Option<MutexGuard<'_, T>> {
    for _ in 0..MOST_WAITS {
        match shared.try_lock() {
            Ok(guard) => return Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => thread::sleep(WAIT),
        }
    }
    None
}

/// Of several drafts that wait, only the newest for the same document matters.
fn run(work: &Receiver<Instruction>, report: impl Fn(&Job), environment: &Environment, at_work: &AtWork) {
    let pause = Duration::from_secs(owner::CONFIRM_EVERY_SECS);
    let mut waiting: Option<Box<Job>> = None;
    let mut confirmed = clock::now().to_secs();
    loop {
        let task = match &waiting {
            Some(_) => work.recv_timeout(Duration::ZERO),
            None => {
                at_work.store(0, Ordering::Relaxed);
                work.recv_timeout(pause)
            }
        };
        at_work.store(clock::now().to_secs().max(1), Ordering::Relaxed);
        match task {
            Ok(Instruction::Save(next)) => {
                let next = match waiting.take() {
                    // What is to stay as a version is written as it is.
                    Some(first) if first.keep.is_none() && first.is_same(&next) => {
                        let keep_old = next.keep_old || first.keep_old;
                        Box::new(Job { keep_old, ..*next })
                    }
                    Some(first) => {
                        report(&first);
                        next
                    }
                    None => next,
                };
                waiting = Some(next);
            }
            other => {
                if let Some(job) = waiting.take() {
                    report(&job);
                }
                match other {
                    Ok(Instruction::Other(work)) => drop(survive(work)),
                    Err(RecvTimeoutError::Disconnected) => return,
                    _ => {}
                }
            }
        }
        let now = clock::now();
        if now.to_secs().abs_diff(confirmed) >= owner::CONFIRM_EVERY_SECS {
            confirmed = now.to_secs();
            let marked = lock(&environment.owned).clone();
            if let Some(Marked { document, since }) = marked {
                let _ = owner::confirm(&SystemDisk, &document, &environment.me, since, now);
            }
        }
    }
}

/// A fault in one piece of work must not end saving for the rest of the day.
fn survive<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// A save that ended with a fault of ours: the window says so and tries again.
fn broken(job: &Job) -> SaveDone {
    let (path, source) = (job.path.clone().unwrap_or_default(), io::Error::other("保存の途中で問題が起きました"));
    SaveDone {
        version: job.version,
        known: job.known.clone(),
        outcome: SaveOutcome::Failed(FileError::Write { path, is_there: false, source }),
        copy_error: None,
        copied: false,
        kept: None,
        set_aside: None,
        was_gone: false,
        other_names: 0,
        keep_old: job.keep_old,
        common: None,
        next: None,
    }
}

/// Saves, unless a newer version of the draft is on the disk already.
pub fn save(disk: &dyn Disk, job: &Job, now: LocalDateTime) -> Option<SaveDone> {
    let mut known = lock(&job.known);
    (job.version >= known.written).then(|| save_known(disk, job, &mut known, now))
}

/// Saves while nobody else does: the copy first, then the document.
pub fn save_known(disk: &dyn Disk, job: &Job, known: &mut Knowledge, now: LocalDateTime) -> SaveDone {
    let moved = known.moved.as_ref().filter(|(from, _)| job.path.as_ref() == Some(from)).map(|(_, to)| to.clone());
    let document = moved.as_deref().or(job.path.as_deref());
    let copy = backup_writer::copy(disk, job, document, now);
    let file = format::file(&job.draft);
    let (bytes, keep_old) = (file.as_slice(), job.keep_old);
    let request = SaveRequest { bytes, document, backups: None, keep: None, keep_old, now };
    let saved = vault::save(disk, &request, &mut known.track);
    if matches!(saved.outcome, SaveOutcome::Written | SaveOutcome::Changed(_)) {
        known.written = job.version;
    }
    match (&saved.outcome, &job.path) {
        (SaveOutcome::Written, _) if moved.is_none() => known.common = Some(Arc::new(file)),
        (SaveOutcome::Changed(to), Some(from)) => {
            note_divergence(disk, job, from, to, known.common.as_deref());
            known.moved = Some((from.clone(), to.clone()));
        }
        _ => {}
    }
    SaveDone {
        version: job.version,
        known: job.known.clone(),
        outcome: saved.outcome,
        copied: job.backups.is_some() && copy.is_ok(),
        copy_error: copy.err().map(|error| error.to_string()),
        kept: saved.kept,
        set_aside: saved.set_aside,
        was_gone: saved.was_gone,
        other_names: saved.other_names,
        keep_old: job.keep_old,
        common: known.common.clone(),
        next: None,
    }
}

/// Notes on this computer that the document goes on in two files, for whoever opens either of them another day.
fn note_divergence(disk: &dyn Disk, job: &Job, theirs: &Path, ours: &Path, common: Option<&Vec<u8>>) {
    let Some(backups) = &job.backups else { return };
    for (at, other, side) in [(theirs, ours, DivergenceSide::Ours), (ours, theirs, DivergenceSide::Theirs)] {
        let divergence = Divergence { other: other.to_owned(), side, common: common.cloned() };
        // The window tells of the two files anyway.
        let _ = backups.of_other(disk, at).part(disk, &divergence);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::disk;
    use crate::draft::Document;
    use crate::workspace::environment::DataFolders;

    /// Longer than any test takes.
    const LONG: Duration = Duration::from_secs(60);

    fn start() -> Saver {
        Saver::start(&Environment::new(DataFolders::default(), Owned::default(), Waker::nobody()))
    }

    fn job(path: PathBuf, version: u64, known: &KnownDocument) -> Job {
        let draft = Document { form: format!("様式{version}"), ..Document::default() }.into();
        let (path, known, copied) = (Some(path), known.clone(), CopiedVersion::default());
        Job { path, backups: None, draft, version, keep_old: false, keep: None, known, copied }
    }

    #[test]
    fn the_newest_draft_is_on_the_disk_when_it_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.ron");
        let (saver, known) = (start(), KnownDocument::default());
        for version in 1..=20 {
            saver.save(job(path.clone(), version, &known));
        }
        let done = saver.finish(LONG);
        assert_eq!(done.last().unwrap().version, 20);
        assert!(done.iter().all(|done| matches!(done.outcome, SaveOutcome::Written)));
        let bytes = disk::read_to_bytes(&path, 1 << 20).unwrap();
        assert_eq!(format::read(&bytes).unwrap().draft.state.document.form, "様式20");
    }

    #[test]
    fn a_failure_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let saver = start();
        saver.save(job(folder.path().join("none/甲.ron"), 1, &KnownDocument::default()));
        let done = saver.finish(LONG);
        let SaveOutcome::Failed(error) = &done[0].outcome else { unreachable!() };
        assert!(error.to_string().contains("保存できませんでした"));
    }

    #[test]
    fn a_fault_on_the_thread_does_not_end_saving() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.ron");
        let saver = start();
        saver.after(|| panic!("on purpose"));
        saver.save(job(path.clone(), 1, &KnownDocument::default()));
        assert!(matches!(saver.finish(LONG)[..], [SaveDone { outcome: SaveOutcome::Written, .. }]));
        let job = job(path, 2, &KnownDocument::default());
        assert!(survive(|| panic!("on purpose")).is_none_or(|()| false));
        assert!(matches!(broken(&job).outcome, SaveOutcome::Failed(_)));
    }

    /// A file of which another process holds the lease holds whoever opens it, as a shared folder that does not answer.
    #[cfg(target_os = "linux")]
    #[test]
    #[allow(clippy::disallowed_methods)]
    fn while_the_document_does_not_answer_the_copy_is_on_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.ron");
        std::fs::write(&path, "").unwrap();
        let hold =
            r#"$SIG{IO} = "IGNORE"; open F, "+<", $ARGV[0]; fcntl F, 1024, 1 or die; $| = 1; print "."; sleep 600"#;
        let mut holder = std::process::Command::new("perl");
        let mut holder = holder.args(["-e", hold]).arg(&path).stdout(std::process::Stdio::piped()).spawn().unwrap();
        std::io::Read::read_exact(holder.stdout.as_mut().unwrap(), &mut [0]).unwrap();
        let backups = BackupStore::of(&folder.path().join("控え"), &path);
        let (saver, known) = (start(), KnownDocument::default());
        let copied = |version: u64| {
            let form = format!("様式{version}");
            for _ in 0..200 {
                let copy = backups.read_copy(&SystemDisk, 1 << 20).ok().and_then(|bytes| format::read(&bytes).ok());
                if copy.is_some_and(|copy| copy.draft.state.document.form == form) {
                    return true;
                }
                thread::sleep(Duration::from_millis(10));
            }
            false
        };
        for version in 1..=3 {
            saver.save(Job { backups: Some(backups.clone()), ..job(path.clone(), version, &known) });
            assert!(copied(version), "version {version}");
        }
        // The end of the program, which cannot wait, copies as well.
        let pending = crate::workspace::shutdown::Pending::default();
        let last = Job { backups: Some(backups.clone()), ..job(path.clone(), 4, &known) };
        crate::workspace::shutdown::set(&pending, Some(last));
        crate::workspace::shutdown::flush(&pending);
        assert!(copied(4));
        // It answers, and there is nothing.
        std::fs::remove_file(&path).unwrap();
        holder.kill().unwrap();
        holder.wait().unwrap();
        assert!(saver.finish(LONG).iter().any(|done| done.version == 3));
    }

    #[test]
    fn an_older_draft_never_follows_a_newer_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.ron");
        let known = KnownDocument::default();
        // As the end of the program does, past the thread.
        assert!(save(&SystemDisk, &job(path.clone(), 9, &known), clock::now()).is_some());
        assert!(save(&SystemDisk, &job(path.clone(), 8, &known), clock::now()).is_none());
        let bytes = disk::read_to_bytes(&path, 1 << 20).unwrap();
        assert_eq!(format::read(&bytes).unwrap().draft.state.document.form, "様式9");
    }
}
