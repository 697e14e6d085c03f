//! The text of a list → its lines: headings, items with their marks, notes.

use super::count::{BULLETS, HEADING_PAIRS, HEADING_SIGNS};
use super::narrow;

/// What parts two items of a line.
const SEPARATORS: [char; 3] = ['、', ',', ';'];
/// Signs after the number of a mark.
const AFTER_NUMBER: [char; 5] = ['.', ')', ':', '、', ' '];
/// Brackets inside which no item ends.
const BRACKETS: [(char, char); 6] = [('(', ')'), ('「', '」'), ('『', '』'), ('[', ']'), ('<', '>'), ('【', '】')];

/// The lines of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordList {
    /// In their order.
    pub lines: Vec<Line>,
}

/// One line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Nothing.
    Blank,
    /// The heading of a group, as written.
    Heading(String),
    /// A note, a sentence, or 「別紙１のとおり」, as written.
    Note(String),
    /// An item.
    Item(RecordItem),
}

/// A record item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordItem {
    /// White space before it.
    pub indent: String,
    /// Its mark, as written with the white space after it.
    pub mark: Option<ItemMark>,
    /// Its words.
    pub text: String,
}

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
    /// ①, ⑴
    Character,
    /// (1)
    Bracketed,
    /// A number with that sign after it; a space where it has none.
    Signed(char),
    /// ・, ○ and the like.
    Sign(char),
}

impl RecordList {
    /// Reads a list.
    pub fn of(text: &str) -> Self {
        let mut lines = Vec::new();
        let mut reader = Reader::default();
        for line in text.split('\n') {
            reader.line(line, &mut lines);
        }
        let mut list = Self { lines };
        list.find_groups();
        list
    }

    /// Its lines as written, each with whether it is one item and nothing else: such lines may stand beside each other.
    pub fn written(text: &str) -> Vec<(&str, bool)> {
        let is_item = |line: &str| matches!(Self::of(line).lines.as_slice(), [Line::Item(_)]);
        text.split('\n').map(|line| (line, is_item(line))).collect()
    }

    /// Its items.
    pub fn items(&self) -> impl Iterator<Item = &RecordItem> {
        self.lines.iter().filter_map(|line| if let Line::Item(item) = line { Some(item) } else { None })
    }

    /// A few marks of one sort, each before many of another, number the groups and not the items.
    fn find_groups(&mut self) {
        let sort_of =
            |line: &Line| if let Line::Item(item) = line { item.mark.as_ref().map(|mark| mark.sort) } else { None };
        let n_items = self.items().count();
        let mut sorts: Vec<Sort> = self.lines.iter().filter_map(sort_of).collect();
        sorts.sort_unstable();
        sorts.dedup();
        for sort in sorts {
            let at: Vec<usize> = (0..self.lines.len()).filter(|at| sort_of(&self.lines[*at]) == Some(sort)).collect();
            let is_few = at.len() * 3 <= n_items - at.len();
            let begins_group = |at: &usize| {
                let next = self.lines.get(at + 1..).unwrap_or_default().iter().find(|line| **line != Line::Blank);
                match (sort, next) {
                    (Sort::Sign(sign), Some(Line::Item(_))) => HEADING_SIGNS.contains(&sign),
                    (_, Some(Line::Item(next))) => {
                        next.mark.as_ref().is_some_and(|mark| mark.sort != sort && mark.number == Some(1))
                    }
                    _ => false,
                }
            };
            if is_few && at.iter().all(begins_group) {
                for at in at {
                    if let Line::Item(item) = &self.lines[at] {
                        self.lines[at] = Line::Heading(item.to_string());
                    }
                }
            }
        }
    }
}

impl std::fmt::Display for RecordItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { indent, mark, text } = self;
        write!(f, "{indent}{}{text}", mark.as_ref().map_or("", |mark| &mark.written))
    }
}

/// Goes through the lines, and knows which number comes next.
#[derive(Default)]
struct Reader {
    last: std::collections::BTreeMap<Sort, u32>,
}

impl Reader {
    fn line(&mut self, line: &str, lines: &mut Vec<Line>) {
        let written: Vec<char> = line.chars().collect();
        let mut narrowed: Vec<char> = written.iter().map(|c| narrow(*c)).collect();
        let text = |from: usize, to: usize| written[from..to].iter().collect::<String>();
        let end = narrowed.iter().rposition(|c| !c.is_whitespace()).map_or(0, |last| last + 1);
        narrowed.truncate(end);
        let mut start = narrowed.iter().position(|c| !c.is_whitespace()).unwrap_or(0);
        if start == end {
            return lines.push(Line::Blank);
        }
        let indent = text(0, start);
        if is_note(&narrowed[start..]) {
            return lines.push(Line::Note(text(0, end)));
        }
        let after = heading_end(&narrowed[start..]);
        if after > 0 {
            lines.push(Line::Heading(text(0, start + after)));
            start += after;
            start += narrowed[start..].iter().take_while(|c| c.is_whitespace()).count();
        }
        let is_bracketed = narrowed.get(start) == Some(&'(') && narrowed.last() == Some(&')');
        let is_title = names_file(&narrowed[start..]) || narrowed.last() == Some(&':');
        if start < end && (is_bracketed && mark_at(&narrowed, start).is_none() || is_title) {
            return lines.push(Line::Heading(text(start, end)));
        }
        for (from, to) in self.pieces(&narrowed, start) {
            let (from, to) = trimmed(&narrowed, from, to);
            if from == to {
                continue;
            }
            let mark = mark_at(&narrowed, from).filter(|(_, _, length)| from + length < to);
            let after = mark.map_or(from, |(_, _, length)| from + length);
            let mark = mark.map(|(sort, number, length)| ItemMark {
                // A number that a spreadsheet had in a column of its own.
                written: text(from, from + length).replace('\t', if sort == Sort::Signed(' ') { "．" } else { " " }),
                sort,
                number,
            });
            if let Some(ItemMark { sort, number: Some(number), .. }) = &mark {
                self.last.insert(*sort, *number);
            }
            lines.push(Line::Item(RecordItem { indent: indent.clone(), mark, text: text(after, to) }));
        }
    }

    /// From where to where the items of a line stand.
    fn pieces(&self, line: &[char], start: usize) -> Vec<(usize, usize)> {
        let is_marked = mark_at(line, start).is_some();
        let mut last = self.last.clone();
        let mut note = |at: usize| {
            if let Some((sort, Some(number), _)) = mark_at(line, at) {
                last.insert(sort, number);
            }
        };
        note(start);
        let mut pieces = Vec::new();
        let (mut from, mut at) = (start, start + mark_at(line, start).map_or(0, |(_, _, length)| length));
        while at < line.len() {
            let c = line[at];
            if let Some(close) = closing(line, at).filter(|_| at == from || !self.begins_item(line, at, &last)) {
                at = close + 1;
                continue;
            }
            let is_number = c == ','
                && at > 0
                && line[at - 1].is_ascii_digit()
                && line.get(at + 1).is_some_and(char::is_ascii_digit);
            if (SEPARATORS.contains(&c) && !is_number) || c == '\t' {
                let next = at + 1 + line[at + 1..].iter().take_while(|c| c.is_whitespace()).count();
                if !is_marked || mark_at(line, next).is_some() {
                    pieces.push((from, at));
                    from = next;
                    at = next + mark_at(line, next).map_or(0, |(_, _, length)| length);
                    continue;
                }
            } else if at > from && self.begins_item(line, at, &last) {
                pieces.push((from, at));
                if let Some((sort, Some(number), _)) = mark_at(line, at) {
                    last.insert(sort, number);
                }
                from = at;
                at += mark_at(line, at).map_or(1, |(_, _, length)| length);
                continue;
            }
            at += 1;
        }
        pieces.push((from, line.len()));
        pieces
    }

    /// Whether an item begins here, with no sign before it but its mark.
    fn begins_item(&self, line: &[char], at: usize, last: &std::collections::BTreeMap<Sort, u32>) -> bool {
        let after_space = line[at - 1].is_whitespace();
        match mark_at(line, at) {
            Some((Sort::Character, ..)) => true,
            Some((Sort::Sign(_), ..)) => after_space,
            Some((sort, Some(number), _)) => after_space && last.get(&sort).is_some_and(|last| number == last + 1),
            _ => false,
        }
    }
}

/// The mark that stands there: its sort, its number, and how many characters it takes with the white space after it.
fn mark_at(line: &[char], at: usize) -> Option<(Sort, Option<u32>, usize)> {
    let rest = line.get(at..)?;
    let first = *rest.first()?;
    let spaces = |length: usize| length + rest[length..].iter().take_while(|c| c.is_whitespace()).count();
    if let Some(number) = number_of(first) {
        return Some((Sort::Character, Some(number), spaces(1)));
    }
    if BULLETS.contains(&first) || HEADING_SIGNS.contains(&first) {
        return Some((Sort::Sign(first), None, spaces(1)));
    }
    let is_bracketed = first == '(';
    let digits = usize::from(is_bracketed);
    let n_digits = rest[digits..].iter().take_while(|c| c.is_ascii_digit()).count();
    let number: u32 = rest[digits..digits + n_digits].iter().collect::<String>().parse().ok()?;
    let sign = *rest.get(digits + n_digits)?;
    let next = rest.get(digits + n_digits + 1);
    if is_bracketed {
        return (sign == ')').then(|| (Sort::Bracketed, Some(number), spaces(digits + n_digits + 1)));
    }
    let goes_on = next.is_none_or(char::is_ascii_digit);
    let sign = if sign.is_whitespace() { ' ' } else { sign };
    (AFTER_NUMBER.contains(&sign) && !goes_on).then(|| (Sort::Signed(sign), Some(number), spaces(n_digits + 1)))
}

/// The number that one character is.
fn number_of(c: char) -> Option<u32> {
    let of = |first: char, from: u32| u32::from(c) - u32::from(first) + from;
    match c {
        '①'..='⑳' => Some(of('①', 1)),
        '㉑'..='㉟' => Some(of('㉑', 21)),
        '㊱'..='㊿' => Some(of('㊱', 36)),
        '⑴'..='⒇' => Some(of('⑴', 1)),
        _ => None,
    }
}

/// Where the bracket that opens there closes.
fn closing(line: &[char], at: usize) -> Option<usize> {
    let (open, close) = BRACKETS.iter().find(|(open, _)| *open == line[at])?;
    let mut depth = 0_usize;
    for (nth, c) in line.iter().enumerate().skip(at) {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(nth);
            }
        }
    }
    None
}

/// How many characters of the line a heading in brackets takes.
fn heading_end(line: &[char]) -> usize {
    let pair = HEADING_PAIRS.iter().find(|(open, _)| line.first() == Some(open));
    pair.and_then(|(_, close)| line.iter().position(|c| c == close)).map_or(0, |at| at + 1)
}

/// The name of the file that the list is of, alone on its line.
fn names_file(line: &[char]) -> bool {
    let text: String = line.iter().collect();
    mark_at(line, 0).is_none() && text.ends_with("ファイル") && !text.contains(SEPARATORS)
}

/// A note, a sentence, or words that lead elsewhere.
fn is_note(line: &[char]) -> bool {
    let text: String = line.iter().collect();
    let is_marked = mark_at(line, 0).is_some();
    let leads = text.contains("とおり") || text.ends_with("参照");
    text.starts_with(['※', '＊'])
        || text.starts_with("(注")
        || text.starts_with("注)")
        || (!is_marked && (text.ends_with('。') || leads))
}

/// Without white space and separators at either end.
fn trimmed(line: &[char], mut from: usize, mut to: usize) -> (usize, usize) {
    while from < to && line[from].is_whitespace() {
        from += 1;
    }
    while from < to && (line[to - 1].is_whitespace() || SEPARATORS.contains(&line[to - 1])) {
        to -= 1;
    }
    (from, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let one = |line: &Line| match line {
            Line::Blank => "-".to_owned(),
            Line::Heading(text) => format!("見出し:{text}"),
            Line::Note(text) => format!("注:{text}"),
            Line::Item(RecordItem { mark, text, .. }) => {
                format!("{}|{text}", mark.as_ref().map_or("", |mark| mark.written.trim_end()))
            }
        };
        RecordList::of(text).lines.iter().map(one).collect::<Vec<_>>().join("\n")
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(told(text), expected, "{text}");
    }

    #[test]
    fn any_marks_part_items() {
        check("1. 宛名番号、2. 個人番号、3. 氏名", "1.|宛名番号\n2.|個人番号\n3.|氏名");
        check("①宛名番号②個人番号③氏名", "①|宛名番号\n②|個人番号\n③|氏名");
        check("（１）宛名番号　（２）個人番号", "（１）|宛名番号\n（２）|個人番号");
        check("・宛名番号　・個人番号　・氏名", "・|宛名番号\n・|個人番号\n・|氏名");
        check("宛名番号、個人番号，氏名\t住所", "|宛名番号\n|個人番号\n|氏名\n|住所");
        check("1\t宛名番号\n2\t個人番号", "1．|宛名番号\n2．|個人番号");
        check("1．宛名番号、\n2．個人番号、", "1．|宛名番号\n2．|個人番号");
        check("1：宛名番号 2：個人番号", "1：|宛名番号\n2：|個人番号");
    }

    #[test]
    fn what_stands_in_brackets_is_one_item() {
        check("5情報（氏名、氏名の振り仮名、住所）、世帯主", "|5情報（氏名、氏名の振り仮名、住所）\n|世帯主");
        check("1．健康・医療（1）関係情報", "1．|健康・医療（1）関係情報");
        check("1．氏名、住所\n2．税額", "1．|氏名、住所\n2．|税額");
        check("税額（年、月、控除1,000円", "|税額（年\n|月\n|控除1,000円");
        check("開いた（まま、次", "|開いた（まま\n|次");
    }

    #[test]
    fn headings_notes_and_what_leads_elsewhere_stay() {
        check(
            "＜宛名情報＞\n宛名番号、氏名\n\n※必要な項目に限る。",
            "見出し:＜宛名情報＞\n|宛名番号\n|氏名\n-\n注:※必要な項目に限る。",
        );
        check("【収納】1. 税目、2. 年度", "見出し:【収納】\n1.|税目\n2.|年度");
        check("別紙１のとおり", "注:別紙１のとおり");
        check("記録項目は、次のとおり、全部で2。", "注:記録項目は、次のとおり、全部で2。");
        check("（宛名情報）\n・氏名", "見出し:（宛名情報）\n・|氏名");
        check("課税情報ファイル\n1．氏名\n2．ファイル名", "見出し:課税情報ファイル\n1．|氏名\n2．|ファイル名");
    }

    #[test]
    fn a_few_marks_before_many_others_number_the_groups() {
        check(
            "1．宛名\n(1)番号\n(2)氏名\n(3)住所\n2．課税\n(1)年度\n(2)税額\n(3)期別",
            "見出し:1．宛名\n(1)|番号\n(2)|氏名\n(3)|住所\n見出し:2．課税\n(1)|年度\n(2)|税額\n(3)|期別",
        );
        check("■宛名\n・番号\n・氏名\n・住所", "見出し:■宛名\n・|番号\n・|氏名\n・|住所");
        check("○番号\n○氏名\n○住所", "○|番号\n○|氏名\n○|住所");
    }
}
