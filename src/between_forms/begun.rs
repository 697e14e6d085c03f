//! The first documents of a 事務: what is known before they are begun stands in each of them that asks it.

use std::sync::Arc;

use super::fill::filled;
use super::shared::{BASIC, OfForm};
use crate::draft::{Answer, Document, Part};
use crate::form::{Derived, Form, Item, Kind, shipped};

/// What is known of a 事務 before its documents are begun; nothing of it need be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beginning {
    /// 評価実施機関名.
    pub agency: String,
    /// 事務の名称.
    pub affairs: String,
    /// 対象人数, by the words of the bracket.
    pub people: Option<String>,
    /// Whether 500 or more handle the files.
    pub handlers: Option<bool>,
    /// Whether there was a 重大事故.
    pub accident: Option<bool>,
}

/// A new document of each form, in their order, with what is known of the 事務.
pub fn begun(forms: &[&'static Form], beginning: &Beginning) -> Vec<Document> {
    let basic_form =
        forms.iter().copied().find(|form| form.id == BASIC).or_else(|| shipped::newest_with_mark(BASIC).ok());
    let basic = basic_form.map(|form| (form, basic(form, beginning)));
    let document = |form: &&'static Form| {
        let mut document = match &basic {
            Some((basic_form, basic)) if form.id == basic_form.id => basic.clone(),
            Some((basic_form, basic)) => {
                let from = OfForm { form: basic_form, document: basic };
                filled(from, form).map_or_else(|| empty(form), |filled| filled.document)
            }
            None => empty(form),
        };
        name(form, &mut document, beginning);
        document
    };
    forms.iter().map(document).collect()
}

/// An empty document, with one file where the form has files.
fn empty(form: &Form) -> Document {
    let files = if form.has_files { vec![Arc::default()] } else { Vec::new() };
    Document { form: form.id.clone(), edition: form.revision.clone(), files, ..Document::default() }
}

fn basic(form: &Form, beginning: &Beginning) -> Document {
    let mut document = empty(form);
    let part = document.common_mut();
    set_text(part, &form.key_items.agency, &beginning.agency);
    set_text(part, &form.key_items.affairs, &beginning.affairs);
    let asked = form.items().find_map(|item| match &item.derived {
        Some(Derived::Threshold { population, handlers, incident }) => Some([population, handlers, incident]),
        _ => None,
    });
    let Some([population, handlers, incident]) = asked.map(|ids| ids.map(|id| form.item(id))) else { return document };
    // 1,000人未満（任意実施） is the bracket 1,000人未満.
    let in_bracket = |label: &str| beginning.people.as_ref().is_some_and(|people| label.starts_with(people.as_str()));
    choose(part, population, |item| {
        item.options().iter().find(|option| in_bracket(&option.label)).map(|option| option.n)
    });
    // The first option of both is the one that asks for more: 500人以上, 発生あり.
    for (item, answer) in [(handlers, beginning.handlers), (incident, beginning.accident)] {
        choose(part, item, |item| Some(item.options().get(usize::from(!answer?))?.n));
    }
    document
}

/// 評価書名, as most are called: the 事務 and the kind of document; and what every form asks by itself.
fn name(form: &Form, document: &mut Document, beginning: &Beginning) {
    let part = document.common_mut();
    set_text(part, &form.key_items.agency, &beginning.agency);
    set_text(part, &form.key_items.affairs, &beginning.affairs);
    if !beginning.affairs.trim().is_empty() {
        let name = format!("{}　{}", beginning.affairs.trim(), form.short_title);
        set_text(part, &form.key_items.name, &name);
    }
}

fn set_text(part: &mut Part, id: &str, text: &str) {
    if !id.is_empty() && !text.trim().is_empty() {
        part.answers.insert(id.to_owned(), Answer::Text(text.trim().to_owned()));
    }
}

fn choose(part: &mut Part, item: Option<&Item>, option: impl FnOnce(&Item) -> Option<u32>) {
    let Some(item) = item.filter(|item| matches!(item.kind, Kind::Choice { .. })) else { return };
    if let Some(n) = option(item) {
        part.answers.insert(item.id.clone(), Answer::Choice(Some(n)));
    }
}
