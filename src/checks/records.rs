//! The number of record items in 別添 against the bracket chosen for it.

use std::collections::BTreeMap;

use super::draft_index::DraftIndex;
use crate::draft::{FreeTable, Scope, is_blank};
use crate::form::{Facts, Rule};

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

/// Words that send the reader to a list elsewhere.
const ELSEWHERE: &[&str] = &["別紙", "別表", "別途", "別に定め", "参照"];
/// Signs before an item that also stand before a heading.
const HEADING_SIGNS: &[char] = &['○', '〇', '◯', '●', '◎', '■', '□', '◆', '◇', '▪'];
/// Signs that stand before items only.
const BULLETS: &[char] = &['・', '･', '•', '-', '*'];
/// What stands between two items of one line.
const BETWEEN: &[char] = &['、', ',', '・', '|', '/', ';'];

/// Whether the list is not here: 「別紙1のとおり」. 「次のとおり」 is followed by the list.
fn stands_elsewhere(text: &str) -> bool {
    let goes_on = |before: &str| ["次の", "以下の", "下記の"].iter().any(|word| before.ends_with(word));
    ELSEWHERE.iter().any(|word| text.contains(word))
        || text.match_indices("とおり").any(|(at, _)| !goes_on(&text[..at]))
}

/// How many items the list has, in each way of counting there is; the likeliest first.
fn counts(text: &str) -> Vec<usize> {
    let text: String = text.chars().map(narrow).collect();
    let mut tally = Tally::default();
    text.lines().map(str::trim).filter(|line| !line.is_empty()).for_each(|line| tally.read(line));
    let marked: usize = tally.marks.values().map(|(count, _)| count).sum();
    let unmarked = [tally.unmarked_lines, tally.unmarked_pieces];
    if marked < 3 {
        return vec![tally.all_pieces, tally.lines, unmarked[1], unmarked[0]];
    }
    let largest = tally.marks.values().map(|(count, _)| *count).max().unwrap_or(0);
    let headings: usize =
        tally.marks.iter().filter(|(sign, _)| HEADING_SIGNS.contains(sign)).map(|(_, (count, _))| count).sum();
    let mut counts = vec![marked, marked + unmarked[0], marked + unmarked[1]];
    // A few signs among many items stand before the headings of groups.
    let items = marked - headings;
    counts.extend(unmarked.iter().map(|more| items + more).filter(|items| headings > 0 && headings * 3 <= *items));
    counts.push(tally.all_pieces);
    // A few marks of one sort among many of another number the groups.
    if (marked + unmarked[0] - largest) * 3 <= largest {
        counts.push(largest);
    }
    counts.retain(|count| *count > 0);
    counts
}

/// What the lines of a list have.
#[derive(Default)]
struct Tally {
    /// Sort of mark → how many there are, and the last number.
    marks: BTreeMap<char, (usize, u32)>,
    /// Lines that are no heading.
    lines: usize,
    /// What commas part in all of them.
    all_pieces: usize,
    unmarked_lines: usize,
    unmarked_pieces: usize,
}

impl Tally {
    fn read(&mut self, line: &str) {
        let line = without_heading(line);
        if line.is_empty() {
            return;
        }
        let n_before = self.n_marks();
        self.read_marks(line);
        let pieces = line.split(['、', ',', '\t']).filter(|piece| !piece.trim().is_empty()).count();
        self.lines += 1;
        self.all_pieces += pieces;
        if self.n_marks() == n_before {
            self.unmarked_lines += 1;
            self.unmarked_pieces += pieces;
        }
    }

    fn n_marks(&self) -> usize {
        self.marks.values().map(|(count, _)| count).sum()
    }

    /// Counts the marks of a line, one at its beginning or several run on: `1. …、2. …`, `・… ・…`, `①…②…`.
    fn read_marks(&mut self, line: &str) {
        let mut before = None;
        for (at, c) in line.char_indices() {
            let starts = before.is_none_or(|c: char| c.is_whitespace());
            let parts = starts || before.is_some_and(|c| BETWEEN.contains(&c));
            if let '①'..='⑳' = c {
                self.add('①', u32::from(c) - u32::from('①') + 1);
            } else if BULLETS.contains(&c) && starts || HEADING_SIGNS.contains(&c) && before.is_none() {
                self.marks.entry(c).or_default().0 += 1;
            } else if parts && let Some((sort, number)) = number_at(&line[at..]) {
                self.add(sort, number);
            }
            before = Some(c);
        }
    }

    /// A number counts if it is the next of its sort, or begins again at 1.
    fn add(&mut self, sort: char, number: u32) {
        let (count, last) = self.marks.entry(sort).or_default();
        if number == 1 || number == *last + 1 {
            *count += 1;
            *last = number;
        }
    }
}

/// The sort and number of a mark at the beginning of a text: `1.`, `(1)`, `1)`, `1:`, `1 `.
fn number_at(text: &str) -> Option<(char, u32)> {
    let inside = text.strip_prefix('(').unwrap_or(text);
    let digits = inside.find(|c: char| !c.is_ascii_digit())?;
    let (number, after) = inside.split_at(digits);
    let sign = after.chars().next().filter(|sign| [')', '.', ':', ' ', '、'].contains(sign))?;
    let goes_on = after.get(1..).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
    let is_bracketed = inside.len() < text.len();
    let number = number.parse().ok()?;
    (is_bracketed == (is_bracketed && sign == ')') && !goes_on)
        .then_some((if is_bracketed { '(' } else { sign }, number))
}

/// The line without a heading that stands before its items; empty where it is all heading.
fn without_heading(line: &str) -> &str {
    let pairs = [('<', '>'), ('【', '】'), ('[', ']'), ('《', '》'), ('〈', '〉'), ('〔', '〕')];
    let mut line = line;
    for (open, close) in pairs {
        if let Some((_, rest)) = line.strip_prefix(open).and_then(|rest| rest.split_once(close)) {
            line = rest.trim();
        }
    }
    let is_bracketed = line.starts_with('(') && line.ends_with(')') && number_at(line).is_none();
    let is_heading =
        is_bracketed || line.ends_with("ファイル") && !line.contains(['、', ',']) || line.ends_with([':', '>']);
    if is_heading { "" } else { line }
}

/// One width for digits, signs and spaces.
fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many lines, each with its number put in.
    fn lines(range: std::ops::RangeInclusive<usize>, line: &str) -> String {
        range.map(|n| line.replace("{n}", &n.to_string())).collect::<Vec<_>>().join("\n")
    }

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
    fn items_are_counted_by_their_numbers() {
        assert_eq!(counts("課税情報ファイル\n1．宛名番号\n2．個人番号\n3．氏名")[0], 3);
        assert_eq!(counts("【宛名】\n1. 整理番号、2. 宛名番号、3. 個人番号\n【収納】\n1. 税目、2. 年度")[0], 5);
        assert_eq!(counts("＜宛名＞①宛名番号②氏名③住所④生年月日")[0], 4);
    }

    #[test]
    fn unnumbered_items_are_counted_in_every_way() {
        assert_eq!(counts("＜宛名＞\n宛名番号、個人番号\n氏名")[..2], [3, 2]);
        assert!(counts("■宛名\n宛名番号、個人番号\n■課税\n税額\n年度").contains(&4));
    }

    #[test]
    fn any_mixture_of_marks_is_counted() {
        let mixed =
            |a: &str, b: &str| format!("＜宛名情報＞\n{}\n＜課税情報＞\n{}", lines(1..=60, a), lines(1..=60, b));
        for text in [
            mixed("・項目{n}", "({n})項目{n}"),
            mixed("（{n}）項目", "{n}．項目"),
            mixed("●項目{n}", "{n}）項目"),
            mixed("({n}) 項目", "{n}：項目"),
        ] {
            let counts = counts(&text);
            assert!(counts.contains(&120) && !counts.contains(&60), "{counts:?}: {text}");
        }
    }

    #[test]
    fn a_few_marks_of_another_sort_number_the_groups() {
        let groups = format!("1．宛名\n{}\n2．課税\n{}", lines(1..=9, "({n}) 項目"), lines(1..=8, "({n}) 項目"));
        assert!(counts(&groups).contains(&17), "{:?}", counts(&groups));
        let signs = format!("■宛名\n{}\n■課税\n{}", lines(1..=9, "・項目{n}"), lines(1..=8, "・項目{n}"));
        assert!(counts(&signs).contains(&17), "{:?}", counts(&signs));
    }

    #[test]
    fn a_list_elsewhere_is_told_from_one_that_follows() {
        for text in ["別紙1のとおり", "別添資料のとおり", "仕様書のとおり", "別途定める一覧を参照"]
        {
            assert!(stands_elsewhere(text), "{text}");
        }
        for text in ["記録項目は次のとおり。\n1．氏名", "以下のとおり\n・氏名", "1．氏名\n2．住所"]
        {
            assert!(!stands_elsewhere(text), "{text}");
        }
    }
}
