//! Pages → one source: pages of one table are one sheet, and what goes on over a page is one text.
//!
//! The ruled lines of a page are what the lines of a sheet are: places are counted in rows and columns.

use super::cells::Cell;
use super::lines::{Block, begins};
use super::page::{Margin, Page};
use crate::exchange::boxes::{Area, Carrier, Ending, ForeignSource, Pen, SourceSheet, TextBox, Visibility, seen_chars};

/// Edges of two pages nearer than this are the same.
const SAME: f32 = 3.0;
/// What is nearer to a line than this is on it.
const NEAR: f32 = 1.6;
/// Wider columns and higher rows count as several: a sheet of squared paper has as many.
const WIDEST: f32 = 16.0;
const HIGHEST: f32 = 40.0;
/// How wide a column is where nothing is ruled.
const COLUMN: f32 = 10.0;
/// How high a row is where nothing is ruled.
const ROW: f32 = 20.0;

/// A cell, with where it goes on.
type Chain = Vec<(usize, usize)>;

/// The source of these pages, of which so many characters are seen.
pub(super) fn source(pages: &[Page], n_seen: usize) -> ForeignSource {
    let mut source = ForeignSource { is_pages: true, n_drawn: Some(n_seen), ..ForeignSource::default() };
    let mut first = 0;
    for next in 1..=pages.len() {
        if next == pages.len() || !is_one_sheet(&pages[next - 1], &pages[next]) {
            sheet(pages, first..next, &mut source);
            first = next;
        }
    }
    source
}

/// Whether the table of one page may go on on the next.
fn is_one_sheet(one: &Page, next: &Page) -> bool {
    let is_same = |a: f32, b: f32| (a - b).abs() < SAME;
    let sides = one.sides().zip(next.sides());
    is_same(one.width, next.width) && sides.is_some_and(|(a, b)| is_same(a.0, b.0) && is_same(a.1, b.1))
}

/// Where lines are → what they count.
struct Ruler {
    lines: Vec<f32>,
    /// The number of the first one.
    first: f32,
    step: f32,
}

impl Ruler {
    fn of(&self, at: f32) -> f32 {
        let (Some(start), Some(end)) = (self.lines.first(), self.lines.last()) else {
            return self.first + at / self.step;
        };
        if at <= *start {
            return self.first + (at - start) / self.step;
        }
        let next = self.lines.partition_point(|line| *line < at);
        let near = [next.wrapping_sub(1), next]
            .into_iter()
            .find(|line| self.lines.get(*line).is_some_and(|line| (line - at).abs() < NEAR));
        if let Some(line) = near {
            return self.first + line as f32;
        }
        match (self.lines.get(next.wrapping_sub(1)), self.lines.get(next)) {
            (Some(before), Some(behind)) => {
                let part = (at - before) / (behind - before).max(0.01);
                self.first + (next - 1) as f32 + part
            }
            _ => self.first + (self.lines.len() - 1) as f32 + (at - end) / self.step,
        }
    }
}

/// One table over some pages.
struct Sheet<'p> {
    pages: &'p [Page],
    number: usize,
    columns: Ruler,
    /// Page → its rows.
    rows: Vec<Ruler>,
    first: usize,
}

fn sheet(pages: &[Page], range: std::ops::Range<usize>, source: &mut ForeignSource) {
    let (first, here) = (range.start, &pages[range]);
    let name = if here.len() > 1 {
        format!("{}～{}ページ", first + 1, first + here.len())
    } else {
        format!("{}ページ", first + 1)
    };
    let n_pictures = here.iter().map(|page| page.n_pictures).sum();
    let mut lines: Vec<f32> = here.iter().flat_map(|page| page.grid.columns.iter().copied()).collect();
    lines.sort_by(f32::total_cmp);
    lines.dedup_by(|b, a| *b - *a < SAME / 2.0);
    let lines = parted(&lines, WIDEST);
    let right_end = (lines.len() > 1).then(|| (lines.len() - 1) as f32);
    source.sheets.push(SourceSheet { name, n_pictures, right_end, ..SourceSheet::default() });
    let columns = Ruler { lines, first: 0.0, step: COLUMN };
    let (mut rows, mut row) = (Vec::new(), 0.0);
    for page in here {
        let ruler = Ruler { lines: parted(&page.row_lines(), HIGHEST), first: row, step: ROW };
        // The first line of a page is the last one of the page before.
        row += ruler.lines.len().saturating_sub(1) as f32;
        rows.push(ruler);
    }
    let sheet = Sheet { pages: here, number: source.sheets.len() - 1, columns, rows, first };
    for chain in chains(here) {
        sheet.chain(&chain, source);
    }
    for (number, page) in here.iter().enumerate() {
        sheet.loose(number, page, source);
    }
}

/// Lines with more between those that are far from each other.
fn parted(lines: &[f32], most: f32) -> Vec<f32> {
    let mut parted = Vec::new();
    for (line, next) in lines.iter().zip(lines.iter().skip(1)) {
        let n_parts = ((next - line) / most).ceil().max(1.0);
        let mut part = 0.0;
        while part < n_parts {
            parted.push(line + (next - line) * part / n_parts);
            part += 1.0;
        }
    }
    parted.extend(lines.last());
    parted
}

/// Cells, and what each goes on in on the pages behind.
fn chains(pages: &[Page]) -> Vec<Chain> {
    let mut chains: Vec<Chain> = Vec::new();
    // Chains that reach the end of the page before.
    let mut open: Vec<usize> = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let top = first_row(pages, number);
        let goes_on = top.is_some_and(|top| goes_on_below_head(pages, number, top, &chains, &open));
        let mut now_open = Vec::new();
        for (at, cell) in page.grid.cells.iter().enumerate() {
            let is_first = top.is_some_and(|top| (cell.frame.top - top).abs() < SAME);
            let before = open.iter().copied().find(|chain| {
                let last = chains[*chain].last().map(|(page, cell)| &pages[*page].grid.cells[*cell]);
                is_first && (cell.is_open_above || goes_on) && last.is_some_and(|last| is_below(last, cell))
            });
            let chain = match before {
                Some(chain) => {
                    chains[chain].push((number, at));
                    chain
                }
                None => {
                    chains.push(vec![(number, at)]);
                    chains.len() - 1
                }
            };
            if cell.is_open_below {
                now_open.push(chain);
            }
        }
        open = now_open;
    }
    chains
}

/// Whether the row below a head that is repeated goes on from the page before: there the line below is missing, and a cell
/// that said something says nothing here. The head has its own line, which closes the row above.
fn goes_on_below_head(pages: &[Page], number: usize, top: f32, chains: &[Chain], open: &[usize]) -> bool {
    let page = &pages[number];
    let is_above = |cell: &Cell| cell.frame.top < top - SAME;
    if !page.grid.cells.iter().any(is_above) {
        return false;
    }
    let said = |(page, cell): (usize, usize)| !pages[page].texts[cell].is_empty();
    let mut first = page.grid.cells.iter().enumerate().filter(|(_, cell)| (cell.frame.top - top).abs() < SAME);
    first.any(|(at, cell)| {
        let mut above = open.iter().map(|chain| &chains[*chain]);
        !said((number, at))
            && above.any(|chain| {
                let last = chain.last().map(|(page, cell)| &pages[*page].grid.cells[*cell]);
                last.is_some_and(|last| is_below(last, cell)) && chain.iter().any(|at| said(*at))
            })
    })
}

fn is_below(last: &Cell, cell: &Cell) -> bool {
    let is_same = |a: f32, b: f32| (a - b).abs() < SAME;
    is_same(last.frame.left, cell.frame.left) && is_same(last.frame.right, cell.frame.right)
}

/// Where the first row of a page begins that is no head repeated from the page before.
fn first_row(pages: &[Page], number: usize) -> Option<f32> {
    let page = &pages[number];
    let mut tops: Vec<f32> = page.grid.cells.iter().map(|cell| cell.frame.top).collect();
    tops.sort_by(f32::total_cmp);
    tops.dedup_by(|b, a| *b - *a < SAME);
    let row = |page: &Page, top: f32| -> Vec<String> {
        let cells = page.grid.cells.iter().zip(&page.texts).filter(|(cell, _)| (cell.frame.top - top).abs() < SAME);
        cells.map(|(_, texts)| texts.iter().map(|block| block.text.as_str()).collect()).collect()
    };
    let Some(before) = number.checked_sub(1).map(|before| &pages[before]) else { return tops.first().copied() };
    tops.iter().copied().find(|top| {
        let here = row(page, *top);
        let is_said = here.iter().filter(|text| !text.is_empty()).count() > 2;
        let is_again = || before.grid.cells.iter().any(|cell| row(before, cell.frame.top) == here);
        !(is_said && is_again())
    })
}

impl Sheet<'_> {
    fn area(&self, page: usize, frame: &super::matrix::Frame) -> Area {
        let rows = &self.rows[page];
        Area {
            top: rows.of(frame.top),
            left: self.columns.of(frame.left),
            bottom: rows.of(frame.bottom),
            right: self.columns.of(frame.right),
        }
    }

    fn add(&self, page: usize, text: String, area: Area, source: &mut ForeignSource) -> usize {
        let page = self.first + page + 1;
        let nth = 1 + source.boxes.iter().rev().take_while(|one| one.page == Some(page)).count();
        source.boxes.push(TextBox {
            text,
            sheet: self.number,
            area,
            name: format!("{nth}番目"),
            carrier: Carrier::Cell,
            sight: Visibility::Shown,
            pen: Pen::Plain,
            page: Some(page),
            ending: Ending::Whole,
        });
        source.boxes.len() - 1
    }

    fn chain(&self, chain: &[(usize, usize)], source: &mut ForeignSource) {
        let cell = |(page, cell): (usize, usize)| &self.pages[page].grid.cells[cell];
        let areas = chain.iter().map(|at| self.area(at.0, &cell(*at).frame));
        let Some(area) = areas.reduce(|area, next| area.around(&next)) else { return };
        if self.clipped(chain, area, source) {
            return;
        }
        let texts = || chain.iter().map(|(page, cell)| &self.pages[*page].texts[*cell]);
        if texts().all(|blocks| blocks.len() <= 1) {
            let (mut text, mut is_full, mut on, mut is_coloured) = (String::new(), true, None, true);
            for ((page, _), block) in chain.iter().zip(texts()).filter_map(|(at, blocks)| Some((at, blocks.first()?))) {
                // A text in the middle of its cell is drawn on each page.
                if bare(&text) == bare(&block.text) {
                    source.n_drawn = source.n_drawn.map(|n_drawn| n_drawn.saturating_sub(seen_chars(&block.text)));
                    continue;
                }
                if !text.is_empty() && (!is_full || begins(&block.text)) {
                    text.push('\n');
                }
                text.push_str(&block.text);
                is_full = block.is_full;
                is_coloured &= block.is_coloured;
                on.get_or_insert(*page);
            }
            let page = on.unwrap_or_else(|| chain.first().map_or(0, |at| at.0));
            let is_cut = self.is_cut(chain, &text);
            let one = self.add(page, text, area, source);
            if is_coloured && on.is_some() {
                source.boxes[one].pen = Pen::Coloured;
            }
            if is_cut {
                source.boxes[one].ending = Ending::Cut;
            }
            return;
        }
        for (page, cell) in chain {
            self.blocks(*page, &self.pages[*page].texts[*cell], source);
        }
    }

    fn blocks(&self, page: usize, blocks: &[Block], source: &mut ForeignSource) {
        for block in blocks {
            let one = self.add(page, block.text.clone(), self.area(page, &block.frame), source);
            if block.is_coloured {
                source.boxes[one].pen = Pen::Coloured;
            }
        }
    }

    /// Whether a part of a cell is drawn and seen on no page: then it is taken whole, and marked.
    fn clipped(&self, chain: &[(usize, usize)], area: Area, source: &mut ForeignSource) -> bool {
        let texts = |of: fn(&Page) -> &Vec<Vec<Block>>, (page, cell): (usize, usize)| {
            of(&self.pages[page])[cell].iter().map(|block| block.text.as_str()).collect::<String>()
        };
        let seen: String = chain.iter().map(|at| bare(&texts(|page| &page.texts, *at))).collect();
        let mut hidden = chain.iter().flat_map(|(page, cell)| &self.pages[*page].hidden[*cell]);
        if hidden.all(|line| seen.contains(&bare(line))) {
            return false;
        }
        let length = |at: &&(usize, usize)| seen_chars(&texts(|page| &page.whole, **at));
        let Some((page, cell)) = chain.iter().max_by_key(length).copied() else { return false };
        let blocks = &self.pages[page].whole[cell];
        let n_whole: usize = blocks.iter().map(|block| seen_chars(&block.text)).sum();
        // More is seen than is drawn at once: these are no parts of one text.
        let Some(n_more) = n_whole.checked_sub(seen.chars().count()) else { return false };
        let first = source.boxes.len();
        match blocks.as_slice() {
            [one] => {
                self.add(page, one.text.clone(), area, source);
            }
            blocks if !blocks.iter().any(|block| block.text.contains(['[', '［'])) => {
                let lines: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
                self.add(page, lines.join("\n"), area, source);
            }
            blocks => self.blocks(page, blocks, source),
        }
        source.boxes[first..].iter_mut().for_each(|one| one.ending = Ending::Clipped);
        source.n_drawn = source.n_drawn.map(|n_drawn| n_drawn + n_more);
        true
    }

    /// Whether the last line of a text fills the end of its cell in the middle of a sentence.
    fn is_cut(&self, chain: &[(usize, usize)], text: &str) -> bool {
        const ENDS: &[char] = &['。', '）', ')', '」', '．', '.', '】', '』', '＞', '>', ']', '］'];
        let Some((page, cell)) = chain.last().copied() else { return false };
        let frame = &self.pages[page].grid.cells[cell].frame;
        let fills = self.pages[page].texts[cell].last().is_some_and(|block| {
            let n_lines = (block.frame.height() / block.size.max(1.0)).round();
            block.is_full && n_lines > 1.0 && frame.bottom - block.frame.bottom < block.size * 0.35
        });
        fills && !text.trim_end().ends_with(ENDS)
    }

    fn loose(&self, number: usize, page: &Page, source: &mut ForeignSource) {
        for line in &page.loose {
            for piece in &line.pieces {
                // What stands on one line is as high as the line: a small word comes before no larger bracket left of it.
                let frame = super::matrix::Frame { top: line.frame.top, bottom: line.frame.bottom, ..piece.frame };
                let area = self.area(number, &frame);
                let is_off = line.margin == Margin::Inside && page.is_off(&piece.frame);
                if is_off && self.is_said(number, &piece.text, &area, source) {
                    source.n_drawn = source.n_drawn.map(|n_drawn| n_drawn.saturating_sub(seen_chars(&piece.text)));
                    continue;
                }
                let one = self.add(number, piece.text.clone(), area, source);
                if piece.is_coloured {
                    source.boxes[one].pen = Pen::Coloured;
                }
                source.boxes[one].carrier = match line.margin {
                    Margin::Inside => Carrier::Cell,
                    Margin::Again => Carrier::Margin,
                };
            }
        }
    }

    /// Whether a cell reaches the end of its table towards a page: only such a cell is drawn on beyond it. A title above a
    /// table may well stand in a list on the page before.
    fn reaches_edge(&self, number: usize, area: &Area) -> bool {
        const SAME_ROW: f32 = 0.05;
        let edge = |page: usize, of: fn(&Vec<f32>) -> Option<&f32>| {
            let line = of(&self.pages.get(page)?.grid.rows)?;
            Some(self.rows[page].of(*line))
        };
        let covers = |line: f32| area.top <= line + SAME_ROW && line - SAME_ROW <= area.bottom;
        let mut lasts = [number.checked_sub(1), Some(number)].into_iter().flatten();
        let mut firsts = [number, number + 1].into_iter();
        lasts.any(|page| edge(page, |rows| rows.last()).is_some_and(covers))
            || firsts.any(|page| edge(page, |rows| rows.first()).is_some_and(covers))
    }

    /// Whether a cell in the same column says a text that stands off the table, at the end of its page.
    fn is_said(&self, number: usize, text: &str, area: &Area, source: &ForeignSource) -> bool {
        let page = self.first + number + 1;
        source.boxes.iter().rev().take_while(|one| one.sheet == self.number).any(|one| {
            let is_near = one.page.is_some_and(|other| other.abs_diff(page) <= 1);
            is_near
                && self.reaches_edge(number, &one.area)
                && one.area.left <= area.left
                && area.right <= one.area.right
                && bare(&one.text).contains(&bare(text))
        })
    }
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
