//! Sheets that are put aside as a whole, before anything is placed: the 記載要領 that was left in the book, the sheets of
//! another form, and sheets that are there a second time, older or never filled in.
//!
//! Nothing of them is dropped: each is left over as one text, with why. A sheet is put aside only where the rest of the
//! book holds what it holds. Pages and lines are no sheets.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::key::key;
use super::receipt::{LeftOver, Why};
use super::script::{Opens, Script};
use super::walk::{Found, Walk};
use super::zones::Zones;
use crate::exchange::boxes::{ForeignSource, TextBox, Visibility};
use crate::form::shipped::ShippedError;
use crate::form::{Derived, Form, Kind, shipped};

/// The sheets that were put aside.
#[derive(Debug, Default)]
pub(super) struct Aside {
    sheets: BTreeMap<usize, Why>,
}

impl Aside {
    /// Whether a sheet was put aside.
    pub fn has(&self, sheet: usize) -> bool {
        self.sheets.contains_key(&sheet)
    }

    /// What can be told before the form is known: the 記載要領, and the sheets of another form.
    pub fn of(source: &ForeignSource) -> Result<Self, ShippedError> {
        let mut aside = Self::default();
        if source.is_pages || source.is_lines {
            return Ok(aside);
        }
        let editions = shipped::editions()?;
        let forms: Result<Vec<&Form>, _> =
            editions.iter().map(|edition| shipped::find(&edition.form, &edition.revision)).collect();
        let forms = forms?;
        let keys = keys_of_sheets(source);
        aside.guides(source, &forms, &keys);
        aside.other_forms(source, &forms, &keys);
        Ok(aside)
    }

    /// The document without what was put aside; its texts keep their places, but are empty.
    pub fn without<'s>(&self, source: &'s ForeignSource) -> Cow<'s, ForeignSource> {
        if self.sheets.is_empty() {
            return Cow::Borrowed(source);
        }
        let mut kept = source.clone();
        for one in kept.boxes.iter_mut().filter(|one| self.has(one.sheet)) {
            one.text.clear();
        }
        for (_, known) in kept.sheets.iter_mut().enumerate().filter(|(sheet, _)| self.has(*sheet)) {
            known.sight = Visibility::Hidden;
        }
        Cow::Owned(kept)
    }

    /// Each sheet as a text that is left over.
    pub fn left(&self, source: &ForeignSource) -> Vec<(usize, LeftOver)> {
        let left = |(sheet, why): (&usize, &Why)| {
            let (name, text) = (source.sheets[*sheet].name.clone(), text_of(source, *sheet));
            (*sheet, LeftOver { sheet: name, cell: String::new(), why: *why, text })
        };
        self.sheets.iter().map(left).collect()
    }

    /// Sheets that say themselves that they tell how the form is filled in, unless the form is nowhere else.
    fn guides(&mut self, source: &ForeignSource, forms: &[&Form], keys: &[Vec<String>]) {
        let is_guide = |sheet: &usize| {
            let known = &source.sheets[*sheet];
            known.sight == Visibility::Shown && (is_guide_name(&known.name) || has_guide_title(source, *sheet))
        };
        let guides: BTreeSet<usize> = (0..source.sheets.len()).filter(is_guide).collect();
        if guides.is_empty() {
            return;
        }
        let is_rest = |sheet: usize| !guides.contains(&sheet) && source.sheets[sheet].sight == Visibility::Shown;
        let rest: BTreeSet<&String> =
            keys.iter().enumerate().filter(|(sheet, _)| is_rest(*sheet)).flat_map(|(_, keys)| keys).collect();
        let words: BTreeSet<String> = forms.iter().flat_map(|form| Script::of(form).by_key.into_keys()).collect();
        for sheet in guides {
            let labels = || keys[sheet].iter().filter(|key| words.contains(*key));
            let n_labels = labels().count();
            let n_missing = labels().filter(|label| !rest.contains(label)).count();
            if n_missing * 10 <= n_labels {
                self.sheets.insert(sheet, Why::Guide);
            }
        }
    }

    /// Where covers of two forms are there, the sheets that follow the cover with fewer of them.
    fn other_forms(&mut self, source: &ForeignSource, forms: &[&Form], keys: &[Vec<String>]) {
        let titles: BTreeMap<String, &str> = forms
            .iter()
            .filter_map(|form| Some((key(&form.sections.first()?.title), form.id.as_str())))
            .filter(|(title, _)| !title.is_empty())
            .collect();
        let mut runs: Vec<(&str, Vec<usize>)> = Vec::new();
        for (sheet, known) in source.sheets.iter().enumerate() {
            if self.has(sheet) || known.sight == Visibility::Hidden || keys[sheet].is_empty() {
                continue;
            }
            let covers: BTreeSet<&str> = keys[sheet].iter().filter_map(|key| titles.get(key).copied()).collect();
            let form = (covers.len() == 1).then(|| covers.first().copied()).flatten();
            match (form, runs.last_mut()) {
                (Some(form), Some((open, sheets))) if *open == form => sheets.push(sheet),
                (Some(form), _) => runs.push((form, vec![sheet])),
                (None, Some((_, sheets))) => sheets.push(sheet),
                (None, None) => {}
            }
        }
        let mut sheets_of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        runs.into_iter().for_each(|(form, sheets)| sheets_of.entry(form).or_default().extend(sheets));
        let n_texts = |sheets: &[usize]| sheets.iter().map(|sheet| keys[*sheet].len()).sum::<usize>();
        let Some(most) = sheets_of.values().map(|sheets| (sheets.len(), n_texts(sheets))).max() else { return };
        let mut is_taken = false;
        for sheets in sheets_of.into_values() {
            if !is_taken && (sheets.len(), n_texts(&sheets)) == most {
                is_taken = true;
            } else {
                self.sheets.extend(sheets.into_iter().map(|sheet| (sheet, Why::OtherForm)));
            }
        }
    }

    /// Sheets all of whose sections stand on other sheets too: the older and the emptier are put aside.
    pub fn copies(&mut self, walk: &Walk<'_, '_>) -> bool {
        let (source, effort) = (walk.source, walk.effort);
        if source.is_pages || source.is_lines || source.is_document || !stands_twice(walk) {
            return false;
        }
        let parts = parts(walk, &Zones::of(walk));
        let lacking = lacking(parts.values().flatten());
        let n_before = self.sheets.len();
        for (sheet, own) in &parts {
            let others = || parts.iter().filter(|(other, _)| *other != sheet).flat_map(|(_, others)| others);
            let is_elsewhere = |part: &Part<'_>| {
                others().any(|other| {
                    effort.spend(1);
                    let is_of_other_file =
                        || lacking.contains(part.section) && part.says_other_than(other) && part.is_current(source);
                    let is_better =
                        || part.is_same_as(other) && !is_of_other_file() && other.rank(source) > part.rank(source);
                    if part.is_large() { is_better() } else { part.section == other.section }
                })
            };
            if own.iter().any(Part::is_large) && own.iter().all(is_elsewhere) {
                self.sheets.insert(*sheet, Why::Copy);
            }
        }
        self.sheets.len() > n_before
    }
}

/// Whether a section stands on several sheets.
fn stands_twice(walk: &Walk<'_, '_>) -> bool {
    let on_sheets: BTreeSet<(&str, usize)> =
        walk.found.iter().map(|found| (walk.label_of(found).section.id.as_str(), found.sheet)).collect();
    let sections: BTreeSet<&str> = on_sheets.iter().map(|(section, _)| *section).collect();
    sections.len() < on_sheets.len()
}

/// A section as it stands on one sheet.
#[derive(Debug, Default)]
struct Part<'f> {
    sheet: usize,
    section: &'f str,
    is_per_file: bool,
    has_title: bool,
    /// The labels of it that stand there, those of entries aside.
    labels: BTreeSet<usize>,
    /// The name of the file, where one stands there.
    name: String,
    /// Characters of its answers.
    n_chars: usize,
    /// What its author wrote.
    texts: BTreeSet<&'f str>,
}

/// The sections that stand as often as there are files, while one of the files is named nowhere in them: a name was not
/// changed there when the sheet was copied.
fn lacking<'f>(parts: impl Iterator<Item = &'f Part<'f>>) -> BTreeSet<&'f str> {
    let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let is_named = |part: &&Part<'_>| part.is_per_file && part.has_title && !part.name.is_empty();
    parts.filter(is_named).for_each(|part| names.entry(part.section).or_default().push(&part.name));
    let n_files = names.values().flatten().collect::<BTreeSet<_>>().len();
    let is_lacking = |names: &Vec<&str>| {
        (2..=n_files).contains(&names.len()) && names.iter().collect::<BTreeSet<_>>().len() < names.len()
    };
    names.iter().filter(|(_, names)| is_lacking(names)).map(|(section, _)| *section).collect()
}

impl Part<'_> {
    /// Whether its labels tell what it is. A table, a list or a figure may go on on any number of sheets, each with its title.
    fn is_large(&self) -> bool {
        const FEWEST_LABELS: usize = 3;
        self.labels.len() >= FEWEST_LABELS
    }

    /// Whether both are the same part of a document: of a section that stands once per file, also of the same file.
    fn is_same_as(&self, other: &Self) -> bool {
        let n_same = self.labels.intersection(&other.labels).count();
        let is_empty = self.n_chars == 0;
        self.section == other.section
            && self.has_title
            && other.has_title
            && n_same * 2 > self.labels.len()
            && (!self.is_per_file || is_empty || !self.name.is_empty() && self.name == other.name)
    }

    /// Whether a good part of what is written in the one is not in the other. An older copy differs in a few places.
    fn says_other_than(&self, other: &Self) -> bool {
        let n_same = self.texts.intersection(&other.texts).count();
        n_same * 4 < self.texts.len().min(other.texts.len()) * 3
    }

    /// Whether the name of its sheet does not call it old.
    fn is_current(&self, source: &ForeignSource) -> bool {
        age(&source.sheets[self.sheet].name).0
    }

    /// What makes one the newer of two: something stands there, the name of its sheet does not say that it is old; then how
    /// much stands there, and which comes first.
    fn rank(&self, source: &ForeignSource) -> (bool, bool, u32, usize, std::cmp::Reverse<usize>) {
        let (is_current, year) = age(&source.sheets[self.sheet].name);
        (self.n_chars > 0, is_current, year, self.n_chars, std::cmp::Reverse(self.sheet))
    }
}

/// What the name of a sheet says of its age: whether it is called old, and its year.
fn age(name: &str) -> (bool, u32) {
    const OLD: &[&str] = &[
        "旧",
        "前回",
        "前年",
        "昨年",
        "原本",
        "控",
        "バックアップ",
        "コピー",
        "old",
        "bak",
        "ひな形",
        "雛形",
        "様式のみ",
    ];
    let name = key(name).to_lowercase();
    let is_old = OLD.iter().any(|word| name.contains(word));
    let of_era = |sign: &str, first: u32| {
        let rest = &name[name.find(sign)? + sign.len()..];
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let is_year = (1..=2).contains(&digits.len());
        digits.parse::<u32>().ok().filter(|_| is_year).map(|year| first + year)
    };
    let western = || {
        let starts = name.char_indices().filter(|(at, _)| name[*at..].starts_with("20"));
        starts.filter_map(|(at, _)| name.get(at..at + 4)?.parse().ok()).next()
    };
    let year = of_era("令和", 2018).or_else(|| of_era("平成", 1988)).or_else(western);
    let year = year.or_else(|| of_era("r", 2018)).or_else(|| of_era("h", 1988));
    // A sheet without a year is this year's.
    (!is_old, year.unwrap_or(u32::MAX))
}

/// The sections on each sheet.
fn parts<'w>(walk: &'w Walk<'_, '_>, zones: &Zones) -> BTreeMap<usize, Vec<Part<'w>>> {
    let mut parts: BTreeMap<usize, Vec<Part<'w>>> = BTreeMap::new();
    for (at, found) in walk.found.iter().enumerate() {
        let label = walk.label_of(found);
        let on_sheet = parts.entry(found.sheet).or_default();
        let is_open = on_sheet.last().is_some_and(|last| last.section == label.section.id);
        let is_title = matches!(label.opens, Opens::Section);
        if !is_open || is_title {
            let (section, is_per_file) = (label.section.id.as_str(), label.section.per_file);
            on_sheet.push(Part { sheet: found.sheet, section, is_per_file, has_title: is_title, ..Part::default() });
        }
        let Some(part) = on_sheet.last_mut() else { continue };
        if label.repeat.is_none() {
            part.labels.insert(found.label);
        }
        let boxes = zones.of_found.get(&at).map_or(&[][..], Vec::as_slice);
        if is_written(walk, found) {
            part.texts.extend(boxes.iter().map(|one| walk.keys[*one].as_str()));
            part.n_chars += boxes.iter().map(|one| walk.keys[*one].chars().count()).sum::<usize>();
        }
        if matches!(label.opens, Opens::Item(item) if item.derived == Some(Derived::FileName)) {
            part.name = boxes.iter().map(|one| walk.keys[*one].as_str()).collect();
        }
    }
    parts
}

/// Whether the author writes in the place of a label, and does not choose.
fn is_written(walk: &Walk<'_, '_>, found: &Found) -> bool {
    match walk.label_of(found).opens {
        Opens::Item(item) => {
            let is_text = matches!(
                item.kind,
                Kind::TextLine | Kind::TextBlock | Kind::Date { .. } | Kind::Records | Kind::Figure
            );
            is_text && item.fixed.is_none()
        }
        Opens::Section => true,
        Opens::Heading(_) | Opens::Entry(_) => false,
    }
}

/// The keys of what stands on each sheet.
fn keys_of_sheets(source: &ForeignSource) -> Vec<Vec<String>> {
    let mut keys: Vec<Vec<String>> = vec![Vec::new(); source.sheets.len()];
    for one in source.boxes.iter().filter(|one| one.is_cell() && !one.text.trim().is_empty()) {
        if let Some(of_sheet) = keys.get_mut(one.sheet) {
            of_sheet.push(key(&one.text));
        }
    }
    keys
}

/// What sheets are called that tell how the form is filled in.
const GUIDES: &[&str] =
    &["記載要領", "記入要領", "記載例", "記入例", "作成例", "手引", "手引き", "記載方法", "記入方法"];

fn is_guide_name(name: &str) -> bool {
    let name = key(name);
    GUIDES.iter().any(|word| name.contains(word))
}

/// Whether the first words of a sheet are such a title: they end with it, 「…記載要領（重点項目評価書）」 too.
fn has_guide_title(source: &ForeignSource, sheet: usize) -> bool {
    const LONGEST: usize = 40;
    let cells = source.boxes.iter().filter(|one| one.sheet == sheet && one.is_cell() && !one.text.trim().is_empty());
    let place = |one: &&TextBox| (one.area.top, one.area.left);
    let first = cells.min_by(|a, b| place(a).0.total_cmp(&place(b).0).then(place(a).1.total_cmp(&place(b).1)));
    first.is_some_and(|one| {
        let title = key(&one.text);
        let bare = title.trim_matches(['【', '】', '<', '>', '[', ']', '〔', '〕', '■', '○', '●', '(', ')']);
        let before = bare.rsplit_once('(').map_or(bare, |(before, _)| before);
        let is_named = GUIDES.iter().any(|word| bare.ends_with(word) || before.ends_with(word));
        is_named && title.chars().count() <= LONGEST
    })
}

/// What stands on a sheet, row by row.
fn text_of(source: &ForeignSource, sheet: usize) -> String {
    let mut boxes: Vec<&TextBox> = source.written_on(sheet).map(|one| &source.boxes[one]).collect();
    boxes.sort_by(|a, b| a.area.top.total_cmp(&b.area.top).then(a.area.left.total_cmp(&b.area.left)));
    let mut text = String::new();
    let mut row = None;
    for one in boxes {
        if !text.is_empty() {
            text.push_str(if row == Some(one.area.top) { "　" } else { "\n" });
        }
        row = Some(one.area.top);
        text.push_str(one.text.trim());
    }
    text
}
