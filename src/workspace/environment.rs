//! Where settings, 定型文 and copies are kept: in the user's own folders, or beside the program where it is portable.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::disk;

/// A file of this name beside the program makes it portable; so does a folder `data`.
const PORTABLE: &str = "portable";
const DATA: &str = "data";
const SETTINGS: &str = "settings.txt";
const PHRASES: &str = "定型文.ron";
/// The folder people look into: in Japanese.
const COPIES: &str = "評価書の控え";

/// Where settings, 定型文 and copies are kept; without a place nothing is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The file of the settings.
    pub settings: Option<PathBuf>,
    /// The file of the 定型文.
    pub phrases: Option<PathBuf>,
    /// The folder of copies and versions.
    pub copies: Option<PathBuf>,
}

impl Places {
    /// The places of this user.
    pub fn of_user() -> Self {
        let program = std::env::current_exe().ok();
        if let Some(folder) = program.as_deref().and_then(Path::parent).and_then(portable_folder) {
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
}
