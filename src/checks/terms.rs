//! Two spellings of one term side by side.

use super::Remedy;
use super::draft_index::{DraftIndex, Text};
use crate::form::{Rule, Term, is_listed};

/// Told in each text that has the other spelling.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule, terms: &[Term]) {
    for term in terms {
        let is_kept = |text: &&Text<'_>| stands_alone(text.seen(), &term.keep, &term.except);
        let kept = with_word(draft, &term.keep).find(is_kept).map(|text| draft.path(text.scope, text.item));
        let why = match kept {
            Some(kept) => format!("{}では「{}」です", draft.place(&kept), term.keep),
            None if term.always => "様式の用語です".to_owned(),
            None => continue,
        };
        let others = with_word(draft, &term.other).filter(|text| !is_listed(&term.except_items, text.item));
        let found: Vec<_> = others
            .filter_map(|text| {
                let path = draft.path(text.scope, text.item);
                let right = put_right(text.written, term)?;
                // What stands beside a box has no cell of its own.
                let is_cell = draft.written(&path) == Some(text.written);
                Some((is_cell.then(|| (path.clone(), right)), path))
            })
            .collect();
        for (right, path) in found {
            let finding = draft.add(rule, path, &[("a", &term.keep), ("b", &term.other), ("訳", &why)]);
            if let (Some(finding), Some(right)) = (finding, right) {
                finding.remedy = Some(Remedy { name: format!("「{}」に直す", term.keep), cells: vec![right] });
            }
        }
    }
}

fn with_word<'s, 'a>(draft: &'s DraftIndex<'a>, word: &str) -> impl Iterator<Item = &'s Text<'a>> {
    let texts = draft.texts_with(&[word.to_owned()]);
    texts.into_iter().filter_map(|index| draft.texts.get(index))
}

/// Whether the word there is part of one of these.
fn is_inside(text: &str, at: usize, word: &str, wholes: &[String]) -> bool {
    let begins = |whole: &str, offset: usize| {
        at.checked_sub(offset).and_then(|from| text.get(from..)).is_some_and(|rest| rest.starts_with(whole))
    };
    wholes
        .iter()
        .filter(|whole| *whole != word)
        .any(|whole| whole.match_indices(word).any(|(offset, _)| begins(whole, offset)))
}

/// Whether the word stands in the text as a word of its own.
fn stands_alone(text: &str, word: &str, wholes: &[String]) -> bool {
    text.match_indices(word).any(|(at, _)| !is_inside(text, at, word, wholes))
}

/// The text with the spelling to keep wherever the other one stands by itself, in a sentence of one's own; `None` where
/// it does nowhere.
fn put_right(text: &str, term: &Term) -> Option<String> {
    let mut right = String::with_capacity(text.len());
    let mut is_other = false;
    for sentence in text.split_inclusive(['。', '\n']) {
        let is_own = term.unless.as_ref().is_none_or(|unless| !unless.is_match(sentence));
        let mut from = 0;
        for (at, word) in sentence.match_indices(&term.other) {
            if is_own && !is_inside(sentence, at, word, &term.except) {
                right.push_str(&sentence[from..at]);
                right.push_str(&term.keep);
                from = at + word.len();
                is_other = true;
            }
        }
        right.push_str(&sentence[from..]);
    }
    is_other.then_some(right)
}
