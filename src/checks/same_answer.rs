//! The same answer to two items of one section: very often a cell that was pasted twice, with a word changed or none.

use super::draft_index::DraftIndex;
use crate::form::{FieldPath, Rule, citation};
use crate::item_names::{n_in_both, neighbours};

/// How much of two answers must be the same.
const SIMILAR_PERCENT: usize = 93;
/// How much shorter one of them may be, in percent.
const LENGTH_PERCENT: usize = 90;
/// Longest answer that is compared otherwise than from its ends, in characters.
const LONGEST_COMPARED: usize = 400;
/// So many characters at the beginning or the end are the same: others are not looked at more closely.
const SAME_ENDS: usize = 8;

/// An answer as it is compared: without spaces.
struct Whole<'t> {
    text_index: usize,
    file: Option<usize>,
    chars: &'t [char],
}

/// Two items of one file with the same answer: told once for each pair, at the second.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule, section: &str, min_chars: usize) {
    for (first, second, sameness) in pairs(draft, section, min_chars) {
        let place = |index: usize| draft.texts.get(index).map(|text| draft.path(text.scope, text.item));
        let (Some(a), Some(b)) = (place(first), place(second)) else { continue };
        let (name_a, name_b) = (draft.place(&a).to_string(), draft.place(&b).to_string());
        let how = match sameness {
            Sameness::Whole => "同じ",
            Sameness::Nearly => "ほとんど同じ",
        };
        draft.add(rule, b, &[("項目A", &name_a), ("項目B", &name_b), ("どれほど", how)]);
    }
}

/// An entry with the name of one before it in its list. An item that the form does not have stands nowhere.
pub(super) fn entries(draft: &mut DraftIndex<'_>, rule: &Rule, items: &[String]) {
    for id in items {
        let mut before: Vec<(Option<usize>, String, FieldPath)> = Vec::new();
        for scope in draft.scopes(id) {
            let (name, path) = (citation::plain(&scope.text(id)), draft.path(scope, id));
            if name.is_empty() {
                continue;
            }
            let twin = before.iter().find(|(file, other, _)| *file == scope.file_index() && *other == name);
            if let Some((_, _, first)) = twin {
                let (first, written) = (draft.place(first).entry, scope.text(id));
                draft.add(rule, path.clone(), &[("先", &first), ("名", written.trim())]);
            } else {
                before.push((scope.file_index(), name, path));
            }
        }
    }
}

/// How alike two answers are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sameness {
    Whole,
    Nearly,
}

/// Text indices of the answers that are alike, in the order of the paper; an answer is told beside one other only.
pub(super) fn pairs(draft: &DraftIndex<'_>, section: &str, min_chars: usize) -> Vec<(usize, usize, Sameness)> {
    let texts = draft.texts.iter().enumerate().filter(|(_, text)| text.item.split('.').next() == Some(section));
    let mut answers: Vec<Whole<'_>> = texts
        .filter(|(_, text)| text.written.len() >= min_chars)
        .map(|(text_index, text)| Whole { text_index, file: text.scope.file_index(), chars: text.read.solid() })
        .filter(|answer| answer.chars.len() >= min_chars)
        .collect();
    // Only neighbours in length can be alike.
    answers.sort_by_key(|answer| (answer.file, answer.chars.len()));
    let mut found = Vec::new();
    for (at, short) in answers.iter().enumerate() {
        let longest = short.chars.len() * 100 / LENGTH_PERCENT;
        let near = answers[at + 1..].iter().take_while(|long| long.file == short.file && long.chars.len() <= longest);
        for long in near {
            if let Some(sameness) = alike(short.chars, long.chars) {
                found.push((short.text_index, long.text_index, sameness));
                break;
            }
        }
    }
    let order = |index: usize| {
        let item = draft.texts.get(index).map(|text| text.item);
        item.and_then(|item| draft.position_of(item)).map(|position| position.order())
    };
    for pair in &mut found {
        if order(pair.0) > order(pair.1) {
            *pair = (pair.1, pair.0, pair.2);
        }
    }
    found
}

fn alike(short: &[char], long: &[char]) -> Option<Sameness> {
    if short == long {
        return Some(Sameness::Whole);
    }
    let start = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let end = short.iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
    if start.max(end) < SAME_ENDS {
        return None;
    }
    let is_one_word = (start + end) * 100 >= long.len() * SIMILAR_PERCENT;
    // A long answer is a list of lines, and those that are the same are told line by line.
    let is_close = || {
        long.len() <= LONGEST_COMPARED
            && same_pairs(short, long) * 200 >= SIMILAR_PERCENT * (short.len() + long.len() - 2)
    };
    (is_one_word || is_close()).then_some(Sameness::Nearly)
}

/// How many pairs of neighbouring characters both have.
fn same_pairs(a: &[char], b: &[char]) -> usize {
    n_in_both(&neighbours(a.iter().copied()), &neighbours(b.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_alike(a: &str, b: &str) -> Option<Sameness> {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        if a.len() <= b.len() { alike(&a, &b) } else { alike(&b, &a) }
    }

    #[test]
    fn a_word_changed_is_nearly_the_same() {
        let text = "記録は係長が毎月まとめて確かめ、気付いた点を翌月の手順に直して、職員に書面で知らせる。";
        assert!(is_alike(text, text) == Some(Sameness::Whole));
        assert!(is_alike(text, &text.replace("係長", "課長")) == Some(Sameness::Nearly));
        assert!(
            is_alike(text, "端末は扉に鍵のかかる部屋に置き、持ち出すときは所属の長の許しを受けて帳簿に書く。")
                .is_none()
        );
        assert!(is_alike(text, &text.replace("毎月まとめて確かめ", "毎年四月に責任者と読み合わせ")).is_none());
    }
}
