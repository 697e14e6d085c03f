//! References inside the document that lead nowhere: a 別添 or an item that the form does not have.

use super::draft_index::DraftIndex;
use crate::form::{FieldPath, Form, Item, Pattern, Place, Rule};
use crate::item_names::{likeness, narrow, plain_label};

/// How alike a quoted label must be to some label of the form to be taken for one.
const ALIKE_PERCENT: usize = 50;

/// 「別添{n}」 with a number that no section of the form has, and 「別紙{n}」 beyond those of a document that has some: one without
/// any has them elsewhere.
pub(super) fn appendices(draft: &mut DraftIndex<'_>, rule: &Rule, not_after: &Pattern) {
    let mut own: Vec<String> = draft
        .form
        .sections
        .iter()
        .map(|section| Place::of(draft.form, &FieldPath::document(&format!("{}.", section.id)), None).section)
        .collect();
    let n_attachments = draft.document().attachments().count();
    own.extend((1..=n_attachments).map(|number| format!("別紙{number}")));
    let words = if n_attachments > 0 { &["別添", "別紙"][..] } else { &["別添"][..] };
    let mut found = Vec::new();
    for index in draft.texts_with(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()) {
        let Some(text) = draft.texts.get(index) else { continue };
        let plain = text.plain();
        for (at, word) in words.iter().flat_map(|word| plain.match_indices(word)) {
            let digits: String = plain[at + word.len()..].chars().take_while(char::is_ascii_digit).collect();
            let name = format!("{word}{digits}");
            let before: String = plain[..at].chars().rev().take(15).collect::<Vec<_>>().into_iter().rev().collect();
            if !digits.is_empty() && !own.contains(&name) && !not_after.is_match(&before) {
                found.push((draft.path(text.scope, text.item), name));
                break;
            }
        }
    }
    for (path, name) in found {
        draft.add(rule, path, &[("別添", &name)]);
    }
}

/// 「⑤…」 whose number and words are nearly, but not, those of an item.
pub(super) fn quoted(draft: &mut DraftIndex<'_>, rule: &Rule) {
    let marks: Vec<String> = ('①'..='⑳').map(|digit| format!("「{digit}")).collect();
    let labels = labels(draft.form);
    let mut found = Vec::new();
    for index in draft.texts_with(&marks) {
        let Some(text) = draft.texts.get(index) else { continue };
        let quotes = text.seen().split('「').skip(1).filter_map(|rest| rest.split('」').next());
        for quote in quotes.filter(|quote| quote.starts_with(|c| matches!(c, '①'..='⑳')) && quote.chars().count() < 30)
        {
            let plain = plain_label(quote);
            let Some(number) = quote.chars().next() else { continue };
            let exact = labels
                .iter()
                .any(|(n, label)| n.starts_with(number) && (*label == plain || plain.contains(label.as_str())));
            let alike = labels.iter().any(|(_, label)| likeness(label, &plain) >= ALIKE_PERCENT);
            if !exact && alike {
                found.push((draft.path(text.scope, text.item), quote.to_owned()));
                break;
            }
        }
    }
    found.extend(unknown_headings(draft));
    for (path, quote) in found {
        draft.add(rule, path, &[("参照", &quote)]);
    }
}

/// 「Ⅱ８　備考」 of a form whose Ⅱ ends with ７.
fn unknown_headings(draft: &DraftIndex<'_>) -> Vec<(FieldPath, String)> {
    let marks: Vec<String> = ('Ⅰ'..='Ⅹ').map(|digit| format!("「{digit}")).collect();
    let mut found = Vec::new();
    for text in draft.texts_with(&marks).into_iter().filter_map(|index| draft.texts.get(index)) {
        let seen = text.seen();
        let unknown = seen.match_indices('「').find_map(|(at, sign)| {
            let quote = seen[at + sign.len()..].split('」').next()?;
            let (section, number) = quoted_heading(quote)?;
            let before: String =
                seen[..at].chars().rev().take(NAMED_CHARS).collect::<Vec<_>>().into_iter().rev().collect();
            let is_own = !OTHER_DOCUMENTS.iter().any(|word| before.contains(word));
            (is_own && !has_heading(draft.form, section, &number)).then(|| quote.to_owned())
        });
        found.extend(unknown.map(|quote| (draft.path(text.scope, text.item), quote)));
    }
    found
}

/// Whether a section of the form, named by its numeral, has a heading of that number.
pub(super) fn has_heading(form: &Form, section: char, number: &str) -> bool {
    let sections = form.sections.iter().filter(|known| known.title.starts_with(section));
    let mut headings = sections.flat_map(|known| &known.items);
    headings.any(|item| narrow(&item.number).trim_end_matches(['.', '．']) == number)
}

/// How far before a quotation the words stand that make it one of another document, in characters.
const NAMED_CHARS: usize = 20;
/// Words that name another document.
const OTHER_DOCUMENTS: &[&str] =
    &["様式", "評価書", "ガイドライン", "要領", "規程", "手引", "要綱", "計画", "記載例", "基準"];

/// The number of the section and heading that a quotation begins with: 「Ⅱ８　備考」.
fn quoted_heading(quote: &str) -> Option<(char, String)> {
    let plain = narrow(quote);
    let mut chars = plain.chars();
    let section = chars.next().filter(|c| ('Ⅰ'..='Ⅹ').contains(c))?;
    let digits: String =
        chars.skip_while(|c| matches!(c, '-' | '.' | '‐' | '―')).take_while(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some((section, digits))
}

/// Printed numbers and labels of all items.
fn labels(form: &Form) -> Vec<(String, String)> {
    let items = form.items().filter(|item: &&Item| !item.label.is_empty() && !item.number.is_empty());
    items.map(|item| (item.number.clone(), plain_label(&item.label))).collect()
}
