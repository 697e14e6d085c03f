//! 標準の文: paragraphs that a city words once for all its documents, each in the versions it has had. A text is known by its
//! words, not by a mark in the draft: also where it was pasted, or came in from Excel.
//! Pure: versions come from the text of their files; where they stand comes out of form and draft.
//! Never: changes a draft, looks into what was published, takes words for a paragraph that are only about the same.
//! Start with [`StandardParagraph`] and [`occurrences`].

use std::collections::BTreeMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::draft::Draft;
use crate::find::{Folding, Hit, TextPart, passages};
use crate::form::Form;

/// Full and half width are one: a text that went through Excel or Word is still the same.
const FOLDING: Folding = Folding { width: true, kana: false, case: false };
/// So many of all characters of both texts stand in both, in order, where one is nearly the other.
const NEARLY: f64 = 0.85;
/// Shorter texts are the same or they are not.
const FEWEST_CHARS: usize = 20;

/// A paragraph in all its versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandardParagraph {
    /// What it is called.
    pub name: String,
    /// Its versions, the newest last.
    pub versions: Vec<Wording>,
}

/// One version of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// What it is called, a day as a rule: versions are in the order of their names.
    pub name: String,
    /// Where the words come from; empty where nobody says.
    pub source: String,
    /// The words.
    pub text: String,
}

impl Wording {
    /// Reads a version: lines that begin with 「出典：」 stand above it and say where it comes from, all else is the text. `None` where
    /// there is none.
    pub fn read(name: &str, file: &str) -> Option<Self> {
        let file = file.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let mut rest = file.as_str();
        let mut sources = Vec::new();
        while let Some((line, below)) = rest.split_once('\n')
            && let Some(source) = ["出典：", "出典:"].iter().find_map(|head| line.strip_prefix(head))
        {
            sources.push(source.trim());
            rest = below;
        }
        let text = rest.trim().to_owned();
        (!text.is_empty()).then(|| Self { name: name.to_owned(), source: sources.join("、"), text })
    }
}

/// How a text is one of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// It is the newest version.
    Current,
    /// It is an older version, this one of the paragraph.
    Old(usize),
    /// It is nearly this version of the paragraph: somebody wrote on in it.
    Near(usize),
}

/// A paragraph that stands in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Where, to be replaced like what was searched for.
    pub hit: Hit,
    /// How it is that paragraph.
    pub likeness: Likeness,
}

/// Where a paragraph stands in what the author writes this year, in the order of the paper.
pub fn occurrences(form: &Form, draft: &Draft, paragraph: &StandardParagraph) -> Vec<Occurrence> {
    let document = &draft.state.document;
    let mut all = Vec::new();
    for passage in passages(form, document) {
        if !matches!(passage.spot.part, TextPart::Answer | TextPart::Box(_) | TextPart::Legend | TextPart::Cell(..)) {
            continue;
        }
        for (range, likeness) in found(passage.text, paragraph) {
            let hit = Hit {
                spot: passage.spot.clone(),
                place: passage.spot.place(form, document),
                before: String::new(),
                found: passage.text.get(range.clone()).unwrap_or_default().to_owned(),
                after: String::new(),
                range,
                is_published: false,
            };
            all.push(Occurrence { hit, likeness });
        }
    }
    all
}

/// The places of a text, none over another: those word for word first, newer versions before older.
fn found(text: &str, paragraph: &StandardParagraph) -> Vec<(Range<usize>, Likeness)> {
    let folded = FOLDING.fold(text);
    let mut all: Vec<(Range<usize>, Likeness)> = Vec::new();
    let is_free = |all: &[(Range<usize>, Likeness)], range: &Range<usize>| {
        all.iter().all(|(other, _)| other.end <= range.start || range.end <= other.start)
    };
    let newest = paragraph.versions.len().saturating_sub(1);
    for (nth, version) in paragraph.versions.iter().enumerate().rev() {
        let likeness = if nth == newest { Likeness::Current } else { Likeness::Old(nth) };
        for range in folded.find(&FOLDING.fold(&version.text).text) {
            if is_free(&all, &range) {
                all.push((range, likeness));
            }
        }
    }
    let mut near: Vec<(usize, usize, Range<usize>)> = Vec::new();
    for (nth, version) in paragraph.versions.iter().enumerate().rev() {
        let wanted = FOLDING.fold(&version.text).text;
        for range in blocks(text, version.text.lines().count()) {
            if is_free(&all, &range)
                && let Some(n_other) = nearly(&FOLDING.fold(&text[range.clone()]).text, &wanted)
            {
                near.push((n_other, nth, range));
            }
        }
    }
    // The version of which the fewest characters are others.
    near.sort_by_key(|(n_other, nth, _)| (*n_other, std::cmp::Reverse(*nth)));
    for (_, nth, range) in near {
        if is_free(&all, &range) {
            all.push((range, Likeness::Near(nth)));
        }
    }
    all.sort_by_key(|(range, _)| range.start);
    all
}

/// So many lines after each other, without what is white around them.
fn blocks(text: &str, n_lines: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        lines.push(at..at + line.len());
        at += line.len();
    }
    let whole = |lines: &[Range<usize>]| {
        let (first, last) = (lines.first()?, lines.last()?);
        let block = &text[first.start..last.end];
        let start = first.start + block.len() - block.trim_start().len();
        Some(start..start + block.trim().len())
    };
    lines.windows(n_lines.max(1)).filter_map(whole).collect()
}

/// How many characters of two texts that are nearly the same stand in one of them only.
fn nearly(text: &str, wanted: &str) -> Option<usize> {
    let [text, wanted]: [Vec<char>; 2] = [text, wanted].map(|text| text.chars().collect());
    let n_all = text.len() + wanted.len();
    if text.len().min(wanted.len()) < FEWEST_CHARS {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "lengths of texts")]
    let is_enough = |n_same: usize| 2.0 * n_same as f64 >= NEARLY * n_all as f64;
    // What two texts have of each character at most is quickly counted, and seldom enough.
    if !is_enough(n_in_both(&text, &wanted)) {
        return None;
    }
    let ops = capture_diff_slices(Algorithm::Myers, &text, &wanted);
    let n_same = ops.iter().map(|op| if let DiffOp::Equal { len, .. } = op { *len } else { 0 }).sum();
    is_enough(n_same).then_some(n_all - 2 * n_same)
}

fn n_in_both(a: &[char], b: &[char]) -> usize {
    let counted = |text: &[char]| {
        let mut counts: BTreeMap<char, usize> = BTreeMap::new();
        text.iter().for_each(|c| *counts.entry(*c).or_default() += 1);
        counts
    };
    let (a, b) = (counted(a), counted(b));
    a.iter().map(|(c, n)| (*n).min(b.get(c).copied().unwrap_or_default())).sum()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const OLD: &str = "中継サーバーは入退室を記録した区画に置き、担当者のほかは操作できない。\n記録は一年間保存する。";
    const NEW: &str =
        "中継サーバーは入退室を記録した区画に置き、許可された担当者のほかは操作できない。\n記録は三年間保存する。";

    fn paragraph() -> StandardParagraph {
        let version = |name: &str, text| Wording::read(name, text).unwrap();
        StandardParagraph {
            name: "中継サーバー".to_owned(),
            versions: vec![version("2024", OLD), version("2026", NEW)],
        }
    }

    fn likenesses(text: &str) -> Vec<(String, Likeness)> {
        found(text, &paragraph()).into_iter().map(|(range, likeness)| (text[range].to_owned(), likeness)).collect()
    }

    #[test]
    fn a_version_is_known_by_its_words() {
        let text = format!("前置き。\n{OLD}\n\n{NEW}\nあとがき。");
        let expected = [(OLD.to_owned(), Likeness::Old(0)), (NEW.to_owned(), Likeness::Current)];
        assert_eq!(likenesses(&text), expected);
        // Within a line too, and in other widths.
        assert_eq!(likenesses(&format!("なお、{OLD}以上")), [(OLD.to_owned(), Likeness::Old(0))]);
        assert!(likenesses("中継サーバーについては別に定める。\n記録は保存する。").is_empty());
    }

    #[test]
    fn what_somebody_wrote_on_in_is_nearly_one() {
        let written_on = OLD.replace("一年間", "二年間");
        assert_eq!(likenesses(&format!("一行目。\n{written_on}\n")), [(written_on.clone(), Likeness::Near(0))]);
        let rewritten =
            "中継サーバーは市役所の地階にあり、夜間は施錠する。鍵は総務課が持つ。\n記録の保存は規程による。";
        assert!(likenesses(rewritten).is_empty());
    }

    #[test]
    fn a_file_says_where_its_words_come_from() {
        let version = Wording::read("2026-04-01", "\u{feff}出典：青嶺市の規程\r\n\r\n一行目\r\n二行目\r\n").unwrap();
        assert_eq!((version.source.as_str(), version.text.as_str()), ("青嶺市の規程", "一行目\n二行目"));
        assert!(Wording::read("空", "出典：なし\n\n").is_none());
    }
}
