//! The trace: which texts of a document say which items of the draft, for whoever compares the two.
//!
//! It is true of the draft as it was placed. What is asked of it is answered for the draft as it is now, as far as that
//! can be told: files are found again by their names, entries and rows as long as none was taken out.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::ledger::Ledger;
use super::script::{Label, Opens};
use crate::draft::{Document, Part, Unplaced};
use crate::exchange::boxes::ForeignSource;
use crate::form::{FieldPath, Form, Item, Kind};

/// A document from outside, with what became of each of its texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// Its texts and where they stand; a line alone is parted where its answer begins.
    pub source: ForeignSource,
    /// Box → what it says.
    items: BTreeMap<usize, Vec<FieldPath>>,
    /// Box → whose label it is.
    labels: BTreeMap<usize, FieldPath>,
    /// Item → the boxes that say it.
    boxes: BTreeMap<FieldPath, Vec<usize>>,
    /// Item → its label.
    label_of: BTreeMap<FieldPath, usize>,
    /// Box → what is left over of it; each box of a sheet that was put aside → that sheet.
    left: BTreeMap<usize, Arc<Unplaced>>,
    /// What is left over → the first box of it.
    place_of: BTreeMap<Arc<Unplaced>, usize>,
    shape: Shape,
}

/// What became of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    /// A part of an answer.
    Answer,
    /// Nothing, or not all of it: something is left over.
    Left,
    /// It is printed on every copy of the form.
    Form,
}

/// What a box is to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Answer,
    Label,
}

/// The boxes of an item.
#[derive(Clone, Debug)]
pub(super) struct Saying {
    pub at: FieldPath,
    pub boxes: Vec<usize>,
    pub role: Role,
}

/// What there was in the draft when it was placed.
#[derive(Clone, Debug, Default, PartialEq)]
struct Shape {
    /// The names of the files.
    files: Vec<String>,
    n_rows: usize,
    /// Repeat → its entries.
    n_entries: BTreeMap<FieldPath, usize>,
}

/// The item whose label this is, where it is answered.
pub(super) fn item_of<'f>(label: &Label<'f>) -> Option<&'f Item> {
    let item = match label.opens {
        Opens::Item(item) | Opens::Heading(item) => Some(item),
        Opens::Entry(repeat) => match &repeat.kind {
            Kind::Repeat(known) => known.title_item.as_deref().and_then(|id| repeat.find(id)),
            _ => None,
        },
        Opens::Section => None,
    };
    item.filter(|item| item.is_answered())
}

impl Saying {
    /// Leaves out the boxes of which nothing is in the draft.
    pub fn keep_said(&mut self, ledger: &Ledger<'_>) {
        if self.role == Role::Answer {
            self.boxes.retain(|one| ledger.is_said(*one));
        }
    }
}

impl Trace {
    pub(super) fn of(
        source: ForeignSource,
        sayings: Vec<Saying>,
        left: BTreeMap<usize, Arc<Unplaced>>,
        document: &Document,
    ) -> Self {
        let (mut items, mut labels) = (BTreeMap::<usize, Vec<FieldPath>>::new(), BTreeMap::new());
        let (mut boxes, mut label_of) = (BTreeMap::<FieldPath, Vec<usize>>::new(), BTreeMap::new());
        for Saying { at, boxes: said, role } in sayings {
            for one in said {
                match role {
                    Role::Answer => {
                        items.entry(one).or_default().push(at.clone());
                        boxes.entry(at.clone()).or_default().push(one);
                    }
                    Role::Label => {
                        labels.entry(one).or_insert_with(|| at.clone());
                        label_of.entry(at.clone()).or_insert(one);
                    }
                }
            }
        }
        let mut place_of = BTreeMap::new();
        for (one, text) in &left {
            place_of.entry(Arc::clone(text)).or_insert(*one);
        }
        Self { source, items, labels, boxes, label_of, left, place_of, shape: Shape::of(document) }
    }

    /// What became of a text.
    pub fn became(&self, one: usize) -> Became {
        match () {
            () if self.left.contains_key(&one) => Became::Left,
            () if self.items.contains_key(&one) => Became::Answer,
            () => Became::Form,
        }
    }

    /// What is left over of a text, or the sheet that is left over with it as one text.
    pub fn left_of(&self, one: usize) -> Option<&Unplaced> {
        self.left.get(&one).map(|left| &**left)
    }

    /// The same, where nothing else is left over with it.
    pub fn own_left_of(&self, one: usize) -> Option<&Unplaced> {
        let whole = &self.source.boxes.get(one)?.text;
        self.left_of(one).filter(|left| left.text.len() <= whole.len())
    }

    /// Where a text that was left over stands, or begins.
    pub fn place_of(&self, unplaced: &Unplaced) -> Option<usize> {
        self.place_of.get(unplaced).copied()
    }

    /// The items of the draft that a text says, or the one whose label it is.
    pub fn items(&self, one: usize, form: &Form, document: &Document) -> Vec<FieldPath> {
        let said = self.items.get(&one).into_iter().flatten();
        let label = self.labels.get(&one).filter(|_| !self.items.contains_key(&one));
        let mut items: Vec<FieldPath> = said.chain(label).filter_map(|at| self.shape.now(at, form, document)).collect();
        items.dedup();
        items
    }

    /// The texts that say an item of the draft; where it says nothing, its label.
    pub fn boxes(&self, at: &FieldPath, form: &Form, document: &Document) -> Vec<usize> {
        let Some(then) = self.shape.then(at, form, document) else { return Vec::new() };
        match self.boxes.get(&then).filter(|boxes| !boxes.is_empty()) {
            Some(boxes) => boxes.clone(),
            None => self.label_of.get(&then).copied().into_iter().collect(),
        }
    }
}

impl Shape {
    fn of(document: &Document) -> Self {
        let mut n_entries = BTreeMap::new();
        let parts = document.files.iter().enumerate().map(|(file, part)| (Some(file), &part.part));
        for (file, part) in [(None, &*document.common)].into_iter().chain(parts) {
            for (id, answer) in part.answers.iter() {
                if let Some(entries) = answer.as_entries() {
                    n_entries.insert(FieldPath { file, item: id.to_owned(), entry: None }, entries.len());
                }
            }
        }
        let files = document.files.iter().map(|file| file.name.clone()).collect();
        Self { files, n_rows: document.rows.len(), n_entries }
    }

    /// Where an item as it was placed stands now.
    fn now(&self, at: &FieldPath, form: &Form, document: &Document) -> Option<FieldPath> {
        let file = match at.file {
            Some(file) => Some(self.file_now(file, document)?),
            None => None,
        };
        let now = FieldPath { file, ..at.clone() };
        (form.knows(&at.item) && self.has_all(at, &now, form, document)).then_some(now)
    }

    /// Where an item stood when it was placed.
    fn then(&self, at: &FieldPath, form: &Form, document: &Document) -> Option<FieldPath> {
        let file = match at.file {
            Some(file) => Some((0..self.files.len()).find(|then| self.file_now(*then, document) == Some(file))?),
            None => None,
        };
        let then = FieldPath { file, ..at.clone() };
        self.has_all(&then, at, form, document).then_some(then)
    }

    fn file_now(&self, file: usize, document: &Document) -> Option<usize> {
        let name = self.files.get(file)?;
        let is_it = |one: usize| document.files.get(one).is_some_and(|one| one.name == *name);
        let elsewhere = || (0..document.files.len()).find(|one| is_it(*one));
        let is_renamed = document.files.len() == self.files.len();
        if is_it(file) { Some(file) } else { elsewhere().or(is_renamed.then_some(file)) }
    }

    /// Whether no entry or row was taken out where the item stands.
    fn has_all(&self, then: &FieldPath, now: &FieldPath, form: &Form, document: &Document) -> bool {
        let Some(entry) = then.entry else { return true };
        let Some(repeat) = form.repeat_of(&then.item).map(|repeat| repeat.id.as_str()) else {
            return document.rows.len() >= self.n_rows && entry < self.n_rows;
        };
        let key = FieldPath { file: then.file, item: repeat.to_owned(), entry: None };
        let n_then = self.n_entries.get(&key).copied().unwrap_or_default();
        let part: Option<&Part> = match now.file {
            Some(file) => document.files.get(file).map(|file| &file.part),
            None => Some(&document.common),
        };
        let n_now = part.and_then(|part| part.answers.get(repeat)?.as_entries()).map_or(0, <[_]>::len);
        n_now >= n_then
    }
}
