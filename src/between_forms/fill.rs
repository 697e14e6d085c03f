//! A new 基礎項目評価書 from a 重点 or 全項目評価書, and back: all shared facts filled in, and nothing else.

use std::sync::Arc;

use super::shared::{self, BASIC, FactAgreement, OfForm, SharedFact};
use crate::draft::{Answer, Boxes, Document, FilePart, Part};
use crate::form::{Form, Item, Kind};

/// A new document, and what was taken over into it.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// The document, with the shared facts.
    pub document: Document,
    /// The facts of the document it comes from as they stand now; what is not `Same` was not taken over.
    pub facts: Vec<SharedFact>,
}

impl Filled {
    /// Facts that were taken over.
    pub fn taken(&self) -> impl Iterator<Item = &SharedFact> {
        self.facts.iter().filter(|fact| fact.agreement == FactAgreement::Same && !fact.says.is_empty())
    }

    /// Facts that the document it comes from says and that are to be written by hand: its files differ, or the new
    /// form has no such option.
    pub fn left(&self) -> impl Iterator<Item = &SharedFact> {
        let is_left = |fact: &&SharedFact| {
            matches!(fact.agreement, FactAgreement::Differs | FactAgreement::OnlyBasic | FactAgreement::OnlyOther)
        };
        self.facts.iter().filter(is_left)
    }
}

/// A new document of the form `to` with what the document says of the same 事務; `None` where not one of the two forms
/// is 様式２ and the other 様式３ or 様式４. The document itself stays as it is: both are published.
pub fn filled(from: OfForm<'_>, to: &Form) -> Option<Filled> {
    let mut document = Document { form: to.id.clone(), edition: to.revision.clone(), ..Document::default() };
    let is_basic = to.id == BASIC;
    let empty = document.clone();
    let new = OfForm { form: to, document: &empty };
    let facts = if is_basic { shared::shared_facts(new, from)? } else { shared::shared_facts(from, new)? };
    if !is_basic && to.has_files {
        let names = facts.iter().find(|fact| fact.basic == "related.files").map(|fact| shared::lines(&fact.says));
        let names = names.filter(|names| !names.is_empty()).unwrap_or_else(|| vec![String::new()]);
        let file = |name: String| Arc::new(FilePart { name, ..FilePart::default() });
        document.files = names.into_iter().map(file).collect();
    }
    for fact in &facts {
        let (id, words) = match (is_basic, &fact.other) {
            (true, Some(_)) => (&fact.basic, one_of(&fact.others)),
            (false, Some(other)) => (other, Some(&*fact.says)),
            (_, None) => continue,
        };
        let words = words.filter(|words| !words.trim().is_empty());
        if let (Some(item), Some(words)) = (to.item(id).filter(|item| item.derived.is_none()), words) {
            put(&mut document, to, item, words);
        }
    }
    let new = OfForm { form: to, document: &document };
    let facts = if is_basic { shared::shared_facts(new, from)? } else { shared::shared_facts(from, new)? };
    Some(Filled { document, facts })
}

/// What all files say; `None` where they differ.
fn one_of(others: &[String]) -> Option<&str> {
    let first = others.first()?;
    others.iter().all(|other| other == first).then_some(first)
}

fn put(document: &mut Document, form: &Form, item: &Item, words: &str) {
    let Some(answer) = answer(item, words) else { return };
    if let Some(repeat) = form.repeat_of(&item.id) {
        let entry = |name: String| Part { answers: [(&*item.id, Answer::Text(name))].into(), ..Part::default() };
        let entries = shared::lines(words).into_iter().map(entry);
        document.common_mut().answers.insert(&*repeat.id, Answer::repeat(entries));
    } else if shared::is_per_file(form, &item.id) {
        document.files_mut().for_each(|file| drop(file.part.answers.insert(&*item.id, answer.clone())));
    } else {
        document.common_mut().answers.insert(&*item.id, answer);
    }
}

/// The words as an answer of the item; `None` where it has no such option.
fn answer(item: &Item, words: &str) -> Option<Answer> {
    Some(match &item.kind {
        Kind::Choice { options, .. } => {
            let option = options.iter().find(|option| shared::folded(&option.label) == shared::folded(words))?;
            Answer::Choice(Some(option.n))
        }
        Kind::Check => Answer::Check(true),
        Kind::Checks { .. } => {
            let is_on = |label: &str| words.split('、').any(|word| word == label);
            let marked = item.boxes().filter(|option| is_on(&option.label)).map(|option| option.key.clone());
            Answer::Checks(Boxes { marked: marked.collect(), ..Boxes::default() })
        }
        Kind::TextLine => Answer::Text(words.lines().map(str::trim).collect::<Vec<_>>().join("、")),
        _ => Answer::Text(words.to_owned()),
    })
}
