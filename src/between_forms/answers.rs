//! The answers themselves: options are found again by what they say, never by their number.

use std::sync::Arc;

use super::convert::name;
use super::receipt::ConvertReceipt;
use crate::draft::{Answer, Document, Part, as_value, plain_text};
use crate::form::{Crossing, FieldPath, Form, Item, Kind};

/// Brings the answers of a document whose items stand already where they belong into the other form.
pub(super) struct Answers<'a> {
    pub crossing: Crossing,
    /// The way back: from the items of `to` to those of `from`.
    pub back: Crossing,
    pub from: &'a Form,
    pub to: &'a Form,
}

impl Answers<'_> {
    /// All answers of a document.
    pub fn document(&self, document: &mut Document, receipt: &mut ConvertReceipt) {
        self.part(document.common_mut(), &FieldPath::default(), receipt);
        for (index, file) in document.files_mut().enumerate() {
            self.part(&mut file.part, &FieldPath { file: Some(index), ..FieldPath::default() }, receipt);
        }
    }

    fn part(&self, part: &mut Part, around: &FieldPath, receipt: &mut ConvertReceipt) {
        let mut changed = Vec::new();
        for (id, answer) in &part.answers {
            let at = FieldPath { item: id.to_owned(), ..around.clone() };
            changed.extend(self.answer(&at, answer, receipt).map(|answer| (id.to_owned(), answer)));
        }
        part.answers.extend(changed);
    }

    /// The answer in the other form, where it is another one.
    fn answer(&self, at: &FieldPath, answer: &Answer, receipt: &mut ConvertReceipt) -> Option<Answer> {
        match answer {
            Answer::Repeat(entries) => {
                let mut changed = entries.clone();
                for (index, entry) in changed.iter_mut().enumerate() {
                    let around = FieldPath { item: String::new(), entry: Some(index), file: at.file };
                    self.part(Arc::make_mut(entry), &around, receipt);
                }
                (changed != *entries).then_some(Answer::Repeat(changed))
            }
            Answer::Choice(Some(n)) => self.choice(at, *n, receipt),
            Answer::Foreign(json) => self.restored(at, json),
            _ => None,
        }
    }

    fn choice(&self, at: &FieldPath, n: u32, receipt: &mut ConvertReceipt) -> Option<Answer> {
        let (here, there) = (choice_of(self.from, self.back.item(&at.item))?, choice_of(self.to, &at.item)?);
        let Some(label) = label(here, n) else {
            // A number that means nothing here would mean something there.
            return label(there, n).map(|_| Answer::Foreign(n.to_string()));
        };
        let item = name(self.to, &at.item);
        let Some(m) = self.crossing.option(here, there, n) else {
            receipt.lost_options.push((item, label.to_owned()));
            return Some(Answer::Foreign(as_value(label)));
        };
        if let Some(after) = self::label(there, m).filter(|after| *after != label) {
            receipt.options.push((item, label.to_owned(), after.to_owned()));
        }
        (m != n).then_some(Answer::Choice(Some(m)))
    }

    /// The option again that had none in the form between: its words were kept.
    fn restored(&self, at: &FieldPath, json: &str) -> Option<Answer> {
        let there = choice_of(self.to, &at.item)?;
        if let Ok(n) = json.parse::<u32>() {
            return label(there, n).is_none().then_some(Answer::Choice(Some(n)));
        }
        let words = plain_text(json);
        let option = there.options().iter().find(|option| option.label == words && as_value(&words) == json)?;
        Some(Answer::Choice(Some(option.n)))
    }
}

fn choice_of<'f>(form: &'f Form, id: &str) -> Option<&'f Item> {
    form.item(id).filter(|item| matches!(item.kind, Kind::Choice { .. }))
}

fn label(item: &Item, n: u32) -> Option<&str> {
    item.options().iter().find(|option| option.n == n).map(|option| &*option.label)
}
