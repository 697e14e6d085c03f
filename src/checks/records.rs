//! The number of record items in 別添 against the bracket chosen for it.

use super::draft_index::DraftIndex;
use crate::draft::{FreeTable, Scope, is_blank};
use crate::form::{Facts, Rule};
use crate::records::{BULLETS, counts, narrow, stands_elsewhere};

/// A bracket that does not hold the number of items listed. Silent where the list cannot be counted for certain.
pub(super) fn count(draft: &mut DraftIndex<'_>, rule: &Rule, bracket: &str, list: &str) {
    for scope in draft.scopes(bracket) {
        let text = scope.text(list);
        let attached = attached(scope, list);
        let is_here = !stands_elsewhere(&text) && !is_blank(&text);
        if !is_here && attached.is_empty() {
            continue;
        }
        let Some((from, below)) = Facts::range(&scope, bracket) else { continue };
        let fits = |count: usize| {
            i64::try_from(count).is_ok_and(|count| count >= from && below.is_none_or(|below| count < below))
        };
        let counts = match (is_here, attached.as_slice()) {
            (true, []) => counts(&text),
            (true, attached) => {
                counts(&text).iter().flat_map(|count| attached.iter().map(move |more| count + more)).collect()
            }
            (false, attached) => attached.to_vec(),
        };
        let Some(best) = counts.first().filter(|_| !counts.iter().any(|count| fits(*count))) else { continue };
        let chosen = scope.text(bracket).into_owned();
        draft.add(rule, draft.path(scope, bracket), &[("個数", &best.to_string()), ("区分", &chosen)]);
    }
}

/// An item that is named twice, one right after the other.
pub(super) fn twice(draft: &mut DraftIndex<'_>, rule: &Rule, list: &str) {
    for scope in draft.scopes(list) {
        if let Some(name) = named_twice(&scope.text(list)) {
            draft.add(rule, draft.path(scope, list), &[("記録項目", &name)]);
        }
    }
}

/// A number of the list that does not follow the one before, where the list goes on behind it.
pub(super) fn numbers(draft: &mut DraftIndex<'_>, rule: &Rule, list: &str) {
    for scope in draft.scopes(list) {
        if let Some((before, after)) = odd_number(&scope.text(list)) {
            let words = [("前", before.to_string()), ("次", after.to_string())];
            let words = words.each_ref().map(|(key, word)| (*key, word.as_str()));
            draft.add(rule, draft.path(scope, list), &words);
        }
    }
}

/// Fewer numbered items are no list that is counted through.
const FEWEST_NUMBERED: usize = 8;

/// The first number that is neither the next one nor 1, of a list where all others are. Numbers in another manner than that of
/// the first are of a list within.
fn odd_number(text: &str) -> Option<(usize, usize)> {
    let text: String = text.chars().map(narrow).collect();
    let number = |piece: &str| {
        let piece = piece.trim();
        let (opened, inside) = piece.strip_prefix('(').map_or((false, piece), |inside| (true, inside));
        let end = inside.find(|c: char| !c.is_ascii_digit())?;
        let behind = inside[end..].strip_prefix(if opened { ')' } else { '.' })?;
        let is_list = !behind.starts_with(|c: char| c.is_ascii_digit());
        is_list.then(|| inside[..end].parse::<usize>().ok()).flatten().map(|number| (opened, number))
    };
    let numbers: Vec<(bool, usize)> =
        text.lines().flat_map(|line| line.split(['、', ','])).filter_map(number).collect();
    let (manner, _) = *numbers.first()?;
    let numbers = numbers.iter().filter(|(opened, _)| *opened == manner).map(|(_, number)| *number);
    let numbers: Vec<usize> = numbers.collect();
    let follows = |pair: &&[usize]| pair[1] != pair[0] + 1 && pair[1] != 1;
    let mut odd = numbers.windows(2).filter(follows);
    let first = odd.next().map(|pair| (pair[0], pair[1]))?;
    // A number too many or too few is one or two odd places.
    (numbers.len() >= FEWEST_NUMBERED && odd.count() < 2).then_some(first)
}

/// Shortest name that is looked for, in characters: 備考 and 区分 stand anywhere.
const NAME_CHARS: usize = 3;

fn named_twice(text: &str) -> Option<String> {
    let names: Vec<String> = text
        .lines()
        .flat_map(|line| line.split(['、', ',', '，', '\t']))
        .map(|piece| piece.chars().map(narrow).collect::<String>())
        .map(|piece| without_mark(piece.trim()).to_owned())
        .collect();
    let twins = names.windows(2).find(|pair| pair[0] == pair[1] && pair[0].chars().count() >= NAME_CHARS);
    twins.and_then(|pair| pair.first().cloned())
}

/// A name without the number or sign before it.
fn without_mark(piece: &str) -> &str {
    let is_mark = |c: char| {
        c.is_ascii_digit() || c.is_whitespace() || BULLETS.contains(&c) || "().:①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳".contains(c)
    };
    piece.trim_start_matches(is_mark).trim_end()
}

/// How many items the 別紙 of a list hold: an item a row, or an item a cell.
fn attached(scope: Scope<'_>, list: &str) -> Vec<usize> {
    let tables: Vec<&FreeTable> = scope.attached_to(list).filter(|table| table.n_written() > 0).collect();
    let n_rows: usize = tables.iter().map(|table| table.n_written()).sum();
    let cells = tables.iter().flat_map(|table| table.rows.iter().flatten());
    let n_cells = cells.filter(|text| !text.trim().is_empty()).count();
    if n_rows == 0 { Vec::new() } else { vec![n_rows, n_cells] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_named_again_right_after_is_found() {
        let found = |text: &str| named_twice(text);
        assert_eq!(found("1．　口座番号\n２．　口座番号").as_deref(), Some("口座番号"));
        assert_eq!(found("氏名、生年月日、生年月日、性別").as_deref(), Some("生年月日"));
        assert_eq!(found("＜本人＞\n・氏名\n＜世帯主＞\n・氏名"), None);
        assert_eq!(found("備考、備考、区分"), None);
        assert_eq!(found("口座番号1、口座番号2"), None);
    }

    #[test]
    fn a_number_that_stands_twice_is_found_in_its_own_manner() {
        let list = |numbers: &[&str]| numbers.iter().map(|number| format!("{number}項目\n")).collect::<String>();
        let odd = |numbers: &[&str]| odd_number(&list(numbers));
        assert_eq!(odd(&["（1）", "（2）", "（3）", "（4）", "（5）", "（5）", "（7）", "（8）"]), Some((5, 5)));
        assert_eq!(odd(&["１．", "２．", "３．", "５．", "６．", "７．", "８．", "９．"]), Some((3, 5)));
        for right in [
            &["1.", "2.", "3.", "（1）", "（2）", "4.", "5.", "6.", "7.", "8."][..],
            &["（1）", "1.", "2.", "（2）", "（3）", "（4）", "（5）", "（6）", "（7）", "（8）"],
            &["（1）", "（2）", "（3）", "（4）", "（1）", "（2）", "（3）", "（4）"],
            &["（1）", "（3）", "（3）"],
            &["（昭和50）", "（1）", "（2）", "（3）", "（4）", "（5）", "（6）", "（7）", "（8）"],
        ] {
            assert_eq!(odd(right), None, "{right:?}");
        }
    }
}
