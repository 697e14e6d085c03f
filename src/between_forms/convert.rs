//! A document becomes one of another form.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::answers::Answers;
use super::mentions::Mentions;
use super::receipt::{ConvertReceipt, FalseMention, KeptAnswer, StarChange};
use super::units;
use crate::draft::walk;
use crate::draft::{Answer, Base, Document, Draft, Stage, State, plain_text};
use crate::form::shipped::{self, ShippedError};
use crate::form::{Crossing, FieldPath, Form, Item, Kind, Place};

/// The document in the other form, and what that made of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Converted {
    /// The draft, just begun, with the publication before in the same form.
    pub draft: Draft,
    /// What was carried, kept and is to be looked at.
    pub receipt: ConvertReceipt,
}

/// The edition of the form `to` for a document of that form: the one of the same name, else the newest whose mark is
/// established.
pub fn edition_of(from: &Form, to: &str) -> Result<&'static Form, ShippedError> {
    shipped::find(to, &from.revision).or_else(|_| shipped::newest_with_mark(to))
}

/// The draft as one of the form `to`; `None` where no document of its form can become that.
///
/// What the other form asks too stands at its place there. Everything else is kept under its id, is never printed, and
/// is back at its place when the document goes back. Rows of the change table stay as they are. The publication before
/// goes along, so that the same differences are seen; the id of the document, steps of a 再実施 and the hand-over do not:
/// they belong to the document that stays where it is.
pub fn convert(draft: &Draft, from: &Form, to: &Form) -> Option<Converted> {
    let answers = Answers {
        crossing: Crossing::between(&from.id, &to.id)?,
        back: Crossing::between(&to.id, &from.id)?,
        from,
        to,
    };
    let words = |form: &Form| format!("{} {}", form.short_title, form.edition_name());
    let mut receipt = ConvertReceipt { from: words(from), to: words(to), ..ConvertReceipt::default() };
    walk::answers(&draft.state.document, &mut |_, answer| {
        receipt.n_answers += usize::from(says_something(answer));
        receipt.n_chars += n_chars(answer);
    });
    let document = document(&draft.state.document, &answers, &mut receipt);
    look(&document, &answers, &mut receipt);
    receipt.n_rows = document.rows.len();
    receipt.n_new_rows = draft.published_rows(from).iter().filter(|published| !**published).count();
    let base = draft.base.as_ref().map(|base| Arc::new(self::base(base, to)));
    receipt.published_on = base.as_ref().map(|base| base.published_on.clone());
    let state = State {
        document,
        stage: Stage::Writing,
        row_style: draft.state.row_style,
        reassessment_steps: BTreeSet::new(),
    };
    Some(Converted { draft: Draft { id: None, state, base, origin: None }, receipt })
}

/// The publication before, with the items of the other form.
fn base(base: &Base, to: &Form) -> Base {
    let last = &base.state.document;
    let converted = shipped::find(&last.form, &last.edition).ok().and_then(|from| {
        let (crossing, back) = (Crossing::between(&from.id, &to.id)?, Crossing::between(&to.id, &from.id)?);
        Some(document(last, &Answers { crossing, back, from, to }, &mut ConvertReceipt::default()))
    });
    let Some(document) = converted else { return base.clone() };
    Base { state: State { document, ..base.state.clone() }, ..base.clone() }
}

fn document(document: &Document, answers: &Answers<'_>, receipt: &mut ConvertReceipt) -> Document {
    let mut document = document.clone();
    answers.to.id.clone_into(&mut document.form);
    answers.to.revision.clone_into(&mut document.edition);
    let shifted = units::shift(&mut document, answers.crossing, answers.from, answers.to);
    for row in document.rows_mut() {
        let targets = row.link.as_mut().into_iter().flat_map(|link| &mut link.targets);
        for target in targets {
            if let Some((_, there)) = shifted.moved.iter().find(|(here, _)| *here == target.item) {
                there.clone_into(&mut target.item);
                if answers.to.section_of(there).is_some_and(|section| !section.per_file) {
                    target.file = None;
                }
            }
        }
    }
    let names = |(here, there): &(String, String)| (name(answers.from, here), name(answers.to, there));
    receipt.moved = shifted.moved.iter().map(names).collect();
    receipt.stayed = shifted.stayed.iter().map(|here| name(answers.from, here)).collect();
    answers.document(&mut document, receipt);
    document
}

/// What the author is to know of the document in its new form.
fn look(document: &Document, answers: &Answers<'_>, receipt: &mut ConvertReceipt) {
    let Answers { crossing, back, from, to } = *answers;
    let mut answered: Vec<&str> = Vec::new();
    walk::answers(document, &mut |at, answer| {
        if !says_something(answer) {
            return;
        }
        let path = at.path();
        if belongs(to, &path) {
            receipt.n_carried += 1;
            answered.push(at.item);
            return;
        }
        let item = if from.item(at.item).is_some() { full_name(from, document, &path) } else { path.to_string() };
        let near = crossing.near(at.item).into_iter().map(|id| name(to, id)).collect();
        receipt.kept.push(KeptAnswer { item, n_chars: n_chars(answer), near });
    });
    answered.sort_by_key(|id| to.position_of(id).map(|position| position.order()));
    answered.dedup();
    for id in answered {
        let here = back.item(id);
        if from.item(here).is_none() {
            continue;
        }
        let (before, after) = (name(from, here), name(to, id));
        if from.is_starred(here) != to.is_starred(id) {
            receipt.stars.push(StarChange { item: after.clone(), is_starred: to.is_starred(id) });
        }
        if before != after && here == id {
            receipt.places.push((before, after));
        }
    }
    mentions(document, answers, receipt);
    receipt.new = new_items(answers);
}

/// Mentions of items and 別添 in texts that will be printed and that mean something else now.
fn mentions(document: &Document, answers: &Answers<'_>, receipt: &mut ConvertReceipt) {
    let reader = Mentions::between(answers.from, answers.to, answers.crossing);
    walk::texts(document, &mut |at, words, text| {
        let path = at.path();
        let is_printed = words.is_of_answer();
        if is_printed && at.row.is_none() && belongs(answers.to, &path) {
            let found = reader.in_text(answers.back.item(at.item), text).into_iter();
            receipt.mentions.extend(found.map(|(words, now)| {
                let item = full_name(answers.to, document, &path);
                FalseMention { item, words, now }
            }));
        }
    });
}

/// Headings of the other form with questions that this one does not ask, and how many.
fn new_items(answers: &Answers<'_>) -> Vec<(String, usize)> {
    let is_new = |item: &&Item| {
        item.is_answered()
            && !matches!(item.kind, Kind::Table { .. })
            && item.fixed.is_none()
            && answers.from.item(answers.back.item(&item.id)).is_none()
    };
    let mut headings: BTreeMap<usize, (String, usize)> = BTreeMap::new();
    for item in answers.to.items().filter(is_new) {
        let Some(position) = answers.to.position_of(&item.id) else { continue };
        let outermost = position.around().next().unwrap_or(item);
        let order = answers.to.position_of(&outermost.id).map_or(0, |position| position.order());
        let words = || name(answers.to, &outermost.id);
        headings.entry(order).or_insert_with(|| (words(), 0)).1 += 1;
    }
    headings.into_values().collect()
}

/// Whether the form asks that item at that place.
fn belongs(form: &Form, at: &FieldPath) -> bool {
    form.position_of(&at.item).is_some_and(|position| {
        position.section.per_file == at.file.is_some() && position.repeat.is_some() == at.entry.is_some()
    })
}

/// The name of an item on the paper, whatever file or entry it is in.
pub(super) fn name(form: &Form, id: &str) -> String {
    let place = Place::of(form, &FieldPath::document(id), None);
    match form.item(id) {
        // The item in the title row of an entry has the title for its name.
        Some(item) if place.label.is_empty() => format!("{place} {}", item.printed_label()).trim().to_owned(),
        _ => place.to_string(),
    }
}

fn full_name(form: &Form, document: &Document, at: &FieldPath) -> String {
    let file = at.file.filter(|_| document.files.len() > 1).map(|index| document.file_name(index));
    Place::of(form, at, file.as_deref()).to_string()
}

/// Whether an answer holds anything; a repeat stands for nothing but its entries.
fn says_something(answer: &Answer) -> bool {
    answer.as_entries().is_none() && (!answer.is_empty() || n_chars(answer) > 0)
}

/// The characters the author wrote in an answer that is no repeat.
fn n_chars(answer: &Answer) -> usize {
    let length = |text: &String| text.chars().count();
    match answer {
        Answer::Text(text) => length(text),
        Answer::Foreign(json) => plain_text(json).chars().count(),
        Answer::Checks(boxes) => boxes.texts.values().map(length).sum(),
        Answer::Figure(figure) => figure.texts().map(length).sum(),
        Answer::FreeTable(table) => table.heads.iter().chain(table.rows.iter().flatten()).map(length).sum(),
        _ => 0,
    }
}
