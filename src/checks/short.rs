//! Narratives that say next to nothing.

use super::draft_index::DraftIndex;
use crate::draft::is_blank;
use crate::form::{Known, Required, Rule, is_listed};

/// Words that send the reader elsewhere: then a short text is enough.
const ELSEWHERE: &[&str] = &["別紙", "別添", "参照", "のとおり", "同上"];

/// A required text that is written and very short. An empty one is reported as missing, not here.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule, items: &[String], min_chars: usize) {
    let listed: Vec<usize> = (0..draft.texts.len())
        .filter(|index| {
            draft.texts.get(*index).is_some_and(|text| is_short(&text.text, min_chars) && is_listed(items, text.item))
        })
        .collect();
    for index in listed {
        let Some(text) = draft.texts.get(index) else { continue };
        let (scope, id) = (text.scope, text.item);
        let Some(item) = draft.form.item(id) else { continue };
        let required = match &item.required {
            Required::No => false,
            Required::Always => true,
            Required::When(condition) => condition.holds(&scope) == Known::Yes && !is_blank(&text.text),
        };
        if required && draft.applies(scope, id) != Known::No {
            draft.add(rule, draft.path(scope, id), &[]);
        }
    }
}

fn is_short(text: &str, min_chars: usize) -> bool {
    let written = text.chars().filter(|c| !c.is_whitespace()).take(min_chars).count();
    written > 0 && written < min_chars && !ELSEWHERE.iter().any(|word| text.contains(word))
}
