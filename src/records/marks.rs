//! The marks before items: their sorts and numbers, and which numbers are marks at all.

use std::collections::{BTreeMap, BTreeSet};

use super::count::{BULLETS, HEADING_SIGNS};
use super::narrow;

/// Signs after the number of a mark.
const AFTER_NUMBER: [char; 5] = ['.', ')', ':', '、', ' '];
/// Digits of the longest number that is looked at.
const MOST_DIGITS: usize = 10;
/// A number with nothing but a space behind it.
pub(super) const BARE: Sort = Sort::Signed(' ');

/// The mark before an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemMark {
    /// As written, with the white space after it.
    pub written: String,
    /// Its sort.
    pub sort: Sort,
    /// Its number; a sign has none.
    pub number: Option<u32>,
}

/// The sort of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A number that is one character, with the 1 of its row: ①, ⑴.
    Character(char),
    /// (1)
    Bracketed,
    /// A number with that sign after it; a space where it has none.
    Signed(char),
    /// ・, ○ and the like.
    Sign(char),
}

/// Sort and number of what looks like a mark at the beginning of a line, whatever stands before it and behind it.
pub fn number_before(line: &str) -> Option<(Sort, u32)> {
    let start: Vec<char> = line.trim_start().chars().take(MOST_DIGITS + 3).map(narrow_of_list).collect();
    let mark = mark_at(&start, 0)?;
    mark.number.map(|number| (mark.sort, number))
}

/// One width for a character of a list. A wide point stays: what stands behind it is no decimal.
pub(super) fn narrow_of_list(c: char) -> char {
    if c == '．' { c } else { narrow(c) }
}

/// A mark where it stands in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MarkHere {
    pub sort: Sort,
    pub number: Option<u32>,
    /// How many characters it takes, with the white space after it.
    pub length: usize,
    /// Whether it may belong to the words: a number with nothing but spaces behind it (「65 歳以上」), or with another
    /// number behind its point (「1．5倍」 and 「1．4情報」).
    pub is_unsure: bool,
}

/// What looks like a mark there. Looks at few characters besides the white space behind it.
pub(super) fn mark_at(line: &[char], at: usize) -> Option<MarkHere> {
    let rest = line.get(at..)?;
    let first = *rest.first()?;
    let here = |sort, number, length: usize| {
        let spaces = rest[length..].iter().take_while(|c| c.is_whitespace()).count();
        MarkHere { sort, number, length: length + spaces, is_unsure: false }
    };
    if let Some((one, number)) = number_of(first) {
        return Some(here(Sort::Character(one), Some(number), 1));
    }
    if BULLETS.contains(&first) || HEADING_SIGNS.contains(&first) {
        return Some(here(Sort::Sign(first), None, 1));
    }
    let is_bracketed = first == '(';
    let digits = usize::from(is_bracketed);
    let n_digits = rest[digits..].iter().take(MOST_DIGITS).take_while(|c| c.is_ascii_digit()).count();
    let number: u32 = rest[digits..digits + n_digits].iter().collect::<String>().parse().ok()?;
    let sign = *rest.get(digits + n_digits)?;
    let next = rest.get(digits + n_digits + 1);
    if is_bracketed {
        return (sign == ')').then(|| here(Sort::Bracketed, Some(number), digits + n_digits + 1));
    }
    let is_before_digit = next.is_some_and(char::is_ascii_digit);
    let goes_on = next.is_none() || is_before_digit && sign != '．';
    let shown = match sign {
        '．' => '.',
        sign if sign.is_whitespace() => ' ',
        sign => sign,
    };
    (AFTER_NUMBER.contains(&shown) && !goes_on).then(|| {
        let mark = here(Sort::Signed(shown), Some(number), n_digits + 1);
        let has_tab = rest[n_digits..mark.length].contains(&'\t');
        MarkHere { is_unsure: is_before_digit || mark.sort == BARE && !has_tab, ..mark }
    })
}

/// The number that one character is, and the 1 of its row.
fn number_of(c: char) -> Option<(char, u32)> {
    let of = |one: char, first: char, from: u32| Some((one, u32::from(c) - u32::from(first) + from));
    match c {
        '①'..='⑳' => of('①', '①', 1),
        '㉑'..='㉟' => of('①', '㉑', 21),
        '㊱'..='㊿' => of('①', '㊱', 36),
        '⑴'..='⒇' => of('⑴', '⑴', 1),
        _ => None,
    }
}

/// The last number of the row of characters that begins with that 1.
pub(super) fn last_character(one: char) -> u32 {
    if one == '①' { 50 } else { 20 }
}

/// That number in the row of characters that begins with that 1.
pub(super) fn character(one: char, number: u32) -> char {
    let first = match number {
        21..=35 if one == '①' => u32::from('㉑') - 21,
        36.. if one == '①' => u32::from('㊱') - 36,
        _ => u32::from(one) - 1,
    };
    char::from_u32(first + number).unwrap_or(one)
}

/// All numbers of a list that look like marks.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// Wherever one could stand.
    found: BTreeSet<(Sort, u32)>,
    n_lines: usize,
    /// Sort → lines that begin with one.
    n_before: BTreeMap<Sort, usize>,
}

impl Numbers {
    /// Takes in a line of one width.
    pub fn read(&mut self, line: &[char]) {
        let mut is_first = true;
        let mut may_begin = true;
        for (at, c) in line.iter().enumerate() {
            if may_begin
                && c.is_ascii_digit()
                && let Some(MarkHere { sort, number: Some(number), .. }) = mark_at(line, at)
            {
                self.found.insert((sort, number));
                *self.n_before.entry(sort).or_default() += usize::from(is_first);
            }
            is_first &= c.is_whitespace();
            may_begin = !c.is_alphanumeric();
        }
        self.n_lines += usize::from(!is_first);
    }

    /// Whether one that is unsure is a mark, behind the last of its sort: the next one, the first of several, or one of
    /// those that most lines begin with. Else it belongs to the words: 「65 歳以上該当区分」.
    pub fn is_mark(&self, sort: Sort, number: u32, last: Option<u32>) -> bool {
        let n_before = self.n_before.get(&sort).copied().unwrap_or_default();
        let are_most = n_before >= 2 && n_before * 2 > self.n_lines;
        let has = |other: Option<u32>| other.is_some_and(|other| self.found.contains(&(sort, other)));
        let is_among = || {
            let is_in_row = has(number.checked_sub(1)) || has(number.checked_add(1));
            is_in_row || usize::try_from(number).is_ok_and(|number| number <= self.n_lines)
        };
        last.is_some_and(|last| last.checked_add(1) == Some(number))
            || number == 1 && (are_most || has(Some(2)))
            || are_most && is_among()
    }
}
