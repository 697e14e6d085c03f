//! References inside the document that lead nowhere: a 別添 or an item that the form does not have.

use super::draft_index::DraftIndex;
use crate::form::{FieldPath, Form, Item, Pattern, Place, Rule, Severity};
use crate::item_names::{likeness, narrow, plain_label};

/// How alike a quoted label must be to some label of the form to be taken for one.
const ALIKE_PERCENT: usize = 50;

/// What to do about a 別紙 of a document without any.
const NONE_ATTACHED: &str =
    "この評価書に別紙がありません。別紙として加えるか、別に公表しているなら、どこにあるかを書いてください。";

/// 「別添{n}」 with a number that no section of the form has, and 「別紙{n}」 beyond those of the document. One without any may
/// have them elsewhere: that is worth a look.
pub(super) fn appendices(draft: &mut DraftIndex<'_>, rule: &Rule, not_after: &Pattern) {
    let mut own: Vec<String> = draft
        .form
        .sections
        .iter()
        .map(|section| Place::of(draft.form, &FieldPath::document(&format!("{}.", section.id)), None).section)
        .collect();
    let n_attachments = draft.document().attachments().count();
    own.extend((1..=n_attachments).map(|number| format!("別紙{number}")));
    let words = ["別添", "別紙"];
    let mut found = Vec::new();
    for index in draft.texts_with(&words.map(str::to_owned)) {
        let Some(text) = draft.texts.get(index) else { continue };
        let plain = text.plain();
        for (at, word) in words.into_iter().flat_map(|word| plain.match_indices(word)) {
            let behind = &plain[at + word.len()..];
            let digits: String = behind.chars().take_while(char::is_ascii_digit).collect();
            let name = format!("{word}{digits}");
            // 「別紙のとおり」 speaks of one; 別紙様式 of none.
            let is_unknown = match digits.as_str() {
                "" => word == "別紙" && n_attachments == 0 && is_spoken_of(behind),
                _ => !own.contains(&name),
            };
            let before: String = plain[..at].chars().rev().take(15).collect::<Vec<_>>().into_iter().rev().collect();
            if is_unknown && !not_after.is_match(&before) {
                found.push((draft.path(text.scope, text.item), name));
                break;
            }
        }
    }
    for (path, name) in found {
        let is_elsewhere = n_attachments == 0 && name.starts_with("別紙");
        let severity = is_elsewhere.then_some(Severity::Warning);
        if draft.add_as(rule, severity, path, &[("別添", &name)]).is_some() && is_elsewhere {
            draft.advise(NONE_ATTACHED);
        }
    }
}

/// What follows the number of a heading, figure or 別紙 that is spoken of.
const SPOKEN_OF: &[&str] =
    &["に記載", "に記入", "に示", "に定め", "のとおり", "を参照", "参照", "と同", "に掲げ", "の記載"];

/// Whether what stands before such words is spoken of.
pub(super) fn is_spoken_of(behind: &str) -> bool {
    SPOKEN_OF.iter().any(|word| behind.starts_with(word))
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
