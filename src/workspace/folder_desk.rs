//! A folder of documents at a glance, for the window: listed and looked at in the background, as far as it is known by now.
//! Never: makes whoever shows it wait; holds a document.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::catalog_cache::CatalogCache;
use super::document_folder::{self, Listed};
use super::environment::Environment;
use super::folder_tables::lines::{self, LookedAt};
use super::pool::Pool;
use super::task::{Task, Wanted};
use crate::clock;
use crate::draft::Date;

/// The documents of a folder, and what stood in the way of some.
struct Documents {
    paths: Vec<PathBuf>,
    problems: Vec<String>,
    cache: CatalogCache,
    today: Option<Date>,
}

/// Documents that are being looked at, on one day: what was seen before is only good for that.
struct Looking {
    today: Option<Date>,
    pool: Pool<PathBuf, Listed>,
    cache: Arc<CatalogCache>,
}

/// Said of a document at which the work broke off.
const BROKE_OFF: &str = "この評価書を調べる途中で問題が起きました";

/// A folder of documents.
pub struct FolderDesk {
    folder: PathBuf,
    environment: Environment,
    listing: Option<Task<Result<Documents, String>>>,
    paths: Vec<PathBuf>,
    /// What cannot be read of the folder.
    pub problems: Vec<String>,
    looking: Option<Looking>,
    seen: BTreeMap<PathBuf, Listed>,
    is_kept: bool,
    /// Counts whatever becomes known.
    version: u64,
}

impl FolderDesk {
    /// The desk of a folder; nothing is known yet.
    pub fn new(folder: PathBuf, environment: Environment) -> Self {
        let mut desk = Self {
            folder,
            environment,
            listing: None,
            paths: Vec::new(),
            problems: Vec::new(),
            looking: None,
            seen: BTreeMap::new(),
            is_kept: true,
            version: 0,
        };
        desk.look_again();
        desk
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Has the folder listed and looked at again, unless it is being listed: a share that does not answer is not asked
    /// twice. What is known stays until then.
    pub fn look_again(&mut self) {
        if self.listing.is_some() {
            return;
        }
        let (folder, folders) = (self.folder.clone(), self.environment.folders.clone());
        let list = move |wanted: &Wanted| {
            let mut problems = Vec::new();
            let paths = document_folder::drafts_while(&|| wanted.is_still(), &folder, &mut problems);
            let paths = paths.map_err(|error| error.to_string())?;
            let today = clock::today();
            Ok(Documents { paths, problems, cache: CatalogCache::open(&folders, today), today })
        };
        self.listing = Some(Task::start_while_wanted(&self.environment.waker, list).in_background());
    }

    /// Takes in what has become known.
    pub fn update(&mut self) {
        if let Some(listed) = Task::take_answer(&mut self.listing) {
            self.version += 1;
            match listed.and_then(|documents| documents) {
                Ok(documents) => self.look(documents),
                Err(problem) => self.problems = vec![problem],
            }
        }
        let Some(Looking { pool, cache, .. }) = &mut self.looking else { return };
        let seen = pool.take();
        self.version += u64::from(!seen.is_empty());
        self.seen.extend(seen);
        if pool.n_open() == 0 && !self.is_kept {
            self.is_kept = true;
            for path in &self.paths {
                self.seen.entry(path.clone()).or_insert_with(|| Listed::broken(BROKE_OFF));
            }
            self.version += 1;
            let cache = Arc::clone(cache);
            self.environment.waker.run(Box::new(move || cache.save()));
        }
    }

    fn look(&mut self, documents: Documents) {
        let Documents { paths, problems, cache, today } = documents;
        let mut looking = self.looking.take().filter(|looking| looking.today == today).unwrap_or_else(|| {
            let cache = Arc::new(cache);
            let (environment, known) = (self.environment.clone(), Arc::clone(&cache));
            let look = move |path: &PathBuf| document_folder::look(&environment, path, today, &known);
            Looking { today, pool: Pool::new(self.environment.waker.clone(), look), cache }
        });
        looking.pool.forget_waiting();
        paths.iter().for_each(|path| looking.pool.ask(path));
        self.seen.retain(|path, _| paths.contains(path));
        (self.paths, self.problems) = (paths, problems);
        self.looking = Some(looking);
        self.is_kept = false;
    }

    /// Its documents by name, each with what is known of it.
    pub fn documents(&self) -> impl Iterator<Item = (&Path, Option<&Listed>)> {
        self.paths.iter().map(|path| (path.as_path(), self.seen.get(path)))
    }

    /// Whether all of its documents have been looked at.
    pub fn is_looked_at(&self) -> bool {
        self.listing.is_none() && self.is_kept && self.looking.is_some()
    }

    /// Its documents for a table; `None` until all of them have been looked at.
    pub fn looked_at(&self) -> Option<LookedAt> {
        let looking = self.looking.as_ref().filter(|_| self.is_looked_at())?;
        let known = self.paths.iter().filter_map(|path| Some((self.name_of(path), self.seen.get(path)?.clone())));
        Some(LookedAt { lines: lines::lines(known), today: looking.today })
    }

    /// What is known of a document.
    pub fn listed(&self, path: &Path) -> Option<&Listed> {
        self.seen.get(path)
    }

    /// A document by its place in the folder.
    pub fn name_of(&self, path: &Path) -> String {
        document_folder::name_in(&self.folder, path)
    }

    /// How many have been looked at, of how many; `None` while the folder is being listed.
    pub fn progress(&self) -> Option<(usize, usize)> {
        if self.listing.is_some() {
            return None;
        }
        let n_open = self.looking.as_ref().map_or(0, |looking| looking.pool.n_open());
        Some((self.paths.len().saturating_sub(n_open), self.paths.len()))
    }

    /// A number that is another one whenever something has become known.
    pub fn version(&self) -> u64 {
        self.version
    }
}
