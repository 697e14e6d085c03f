//! Whether a cell says of an entry of a list that it came, or went: 「システム４を追加」. A text that mentions the entry tells
//! of another change.

use std::ops::Range;

use crate::item_names::entry_numbers;

/// A shorter name stands anywhere by chance.
const NAME_CHARS: usize = 4;
const CAME: &[&str] = &["追加", "新設", "新規"];
const WENT: &[&str] = &["削除", "廃止", "終了"];
/// What stands between the entry and that word, beside other entries and brackets.
const BETWEEN: &[&str] = &["", "を", "の", "が", "を新たに", "として"];
/// What stands behind that word before the entry.
const BEHIND: &[&str] = &["", "の", "する", "した"];
/// 委託事項1～委託事項3 has no more characters.
const NUMBER_CHARS: usize = 24;
/// So much of a sentence is read before and behind an entry, in characters, and of so many places of it in a cell: whatever
/// stands in a cell, reading it takes no longer than its length.
const NEAR_CHARS: usize = 200;
const MOST_MENTIONS: usize = 20;

/// An entry as cells name it, in one spelling.
pub(super) struct Entry<'e> {
    /// 委託事項, the word before its number; it may be empty.
    pub word: &'e str,
    /// From 1 on.
    pub number: usize,
    pub name: &'e str,
}

impl Entry<'_> {
    /// Whether a cell has its name.
    pub fn is_named(&self, cell: &str) -> bool {
        self.name.chars().count() >= NAME_CHARS && cell.contains(self.name)
    }

    /// Whether a cell says that it came, or went, or is its number or its name and nothing else.
    pub fn is_said(&self, cell: &str, is_new: bool) -> bool {
        let words = if is_new { CAME } else { WENT };
        self.mentions(cell).into_iter().any(|at| self.says(cell, &at, words))
    }

    /// Where a cell has its number or its name, in bytes.
    fn mentions(&self, cell: &str) -> Vec<Range<usize>> {
        let is_it = |at: &usize| {
            let end = cell[*at..].char_indices().nth(NUMBER_CHARS).map_or(cell.len(), |(n, _)| at + n);
            let is_numbered = cell[at + self.word.len()..].starts_with(|c: char| c.is_ascii_digit());
            let numbers = entry_numbers(&cell[*at..end], self.word);
            is_numbered && numbers.first().is_some_and(|numbers| numbers.range.contains(&self.number))
        };
        let numbered = cell.match_indices(self.word).filter(|(_, word)| !word.is_empty());
        let numbered = numbered.filter(|(at, _)| is_it(at));
        let named = cell.match_indices(self.name).filter(|(_, name)| name.chars().count() >= NAME_CHARS);
        numbered.chain(named).take(MOST_MENTIONS).map(|(at, words)| at..at + words.len()).collect()
    }

    fn says(&self, cell: &str, at: &Range<usize>, words: &[&str]) -> bool {
        let (before, behind) = (last_chars(&cell[..at.start]), first_chars(&cell[at.end..]));
        let is_alone = || [before, behind].iter().all(|text| self.without_signs(text).trim_matches('。').is_empty());
        let behind = self.bare(behind.split('。').next().unwrap_or_default());
        let next = words.iter().filter_map(|word| behind.find(word)).min();
        let before = self.bare(before.rsplit('。').next().unwrap_or_default());
        let is_last = |word: &&str| before.rsplit_once(*word).is_some_and(|(_, rest)| BEHIND.contains(&rest));
        next.is_some_and(|end| BETWEEN.contains(&&behind[..end]))
            || behind.is_empty() && words.iter().any(is_last)
            || is_alone()
    }

    /// A text without what it says in brackets, the numbers of entries, and signs.
    fn bare(&self, text: &str) -> String {
        let mut text = text.to_owned();
        while let Some(end) = text.find(')') {
            let start = text[..end].rfind('(').unwrap_or(end);
            text.replace_range(start..=end, "");
        }
        self.without_signs(&text)
    }

    fn without_signs(&self, text: &str) -> String {
        let mut text = if self.word.is_empty() { text.to_owned() } else { text.replace(self.word, "") };
        let is_sign = |c: char| c.is_ascii_digit() || "、,・~〜及び「」():".contains(c) || matches!(c, '①'..='⑳');
        text.retain(|c| !is_sign(c));
        text
    }
}

fn first_chars(text: &str) -> &str {
    text.char_indices().nth(NEAR_CHARS).map_or(text, |(end, _)| &text[..end])
}

fn last_chars(text: &str) -> &str {
    text.char_indices().nth_back(NEAR_CHARS - 1).map_or(text, |(start, _)| &text[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_mentions_an_entry_does_not_say_that_it_came() {
        let entry = Entry { word: "委託事項", number: 2, name: "封入封緘業務" };
        for (cell, expected) in [
            ("委託事項2を追加", true),
            ("委託事項1~3を追加する。", true),
            ("委託事項1、委託事項2(封入)、3を新たに追加", true),
            ("「封入封緘業務」を新設した。", true),
            ("新規の委託事項2", true),
            ("追加:委託事項2", true),
            ("委託事項2", true),
            ("委託事項2(封入封緘業務)。", true),
            ("封入封緘業務", true),
            ("委託事項2を削除", false),
            ("委託事項3を追加", false),
            ("委託事項12を追加", false),
            ("委託事項2の受託者と連携して封入する。", false),
            ("委託事項2の受託者を追加する。", false),
            ("委託事項2(受託者の追加)", false),
            ("委託事項2と連携する。端末を追加する。", false),
            ("端末を追加する。委託事項2と連携する。", false),
            ("封入封緘業務の受託者に渡す。", false),
        ] {
            assert_eq!(entry.is_said(cell, true), expected, "{cell}");
        }
        assert!(entry.is_said("委託事項2を廃止", false));
        let long = format!("{}委託事項2を追加", "委託事項2()".repeat(100_000));
        assert!(!entry.is_said(&long, true), "of a cell without end only its beginning is read");
        assert!(entry.is_said(&format!("{}。委託事項2を追加", "他".repeat(1_000)), true));
        let short = Entry { word: "", number: 2, name: "封入" };
        assert!(!short.is_said("封入を追加", true));
    }
}
