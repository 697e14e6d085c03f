//! How many record items a list has, in each way of counting there is.

use std::collections::BTreeMap;

use super::narrow;

/// Words that send the reader to a list elsewhere.
const ELSEWHERE: &[&str] = &["別紙", "別表", "別途", "別に定め", "参照"];
/// Signs before an item that also stand before a heading.
pub(super) const HEADING_SIGNS: &[char] = &['○', '〇', '◯', '●', '◎', '■', '□', '◆', '◇', '▪'];
/// Signs that stand before items only.
pub const BULLETS: &[char] = &['・', '･', '•', '-', '*'];
/// What stands between two items of one line.
const BETWEEN: &[char] = &['、', ',', '・', '|', '/', ';'];

/// Whether the list is not here: 「別紙1のとおり」. 「次のとおり」 is followed by the list.
pub fn stands_elsewhere(text: &str) -> bool {
    let goes_on = |before: &str| ["次の", "以下の", "下記の"].iter().any(|word| before.ends_with(word));
    // A note below the list sends nobody to another list.
    let is_note = |line: &&str| line.trim_start().starts_with(['※', '＊', '*', '注']);
    let list: String = text.lines().filter(|line| !is_note(line)).map(|line| format!("{line}\n")).collect();
    let text = if list.trim().is_empty() { text } else { &list };
    ELSEWHERE.iter().any(|word| text.contains(word))
        || text.match_indices("とおり").any(|(at, _)| !goes_on(&text[..at]))
}

/// How many items the list has, in each way of counting there is; the likeliest first.
pub fn counts(text: &str) -> Vec<usize> {
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
        let pieces = n_pieces(line);
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
            // A list may begin with 2: what came first was one of it.
            *count += if *count == 0 && number > 1 && *last > 0 { 2 } else { 1 };
            *last = number;
        } else if *count == 0 {
            *last = number;
        }
    }
}

/// Fewest pieces of a line that is parted by a sign which also stands inside items: 口座番号／名義人.
const FEWEST_PARTED: usize = 4;
/// Longest piece of such a line, in characters.
const PIECE_CHARS: usize = 25;

/// How many items stand in one line: parted by commas, or all by one other sign or by spaces.
fn n_pieces(line: &str) -> usize {
    let n = |parts: Vec<&str>| parts.iter().filter(|piece| !piece.trim().is_empty()).count();
    let by_commas = n(line.split(['、', ',', '\t']).collect());
    if by_commas > 1 || line.contains('。') {
        return by_commas;
    }
    let is_list = |parts: &Vec<&str>| {
        let pieces = || parts.iter().map(|piece| piece.trim().chars().count()).filter(|n_chars| *n_chars > 0);
        pieces().count() >= FEWEST_PARTED && pieces().all(|n_chars| n_chars <= PIECE_CHARS)
    };
    let parted = ['/', ';', '・', '|'].iter().map(|sign| line.split(*sign).collect());
    let parted = parted.chain(std::iter::once(line.split_whitespace().collect()));
    parted.filter(is_list).map(n).max().unwrap_or(by_commas)
}

/// The sort and number of a mark at the beginning of a text: `1.`, `(1)`, `1)`, `1:`, `1 `.
pub(super) fn number_at(text: &str) -> Option<(char, u32)> {
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

/// What a heading stands in; of one width.
pub(super) const HEADING_PAIRS: [(char, char); 6] =
    [('<', '>'), ('【', '】'), ('[', ']'), ('《', '》'), ('〈', '〉'), ('〔', '〕')];

/// The line without a heading that stands before its items; empty where it is all heading.
fn without_heading(line: &str) -> &str {
    let mut line = line;
    for (open, close) in HEADING_PAIRS {
        if let Some((_, rest)) = line.strip_prefix(open).and_then(|rest| rest.split_once(close)) {
            line = rest.trim();
        }
    }
    let is_bracketed = line.starts_with('(') && line.ends_with(')') && number_at(line).is_none();
    let is_heading =
        is_bracketed || line.ends_with("ファイル") && !line.contains(['、', ',']) || line.ends_with([':', '>']);
    if is_heading { "" } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many lines, each with its number put in.
    fn lines(range: std::ops::RangeInclusive<usize>, line: &str) -> String {
        range.map(|n| line.replace("{n}", &n.to_string())).collect::<Vec<_>>().join("\n")
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
    fn one_line_may_be_parted_by_another_sign() {
        for sign in ["、", "／", "/", "；", "・", " ", "　", "｜"] {
            let line = ["宛名番号", "氏名", "住所", "性別", "税額", "納期限"].join(sign);
            assert_eq!(counts(&line)[0], 6, "{line}");
            assert_eq!(counts(&format!("＜宛名＞\n{line}"))[0], 6, "{line}");
        }
        for item in ["口座番号／名義人", "続柄・世帯主", "生活保護 受給区分", "本人・世帯主・納税管理人"]
        {
            assert_eq!(counts(item)[0], 1, "{item}");
        }
    }

    #[test]
    fn a_list_may_begin_with_another_number() {
        assert_eq!(counts(&lines(2..=12, "{n}．項目"))[0], 11);
        assert_eq!(counts(&lines(2..=12, "{n}　項目"))[0], 11);
        assert_eq!(counts("2. 個人番号\n65. 年齢\n1. 氏名\n2. 住所\n3. 性別")[0], 3);
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
