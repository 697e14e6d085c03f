//! Rows that name no more than a heading, and numbers of things: what can be said of them for certain.

use super::{ALIKE_PERCENT, DONE, LEAST_CHARS, Place, VERY_ALIKE_PERCENT, day, moved_to};
use crate::checks::draft_index::Text;
use crate::checks::sentences::{shortened, split, words_that_differ};
use crate::draft::{ChangeRow, Span};
use crate::form::citation;
use crate::item_names::{ELSEWHERE, likeness, narrow, quotes_nothing, without_signs};

/// A longer cell that says a number of things is a text, in characters.
const COUNT_CHARS: usize = 24;

/// A shorter part stands anywhere by chance, in characters.
const PART_CHARS: usize = 3;

impl Place<'_, '_> {
    /// Whether a value stands here: in a text, as an option that is chosen, or beside a box.
    pub(super) fn has(&self, value: &str) -> bool {
        let plain = citation::plain(value);
        let plain = plain.trim_end_matches('。');
        let is_day = |text: &&Text<'_>| day(value).is_some_and(|day| Span::read(text.seen()) == Some(day));
        !plain.is_empty()
            && (self.texts.iter().any(|text| text.plain().contains(plain) || is_day(text))
                || self
                    .chosen
                    .iter()
                    .any(|chosen| !chosen.is_empty() && (chosen.contains(plain) || plain.contains(chosen)))
                || self.boxes.iter().any(|own| own.says(plain)))
    }

    /// Whether all that signs leave of a sentence stands here: 「その他：電話」, 「提供を行っている（1件）　○○公社」.
    fn has_parts(&self, sentence: &str) -> bool {
        let mut parts = sentence.split(is_sign).filter(|part| part.chars().count() >= PART_CHARS).peekable();
        // A remark in brackets names places: 収入申告書の入力（①から④まで）.
        let is_remark = |part: &str| part.starts_with(|c: char| matches!(c, '①'..='⑳')) || part.ends_with("まで");
        parts.peek().is_some() && parts.all(|part| self.has(part) || is_remark(part))
    }

    /// The parts of a sentence that do not stand here.
    fn missing<'s>(&self, sentence: &'s str) -> impl Iterator<Item = &'s str> {
        let parts = sentence.split(is_sign).filter(|part| part.chars().count() >= LEAST_CHARS && !self.has(part));
        parts.collect::<Vec<_>>().into_iter()
    }

    /// Words, and those here that are much like them.
    fn near<'s>(&self, words: &'s str) -> Option<(&'s str, String)> {
        let plain = citation::plain(words);
        let plain = plain.trim_end_matches('。');
        let like = |sentence: &str| likeness(plain, &citation::plain(sentence));
        // Before an answer its label may stand: 「委託事項１　基幹システムの保守」.
        let is_labelled = |near: &str| plain.ends_with(citation::plain(near).trim_end_matches('。'));
        let sentences = self.texts.iter().flat_map(|text| split(text.seen())).map(|near| (like(near), near));
        let (_, near) = sentences.filter(|(like, _)| *like >= VERY_ALIKE_PERCENT).max_by_key(|(like, _)| *like)?;
        (!is_labelled(near)).then(|| (words, near.trim().to_owned()))
    }

    /// Another number of things than the document says, where both say one.
    pub(super) fn other_count(&self, change: &ChangeRow) -> Option<String> {
        let after = narrow(&change.after);
        let is_short = after.chars().count() < COUNT_CHARS;
        let numbers = if is_short { counted(&after, narrow(&change.item).contains("件数")) } else { Vec::new() };
        let (&[said], [_, ..]) = (numbers.as_slice(), self.counts.as_slice()) else { return None };
        let now = self.counts.first().filter(|_| !self.counts.contains(&said))?;
        Some(format!("行は{said}件、本文は{now}件です。"))
    }

    /// How a row for a whole heading and the document disagree: words that nothing there says, beside words much like them,
    /// or beside what the row says is no longer there.
    pub(super) fn disagrees_at_all(&self, change: &ChangeRow) -> Option<String> {
        let after = without_signs(&citation::plain(&change.after));
        if after.is_empty() || quotes_nothing(&after) || moved_to(&after, &self.entry_word).is_some() {
            return None;
        }
        if let Some(told) = self.other_count(change) {
            return Some(told);
        }
        let olds = self.sentences(&change.before);
        let mut no_quote = DONE.iter().chain(ELSEWHERE);
        if no_quote.any(|word| after.contains(word)) {
            return None;
        }
        self.sentences(&change.after).iter().find_map(|sentence| {
            let plain = sentence.plain.trim_end_matches('。');
            if plain.chars().count() < LEAST_CHARS || sentence.is_in(&self.texts) || self.has_parts(sentence.written) {
                return None;
            }
            let still = olds.iter().find(|old| {
                let n_chars = old.plain.chars().count();
                n_chars >= LEAST_CHARS && likeness(&old.plain, plain) >= ALIKE_PERCENT && old.is_in(&self.texts)
            });
            if let Some(still) = still {
                return Some(still_says(sentence.written, still.written));
            }
            let whole = std::iter::once(sentence.written.trim());
            let (words, near) = whole.chain(self.missing(sentence.written)).find_map(|words| self.near(words))?;
            let (row, now) = words_that_differ(words, &near);
            Some(format!("行は「{row}」、本文は「{now}」です。"))
        })
    }
}

/// What parts the words of a sentence that stand in several answers.
fn is_sign(c: char) -> bool {
    c.is_whitespace() || "：:、，,（）()「」［］[]○".contains(c)
}

/// What is told of a row whose words of before are those of the document.
fn still_says(row: &str, document: &str) -> String {
    format!("行は「{}」、本文は「{}」のままです。", shortened(row), shortened(document))
}

/// The numbers of things that a cell, in one width, says: 3 of (3)件; of a row for a 件数 the cell may be the number alone.
fn counted(cell: &str, is_number: bool) -> Vec<u64> {
    let alone = cell.trim_matches(['(', ')', '件']).parse::<u64>().ok().filter(|_| is_number);
    if let Some(alone) = alone {
        return vec![alone];
    }
    let found = cell.match_indices('件').filter_map(|(at, _)| {
        let before = cell[..at].trim_end_matches(')');
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        before[before.len() - digits..].parse().ok()
    });
    found.collect()
}
