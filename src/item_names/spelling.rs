//! Words of the form and of cells in one spelling, and how alike they are.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::draft::FilePart;
use crate::form::citation;

/// One width, no spaces; roman numerals and circled digits stay, and II-6 is Ⅱ-6.
pub(super) fn spelled(text: &str) -> String {
    const ROMAN: [(&str, &str); 6] = [("III", "Ⅲ"), ("II", "Ⅱ"), ("IV", "Ⅳ"), ("VI", "Ⅵ"), ("I", "Ⅰ"), ("V", "Ⅴ")];
    let text = narrow(text);
    let roman = ROMAN.iter().find_map(|(letters, sign)| Some((sign, text.strip_prefix(letters)?)));
    match roman.filter(|(_, rest)| !rest.starts_with(|c: char| c.is_ascii_alphabetic())) {
        Some((sign, rest)) => format!("{sign}{rest}"),
        None => text,
    }
}

/// A text in one width, without spaces and ※.
pub fn narrow(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '※')
        .map(|c| match c {
            '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// Which files the words of 項目 name, each in one width: by the whole name, by its beginning in brackets (【滞納】), or
/// shortened (収納情報Ｆ). A beginning that two files have names neither.
pub fn files_named<'d>(words: &str, files: impl Iterator<Item = &'d Arc<FilePart>>) -> Vec<String> {
    let words = narrow(words);
    let mut names: Vec<String> = files.map(|file| narrow(&file.name)).filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    let whole: Vec<String> = names.iter().filter(|name| words.contains(name.as_str())).cloned().collect();
    if !whole.is_empty() {
        return whole;
    }
    let beginnings =
        words.split(['(', '【', '[', '〔']).skip(1).filter_map(|rest| rest.split([')', '】', ']', '〕']).next());
    let beginnings: Vec<&str> = beginnings
        .map(|word| ["F", "ファイル", "ﾌｧｲﾙ"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word))
        .filter(|word| word.chars().count() >= BEGINNING_CHARS)
        .collect();
    let is_short = |name: &str| {
        let stem = name.strip_suffix("ファイル").filter(|stem| stem.chars().count() > BEGINNING_CHARS);
        stem.is_some_and(|stem| ["F", "ﾌｧｲﾙ"].iter().any(|end| words.contains(&format!("{stem}{end}"))))
            || beginnings.iter().any(|word| name.starts_with(word) && n_beginning(&names, word) == 1)
    };
    names.iter().filter(|name| is_short(name)).cloned().collect()
}

/// Fewest characters of the beginning of a name.
const BEGINNING_CHARS: usize = 2;

fn n_beginning(names: &[String], word: &str) -> usize {
    names.iter().filter(|name| name.starts_with(word)).count()
}

/// A label in one spelling, without number.
pub fn plain_label(label: &str) -> String {
    let mut plain = citation::plain(label.trim_end_matches("{n}"));
    plain.retain(|c| c != citation::SEPARATOR);
    plain
}

/// Fewest characters that are left out of a label, and that are kept at each end of it; with fewer it is a slip.
const LEFT_OUT_CHARS: usize = 4;
const KEPT_CHARS: usize = 3;

/// Whether words are a label, both in one spelling, with a part inside it left out.
pub(super) fn is_shortened(label: &str, words: &str) -> bool {
    let n_same = |pairs: &mut dyn Iterator<Item = (char, char)>| pairs.take_while(|(a, b)| a == b).count();
    let head = n_same(&mut label.chars().zip(words.chars()));
    let tail = n_same(&mut label.chars().rev().zip(words.chars().rev()));
    let (n_label, n_words) = (label.chars().count(), words.chars().count());
    head.min(tail) >= KEPT_CHARS && head + tail >= n_words && n_label >= n_words + LEFT_OUT_CHARS
}

/// How alike two labels are, in percent of their pairs of characters.
pub fn likeness(a: &str, b: &str) -> usize {
    let (a, b) = (neighbours(a.chars()), neighbours(b.chars()));
    (n_in_both(&a, &b) * 200).checked_div(a.len() + b.len()).unwrap_or(0)
}

/// The pairs of neighbouring characters, sorted.
pub fn neighbours(chars: impl IntoIterator<Item = char>) -> Vec<(char, char)> {
    let chars: Vec<char> = chars.into_iter().collect();
    let mut pairs: Vec<(char, char)> = chars.windows(2).map(|pair| (pair[0], pair[1])).collect();
    pairs.sort_unstable();
    pairs
}

/// How many of two sorted lists stand in both, each as often as it does in both.
pub fn n_in_both<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => {
                both += 1;
                i += 1;
                j += 1;
            }
        }
    }
    both
}

/// How many characters must be replaced, put in or left out to make one text of the other.
pub fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (n, a) in a.chars().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], n + 1);
        for (at, b) in b.iter().enumerate() {
            let best = (corner + usize::from(a != *b)).min(row[at] + 1).min(row[at + 1] + 1);
            corner = std::mem::replace(&mut row[at + 1], best);
        }
    }
    row.last().copied().unwrap_or(0)
}

/// How alike two words are, in percent of the characters that stand in both in the same order.
pub(super) fn likeness_of_words(a: &str, b: &str) -> usize {
    let (n_a, n_b) = (a.chars().count(), b.chars().count());
    // Words of very different length are not alike, and not worth the time.
    if n_a + n_b == 0 || n_a * 3 < n_b || n_b * 3 < n_a {
        return 0;
    }
    n_in_order(a, b) * 200 / (n_a + n_b)
}

/// How many characters stand in both in the same order.
pub fn n_in_order(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut above = vec![0; b.len() + 1];
    for one in a.chars() {
        let mut corner = 0;
        for (at, other) in b.iter().enumerate() {
            let longest = if one == *other { corner + 1 } else { above[at].max(above[at + 1]) };
            corner = std::mem::replace(&mut above[at + 1], longest);
        }
    }
    above.last().copied().unwrap_or(0)
}

/// A text without what stands in round brackets and in 【 】, except where `keeps` says that it is a part of the words, or
/// where nothing else stands.
pub(super) fn without_brackets(text: &str, keeps: &dyn Fn(&str) -> bool) -> String {
    let left = outside_brackets(text, keeps);
    if left.is_empty() { text.to_owned() } else { left }
}

fn outside_brackets(text: &str, keeps: &dyn Fn(&str) -> bool) -> String {
    let mut left = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find(['(', '【']) {
        let (before, inside) = rest.split_at(open);
        left.push_str(before);
        let mut depth = 0_usize;
        let end = inside.char_indices().find_map(|(at, c)| {
            match c {
                '(' | '【' => depth += 1,
                ')' | '】' => depth = depth.saturating_sub(1),
                _ => {}
            }
            (depth == 0).then_some(at + c.len_utf8())
        });
        let Some(end) = end else {
            left.push_str(inside);
            return left;
        };
        let group = &inside[..end];
        if keeps(group) {
            left.push_str(group);
        }
        rest = &inside[end..];
    }
    left.push_str(rest);
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shortened_label_lacks_words_inside_it() {
        let label = "再委託先による特定個人情報ファイルの適切な取扱いの担保";
        for (words, expected) in [
            ("再委託先による適切な取扱いの担保", true),
            ("再委託先による特定個人情報ファイルの適切な取扱の担保", false),
            ("委託先による適切な取扱いの担保", false),
            ("再委託先による適正な取扱いの担保", false),
            (label, false),
        ] {
            assert_eq!(is_shortened(label, words), expected, "{words}");
        }
    }
}
