//! A long list of short items: two or three beside each other, read from left to right.

use super::cell::{Cell, Strip, Style, text_strips};
use super::length::fits;
use super::line::Piece;
use crate::print::layout::measure;
use crate::print::printout::ListLine;

impl Cell<'_> {
    /// The strips of a list: in as many columns as nearly all of its items have room in, and never for a short one.
    pub(super) fn list_of_items(&mut self, lines: &[ListLine]) -> Vec<Strip> {
        let widths: Vec<Option<f32>> =
            lines.iter().map(|line| line.is_item.then(|| self.width_of_item(line.text.trim_end()))).collect();
        let n_columns = n_columns(&widths, self.room_em);
        if n_columns == 1 {
            let text = lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n");
            return text_strips(&text, measure::BODY * self.room_em, Style::BODY, self.fonts);
        }
        let column_em = self.room_em / n_columns as f32;
        let has_room = |width: f32| fits(width + measure::ITEM_GAP_EM, column_em);
        let mut strips: Vec<Strip> = Vec::new();
        let mut free = None;
        for (line, width) in lines.iter().zip(widths) {
            if !width.is_some_and(has_room) {
                strips.extend(text_strips(&line.text, measure::BODY * self.room_em, Style::BODY, self.fonts));
                free = None;
                continue;
            }
            let column = free.filter(|column| *column < n_columns).unwrap_or(0);
            if column == 0 {
                strips.push(Strip { height: Style::BODY.pitch(), ..Strip::default() });
            }
            for text in self.lines(&line.text, self.room_em) {
                if let Some(strip) = strips.last_mut() {
                    Self::put_line(strip, text, column_em * column as f32, 0);
                }
            }
            free = Some(column + 1);
        }
        strips
    }

    /// The room that an item takes on one line; without end where it has no place beside others: what takes several lines,
    /// and a tab, which leads to a stop of the whole cell.
    fn width_of_item(&mut self, text: &str) -> f32 {
        if text.contains('\t') {
            return f32::INFINITY;
        }
        match self.lines(text, self.room_em).as_slice() {
            [line] => line.pieces.iter().map(Piece::end_em).fold(0.0, f32::max),
            _ => f32::INFINITY,
        }
    }
}

/// How many columns a list has, of items with these widths.
fn n_columns(widths: &[Option<f32>], room_em: f32) -> usize {
    let items: Vec<f32> = widths.iter().copied().flatten().collect();
    if widths.len() <= measure::LIST_LINES {
        return 1;
    }
    let has_room = |n: usize| {
        let n_short = items.iter().filter(|width| fits(**width + measure::ITEM_GAP_EM, room_em / n as f32)).count();
        n_short * 10 >= items.len() * 9
    };
    (2..=measure::LIST_COLUMNS).rev().find(|n| has_room(*n)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::print::fonts::Fonts;
    use crate::print::printout::PrintedSigns;

    /// A list with the same item again and again → its columns, and its lowest line in lines.
    fn set(item: &str) -> (Vec<f32>, f32) {
        let (mut fonts, signs) = (Fonts::embedded_only(), PrintedSigns::default());
        let mut cell = Cell { room_em: 60.0, signs: &signs, fonts: &mut fonts };
        let lines: Vec<ListLine> = (0..45).map(|_| ListLine { text: item.to_owned(), is_item: true }).collect();
        let strips = cell.list_of_items(&lines);
        let em = measure::BODY.0;
        let mut columns: Vec<f32> =
            strips.iter().flat_map(|strip| &strip.texts).map(|text| (text.x.0 / em).round()).collect();
        columns.sort_by(f32::total_cmp);
        columns.dedup();
        let lowest = |strip: &Strip| strip.texts.iter().map(|text| text.y.0 / strip.height.0).fold(0.0, f32::max);
        (columns, strips.iter().map(lowest).fold(0.0, f32::max))
    }

    #[test]
    fn items_that_take_more_than_their_column_stand_alone() {
        assert_eq!(set("1．宛名番号").0, [0.0, 20.0, 40.0]);
        assert_eq!(set(&"字".repeat(18)).0, [0.0, 20.0, 40.0]);
        assert_eq!(set(&"字".repeat(19)).0, [0.0, 30.0]);
        // A mark that may hang takes room beside another item.
        assert_eq!(set(&("字".repeat(18) + "。")).0, [0.0, 30.0]);
        // A tab leads to a stop of the cell, and other line ends to another line.
        for item in ["1\t宛名番号", "1．宛名\t番号", "1．宛名\u{B}番号", "1．宛名\u{2028}番号"] {
            let (columns, lowest) = set(item);
            assert_eq!(columns, [0.0], "{item:?}");
            assert!(lowest < 1.0, "{item:?}: every line has a row of its own");
        }
    }

    #[test]
    fn only_a_long_list_of_short_items_has_columns() {
        let list = |n: usize, width: f32| vec![Some(width); n];
        for (widths, expected) in [
            (list(40, 8.0), 1),
            (list(100, 8.0), 3),
            (list(100, 18.5), 3),
            (list(100, 18.6), 2),
            (list(100, 28.5), 2),
            (list(100, 28.6), 1),
            (list(100, f32::INFINITY), 1),
            ([list(95, 8.0), list(5, 200.0)].concat(), 3),
            ([list(80, 8.0), list(20, 25.0)].concat(), 2),
            (vec![None; 100], 3),
        ] {
            assert_eq!(n_columns(&widths, 60.0), expected, "{}", widths.len());
        }
    }
}
