//! Numbers that a text says, beside the bracket that was chosen for them: 「約4千人」 beside 「10万人以上100万人未満」.
//! Of several numbers in a text only one that is said to be the whole is told: which of the others is meant is not known.

use super::draft_index::{DraftIndex, Text};
use super::{OtherSide, asides, sides};
use crate::draft::Scope;
use crate::form::{Facts, FieldPath, Known, Pattern, Rule, SaidNumber, citation, is_listed};

/// A bracket that does not hold the one number that a text says; told of the first such text.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule, cases: &[SaidNumber]) {
    let mut found: Vec<(FieldPath, String, String, OtherSide)> = Vec::new();
    for case in cases.iter().filter(|case| draft.knows(&case.bracket)) {
        for scope in draft.scopes(&case.bracket) {
            let path = draft.path(scope, &case.bracket);
            let Some((from, below)) = Facts::range(&scope, &case.bracket) else { continue };
            let is_told = found.iter().any(|(known, ..)| *known == path);
            let holds = case.when.as_ref().is_none_or(|when| when.holds(&scope) == Known::Yes);
            if is_told || !holds {
                continue;
            }
            let wrong = draft.texts.iter().filter(|text| is_beside(draft, text, scope, case)).find_map(|text| {
                let is_out = |number: i64| number < from || below.is_some_and(|below| number >= below);
                let words = wrong(case, text.seen(), &is_out)?;
                Some((words, sides::side(draft, draft.path(text.scope, text.item))))
            });
            if let Some((words, side)) = wrong {
                found.push((path, words, scope.text(&case.bracket).into_owned(), side));
            }
        }
    }
    for (path, words, chosen, side) in found {
        let place = side.place.clone();
        if let Some(finding) = draft.add(rule, path, &[("数", &words), ("区分", &chosen), ("欄", &place)]) {
            finding.others = vec![side];
        }
    }
}

/// Whether a text stands where the bracket does: in its entry, its file, or a document of that one file.
fn is_beside(draft: &DraftIndex<'_>, text: &Text<'_>, scope: Scope<'_>, case: &SaidNumber) -> bool {
    let same_entry = draft.form.repeat_of(text.item).is_none() || text.scope.entry_index() == scope.entry_index();
    let same_file = match (scope.file_index(), text.scope.file_index()) {
        (Some(file), Some(other)) => file == other,
        (Some(_), None) => draft.state.document.files.len() == 1,
        (None, _) => true,
    };
    same_entry && same_file && is_listed(&case.texts, text.item)
}

/// The words of a number that the bracket does not hold: the one that a text says, or of several one that is the whole.
fn wrong(case: &SaidNumber, text: &str, is_out: &dyn Fn(i64) -> bool) -> Option<String> {
    let of_other = |sentence: &str| case.unless.as_ref().is_some_and(|words| words.is_match(sentence));
    let sentences = text.split(['。', '\n']).map(without_mark).filter(|sentence| !of_other(sentence));
    let of_sentence = |sentence: &str| -> Vec<(String, i64)> {
        let found = numbers(&case.says, &citation::plain(sentence));
        let found = found.into_iter().filter(|(_, number)| *number >= case.least).collect::<Vec<_>>();
        match found.as_slice() {
            [_, _, ..] if case.sums => {
                let words = found.iter().map(|(words, _)| words.trim_matches(['、', '(', ')', 'が']));
                let words: Vec<&str> = words.collect();
                vec![(words.join("、"), found.iter().map(|(_, number)| number).sum())]
            }
            _ => found,
        }
    };
    let said: Vec<(String, i64)> = sentences.clone().flat_map(of_sentence).collect();
    match said.as_slice() {
        [] => return None,
        [(words, number)] => return is_out(*number).then(|| words.clone()),
        _ => {}
    }
    let is_told = |sentence: &&str| !asides::is_of_other(sentence) && !asides::is_case(sentence);
    let whole = |whole: &Pattern| -> Vec<(String, i64)> {
        sentences.filter(is_told).flat_map(|sentence| numbers(whole, &citation::plain(sentence))).collect()
    };
    let wholes = case.whole.as_ref().map(whole).unwrap_or_default();
    // Of several under headings each is a part.
    let is_part = wholes.len() > 1 && !is_out(wholes.iter().map(|(_, number)| number).sum());
    wholes.into_iter().find(|(_, number)| is_out(*number) && !is_part).map(|(words, _)| words)
}

/// A line without the number of a list before it: 「1　5年を経過した…」 says 5年, not 15年.
pub(super) fn without_mark(line: &str) -> &str {
    let line = line.trim_start();
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９'));
    let is_mark = rest.len() < line.len()
        && rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '.' | '．' | ')' | '）' | '、'));
    if is_mark { rest.trim_start_matches(['.', '．', ')', '）', '、']).trim_start() } else { line }
}

/// The numbers that a pattern finds, each with its words; the number is the first group that is there.
fn numbers(says: &Pattern, text: &str) -> Vec<(String, i64)> {
    let number = |found: regex::Captures<'_>| {
        let words = found.get(0)?.as_str().to_owned();
        Some((words, number(found.iter().skip(1).flatten().next()?.as_str())?))
    };
    says.captures(text).filter_map(number).collect()
}

/// 62000 of 6万2千, 4000 of 4千, 1234 of 1,234.
fn number(text: &str) -> Option<i64> {
    let text: String = text.chars().filter(|c| *c != ',').collect();
    let mut sum = 0_i64;
    let mut rest = text.as_str();
    for (unit, worth) in [('万', 10_000), ('千', 1000)] {
        if let Some((before, behind)) = rest.split_once(unit) {
            let (whole, tenth) = before.split_once('.').unwrap_or((before, "0"));
            sum += whole.parse::<i64>().ok()? * worth;
            sum += tenth.chars().next()?.to_digit(10).map(i64::from)? * worth / 10;
            rest = behind;
        }
    }
    let more = if rest.is_empty() { 0 } else { rest.parse::<i64>().ok()? };
    (sum + more > 0).then_some(sum + more)
}

#[cfg(test)]
mod tests {
    use super::{number, without_mark};

    #[test]
    fn the_number_of_a_list_is_none_of_the_line() {
        for (line, rest) in
            [("1　5年を経過した", "5年を経過した"), ("２．３年間", "３年間"), ("5年を経過した", "5年を経過した")]
        {
            assert_eq!(without_mark(line), rest);
        }
    }

    #[test]
    fn numbers_are_read_with_their_units() {
        for (text, read) in [("4千", 4000), ("6万2千", 62_000), ("1,234", 1234), ("1.5万", 15_000), ("120", 120)] {
            assert_eq!(number(text), Some(read), "{text}");
        }
        assert_eq!(number("万"), None);
    }
}
