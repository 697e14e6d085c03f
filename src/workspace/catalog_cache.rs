//! What was seen of documents before, by their content: a document that nobody has changed since is not read and checked
//! again. Kept in this user's own folder, for this program and day; whatever cannot be read there is looked at anew.
//! Never: holds a document, grows without end, says anything of a file whose content is another.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use md5::{Digest, Md5};

use super::catalog::Summary;
use super::environment::DataFolders;
use crate::checks::Clock;
use crate::disk;
use crate::draft::{Date, Stage};
use crate::session::Counts;

/// The file beside the copies.
const FILE: &str = "一覧の控え.txt";
/// The file has at most [`MOST`] lines of [`MAX_LINE`] bytes and its head.
const MAX_BYTES: u64 = 32 << 20;
/// A document that says more of itself is looked at anew each time.
const MAX_LINE: usize = 6_000;
/// Most documents that are remembered.
const MOST: usize = 5_000;
const FIELDS: usize = 24;

/// Which content it is.
pub(super) type Content = [u8; 16];

/// What was seen of documents before.
#[derive(Debug, Default)]
pub struct CatalogCache {
    path: Option<PathBuf>,
    /// What was seen is only good for this program and this day.
    head: String,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    summaries: BTreeMap<Content, Summary>,
    /// Whether something was learned that the file does not say.
    is_new: bool,
}

impl CatalogCache {
    /// What this user's folder says, for a list of that day.
    pub fn open(folders: &DataFolders, today: Option<Date>) -> Self {
        let path = folders.copies.as_deref().and_then(Path::parent).map(|folder| folder.join(FILE));
        let head = head(today);
        let summaries = path.as_deref().map(|path| kept(path, &head)).unwrap_or_default();
        Self { path, head, known: Mutex::new(Known { summaries, is_new: false }) }
    }

    pub(super) fn content(bytes: &[u8]) -> Content {
        Md5::digest(bytes).into()
    }

    pub(super) fn get(&self, content: &Content) -> Option<Summary> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).summaries.get(content).cloned()
    }

    pub(super) fn put(&self, content: Content, summary: &Summary) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.summaries.len() >= MOST {
            known.summaries.pop_first();
        }
        known.summaries.insert(content, summary.clone());
        known.is_new = true;
    }

    /// Writes what is new, with what another list wrote there meanwhile. Should that fail, everything is looked at anew
    /// next time.
    pub fn save(&self) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(path) = self.path.as_deref().filter(|_| known.is_new) else { return };
        known.is_new = false;
        for (content, summary) in kept(path, &self.head) {
            if known.summaries.len() < MOST {
                known.summaries.entry(content).or_insert(summary);
            }
        }
        let mut text = format!("{}\n", self.head);
        for (content, summary) in &known.summaries {
            let line = line(content, summary);
            if line.len() <= MAX_LINE {
                text.push_str(&line);
                text.push('\n');
            }
        }
        let _ = path.parent().map_or(Ok(()), disk::make_folder).and_then(|()| disk::write_whole(path, text.as_bytes()));
    }
}

/// What a file says for that program and day.
fn kept(path: &Path, head: &str) -> BTreeMap<Content, Summary> {
    let text = disk::read_to_bytes(path, MAX_BYTES).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let text = text.unwrap_or_default();
    let mut lines = text.lines();
    if lines.next() == Some(head) { lines.filter_map(read).collect() } else { BTreeMap::new() }
}

/// The program, as it was built, and the day.
fn head(today: Option<Date>) -> String {
    let program = std::env::current_exe().ok();
    let built = program.as_deref().and_then(disk::modified).and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let built = built.map(|time| time.as_nanos()).unwrap_or_default();
    let day = today.map(Date::to_iso).unwrap_or_default();
    format!("hyoukasho catalogue 1\t{}\t{built}\t{day}", env!("CARGO_PKG_VERSION"))
}

fn line(content: &Content, summary: &Summary) -> String {
    let Summary { number, name, agency, department, form, form_id, edition, id, published, .. } = summary;
    let hex: String = content.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut fields: Vec<String> = vec![hex];
    fields.extend([number, name, agency, department, form, form_id, edition, published].map(Clone::clone));
    fields.extend([optional(id.as_deref()), optional(summary.read_only.as_deref()), summary.stage.to_owned()]);
    let Counts { errors, warnings, missing, hints } = summary.counts;
    let counts = [summary.pages.0, summary.pages.1, errors, warnings, missing, hints];
    fields.extend(counts.map(|n| n.to_string()));
    for clock in &summary.clocks {
        let (key, days) = clock.stand.to_parts();
        fields.extend([key.to_owned(), days, clock.words.clone()]);
    }
    fields.iter().map(|field| escaped(field)).collect::<Vec<_>>().join("\t")
}

fn read(line: &str) -> Option<(Content, Summary)> {
    let fields: Vec<String> = line.split('\t').map(unescaped).collect();
    let fields: [String; FIELDS] = fields.try_into().ok()?;
    let [hex, number, name, agency, department, form, form_id, edition, published, id, read_only, stage, rest @ ..] =
        fields;
    let [done, pages, errors, warnings, missing, hints, y_key, y_days, y_words, r_key, r_days, r_words] = rest;
    let mut content = Content::default();
    for (nth, byte) in content.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(nth * 2..nth * 2 + 2)?, 16).ok()?;
    }
    let n = |text: &str| text.parse::<usize>().ok();
    let summary = Summary {
        number,
        name,
        agency,
        department,
        form,
        form_id,
        edition,
        id: given(&id),
        stage: Stage::ALL.iter().map(|known| known.name()).find(|known| *known == stage)?,
        pages: (n(&done)?, n(&pages)?),
        counts: Counts { errors: n(&errors)?, warnings: n(&warnings)?, missing: n(&missing)?, hints: n(&hints)? },
        published,
        saved: None,
        clocks: Clock::both_of_parts([(&y_key, &y_days, y_words), (&r_key, &r_days, r_words)])?,
        read_only: given(&read_only),
    };
    Some((content, summary))
}

/// `None` and an empty text are two.
fn optional(text: Option<&str>) -> String {
    text.map(|text| format!("={text}")).unwrap_or_default()
}

fn given(text: &str) -> Option<String> {
    text.strip_prefix('=').map(str::to_owned)
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(c) = signs.next() {
        match (c, c == '\\') {
            (_, true) => plain.push(match signs.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                Some(other) => other,
                None => '\\',
            }),
            (c, false) => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::disallowed_methods)]
    use super::*;

    #[test]
    fn fields_are_kept_as_they_are() {
        for text in ["", "一", "a\\tb", "タブ\tと\n改行\r\\", "\\"] {
            assert_eq!(unescaped(&escaped(text)), text);
            assert!(!escaped(text).contains(['\t', '\n', '\r']));
        }
        assert_eq!((given(&optional(None)), given(&optional(Some("")))), (None, Some(String::new())));
    }

    #[test]
    fn a_damaged_line_is_forgotten() {
        for line in ["", "ab", "\t\t", &"x\t".repeat(23)] {
            assert!(read(line).is_none(), "{line}");
        }
    }

    #[test]
    fn two_lists_keep_what_each_of_them_saw() {
        let folder = tempfile::tempdir().unwrap();
        let folders = DataFolders::within(folder.path());
        let caches = [CatalogCache::open(&folders, None), CatalogCache::open(&folders, None)];
        for (cache, sample) in caches.iter().zip(["aomine-juminzei", "aomine-kaigo-draft"]) {
            crate::workspace::catalog::look(Path::new(&format!("samples/{sample}.ron")), None, cache);
            cache.save();
        }
        assert_eq!(CatalogCache::open(&folders, None).known.lock().unwrap().summaries.len(), 2);
    }

    #[test]
    fn what_is_kept_is_for_this_day_alone() {
        let folder = tempfile::tempdir().unwrap();
        let folders = DataFolders::within(folder.path());
        let day = |text: &str| Date::from_iso(text);
        let seen = folder.path().join("甲.ron");
        std::fs::copy("samples/aomine-juminzei.ron", &seen).unwrap();
        let look = |cache: &CatalogCache, day| crate::workspace::catalog::look(&seen, day, cache);
        let cache = CatalogCache::open(&folders, day("2026-11-28"));
        let first = format!("{:?}", look(&cache, day("2026-11-28")));
        cache.save();
        let again = CatalogCache::open(&folders, day("2026-11-28"));
        assert_eq!(again.known.lock().unwrap().summaries.len(), 1);
        assert_eq!(format!("{:?}", look(&again, day("2026-11-28"))), first, "as it was seen");
        assert_eq!(CatalogCache::open(&folders, day("2026-11-29")).known.lock().unwrap().summaries.len(), 0);
        // Another content is another document.
        let text = std::fs::read_to_string(&seen).unwrap();
        std::fs::write(&seen, text.replace("財務部税務課", "財務部市税課")).unwrap();
        assert!(format!("{:?}", look(&again, day("2026-11-28"))).contains("市税課"));
        std::fs::write(folder.path().join(FILE), "\u{0}壊れた").unwrap();
        assert_eq!(CatalogCache::open(&folders, None).known.lock().unwrap().summaries.len(), 0);
    }
}
