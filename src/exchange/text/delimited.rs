//! Cells parted by tabs or commas, as spreadsheets put them on the clipboard: a cell with a line break stands in quotes.

use super::html::in_words;
use super::{Collector, cell_name};

/// Reads the cells.
pub(super) fn read(text: &str, by: char, collector: &mut Collector) -> Result<(), String> {
    let (mut row, mut column) = (0, 0);
    let mut rest = text;
    while !rest.is_empty() {
        let (cell, length) = cell(rest, by);
        let words = in_words(&cell);
        collector.words([row, column, row + 1, column + 1], &cell_name(row, column), &words)?;
        rest = &rest[length..];
        let Some(next) = rest.chars().next() else { break };
        rest = &rest[next.len_utf8()..];
        (row, column) = if next == '\n' { (row + 1, 0) } else { (row, column + 1) };
    }
    Ok(())
}

/// The first cell, and how many bytes it takes; what parts it from the next is not among them.
fn cell(text: &str, by: char) -> (String, usize) {
    let plain = || {
        let end = text.find([by, '\n']).unwrap_or(text.len());
        (text[..end].to_owned(), end)
    };
    let Some(inside) = text.strip_prefix('"') else { return plain() };
    let mut words = String::new();
    let mut at = 0;
    while let Some(quote) = inside[at..].find('"') {
        words.push_str(&inside[at..at + quote]);
        at += quote + 1;
        match inside[at..].chars().next() {
            Some('"') => {
                words.push('"');
                at += 1;
            }
            None | Some('\n') => return (words, at + 1),
            Some(c) if c == by => return (words, at + 1),
            // A quote that is a part of the text.
            Some(_) => return plain(),
        }
    }
    plain()
}
