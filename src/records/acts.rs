//! What can be done with a list: one item a line, numbers put in or put right, marks taken away.

use std::collections::BTreeMap;

use super::list::{Line, RecordItem, RecordList};
use super::marks::{BARE, ItemMark, Sort, character, last_character, number_before};

/// The mark that items get where none is numbered.
const PLAIN: (&str, &str) = ("", "．");
/// In bytes: what is longer is no list that anybody prints or takes in, and stays in the order it has.
const LONGEST: usize = 1_000_000;

/// Every item on a line of its own, marks and headings as they are.
pub fn one_a_line(list: &RecordList) -> String {
    render(list, |item| item.to_string())
}

/// Every item on a line of its own, without its mark.
pub fn without_marks(list: &RecordList) -> String {
    render(list, |item| format!("{}{}", item.indent, item.text))
}

/// Every item on a line of its own, numbered in the way in which most are; from 1 again where the list began again.
pub fn numbered(list: &RecordList) -> String {
    let template = Template::of(list);
    let mut restarts = restarts(list).into_iter().peekable();
    let (mut number, mut nth) = (0, 0);
    render(list, |item| {
        number = if restarts.next_if_eq(&nth).is_some() { 1 } else { number + 1 };
        nth += 1;
        format!("{}{}{}", item.indent, template.mark(number), item.text)
    })
}

/// A list that was read column by column, where its items are numbered through from 1: in the order of their numbers, each
/// heading before the item that followed it. `None` where it is in order or cannot be told.
pub fn in_order(text: &str) -> Option<String> {
    /// Items in a row: what stands below a row follows its last item.
    const MOST_BESIDE: u32 = 3;
    if text.len() > LONGEST {
        return None;
    }
    let list = RecordList::of(text);
    let (mut keyed, mut before, mut last) = (Vec::new(), Vec::new(), 0);
    for line in &list.lines {
        match line {
            Line::Item(item) => {
                last = item.mark.as_ref()?.number?;
                keyed.extend(before.drain(..).map(|heading| (last, 0, heading)));
                keyed.push((last, 1, item.to_string()));
            }
            Line::Note(words) if last > 0 => keyed.push((last + MOST_BESIDE - 1, 2, words.clone())),
            Line::Heading(words) | Line::Note(words) => before.push(words.clone()),
            Line::Blank => {}
        }
    }
    if !before.is_empty() || !is_through(&list) {
        return None;
    }
    let number = |(number, rank, _): &(u32, u32, String)| (*number, *rank);
    if keyed.iter().filter(|(_, rank, _)| *rank == 1).is_sorted_by_key(|(number, _, _)| *number) {
        return None;
    }
    keyed.sort_by_key(number);
    Some(keyed.into_iter().map(|(_, _, words)| words).collect::<Vec<_>>().join("\n"))
}

/// Whether the numbers of a list go down other than to 1, or one stands inside the item before it: then it was read in
/// another order than it was written in, or parts of it as one.
pub fn is_out_of_order(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let list = RecordList::of(text);
    let mut last: BTreeMap<Sort, u32> = BTreeMap::new();
    list.items().any(|item| {
        let Some(ItemMark { sort, number: Some(number), .. }) = item.mark else { return false };
        let goes_down = last.insert(sort, number).is_some_and(|last| number < last && number > 1);
        goes_down || number.checked_add(1).is_some_and(|next| holds(&item.text, sort, next))
    })
}

/// Whether a mark of that sort with that number stands right behind other words.
fn holds(text: &str, sort: Sort, number: u32) -> bool {
    let mut is_digit_before = true;
    text.char_indices().any(|(at, c)| {
        let is_here = sort != BARE && !is_digit_before && number_before(&text[at..]) == Some((sort, number));
        is_digit_before = c.is_numeric() || c.is_whitespace();
        is_here
    })
}

/// Whether all items of a list are numbered, from 1 to the last, in that order: whoever reads such a list in another order
/// can tell how it was.
pub fn is_numbered_through(text: &str) -> bool {
    text.len() <= LONGEST && numbers(&RecordList::of(text)).is_some_and(|numbers| are_through(&numbers))
}

/// Whether all items are numbered, from 1 to the last, in any order.
fn is_through(list: &RecordList) -> bool {
    numbers(list).is_some_and(|mut numbers| {
        numbers.sort_unstable();
        are_through(&numbers)
    })
}

/// The numbers of all items; `None` where one has none.
fn numbers(list: &RecordList) -> Option<Vec<u32>> {
    list.items().map(|item| item.mark.as_ref().and_then(|mark| mark.number)).collect()
}

fn are_through(numbers: &[u32]) -> bool {
    !numbers.is_empty() && numbers.iter().zip(1..).all(|(number, expected)| *number == expected)
}

fn render(list: &RecordList, mut item: impl FnMut(&RecordItem) -> String) -> String {
    let lines = list.lines.iter().map(|line| match line {
        Line::Blank => String::new(),
        Line::Heading(text) | Line::Note(text) => text.clone(),
        Line::Item(it) => item(it),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Which items begin a new count: those that were numbered 1 and follow no item.
fn restarts(list: &RecordList) -> Vec<usize> {
    let (mut nth, mut after_item) = (0, false);
    let mut found = Vec::new();
    for line in &list.lines {
        if let Line::Item(item) = line {
            let is_first = item.mark.as_ref().is_some_and(|mark| mark.number == Some(1));
            if is_first && !after_item {
                found.push(nth);
            }
            nth += 1;
        }
        after_item = matches!(line, Line::Item(_));
    }
    found
}

/// How numbers are written.
struct Template {
    before: String,
    after: String,
    digits: Digits,
}

#[derive(Clone, Copy)]
enum Digits {
    Narrow,
    Wide,
    /// One character for each number, of the row that begins with that.
    Character(char),
}

impl Template {
    /// As the most items are numbered that are.
    fn of(list: &RecordList) -> Self {
        let marks = || list.items().filter_map(|item| item.mark.as_ref()).filter(|mark| mark.number.is_some());
        let mut n_of: BTreeMap<Sort, usize> = BTreeMap::new();
        marks().for_each(|mark| *n_of.entry(mark.sort).or_default() += 1);
        // The first of those that are as many.
        let most = n_of.values().max();
        let first = marks().find(|mark| n_of.get(&mark.sort) == most);
        let has_numbers = |one: char| list.items().count() <= last_character(one) as usize;
        match first {
            Some(ItemMark { written, sort: Sort::Character(one), .. }) if has_numbers(*one) => {
                let after = written.chars().skip(1).collect();
                Self { before: String::new(), after, digits: Digits::Character(*one) }
            }
            Some(ItemMark { written, sort: Sort::Bracketed | Sort::Signed(_), .. }) => {
                let is_wide = |c: char| ('０'..='９').contains(&c);
                let is_digit = |c: char| c.is_ascii_digit() || is_wide(c);
                let before: String = written.chars().take_while(|c| !is_digit(*c)).collect();
                let after = written.trim_start_matches(|c| !is_digit(c)).trim_start_matches(is_digit).to_owned();
                let digits = if written.contains(is_wide) { Digits::Wide } else { Digits::Narrow };
                Self { before, after, digits }
            }
            _ => {
                let (before, after) = PLAIN;
                Self { before: before.to_owned(), after: after.to_owned(), digits: Digits::Narrow }
            }
        }
    }

    fn mark(&self, number: u32) -> String {
        let wide = |c: char| char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c);
        let digits: String = match self.digits {
            Digits::Narrow => number.to_string(),
            Digits::Wide => number.to_string().chars().map(wide).collect(),
            Digits::Character(one) => character(one, number).to_string(),
        };
        format!("{}{digits}{}", self.before, self.after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_was_read_wrong_is_told_from_one_that_was_written_so() {
        for (text, expected) in [
            ("1．甲\n4．丁\n2．乙8．辛", true),
            ("6．己7．庚\n8．辛", true),
            ("1．甲\n3．丙\n2．乙\n3．丁", true),
            ("1．甲\n2．乙\n4．丁", false),
            ("＜宛名＞\n1．甲\n2．乙\n＜課税＞\n1．丙", false),
            ("1．税率3.5\n2．区分2．の分", false),
            ("①甲\n・乙\n②丙", false),
            ("1．健康（2）\n2．医療", false),
            ("65 歳\n40 歳", false),
        ] {
            assert_eq!(is_out_of_order(text), expected, "{text}");
        }
    }

    fn check(act: fn(&RecordList) -> String, text: &str, expected: &str) {
        assert_eq!(act(&RecordList::of(text)), expected);
        assert_eq!(act(&RecordList::of(expected)), expected, "once is enough");
    }

    #[test]
    fn items_stand_one_a_line() {
        for (text, expected) in [
            ("1. 宛名番号、2. 個人番号", "1. 宛名番号\n2. 個人番号"),
            ("　①宛名番号②個人番号", "　①宛名番号\n　②個人番号"),
            ("＜宛名＞宛名番号、氏名\n＜課税＞\n税額", "＜宛名＞\n宛名番号\n氏名\n＜課税＞\n税額"),
            ("別紙１のとおり", "別紙１のとおり"),
            ("宛名番号\n\n氏名\n", "宛名番号\n\n氏名\n"),
            ("", ""),
        ] {
            check(one_a_line, text, expected);
        }
    }

    #[test]
    fn numbers_are_put_in_and_put_right() {
        for (text, expected) in [
            ("宛名番号、氏名", "1．宛名番号\n2．氏名"),
            ("1. 甲\n3. 乙\n3. 丙", "1. 甲\n2. 乙\n3. 丙"),
            ("１　甲\n乙\n３　丙", "１　甲\n２　乙\n３　丙"),
            ("(1)甲\n・乙\n(2)丙", "(1)甲\n(2)乙\n(3)丙"),
            ("①甲\n乙\n丙", "①甲\n②乙\n③丙"),
            ("＜宛名＞\n1．甲\n2．乙\n＜課税＞\n1．丙\n丁", "＜宛名＞\n1．甲\n2．乙\n＜課税＞\n1．丙\n2．丁"),
            ("＜宛名＞\n・甲\n＜課税＞\n・丙\n※注", "＜宛名＞\n1．甲\n＜課税＞\n2．丙\n※注"),
        ] {
            check(numbered, text, expected);
        }
    }

    #[test]
    fn numbers_of_one_character_stay_so_while_there_are_any() {
        let numbered = |first: &str, n: usize| numbered(&RecordList::of(&format!("{first}甲\n").repeat(n)));
        for (first, n, expected) in [
            ("①", 50, "㉑甲"),
            ("①", 50, "㊱甲\n㊲甲"),
            ("①", 50, "㊿甲"),
            ("①", 60, "\n60．甲"),
            ("⑴", 20, "⑴甲\n⑵甲"),
            ("⑴", 20, "⒇甲"),
            ("⑴", 21, "\n21．甲"),
        ] {
            assert!(numbered(first, n).contains(expected), "{first} {n}");
        }
    }

    #[test]
    fn columns_that_were_read_downwards_are_put_in_order() {
        for (read, expected) in [
            ("課税ファイル\n1．甲\n4．丁\n2．乙\n5．戊\n3．丙", "課税ファイル\n1．甲\n2．乙\n3．丙\n4．丁\n5．戊"),
            (
                "＜宛名＞\n1．甲　2．乙\n＜課税＞\n4．丁　5．戊\n※注\n3．丙\n6．己",
                "＜宛名＞\n1．甲\n2．乙\n3．丙\n＜課税＞\n4．丁\n5．戊\n6．己\n※注",
            ),
        ] {
            assert_eq!(in_order(read).as_deref(), Some(expected));
        }
        for text in ["1．甲\n2．乙", "1．甲\n3．丙\n2．乙\n3．丁", "・甲\n・乙", "2．乙\n1．甲\n＜課税＞", ""]
        {
            assert_eq!(in_order(text), None, "{text}");
        }
    }

    #[test]
    fn marks_are_taken_away_and_nothing_else() {
        for (text, expected) in [
            ("■宛名\n1．甲\n2．乙\n3．丙", "■宛名\n甲\n乙\n丙"),
            ("4情報（氏名）\n10桁の番号", "4情報（氏名）\n10桁の番号"),
            ("別紙２のとおり。", "別紙２のとおり。"),
            ("1 甲\n2 乙\n3 丙", "甲\n乙\n丙"),
            ("1　甲　2　乙\n3　丙", "甲\n乙\n丙"),
            ("4 丁\n5 戊\n1 甲\n2 乙\n3 丙", "丁\n戊\n甲\n乙\n丙"),
            ("10\t甲\n20\t乙", "甲\n乙"),
        ] {
            check(without_marks, text, expected);
        }
    }

    #[test]
    fn a_number_that_belongs_to_an_item_is_no_mark() {
        for text in ["65 歳以上該当区分", "1 歳児健診の結果", "宛名番号\n65 歳以上該当区分\n75 歳以上該当区分"]
        {
            check(without_marks, text, text);
        }
        for (text, expected) in [
            ("1 甲\n2 乙\n65 歳以上該当区分\n3 丙", "甲\n乙\n65 歳以上該当区分\n丙"),
            ("1．甲\n2．乙\n65 歳以上該当区分", "甲\n乙\n65 歳以上該当区分"),
            ("年度、65 歳以上該当区分、税額", "年度\n65 歳以上該当区分\n税額"),
        ] {
            check(without_marks, text, expected);
        }
        check(numbered, "1．甲\n65 歳以上該当区分", "1．甲\n2．65 歳以上該当区分");
    }

    #[test]
    fn only_a_list_in_the_order_of_its_numbers_is_numbered_through() {
        for (text, expected) in [
            ("■宛名\n1．甲\n2．乙\n3．丙\n■課税\n4．丁\n5．戊\n6．己", true),
            ("1．甲\n3．丙\n2．乙", false),
            ("1．甲\n2．乙\n丙", false),
            ("2．乙\n3．丙", false),
            ("", false),
        ] {
            assert_eq!(is_numbered_through(text), expected, "{text}");
        }
    }
}
