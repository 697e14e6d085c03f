//! The script of a form: every label that is printed on it, in the order of the paper, with what it opens.
//!
//! Nothing here is written by hand: labels, titles, options and heads come out of the form's own data.

use std::collections::{BTreeMap, BTreeSet};

use super::key::{key, renumbered, without_colon};
use crate::exchange::sheets::ABOUT;
use crate::form::{Form, Item, Kind, LabelLayout, Section};

/// One label of the form.
#[derive(Clone, Debug)]
pub(super) struct Label<'f> {
    /// What it opens.
    pub opens: Opens<'f>,
    /// The section it stands in.
    pub section: &'f Section,
    /// The numbered heading it stands below: the place of that label in the script.
    pub heading: usize,
    /// The repeat it stands in, or whose entries it opens.
    pub repeat: Option<&'f Item>,
}

/// What a label opens.
#[derive(Clone, Copy, Debug)]
pub(super) enum Opens<'f> {
    /// A section.
    Section,
    /// A heading without an answer of its own.
    Heading(&'f Item),
    /// An item.
    Item(&'f Item),
    /// The next entry of a repeat; the words carry its number.
    Entry(&'f Item),
}

impl Label<'_> {
    /// Whether these words are those of boxes that stand in the row of the heading.
    pub fn has_box_of(&self, key_of_rest: &str) -> bool {
        let Opens::Heading(item) = self.opens else { return false };
        let in_heading = item.inner().iter().filter(|inner| inner.layout == LabelLayout::InHeading);
        in_heading.map(|inner| key(&inner.label)).any(|label| !label.is_empty() && key_of_rest.contains(&label))
    }
}

/// All labels of a form.
#[derive(Debug)]
pub(super) struct Script<'f> {
    pub form: &'f Form,
    pub labels: Vec<Label<'f>>,
    /// Key → labels that read so, in order.
    pub by_key: BTreeMap<String, Vec<usize>>,
    /// What entries of repeats are called, before and behind their number.
    entries: Vec<(String, String, usize)>,
    /// Words that are printed on the form and open nothing.
    pub printed: BTreeSet<String>,
    /// Of these the rows that stand between entries: 委託事項2～5.
    pub paging: BTreeSet<String>,
    /// The lines of 項目一覧.
    pub contents: BTreeSet<String>,
}

impl<'f> Script<'f> {
    /// The script of a form.
    pub fn of(form: &'f Form) -> Self {
        let mut script = Self {
            form,
            labels: Vec::new(),
            by_key: BTreeMap::new(),
            entries: Vec::new(),
            printed: printed(form),
            paging: keys(form.items().flat_map(paging)),
            contents: keys(form.sections.iter().flat_map(|section| &section.static_lines)),
        };
        for section in sections_on_paper(form) {
            script.section(section);
        }
        script
    }

    fn section(&mut self, section: &'f Section) {
        let here = self.labels.len();
        let label = Label { opens: Opens::Section, section, heading: here, repeat: None };
        let stars = format!("{}{}", section.title, section.star_except_printed);
        // Many leave out what stands behind ※ in a title.
        let (bare, _) = section.title.split_once('※').unwrap_or((&section.title, ""));
        self.add(label, [section.title.clone(), stars, bare.to_owned()]);
        for item in &section.items {
            self.item(item, section, here, None);
        }
    }

    fn item(&mut self, item: &'f Item, section: &'f Section, heading: usize, repeat: Option<&'f Item>) {
        let here = self.labels.len();
        let is_heading = matches!(item.layout, LabelLayout::Heading | LabelLayout::Risk) || item.number.ends_with('．');
        let mut heading = heading;
        let words = words(item);
        let mut label = Label { opens: Opens::Item(item), section, heading, repeat };
        let title_item = repeat.and_then(|repeat| match &repeat.kind {
            Kind::Repeat(repeat) => repeat.title_item.as_deref(),
            _ => None,
        });
        match &item.kind {
            // What is ticked in a heading row is found with the heading; the name of an entry with its title.
            Kind::Check if item.layout == LabelLayout::InHeading => {}
            _ if item.in_cell.is_some() || title_item == Some(&item.id) => {}
            Kind::Group { .. } => {
                label.opens = Opens::Heading(item);
                label.heading = if is_heading { here } else { heading };
                heading = label.heading;
                self.add(label, words);
            }
            Kind::Repeat(found) => {
                if item.layout == LabelLayout::Heading {
                    label.opens = Opens::Heading(item);
                    label.heading = here;
                    heading = here;
                    self.add(label.clone(), words);
                }
                label.heading = heading;
                label.opens = Opens::Entry(item);
                label.repeat = Some(item);
                let (before, behind) = found.instance_title.split_once("{n}").unwrap_or((&found.instance_title, ""));
                self.entries.push((key(before), key(behind), self.labels.len()));
                self.labels.push(label);
            }
            _ => {
                label.heading = if is_heading { here } else { heading };
                heading = label.heading;
                self.add(label, words);
            }
        }
        let repeat = if matches!(item.kind, Kind::Repeat(_)) { Some(item) } else { repeat };
        for inner in item.inner() {
            self.item(inner, section, heading, repeat);
        }
    }

    fn add(&mut self, label: Label<'f>, words: impl IntoIterator<Item = String>) {
        let keys: BTreeSet<String> = words.into_iter().map(|words| key(&words)).filter(|key| !key.is_empty()).collect();
        if keys.is_empty() {
            return;
        }
        for key in keys {
            self.by_key.entry(key).or_default().push(self.labels.len());
        }
        self.labels.push(label);
    }

    /// The entry of a repeat that these words open, with its number from 1.
    pub fn entry(&self, key: &str) -> Vec<(usize, usize)> {
        let key = without_colon(key);
        let mut found = Vec::new();
        for (before, behind, label) in &self.entries {
            let number = key.strip_prefix(before.as_str()).and_then(|rest| rest.strip_suffix(behind.as_str()));
            let is_number =
                |text: &&str| !text.is_empty() && text.len() <= 3 && text.chars().all(|c| c.is_ascii_digit());
            let number = number.map(|number| {
                let inside = number.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
                inside.unwrap_or(number)
            });
            if let Some(number) = number.filter(is_number).and_then(|number| number.parse().ok()) {
                found.push((*label, number));
            }
        }
        found
    }

    /// The labels that read so, however their number is written and whether ： stands behind them.
    pub fn reads(&self, key: &str) -> &[usize] {
        let of = |key: &str| self.by_key.get(key).map(Vec::as_slice);
        of(key).or_else(|| of(&renumbered(key)?)).unwrap_or_default()
    }

    /// Whether these words begin a label and are none themselves.
    pub fn begins(&self, key: &str) -> bool {
        self.begins_so(key) || renumbered(key).is_some_and(|key| self.begins_so(&key))
    }

    fn begins_so(&self, key: &str) -> bool {
        let next = self.by_key.range(key.to_owned()..).find(|(longer, _)| longer.as_str() != key);
        !key.is_empty() && next.is_some_and(|(longer, _)| longer.starts_with(key))
    }
}

/// What the label of an item may read.
fn words(item: &Item) -> Vec<String> {
    let label = if item.label.is_empty() { item.label_lines.concat() } else { item.label.clone() };
    if label.is_empty() { Vec::new() } else { vec![format!("{}{label}", item.number)] }
}

/// The sections in the order of the paper.
fn sections_on_paper(form: &Form) -> Vec<&Section> {
    let per_file = &form.assembly.per_file_sections;
    let order = form.assembly.order.iter();
    let ids = order.flat_map(|id| if id == "per_file" { per_file.as_slice() } else { std::slice::from_ref(id) });
    ids.filter_map(|id| form.section(id)).filter(|section| !section.is_attachments()).collect()
}

/// Words that are printed on every copy of the form and open nothing.
fn printed(form: &Form) -> BTreeSet<String> {
    let mut words: Vec<String> = vec![
        form.title.clone(),
        form.short_title.clone(),
        form.signs.choice_list_title.clone(),
        form.mark.clone().unwrap_or_default(),
    ];
    // What our own books say of themselves.
    words.extend(ABOUT.map(str::to_owned));
    for section in form.sections.iter().filter(|section| !section.is_attachments()) {
        words.extend(section.static_lines.iter().cloned());
        words.push(section.title.clone());
        words.push(section.star_except_printed.clone());
    }
    for item in form.items() {
        words.extend([item.suffix.clone(), item.footnote.clone(), item.fixed.clone().unwrap_or_default()]);
        words.extend(item.columns().iter().map(|column| column.label.clone()));
        words.extend(paging(item).iter().cloned());
        if let Kind::Checks { groups, .. } = &item.kind {
            words.extend(groups.iter().map(|group| group.label.clone()));
        }
    }
    keys(&words)
}

/// The rows that stand between the entries of a repeat.
fn paging(item: &Item) -> &[String] {
    match &item.kind {
        Kind::Repeat(repeat) => &repeat.paging_headings,
        _ => &[],
    }
}

fn keys<'w>(words: impl IntoIterator<Item = &'w String>) -> BTreeSet<String> {
    words.into_iter().map(|words| key(words)).filter(|key| !key.is_empty()).collect()
}

/// Options of a choice or words beside boxes, all of a form: what a sheet may be recognised by.
pub(super) fn offered(form: &Form) -> BTreeSet<String> {
    let options = form.items().flat_map(|item| item.options().iter().map(|option| key(&option.label)));
    let boxes = form.items().flat_map(|item| item.boxes().map(|one| key(&one.label)));
    options.chain(boxes).collect()
}
