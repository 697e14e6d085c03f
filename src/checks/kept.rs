//! Answers that were kept although the form has no place for them.

use super::draft_index::DraftIndex;
use crate::draft::{Answer, Part, Scope};
use crate::form::{FieldPath, Item, Kind, Rule};

/// An answer of the wrong kind.
pub(super) fn foreign(draft: &mut DraftIndex<'_>, rule: &Rule) {
    each(draft, |draft, scope, item, answer| {
        if let Answer::Foreign(json) = answer {
            if answer.is_empty() {
                return; // null: unanswered
            }
            draft.add(rule, draft.path(scope, &item.id), &[("値", &shortened(json))]);
        } else if !is_of_kind(answer, &item.kind) {
            draft.add(rule, draft.path(scope, &item.id), &[("値", "別の形の答え")]);
        }
    });
}

/// A chosen option that the item does not have.
pub(super) fn unknown_option(draft: &mut DraftIndex<'_>, rule: &Rule) {
    each(draft, |draft, scope, item, answer| {
        if let (Kind::Choice { .. }, Answer::Choice(Some(n))) = (&item.kind, answer)
            && item.options().iter().all(|option| option.n != *n)
        {
            draft.add(rule, draft.path(scope, &item.id), &[("値", &n.to_string())]);
        }
    });
}

/// A box that the item does not have, marked or with a text.
pub(super) fn unknown_box(draft: &mut DraftIndex<'_>, rule: &Rule) {
    each(draft, |draft, scope, item, answer| {
        let (Kind::Checks { .. }, Answer::Checks(boxes)) = (&item.kind, answer) else { return };
        let mut keys: Vec<&String> = boxes.marked.iter().chain(boxes.texts.keys()).chain(boxes.counts.keys()).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys.into_iter().filter(|key| item.boxes().all(|option| option.key != **key)) {
            draft.add(rule, draft.path(scope, &item.id), &[("値", key)]);
        }
    });
}

/// More entries than the paper has room for.
pub(super) fn too_many_entries(draft: &mut DraftIndex<'_>, rule: &Rule) {
    each(draft, |draft, scope, item, answer| {
        let (Kind::Repeat(repeat), Answer::Repeat(entries)) = (&item.kind, answer) else { return };
        let Some(max) = repeat.max.and_then(|max| usize::try_from(max).ok()) else { return };
        if entries.len() > max {
            let words = [("上限", max.to_string()), ("個数", entries.len().to_string())];
            let words = words.each_ref().map(|(key, word)| (*key, word.as_str()));
            draft.add(rule, draft.path(scope, &item.id), &words);
        }
    });
}

/// An answer to an item that the form does not have, or has in another place.
pub(super) fn unknown_item(draft: &mut DraftIndex<'_>, rule: &Rule) {
    let mut found = Vec::new();
    strangers(draft, &draft.state.document.common, None, None, &mut found);
    for (index, file) in draft.state.document.files.iter().enumerate() {
        strangers(draft, &file.part, Some(index), None, &mut found);
    }
    for path in found {
        let id = path.item.clone();
        draft.add(rule, path, &[("値", &id)]);
    }
}

fn strangers(
    draft: &DraftIndex<'_>,
    part: &Part,
    file: Option<usize>,
    inside: Option<(&str, usize)>,
    found: &mut Vec<FieldPath>,
) {
    for (id, answer) in &part.answers {
        let belongs = draft.entry(id).is_some_and(|entry| {
            let repeat = entry.repeat.map(|repeat| repeat.id.as_str()).filter(|repeat| *repeat != id);
            repeat == inside.map(|(repeat, _)| repeat) && (entry.per_file == file.is_some())
        });
        if !belongs {
            if !answer.is_empty() {
                found.push(FieldPath { file, item: id.to_owned(), entry: inside.map(|(_, entry)| entry) });
            }
        } else if let Answer::Repeat(entries) = answer {
            for (index, entry) in entries.iter().enumerate() {
                strangers(draft, entry, file, Some((id, index)), found);
            }
        }
    }
}

fn is_of_kind(answer: &Answer, kind: &Kind) -> bool {
    match kind {
        Kind::TextLine | Kind::TextBlock | Kind::Date { .. } | Kind::Records => matches!(answer, Answer::Text(_)),
        Kind::Choice { .. } => matches!(answer, Answer::Choice(_)),
        Kind::Checks { .. } => matches!(answer, Answer::Checks(_)),
        Kind::Check => matches!(answer, Answer::Check(_)),
        Kind::Count => matches!(answer, Answer::Count(_)),
        Kind::Repeat(_) => matches!(answer, Answer::Repeat(_)),
        Kind::Figure => matches!(answer, Answer::Figure(_)),
        Kind::Group { .. } | Kind::Table { .. } => answer.is_empty(),
    }
}

/// Every answer to an item of the form.
fn each<'a>(draft: &mut DraftIndex<'a>, mut visit: impl FnMut(&mut DraftIndex<'a>, Scope<'a>, &'a Item, &'a Answer)) {
    for at in 0..draft.answers.len() {
        let Some((scope, item, answer)) = draft.answers.get(at).copied() else { return };
        visit(draft, scope, item, answer);
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(20) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
