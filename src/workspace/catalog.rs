//! What the documents of the list look like, read on a thread of its own: the window never waits for them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::catalog_cache::CatalogCache;
use super::environment::DataFolders;
use super::pool::Pool;
use super::waker::Waker;
use crate::checks::{self, Clock};
use crate::clock;
use crate::disk;
use crate::draft::format::{self, Access};
use crate::draft::{Date, Draft, Scope};
use crate::form::{Form, RuleSet, shipped};
use crate::session::{self, Checked, Counts};
use crate::vault::LocalDateTime;

/// What is known of one document.
#[derive(Clone, Debug)]
pub enum CatalogEntry {
    /// What stands in it.
    Read(Box<Summary>),
    /// There is no such file.
    Missing,
    /// It cannot be read, and why.
    Broken(String),
}

/// One document at a glance.
#[derive(Clone, Debug)]
pub struct Summary {
    /// 評価書番号 as written.
    pub number: String,
    /// 評価書名; empty when not written yet.
    pub name: String,
    /// 評価実施機関名.
    pub agency: String,
    /// 評価実施機関における担当部署.
    pub department: String,
    /// Form and edition.
    pub form: String,
    /// The id of the form.
    pub form_id: String,
    /// The id of the edition.
    pub edition: String,
    /// The id of the document.
    pub id: Option<String>,
    /// How far the document is.
    pub stage: &'static str,
    /// Pages done, and all pages.
    pub pages: (usize, usize),
    /// Open findings.
    pub counts: Counts,
    /// 公表日 as written.
    pub published: String,
    /// When the file was saved last.
    pub saved: Option<String>,
    /// The yearly and the five-year clock.
    pub clocks: [Clock; 2],
    /// Why it can only be read.
    pub read_only: Option<String>,
}

impl Summary {
    /// The number as documents are sorted by it: 2 before 12, whatever width its digits have; what is no number stands last.
    pub fn number_in_order(&self) -> (u64, &str) {
        let wide = |c: char| u32::from(c).checked_sub(u32::from('０')).filter(|n| *n < 10);
        let digits: Option<String> = self
            .number
            .trim()
            .chars()
            .map(|c| c.to_digit(10).or_else(|| wide(c)))
            .map(|n| char::from_digit(n?, 10))
            .collect();
        (digits.and_then(|digits| digits.parse().ok()).unwrap_or(u64::MAX), &self.number)
    }
}

/// The documents of the list, as far as they are read.
pub struct Catalog {
    entries: BTreeMap<PathBuf, CatalogEntry>,
    asked: Vec<PathBuf>,
    folders: DataFolders,
    waker: Waker,
    reading: Reading,
    stale: bool,
    /// Whether what was seen is remembered for the next time.
    is_kept: bool,
}

/// The reading of documents on one day.
struct Reading {
    today: Option<Date>,
    pool: Pool<PathBuf, CatalogEntry>,
    /// What was seen before; the first thread that needs it opens it.
    cache: Arc<OnceLock<CatalogCache>>,
}

impl Reading {
    fn begin(waker: &Waker, folders: &DataFolders, today: Option<Date>) -> Self {
        let cache = Arc::new(OnceLock::new());
        let (known, folders) = (Arc::clone(&cache), folders.clone());
        let look = move |path: &PathBuf| look(path, today, known.get_or_init(|| CatalogCache::open(&folders, today)));
        Self { today, pool: Pool::new(waker.clone(), look), cache }
    }
}

impl Catalog {
    /// Nothing read yet; `waker` wakes whoever waits for it. What is seen is remembered in the folders of this user.
    pub fn new(waker: Waker, folders: DataFolders) -> Self {
        let reading = Reading::begin(&waker, &folders, clock::today());
        Self { entries: BTreeMap::new(), asked: Vec::new(), folders, waker, reading, stale: false, is_kept: true }
    }

    /// Has everything read again; what is known stays until then.
    pub fn look_again(&mut self) {
        self.stale = true;
    }

    /// Takes in what has been read, and begins to read where the list is a new one.
    pub fn update(&mut self, paths: &[PathBuf]) {
        if self.stale || self.asked != paths {
            self.stale = false;
            self.asked = paths.to_vec();
            self.entries.retain(|path, _| paths.contains(path));
            let today = clock::today();
            if self.reading.today != today {
                self.reading = Reading::begin(&self.waker, &self.folders, today);
            }
            self.reading.pool.forget_waiting();
            paths.iter().for_each(|path| self.reading.pool.ask(path));
            self.is_kept = false;
        }
        let asked = &self.asked;
        self.entries.extend(self.reading.pool.take().into_iter().filter(|(path, _)| asked.contains(path)));
        if !self.is_kept && !self.is_reading() {
            self.is_kept = true;
            if self.folders.copies.is_none() {
                return;
            }
            let cache = Arc::clone(&self.reading.cache);
            self.waker.run(Box::new(move || cache.get().into_iter().for_each(CatalogCache::save)));
        }
    }

    /// What is known of a document; `None` while it is being read.
    pub fn entry(&self, path: &Path) -> Option<&CatalogEntry> {
        self.entries.get(path)
    }

    /// Whether documents are still being read.
    pub fn is_reading(&self) -> bool {
        self.reading.pool.n_open() > 0
    }
}

/// What is known of a document; of one whose content was seen before, what was seen then.
pub(super) fn look(path: &Path, today: Option<Date>, cache: &CatalogCache) -> CatalogEntry {
    if disk::is_missing(path) {
        return CatalogEntry::Missing;
    }
    let bytes = disk::read_to_bytes(path, format::MAX_FILE_BYTES as u64).map_err(|error| error.to_string());
    let summary = bytes.and_then(|bytes| {
        let content = CatalogCache::content(&bytes);
        if let Some(seen) = cache.get(&content) {
            return Ok(seen);
        }
        let summary = of_bytes(&bytes, today)?;
        cache.put(content, &summary);
        Ok(summary)
    });
    match summary {
        Ok(mut summary) => {
            summary.saved = disk::modified(path).and_then(clock::local).map(LocalDateTime::words);
            CatalogEntry::Read(Box::new(summary))
        }
        Err(problem) => CatalogEntry::Broken(problem),
    }
}

fn of_bytes(bytes: &[u8], today: Option<Date>) -> Result<Summary, String> {
    let opened = format::read(bytes).map_err(|error| error.to_string())?;
    let document = &opened.draft.state.document;
    let form = shipped::find(&document.form, &document.edition).map_err(|error| error.to_string())?;
    let mut summary = summary(form, &opened.draft, today)?;
    if let Access::ReadOnly(reason) = opened.access {
        summary.read_only = Some(reason);
    }
    Ok(summary)
}

fn summary(form: &'static Form, draft: &Draft, today: Option<Date>) -> Result<Summary, String> {
    let rules = RuleSet::shipped().map_err(|error| error.to_string())?;
    let scope = Scope::document(form, &draft.state.document);
    let text = |id: &str| scope.text(id).trim().to_owned();
    let items = &form.key_items;
    let findings = session::listed(form, rules, draft, checks::Context { today });
    Ok(Summary {
        number: text(&items.number),
        name: text(&items.name),
        agency: text(&items.agency),
        department: text(&items.department),
        form: format!("{}　{}", form.short_title, form.edition_name()),
        form_id: draft.state.document.form.clone(),
        edition: draft.state.document.edition.clone(),
        id: draft.id.as_ref().map(ToString::to_string),
        stage: draft.state.stage.name(),
        pages: session::pages(Checked { form, document: &draft.state.document, rules, findings: &findings }),
        counts: Counts::of(&findings),
        published: text(&items.published_on),
        saved: None,
        clocks: checks::clocks(form, draft, today),
        read_only: None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods)]
    use super::*;

    const SAMPLE: &[u8] = include_bytes!("../../samples/aomine-juminzei.ron");

    #[test]
    fn a_document_is_read_at_a_glance() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.ron");
        std::fs::write(&path, SAMPLE).unwrap();
        let CatalogEntry::Read(summary) = look(&path, Date::from_iso("2026-11-21"), &CatalogCache::default()) else {
            panic!()
        };
        assert_eq!(summary.name, "個人住民税の賦課徴収に関する事務　重点項目評価書");
        assert!(summary.form.contains("重点項目"), "{}", summary.form);
        assert!(summary.pages.0 > 0 && summary.pages.0 <= summary.pages.1, "{:?}", summary.pages);
        assert!(summary.saved.is_some() && !summary.published.is_empty());
    }

    /// A second look believes what was seen of the same content, in the same list and in the next window.
    #[test]
    fn what_was_seen_is_not_checked_again() {
        let folder = tempfile::tempdir().unwrap();
        let (path, data) = (folder.path().join("甲.ron"), folder.path().join("data"));
        let folders = DataFolders::within(&data);
        std::fs::write(&path, SAMPLE).unwrap();
        let wait = |catalog: &mut Catalog, is_done: &dyn Fn(&Catalog) -> bool| {
            while !is_done(catalog) {
                catalog.update(std::slice::from_ref(&path));
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
        };
        let is_read = |catalog: &Catalog| catalog.entry(&path).is_some() && !catalog.is_reading();
        let department = |catalog: &Catalog| match catalog.entry(&path) {
            Some(CatalogEntry::Read(summary)) => summary.department.clone(),
            other => panic!("{other:?}"),
        };
        let mut first = Catalog::new(Waker::nobody(), folders.clone());
        let kept = data.join("一覧の控え.txt");
        wait(&mut first, &|catalog| is_read(catalog) && kept.exists());
        assert_eq!(department(&first), "財務部税務課");
        // What is remembered is told from what stands in the document by another name.
        let text = std::fs::read_to_string(&kept).unwrap();
        std::fs::write(&kept, text.replace("財務部税務課", "覚えていた課")).unwrap();
        let mut second = Catalog::new(Waker::nobody(), folders);
        wait(&mut second, &is_read);
        assert_eq!(department(&second), "覚えていた課");
        // Another content is looked at, and so is a list that remembers nothing of before.
        std::fs::write(&path, String::from_utf8_lossy(SAMPLE).replace("財務部税務課", "財務部市税課")).unwrap();
        second.look_again();
        wait(&mut second, &|catalog| department(catalog) == "財務部市税課");
        let mut alone = Catalog::new(Waker::nobody(), DataFolders::default());
        wait(&mut alone, &is_read);
        assert_eq!(department(&alone), "財務部市税課");
    }

    #[test]
    fn numbers_are_counted_and_what_is_none_stands_last() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.ron");
        std::fs::write(&path, SAMPLE).unwrap();
        let CatalogEntry::Read(summary) = look(&path, None, &CatalogCache::default()) else { panic!() };
        let mut all =
            ["100", "１２", "第3号", "2", ""].map(|number| Summary { number: number.to_owned(), ..*summary.clone() });
        all.sort_by(|a, b| a.number_in_order().cmp(&b.number_in_order()));
        assert_eq!(all.map(|summary| summary.number), ["2", "１２", "100", "", "第3号"]);
    }

    #[test]
    fn what_cannot_be_read_is_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.ron");
        assert!(matches!(look(&path, None, &CatalogCache::default()), CatalogEntry::Missing));
        std::fs::write(&path, SAMPLE.get(..5000).unwrap()).unwrap();
        assert!(matches!(look(&path, None, &CatalogCache::default()), CatalogEntry::Broken(_)));
        assert!(matches!(look(folder.path(), None, &CatalogCache::default()), CatalogEntry::Broken(_)));
    }
}
