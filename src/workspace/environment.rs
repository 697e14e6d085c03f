//! What a window or a command works in: who sits here, where settings, 定型文 and copies are kept (in the user's own
//! folders, or beside the program where it is portable), and how whoever waits is woken.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use super::saver::Owned;
use super::waker::Waker;
use crate::clock;
use crate::disk::{self, SystemDisk};
use crate::exchange::worker::Worker;
use crate::vault::BackupStore;
use crate::vault::owner::Operator;

/// A file of this name beside the program makes it portable; so does a folder `data`.
const PORTABLE: &str = "portable";
const DATA: &str = "data";
const SETTINGS: &str = "settings.txt";
const PHRASES: &str = "定型文.ron";
/// The folder people look into: in Japanese.
const COPIES: &str = "評価書の控え";

/// This user at this computer.
#[derive(Clone, Debug)]
pub struct Environment {
    /// Where the user's data is; without a folder of copies nothing but the document itself is kept.
    pub folders: DataFolders,
    /// Who sits here.
    pub me: Operator,
    /// The document that the saving thread confirms to be open here.
    pub owned: Owned,
    /// What reads the files of other programs.
    pub worker: Worker,
    /// Wakes whoever waits for a thread.
    pub waker: Waker,
}

impl Environment {
    /// The environment of this process, with its data in those folders.
    pub fn new(folders: DataFolders, owned: Owned, waker: Waker) -> Self {
        Self { folders, me: Operator::this(&SystemDisk), owned, worker: Worker::this_program(), waker }
    }

    /// The environment of this user, who waits for no thread.
    pub fn of_command(owned: Owned) -> Self {
        Self::new(DataFolders::of_user(), owned, Waker::nobody())
    }

    /// Whether something was kept of the document with that path.
    pub fn has_backup(&self, path: &Path) -> bool {
        let copies = self.folders.copies.as_ref();
        copies.is_some_and(|copies| {
            disk::is_there(&BackupStore::find(&SystemDisk, copies, path, clock::now()).copy_path())
        })
    }
}

/// Where settings, 定型文 and copies are kept; without a place nothing is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataFolders {
    /// The file of the settings.
    pub settings: Option<PathBuf>,
    /// The file of the 定型文.
    pub phrases: Option<PathBuf>,
    /// The folder of copies and versions.
    pub copies: Option<PathBuf>,
}

impl DataFolders {
    /// The folders of this user.
    pub fn of_user() -> Self {
        Self::of_program(std::env::current_exe().ok().as_deref())
    }

    /// The folders of this user for the program in that file.
    fn of_program(program: Option<&Path>) -> Self {
        if let Some(folder) = program.and_then(Path::parent).and_then(portable_folder) {
            return Self::within(&folder);
        }
        let Some(dirs) = ProjectDirs::from("", "", "hyoukasho") else { return Self::default() };
        Self::of(dirs.config_dir(), dirs.data_local_dir())
    }

    /// Everything in one folder.
    pub fn within(folder: &Path) -> Self {
        Self::of(folder, folder)
    }

    fn of(settings: &Path, data: &Path) -> Self {
        Self {
            settings: Some(settings.join(SETTINGS)),
            phrases: Some(settings.join(PHRASES)),
            copies: Some(data.join(COPIES)),
        }
    }
}

/// The data folder of a program that is portable.
fn portable_folder(beside: &Path) -> Option<PathBuf> {
    let data = beside.join(DATA);
    (disk::is_there(&beside.join(PORTABLE)) || disk::is_folder(&data)).then_some(data)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::disallowed_methods)]
    use super::*;

    #[test]
    fn a_mark_beside_the_program_makes_it_portable() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(portable_folder(folder.path()), None);
        std::fs::write(folder.path().join("portable"), b"").unwrap();
        assert_eq!(portable_folder(folder.path()), Some(folder.path().join("data")));
        let other = tempfile::tempdir().unwrap();
        std::fs::create_dir(other.path().join("data")).unwrap();
        assert_eq!(portable_folder(other.path()), Some(other.path().join("data")));
    }

    #[test]
    fn window_and_commands_have_the_same_folders_wherever_the_program_lies() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("hyoukasho");
        assert_eq!(DataFolders::of_program(Some(&program)), DataFolders::of_program(None));
        assert_eq!(Environment::of_command(Owned::default()).folders, DataFolders::of_user());
        std::fs::write(folder.path().join("portable"), b"").unwrap();
        let data = folder.path().join("data");
        assert_eq!(DataFolders::of_program(Some(&program)), DataFolders::within(&data));
        let copies = DataFolders::of_program(Some(&program)).copies.unwrap();
        assert!(copies.starts_with(&data));
    }
}
