//! A text letter by letter, as the reader of citations walks through it: one width, nothing that is not seen, spaces and
//! line ends kept, because a list may go on on the next line and 「別表第一 16」 is two numbers.

use unicode_normalization::UnicodeNormalization;

use super::{SEPARATOR, is_kanji_digit, kanji_number};
use crate::characters::CharacterKind;

/// The letters of a text.
pub(super) fn of(text: &str) -> Vec<char> {
    let mut letters = Vec::with_capacity(text.len() / 3 + 8);
    for c in text.chars() {
        match c {
            '!'..='~' | '、' | '。' | '「' | '」' | 'ぁ'..='ゖ' | 'ァ'..='ー' | '一'..='鿿' | '々' => {
                letters.push(c)
            }
            '！'..='～' => letters.extend(char::from_u32(u32::from(c) - 0xFEE0)),
            '①'..='⑳' | '㉑'..='㊿' | 'Ⅰ'..='ⅿ' | '❶'..='➓' => letters.push(SEPARATOR),
            _ if c.is_whitespace() => push_space(&mut letters, c),
            _ => match CharacterKind::of(c) {
                CharacterKind::Hidden | CharacterKind::Selector => {}
                CharacterKind::Radical(usual) => letters.push(usual),
                _ => letters.extend(std::iter::once(c).nfkc()),
            },
        }
    }
    letters
}

/// One space for any number of them; a line end outweighs spaces.
fn push_space(letters: &mut Vec<char>, c: char) {
    match letters.last_mut() {
        Some(last) if last.is_whitespace() => {
            if c == '\n' {
                *last = '\n';
            }
        }
        _ => letters.push(if c == '\n' { '\n' } else { ' ' }),
    }
}

/// Whether the words stand there.
pub(super) fn has(letters: &[char], at: usize, words: &str) -> bool {
    let mut rest = letters.get(at..).unwrap_or_default().iter();
    words.chars().all(|wanted| rest.next() == Some(&wanted))
}

/// Whether the words stand right before that place.
pub(super) fn has_before(letters: &[char], at: usize, words: &str) -> bool {
    let n_chars = words.chars().count();
    at >= n_chars && has(letters, at - n_chars, words)
}

/// The first of the words that stands there: where it ends.
pub(super) fn after_any(letters: &[char], at: usize, words: &[&str]) -> Option<usize> {
    words.iter().find(|words| has(letters, at, words)).map(|words| at + words.chars().count())
}

/// The place after spaces.
pub(super) fn after_spaces(letters: &[char], mut at: usize) -> usize {
    while letters.get(at) == Some(&' ') {
        at += 1;
    }
    at
}

/// The number that begins there, in one kind of digits, and where it ends.
pub(super) fn number(letters: &[char], at: usize) -> Option<(u32, usize)> {
    let rest = letters.get(at..)?;
    let first = rest.first()?;
    let (n_digits, value) = if first.is_ascii_digit() {
        let n_digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
        (n_digits, rest.iter().take(n_digits.min(6)).collect::<String>().parse().ok()?)
    } else {
        let n_digits = rest.iter().take_while(|c| is_kanji_digit(**c)).count();
        (n_digits, kanji_number(&rest.iter().take(n_digits).collect::<String>()).filter(|_| n_digits > 0)?)
    };
    Some((value, at + n_digits))
}

/// A number with its branches (36の2), the number after the last 「の」 being a digit, and where it ends.
pub(super) fn branched(letters: &[char], at: usize) -> Option<(String, usize)> {
    let (value, end) = number(letters, at)?;
    Some(with_branches(letters, value.to_string(), end))
}

/// The number with the branches that follow it.
pub(super) fn with_branches(letters: &[char], mut number_text: String, mut end: usize) -> (String, usize) {
    while letters.get(end) == Some(&'の')
        && let Some((branch, after)) = number(letters, end + 1)
    {
        number_text.push_str(&format!("の{branch}"));
        end = after;
    }
    (number_text, end)
}

/// Whether a name of something may hold the character: kanji, katakana, but no digit of a citation.
pub(super) fn is_noun(c: char) -> bool {
    matches!(c, '一'..='鿿' | '々' | 'ァ'..='ー')
}
