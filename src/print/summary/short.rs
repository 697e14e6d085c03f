//! Long texts made short for the summary: what changed stays, the rest is （略）.
//!
//! Whole paragraphs are left out first, then sentences; only a single sentence that is too long is cut inside.
//! This is the one place where a text of the author is shortened; the summary says so, and where the whole text stands.

use std::ops::Range;

use crate::changes::{DELETED, LEFT_OUT, NOTHING, Piece, cells, pieces};
use crate::draft::Extent;

/// So few characters more are shown: （略） would hardly be shorter.
const SPILL_CHARS: usize = 12;
/// Above this length two texts are not compared word by word: that would take seconds.
const COMPARED_CHARS: usize = 4000;

/// Both cells of a change in about `max_chars` characters each.
pub(super) fn pair(before: &str, after: &str, max_chars: usize) -> (String, String) {
    let (before, after) = (before.trim_end(), after.trim_end());
    if fits(before, max_chars + SPILL_CHARS) && fits(after, max_chars + SPILL_CHARS) {
        return (before.to_owned(), after.to_owned());
    }
    if before.is_empty() || after.is_empty() {
        return (text(before, max_chars), text(after, max_chars));
    }
    let (before, after) = cells(before, after, Extent::Changed);
    let compared = |text: &str| fits(text, COMPARED_CHARS) && text != NOTHING && text != DELETED;
    if (fits(&before, max_chars) && fits(&after, max_chars)) || !compared(&before) || !compared(&after) {
        return (text(&before, max_chars), text(&after, max_chars));
    }
    let mut sides = (Vec::new(), Vec::new());
    let (mut old, mut new) = (0, 0);
    for piece in pieces(&before, &after) {
        match piece {
            Piece::Same(same) => (old, new) = (old + same.len(), new + same.len()),
            Piece::Removed(gone) => {
                sides.0.push(old..old + gone.len());
                old += gone.len();
            }
            Piece::Added(come) => {
                sides.1.push(new..new + come.len());
                new += come.len();
            }
        }
    }
    (changed(&before, &sides.0, max_chars, LEFT_OUT), changed(&after, &sides.1, max_chars, DELETED))
}

/// The beginning of a text in about `max_chars` characters.
pub(super) fn text(text: &str, max_chars: usize) -> String {
    let text = text.trim_end();
    let whole = 0..text.len();
    if fits(text, max_chars + SPILL_CHARS) {
        text.to_owned()
    } else {
        changed(text, std::slice::from_ref(&whole), max_chars, "")
    }
}

fn fits(text: &str, max_chars: usize) -> bool {
    text.len() <= max_chars || text.chars().nth(max_chars).is_none()
}

/// The sentences that changed, as many as there is room for; `none` where none did.
fn changed(text: &str, changes: &[Range<usize>], max_chars: usize, none: &str) -> String {
    if fits(text, max_chars) {
        return text.to_owned();
    }
    if changes.is_empty() {
        return none.to_owned();
    }
    let mut short = String::new();
    let (mut left, mut skipped) = (max_chars, false);
    for sentence in sentences(text) {
        let Some(change) = changes.iter().find(|change| change.start < sentence.end && sentence.start < change.end)
        else {
            skipped |= !text[sentence].trim().is_empty();
            continue;
        };
        let words = &text[sentence.clone()];
        let n_chars = words.chars().count();
        if n_chars > left && left < max_chars {
            skipped = true;
            continue;
        }
        if std::mem::take(&mut skipped) {
            leave_out(&mut short);
        }
        if n_chars <= left {
            short.push_str(words);
            left -= n_chars;
        } else {
            short.push_str(&window(words, change.start.saturating_sub(sentence.start), max_chars));
            left = 0;
        }
    }
    if skipped {
        leave_out(&mut short);
    }
    short.trim_end().to_owned()
}

fn leave_out(short: &mut String) {
    if !short.trim_end_matches('\n').ends_with(LEFT_OUT) {
        short.push_str(LEFT_OUT);
    }
    // What follows a gap begins a line where the gap stands alone on its own.
    if short == LEFT_OUT || short.trim_end_matches(LEFT_OUT).ends_with('\n') {
        short.push('\n');
    }
}

/// `max_chars` characters of one long sentence, its change among them.
fn window(sentence: &str, change: usize, max_chars: usize) -> String {
    let at = sentence.char_indices().take_while(|(byte, _)| *byte < change).count();
    let start = if at < max_chars * 3 / 4 { 0 } else { at - max_chars / 4 };
    let has_tail = sentence.chars().nth(start + max_chars + SPILL_CHARS).is_some();
    let n_chars = if has_tail { max_chars } else { max_chars + SPILL_CHARS };
    let words: String = sentence.chars().skip(start).take(n_chars).collect();
    let head = if start > 0 { LEFT_OUT } else { "" };
    let tail = if has_tail { LEFT_OUT } else { "" };
    format!("{head}{}{tail}", words.trim_end())
}

/// Sentences end after 。 and what closes it, and where a paragraph ends; the end belongs to them.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut has_stop) = (0, false);
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let is_tail = |c: char| matches!(c, '。' | '」' | '』' | '）' | ')');
        has_stop = character == '。' || (has_stop && is_tail(character));
        let goes_on = characters.peek().is_some_and(|(_, next)| is_tail(*next) || *next == '\n');
        if character == '\n' || (has_stop && !goes_on) {
            let end = at + character.len_utf8();
            found.push(start..end);
            (start, has_stop) = (end, false);
        }
    }
    if start < text.len() {
        found.push(start..text.len());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn sentences_end_after_what_closes_them() {
        assert_eq!(split("甲。乙（丙。）丁\n戊「己。」。庚"), ["甲。", "乙（丙。）", "丁\n", "戊「己。」。", "庚"]);
        assert_eq!(split(""), Vec::<&str>::new());
    }

    #[test]
    fn short_cells_stay_as_they_are() {
        assert_eq!(pair("旧", "新", 10), ("旧".to_owned(), "新".to_owned()));
        assert_eq!(pair("", "新", 10), (String::new(), "新".to_owned()));
    }

    #[test]
    fn the_sentence_that_changed_is_kept() {
        let filler = "この文は変わらない。".repeat(30);
        let (before, after) =
            pair(&format!("{filler}税務課が行う。{filler}"), &format!("{filler}市民税課が行う。{filler}"), 40);
        assert_eq!(
            (before.as_str(), after.as_str()),
            ("（略）\n税務課が行う。（略）", "（略）\n市民税課が行う。（略）")
        );
    }

    #[test]
    fn what_only_came_into_a_text_does_not_say_that_nothing_was_there() {
        let filler = format!("{}\n", "この段落は変わらない。".repeat(10));
        let (before, after) = pair(&filler, &format!("{filler}加えた段落。"), 40);
        assert_eq!((before.as_str(), after.as_str()), ("（略）", "（略）\n加えた段落。"));
        let filler = "この文は変わらない。".repeat(30);
        let (before, after) = pair(&filler, &format!("{filler}加えた文。"), 40);
        assert_eq!((before.as_str(), after.as_str()), ("（略）", "（略）\n加えた文。"));
        assert_eq!(pair("", &format!("{filler}終わり"), 40).0, "");
    }

    #[test]
    fn one_endless_sentence_is_cut_around_its_change() {
        let (head, tail) = ("あ".repeat(300), "い".repeat(300));
        let (before, after) = pair(&format!("{head}旧{tail}"), &format!("{head}新{tail}"), 40);
        assert!(before.contains('旧') && after.contains('新'), "{before} {after}");
        assert!(before.starts_with(LEFT_OUT) && before.ends_with(LEFT_OUT));
        assert!(before.chars().count() <= 46);
    }

    #[test]
    fn a_few_characters_more_are_not_left_out() {
        let sentence = "変更に当たるため、事前に提出・公表するもの。";
        assert_eq!(text(sentence, 18), sentence);
        assert_eq!(text(sentence, 8), "変更に当たるため（略）");
    }

    #[test]
    fn nothing_grows() {
        for max_chars in [10, 50, 160] {
            for text_of in ["甲。\n乙。\n".repeat(100), "あ".repeat(20_000), "\n".repeat(500), "。".repeat(300)] {
                let (before, after) = pair(&text_of, &format!("{text_of}追加"), max_chars);
                assert!(before.chars().count() <= max_chars * 2 + 20 && after.chars().count() <= max_chars * 2 + 20);
                assert!(text(&text_of, max_chars).chars().count() <= max_chars * 2 + 20);
            }
        }
    }
}
