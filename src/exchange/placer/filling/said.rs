//! What an item says, in a shape in which two documents can be compared.

use std::collections::{BTreeMap, BTreeSet};

use crate::draft::{Answer, Boxes, ChangeRow, Document, Scope, walk};
use crate::form::{Facts, FieldPath, Form, Item, Kind, Section};

/// What an item says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Nothing,
    Text(String),
    /// An option or a count.
    Number(u32),
    /// A single box that is on.
    On,
    Ticks(Ticks),
}

/// What boxes say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ticks {
    pub marked: BTreeSet<String>,
    pub texts: BTreeMap<String, String>,
    pub counts: BTreeMap<String, u32>,
}

impl Ticks {
    /// Every box that says anything.
    pub fn keys(&self) -> BTreeSet<&str> {
        let keys = self.marked.iter().chain(self.texts.keys()).chain(self.counts.keys());
        keys.map(String::as_str).collect()
    }

    /// What stands in the parentheses of a box.
    pub fn words(&self, key: &str) -> String {
        let count = || self.counts.get(key).map(u32::to_string);
        self.texts.get(key).cloned().or_else(count).unwrap_or_default()
    }
}

impl Said {
    /// What is written.
    pub fn words(&self) -> String {
        match self {
            Said::Text(text) => text.clone(),
            Said::Number(n) => n.to_string(),
            Said::Nothing | Said::On | Said::Ticks(_) => String::new(),
        }
    }
}

/// What an item says, what the program fills in by itself included.
pub(super) fn said(scope: Scope<'_>, item: &Item) -> Said {
    match &item.kind {
        Kind::Choice { .. } | Kind::Count => {
            let number = Facts::number(&scope, &item.id).and_then(|number| u32::try_from(number).ok());
            number.map_or(Said::Nothing, Said::Number)
        }
        // A pre-printed answer is the form's.
        _ if item.fixed.is_some() => Said::Nothing,
        Kind::TextLine | Kind::TextBlock | Kind::Date { .. } | Kind::Records => text(&scope.text(&item.id)),
        Kind::Checks { .. } => {
            let mut said = scope.answer(&item.id).map_or(Said::Nothing, of_answer);
            if let (Said::Ticks(ticks), Some(Answer::Checks(boxes))) = (&mut said, scope.answer(&item.id)) {
                derived_counts(scope, item, boxes, ticks);
            }
            said
        }
        _ => scope.answer(&item.id).map_or(Said::Nothing, of_answer),
    }
}

/// Counts that the form prints where the author wrote none.
fn derived_counts(scope: Scope<'_>, item: &Item, boxes: &Boxes, ticks: &mut Ticks) {
    for option in item.boxes().filter(|option| boxes.is_on(&option.key) && !boxes.counts.contains_key(&option.key)) {
        let number = option.count_of.as_ref().and_then(|_| Facts::counted(&scope, &item.id, &option.key));
        if let Some(number) = number.and_then(|number| u32::try_from(number).ok()) {
            ticks.counts.insert(option.key.clone(), number);
        }
    }
}

/// What an answer says.
pub(super) fn of_answer(answer: &Answer) -> Said {
    match answer {
        Answer::Text(words) => text(words),
        Answer::Choice(Some(n)) | Answer::Count(Some(n)) => Said::Number(*n),
        Answer::Check(true) => Said::On,
        Answer::Checks(boxes) => {
            let texts = boxes.texts.iter().map(|(key, text)| (key.clone(), text.trim().to_owned()));
            let ticks = Ticks {
                marked: boxes.marked.iter().cloned().collect(),
                texts: texts.filter(|(_, text)| !text.is_empty()).collect(),
                counts: boxes.counts.iter().filter_map(|(key, n)| Some((key.clone(), (*n)?))).collect(),
            };
            if ticks.keys().is_empty() { Said::Nothing } else { Said::Ticks(ticks) }
        }
        Answer::Figure(figure) => {
            let words: Vec<&str> = [&figure.caption, &figure.note].into_iter().flatten().map(String::as_str).collect();
            text(&words.join("\n"))
        }
        _ => Said::Nothing,
    }
}

/// A text without what no cell keeps at its ends.
fn text(words: &str) -> Said {
    let words = trimmed(words);
    if words.trim().is_empty() { Said::Nothing } else { Said::Text(words.to_owned()) }
}

pub(super) fn trimmed(words: &str) -> &str {
    words.trim_end().trim_start_matches(['\n', '\r', ' ', '\t'])
}

/// Every item of a document with what it says; what the form does not have is passed over.
pub(super) fn each_item(form: &Form, document: &Document, tell: &mut dyn FnMut(&FieldPath, &Said)) {
    let scope = Scope::document(form, document);
    for section in form.sections.iter().filter(|section| !section.is_attachments()) {
        let scopes: Vec<Scope<'_>> = match section.per_file {
            true => (0..document.files.len()).map(|file| scope.file(file)).collect(),
            false => vec![scope],
        };
        for scope in scopes {
            section.items.iter().for_each(|item| of_item(scope, item, tell));
        }
    }
}

fn of_item(scope: Scope<'_>, item: &Item, tell: &mut dyn FnMut(&FieldPath, &Said)) {
    match &item.kind {
        Kind::Group { items } => items.iter().for_each(|inner| of_item(scope, inner, tell)),
        Kind::Repeat(repeat) => {
            for entry in 0..scope.entries(&item.id).len() {
                let scope = scope.entry(&item.id, entry);
                repeat.items.iter().for_each(|inner| of_item(scope, inner, tell));
            }
        }
        Kind::Table { .. } | Kind::FreeTable => {}
        _ => tell(&scope.path(&item.id), &said(scope, item)),
    }
}

/// Answers that are written nowhere: of items that the form does not have in that place, or in a shape that the item has not.
pub fn left_out(form: &Form, document: &Document) -> Vec<FieldPath> {
    let mut written: BTreeSet<FieldPath> = BTreeSet::new();
    each_item(form, document, &mut |at, said| {
        if *said != Said::Nothing {
            written.insert(at.clone());
        }
    });
    let mut left_out = Vec::new();
    walk::answers(document, &mut |at, answer| {
        // Pictures and attachments are told of by their kind; entries one by one.
        let is_told = match answer {
            Answer::Figure(_) | Answer::Repeat(_) => true,
            _ => form.section_of(&at.path().item).is_some_and(Section::is_attachments),
        };
        let fixed = form.item(&at.path().item).and_then(|item| item.fixed.as_deref());
        let is_printed = fixed.is_some_and(|fixed| answer.as_text().is_some_and(|text| text.trim() == fixed.trim()));
        let is_said = is_printed
            || answer.is_empty()
            || of_answer(answer) == Said::Nothing && !matches!(answer, Answer::Foreign(_));
        if !is_told && !is_said && !written.contains(&at.path()) {
            left_out.push(at.path());
        }
    });
    left_out
}

/// The items in which two documents do not say the same, and the rows of their change tables.
pub fn differences(form: &Form, one: &Document, other: &Document) -> Vec<FieldPath> {
    let all = |document: &Document| {
        let mut all: BTreeMap<FieldPath, Said> = BTreeMap::new();
        each_item(form, document, &mut |at, said| {
            if *said != Said::Nothing {
                all.insert(at.clone(), said.clone());
            }
        });
        all
    };
    let (of_one, of_other) = (all(one), all(other));
    let at_both: BTreeSet<&FieldPath> = of_one.keys().chain(of_other.keys()).collect();
    let is_other = |at: &&&FieldPath| of_one.get(**at) != of_other.get(**at);
    let mut found: Vec<FieldPath> = at_both.iter().filter(is_other).map(|at| (*at).clone()).collect();
    let Some((table, _)) = form.change_table() else { return found };
    for row in 0..one.rows.len().max(other.rows.len()) {
        let same = match (one.rows.get(row), other.rows.get(row)) {
            (Some(one), Some(other)) => same_row(one, other),
            _ => false,
        };
        if !same {
            found.push(FieldPath { file: None, item: table.id.clone(), entry: Some(row) });
        }
    }
    found
}

/// Whether two rows say the same.
pub(super) fn same_row(one: &ChangeRow, other: &ChangeRow) -> bool {
    ChangeRow::COLUMNS.iter().all(|column| {
        let words = |row: &ChangeRow| trimmed(row.column(column).unwrap_or_default()).to_owned();
        words(one) == words(other)
    })
}
