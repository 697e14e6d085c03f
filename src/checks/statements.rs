//! Sentences that speak against an answer: 「委託は行っていない。」 beside 委託する.
//!
//! A sentence counts for itself: what another one says of some, of the future or of others does not silence it.

use super::draft_index::{DraftIndex, Text};
use super::{OtherSide, asides, sides};
use crate::draft::Scope;
use crate::form::{FieldPath, Known, Rule, Statement, is_listed};

/// Longest quotation in a message, in characters.
const QUOTED_CHARS: usize = 40;

/// Told once for each case and file, at the answer.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule, cases: &[Statement]) {
    let mut told: Vec<(FieldPath, &Statement, String, OtherSide)> = Vec::new();
    for case in cases {
        let other_form = !case.forms.is_empty() && !case.forms.contains(&draft.form.id);
        // Most documents do not have the words at all, or not in these answers.
        let texts = if other_form { Vec::new() } else { draft.texts_with(&case.needs) };
        let is_meant = |text: &&Text<'_>| is_listed(&case.items, text.item) && !is_listed(&case.except, text.item);
        let texts = texts.into_iter().filter_map(|index| draft.texts.get(index)).filter(is_meant);
        let texts: Vec<&Text<'_>> = texts.collect();
        if texts.is_empty() || !case.ids().into_iter().all(|id| draft.knows(id)) {
            continue;
        }
        let per_file = draft.position_of(&case.at).is_some_and(|position| position.section.per_file);
        for scope in draft.files(per_file) {
            if case.when.holds(&scope) != Known::Yes {
                continue;
            }
            let path = draft.path(scope, &case.at);
            if told.iter().any(|(known, told, ..)| *known == path && told.words == case.words) {
                continue;
            }
            if let Some((sentence, place)) = said(draft, scope, case, &texts) {
                told.push((path, case, sentence, place));
            }
        }
    }
    for (path, case, sentence, side) in told {
        let chosen = sides::says(draft, &path);
        let place = side.place.clone();
        let own = case.words.iter().map(|(key, word)| (key.as_str(), word.as_str()));
        let given = [("記載", sentence.as_str()), ("欄", place.as_str()), ("答", chosen.as_str())];
        let words: Vec<(&str, &str)> = own.chain(given).collect();
        if let Some(finding) = draft.add(rule, path, &words) {
            finding.others = vec![side];
        }
    }
}

/// The first sentence of a case's texts that says it.
fn said(
    draft: &DraftIndex<'_>,
    scope: Scope<'_>,
    case: &Statement,
    texts: &[&Text<'_>],
) -> Option<(String, OtherSide)> {
    let n_files = draft.state.document.files.len();
    // What the document says of all files is that of the file where it has one.
    let is_seen = |text: &&Text<'_>| match (scope.file_index(), text.scope.file_index()) {
        (Some(file), Some(other)) => file == other,
        (Some(_), None) => n_files == 1,
        (None, _) => true,
    };
    let mut texts = texts.iter().copied().filter(is_seen);
    texts.find_map(|text| {
        let seen = text.seen();
        let sentence = sentences(seen).find(|sentence| says(case, sentence))?;
        let side = sides::side(draft, draft.path(text.scope, text.item));
        Some((quoted(case, sentence), side))
    })
}

/// A sentence, or of a long one the words up to those that say it.
fn quoted(case: &Statement, sentence: &str) -> String {
    let found = case.says.captures(sentence).next();
    let end = found.and_then(|found| found.get(0)).map_or(sentence.len(), |found| found.end());
    let (said, behind) = sentence.split_at(end);
    let n_chars = sentence.trim().chars().count();
    if n_chars <= QUOTED_CHARS {
        return sentence.trim().to_owned();
    }
    let said = said.trim_start();
    let n_cut = said.chars().count().saturating_sub(QUOTED_CHARS);
    let lead = if n_cut > 0 { "…" } else { "" };
    let n_more = QUOTED_CHARS.saturating_sub(said.chars().count());
    let tail = if behind.trim_end().chars().count() > n_more { "…" } else { "" };
    let words: String = said.chars().skip(n_cut).chain(behind.trim_end().chars().take(n_more)).collect();
    format!("{lead}{words}{tail}")
}

/// The sentences of a text; a line ends one too.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['。', '\n']).filter(|sentence| !sentence.trim().is_empty())
}

fn says(case: &Statement, sentence: &str) -> bool {
    case.says.is_match(sentence)
        && !asides::is_of_other(sentence)
        && (case.in_cases || !asides::is_case(sentence))
        && !case.unless.as_ref().is_some_and(|words| words.is_match(sentence))
}
