//! The words around a citation: what joins it to the one before, and what marks it as one that held once.

use super::letters::{after_any, after_spaces, has, has_before};

/// Words before a citation that say it held once.
const OLD: &[&str] = &[
    "旧",
    "改正前の",
    "改正前は",
    "改正前",
    "廃止前の",
    "廃止前",
    "従前の",
    "従前は",
    "施行前の",
    "廃止された",
    "廃止した",
    "制定当時の",
];
/// Words and signs between two citations that belong together.
const JOINS: &[&str] = &[
    "及び",
    "並びに",
    "又は",
    "若しくは",
    "もしくは",
    "または",
    "および",
    "ならびに",
    "から",
    "まで",
    "、",
    ",",
    ".",
    "・",
    "/",
    "~",
    "〜",
    "-",
    "|",
    " ",
    "\n",
    "の",
];
/// Words between a place and the order that rests on it.
const RESTS_ON: &[&str] = &[
    "に基づく",
    "の規定に基づく",
    "に基づき定める",
    "に規定する",
    "の規定により定める",
    "に定める",
    "で定める",
    "により定める",
    "による",
    "の",
    "",
];
/// How far the name of a municipality reaches before that of its ordinance.
const MAX_PLACE_NAME: usize = 8;

/// Whether 旧 and the like stand right before the place, signs and the name of a municipality passed over.
pub(super) fn stands_before(letters: &[char], at: usize) -> bool {
    let mut at = at;
    while at > 0 && matches!(letters.get(at - 1), Some(' ' | ':' | '「' | '、' | '\n')) {
        at -= 1;
    }
    let marked = |at: usize| {
        OLD.iter().any(|word| has_before(letters, at, word))
            && !["復旧", "新旧"].iter().any(|word| has_before(letters, at, word))
    };
    if marked(at) {
        return true;
    }
    let named = at > 0 && letters.get(at - 1).is_some_and(|c| "市町村区県都府道".contains(*c));
    named && (1..=MAX_PLACE_NAME).any(|n_chars| at.checked_sub(n_chars).is_some_and(|at| has_before(letters, at, "旧")))
}

/// Whether the words after a citation say that it was abolished: 「（令和5年3月31日廃止）」, 「は廃止された」.
pub(super) fn is_abolished(letters: &[char], end: usize) -> bool {
    let rest = letters.get(after_spaces(letters, end)..).unwrap_or_default();
    let until = match rest.first() {
        Some('(') => rest.iter().take(40).position(|c| *c == ')'),
        Some('は' | 'が') => {
            Some(rest.iter().take(30).position(|c| matches!(c, '。' | '\n')).unwrap_or(rest.len().min(30)))
        }
        _ => None,
    };
    let words = rest.get(..until.unwrap_or(0)).unwrap_or_default();
    (0..words.len()).any(|at| has(words, at, "廃止"))
}

/// Whether nothing but joining words, signs and remarks in brackets stand in the gap.
pub(super) fn joins(gap: &[char]) -> bool {
    let gap = without_brackets(gap);
    let mut at = 0;
    while at < gap.len() {
        match after_any(&gap, at, JOINS) {
            Some(after) => at = after,
            None => return false,
        }
    }
    true
}

/// Whether a joining word stands in the gap: what follows is beside what stood before, not part of it.
pub(super) fn has_and(gap: &[char]) -> bool {
    (0..gap.len()).any(|at| after_any(gap, at, &["及び", "並びに", "又は", "、"]).is_some())
}

/// Whether an order after the gap rests on the place before it.
pub(super) fn rests_on(gap: &[char]) -> bool {
    let gap: Vec<char> = without_brackets(gap).into_iter().filter(|c| !c.is_whitespace()).collect();
    RESTS_ON.iter().any(|words| words.chars().eq(gap.iter().copied()))
}

/// The letters without what stands in brackets.
pub(super) fn without_brackets(letters: &[char]) -> Vec<char> {
    let mut depth = 0_usize;
    let mut out = Vec::with_capacity(letters.len());
    for c in letters {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(*c),
            _ => {}
        }
    }
    out
}
