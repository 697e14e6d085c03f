//! A long list of short items: two or three beside each other, read from left to right.

use super::cell::{Cell, Strip, Style, text_strips};
use super::length::fits;
use crate::print::layout::measure;
use crate::print::printout::ListLine;

impl Cell<'_> {
    /// The strips of a list: in as many columns as nearly all of its items have room in, and never for a short one.
    pub(super) fn list_of_items(&mut self, lines: &[ListLine]) -> Vec<Strip> {
        let widths: Vec<Option<f32>> =
            lines.iter().map(|line| line.is_item.then(|| self.width(line.text.trim_end()))).collect();
        let n_columns = n_columns(&widths, self.room_em);
        if n_columns == 1 {
            let text = lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n");
            return text_strips(&text, measure::BODY * self.room_em, Style::BODY, self.fonts);
        }
        let column_em = self.room_em / n_columns as f32;
        let has_room = |width: f32| fits(width + measure::LIST_GAP_EM, column_em);
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
}

/// How many columns a list has, of items with these widths.
fn n_columns(widths: &[Option<f32>], room_em: f32) -> usize {
    let items: Vec<f32> = widths.iter().copied().flatten().collect();
    if widths.len() <= measure::LIST_LINES {
        return 1;
    }
    let has_room = |n: usize| {
        let n_short = items.iter().filter(|width| fits(**width + measure::LIST_GAP_EM, room_em / n as f32)).count();
        n_short * 10 >= items.len() * 9
    };
    (2..=measure::LIST_COLUMNS).rev().find(|n| has_room(*n)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_long_list_of_short_items_has_columns() {
        let list = |n: usize, width: f32| vec![Some(width); n];
        for (widths, expected) in [
            (list(40, 8.0), 1),
            (list(100, 8.0), 3),
            (list(100, 19.0), 3),
            (list(100, 19.1), 2),
            (list(100, 29.0), 2),
            (list(100, 29.1), 1),
            ([list(95, 8.0), list(5, 200.0)].concat(), 3),
            ([list(80, 8.0), list(20, 25.0)].concat(), 2),
            (vec![None; 100], 3),
        ] {
            assert_eq!(n_columns(&widths, 60.0), expected, "{}", widths.len());
        }
    }
}
