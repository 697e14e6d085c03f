//! A page: its cells with their glyphs, and the lines that stand outside all cells.

use super::cells::{Cell, Grid};
use super::lines::{Block, Piece, blocks, lines};
use super::marks::{Glyph, Marks};
use super::matrix::Frame;

/// A page, taken apart.
#[derive(Debug)]
pub(super) struct Page {
    pub width: f32,
    pub height: f32,
    pub grid: Grid,
    /// Cell → its texts.
    pub texts: Vec<Vec<Block>>,
    /// Cell → what is drawn in it, seen or clipped away; empty where all of it is seen.
    pub whole: Vec<Vec<Block>>,
    /// Cell → what is clipped away of it, line by line.
    pub hidden: Vec<Vec<String>>,
    pub loose: Vec<Loose>,
    pub n_pictures: usize,
}

/// A line outside all cells.
#[derive(Clone, Debug)]
pub(super) struct Loose {
    pub pieces: Vec<Piece>,
    pub frame: Frame,
    pub margin: Margin,
}

/// Whether a line stands in the margin of its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Margin {
    /// It does not.
    Inside,
    /// It does, and numbers the page or repeats what the page before says.
    Again,
}

impl Page {
    /// Takes marks apart.
    pub fn of(marks: &Marks) -> Self {
        let grid = Grid::of(marks);
        let mut of_cell: Vec<Vec<&Glyph>> = vec![Vec::new(); grid.cells.len()];
        let mut hidden_of_cell: Vec<Vec<Glyph>> = vec![Vec::new(); grid.cells.len()];
        let mut outside: Vec<Glyph> = Vec::new();
        let mut last: Option<(&Glyph, Option<usize>)> = None;
        for glyph in &marks.glyphs {
            let hangs = last.filter(|(before, _)| hangs(before, glyph)).map(|(_, cell)| cell);
            let cell = match hangs {
                Some(cell) => cell,
                None if glyph.is_seen => grid.cell_at(glyph.frame.middle()),
                None => clipping(&grid, glyph),
            };
            last = Some((glyph, cell));
            match (cell, glyph.is_seen) {
                (Some(cell), true) => of_cell[cell].push(glyph),
                (Some(cell), false) => hidden_of_cell[cell].push(glyph.clone()),
                (None, true) => outside.push(glyph.clone()),
                (None, false) => {}
            }
        }
        let texts = of_cell.iter().zip(&grid.cells).map(|(glyphs, cell)| blocks(glyphs, cell.frame)).collect();
        let joined = |line: Vec<Piece>| line.into_iter().map(|piece| piece.text).collect::<String>();
        let whole = hidden_of_cell.iter().zip(&of_cell).zip(&grid.cells).map(|((hidden, seen), cell)| {
            let all: Vec<&Glyph> = seen.iter().copied().chain(hidden).collect();
            if hidden.is_empty() { Vec::new() } else { blocks(&all, cell.frame) }
        });
        let whole = whole.collect();
        let hidden = hidden_of_cell.iter().map(|glyphs| lines(glyphs).into_iter().map(joined).collect()).collect();
        let loose = lines(&outside).into_iter().filter_map(Loose::of).collect();
        let (width, height, n_pictures) = (marks.width, marks.height, marks.n_pictures);
        Self { width, height, grid, texts, whole, hidden, loose, n_pictures }
    }

    /// Where the table of the page begins and ends, from left to right.
    pub fn sides(&self) -> Option<(f32, f32)> {
        Some((*self.grid.columns.first()?, *self.grid.columns.last()?))
    }

    /// Whether something stands above or below the table.
    pub fn is_off(&self, frame: &Frame) -> bool {
        let (first, last) = (self.grid.rows.first(), self.grid.rows.last());
        first.is_some_and(|first| frame.middle().1 < *first) || last.is_some_and(|last| frame.middle().1 > *last)
    }

    /// Whether the paper ends before the page does: what stands on the next page begins something new, and a title that both
    /// pages have is one of each.
    fn ends_early(&self) -> bool {
        let ruled = self.grid.rows.last().copied();
        let loose = self.loose.iter().map(|line| line.frame.bottom).filter(|bottom| *bottom < self.height * 0.88);
        loose.chain(ruled).fold(0.0, f32::max) < self.height * 0.8
    }

    /// Lines between which its rows lie: the ruled ones, and around each line outside of cells.
    pub fn row_lines(&self) -> Vec<f32> {
        let loose = self.loose.iter().filter(|line| line.margin == Margin::Inside);
        let loose = loose.flat_map(|line| [line.frame.top, line.frame.bottom]);
        let mut lines: Vec<f32> = self.grid.rows.iter().copied().chain(loose).collect();
        lines.sort_by(f32::total_cmp);
        lines.dedup_by(|b, a| *b - *a < 1.0);
        lines
    }
}

impl Loose {
    fn of(pieces: Vec<Piece>) -> Option<Self> {
        let first = pieces.first()?.frame;
        let frame = pieces.iter().fold(first, |frame, piece| frame.with(piece.frame));
        Some(Self { pieces, frame, margin: Margin::Inside })
    }

    /// Its characters, with # for each number.
    fn shape(&self) -> String {
        let mut shape = String::new();
        for c in self.pieces.iter().flat_map(|piece| piece.text.chars()).filter(|c| !c.is_whitespace()) {
            if !c.is_numeric() {
                shape.push(c);
            } else if !shape.ends_with('#') {
                shape.push('#');
            }
        }
        shape
    }
}

/// Whether a mark hangs behind the letter before it, over the end of its cell.
fn hangs(before: &Glyph, glyph: &Glyph) -> bool {
    let is_mark = matches!(glyph.text.as_str(), "、" | "。" | "，" | "．");
    let gap = (glyph.frame.left - before.frame.right).abs();
    let is_on_line = (glyph.frame.bottom - before.frame.bottom).abs() < glyph.size * 0.3;
    is_mark && is_on_line && glyph.is_seen == before.is_seen && gap < glyph.size * 0.3
}

/// The cell that clips a glyph away: the one it is clipped to; at the end of a page, the one that goes on on the next.
fn clipping(grid: &Grid, glyph: &Glyph) -> Option<usize> {
    const NEAR: f32 = 3.0;
    let (x, y) = glyph.frame.middle();
    let at = |cell: &Cell| {
        let Cell { frame, is_open_above, is_open_below } = cell;
        let is_tight = glyph.clip.left >= frame.left - NEAR && glyph.clip.right <= frame.right + NEAR;
        let is_clip = is_tight && frame.contains(glyph.clip.middle());
        let is_in_column = (frame.left..=frame.right).contains(&x);
        let is_off = *is_open_below && y > frame.bottom || *is_open_above && y < frame.top;
        is_clip || !is_tight && is_in_column && is_off
    };
    grid.cells.iter().position(at)
}

/// Finds what stands in the margins: page numbers, and what is above or below the table on several pages.
pub(super) fn find_margins(pages: &mut [Page]) {
    const NEAR: f32 = 4.0;
    // Page, line, height on the page, shape.
    let mut candidates: Vec<(usize, usize, f32, String)> = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let (top, bottom) = match (page.grid.rows.first(), page.grid.rows.last()) {
            (Some(top), Some(bottom)) => (*top, *bottom),
            _ => (page.height * 0.1, page.height * 0.9),
        };
        for (at, line) in page.loose.iter().enumerate() {
            if line.frame.bottom <= top + NEAR || line.frame.top >= bottom - NEAR {
                candidates.push((number, at, line.frame.bottom, line.shape()));
            }
        }
    }
    for (number, at, place, shape) in &candidates {
        let page = &pages[*number];
        let is_edge = *place < page.height * 0.12 || *place > page.height * 0.88;
        let at_same_place = || candidates.iter().filter(|other| (other.2 - place).abs() < NEAR);
        let same_on = |page: usize| at_same_place().any(|other| other.0 == page && other.3 == *shape);
        let is_rare = at_same_place().filter(|other| other.3 == *shape).count() * 2 < pages.len();
        let before = number.checked_sub(1).filter(|before| same_on(*before));
        let is_again = before.is_some_and(|before| !(is_rare && pages[before].ends_early()));
        // Left and right pages may differ.
        let is_on_each_other = || {
            let between = |page: usize| at_same_place().any(|other| other.0 == page);
            number.checked_sub(2).is_some_and(|other| same_on(other) && between(number - 1))
        };
        if is_again || before.is_none() && is_on_each_other() || is_edge && is_page_number(shape) {
            pages[*number].loose[*at].margin = Margin::Again;
        }
    }
}

fn is_page_number(shape: &str) -> bool {
    let bare = shape.replace(['-', '－', '‐', '–', '―', '(', ')', '（', '）', '/', '／', '<', '>'], "");
    let bare = bare.replace("ページ", "").replace("頁", "").replace("Page", "").replace("page", "").replace("of", "");
    let bare = bare.replace(['P', 'p', '.', '中', '全'], "");
    shape.contains('#') && !bare.is_empty() && bare.chars().all(|c| c == '#')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pages of a hundred points with a table from 20 to where each ends, and a line above it.
    fn pages(of: &[(&str, f32)]) -> Vec<Page> {
        let page = |(head, end): &(&str, f32)| {
            let frame = Frame { left: 10.0, top: 14.0, right: 60.0, bottom: 18.0 };
            let piece = Piece { text: (*head).to_owned(), frame, size: 4.0, is_coloured: false, first: 4.0 };
            Page {
                width: 100.0,
                height: 100.0,
                grid: Grid { rows: vec![20.0, *end], ..Grid::default() },
                texts: Vec::new(),
                whole: Vec::new(),
                hidden: Vec::new(),
                loose: Loose::of(vec![piece]).filter(|_| !head.is_empty()).into_iter().collect(),
                n_pictures: 0,
            }
        };
        of.iter().map(page).collect()
    }

    fn again(of: &[(&str, f32)]) -> Vec<bool> {
        let mut pages = pages(of);
        find_margins(&mut pages);
        pages.iter().map(|page| page.loose.first().is_some_and(|line| line.margin == Margin::Again)).collect()
    }

    #[test]
    fn a_head_is_what_goes_on_and_a_title_is_what_begins() {
        // A sheet for each of two files, on one page each or on two, each with its title.
        let two = [("", 90.0), ("概要", 90.0), ("対策", 60.0), ("対策", 60.0), ("", 90.0), ("", 90.0), ("", 90.0)];
        assert_eq!(again(&two), [false; 7]);
        assert_eq!(
            again(&[("", 90.0), ("対策", 90.0), ("", 50.0), ("対策", 90.0), ("", 40.0), ("", 90.0)]),
            [false; 6]
        );
        // A sheet over three pages, its title on each; an office on every page, however short; left and right pages.
        let on_each = [("", 90.0), ("対策", 90.0), ("対策", 90.0), ("対策", 30.0), ("", 90.0)];
        assert_eq!(again(&on_each), [false, false, true, true, false]);
        assert_eq!(again(&[("市", 30.0), ("市", 30.0), ("市", 50.0)]), [false, true, true]);
        let in_turn = [("左", 90.0), ("右", 90.0), ("左", 90.0), ("右", 90.0)];
        assert_eq!(again(&in_turn), [false, false, true, true]);
    }

    #[test]
    fn a_page_number_is_known_by_its_shape() {
        for shape in ["#", "-#-", "#/#ページ", "Page#of#", "（#頁）"] {
            assert!(is_page_number(shape), "{shape}");
        }
        for shape in ["", "第#号", "令和#年#月#日", "-"] {
            assert!(!is_page_number(shape), "{shape}");
        }
    }
}
