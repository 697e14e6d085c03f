//! The disk as one actor sees it: every call waits for its turn, and goes wrong where the script says so.

use std::collections::BTreeMap;
use std::fs::{File, Metadata, Permissions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use hyoukasho::disk::{Disk, Links, Mode, SystemDisk, exchange_in_steps};
use hyoukasho::vault::LocalDateTime;

use super::START_SECS;
use super::stage::{Phase, Role, Stage, Step};

/// A look at whether something is there, and what it is called: it comes immediately before the new name, as far as a share
/// can, and is no decision.
const LOOK: &str = "look";

/// What happens at a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is done.
    Fails,
    /// It is done, and said to have failed, as where the answer of a share is lost.
    SaysNo,
    /// It waits until everybody else has done.
    Waits,
}

/// What the disk can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Two files change places in one step.
    Exchanging,
    /// They change places in several steps, as on Windows.
    Stepping,
    /// They cannot, as on a share of Linux.
    Plain,
    /// The mutant: as on such a share, and the look immediately before the new name sees what the first one saw.
    NoSecondLook,
    /// The mutant: in steps that take a name whatever has it.
    SteppingOver,
}

impl Kind {
    fn has_rename_new(self) -> bool {
        matches!(self, Self::Exchanging | Self::Stepping | Self::SteppingOver)
    }
}

/// Names that have a number of the process in them, and the actor that made them, with a number of its own.
pub type Names = Arc<Mutex<BTreeMap<String, (usize, usize)>>>;

/// The disk as one actor sees it.
pub struct ScriptedDisk {
    pub stage: Arc<Stage>,
    pub actor: usize,
    pub person: usize,
    pub role: Role,
    pub kind: Kind,
    /// Which calls are decisions: all of them, or those on the documents that others see.
    pub every_call: bool,
    /// Whether the beginning of a work is a decision: where the threads of one person share locks.
    pub begins_count: bool,
    pub faults: Vec<(usize, Fault)>,
    pub documents: Vec<PathBuf>,
    /// Dates files, so that no date depends on how fast the test runs.
    pub dates: Arc<AtomicU64>,
    /// What the numbers in the names of temporary files stand for.
    pub names: Names,
    /// The document this actor is at, and how many works it has begun.
    pub at: AtomicUsize,
    pub n_begun: AtomicU64,
    /// Of each call, whether it was on what others see too, and more than a look.
    pub calls: Mutex<Vec<bool>>,
    /// All it was told, in short; of a watcher, since it is at that document: it takes nothing along.
    pub told: Mutex<DefaultHasher>,
    /// What this actor saw of the documents first, in the save that goes on.
    pub first_look: Mutex<BTreeMap<PathBuf, Vec<u8>>>,
    /// How each document was dated when a watcher read it, and when it last looked.
    pub dated: Mutex<[[Option<SystemTime>; 2]; 2]>,
}

impl ScriptedDisk {
    fn step(&self, is_own: bool, may_write: bool) -> Step {
        let document = self.at.load(Ordering::Relaxed);
        Step { person: self.person, role: self.role, document, is_own, may_write }
    }

    /// All that its next calls depend on, besides the disk and what is known of the documents.
    pub fn hash_state(&self, hasher: &mut DefaultHasher) {
        (self.at.load(Ordering::Relaxed), self.n_begun.load(Ordering::Relaxed)).hash(hasher);
        hasher.write_u64(self.told.lock().unwrap().finish());
    }

    fn tell(&self, what: impl Hash) {
        what.hash(&mut *self.told.lock().unwrap());
    }

    fn note_name(&self, path: &Path) {
        let name = path.file_name().unwrap().to_string_lossy();
        if name.contains(&format!("{}-", std::process::id())) {
            let mut names = self.names.lock().unwrap();
            let n_own = names.values().filter(|(actor, _)| *actor == self.actor).count();
            names.entry(name.into_owned()).or_insert((self.actor, n_own));
        }
    }

    /// Begins a work at that document, at that time of this actor's own clock: most happens in the same second.
    pub fn begin(&self, document: usize) -> LocalDateTime {
        if self.at.swap(document, Ordering::Relaxed) != document && self.role == Role::Watcher {
            *self.told.lock().unwrap() = DefaultHasher::new();
        }
        self.first_look.lock().unwrap().clear();
        if self.begins_count {
            // Until its first call on the document a saver copies; only while that steps aside another one could see it.
            let is_own = !matches!(self.kind, Kind::Stepping | Kind::SteppingOver);
            let step = self.step(is_own, false);
            self.stage.wait_for_turn(self.actor, Phase::Waiting, step);
        }
        let n_begun = self.n_begun.fetch_add(1, Ordering::Relaxed);
        match self.role {
            Role::Saver => self.stage.is_saving(self.person, Some(document)),
            Role::Watcher => self.comes_to_lock(),
            Role::Copier => {}
        }
        LocalDateTime::from_secs(START_SECS + i64::try_from(n_begun / 3).unwrap()).unwrap()
    }

    /// Ends it.
    pub fn end(&self) {
        if self.role == Role::Saver {
            self.stage.is_saving(self.person, None);
        }
    }

    fn comes_to_lock(&self) {
        self.stage.comes_to_lock(self.actor, self.person, self.at.load(Ordering::Relaxed));
    }

    /// One call, and the paths it is about; without one it is about the file of the call before.
    fn call<T>(&self, name: &str, paths: &[&Path], does: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let is_shown = name != LOOK && paths.iter().any(|path| self.documents.iter().any(|document| document == path));
        let share = self.documents[0].parent().unwrap();
        let number = {
            let mut calls = self.calls.lock().unwrap();
            let before = calls.last().copied().unwrap_or_default();
            calls.push(paths.first().map_or(before, |path| name != LOOK && path.starts_with(share)));
            calls.len() - 1
        };
        let fault = self.faults.iter().find(|(at, _)| *at == number).map(|(_, fault)| *fault);
        // What is left on a share is the one call between the look and the new name: they are one step here.
        let is_after_look = name == "rename" && is_shown;
        // Where no new name is refused, the new name comes with the look before it.
        let only_looks = matches!(name, "read" | "facts") && self.kind.has_rename_new();
        let step = self.step(false, self.role == Role::Saver && !only_looks);
        if fault == Some(Fault::Waits) && !is_after_look {
            self.stage.wait_for_turn(self.actor, Phase::Held, step);
        } else if (self.every_call || is_shown) && !is_after_look {
            self.stage.wait_for_turn(self.actor, Phase::Waiting, step);
        }
        if self.stage.is_given_up() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        let answer = match fault {
            Some(Fault::Fails) => Err(io::ErrorKind::TimedOut.into()),
            Some(Fault::SaysNo) => does().and(Err(io::ErrorKind::TimedOut.into())),
            Some(Fault::Waits) | None => does(),
        };
        self.tell((name, answer.as_ref().err().map(io::Error::kind)));
        answer
    }

    /// A watcher has seen the date of the document, or read it: `None`. It reads it where the date is new, and then asks
    /// what is known of it.
    fn has_watched(&self, path: &Path, date: Option<SystemTime>) {
        if self.role != Role::Watcher || !self.documents.iter().any(|document| document == path) {
            return;
        }
        let mut dated = self.dated.lock().unwrap();
        let [read, looked] = &mut dated[self.at.load(Ordering::Relaxed)];
        match date {
            Some(_) => *looked = date,
            None => *read = *looked,
        }
        if read == looked {
            self.comes_to_lock();
        }
    }
}

impl Disk for ScriptedDisk {
    fn facts(&self, path: &Path, follow: Links) -> io::Result<Metadata> {
        let name = if follow == Links::Stay { LOOK } else { "facts" };
        let facts = self.call(name, &[path], || SystemDisk.facts(path, follow))?;
        self.tell(facts.len());
        if follow == Links::Follow {
            self.has_watched(path, facts.modified().ok());
        }
        Ok(facts)
    }

    fn link(&self, path: &Path) -> io::Result<PathBuf> {
        self.call(LOOK, &[path], || SystemDisk.link(path))
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.call(LOOK, &[path], || SystemDisk.real_path(path))
    }

    fn read(&self, path: &Path, max: u64) -> io::Result<Vec<u8>> {
        let read = self.call("read", &[path], || SystemDisk.read(path, max));
        self.tell(read.as_ref().ok());
        if read.is_ok() {
            self.has_watched(path, None);
        }
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
        let names = self.call("list", &[folder], || SystemDisk.list(folder))?;
        self.tell(names.len());
        Ok(names)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.call("make_folder", &[folder], || SystemDisk.make_folder(folder))
    }

    fn create(&self, path: &Path, mode: Mode) -> io::Result<File> {
        self.note_name(path);
        self.call("create", &[path], || SystemDisk.create(path, mode))
    }

    fn lock(&self, path: &Path) -> io::Result<File> {
        self.call("lock", &[path], || SystemDisk.lock(path))
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        self.call("write", &[], || {
            SystemDisk.write(file, bytes)?;
            let date = Duration::from_secs(self.dates.fetch_add(1, Ordering::Relaxed));
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(START_SECS.unsigned_abs()) + date)
        })
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
        if !self.kind.has_rename_new() {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.note_name(to);
        self.call("rename_new", &[from, to], || match self.kind {
            Kind::SteppingOver => SystemDisk.rename(from, to),
            _ => SystemDisk.rename_new(from, to),
        })
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        match self.kind {
            Kind::Exchanging => self.call("exchange", &[other], || SystemDisk.exchange(one, other)),
            Kind::Stepping | Kind::SteppingOver => exchange_in_steps(self, one, other),
            Kind::Plain | Kind::NoSecondLook => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        self.call("sync_folder", &[], || Ok(()))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.call("remove", &[path], || SystemDisk.remove(path))
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.call("remove_folder", &[folder], || SystemDisk.remove_folder(folder))
    }

    fn pause(&self, _: Duration) {}
}

/// The disk when nothing goes wrong any more.
pub struct Calm;

impl Disk for Calm {
    fn sync(&self, _: &File) -> io::Result<()> {
        Ok(())
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }
}
