//! The boxes that 変更後の記載 of a row shows on or off, against those of the document.

use crate::draft::Answer;
use crate::form::{Item, citation};
use crate::item_names::narrow;

/// Marks before the label of a box that is on, and of one that is off; the longer first.
const ON: &[&str] = &["[○]", "[〇]", "[◯]", "[レ]", "☑", "■", "●", "○", "〇", "◯", "✓", "✔"];
const OFF: &[&str] = &["[]", "□", "☐"];
/// What stands between labels that are listed without marks.
const BETWEEN: &[char] = &['、', ',', '，', '・', '／', '/', '\n'];
/// The same of what is written beside them.
const BESIDE: &[char] = &['、', ',', '，', '／', '/', '\n', '（', '）', '(', ')', '：', ':', '「', '」', ' ', '　'];
/// Shorter words stand anywhere by chance, in characters.
const LEAST_CHARS: usize = 3;

/// A box of the document.
pub(super) struct TickBox {
    /// Its label in one width; of one among several without what stands in brackets.
    label: String,
    is_on: bool,
    count: Option<u32>,
    /// What is written beside it, in one spelling.
    beside: String,
}

impl TickBox {
    /// Whether it is on and its label or what stands beside it has those words, in one spelling.
    pub fn says(&self, words: &str) -> bool {
        self.is_on && !words.is_empty() && (self.label.contains(words) || self.beside.contains(words))
    }
}

/// What a row says of a box.
#[derive(Debug, PartialEq)]
struct Said<'a> {
    label: &'a str,
    is_on: bool,
    count: Option<u32>,
}

/// The boxes of an answer.
pub(super) fn boxes(item: &Item, answer: &Answer) -> Vec<TickBox> {
    match answer {
        Answer::Check(is_on) => {
            vec![TickBox { label: narrow(&item.label), is_on: *is_on, count: None, beside: String::new() }]
        }
        Answer::Checks(boxes) => item
            .boxes()
            .map(|option| TickBox {
                label: name(&option.label),
                is_on: boxes.is_on(&option.key),
                count: boxes.counts.get(&option.key).copied().flatten(),
                beside: boxes.texts.get(&option.key).map(|text| citation::plain(text)).unwrap_or_default(),
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// How a cell and the boxes disagree: a box is shown otherwise than it is in every file and entry that may be meant.
pub(super) fn other(boxes: &[TickBox], cell: &str) -> Option<String> {
    said(boxes, cell).into_iter().find_map(|said| {
        let mut own = boxes.iter().filter(|own| own.label == said.label);
        let (label, is_on) = (said.label, said.is_on);
        if own.clone().all(|own| own.is_on != is_on) {
            return Some(match is_on {
                true => format!("行は「［○］{label}」、本文では○がありません。"),
                false => format!("行は「［　］{label}」、本文では○があります。"),
            });
        }
        let count = said.count?;
        let now = own.next()?.count.filter(|_| own.next().is_none())?;
        (now != count).then(|| format!("行は「{label}」{count}件、本文は{now}件です。"))
    })
}

/// How a cell and what stands beside the boxes disagree: what the row says was there stands there, and what it says came
/// does not.
pub(super) fn still(boxes: &[TickBox], before: &str, after: &str) -> Option<String> {
    let words = |cell: &str| -> Vec<String> {
        let words = cell.split(BESIDE).map(|word| citation::plain(word.trim()));
        words.filter(|word| word.chars().count() >= LEAST_CHARS).collect()
    };
    let (olds, news) = (words(before), words(after));
    let beside = |word: &String| boxes.iter().any(|own| own.says(word));
    let new = news.iter().find(|new| !olds.contains(new) && !beside(new))?;
    let old =
        olds.iter().find(|old| !news.contains(old) && boxes.iter().any(|own| own.beside.contains(old.as_str())))?;
    Some(format!("行は「{new}」、本文は「{old}」のままです。"))
}

/// The boxes a cell shows, by mark and label; where it has no mark, the labels it lists, if it lists nothing else.
fn said<'a>(boxes: &'a [TickBox], cell: &str) -> Vec<Said<'a>> {
    let marked: Vec<Said<'a>> = cell.lines().flat_map(|line| marked(boxes, &narrow(line))).collect();
    if !marked.is_empty() {
        return marked;
    }
    let colons: Vec<Said<'a>> = cell.lines().filter_map(|line| with_colon(boxes, &narrow(line))).collect();
    if !colons.is_empty() {
        return colons;
    }
    let pieces = cell.split(BETWEEN).filter(|piece| !piece.trim().is_empty());
    let listed: Option<Vec<Said<'a>>> = pieces
        .map(|piece| {
            let own = boxes.iter().find(|own| own.label == narrow(piece) || own.label == name(piece))?;
            Some(Said { label: &own.label, is_on: true, count: None })
        })
        .collect();
    listed.unwrap_or_default()
}

/// 「その他：電話」 is a box that is on, 「その他：（空欄）」 none.
fn with_colon<'a>(boxes: &'a [TickBox], line: &str) -> Option<Said<'a>> {
    let own =
        boxes.iter().find(|own| line.strip_prefix(own.label.as_str()).is_some_and(|rest| rest.starts_with(':')))?;
    let beside = line[own.label.len()..].trim_matches([':', '(', ')', '-', '－', '―']);
    let is_nothing = ["", "空欄", "なし", "記載なし", "略", "削除"].contains(&beside);
    (!own.label.is_empty() && !is_nothing).then_some(Said { label: &own.label, is_on: true, count: None })
}

fn marked<'a>(boxes: &'a [TickBox], line: &str) -> Vec<Said<'a>> {
    let mut found = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let after = |marks: &[&str]| marks.iter().find_map(|mark| rest.strip_prefix(mark));
        let (behind, is_on) = match (after(ON), after(OFF)) {
            (Some(behind), _) => (behind, true),
            (None, Some(behind)) => (behind, false),
            (None, None) => {
                rest = rest.get(rest.chars().next().map_or(1, char::len_utf8)..).unwrap_or_default();
                continue;
            }
        };
        rest = behind;
        let is_whole = |own: &&TickBox| {
            let next = behind.strip_prefix(own.label.as_str()).map(|tail| tail.chars().next());
            next.is_some_and(|next| next.is_none_or(|next| !next.is_alphanumeric()))
        };
        if let Some(own) = boxes.iter().filter(|own| !own.label.is_empty()).find(is_whole) {
            let count = behind.get(own.label.len()..).and_then(count);
            found.push(Said { label: &own.label, is_on, count });
        }
    }
    found
}

/// 4 of 「(4)件」.
fn count(text: &str) -> Option<u32> {
    let (digits, after) = text.strip_prefix('(')?.split_once(')')?;
    after.starts_with('件').then(|| digits.parse().ok()).flatten()
}

/// A label without what stands in its brackets.
fn name(label: &str) -> String {
    narrow(label).split('(').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, expected: Option<&str>) {
        let of = |label: &str, is_on, count| TickBox { label: name(label), is_on, count, beside: String::new() };
        let boxes = [
            of("紙", true, None),
            of("電子記録媒体（フラッシュメモリを除く。）", true, None),
            of("専用線", false, None),
            of("その他", false, None),
            of("その他住民票関係情報", true, None),
            of("提供を行っている", true, Some(4)),
        ];
        assert_eq!(other(&boxes, cell).as_deref(), expected, "{cell}");
    }

    #[test]
    fn a_box_that_is_shown_otherwise_is_told() {
        check("［○］紙\n［○］専用線", Some("行は「［○］専用線」、本文では○がありません。"));
        check(
            "[○]紙　[　]電子記録媒体(フラッシュメモリを除く｡)",
            Some("行は「［　］電子記録媒体」、本文では○があります。"),
        );
        check("紙、専用線", Some("行は「［○］専用線」、本文では○がありません。"));
        check("○その他（電話）", Some("行は「［○］その他」、本文では○がありません。"));
        check("その他：電話、窓口の端末", Some("行は「［○］その他」、本文では○がありません。"));
        check("［○］提供を行っている（ 3 ）件", Some("行は「提供を行っている」3件、本文は4件です。"));
    }

    #[test]
    fn what_is_as_it_is_or_names_no_box_is_silent() {
        check("［○］紙\n［○］電子記録媒体（フラッシュメモリを除く。）\n［　］専用線", None);
        check("［○］その他住民票関係情報", None);
        check("提供を行っている（4）件", None);
        check("専用線による受渡しをやめた。", None);
        check("○紙媒体の受付を始める。", None);
        check("その他：（空欄）", None);
        check("（略）", None);
        check("", None);
    }

    #[test]
    fn what_stands_beside_a_box_is_what_the_row_says() {
        let beside = |words: &str| {
            [TickBox { label: "他部署".to_owned(), is_on: true, count: None, beside: citation::plain(words) }]
        };
        let told = |words: &str| still(&beside(words), "税務課、保護課", "税務課、生活支援課");
        assert_eq!(told("税務課、保護課").as_deref(), Some("行は「生活支援課」、本文は「保護課」のままです。"));
        assert_eq!(told("税務課、生活支援課"), None);
        assert_eq!(told("税務課、福祉課"), None, "neither is there");
    }
}
