//! The text of a list → its lines: headings, items with their marks, notes.

use std::collections::BTreeMap;
use std::ops::Range;

use super::count::{HEADING_PAIRS, HEADING_SIGNS};
use super::marks::{BARE, ItemMark, MarkHere, Numbers, Sort, mark_at, narrow_of_list};

/// What parts two items of a line.
const SEPARATORS: [char; 3] = ['、', ',', ';'];
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

impl RecordList {
    /// Reads a list.
    pub fn of(text: &str) -> Self {
        Self::with_lines(text).0
    }

    /// Its lines as written, each with whether it is one item of the list and nothing else: such lines may stand beside
    /// each other.
    pub fn written(text: &str) -> Vec<(&str, bool)> {
        let (list, of_line) = Self::with_lines(text);
        let is_item = |of_line: Range<usize>| matches!(list.lines[of_line], [Line::Item(_)]);
        text.split('\n').zip(of_line.into_iter().map(is_item)).collect()
    }

    /// Reads a list, and says which of its lines each line of the text became.
    fn with_lines(text: &str) -> (Self, Vec<Range<usize>>) {
        let mut reader = Reader::default();
        text.split('\n').for_each(|line| reader.numbers.read(&narrowed(line)));
        let (mut list, mut of_line) = (Self::default(), Vec::new());
        for line in text.split('\n') {
            let before = list.lines.len();
            reader.line(line, &mut list.lines);
            of_line.push(before..list.lines.len());
        }
        list.find_groups();
        (list, of_line)
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

/// One width for all characters of a line.
fn narrowed(line: &str) -> Vec<char> {
    line.chars().map(narrow_of_list).collect()
}

/// Goes through the lines, and knows which number comes next.
#[derive(Default)]
struct Reader {
    numbers: Numbers,
    last: Last,
}

/// The last number of each sort of mark.
type Last = BTreeMap<Sort, u32>;

impl Reader {
    fn line(&mut self, line: &str, lines: &mut Vec<Line>) {
        let written: Vec<char> = line.chars().collect();
        let mut narrowed = narrowed(line);
        let text = |from: usize, to: usize| written[from..to].iter().collect::<String>();
        let end = narrowed.iter().rposition(|c| !c.is_whitespace()).map_or(0, |last| last + 1);
        narrowed.truncate(end);
        let mut start = narrowed.iter().position(|c| !c.is_whitespace()).unwrap_or(0);
        if start == end {
            return lines.push(Line::Blank);
        }
        let indent = text(0, start);
        let is_marked = |start: usize| self.mark_at(&narrowed, start, &self.last).is_some();
        if is_note(&narrowed[start..], is_marked(start)) {
            return lines.push(Line::Note(text(0, end)));
        }
        let after = heading_end(&narrowed[start..]);
        if after > 0 {
            lines.push(Line::Heading(text(0, start + after)));
            start += after;
            start += narrowed[start..].iter().take_while(|c| c.is_whitespace()).count();
        }
        let is_bracketed = narrowed.get(start) == Some(&'(') && narrowed.last() == Some(&')');
        let is_title = || !is_marked(start) && (is_bracketed || names_file(&narrowed[start..]));
        if start < end && (is_title() || narrowed.last() == Some(&':')) {
            return lines.push(Line::Heading(text(start, end)));
        }
        for (from, to) in self.pieces(&narrowed, start) {
            let (from, to) = trimmed(&narrowed, from, to);
            if from == to {
                continue;
            }
            let mark = self.mark_at(&narrowed, from, &self.last).filter(|mark| from + mark.length < to);
            let after = mark.map_or(from, |mark| from + mark.length);
            let mark = mark.map(|MarkHere { sort, number, length, .. }| ItemMark {
                // A number that a spreadsheet had in a column of its own.
                written: text(from, from + length).replace('\t', if sort == BARE { "．" } else { " " }),
                sort,
                number,
            });
            if let Some(ItemMark { sort, number: Some(number), .. }) = &mark {
                self.last.insert(*sort, *number);
            }
            lines.push(Line::Item(RecordItem { indent: indent.clone(), mark, text: text(after, to) }));
        }
    }

    /// The mark that stands there, behind those with these numbers.
    fn mark_at(&self, line: &[char], at: usize, last: &Last) -> Option<MarkHere> {
        let is_meant = |mark: &MarkHere| {
            let is_mark = |number| self.numbers.is_mark(mark.sort, number, last.get(&mark.sort).copied());
            !mark.is_unsure || mark.number.is_some_and(is_mark)
        };
        mark_at(line, at).filter(is_meant)
    }

    /// From where to where the items of a line stand.
    fn pieces(&self, line: &[char], start: usize) -> Vec<(usize, usize)> {
        let closings = closings(line);
        let mut last = self.last.clone();
        let mut pieces = Vec::new();
        let first = self.mark_at(line, start, &last);
        // How far its mark goes, where there is one.
        let after = |at: usize, mark: Option<MarkHere>, last: &mut Last| {
            if let Some(MarkHere { sort, number: Some(number), .. }) = mark {
                last.insert(sort, number);
            }
            at + mark.map_or(0, |mark| mark.length)
        };
        let (mut from, mut at) = (start, after(start, first, &mut last));
        while at < line.len() {
            let c = line[at];
            let begins = at > from && self.begins_item(line, at, &last);
            if let Some(close) = closings[at].filter(|_| !begins) {
                at = close + 1;
                continue;
            }
            let is_number = c == ','
                && at > 0
                && line[at - 1].is_ascii_digit()
                && line.get(at + 1).is_some_and(char::is_ascii_digit);
            if (SEPARATORS.contains(&c) && !is_number) || c == '\t' {
                let next = at + 1 + line[at + 1..].iter().take_while(|c| c.is_whitespace()).count();
                let mark = self.mark_at(line, next, &last);
                if first.is_none() || mark.is_some() {
                    pieces.push((from, at));
                    (from, at) = (next, after(next, mark, &mut last));
                    continue;
                }
            } else if begins {
                pieces.push((from, at));
                let mark = self.mark_at(line, at, &last);
                (from, at) = (at, after(at, mark, &mut last).max(at + 1));
                continue;
            }
            at += 1;
        }
        pieces.push((from, line.len()));
        pieces
    }

    /// Whether an item begins here, with no sign before it but its mark.
    fn begins_item(&self, line: &[char], at: usize, last: &Last) -> bool {
        let after_space = line[at - 1].is_whitespace();
        if !after_space && !line[at].is_alphanumeric() {
            return false;
        }
        match self.mark_at(line, at, last) {
            Some(MarkHere { sort: Sort::Character(_), .. }) => true,
            Some(MarkHere { sort: Sort::Sign(_), .. }) => after_space,
            Some(MarkHere { sort, number: Some(number), .. }) => {
                after_space && last.get(&sort).is_some_and(|last| last.checked_add(1) == Some(number))
            }
            _ => false,
        }
    }
}

/// Where each bracket of a line closes that opens there.
fn closings(line: &[char]) -> Vec<Option<usize>> {
    let mut closings = vec![None; line.len()];
    let mut open: [Vec<usize>; BRACKETS.len()] = Default::default();
    for (at, c) in line.iter().enumerate() {
        for (kind, (opens, closes)) in open.iter_mut().zip(BRACKETS) {
            if *c == opens {
                kind.push(at);
            } else if *c == closes
                && let Some(begin) = kind.pop()
            {
                closings[begin] = Some(at);
            }
        }
    }
    closings
}

/// How many characters of the line a heading in brackets takes.
fn heading_end(line: &[char]) -> usize {
    let pair = HEADING_PAIRS.iter().find(|(open, _)| line.first() == Some(open));
    pair.and_then(|(_, close)| line.iter().position(|c| c == close)).map_or(0, |at| at + 1)
}

/// The name of the file that the list is of, alone on its line, without a mark.
fn names_file(line: &[char]) -> bool {
    let text: String = line.iter().collect();
    text.ends_with("ファイル") && !text.contains(SEPARATORS)
}

/// A note, a sentence, or words that lead elsewhere.
fn is_note(line: &[char], is_marked: bool) -> bool {
    let text: String = line.iter().collect();
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
    fn an_item_may_begin_with_a_number() {
        check("1．4情報\n2．10桁の番号\n3．氏名", "1．|4情報\n2．|10桁の番号\n3．|氏名");
        check("1．甲　2．4情報　3．丙", "1．|甲\n2．|4情報\n3．|丙");
        check("1．甲\n2．乙\n3.14の率", "1．|甲\n2．|乙\n|3.14の率");
        check("年度\n1．5倍の率", "|年度\n|1．5倍の率");
    }

    #[test]
    fn lines_that_are_one_item_of_the_whole_list_are_known() {
        let is_item =
            |text: &str| RecordList::written(text).into_iter().map(|(_, is_item)| is_item).collect::<Vec<_>>();
        // Headings with a sign before many numbers.
        let groups = "■宛名\n1．甲\n2．乙\n3．丙\n■課税\n4．丁\n5．戊\n6．己\n";
        assert_eq!(is_item(groups), [false, true, true, true, false, true, true, true, false]);
        assert_eq!(is_item("■甲\n■乙\n※注"), [true, true, false]);
        assert_eq!(is_item("1．甲\n2．乙　3．丙\n【課税】4．丁"), [true, false, false]);
    }

    /// Reading takes a time that grows with the text, whatever is in it: these would take hours.
    #[test]
    fn what_never_closes_and_never_ends_is_read_once() {
        for part in ["（", "１", "（１", "1 ", "・ ", "、", "①（", "「『［＜【"] {
            let text = part.repeat(300_000);
            let n_chars: usize = RecordList::of(&text).items().map(|item| item.to_string().chars().count()).sum();
            assert!(n_chars <= text.chars().count(), "{part}");
        }
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
