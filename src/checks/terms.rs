//! Two spellings of one term side by side.

use super::sheet::{Sheet, Text};
use crate::form::{Rule, Term};

/// Told once for each term, at the first place of the other spelling.
pub(super) fn check(sheet: &mut Sheet<'_>, rule: &Rule, terms: &[Term]) {
    for term in terms {
        let Some(path) = first_place(sheet, &term.other, &term.except).map(|text| sheet.path(text.scope, text.item))
        else {
            continue;
        };
        if term.always || first_place(sheet, &term.keep, &[]).is_some() {
            sheet.add(rule, path, &[("a", &term.keep), ("b", &term.other)]);
        }
    }
}

/// The first text that has the word outside of words that are neither spelling.
fn first_place<'s, 'a>(sheet: &'s Sheet<'a>, word: &str, except: &[String]) -> Option<&'s Text<'a>> {
    let texts = sheet.scan.texts_with(sheet.rules, &[word.to_owned()]);
    let mut texts = texts.into_iter().filter_map(|index| sheet.texts.get(index));
    texts.find(|text| {
        text.text.match_indices(word).any(|(at, _)| {
            let rest = &text.text[at..];
            !except.iter().any(|whole| rest.starts_with(whole.as_str()))
        })
    })
}
