//! A table of its own as a sheet: a title, what is to be known of it, heads and rows.

use super::CONTINUED;
use super::grid::{Cells, Face, Grid, MOST_LINES};
use super::pieces::pieces;
use crate::print::printout::PlainTable;

/// The sheet of a table that is no form.
pub(super) fn grid(table: &PlainTable) -> Grid {
    let widths = table.heads.iter().map(|(_, width)| f32::from(*width) * 2.0 + 2.0).collect();
    let mut grid = Grid { name: table.title.clone(), widths, is_landscape: true, ..Grid::default() };
    let last = u32::try_from(table.heads.len().saturating_sub(1)).unwrap_or(0);
    grid.put(Cells::row(0, 0, last), &table.title, Face::Title);
    let mut row = 1;
    for note in &table.notes {
        grid.put(Cells::row(row, 0, last), note, Face::Plain);
        row += 1;
    }
    let heads: Vec<&str> = table.heads.iter().map(|(head, _)| head.as_str()).collect();
    columns(&mut grid, row, &heads, 0, table.rows.iter().map(Vec::as_slice));
    grid
}

/// Draws heads and rows from `top` on; a row that does not fit goes on in the next, which says so in the column `said`.
pub(super) fn columns<'r>(
    grid: &mut Grid,
    top: u32,
    heads: &[&str],
    said: usize,
    rows: impl Iterator<Item = &'r [String]>,
) {
    for (column, head) in (0..).zip(heads) {
        grid.put_framed(Cells::row(top, column, column), head, Face::Label);
    }
    grid.head_row = Some(top);
    let mut at = top + 1;
    for row in rows {
        let cut = |(column, text): (u32, &'r String)| pieces(text, grid.half_widths(column, column), MOST_LINES);
        let cells: Vec<Vec<&str>> = (0..).zip(row).map(cut).collect();
        let n_rows = cells.iter().map(Vec::len).max().unwrap_or(1);
        for nth in 0..n_rows {
            for (column, pieces) in cells.iter().enumerate() {
                let here = u32::try_from(column).unwrap_or(u32::MAX);
                let text = match pieces.get(nth) {
                    Some(piece) => (*piece).to_owned(),
                    None if column == said => format!("{}{CONTINUED}", row.get(said).map_or("", String::as_str)),
                    None => String::new(),
                };
                grid.put_framed(Cells::row(at, here, here), &text, Face::Plain);
            }
            at += 1;
        }
    }
}
