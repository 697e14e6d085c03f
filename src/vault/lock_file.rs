//! The mark that a document is open in this process. The system frees it when the process ends, however it ends;
//! the file itself stays after a crash, and tells the next start that something may be left to recover.

use std::path::{Path, PathBuf};

use super::LocalDateTime;
use super::backup_store::{BackupStore, MARK};
use super::owner::{Operator, Owner};
use crate::disk::{Disk, File, Links, read_to_bytes_on};

/// A document held open by this process.
#[derive(Debug)]
pub struct LockFile {
    path: PathBuf,
    file: File,
}

/// What a process that ended without a goodbye left behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// The backup store with the copy.
    pub backups: BackupStore,
    /// Where the document stands; `None` for a draft that had no file yet.
    pub document: Option<PathBuf>,
}

impl LockFile {
    /// Marks the document of a backup store as open; `None` while another process has it open, or where it cannot be marked.
    pub fn take(disk: &dyn Disk, backups: &BackupStore) -> Option<Self> {
        disk.make_folder(backups.folder()).ok()?;
        let path = backups.folder().join(MARK);
        let file = disk.lock(&path).ok()?;
        Some(Self { path, file })
    }

    /// Marks a document as open whose owner file says that a window of this user at this computer has it: only where
    /// the mark of that window stands here and is no longer held. A window that keeps its marks in another folder, as a
    /// portable program does, leaves none here.
    pub fn left_by(
        disk: &dyn Disk,
        owner: &Owner,
        me: &Operator,
        backups: &BackupStore,
        now: LocalDateTime,
    ) -> Option<Self> {
        let may_be_gone = owner.operator.is_at_the_desk_of(me) && owner.lives(me, now) != Some(true);
        let is_marked = may_be_gone && disk.facts(&backups.folder().join(MARK), Links::Stay).is_ok();
        is_marked.then(|| Self::take(disk, backups)).flatten()
    }

    /// Takes the mark away: the document was closed in order.
    pub fn release(self, disk: &dyn Disk) {
        // Windows removes no file that is open.
        drop(self.file);
        let _ = disk.remove(&self.path);
    }

    /// Goes along when the backup store got another name.
    pub fn moved_to(&mut self, backups: &BackupStore) {
        self.path = backups.folder().join(MARK);
    }
}

/// The backup stores of documents that are open, or were when a process ended.
pub fn marked(disk: &dyn Disk, data: &Path) -> Vec<BackupStore> {
    let is_marked = |backups: &BackupStore| disk.facts(&backups.folder().join(MARK), Links::Stay).is_ok();
    BackupStore::all(disk, data).into_iter().filter(is_marked).collect()
}

/// What an earlier process left on that backup store: it is marked, no longer held, and has a copy that differs from the
/// document. A mark with nothing behind it is taken away.
pub fn leftover(disk: &dyn Disk, backups: BackupStore, max_bytes: u64) -> Option<Leftover> {
    // It is read before it is held: a share may take its time, and its user may open it meanwhile.
    let document = backups.document(disk);
    let written = document.as_ref().and_then(|path| read_to_bytes_on(disk, path, max_bytes).ok());
    let copy = backups.read_copy(disk, max_bytes).ok();
    let lock_file = LockFile::take(disk, &backups)?;
    if copy.is_some() && copy != written {
        return Some(Leftover { backups, document });
    }
    lock_file.release(disk);
    None
}
