//! A list of numbered items that stand beside each other and are read from left to right → its items from above.

use super::lines::Piece;
use crate::records::{Sort, number_before};

/// Part of a cell, in the order in which it is read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ListLine {
    pub piece: Piece,
    /// Whether nothing of it goes on in the next.
    pub is_whole: bool,
}

/// The lines of a cell where each row of pieces is some items, the next number in each: no form has options so. `None`
/// where it is anything else.
pub(super) fn items(lines: &[Vec<Piece>]) -> Option<Vec<ListLine>> {
    /// No question has so many options.
    const MANY: u32 = 20;
    let mut reading = Reading::default();
    for line in lines {
        reading.line(line)?;
    }
    let is_long = reading.last.is_some_and(|(_, number)| number > MANY);
    let is_box = |piece: &Piece| piece.text.trim_start().starts_with(['[', '［']);
    let is_list = reading.n_rows >= 2 && !lines.iter().flatten().any(is_box) || reading.n_rows >= 1 && is_long;
    is_list.then_some(reading.lines)
}

#[derive(Default)]
struct Reading {
    lines: Vec<ListLine>,
    /// Sort and number of the last item.
    last: Option<(Sort, u32)>,
    /// Rows with items beside each other.
    n_rows: usize,
    /// Where the items begin.
    left: Option<f32>,
}

impl Reading {
    fn line(&mut self, line: &[Piece]) -> Option<()> {
        let first = line.first()?;
        let begin = *self.left.get_or_insert(first.frame.left);
        let is_row = line.len() > 1;
        // Before the first row anything may stand.
        let found = number_before(&first.text).filter(|found| self.n_rows == 0 || self.follows(*found));
        match found {
            Some(found) => self.begin(found, first, is_row),
            // The second line of an item in a column.
            None if is_row || first.frame.left > begin + 2.0 * first.size => return None,
            None => self.lines.push(ListLine { piece: first.clone(), is_whole: false }),
        }
        for piece in &line[1..] {
            let next = number_before(&piece.text).filter(|found| self.follows(*found))?;
            self.begin(next, piece, true);
        }
        self.n_rows += usize::from(is_row);
        Some(())
    }

    /// Whether an item with this number is the next.
    fn follows(&self, found: (Sort, u32)) -> bool {
        self.last.is_some_and(|last| is_next(last, found))
    }

    /// An item begins with this piece, and perhaps others with a narrow gap before them.
    fn begin(&mut self, found: (Sort, u32), piece: &Piece, is_row: bool) {
        if let Some(last) = self.lines.last_mut() {
            last.is_whole = true;
        }
        let (mut from, mut last) = (0, found);
        let spaces = piece.text.char_indices().filter(|(_, c)| c.is_whitespace());
        for (at, next) in spaces.map(|(at, c)| (at, at + c.len_utf8())) {
            let behind = &piece.text[next..];
            let follows = number_before(behind).filter(|found| is_next(last, *found));
            if let Some(follows) = follows.filter(|_| !behind.starts_with(char::is_whitespace)) {
                self.put(piece, piece.text[from..at].trim_end(), true);
                (from, last) = (next, follows);
            }
        }
        self.put(piece, &piece.text[from..], is_row || from > 0);
        self.last = Some(last);
    }

    fn put(&mut self, piece: &Piece, text: &str, is_whole: bool) {
        self.lines.push(ListLine { piece: Piece { text: text.to_owned(), ..piece.clone() }, is_whole });
    }
}

fn is_next(last: (Sort, u32), found: (Sort, u32)) -> bool {
    last.0 == found.0 && last.1.checked_add(1) == Some(found.1)
}

#[cfg(test)]
mod tests {
    use super::super::matrix::Frame;
    use super::*;

    /// Rows from above, with `|` where a gap is; what stands behind two spaces begins that far to the right.
    fn read(rows: &[&str]) -> Option<String> {
        let piece = |row: usize, column: usize, text: &str| Piece {
            text: text.trim_start().to_owned(),
            frame: Frame {
                left: column as f32 * 150.0 + if text.starts_with("  ") { 100.0 } else { 0.0 },
                right: column as f32 * 150.0 + 120.0,
                top: row as f32 * 12.0,
                bottom: row as f32 * 12.0 + 8.0,
            },
            size: 8.0,
            is_coloured: false,
            first: 8.0,
        };
        let lines: Vec<Vec<Piece>> = rows
            .iter()
            .enumerate()
            .map(|(row, line)| line.split('|').enumerate().map(|(at, text)| piece(row, at, text)).collect())
            .collect();
        let told = |line: &ListLine| format!("{}{}", line.piece.text, if line.is_whole { "/" } else { "_" });
        items(&lines).map(|lines| lines.iter().map(told).collect())
    }

    #[test]
    fn rows_of_numbered_items_are_read_from_left_to_right() {
        for (rows, expected) in [
            (&["1．甲|2．乙|3．区分［課税］", "4．丁|5．戊"][..], "1．甲/2．乙/3．区分［課税］/4．丁/5．戊/"),
            (&["119．甲 120．乙|121．丙"], "119．甲/120．乙/121．丙/"),
            (
                &["課税ファイル", "1．甲|2．乙", "3．長い項目の", "続き", "4．丁 5．戊|6．己", "7．庚"],
                "課税ファイル/1．甲/2．乙/3．長い項目の_続き/4．丁/5．戊/6．己/7．庚_",
            ),
            (&["（１）甲|（２）乙", "（３）丙|（４）丁"], "（１）甲/（２）乙/（３）丙/（４）丁/"),
        ] {
            assert_eq!(read(rows).as_deref(), Some(expected));
        }
    }

    #[test]
    fn what_is_no_such_list_is_read_as_before() {
        for rows in [
            // Boxes and their options, a list read downwards, a table of two columns.
            &["[実施する]", "1）実施する|2）実施しない", "3）未定|4）その他"][..],
            &["[　]|実施する|[　]|実施しない"],
            &["1）実施する|2）実施しない"],
            &["1．甲|4．丁", "2．乙|5．戊", "3．丙|6．己"],
            &["1．甲|説明", "2．乙|説明"],
            &["1．甲|2．長い項目の", "  続き", "3．丙|4．丁"],
            &["1．甲", "2．乙"],
        ] {
            assert_eq!(read(rows), None, "{rows:?}");
        }
    }
}
