//! What can be done with a list: one item a line, numbers put in or put right, marks taken away.

use super::list::{ItemMark, Line, RecordItem, RecordList, Sort};

/// The mark that items get where none is numbered.
const PLAIN: (&str, &str) = ("", "．");
/// The last number that is a character of its own.
const MOST_CHARACTERS: usize = 50;

/// Every item on a line of its own, marks and headings as they are.
pub fn one_a_line(text: &str) -> String {
    render(&RecordList::of(text), |item| item.to_string())
}

/// Every item on a line of its own, without its mark.
pub fn without_marks(text: &str) -> String {
    render(&RecordList::of(text), |item| format!("{}{}", item.indent, item.text))
}

/// Every item on a line of its own, numbered in the way in which most are; from 1 again where the list began again.
pub fn numbered(text: &str) -> String {
    let list = RecordList::of(text);
    let template = Template::of(&list);
    let restarts = restarts(&list);
    let (mut number, mut nth) = (0, 0);
    render(&list, |item| {
        number = if restarts.contains(&nth) { 1 } else { number + 1 };
        nth += 1;
        format!("{}{}{}", item.indent, template.mark(number), item.text)
    })
}

/// A list that was read column by column, where its items are numbered through from 1: in the order of their numbers, each
/// heading before the item that followed it. `None` where it is in order or cannot be told.
pub fn in_order(text: &str) -> Option<String> {
    /// Items in a row: what stands below a row follows its last item.
    const MOST_BESIDE: u32 = 3;
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

/// Whether all items of a list are numbered, from 1 to the last, each number once: such a list can be read in any order.
pub fn is_numbered_through(text: &str) -> bool {
    is_through(&RecordList::of(text))
}

fn is_through(list: &RecordList) -> bool {
    let numbers: Option<Vec<u32>> = list.items().map(|item| item.mark.as_ref().and_then(|mark| mark.number)).collect();
    let Some(mut numbers) = numbers else { return false };
    numbers.sort_unstable();
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
    is_wide: bool,
    is_character: bool,
}

impl Template {
    /// As the most items are numbered that are.
    fn of(list: &RecordList) -> Self {
        let marks = || list.items().filter_map(|item| item.mark.as_ref()).filter(|mark| mark.number.is_some());
        let n_of = |sort: Sort| marks().filter(|mark| mark.sort == sort).count();
        // The first of those that are as many.
        let most = marks().map(|mark| n_of(mark.sort)).max();
        let first = marks().find(|mark| Some(n_of(mark.sort)) == most);
        let is_character = first.is_some_and(|mark| mark.sort == Sort::Character);
        let fits = list.items().count() <= MOST_CHARACTERS;
        match first.filter(|_| !is_character || fits) {
            Some(ItemMark { written, .. }) if is_character => {
                let after = written.chars().skip(1).collect();
                Self { before: String::new(), after, is_wide: false, is_character }
            }
            Some(ItemMark { written, .. }) => {
                let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
                let before: String = written.chars().take_while(|c| !is_digit(*c)).collect();
                let after = written.trim_start_matches(|c| !is_digit(c)).trim_start_matches(is_digit).to_owned();
                let is_wide = written.contains(|c| ('０'..='９').contains(&c));
                Self { before, after, is_wide, is_character: false }
            }
            None => {
                let (before, after) = PLAIN;
                Self { before: before.to_owned(), after: after.to_owned(), is_wide: false, is_character: false }
            }
        }
    }

    fn mark(&self, number: u32) -> String {
        let digits = if self.is_character {
            character(number).to_string()
        } else {
            let wide = |c: char| if self.is_wide { char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c) } else { c };
            number.to_string().chars().map(wide).collect()
        };
        format!("{}{digits}{}", self.before, self.after)
    }
}

/// ① and so on to ㊿.
fn character(number: u32) -> char {
    let first = match number {
        0..=20 => u32::from('①') - 1,
        21..=35 => u32::from('㉑') - 21,
        _ => u32::from('㊱') - 36,
    };
    char::from_u32(first + number).unwrap_or('①')
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(one_a_line(text), expected);
            assert_eq!(one_a_line(expected), expected, "once is enough");
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
            assert_eq!(numbered(text), expected);
            assert_eq!(numbered(expected), expected, "once is enough");
        }
        let many: String = (1..=60).map(|_| "①甲\n").collect();
        assert!(numbered(&many).contains("60．甲"), "there is no character for 60");
        let fifty: String = (1..=50).map(|_| "①甲\n").collect();
        assert!(
            numbered(&fifty).contains("㉑甲")
                && numbered(&fifty).contains("㊱甲\n㊲甲")
                && numbered(&fifty).contains("㊿甲")
        );
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
        assert_eq!(without_marks("■宛名\n1．甲\n2．乙\n3．丙"), "■宛名\n甲\n乙\n丙");
        assert_eq!(without_marks("4情報（氏名）\n10桁の番号"), "4情報（氏名）\n10桁の番号");
        assert_eq!(without_marks("別紙２のとおり。"), "別紙２のとおり。");
    }
}
