//! Laws that are not in the list, told by how their names end: …法, …条例, …規則, …命令; and names that the text defines.

use super::laws::{Law, LawKind};
use super::letters::{after_any, after_spaces, has, has_before, is_noun, number};

/// A name that ends at some place.
pub(super) struct Name {
    pub law: Law,
    pub start: usize,
    pub end: usize,
}

/// How names of laws end, and what they name then.
const ENDINGS: &[(&str, LawKind)] = &[
    ("条例", LawKind::Ordinance),
    ("規則", LawKind::Rule),
    ("規程", LawKind::Rule),
    ("要綱", LawKind::Rule),
    ("要領", LawKind::Rule),
    ("細則", LawKind::Rule),
    ("手順書", LawKind::Rule),
    ("契約書", LawKind::Rule),
    ("基準", LawKind::Rule),
    ("主務省令", LawKind::Order),
    ("命令", LawKind::Order),
    ("省令", LawKind::Order),
    ("政令", LawKind::Order),
    ("府令", LawKind::Order),
    ("法律", LawKind::Law),
    ("法", LawKind::Law),
];
/// Characters before 法 with which it is no law.
const NO_LAW_AFTER: &str = "方手司違合用文寸作療技製工農魔立便論";
/// Characters after 法 with which it is no law.
const NO_LAW_BEFORE: &str = "人令定務的制廷曹外案式律規則";
/// How far back the name of a law is looked for, in characters.
const MAX_NAME: usize = 40;
/// What may stand between a law of no name and its place.
const THEN: &[&str] = &["の", "及び", "並びに", "、", "・", " "];

/// The id of 法 alone where the text does not say which: another text of the document may (以下「法」という。).
pub const BARE_LAW: &str = "法";

/// The name whose last word begins there.
pub(super) fn ending_at(letters: &[char], at: usize, defined: &[(Vec<char>, Law)]) -> Option<Name> {
    let (kind, end) = ENDINGS.iter().find_map(|(word, kind)| Some((*kind, after_any(letters, at, &[word])?)))?;
    let read = letters.get(..end)?;
    if let Some((name, law)) = defined.iter().find(|(name, _)| read.ends_with(name)) {
        return Some(Name { law: *law, start: end - name.len(), end });
    }
    let own_name = letters.get(..at)?.iter().rev().take(MAX_NAME).take_while(|c| is_noun(**c)).count();
    let start = at - own_name;
    let is_titled = ["に関する", "に係る"].iter().any(|words| has_before(letters, start, words));
    let is_title_of_a_law = kind == LawKind::Law && !has(letters, at, "法律");
    if is_title_of_a_law && !is_law(letters, at, own_name, end) || has(letters, at, "法律") && !is_titled {
        return None;
    }
    // 「平成27年青嶺市条例第40号」 in a bracket is the number of a law that was named, and nothing else.
    let numbered = numbered_end(letters, end);
    if numbered.is_some() && letters.get(..start)?.iter().rev().take(16).any(|c| *c == '(') && !is_titled {
        return None;
    }
    let own = letters.get(start..at)?;
    let is_named = is_titled || numbered.is_some() || names_more_than_a_place(own, kind);
    let end = numbered.unwrap_or(end);
    if !is_named && !is_cited(letters, end) || kind == LawKind::Order && !is_cited(letters, end) {
        return None;
    }
    // A point before it begins a line.
    let is_bare = own.last().is_none_or(|c| *c == '・');
    let id = match kind {
        LawKind::Ordinance if !is_named => "条例",
        LawKind::Order => "命令",
        LawKind::Law if is_bare && !has(letters, at, "法律") => BARE_LAW,
        _ => "",
    };
    Some(Name { law: Law { kind, id, tables: false }, start, end })
}

/// Whether 法 there ends the name of a law, or is 法 alone before a place.
fn is_law(letters: &[char], at: usize, own_name: usize, end: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied().unwrap_or(' ');
    let after = letters.get(end).copied().unwrap_or(' ');
    let fits = !NO_LAW_AFTER.contains(before) && !NO_LAW_BEFORE.contains(after);
    fits && (own_name > 0 || is_cited(letters, end))
}

/// Where 「第40号」 after the word ends.
fn numbered_end(letters: &[char], end: usize) -> Option<usize> {
    let first = after_any(letters, end, &["第"])?;
    let (_, after) = number(letters, first)?;
    (letters.get(after) == Some(&'号')).then_some(after + 1)
}

/// Whether the words before 条例 say more than whose it is (青嶺市, 本市, 市).
fn names_more_than_a_place(own: &[char], kind: LawKind) -> bool {
    match own.last() {
        None => false,
        Some(last) => kind != LawKind::Ordinance || !"市町村区県都府道本当各該".contains(*last),
    }
}

/// Whether a place of it follows: 「条例第3条」, 「条例の別表」, 「命令（…）第2条」.
fn is_cited(letters: &[char], end: usize) -> bool {
    let mut at = end;
    loop {
        if letters.get(at) == Some(&'(') {
            let Some(close) = letters.get(at..).and_then(|rest| rest.iter().take(80).position(|c| *c == ')')) else {
                return false;
            };
            at += close + 1;
        } else if let Some(after) = after_any(letters, at, THEN) {
            at = after;
        } else {
            break;
        }
    }
    let first = after_any(letters, at, &["第"]).map(|at| after_spaces(letters, at));
    has(letters, at, "別表") || has(letters, at, "附則") || first.is_some_and(|at| number(letters, at).is_some())
}

/// 番号法 + 施行令 is another law than 番号法.
pub(super) fn with_suffix(letters: &[char], law: Law, end: usize) -> (Law, usize) {
    const SUFFIXES: &[(&str, LawKind)] = &[
        ("施行条例", LawKind::Ordinance),
        ("施行令", LawKind::Order),
        ("施行規則", LawKind::Rule),
        ("施行細則", LawKind::Rule),
    ];
    let suffix = SUFFIXES.iter().find_map(|(word, kind)| Some((*kind, after_any(letters, end, &[word])?)));
    match suffix {
        Some((kind, end)) => (Law { kind, id: "", tables: false }, end),
        None => (law, end),
    }
}

/// Whether a name that a text defines may be one of a law.
pub(super) fn may_name_a_law(name: &[char]) -> bool {
    let n_chars = |word: &str| word.chars().count();
    let ends = |word: &str| name.len() >= n_chars(word) && has_before(name, name.len(), word);
    ENDINGS.iter().any(|(word, _)| ends(word)) || ends("令")
}
