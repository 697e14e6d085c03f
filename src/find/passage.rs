//! Where texts stand in a draft: every text the author has written, in the order of the paper.

use std::sync::Arc;

use crate::draft::{Answer, Document, Edit, Figure, FreeTable, Part};
use crate::form::{Derived, FieldPath, FileOrder, Form, Item, Kind, Place, Section};

/// Which text of an answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextPart {
    /// The answer itself: text, records, a date.
    Answer,
    /// The （　） of the box with that key.
    Box(String),
    /// The name of the file the address is in.
    FileName,
    /// A cell of the change table.
    Column,
    /// The caption of a picture.
    Caption,
    /// The text below a picture.
    Legend,
    /// A text of a chart: which chart, and which of its texts.
    Drawn(usize, usize),
    /// The author's internal note.
    Note,
    /// The head of a column of a table.
    Head(usize),
    /// A cell of a table: row and column.
    Cell(usize, usize),
}

/// The address of one text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextSpot {
    /// The answer.
    pub path: FieldPath,
    /// Which text of it.
    pub part: TextPart,
}

/// One text and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage<'a> {
    /// Where.
    pub spot: TextSpot,
    /// The text.
    pub text: &'a str,
}

/// Stands in `assembly.order` for all sections that are repeated for each file.
const PER_FILE: &str = "per_file";

/// Every text the author has written, in the order of the paper; an internal note follows what it is about.
pub fn passages<'a>(form: &'a Form, document: &'a Document) -> Vec<Passage<'a>> {
    let mut walk = Walk { form, document, found: Vec::new() };
    for id in &form.assembly.order {
        if id == PER_FILE {
            walk.files();
        } else if let Some(section) = form.section(id) {
            walk.items(&section.items, &document.common, &FieldPath::default());
        }
    }
    walk.found
}

struct Walk<'a> {
    form: &'a Form,
    document: &'a Document,
    found: Vec<Passage<'a>>,
}

impl<'a> Walk<'a> {
    fn files(&mut self) {
        let form = self.form;
        let ids = &form.assembly.per_file_sections;
        let sections: Vec<&'a Section> = ids.iter().filter_map(|id| form.section(id)).collect();
        let n_files = self.document.files.len();
        match self.document.file_order.unwrap_or(form.assembly.file_order) {
            FileOrder::ByFile => {
                for file in 0..n_files {
                    sections.iter().enumerate().for_each(|(index, section)| self.file(file, index == 0, section));
                }
            }
            FileOrder::BySection => {
                for (index, section) in sections.iter().enumerate() {
                    (0..n_files).for_each(|file| self.file(file, index == 0, section));
                }
            }
        }
    }

    /// One section of one file; its name stands at the head of the first.
    fn file(&mut self, index: usize, first: bool, section: &'a Section) {
        let Some(file) = self.document.files.get(index) else { return };
        if first {
            let mut named = section.items.iter().flat_map(Item::with_inner);
            let item = named.find(|item| item.derived == Some(Derived::FileName)).or(section.items.first());
            let path = FieldPath::in_file(index, item.map_or("", |item| item.id.as_str()));
            self.add(path, TextPart::FileName, &file.name);
        }
        self.items(&section.items, &file.part, &FieldPath { file: Some(index), ..FieldPath::default() });
    }

    fn items(&mut self, items: &'a [Item], part: &'a Part, around: &FieldPath) {
        for item in items {
            let path = FieldPath { item: item.id.clone(), ..around.clone() };
            self.answer(item, part, &path);
            if let Some(note) = part.notes.get(&item.id) {
                self.add(path.clone(), TextPart::Note, note);
            }
            match &item.kind {
                Kind::Group { items } => self.items(items, part, around),
                Kind::Repeat(repeat) => {
                    let entries = part.answers.get(&item.id).and_then(Answer::as_entries).unwrap_or_default();
                    for (index, entry) in entries.iter().enumerate() {
                        self.items(&repeat.items, entry, &around.clone().entry(index));
                    }
                }
                Kind::Table { .. } => self.rows(item),
                _ => {}
            }
        }
    }

    fn answer(&mut self, item: &'a Item, part: &'a Part, path: &FieldPath) {
        match part.answers.get(&item.id) {
            Some(Answer::Text(text)) => self.add(path.clone(), TextPart::Answer, text),
            Some(Answer::Checks(boxes)) => {
                for option in item.boxes() {
                    if let Some(text) = boxes.texts.get(&option.key) {
                        self.add(path.clone(), TextPart::Box(option.key.clone()), text);
                    }
                }
            }
            Some(Answer::Figure(figure)) => {
                self.add(path.clone(), TextPart::Caption, figure.caption.as_deref().unwrap_or_default());
                self.add(path.clone(), TextPart::Legend, figure.note.as_deref().unwrap_or_default());
                for (chart, drawn) in figure.charts.iter().enumerate() {
                    for (nth, text) in drawn.texts().enumerate() {
                        self.add(path.clone(), TextPart::Drawn(chart, nth), text);
                    }
                }
            }
            Some(Answer::FreeTable(table)) => {
                for (column, head) in table.heads.iter().enumerate() {
                    self.add(path.clone(), TextPart::Head(column), head);
                }
                for (row, cells) in table.rows.iter().enumerate() {
                    for (column, cell) in cells.iter().enumerate() {
                        self.add(path.clone(), TextPart::Cell(row, column), cell);
                    }
                }
            }
            _ => {}
        }
    }

    /// The change table; what is chosen in it (提出時期) is no text.
    fn rows(&mut self, table: &'a Item) {
        let columns = table.columns();
        for (index, row) in self.document.rows.iter().enumerate() {
            for column in columns.iter().filter(|column| !matches!(column.kind, Kind::Choice { .. })) {
                let path = FieldPath::document(&column.id).entry(index);
                self.add(path, TextPart::Column, row.column(&column.id).unwrap_or_default());
            }
            if let Some(first) = columns.first() {
                self.add(FieldPath::document(&first.id).entry(index), TextPart::Note, &row.note);
            }
        }
    }

    fn add(&mut self, path: FieldPath, part: TextPart, text: &'a str) {
        if !text.is_empty() {
            self.found.push(Passage { spot: TextSpot { path, part }, text });
        }
    }
}

impl TextSpot {
    /// Whether it is an internal note, which is never printed.
    pub fn is_note(&self) -> bool {
        self.part == TextPart::Note
    }

    /// Where the text stands, as people say it with the paper in hand.
    pub fn place(&self, form: &Form, document: &Document) -> String {
        let files = if document.files.len() > 1 { document.files.as_slice() } else { &[] };
        let file = self.path.file.and_then(|index| files.get(index)).map(|file| file.name.as_str());
        let place = Place::of(form, &self.path, file).to_string();
        match &self.part {
            TextPart::Box(key) => {
                let mut boxes = form.item(&self.path.item).into_iter().flat_map(Item::boxes);
                let label = boxes.find(|option| option.key == *key).map_or(key.as_str(), |option| &option.label);
                format!("{place} {label}")
            }
            TextPart::Note => format!("{place} 内部メモ"),
            TextPart::Caption => format!("{place} 題名"),
            TextPart::Legend => format!("{place} 説明"),
            TextPart::Drawn(..) => format!("{place} 流れ図"),
            TextPart::Head(column) => format!("{place} {}列目の見出し", column + 1),
            TextPart::Cell(row, column) => format!("{place} {}行目の{}列目", row + 1, column + 1),
            TextPart::Answer | TextPart::FileName | TextPart::Column => place,
        }
    }

    /// The text that stands here now.
    pub fn text<'a>(&self, form: &Form, document: &'a Document) -> Option<&'a str> {
        match &self.part {
            TextPart::FileName => return Some(&document.files.get(self.path.file?)?.name),
            TextPart::Column => return document.rows.get(self.path.entry?)?.column(&self.path.item),
            TextPart::Note if form.item(&self.path.item).is_none() => {
                return document.rows.get(self.path.entry?).map(|row| row.note.as_str());
            }
            _ => {}
        }
        let part = part_of(form, document, &self.path)?;
        match (&self.part, part.answers.get(&self.path.item)) {
            (TextPart::Note, _) => part.notes.get(&self.path.item).map(String::as_str),
            (TextPart::Answer, Some(Answer::Text(text))) => Some(text),
            (TextPart::Box(key), Some(Answer::Checks(boxes))) => boxes.texts.get(key).map(String::as_str),
            (TextPart::Caption, Some(Answer::Figure(figure))) => figure.caption.as_deref(),
            (TextPart::Legend, Some(Answer::Figure(figure))) => figure.note.as_deref(),
            (TextPart::Drawn(chart, nth), Some(Answer::Figure(figure))) => {
                figure.charts.get(*chart)?.texts().nth(*nth).map(String::as_str)
            }
            (TextPart::Head(column), Some(Answer::FreeTable(table))) => table.heads.get(*column).map(String::as_str),
            (TextPart::Cell(row, column), Some(Answer::FreeTable(table))) => Some(table.cell(*row, *column)),
            _ => None,
        }
    }

    /// The edit that puts another text here.
    pub fn edit(&self, form: &Form, document: &Document, text: String) -> Option<Edit> {
        let at = self.path.clone();
        let some = Some(text.clone()).filter(|text| !text.is_empty());
        Some(match &self.part {
            TextPart::Answer => Edit::Answer { at, answer: Some(Answer::Text(text)) },
            TextPart::Box(key) => Edit::BoxText { at, key: key.clone(), text: Some(text) },
            TextPart::FileName => Edit::RenameFile { index: at.file?, name: text },
            TextPart::Column => Edit::Column { row: at.entry?, column: at.item, text },
            TextPart::Note => Edit::Note { at, note: some },
            TextPart::Drawn(chart, nth) => {
                let answer = part_of(form, document, &at)?.answers.get(&at.item);
                let Some(Answer::Figure(figure)) = answer else { return None };
                let mut figure: Figure = figure.clone();
                *figure.charts.get_mut(*chart)?.texts_mut().nth(*nth)? = text;
                Edit::Answer { at, answer: Some(Answer::Figure(figure)) }
            }
            TextPart::Caption | TextPart::Legend => {
                let answer = part_of(form, document, &at)?.answers.get(&at.item);
                let Some(Answer::Figure(figure)) = answer else { return None };
                let mut figure: Figure = figure.clone();
                *(if self.part == TextPart::Caption { &mut figure.caption } else { &mut figure.note }) = some;
                Edit::Answer { at, answer: Some(Answer::Figure(figure)) }
            }
            TextPart::Head(_) | TextPart::Cell(..) => {
                let answer = part_of(form, document, &at)?.answers.get(&at.item);
                let Some(Answer::FreeTable(table)) = answer else { return None };
                let mut table: FreeTable = table.clone();
                *(match self.part {
                    TextPart::Cell(row, column) => table.cell_mut(row, column)?,
                    TextPart::Head(column) => table.heads.get_mut(column)?,
                    _ => return None,
                }) = text;
                Edit::Answer { at, answer: Some(Answer::FreeTable(table)) }
            }
        })
    }
}

/// The answers that stand together with the one at the address.
fn part_of<'a>(form: &Form, document: &'a Document, path: &FieldPath) -> Option<&'a Part> {
    let part = match path.file {
        Some(file) => &document.files.get(file)?.part,
        None => &document.common,
    };
    let Some(entry) = path.entry else { return Some(part) };
    let repeat = form.repeat_of(&path.item)?;
    part.answers.get(&repeat.id)?.as_entries()?.get(entry).map(Arc::as_ref)
}
