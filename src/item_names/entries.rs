//! The entries that words number: 委託事項2, 旧委託事項4, 提供先1～3.

use std::ops::RangeInclusive;

use super::spelling::narrow;
use crate::form::{Form, Item, Kind};

/// What a cell says of the number of entries, counted from 1.
pub struct EntryNumbers {
    /// Whether it is one of the version before: 旧委託事項4.
    pub is_old: bool,
    /// From the first to the last.
    pub range: RangeInclusive<usize>,
}

/// 委託事項, the word before the number of an entry, in one width; empty where the item is no repeat.
pub fn entry_word(repeat: &Item) -> String {
    match &repeat.kind {
        Kind::Repeat(list) => narrow(list.instance_title.split('{').next().unwrap_or_default()),
        _ => String::new(),
    }
}

/// The numbers behind that word, in the order of the text; the text is in one width.
pub fn entry_numbers(text: &str, word: &str) -> Vec<EntryNumbers> {
    if word.is_empty() {
        return Vec::new();
    }
    let number = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<usize>().ok();
    let found = text.match_indices(word).filter_map(|(at, _)| {
        let rest = &text[at + word.len()..];
        let first = number(rest)?;
        let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let last = behind.strip_prefix(['~', '〜']).and_then(|rest| number(rest.strip_prefix(word).unwrap_or(rest)));
        Some(EntryNumbers { is_old: text[..at].ends_with('旧'), range: first..=last.unwrap_or(first).max(first) })
    });
    found.collect()
}

/// The numbers of the entries that a cell, in one width, names now, where the item is a repeat or stands in one: 委託事項1～3.
/// Of 旧委託事項4 → 委託事項3 the last.
pub fn entry_numbers_of(form: &Form, item: &Item, cell: &str) -> Vec<RangeInclusive<usize>> {
    let repeat = if matches!(item.kind, Kind::Repeat(_)) { Some(item) } else { form.repeat_of(&item.id) };
    let word = repeat.map(entry_word).unwrap_or_default();
    let mut numbers = entry_numbers(cell, &word);
    let now = cell.rsplit(['→', '⇒']).next().map(|now| entry_numbers(now, &word)).unwrap_or_default();
    if !now.is_empty() {
        numbers = now;
    }
    if numbers.iter().any(|number| !number.is_old) {
        numbers.retain(|number| !number.is_old);
    }
    numbers.into_iter().map(|number| number.range).collect()
}
