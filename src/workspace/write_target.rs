//! A file into which a command writes a draft: marked as open here from before it is read until it is written, so that
//! no window changes it in between. The same rules as in the window: what somebody has open, what a newer program made,
//! and what has a newer backup is left alone; what is overwritten stays as a version.

use std::path::{Path, PathBuf};

use super::document_lock::{Asked, DocumentLock, PendingLock};
use super::environment::Environment;
use super::newer_backup::{self, NewerBackup, Times};
use super::saver::{Owned, lock};
use crate::clock;
use crate::disk::{self, FileError, SystemDisk};
use crate::draft::format::{self, Access, ReadError};
use crate::draft::{DocumentId, Draft};
use crate::vault::owner::{self, Standing};
use crate::vault::{self, Fingerprint, SaveOutcome, SaveRequest, Track};

/// Largest file that is read.
const MAX: u64 = format::MAX_FILE_BYTES as u64;

/// What happens where a backup on this computer is newer than the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfNewer {
    /// Nothing is written: its user decides first.
    Refuse,
    /// The file counts; the backup stays as a version.
    PreferFile,
    /// It is asked once it is known what would be written, by [`check_backup_before`].
    AskLater,
}

/// Why a file is not written.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// Somebody has it open: who, where, since when.
    #[error("{} は、{owner}。閉じてもらってからやり直すか、別の名前にしてください", path.display())]
    Taken {
        /// The file.
        path: PathBuf,
        /// Who.
        owner: String,
    },
    /// A newer program made it.
    #[error("{} には書き込みません。{reason}", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
        /// Why it can only be read.
        reason: String,
    },
    /// Its backup is newer.
    #[error("{} より新しい控えがこのパソコンにあります（控え {}、ファイル {}）。画面で開いて、どちらの内容で続けるかを選んでから、やり直してください。ファイルの内容で続けてよければ、--ignore-backup を付けてください（控えは「以前の版」に残ります）", path.display(), times.backup, times.document)]
    NewerBackup {
        /// The file.
        path: PathBuf,
        /// When both were written.
        times: Times,
    },
    /// Another program holds it: ours stands beside it.
    #[error("{} は、ほかのプログラムが使っているため書き換えられませんでした。内容は {} に保存しました", path.display(), beside.display())]
    Held {
        /// The file.
        path: PathBuf,
        /// Where ours is.
        beside: PathBuf,
    },
    /// Somebody saved it after it was read: theirs stays, and ours stands beside it.
    #[error("{} は、読んだ後にほかの人が書き換えたため、上書きしませんでした。内容は {} に保存しました", path.display(), beside.display())]
    Changed {
        /// The file.
        path: PathBuf,
        /// Where ours is.
        beside: PathBuf,
    },
    /// What was to be written could never be opened again.
    #[error("この内容は下書きとして保存できません。{0}")]
    Unreadable(ReadError),
    /// The disk says no.
    #[error(transparent)]
    File(#[from] FileError),
}

/// A file into which a draft is written. Letting it go gives it free.
pub struct WriteTarget {
    path: PathBuf,
    before: Option<Vec<u8>>,
    // Dropped in this order: until the mark is gone, a signal that ends the program still takes it away.
    pending_lock: Box<PendingLock>,
    _forgets: Forgets,
    environment: Environment,
}

/// What is marked as open here is forgotten when this goes.
struct Forgets(Owned);

impl Drop for Forgets {
    fn drop(&mut self) {
        *lock(&self.0) = None;
    }
}

/// What its user should know of a file that was written.
#[derive(Debug, Default)]
pub struct Written {
    /// Where the file that was there before is kept.
    pub kept: Option<PathBuf>,
    /// Why there is no backup on this computer.
    pub copy_error: Option<FileError>,
    /// How many other names lead to what the file held before.
    pub other_names: u64,
}

impl WriteTarget {
    /// Asks for a file, and marks it as open here; a signal that ends the program gives it free as well.
    pub fn ask(environment: &Environment, path: &Path, if_newer: IfNewer) -> Result<Self, TargetError> {
        let taken = |owner| TargetError::Taken { path: path.to_owned(), owner };
        let at = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        // Without a folder for backups nothing is marked; what others have marked counts all the same.
        if environment.folders.copies.is_none()
            && let Standing::Held(owner) = owner::standing(&SystemDisk, &at, &environment.me, clock::now())
        {
            return Err(taken(format!("{}開いています", owner.words())));
        }
        // A signal that ends the program waits until it is known what there is to give free.
        let mut owned = lock(&environment.owned);
        let pending_lock = match DocumentLock::ask(environment, &at) {
            Asked::Free(pending_lock, _) => pending_lock,
            Asked::Taken(owner) => return Err(taken(owner)),
        };
        owned.clone_from(pending_lock.claimed());
        drop(owned);
        let forgets = Forgets(environment.owned.clone());
        let environment = environment.clone();
        let mut target = Self { path: at, before: None, pending_lock, _forgets: forgets, environment };
        target.before = match disk::read_to_bytes(&target.path, MAX) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.is_missing() => None,
            Err(error) => return Err(error.into()),
        };
        target.refuse_what_is_newer(path, if_newer)?;
        Ok(target)
    }

    fn refuse_what_is_newer(&self, path: &Path, if_newer: IfNewer) -> Result<(), TargetError> {
        let Some(before) = &self.before else { return Ok(()) };
        if let Some(reason) = newer_program(before) {
            return Err(TargetError::ReadOnly { path: path.to_owned(), reason });
        }
        check_backup(&self.environment, path, if_newer)
    }

    /// Whether there is no such file yet.
    pub fn is_new(&self) -> bool {
        self.before.is_none()
    }

    /// What names the document that is there.
    pub fn id(&self) -> Option<DocumentId> {
        format::read(self.before.as_deref()?).ok()?.draft.id
    }

    /// Writes a draft; a different file that was there is kept beside it, and as a version.
    pub fn write(self, draft: &Draft) -> Result<Written, TargetError> {
        let file = format::file(draft);
        // What could never be opened again is not written.
        format::read(&file).map_err(TargetError::Unreadable)?;
        let (backups, now) = (self.pending_lock.backups.as_ref(), clock::now());
        let kept_before = match (backups, &self.before) {
            (Some(backups), Some(before)) if format::read(before).is_ok() => {
                let copy = backups.read_copy(&SystemDisk, MAX).ok();
                backups.keep_both(&SystemDisk, copy.as_deref(), before, now)
            }
            _ => Ok(()),
        };
        let document = Some(self.path.as_path());
        let seen = self.before.as_deref().map(Fingerprint::of);
        let keep_old = seen.is_some();
        let request = SaveRequest { bytes: &file, document, backups, keep: None, keep_old, now };
        let saved = vault::save(&SystemDisk, &request, &mut Track { seen, ..Track::default() });
        backups.map(|backups| backups.thin(&SystemDisk, now.date()));
        match saved.outcome {
            SaveOutcome::Written | SaveOutcome::Nameless => {
                let copy_error = kept_before.and(saved.copy).err();
                Ok(Written { kept: saved.kept, copy_error, other_names: saved.other_names })
            }
            SaveOutcome::Held(beside) => Err(TargetError::Held { path: self.path.clone(), beside }),
            SaveOutcome::Changed(beside) => Err(TargetError::Changed { path: self.path.clone(), beside }),
            SaveOutcome::Failed(error) => Err(error.into()),
        }
    }
}

/// Says no where a backup of that file is newer, unless the file is preferred.
pub fn check_backup(environment: &Environment, path: &Path, if_newer: IfNewer) -> Result<(), TargetError> {
    match (NewerBackup::of(environment, path), if_newer) {
        (None, _) | (_, IfNewer::AskLater) => Ok(()),
        (Some(newer), IfNewer::Refuse) => Err(TargetError::NewerBackup { path: path.to_owned(), times: newer.times }),
        (Some(_), IfNewer::PreferFile) => Ok(newer_backup::prefer_document(environment, path)?),
    }
}

/// The same once it is known what is written: a backup that says just that was left by a run that was killed before it
/// wrote the file, and stops no second one.
pub fn check_backup_before(
    environment: &Environment,
    path: &Path,
    draft: &Draft,
    if_newer: IfNewer,
) -> Result<(), TargetError> {
    let is_begun = NewerBackup::of(environment, path).is_some_and(|newer| *newer.draft == *draft);
    if is_begun { Ok(()) } else { check_backup(environment, path, if_newer) }
}

/// Why these bytes must not be overwritten: this program would lose a part of what a newer one wrote.
fn newer_program(bytes: &[u8]) -> Option<String> {
    match format::read(bytes) {
        Ok(opened) => match opened.access {
            Access::ReadOnly(reason) => Some(reason),
            Access::Write => None,
        },
        Err(error @ ReadError::TooNew { .. }) => Some(error.to_string()),
        Err(_) => None,
    }
}
