//! What keeps the open document from being lost: its backup store with copy and versions, the marks that it is open here,
//! and what is known of its file.

use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;

use super::environment::Environment;
use super::saver::{CopiedVersion, KnownDocument, Marked, Saver, lock};
use crate::clock;
use crate::disk::{self, SystemDisk};
use crate::draft::format::{self, Opened};
use crate::vault::owner::{self, Claim};
use crate::vault::{self, BackupStore, Divergence, Fingerprint, LockFile, VersionKind};

/// Largest file that is read.
const MAX: u64 = format::MAX_FILE_BYTES as u64;

/// Said of a document that cannot be saved where it is.
const UNWRITABLE: &str = "このファイルかフォルダーには書き込めないため、ここには保存できません。書いた内容はこのパソコンの控えに残ります。\
     「名前を付けて保存…」で、書き込める場所に保存してください";

/// What keeps one document from being lost.
#[derive(Debug, Default)]
pub struct DocumentLock {
    /// Its backup store.
    pub backups: Option<BackupStore>,
    /// What is known of its file.
    pub known: KnownDocument,
    /// The newest version of which its backup store has a copy.
    pub copied: CopiedVersion,
    /// A version to be kept at the next save.
    pub keep: Option<VersionKind>,
    lock_file: Option<LockFile>,
    claimed: Option<Marked>,
}

/// A document that was asked for. Where nobody keeps it, because its file cannot be read or the user did not wait, it
/// is given back.
#[derive(Debug)]
pub struct PendingLock {
    document_lock: DocumentLock,
    environment: Environment,
}

impl PendingLock {
    /// What was asked for stays asked for.
    pub fn keep(mut self) -> DocumentLock {
        std::mem::take(&mut self.document_lock)
    }
}

impl Deref for PendingLock {
    type Target = DocumentLock;

    fn deref(&self) -> &DocumentLock {
        &self.document_lock
    }
}

impl Drop for PendingLock {
    fn drop(&mut self) {
        std::mem::take(&mut self.document_lock).let_go(&self.environment, true);
    }
}

/// What came of asking for a document.
pub enum Asked {
    /// It may be opened, and that is what the user should be told.
    Free(Box<PendingLock>, Option<String>),
    /// Somebody has it open: who, where, since when.
    Taken(String),
}

/// What a backup store has for a document that cannot be read.
pub struct Rescue {
    /// The draft.
    pub opened: Opened,
    /// When it was written.
    pub time: String,
}

impl DocumentLock {
    /// Asks for the document with that path, and marks it as open here.
    pub fn ask(environment: &Environment, path: &Path) -> Asked {
        let pending_lock =
            |document_lock: Self| Box::new(PendingLock { document_lock, environment: environment.clone() });
        let Some(copies) = &environment.folders.copies else { return Asked::Free(pending_lock(Self::default()), None) };
        let (mut told, mut lock_file) = (None, None);
        let since = clock::now();
        let backups = BackupStore::find(&SystemDisk, copies, path, since);
        match owner::claim(&SystemDisk, path, &environment.me, since) {
            Claim::Theirs(owner) => {
                // A window of this user that is gone: the system has given its mark on this computer free.
                lock_file = LockFile::left_by(&SystemDisk, &owner, &environment.me, &backups, since);
                if lock_file.is_none() || owner::take_over(&SystemDisk, path, &environment.me, since).is_err() {
                    return Asked::Taken(format!("{}開いています", owner.words()));
                }
            }
            Claim::TakenOver(before) if before.operator.machine != environment.me.machine => {
                let words = "開いていましたが、応答がないため引き継ぎました";
                told = Some(format!("{}{words}", before.words()));
            }
            Claim::Unmarked => told = Some(UNWRITABLE.to_owned()),
            Claim::TakenOver(_) | Claim::Ours if disk::is_write_protected(path) => told = Some(UNWRITABLE.to_owned()),
            Claim::TakenOver(_) | Claim::Ours => {}
        }
        // Where the document's folder takes no mark, the mark on this computer still tells its own windows apart.
        let lock_file = lock_file.or_else(|| LockFile::take(&SystemDisk, &backups));
        let claimed = Some(Marked { document: path.to_owned(), since });
        Asked::Free(pending_lock(Self { backups: Some(backups), lock_file, claimed, ..Self::default() }), told)
    }

    /// The mark that it is open here, where there is one.
    pub fn claimed(&self) -> &Option<Marked> {
        &self.claimed
    }

    /// From now on the saving thread confirms that this document is open here.
    pub fn is_at(&self, environment: &Environment) {
        (*lock(&environment.owned)).clone_from(&self.claimed);
    }

    /// A copy that says something else than the document just read, as a crash leaves it, is kept as a version before
    /// the next save replaces it; so is the document itself where no version is like it.
    pub fn keep_found(&self, saver: &Saver) {
        let (Some(backups), Some(bytes)) = (self.backups.clone(), lock(&self.known).common.clone()) else { return };
        let now = clock::now();
        saver.after(move || {
            let copy = backups.read_copy(&SystemDisk, MAX).ok();
            let _ = backups.keep_both(&SystemDisk, copy.as_deref(), &bytes, now);
        });
    }

    /// The other file, where the document went on in two and it is still there.
    pub fn divergence(&self) -> Option<Divergence> {
        let divergence = self.backups.as_ref()?.divergence(&SystemDisk, MAX)?;
        disk::is_there(&divergence.other).then_some(divergence)
    }

    /// Notes what the document holds now.
    pub fn saw(&self, bytes: &[u8]) {
        let mut known = lock(&self.known);
        known.track.seen = Some(Fingerprint::of(bytes));
        known.common = Some(Arc::new(bytes.to_owned()));
    }

    /// The newest good draft of the backup store, for a document that cannot be read.
    pub fn rescue(&self) -> Option<Rescue> {
        let backups = self.backups.as_ref()?;
        let read = |bytes: Vec<u8>| format::read(&bytes).ok();
        if let Some(opened) = backups.read_copy(&SystemDisk, MAX).ok().and_then(read) {
            let time = disk::modified(&backups.copy_path()).and_then(clock::local);
            return Some(Rescue { opened, time: time.map(vault::LocalDateTime::words).unwrap_or_default() });
        }
        backups.versions(&SystemDisk).into_iter().find_map(|version| {
            let opened = read(disk::read_to_bytes(&version.path, MAX).ok()?)?;
            Some(Rescue { opened, time: version.stamp.words() })
        })
    }

    /// Makes a backup store for a draft that has none: it has no file, or its backup store was lost.
    pub fn settle(&mut self, environment: &Environment) {
        let Some(copies) = environment.folders.copies.as_ref().filter(|_| self.backups.is_none()) else { return };
        let backups = BackupStore::nameless(&SystemDisk, copies, clock::now());
        self.lock_file = LockFile::take(&SystemDisk, &backups);
        self.backups = Some(backups);
    }

    /// Goes on with the backup store of a draft that never had a file.
    pub fn go_on(backups: BackupStore) -> Self {
        let lock_file = LockFile::take(&SystemDisk, &backups);
        Self { backups: Some(backups), lock_file, ..Self::default() }
    }

    /// The document gets another file. A draft without one takes its backup store along, after what is still to be saved there.
    pub fn moved(&mut self, environment: &Environment, had_file: bool, path: &Path, next: DocumentLock, saver: &Saver) {
        let old = std::mem::replace(self, next);
        self.keep = old.keep.clone();
        self.is_at(environment);
        let copies = environment.folders.copies.clone().filter(|_| !had_file);
        let (path, environment) = (path.to_owned(), environment.clone());
        saver.after(move || {
            if let (Some(backups), Some(copies)) = (&old.backups, &copies) {
                let now = clock::now();
                let _ = backups.bring_to(&SystemDisk, &BackupStore::find(&SystemDisk, copies, &path, now), now);
            }
            old.let_go(&environment, true);
        });
    }

    /// The document goes on in a file beside the old one, because somebody else changed that.
    pub fn follow(&mut self, environment: &Environment, next: PendingLock, saver: &Saver) {
        let known = self.known.clone();
        let old = std::mem::replace(self, Self { known, ..next.keep() });
        self.is_at(environment);
        let environment = environment.clone();
        saver.after(move || old.let_go(&environment, true));
    }

    /// Closes the document after what the saving thread still has to do; `version` is the draft's last one.
    pub fn close(self, environment: &Environment, saver: &Saver, version: u64) {
        let environment = environment.clone();
        saver.after(move || {
            if let Some(backups) = &self.backups {
                let now = clock::now();
                if version > 0
                    && let Ok(copy) = backups.read_copy(&SystemDisk, MAX)
                {
                    let _ = backups.keep(&SystemDisk, &copy, &VersionKind::Automatic, now);
                }
                backups.thin(&SystemDisk, now.date());
            }
            let is_saved = lock(&self.known).written >= version;
            self.let_go(&environment, is_saved);
        });
    }

    /// Takes the marks away; the one that leads to an offer at the next start only where everything is saved.
    fn let_go(self, environment: &Environment, is_saved: bool) {
        if let Some(claimed) = &self.claimed {
            owner::release(&SystemDisk, &claimed.document, &environment.me);
        }
        if let Some(lock_file) = self.lock_file.filter(|_| is_saved) {
            lock_file.release(&SystemDisk);
        }
    }

    /// Gives back at once what was asked for: the document cannot be opened.
    pub fn give_back(self, environment: &Environment) {
        self.let_go(environment, true);
    }

    /// Whether two saves are of the same document.
    pub fn is(&self, known: &KnownDocument) -> bool {
        Arc::ptr_eq(&self.known, known)
    }
}
