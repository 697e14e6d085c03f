//! A backup on this computer that is newer than its document: what was written and never reached the file, as after a
//! power cut or on a share that went away. Whoever opens the document is asked which of the two goes on, every time
//! until there is an answer; what is not chosen stays as a version.

use std::path::Path;

use super::environment::Environment;
use super::open_document::OpenDocument;
use crate::clock;
use crate::disk::{self, FileError, SystemDisk};
use crate::draft::format::{self, Access};
use crate::draft::{Draft, visible_path};
use crate::vault::{BackupStore, LocalDateTime};

/// Largest file that is read.
const MAX: u64 = format::MAX_FILE_BYTES as u64;

/// A backup that is newer than its document and says something else.
#[derive(Clone, Debug, PartialEq)]
pub struct NewerBackup {
    /// What it says.
    pub draft: Box<Draft>,
    /// When it was written, and when the document was.
    pub times: Times,
}

/// When a backup and its document were written, as a sentence shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Times {
    /// The backup.
    pub backup: String,
    /// The document.
    pub document: String,
}

/// What is opened where a backup is newer than its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackupChoice {
    /// Nothing yet: the user is asked.
    Ask,
    /// What the backup says goes on in the document.
    Backup,
    /// The document as it is, and the backup is no longer offered.
    Document,
    /// The document as it is, with the backup beside it for as long as the user compares them.
    Both,
}

impl NewerBackup {
    /// Looks whether the backup of that document is newer. What was brought to another file, where a colleague had
    /// changed the document, is no backup that got lost.
    pub fn of(environment: &Environment, document: &Path) -> Option<Self> {
        let backups = backups_of(environment, document, clock::now())?;
        // The dates first: almost always the document is the newer one, and a share need not be read for that.
        let (written, changed) = (disk::modified(&backups.copy_path()), disk::modified(document));
        if written <= changed {
            return None;
        }
        let copy = backups.read_copy(&SystemDisk, MAX).ok()?;
        let there = disk::read_to_bytes(document, MAX).ok()?;
        if copy == there || backups.divergence(&SystemDisk, MAX).is_some() {
            return None;
        }
        // What cannot be read, or is not written to, is another question.
        let (backup, document) = (format::read(&copy).ok()?, format::read(&there).ok()?);
        if backup.draft == document.draft || matches!(document.access, Access::ReadOnly(_)) {
            return None;
        }
        let words = |time| Option::map_or(time, "不明".to_owned(), LocalDateTime::words);
        let times =
            Times { backup: words(written.and_then(clock::local)), document: words(changed.and_then(clock::local)) };
        Some(Self { draft: Box::new(backup.draft), times })
    }
}

/// The backups of a document, however its path is given; `None` where there is no folder for any.
fn backups_of(environment: &Environment, document: &Path, now: LocalDateTime) -> Option<BackupStore> {
    let absolute = std::path::absolute(document).unwrap_or_else(|_| document.to_owned());
    Some(BackupStore::find(&SystemDisk, environment.folders.copies.as_ref()?, &absolute, now))
}

/// A document that goes into another one: one that is not read in full, or has a newer backup, is refused.
pub fn source(environment: &Environment, path: &Path) -> Result<OpenDocument, String> {
    let document = OpenDocument::look(path)?;
    if document.unwritable.is_some() {
        return Err(document.notices.words());
    }
    check_source(environment, path)?;
    Ok(document)
}

/// Whether nothing newer was meant to stand in a document that goes into another one.
pub fn check_source(environment: &Environment, path: &Path) -> Result<(), String> {
    let Some(newer) = NewerBackup::of(environment, path) else { return Ok(()) };
    let next = "この評価書を画面で開いて、どちらの内容で続けるかを選んでから、やり直してください";
    let Times { backup, document } = newer.times;
    let path = visible_path(path);
    Err(format!("{path} より新しい控えがこのパソコンにあります（控え {backup}、ファイル {document}）。{next}"))
}

/// The document goes on as it is: what its backup says stays as a version, and is no longer offered.
pub fn prefer_document(environment: &Environment, document: &Path) -> Result<(), FileError> {
    let now = clock::now();
    let Some(backups) = backups_of(environment, document, now) else { return Ok(()) };
    let there = disk::read_to_bytes(document, MAX)?;
    let copy = backups.read_copy(&SystemDisk, MAX)?;
    backups.keep_both(&SystemDisk, Some(&copy), &there, now)?;
    backups.write_copy(&SystemDisk, &there)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::disallowed_methods)]
    use std::path::PathBuf;
    use std::time::{Duration, SystemTime};

    use super::*;
    use crate::vault::{Divergence, DivergenceSide, VersionKind};
    use crate::workspace::environment::DataFolders;
    use crate::workspace::saver::Owned;
    use crate::workspace::waker::Waker;

    const SAMPLE: &str = include_str!("../../samples/aomine-juminzei.ron");

    struct Desk {
        folder: tempfile::TempDir,
        environment: Environment,
    }

    impl Desk {
        /// A document from a minute ago, with a backup that says something else.
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let data = DataFolders::within(&folder.path().join("data"));
            let desk = Self { environment: Environment::new(data, Owned::default(), Waker::nobody()), folder };
            std::fs::write(desk.document(), SAMPLE).unwrap();
            desk.date(&desk.document(), SystemTime::now() - Duration::from_secs(60));
            desk.backups().write_copy(&SystemDisk, Self::other().as_bytes()).unwrap();
            desk
        }

        fn other() -> String {
            SAMPLE.replacen("個人住民税", "法人住民税", 1)
        }

        fn document(&self) -> PathBuf {
            self.folder.path().join("甲.ron")
        }

        fn backups(&self) -> BackupStore {
            BackupStore::of(self.environment.folders.copies.as_ref().unwrap(), &self.document())
        }

        fn date(&self, path: &Path, time: SystemTime) {
            let file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
            file.set_modified(time).unwrap();
        }

        fn is_newer(&self) -> bool {
            NewerBackup::of(&self.environment, &self.document()).is_some()
        }
    }

    #[test]
    fn a_backup_that_is_newer_and_differs_is_offered_until_the_document_is_preferred() {
        let desk = Desk::new();
        assert!(desk.is_newer() && desk.is_newer());
        prefer_document(&desk.environment, &desk.document()).unwrap();
        assert!(!desk.is_newer());
        assert_eq!(std::fs::read_to_string(desk.document()).unwrap(), SAMPLE);
        let versions = desk.backups().versions(&SystemDisk);
        let found = versions.iter().find(|version| version.kind == VersionKind::Found).unwrap();
        assert_eq!(std::fs::read_to_string(&found.path).unwrap(), Desk::other());
    }

    #[test]
    fn what_is_older_or_says_the_same_or_stands_in_another_file_is_not_offered() {
        let desk = Desk::new();
        desk.date(&desk.backups().copy_path(), SystemTime::now() - Duration::from_secs(120));
        assert!(!desk.is_newer());
        let (desk, now) = (Desk::new(), SystemTime::now());
        [desk.backups().copy_path(), desk.document()].iter().for_each(|path| desk.date(path, now));
        assert!(!desk.is_newer());
        let desk = Desk::new();
        desk.backups().write_copy(&SystemDisk, SAMPLE.replace('\n', "\r\n").as_bytes()).unwrap();
        assert!(!desk.is_newer());
        let desk = Desk::new();
        let divergence =
            Divergence { other: desk.folder.path().join("乙.ron"), side: DivergenceSide::Ours, common: None };
        desk.backups().part(&SystemDisk, &divergence).unwrap();
        assert!(!desk.is_newer());
    }
}
