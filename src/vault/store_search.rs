//! Finding the backup store of a document however its path is written, and bringing those together that an older version
//! made for one document: it took the path as it was written.

use std::io;
use std::path::{Path, PathBuf};

use super::backup_store::{BackupStore, COMMON, MARK, OTHER, PLACE};
use super::save::LARGEST_BYTES;
use super::{LocalDateTime, VersionKind};
use crate::disk::{self, Disk, FileError, Links};

/// Digits of the number in the name of a folder, with the sign before them.
const NUMBER_CHARS: usize = 9;

impl BackupStore {
    /// The backup store of a document, however its path is written. What was kept under another way to write it is
    /// brought there, unless a window has it open.
    ///
    /// The disk of the document is asked; where that does not answer, the path as it is written leads to the store.
    pub fn find(disk: &dyn Disk, data: &Path, document: &Path, now: LocalDateTime) -> Self {
        let real = disk::resolved(disk, document);
        let store = Self::of(data, &real);
        let is_known = disk.facts(store.folder(), Links::Follow).is_ok();
        let written = Self::of(data, document);
        let same = |other: &Self| *other == written || other.is_of(disk, document, &real, is_known);
        let others: Vec<Self> = store.of_that_name(disk, data, &written).into_iter().filter(same).collect();
        for other in others {
            if other.join_into(disk, &store, now).is_err() && disk.facts(store.folder(), Links::Follow).is_err() {
                // It could not be moved: it goes on where it is.
                return other;
            }
        }
        store
    }

    /// The backup store of another document of the same user.
    #[must_use]
    pub fn of_other(&self, disk: &dyn Disk, document: &Path) -> Self {
        Self::of(self.folder().parent().unwrap_or(self.folder()), &disk::resolved(disk, document))
    }

    /// The other stores of documents of the same name, and the one of the path as it is written, where they are there.
    fn of_that_name(&self, disk: &dyn Disk, data: &Path, written: &Self) -> Vec<Self> {
        let stem = |folder: &Path| {
            let name = folder.file_name()?.to_str()?.to_owned();
            Some(name.get(..name.len().checked_sub(NUMBER_CHARS)?)?.to_owned())
        };
        let is_named = |folder: &PathBuf| *folder == written.folder() || stem(folder) == stem(self.folder());
        let folders = disk.list(data).unwrap_or_default().into_iter();
        folders.filter(|folder| folder != self.folder() && is_named(folder)).map(Self::at).collect()
    }

    /// Whether the store is of that document. Once the document has its own, no other disk is asked: another document
    /// of the same name may be on a share that does not answer.
    fn is_of(&self, disk: &dyn Disk, document: &Path, real: &Path, is_known: bool) -> bool {
        let Some(place) = self.document(disk) else { return false };
        let folder = |path: &Path| path.parent().and_then(Path::file_name).map(ToOwned::to_owned);
        let may_be = match (folder(&place), folder(document)) {
            (Some(theirs), Some(ours)) => theirs == ours,
            // At the top of a drive.
            _ => true,
        };
        [disk::cleaned(document), real.to_owned()].contains(&disk::cleaned(&place))
            || (!is_known && may_be && disk::resolved(disk, &place) == *real)
    }

    /// Brings everything that is kept here to another store of the same document. Nothing is lost wherever it ends: what
    /// is not there yet is still here, and the next time finds it.
    fn join_into(&self, disk: &dyn Disk, other: &Self, now: LocalDateTime) -> Result<(), FileError> {
        if self.is_open(disk) || other.is_open(disk) {
            return Ok(());
        }
        if disk.facts(other.folder(), Links::Stay).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            return disk.rename(self.folder(), other.folder()).map_err(FileError::write(other.folder()));
        }
        if is_newer(disk, &self.copy_path(), &other.copy_path()) {
            self.bring_to(disk, other, now)?;
        } else {
            self.bring_versions(disk, other)?;
            self.copy_becomes_version(disk, other, now)?;
        }
        let is_there = |path: &Path| disk.facts(path, Links::Stay).is_ok();
        for name in [COMMON, OTHER, PLACE, MARK] {
            let (from, to) = (self.folder().join(name), other.folder().join(name));
            match is_there(&to) {
                // Where it stands and whether it was open is known there.
                true if [PLACE, MARK].contains(&name) => drop(disk.remove(&from)),
                _ if is_there(&from) => {
                    disk.rename(&from, &disk::free_name_on(disk, &to)).map_err(FileError::write(&to))?;
                }
                _ => {}
            }
        }
        // Whatever else somebody put there stays.
        let _ = disk.remove_folder(self.folder());
        Ok(())
    }

    /// Whether a process has the document of the store open.
    fn is_open(&self, disk: &dyn Disk) -> bool {
        let mark = self.folder().join(MARK);
        disk.facts(&mark, Links::Stay).is_ok() && disk.lock(&mark).is_err()
    }

    /// The copy becomes a version of another store, unless that has the same copy.
    fn copy_becomes_version(&self, disk: &dyn Disk, other: &Self, now: LocalDateTime) -> Result<(), FileError> {
        let copy = self.copy_path();
        if disk.facts(&copy, Links::Stay).is_err() {
            return Ok(());
        }
        let (ours, theirs) = (disk.read(&copy, LARGEST_BYTES), disk.read(&other.copy_path(), LARGEST_BYTES));
        if matches!((ours, theirs), (Ok(ours), Ok(theirs)) if ours == theirs) {
            return disk.remove(&copy).map_err(FileError::write(&copy));
        }
        let path = disk::free_name_on(disk, &other.folder().join(VersionKind::Found.file_name(now)));
        disk.rename(&copy, &path).map_err(FileError::write(&path))
    }
}

/// Whether the first file was written after the second; a file is newer than none.
fn is_newer(disk: &dyn Disk, first: &Path, second: &Path) -> bool {
    let time = |path: &Path| disk.facts(path, Links::Follow).and_then(|facts| facts.modified()).ok();
    time(first) > time(second)
}
