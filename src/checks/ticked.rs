//! The boxes that 変更後の記載 of a row shows on or off, against those of the document.

use crate::draft::Answer;
use crate::form::Item;
use crate::item_names::narrow;

/// Marks before the label of a box that is on, and of one that is off; the longer first.
const ON: &[&str] = &["[○]", "[〇]", "[◯]", "[レ]", "☑", "■", "●", "○", "〇", "◯", "✓", "✔"];
const OFF: &[&str] = &["[]", "□", "☐"];
/// What stands between labels that are listed without marks.
const BETWEEN: &[char] = &['、', ',', '，', '・', '／', '/', '\n'];

/// A box of the document.
pub(super) struct TickBox {
    /// Its label in one width; of one among several without what stands in brackets.
    label: String,
    is_on: bool,
    count: Option<u32>,
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
        Answer::Check(is_on) => vec![TickBox { label: narrow(&item.label), is_on: *is_on, count: None }],
        Answer::Checks(boxes) => item
            .boxes()
            .map(|option| TickBox {
                label: name(&option.label),
                is_on: boxes.is_on(&option.key),
                count: boxes.counts.get(&option.key).copied().flatten(),
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

/// The boxes a cell shows, by mark and label; where it has no mark, the labels it lists, if it lists nothing else.
fn said<'a>(boxes: &'a [TickBox], cell: &str) -> Vec<Said<'a>> {
    let marked: Vec<Said<'a>> = cell.lines().flat_map(|line| marked(boxes, &narrow(line))).collect();
    if !marked.is_empty() {
        return marked;
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
        let of = |label: &str, is_on, count| TickBox { label: name(label), is_on, count };
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
        check("［○］提供を行っている（ 3 ）件", Some("行は「提供を行っている」3件、本文は4件です。"));
    }

    #[test]
    fn what_is_as_it_is_or_names_no_box_is_silent() {
        check("［○］紙\n［○］電子記録媒体（フラッシュメモリを除く。）\n［　］専用線", None);
        check("［○］その他住民票関係情報", None);
        check("提供を行っている（4）件", None);
        check("専用線による受渡しをやめた。", None);
        check("○紙媒体の受付を始める。", None);
        check("（略）", None);
        check("", None);
    }
}
