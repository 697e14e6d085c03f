//! The documents of a folder and of the folders in it: which they are, and work on all of them by the pool, in the order of
//! their names.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;

use super::catalog::{self, CatalogEntry, Summary};
use super::catalog_cache::CatalogCache;
use super::environment::Environment;
use super::import::EXTENSIONS;
use super::newer_backup::{NewerBackup, Times};
use super::pool::Pool;
use super::waker::Waker;
use crate::clock;
use crate::disk::{self, FileError, SystemDisk};
use crate::draft::Date;
use crate::draft::format;
use crate::vault::owner::{self, Standing};

/// Folders in folders are looked into so deep.
const MAX_DEPTH: usize = 8;
/// More documents than any city has: a whole disk was meant by mistake.
const MAX_DOCUMENTS: usize = 5_000;

/// Why the documents of a folder cannot be listed.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The disk says no.
    #[error(transparent)]
    File(#[from] FileError),
    /// There are too many.
    #[error("評価書が{MAX_DOCUMENTS}件より多いため、調べませんでした。もっと内側のフォルダーを指定してください: {}", .0.display())]
    TooMany(PathBuf),
    /// Nobody waits for the list any more.
    #[error("調べるのをやめました: {}", .0.display())]
    Unwanted(PathBuf),
}

/// The drafts in a folder and in the folders in it, by name; what begins with a dot is left out. A folder in it that
/// cannot be read is told in `problems`.
pub fn drafts(folder: &Path, problems: &mut Vec<String>) -> Result<Vec<PathBuf>, FolderError> {
    drafts_while(&|| true, folder, problems)
}

/// The drafts in a folder as long as somebody waits for them.
pub fn drafts_while(
    is_wanted: &dyn Fn() -> bool,
    folder: &Path,
    problems: &mut Vec<String>,
) -> Result<Vec<PathBuf>, FolderError> {
    let is_draft = |path: &Path| format::EXTENSIONS.iter().any(|extension| disk::has_extension(path, extension));
    let mut walk = Walk { is_wanted, is_listed: &is_draft, found: Vec::new(), n_others: 0, problems };
    walk.within(folder, 0)?;
    Ok(walk.sorted().0)
}

/// The documents of other programs in a folder, by their names, and how many files there are besides.
pub fn foreign(folder: &Path, problems: &mut Vec<String>) -> Result<(Vec<PathBuf>, usize), FolderError> {
    let mut walk = Walk { is_wanted: &|| true, is_listed: &has_foreign_name, found: Vec::new(), n_others: 0, problems };
    walk.within(folder, 0)?;
    Ok(walk.sorted())
}

/// A document by its place in the folder, the same on every system.
pub fn name_in(folder: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(folder).unwrap_or(path);
    inner.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Whether a file is called as documents of other programs are; what Excel and Word leave beside theirs is none.
pub fn has_foreign_name(path: &Path) -> bool {
    /// None of these is read; it is said for each what to do with it.
    const REFUSED: [&str; 3] = ["doc", "jtd", "jtdc"];
    let is_left = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("~$"));
    !is_left && EXTENSIONS.iter().chain(&REFUSED).any(|name| disk::has_extension(path, name))
}

/// A walk through a folder and the folders in it.
struct Walk<'a> {
    is_wanted: &'a dyn Fn() -> bool,
    is_listed: &'a dyn Fn(&Path) -> bool,
    found: Vec<PathBuf>,
    /// The files that are not listed.
    n_others: usize,
    problems: &'a mut Vec<String>,
}

impl Walk<'_> {
    fn within(&mut self, folder: &Path, depth: usize) -> Result<(), FolderError> {
        if !(self.is_wanted)() {
            return Err(FolderError::Unwanted(folder.to_owned()));
        }
        let is_shown = |path: &PathBuf| path.file_name().is_some_and(|name| !name.to_string_lossy().starts_with('.'));
        let (files, folders) = disk::list(folder)?;
        for path in files.into_iter().filter(is_shown) {
            if (self.is_listed)(&path) {
                self.found.push(path);
            } else {
                self.n_others += 1;
            }
        }
        if self.found.len() > MAX_DOCUMENTS {
            return Err(FolderError::TooMany(folder.to_owned()));
        }
        for inner in folders.into_iter().filter(is_shown).filter(|_| depth < MAX_DEPTH) {
            match self.within(&inner, depth + 1) {
                Err(FolderError::File(error)) => self.problems.push(error.to_string()),
                done => done?,
            }
        }
        Ok(())
    }

    /// What is listed by name, and how many files are not.
    fn sorted(mut self) -> (Vec<PathBuf>, usize) {
        self.found.sort();
        (self.found, self.n_others)
    }
}

/// Does the same work on every document, several at a time; the results stand in the order of the documents. `progress`
/// is told after each how many are done. Nothing stands where the work broke.
pub fn on_each<T: Send + 'static>(
    documents: &[PathBuf],
    work: impl Fn(&PathBuf) -> T + Send + Sync + 'static,
    mut progress: impl FnMut(usize),
) -> Vec<Option<T>> {
    let (wake, woken) = channel();
    let waker = Waker::new(move || {
        let _ = wake.send(());
    });
    let mut pool = Pool::new(waker, work);
    documents.iter().for_each(|path| pool.ask(path));
    let mut done: BTreeMap<PathBuf, T> = BTreeMap::new();
    while pool.n_open() > 0 && woken.recv().is_ok() {
        done.extend(pool.take());
        progress(documents.len().saturating_sub(pool.n_open()));
    }
    documents.iter().map(|path| done.remove(path)).collect()
}

/// One document of a folder.
#[derive(Clone, Debug)]
pub struct Listed {
    /// What is known of it.
    pub entry: CatalogEntry,
    /// Who has it open.
    pub opened_by: Option<String>,
    /// A backup on this computer that is newer than what is listed.
    pub newer_backup: Option<Times>,
}

impl Listed {
    /// A document that could not be looked at, and why.
    pub fn broken(problem: &str) -> Self {
        Self { entry: CatalogEntry::Broken(problem.to_owned()), opened_by: None, newer_backup: None }
    }

    /// What stands in it; `None` of a document that could not be read.
    pub fn summary(&self) -> Option<&Summary> {
        match &self.entry {
            CatalogEntry::Read(summary) => Some(summary),
            CatalogEntry::Missing | CatalogEntry::Broken(_) => None,
        }
    }
}

/// Looks at a document of a folder; what was seen of it before is believed while its content is the same.
pub fn look(environment: &Environment, path: &Path, today: Option<Date>, cache: &CatalogCache) -> Listed {
    let entry = catalog::look(path, today, cache);
    let opened_by = match owner::standing(&SystemDisk, path, &environment.me, clock::now()) {
        Standing::Held(owner) => Some(owner.words()),
        Standing::Free | Standing::Gone(_) => None,
    };
    let newer_backup = NewerBackup::of(environment, path).map(|newer| newer.times);
    Listed { entry, opened_by, newer_backup }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::disallowed_methods)]
    use super::*;

    #[test]
    fn drafts_of_a_folder_are_found_by_name_and_worked_at_in_their_order() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["乙/二.hyouka", "乙/.git/隠.ron", "甲.RON", "甲.ron.bak", "読んで.txt", ".~甲.ron.使用中.txt"]
        {
            std::fs::create_dir_all(at(name).parent().unwrap()).unwrap();
            std::fs::write(at(name), name).unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path(), at("輪")).unwrap();
        let mut problems = Vec::new();
        let found = drafts(folder.path(), &mut problems).unwrap();
        let mut expected = vec![at("乙/二.hyouka"), at("甲.RON")];
        expected.sort();
        assert_eq!((found.clone(), problems.len()), (expected, 0));
        let mut told = Vec::new();
        assert!(matches!(drafts_while(&|| false, folder.path(), &mut problems), Err(FolderError::Unwanted(_))));
        let sizes = on_each(&found, |path| std::fs::read(path).unwrap().len(), |n| told.push(n));
        assert_eq!(sizes, [Some("乙/二.hyouka".len()), Some("甲.RON".len())]);
        assert_eq!(told.last(), Some(&2));
        assert!(drafts(&at("なし"), &mut problems).is_err());
    }
}
