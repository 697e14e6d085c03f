//! Sentences that speak against an answer: 「委託は行っていない。」 beside 委託する.
//!
//! A sentence counts for itself: what another one says of some, of the future or of others does not silence it.

use super::draft_index::{DraftIndex, Text};
use super::{OtherSide, sides};
use crate::draft::Scope;
use crate::form::{FieldPath, Known, Rule, Statement, is_listed};

/// Words of a sentence about another time, about others, or about what may happen.
const ASIDE: &[&str] = &[
    "将来",
    "今後",
    "予定",
    "検討",
    "場合",
    "万一",
    "万が一",
    "仮に",
    "おそれ",
    "以前",
    "かつて",
    "従前",
    "当時",
    "年度まで",
    "年まで",
    "月まで",
    "日まで",
    "他の市",
    "他の町",
    "他の村",
    "他の自治体",
    "他の団体",
    "他の地方",
    "他市",
    "他町",
    "他団体",
    "別の市",
    "別の町",
    "別の自治体",
    "別の団体",
    "以外",
    "除き",
    "除く",
    "除いて",
    "一部",
    "ただし",
    "のみ",
    "限り",
    "限る",
];
/// Longest quotation in a message, in characters.
const QUOTED_CHARS: usize = 40;

/// Told once for each case and file, at the answer.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule, cases: &[Statement]) {
    let mut told: Vec<(FieldPath, &Statement, String, OtherSide)> = Vec::new();
    for case in cases {
        let other_form = !case.forms.is_empty() && !case.forms.contains(&draft.form.id);
        if other_form || !case.ids().into_iter().all(|id| draft.knows(id)) {
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
            if let Some((sentence, place)) = said(draft, scope, case) {
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
fn said(draft: &DraftIndex<'_>, scope: Scope<'_>, case: &Statement) -> Option<(String, OtherSide)> {
    let n_files = draft.state.document.files.len();
    // What the document says of all files is that of the file where it has one.
    let is_seen = |text: &&Text<'_>| match (scope.file_index(), text.scope.file_index()) {
        (Some(file), Some(other)) => file == other,
        (Some(_), None) => n_files == 1,
        (None, _) => true,
    };
    let is_meant = |text: &&Text<'_>| is_listed(&case.items, text.item) && !is_listed(&case.except, text.item);
    let mut texts = draft.texts.iter().filter(is_meant).filter(is_seen);
    texts.find_map(|text| {
        let seen = text.seen();
        let sentence = sentences(seen).find(|sentence| says(case, sentence))?;
        let side = sides::side(draft, draft.path(text.scope, text.item));
        Some((sides::shortened(sentence.trim(), QUOTED_CHARS), side))
    })
}

/// The sentences of a text; a line ends one too.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['。', '\n']).filter(|sentence| !sentence.trim().is_empty())
}

fn says(case: &Statement, sentence: &str) -> bool {
    case.says.is_match(sentence)
        && !ASIDE.iter().any(|word| sentence.contains(word))
        && !case.unless.as_ref().is_some_and(|words| words.is_match(sentence))
}
