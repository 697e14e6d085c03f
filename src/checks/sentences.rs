//! The sentences of a cell of the change table, and whether the document has them.

use std::borrow::Cow;

use super::draft_index::Text;
use crate::draft::Span;
use crate::form::citation;
use crate::item_names::{narrow, without_label, without_signs};

/// What is quoted of a sentence, in characters, and what of it stands around the words that differ.
const QUOTED_CHARS: usize = 30;
const AROUND_CHARS: usize = 6;
/// Shorter parts of a sentence stand anywhere by chance, in characters.
const PART_CHARS: usize = 3;
/// A longer part is a sentence, and none of the names of a place in a law.
const CITATION_CHARS: usize = 100;
/// What people write behind a day; the form prints it.
const AS_OF: &[&str] = &["時点", "現在"];

/// A sentence of a cell.
pub(super) struct Sentence<'c> {
    pub written: &'c str,
    /// In one width, without signs and labels.
    pub plain: String,
    /// The same in the parts that spaces and … leave of it.
    parts: Vec<String>,
}

impl<'c> Sentence<'c> {
    /// The sentences of a cell, without signs and these labels.
    pub fn all(cell: &'c str, labels: &[String]) -> Vec<Self> {
        let bare =
            |words: &str| without_label(&without_signs(&citation::plain(words)), labels.iter().cloned()).to_owned();
        let sentence = |written: &'c str| {
            let plain = bare(written);
            let is_citation = cites(&plain);
            let ends = |c: char| c.is_whitespace() || c == '…' || is_citation && c == '、';
            let parts = written.split(ends).map(bare).filter(|part| !part.is_empty()).collect();
            Self { written, plain, parts }
        };
        let quoted = split(cell).flat_map(|part| part.split("（略）")).flat_map(|part| part.split("(略)"));
        quoted.map(sentence).filter(|sentence| sentence.plain.chars().count() > 1).collect()
    }

    /// Whether it stands in the texts: as a whole, or in its parts; a day in any notation, a citation shortened.
    pub fn is_in(&self, texts: &[&Text<'_>]) -> bool {
        let bare = self.plain.trim_end_matches('。');
        let bare = AS_OF.iter().find_map(|word| bare.strip_suffix(word)).unwrap_or(bare);
        let day = Span::read(bare);
        let is_citation = cites(&self.plain);
        let stands_in =
            |text: &str, words: &str| if is_citation { behind(text, words).is_some() } else { text.contains(words) };
        let stands = |words: &str| texts.iter().any(|text| stands_in(text.plain(), words));
        let part_stands = |part: &String| {
            let part = part.trim_matches(['、', '。']);
            let in_short = || is_citation && texts.iter().any(|text| holds_in_two(text.plain(), part));
            part.chars().count() >= PART_CHARS && (stands(part) || in_short())
        };
        stands(bare)
            || day.is_some() && texts.iter().any(|text| Span::read(text.seen()) == day)
            || !self.parts.is_empty() && self.parts.iter().all(part_stands)
    }
}

/// Whether words name a place in a law.
fn cites(plain: &str) -> bool {
    let is_number = |c: char| c.is_ascii_digit() || "〇一二三四五六七八九十百".contains(c);
    let numbered = |word: &str| plain.match_indices(word).any(|(at, _)| plain[..at].ends_with(is_number));
    numbered("の項") || numbered("条")
}

/// What stands in a text behind words that cut none of its numbers, by byte: 2の項 is not in 12の項.
fn behind(text: &str, words: &str) -> Option<usize> {
    let is_digit = |c: char| c.is_ascii_digit();
    let is_cut = |before: &str, behind: &str| before.ends_with(is_digit) && behind.starts_with(is_digit);
    let is_whole = |at: &usize| !is_cut(&text[..*at], words) && !is_cut(words, &text[at + words.len()..]);
    text.match_indices(words).map(|(at, _)| at).find(is_whole).map(|at| at + words.len())
}

/// Whether words stand in a text in two pieces: 「番号法別表24の項」 for 番号法第9条第1項　別表24の項. A number is neither cut
/// nor parted from the word before it, but by a heading of the text: 第2条の表（情報照会）53の項.
fn holds_in_two(text: &str, words: &str) -> bool {
    if words.chars().count() > CITATION_CHARS {
        return false;
    }
    words.char_indices().any(|(at, c)| {
        let (head, tail) = words.split_at(at);
        let is_long = head.chars().count().min(tail.chars().count()) >= PART_CHARS;
        let is_whole =
            !c.is_ascii_digit() || !head.ends_with(['第', 'の', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        is_long && is_whole && behind(text, head).is_some_and(|at| follows(&text[at..], tail))
    })
}

/// Whether words stand in a text; a number only behind a heading.
fn follows(text: &str, words: &str) -> bool {
    if !words.starts_with(|c: char| c.is_ascii_digit()) {
        return behind(text, words).is_some();
    }
    let is_headed = |at: usize| text[..at].ends_with([')', '】', '>', ':', citation::SEPARATOR]);
    text.match_indices(words).any(|(at, _)| is_headed(at))
}

/// The sentences and lines of a text.
pub(super) fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['。', '\n']).filter(|part| !part.trim().is_empty())
}

/// The words of both that differ, with a little of what stands around them.
pub(super) fn words_that_differ(a: &str, b: &str) -> (String, String) {
    // Spaces and widths are none of the words, where they hide which words differ.
    let n_alike = |a: &str, b: &str| a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let (plain_a, plain_b) = (narrow(a), narrow(b));
    let (a, b) =
        if n_alike(&plain_a, &plain_b) > n_alike(a, b) { (plain_a.as_str(), plain_b.as_str()) } else { (a, b) };
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let most = a.len().min(b.len()) - start;
    let end = a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let part = |text: &[char]| {
        let from = start.saturating_sub(AROUND_CHARS).min(text.len());
        let to = (text.len() - end + AROUND_CHARS).min(text.len());
        let words: String = text[from..to.max(from)].iter().collect();
        let lead = if from > 0 { "…" } else { "" };
        let tail = if to < text.len() && words.chars().count() <= QUOTED_CHARS { "…" } else { "" };
        format!("{lead}{}{tail}", shortened(&words))
    };
    (part(&a), if b.is_empty() { String::new() } else { part(&b) })
}

/// A text in so few characters that it fits into a sentence.
pub(super) fn shortened(text: &str) -> Cow<'_, str> {
    let line: Cow<'_, str> = match text.trim() {
        text if text.contains(char::is_whitespace) => text.split_whitespace().collect::<Vec<_>>().join(" ").into(),
        text => text.into(),
    };
    if line.chars().count() <= QUOTED_CHARS {
        return line;
    }
    let head: String = line.chars().take(QUOTED_CHARS - 1).collect();
    format!("{head}…").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_before_it_makes_a_place_in_a_law() {
        for (words, expected) in [
            ("番号法第9条", true),
            ("番号法第九条", true),
            ("別表24の項", true),
            ("アクセス条件を廃止する。", false),
            ("条例の定めによる。", false),
            ("上記の項目を廃止する。", false),
        ] {
            assert_eq!(cites(words), expected, "{words}");
        }
    }

    #[test]
    fn no_number_is_cut() {
        for (words, expected) in
            [("24の項", true), ("12の項", true), ("2の項", false), ("4の項", false), ("の項、2", false)]
        {
            assert_eq!(behind("12の項、24の項", words).is_some(), expected, "{words}");
        }
    }

    #[test]
    fn a_citation_may_be_shortened_but_its_numbers_are_whole() {
        let text = "番号法第9条第1項別表24の項";
        for (words, expected) in [
            ("番号法別表24の項", true),
            ("番号法第9条別表24の項", true),
            ("番号法第9条第1項別表の24の項", false),
            ("番号法第1項の24の項", false),
            ("番号法別表4の項", false),
            ("番号法別表2の項", false),
            ("番号法別表第1項", false),
            ("別表24の項番号法", false),
        ] {
            assert_eq!(holds_in_two(text, words), expected, "{words}");
        }
        let headed = "提供命令第2条の表(情報照会)42の項、44の項";
        assert!(holds_in_two(headed, "提供命令第2条の表42の項") && !holds_in_two(headed, "提供命令第2条の表44の項"));
        assert!(!holds_in_two(headed, "提供命令第2条の表2の項"));
    }
}
