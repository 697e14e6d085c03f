//! What the documents of the list look like, read on a thread of its own: the window never waits for them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::catalog_cache::CatalogCache;
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
    reading: Pool<PathBuf, CatalogEntry>,
    stale: bool,
}

impl Catalog {
    /// Nothing read yet; `waker` wakes whoever waits for it.
    pub fn new(waker: Waker) -> Self {
        let reading = Pool::new(waker, |path: &PathBuf| look(path, clock::today(), &CatalogCache::none()));
        Self { entries: BTreeMap::new(), asked: Vec::new(), reading, stale: false }
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
            self.reading.forget_waiting();
            paths.iter().for_each(|path| self.reading.ask(path));
        }
        let asked = &self.asked;
        self.entries.extend(self.reading.take().into_iter().filter(|(path, _)| asked.contains(path)));
    }

    /// What is known of a document; `None` while it is being read.
    pub fn entry(&self, path: &Path) -> Option<&CatalogEntry> {
        self.entries.get(path)
    }

    /// Whether documents are still being read.
    pub fn is_reading(&self) -> bool {
        self.reading.n_open() > 0
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
        let CatalogEntry::Read(summary) = look(&path, Date::from_iso("2026-11-21"), &CatalogCache::none()) else {
            panic!()
        };
        assert_eq!(summary.name, "個人住民税の賦課徴収に関する事務　重点項目評価書");
        assert!(summary.form.contains("重点項目"), "{}", summary.form);
        assert!(summary.pages.0 > 0 && summary.pages.0 <= summary.pages.1, "{:?}", summary.pages);
        assert!(summary.saved.is_some() && !summary.published.is_empty());
    }

    #[test]
    fn numbers_are_counted_and_what_is_none_stands_last() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.ron");
        std::fs::write(&path, SAMPLE).unwrap();
        let CatalogEntry::Read(summary) = look(&path, None, &CatalogCache::none()) else { panic!() };
        let mut all =
            ["100", "１２", "第3号", "2", ""].map(|number| Summary { number: number.to_owned(), ..*summary.clone() });
        all.sort_by(|a, b| a.number_in_order().cmp(&b.number_in_order()));
        assert_eq!(all.map(|summary| summary.number), ["2", "１２", "100", "", "第3号"]);
    }

    #[test]
    fn what_cannot_be_read_is_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.ron");
        assert!(matches!(look(&path, None, &CatalogCache::none()), CatalogEntry::Missing));
        std::fs::write(&path, SAMPLE.get(..5000).unwrap()).unwrap();
        assert!(matches!(look(&path, None, &CatalogCache::none()), CatalogEntry::Broken(_)));
        assert!(matches!(look(folder.path(), None, &CatalogCache::none()), CatalogEntry::Broken(_)));
    }
}
