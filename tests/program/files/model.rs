//! A model of two people who save two documents on one share: the real code of saver, copier and watcher, one call on the
//! disk at a time, in every order that a schedule asks for. Calls fail, or are carried out and said to have failed, or
//! wait until everybody else has done; whatever happens, every text that was typed last is found again.
//!
//! Some thousand schedules are run each time; `HYOUKASHO_MODEL_SCHEDULES=100000` sets the number of the random ones.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs::{self, File, Metadata, Permissions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use hyoukasho::disk::{Disk, Links, Mode, SystemDisk};
use hyoukasho::draft::{Document, Draft, format};
use hyoukasho::vault::owner::Operator;
use hyoukasho::vault::{BackupStore, Fingerprint, LocalDateTime, SaveOutcome, Track};
use hyoukasho::workspace::backup_writer;
use hyoukasho::workspace::saver::{CopiedVersion, Job, KnownDocument, save};
use hyoukasho::workspace::watcher;

/// Whoever does not come to the next call in this time waits for a lock of another one.
const STUCK: Duration = Duration::from_millis(3);
/// Longer than any schedule takes.
const LONG: Duration = Duration::from_secs(60);
/// Random schedules in every run of the tests.
const N_RANDOM: u64 = 500;
/// So many decisions are tried in every way.
const DEPTH: usize = 8;
/// The same where copiers and watchers play too: six may go first, not two.
const DEPTH_OF_ALL: usize = 3;

/// What happens at a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// Nothing is done.
    Fails,
    /// It is done, and said to have failed, as where the answer of a share is lost.
    SaysNo,
    /// It waits until everybody else has done.
    Waits,
}

/// What the disk can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Two files change places in one step.
    Exchanging,
    /// They cannot, as on a share.
    Plain,
    /// The mutant: as on a share, and the look immediately before the new name sees what the first one saw.
    NoSecondLook,
}

/// Who goes next.
enum Choice {
    /// These decisions first; then whoever comes first.
    Prefix(Vec<usize>),
    Random(u64),
}

/// A schedule, and what goes wrong in it.
struct Plan {
    kind: Kind,
    choice: Choice,
    /// The actor, the number of its call, and what happens there.
    faults: Vec<(usize, usize, Fault)>,
    /// Which calls are decisions: all of them, or those on the documents that others see.
    every_call: bool,
    cast: Cast,
    /// How many texts each types in each document.
    n_texts: u64,
}

/// Who plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cast {
    /// Two people, each with a thread that saves.
    Savers,
    /// Each also with a thread that copies, and one that looks.
    Everybody,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Running,
    Waiting,
    /// Waits for a lock of another one, as it seems.
    Stuck,
    /// Waits until all others have done.
    Held,
    Done,
}

/// The one who may make the next call.
struct Stage {
    phases: Mutex<(Vec<Phase>, Option<usize>)>,
    changed: Condvar,
}

impl Stage {
    fn wait_for_turn(&self, actor: usize, phase: Phase) {
        let mut state = self.phases.lock().unwrap();
        state.0[actor] = phase;
        self.changed.notify_all();
        while state.1 != Some(actor) {
            state = self.changed.wait(state).unwrap();
        }
        state.1 = None;
        state.0[actor] = Phase::Running;
        self.changed.notify_all();
    }

    fn done(&self, actor: usize) {
        self.phases.lock().unwrap().0[actor] = Phase::Done;
        self.changed.notify_all();
    }

    /// Gives one turn after the other; returns how many could be chosen at each decision.
    fn direct(&self, choice: &mut Choice, cast: Cast) -> Vec<usize> {
        // People share no lock; only the threads of one person do.
        let patience = if cast == Cast::Everybody { STUCK } else { LONG };
        let mut widths = Vec::new();
        loop {
            let mut state = self.phases.lock().unwrap();
            while state.1.is_some() || state.0.contains(&Phase::Running) {
                let (next, timeout) = self.changed.wait_timeout(state, patience).unwrap();
                state = next;
                if timeout.timed_out() && state.1.is_none() {
                    state
                        .0
                        .iter_mut()
                        .filter(|phase| **phase == Phase::Running)
                        .for_each(|phase| *phase = Phase::Stuck);
                }
            }
            let of = |phase| {
                let actors = state.0.iter().enumerate().filter(move |(_, is)| **is == phase);
                actors.map(|(actor, _)| actor).collect::<Vec<_>>()
            };
            let waiting = if of(Phase::Waiting).is_empty() { of(Phase::Held) } else { of(Phase::Waiting) };
            if waiting.is_empty() {
                if state.0.iter().all(|phase| *phase == Phase::Done) {
                    return widths;
                }
                let (state, timeout) = self.changed.wait_timeout(state, LONG).unwrap();
                assert!(!timeout.timed_out(), "nobody goes on: {:?}", state.0);
                continue;
            }
            let next = match choice {
                Choice::Prefix(decisions) => decisions.get(widths.len()).copied().unwrap_or(0).min(waiting.len() - 1),
                Choice::Random(seed) => usize::try_from(random(seed) % waiting.len() as u64).unwrap(),
            };
            widths.push(waiting.len());
            state.1 = Some(waiting[next]);
            self.changed.notify_all();
        }
    }
}

fn random(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed >> 11
}

/// The disk as one actor sees it.
struct ModelDisk {
    stage: Arc<Stage>,
    actor: usize,
    kind: Kind,
    cast: Cast,
    every_call: bool,
    faults: Vec<(usize, Fault)>,
    n_calls: AtomicUsize,
    documents: Vec<PathBuf>,
    /// What this actor saw of the documents first, in the save that goes on.
    first_look: Mutex<BTreeMap<PathBuf, Vec<u8>>>,
}

impl ModelDisk {
    /// Before each work: where the threads of one person share locks, who takes one first is a decision too.
    fn begin(&self) {
        if self.cast == Cast::Everybody {
            self.stage.wait_for_turn(self.actor, Phase::Waiting);
        }
    }

    /// One call. `shown` are the paths whose change others see.
    fn call<T>(&self, name: &str, shown: &[&Path], does: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let number = self.n_calls.fetch_add(1, Ordering::Relaxed);
        let fault = self.faults.iter().find(|(at, _)| *at == number).map(|(_, fault)| *fault);
        let is_shown = shown.iter().any(|path| self.documents.iter().any(|document| document == path));
        // What is left on a share is the one call between the look and the new name: they are one step here.
        let is_after_look = name == "rename" && is_shown;
        if fault == Some(Fault::Waits) && !is_after_look {
            self.stage.wait_for_turn(self.actor, Phase::Held);
        } else if (self.every_call || is_shown) && !is_after_look {
            self.stage.wait_for_turn(self.actor, Phase::Waiting);
        }
        match fault {
            Some(Fault::Fails) => Err(io::ErrorKind::TimedOut.into()),
            Some(Fault::SaysNo) => does().and(Err(io::ErrorKind::TimedOut.into())),
            Some(Fault::Waits) | None => does(),
        }
    }
}

impl Disk for ModelDisk {
    fn facts(&self, path: &Path, follow: Links) -> io::Result<Metadata> {
        // Whether the target is there is looked at immediately before the new name, as far as a share can.
        let shown: &[&Path] = if follow == Links::Stay { &[] } else { &[path] };
        self.call("facts", shown, || SystemDisk.facts(path, follow))
    }

    fn link(&self, path: &Path) -> io::Result<PathBuf> {
        self.call("link", &[], || SystemDisk.link(path))
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.call("real_path", &[], || SystemDisk.real_path(path))
    }

    fn read(&self, path: &Path, max: u64) -> io::Result<Vec<u8>> {
        let read = self.call("read", &[path], || SystemDisk.read(path, max));
        if self.kind != Kind::NoSecondLook || !self.documents.iter().any(|document| document == path) {
            return read;
        }
        let mut first_look = self.first_look.lock().unwrap();
        if let Some(bytes) = first_look.get(path) {
            return Ok(bytes.clone());
        }
        first_look.insert(path.to_owned(), read?);
        Ok(first_look[path].clone())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.call("list", &[], || SystemDisk.list(folder))
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.call("make_folder", &[], || SystemDisk.make_folder(folder))
    }

    fn create(&self, path: &Path, mode: Mode) -> io::Result<File> {
        self.call("create", &[], || SystemDisk.create(path, mode))
    }

    fn lock(&self, path: &Path) -> io::Result<File> {
        self.call("lock", &[], || SystemDisk.lock(path))
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        self.call("write", &[], || SystemDisk.write(file, bytes))
    }

    fn set_mode(&self, file: &File, permissions: Permissions) -> io::Result<()> {
        self.call("set_mode", &[], || SystemDisk.set_mode(file, permissions))
    }

    /// The medium is not what is tried here.
    fn sync(&self, _: &File) -> io::Result<()> {
        self.call("sync", &[], || Ok(()))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call("rename", &[to], || SystemDisk.rename(from, to))
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        if self.kind != Kind::Exchanging {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.call("rename_new", &[to], || SystemDisk.rename_new(from, to))
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        if self.kind != Kind::Exchanging {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.call("exchange", &[other], || SystemDisk.exchange(one, other))
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        self.call("sync_folder", &[], || Ok(()))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.call("remove", &[path], || SystemDisk.remove(path))
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.call("remove_folder", &[], || SystemDisk.remove_folder(folder))
    }

    fn pause(&self, _: Duration) {}
}

/// One person, and what they typed: for each document in turn, the texts.
struct Person {
    name: &'static str,
    store: PathBuf,
    documents: Vec<Open>,
}

/// A document that somebody has open.
#[derive(Clone)]
struct Open {
    path: PathBuf,
    known: KnownDocument,
    copied: CopiedVersion,
    backups: BackupStore,
}

impl Open {
    fn job(&self, text: &str, version: u64) -> Job {
        Job {
            path: Some(self.path.clone()),
            backups: Some(self.backups.clone()),
            draft: draft(text),
            version,
            keep_old: false,
            keep: None,
            known: self.known.clone(),
            copied: self.copied.clone(),
        }
    }
}

fn draft(text: &str) -> Draft {
    Document { form: text.to_owned(), ..Document::default() }.into()
}

fn text_of(bytes: &[u8]) -> Option<String> {
    Some(format::read(bytes).ok()?.draft.state.document.form)
}

/// The share with its documents and the people at it.
struct Share {
    folder: tempfile::TempDir,
    people: Vec<Person>,
    clock: AtomicI64,
    n_texts: u64,
}

/// 2026-11-21, 9:00.
const START_SECS: i64 = 1_795_251_600;
const NAMES: [&str; 2] = ["佐藤", "山田"];

impl Share {
    fn new(n_texts: u64) -> Self {
        // In memory where there is such a folder: the medium is not what is tried here.
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
        let share = folder.path().join("共有");
        fs::create_dir(&share).unwrap();
        let person = |name: &'static str| {
            let store = folder.path().join(name);
            let open = |document: &str| {
                let path = share.join(document);
                let before = format::write(&draft("前"));
                fs::write(&path, &before).unwrap();
                let known = KnownDocument::default();
                let seen = Some(Fingerprint::of(before.as_bytes()));
                known.lock().unwrap().track = Track { seen, ..Track::default() };
                Open { backups: BackupStore::of(&store, &path), path, known, copied: CopiedVersion::default() }
            };
            let documents = ["甲.ron", "乙.ron"].map(open).to_vec();
            Person { name, store: store.clone(), documents }
        };
        let people = NAMES.map(person).into_iter().collect();
        Self { folder, people, clock: AtomicI64::new(START_SECS), n_texts }
    }

    fn documents(&self) -> Vec<PathBuf> {
        self.people[0].documents.iter().map(|open| open.path.clone()).collect()
    }

    /// Every draft in the folder and those within it.
    fn texts(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
        let texts = entries.flat_map(|path| match path.is_dir() {
            true => Self::texts(&path),
            false => fs::read(&path).ok().and_then(|bytes| text_of(&bytes)).into_iter().collect(),
        });
        texts.collect()
    }
}

fn typed(person: &str, document: usize, version: u64) -> String {
    format!("{person}{document}の{version}")
}

/// What a run came to: how many could be chosen at each decision, the calls of each actor, and what is wrong.
struct Run {
    widths: Vec<usize>,
    n_calls: Vec<usize>,
    wrong: Vec<String>,
}

/// Plays a schedule, then lets every disk answer again, and looks for every text.
fn play(plan: Plan) -> Run {
    let share = Share::new(plan.n_texts);
    let per_person = if plan.cast == Cast::Everybody { 3 } else { 1 };
    let n_actors = per_person * share.people.len();
    let stage = Arc::new(Stage { phases: Mutex::new((vec![Phase::Running; n_actors], None)), changed: Condvar::new() });
    let disk = |actor: usize| ModelDisk {
        stage: stage.clone(),
        actor,
        kind: plan.kind,
        cast: plan.cast,
        every_call: plan.every_call,
        faults: plan.faults.iter().filter(|(of, ..)| *of == actor).map(|(_, at, fault)| (*at, *fault)).collect(),
        n_calls: AtomicUsize::new(0),
        documents: share.documents(),
        first_look: Mutex::default(),
    };
    let disks: Vec<_> = (0..n_actors).map(disk).collect();
    let mut choice = plan.choice;
    let widths = thread::scope(|scope| {
        for (actor, disk) in disks.iter().enumerate() {
            let (person, share) = (&share.people[actor / per_person], &share);
            scope.spawn(move || {
                match actor % per_person {
                    0 => save_all(disk, person, share),
                    1 => copy_all(disk, person, share),
                    _ => look_around(disk, person, share),
                }
                disk.stage.done(actor);
            });
        }
        stage.direct(&mut choice, plan.cast)
    });
    let n_calls = disks.iter().map(|disk| disk.n_calls.load(Ordering::Relaxed)).collect();
    Run { widths, n_calls, wrong: missing(&share) }
}

fn now(clock: &AtomicI64) -> LocalDateTime {
    // Most of it happens in the same second.
    let calls = clock.fetch_add(1, Ordering::Relaxed) - START_SECS;
    LocalDateTime::from_secs(START_SECS + calls / 5).unwrap()
}

/// The saving thread of a person: one text after the other, in the first document and in the second.
fn save_all(disk: &ModelDisk, person: &Person, share: &Share) {
    for version in 1..=share.n_texts {
        for (number, open) in person.documents.iter().enumerate() {
            disk.first_look.lock().unwrap().clear();
            disk.begin();
            let _ = save(disk, &open.job(&typed(person.name, number, version), version), now(&share.clock));
        }
    }
}

/// The thread that copies has the same texts, perhaps earlier, perhaps later.
fn copy_all(disk: &ModelDisk, person: &Person, share: &Share) {
    for version in 1..=share.n_texts {
        for (number, open) in person.documents.iter().enumerate() {
            let job = open.job(&typed(person.name, number, version), version);
            disk.begin();
            let _ = backup_writer::copy(disk, &job, None, now(&share.clock));
        }
    }
}

/// The thread that looks whether somebody has changed a document.
fn look_around(disk: &ModelDisk, person: &Person, share: &Share) {
    let me = Operator { machine: person.name.to_owned(), user: person.name.to_owned(), process: 1 };
    for open in &person.documents {
        let mut read = None;
        for _ in 0..2 {
            disk.begin();
            let _ = watcher::look(disk, &open.path, &open.known, &me, &mut read, now(&share.clock));
        }
    }
}

/// The disk answers again: what is not saved is saved, as the window does. Then every text that was typed last must be
/// on the share, and in the second copy of its author.
fn missing(share: &Share) -> Vec<String> {
    let mut wrong = Vec::new();
    for person in &share.people {
        for (number, open) in person.documents.iter().enumerate() {
            if open.known.lock().unwrap().written < share.n_texts || *open.copied.lock().unwrap() < share.n_texts {
                let job = open.job(&typed(person.name, number, share.n_texts), share.n_texts);
                let done = save(&Calm, &job, now(&share.clock)).unwrap();
                if !matches!(done.outcome, SaveOutcome::Written | SaveOutcome::Changed(_)) {
                    wrong.push(format!("{} cannot save: {:?}", person.name, done.outcome));
                }
            }
        }
    }
    let there = Share::texts(&share.folder.path().join("共有"));
    for person in &share.people {
        for (number, open) in person.documents.iter().enumerate() {
            let text = typed(person.name, number, share.n_texts);
            if !there.contains(&text) {
                wrong.push(format!("{text} is not on the share: {there:?}"));
            }
            let copy = fs::read(open.backups.copy_path()).ok().and_then(|bytes| text_of(&bytes));
            if copy.as_ref() != Some(&text) {
                wrong.push(format!("the copy of {text} says {copy:?} in {:?}", Share::texts(&person.store)));
            }
        }
    }
    wrong
}

/// The disk when nothing goes wrong any more.
struct Calm;

impl Disk for Calm {
    fn sync(&self, _: &File) -> io::Result<()> {
        Ok(())
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }
}

/// What is explored.
#[derive(Clone, Copy, Debug)]
struct Game<'a> {
    cast: Cast,
    kind: Kind,
    faults: &'a [(usize, usize, Fault)],
}

impl Game<'_> {
    fn play(&self, decisions: &[usize]) -> Run {
        let Self { cast, kind, faults } = *self;
        let choice = Choice::Prefix(decisions.to_vec());
        play(Plan { kind, choice, faults: faults.to_vec(), every_call: false, cast, n_texts: 1 })
    }

    /// Runs every schedule that differs in the first decisions; stops at the first loss.
    fn explore(&self, depth: usize, n_runs: &Cell<u64>) -> Option<String> {
        let mut prefix = Vec::new();
        loop {
            let run = self.play(&prefix);
            n_runs.set(n_runs.get() + 1);
            if !run.wrong.is_empty() {
                return Some(format!("{self:?} {prefix:?}: {}", run.wrong.join("\n")));
            }
            // The next schedule: the last decision that could have been another one.
            let mut decisions: Vec<usize> =
                (0..depth.min(run.widths.len())).map(|n| prefix.get(n).copied().unwrap_or(0)).collect();
            while decisions.last().is_some_and(|last| last + 1 >= run.widths[decisions.len() - 1]) {
                decisions.pop();
            }
            let last = decisions.last_mut()?;
            *last += 1;
            prefix = decisions;
        }
    }
}

fn n_random() -> u64 {
    std::env::var("HYOUKASHO_MODEL_SCHEDULES").ok().and_then(|number| number.parse().ok()).unwrap_or(N_RANDOM)
}

fn is_long() -> bool {
    n_random() > N_RANDOM
}

/// Whichever way files are replaced, every text is found again in every order of the first decisions; returns how many runs
/// that took.
fn in_every_order(cast: Cast, depth: usize) -> u64 {
    let n_runs = Cell::new(0);
    for kind in [Kind::Exchanging, Kind::Plain] {
        assert_eq!(Game { cast, kind, faults: &[] }.explore(depth, &n_runs), None);
    }
    n_runs.get()
}

/// The same where one call goes wrong: each call of the first of them, in each of these ways.
fn with_one_fault(cast: Cast, n_actors: usize, faults: &[Fault], depth: usize) -> u64 {
    let n_runs = Cell::new(0);
    for kind in [Kind::Exchanging, Kind::Plain] {
        let n_calls = Game { cast, kind, faults: &[] }.play(&[]).n_calls;
        for (actor, n_calls) in n_calls.into_iter().take(n_actors).enumerate() {
            for (at, fault) in (0..n_calls).flat_map(|at| faults.iter().map(move |fault| (at, *fault))) {
                assert_eq!(Game { cast, kind, faults: &[(actor, at, fault)] }.explore(depth, &n_runs), None);
            }
        }
    }
    n_runs.get()
}

#[test]
fn in_every_order_of_the_first_decisions_every_text_is_found_again() {
    let depth = if is_long() { DEPTH + 4 } else { DEPTH };
    let n_runs = in_every_order(Cast::Savers, depth);
    println!("FIGURES {{\"model_orders\": {n_runs}, \"model_depth\": {depth}}}");
}

#[test]
fn with_copiers_and_watchers_every_text_is_found_again_in_every_order_of_the_first_decisions() {
    let depth = if is_long() { DEPTH_OF_ALL + 2 } else { DEPTH_OF_ALL };
    let n_runs = in_every_order(Cast::Everybody, depth);
    println!("FIGURES {{\"model_orders_of_all\": {n_runs}, \"model_depth_of_all\": {depth}}}");
}

/// Each call of each of them fails, is said to have failed, or waits for everybody else, in every order of the first
/// decisions.
#[test]
fn whichever_call_fails_or_waits_every_text_is_found_again() {
    let depth = if is_long() { 5 } else { 1 };
    let n_runs = with_one_fault(Cast::Savers, 2, &[Fault::Fails, Fault::SaysNo, Fault::Waits], depth);
    println!("FIGURES {{\"model_faults\": {n_runs}}}");
}

/// The same where copiers and watchers play too: each call of one person's three threads fails.
#[test]
fn whichever_call_of_saver_copier_or_watcher_fails_every_text_is_found_again() {
    let depth = if is_long() { 2 } else { 0 };
    // Whoever waits for a lock of a copy gives up after two seconds: too long for many schedules.
    let n_runs = with_one_fault(Cast::Everybody, 3, &[Fault::Fails, Fault::SaysNo], depth);
    println!("FIGURES {{\"model_faults_of_all\": {n_runs}}}");
}

#[test]
fn in_random_schedules_with_faults_every_text_is_found_again() {
    let mut n_calls = 0;
    for seed in 1..=n_random() {
        let mut random_state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let kind = if random(&mut random_state).is_multiple_of(2) { Kind::Exchanging } else { Kind::Plain };
        let everybody = random(&mut random_state).is_multiple_of(4);
        let cast = if everybody { Cast::Everybody } else { Cast::Savers };
        let n_actors = if everybody { 6 } else { 2 };
        let mut number = |below: u64| usize::try_from(random(&mut random_state) % below).unwrap();
        // Whoever waits for a lock of a copy gives up after two seconds: too long for many schedules.
        let n_kinds = if everybody { 2 } else { 3 };
        let kinds = [Fault::Fails, Fault::SaysNo, Fault::Waits];
        let faults: Vec<_> = (0..number(5)).map(|_| (number(n_actors), number(120), kinds[number(n_kinds)])).collect();
        let every_call = number(3) == 0;
        let choice = Choice::Random(random(&mut random_state) | 1);
        let what = format!("seed {seed}, {kind:?}, {cast:?}, {faults:?}");
        let run = play(Plan { kind, choice, faults, every_call, cast, n_texts: 2 });
        assert!(run.wrong.is_empty(), "{what}: {}", run.wrong.join("\n"));
        n_calls += run.n_calls.iter().sum::<usize>();
    }
    println!("FIGURES {{\"model_random\": {}, \"model_calls\": {n_calls}, \"model_lost\": 0}}", n_random());
}

/// The proof that the model finds what it is for.
#[test]
fn without_the_second_look_the_model_finds_a_loss() {
    let n_runs = Cell::new(0);
    let found = Game { cast: Cast::Savers, kind: Kind::NoSecondLook, faults: &[] }.explore(DEPTH, &n_runs);
    assert!(found.as_ref().is_some_and(|found| found.contains("is not on the share")), "{found:?} in {}", n_runs.get());
    println!("FIGURES {{\"model_mutant_found_after\": {}}}", n_runs.get());
}
