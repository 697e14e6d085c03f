//! A worksheet before it is written: cells, what they cover, how they look and how high their rows are.

use std::collections::BTreeMap;

use super::pieces::n_lines;

/// Columns of the grid of a form, each as wide as one kanji.
pub(super) const COLUMNS: u32 = 48;
/// Width of such a column, in digits of the usual font.
const COLUMN_WIDTH: f32 = 2.0;
/// Height of a line of text with the fonts that take most, in points.
const LINE_PT: f32 = 14.0;
/// What a row is higher than its lines, in points.
const ROW_EXTRA_PT: f32 = 6.0;
/// Highest row of Excel, in points.
const HIGHEST_PT: f32 = 409.0;
/// Most lines that one row shows.
pub(super) const MOST_LINES: usize = 28;

/// A rectangle of cells; the ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cells {
    pub top: u32,
    pub left: u32,
    pub bottom: u32,
    pub right: u32,
}

impl Cells {
    /// Cells of one row.
    pub fn row(row: u32, left: u32, right: u32) -> Self {
        Self::rows(row, 1, left, right)
    }

    /// Cells of some rows.
    pub fn rows(top: u32, n_rows: u32, left: u32, right: u32) -> Self {
        Self { top, left, bottom: top + n_rows.max(1) - 1, right: right.max(left) }
    }

    fn is_one(&self) -> bool {
        self.top == self.bottom && self.left == self.right
    }
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Face {
    /// Text without a background.
    #[default]
    Plain,
    /// The title of a form.
    Title,
    /// The title of a section.
    Section,
    /// A label.
    Label,
    /// A short answer or sign, in the middle.
    Middle,
    /// Words beside a box or of a list, at the height of the signs beside them.
    Word,
}

/// The edges of a cell that are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edges {
    pub top: bool,
    pub left: bool,
    pub bottom: bool,
    pub right: bool,
}

/// One cell.
#[derive(Clone, Debug, Default)]
pub(super) struct GridCell {
    pub text: String,
    pub face: Face,
    pub edges: Edges,
}

/// One worksheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// What it is to be called; the book makes the names different.
    pub name: String,
    /// Widths of the columns, in digits of the usual font.
    pub widths: Vec<f32>,
    pub cells: BTreeMap<(u32, u32), GridCell>,
    pub merged: Vec<Cells>,
    /// Cells that offer a list, with its number.
    pub offers: Vec<(u32, u32, usize)>,
    pub heights: BTreeMap<u32, f32>,
    pub is_landscape: bool,
    /// The row that stands again on every page.
    pub head_row: Option<u32>,
}

impl Grid {
    /// A sheet with the grid of a form.
    pub fn of_form(name: &str) -> Self {
        Self { name: name.to_owned(), widths: vec![COLUMN_WIDTH; COLUMNS as usize], ..Self::default() }
    }

    /// Writes a text into cells that become one, with a row high enough for it.
    pub fn put(&mut self, cells: Cells, text: &str, face: Face) {
        let cell = self.cells.entry((cells.top, cells.left)).or_default();
        text.clone_into(&mut cell.text);
        cell.face = face;
        if !cells.is_one() {
            self.merged.push(cells);
        }
        self.need(cells, text);
    }

    /// The same with a line around.
    pub fn put_framed(&mut self, cells: Cells, text: &str, face: Face) {
        self.put(cells, text, face);
        self.frame(cells);
    }

    /// Draws a line around some cells.
    pub fn frame(&mut self, cells: Cells) {
        for column in cells.left..=cells.right {
            self.cells.entry((cells.top, column)).or_default().edges.top = true;
            self.cells.entry((cells.bottom, column)).or_default().edges.bottom = true;
        }
        for row in cells.top..=cells.bottom {
            self.cells.entry((row, cells.left)).or_default().edges.left = true;
            self.cells.entry((row, cells.right)).or_default().edges.right = true;
        }
    }

    /// How many half-width characters stand on a line over some columns, at least.
    pub fn half_widths(&self, left: u32, right: u32) -> usize {
        let columns = self.widths.iter().skip(left as usize).take((right.max(left) - left + 1) as usize);
        let width: f32 = columns.sum();
        // A part of the first column is lost to the margins of the cell.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive number of characters")]
        let n = (width * 0.97 - 1.5).max(2.0) as usize;
        n
    }

    /// How many rows a text in some columns needs, where one row may be as high as Excel lets it.
    pub fn n_rows(&self, text: &str, left: u32, right: u32) -> u32 {
        let lines = n_lines(text, self.half_widths(left, right));
        u32::try_from(lines.div_ceil(MOST_LINES)).unwrap_or(1).max(1)
    }

    /// Makes rows high enough for a text that stands over them.
    fn need(&mut self, cells: Cells, text: &str) {
        let lines = n_lines(text, self.half_widths(cells.left, cells.right));
        #[expect(clippy::cast_precision_loss, reason = "a few lines")]
        let height = lines as f32 * LINE_PT + ROW_EXTRA_PT;
        let n_rows = (cells.bottom - cells.top + 1).max(1);
        #[expect(clippy::cast_precision_loss, reason = "a few rows")]
        let each = (height / n_rows as f32).clamp(LINE_PT + ROW_EXTRA_PT, HIGHEST_PT);
        for row in cells.top..=cells.bottom {
            let known = self.heights.entry(row).or_insert(0.0);
            *known = known.max(each);
        }
    }
}
