//! The number of record items in 別添 against the bracket chosen for it.

use super::draft_index::DraftIndex;
use crate::draft::is_blank;
use crate::form::{Facts, Rule};

/// A bracket that does not hold the number of items listed. Silent where the list cannot be counted for certain.
pub(super) fn count(draft: &mut DraftIndex<'_>, rule: &Rule, bracket: &str, list: &str) {
    for scope in draft.scopes(bracket) {
        let text = scope.text(list);
        let (Some((from, below)), false) = (Facts::range(&scope, bracket), is_blank(&text)) else { continue };
        let fits = |count: usize| {
            i64::try_from(count).is_ok_and(|count| count >= from && below.is_none_or(|below| count < below))
        };
        let counts = counts(&text);
        let Some(best) = counts.first().filter(|_| !counts.iter().any(|count| fits(*count))) else { continue };
        let chosen = scope.text(bracket).into_owned();
        draft.add(rule, draft.path(scope, bracket), &[("個数", &best.to_string()), ("区分", &chosen)]);
    }
}

/// How many items the list has: by their numbers where they are numbered, else each way of counting there is.
fn counts(text: &str) -> Vec<usize> {
    let text: String = text.chars().map(narrow).collect();
    let numbered = numbered(&text);
    if numbered >= 3 {
        return vec![numbered];
    }
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty() && !is_heading(line)).collect();
    let pieces = lines.iter().flat_map(|line| line.split(['、', ',', '\t'])).filter(|piece| !piece.trim().is_empty());
    vec![pieces.count(), lines.len()]
}

/// One width for digits, signs and spaces.
fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// Numbers that count on from the one before, or begin again at 1: `1. …、2. …`, one a line or run on.
fn numbered(text: &str) -> usize {
    let mut count = 0;
    let mut last = 0_u32;
    let mut before = '\n';
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        if digits == 0 || before.is_ascii_digit() {
            before = c;
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let (number, after) = rest.split_at(digits);
        let starts = before.is_whitespace() || "、,・|/;(".contains(before);
        let ends = after.starts_with(['.', ')', ':', ' ', '、', '\u{3000}'])
            && !after.get(1..).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
        if let Some(number) =
            number.parse::<u32>().ok().filter(|number| starts && ends && (*number == 1 || *number == last + 1))
        {
            count += 1;
            last = number;
        }
        before = '0';
        rest = after;
    }
    count
}

fn is_heading(line: &str) -> bool {
    line.starts_with(['<', '【', '[', '■', '◎', '●', '◆', '《', '〈', '('])
        || line.ends_with("ファイル")
        || line.ends_with([':', '>'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_counted_by_their_numbers() {
        assert_eq!(counts("課税情報ファイル\n1．宛名番号\n2．個人番号\n3．氏名"), [3]);
        assert_eq!(counts("【宛名】\n1. 整理番号、2. 宛名番号、3. 個人番号\n【収納】\n1. 税目、2. 年度"), [5]);
    }

    #[test]
    fn unnumbered_items_are_counted_in_every_way() {
        assert_eq!(counts("＜宛名＞\n宛名番号、個人番号\n氏名"), [3, 2]);
    }
}
