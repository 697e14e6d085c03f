//! Two spellings of one term side by side.

use super::draft_index::{DraftIndex, Text};
use crate::form::{Rule, Term};

/// Told once for each term, at the first place of the other spelling.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule, terms: &[Term]) {
    for term in terms {
        let Some(path) = first_place(draft, &term.other, &term.except).map(|text| draft.path(text.scope, text.item))
        else {
            continue;
        };
        let kept = first_place(draft, &term.keep, &[]).map(|text| draft.path(text.scope, text.item));
        let why = match kept {
            Some(kept) => format!("{}では「{}」です", draft.place(&kept), term.keep),
            None if term.always => "様式の用語です".to_owned(),
            None => continue,
        };
        draft.add(rule, path, &[("a", &term.keep), ("b", &term.other), ("訳", &why)]);
    }
}

/// The first text that has the word outside of words that are neither spelling.
fn first_place<'s, 'a>(draft: &'s DraftIndex<'a>, word: &str, except: &[String]) -> Option<&'s Text<'a>> {
    let texts = draft.texts_with(&[word.to_owned()]);
    let mut texts = texts.into_iter().filter_map(|index| draft.texts.get(index));
    texts.find(|text| {
        text.seen().match_indices(word).any(|(at, _)| {
            let rest = &text.seen()[at..];
            !except.iter().any(|whole| rest.starts_with(whole.as_str()))
        })
    })
}
