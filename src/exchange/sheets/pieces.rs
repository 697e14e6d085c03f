//! Long texts in pieces: each fits into a row, and the reader puts them together to the same text.

use crate::exchange::boxes::{MAX_CELL_UNITS, seam};

/// How many lines a text takes, where so many half-width characters stand on one.
pub(super) fn n_lines(text: &str, half_widths: usize) -> usize {
    text.split('\n').map(|line| line.chars().map(width).sum::<usize>().div_ceil(half_widths.max(2)).max(1)).sum()
}

/// Width of a character, in half-width characters.
pub(super) fn width(c: char) -> usize {
    if c.is_ascii() || ('\u{FF61}'..='\u{FF9F}').contains(&c) { 1 } else { 2 }
}

/// Cuts a text into pieces of so many lines. It is cut where the reader, who puts something between two pieces or nothing,
/// does so rightly; a line break at which it is cut belongs to no piece.
pub(super) fn pieces(text: &str, half_widths: usize, most_lines: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    while let Some(end) = overflow(&text[start..], half_widths, most_lines).map(|end| start + end) {
        let cut = best_cut(text, start, end);
        pieces.push(&text[start..cut]);
        start = cut + usize::from(text[cut..].starts_with('\n'));
    }
    pieces.push(&text[start..]);
    pieces
}

/// A text between two signs in as many pieces as cells need to hold it. The reader puts nothing between them, and takes spaces
/// at their ends for none.
pub(super) fn cell_pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(end) = longest_cell(rest) {
        let may_cut = |at: &usize| {
            let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            is_letter(rest[..*at].chars().next_back()) && is_letter(rest[*at..].chars().next())
        };
        let ends: Vec<usize> = rest[..end].char_indices().map(|(at, _)| at).skip(1).chain([end]).collect();
        let cut = ends.into_iter().rev().find(may_cut).unwrap_or(end);
        let (piece, behind) = rest.split_at(cut);
        pieces.push(piece);
        rest = behind;
    }
    pieces.push(rest);
    pieces
}

/// Where a cell ends to hold a text; `None` where it holds all of it.
fn longest_cell(text: &str) -> Option<usize> {
    let mut units = 0;
    let over = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > MAX_CELL_UNITS
    });
    over.map(|(at, _)| at)
}

/// Where the text stops to fit; `None` where all of it does.
fn overflow(text: &str, half_widths: usize, most_lines: usize) -> Option<usize> {
    let (mut lines, mut used) = (1, 0);
    for (at, c) in text.char_indices() {
        if c == '\n' {
            (lines, used) = (lines + 1, 0);
        } else if used + width(c) > half_widths.max(2) {
            (lines, used) = (lines + 1, width(c));
        } else {
            used += width(c);
        }
        if lines > most_lines {
            return Some(at);
        }
    }
    None
}

/// The last place before `end` at which the text may be cut.
fn best_cut(text: &str, start: usize, end: usize) -> usize {
    let ends = text[start..].char_indices().map(|(at, _)| start + at).skip(1);
    let places: Vec<usize> = ends.take_while(|at| *at <= end).collect();
    places.iter().rev().copied().find(|at| may_cut(text, *at)).or_else(|| places.last().copied()).unwrap_or(end)
}

fn may_cut(text: &str, at: usize) -> bool {
    let (before, behind) = text.split_at(at);
    let next = behind.strip_prefix('\n').unwrap_or(behind);
    let is_seen = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
    if !is_seen(before.chars().next_back()) {
        return false;
    }
    if behind.starts_with('\n') {
        !next.starts_with(['\n', ' ', '\t']) && !next.trim().is_empty() && seam(before, next) == "\n"
    } else {
        is_seen(next.chars().next()) && seam(before, next).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) {
        let pieces = pieces(text, 40, 3);
        let mut joined = String::new();
        for piece in &pieces {
            assert!(n_lines(piece, 40) <= 3, "{piece}");
            if !joined.is_empty() {
                joined.push_str(seam(&joined, piece));
            }
            joined.push_str(piece);
        }
        assert_eq!(joined, text);
        assert!(n_lines(text, 40) <= 3 || pieces.len() > 1);
    }

    #[test]
    fn pieces_are_the_text_again() {
        check("");
        check("短い");
        check(&"あ".repeat(500));
        check("一行目の文です。\n".repeat(30).trim_end());
        check(
            "・氏名\n・住所\n\n・生年月日、それから長い説明がここに続き、さらに次の行まで続く。\n".repeat(9).trim_end(),
        );
        check("二十字をこえる行で、句点がなく、次の行が記号で始まらないもの\n".repeat(20).trim_end());
        check(&format!("{}。{}", "あ".repeat(61), "、い".repeat(90)));
    }
}
