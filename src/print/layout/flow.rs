//! Rows → pages: where a page ends, which row is split, and the rules drawn around what was placed.
//!
//! A row stays whole while that leaves no large gap; a long cell is split between lines; headings stay
//! with the row after them; the table is closed at the foot of every page.

use std::collections::BTreeMap;

use crate::print::fonts::{Drawn, Fonts, Weight};
use crate::print::layout::cell::{Align, Strip, StripPicture, StripText, Style, text_strips};
use crate::print::layout::geometry::Geometry;
use crate::print::layout::line::width_em;
use crate::print::layout::row::{CellBox, RowBookmark, RowBox, Shared};
use crate::print::layout::{
    FieldArea, Fill, Ink, OutlineEntry, Page, Pages, PlacedFigure, Pt, Rect, RuleLine, Run, Substitution, Tag, TagId,
    TagKind, measure,
};

/// How near rows stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spacing {
    /// As far as looks well.
    Usual,
    /// Closer, where that saves a page of next to nothing.
    Close,
}

/// Pages in the making.
pub(super) struct Flow<'a> {
    /// What has been placed.
    pub pages: Pages,
    /// The typefaces.
    pub fonts: &'a mut Fonts,
    /// How near rows stand to each other.
    spacing: Spacing,
    /// Size and table of the current page.
    geometry: Geometry,
    /// Where the next row goes.
    y: Pt,
    /// Whether nothing stands on the page below its running head.
    fresh: bool,
    /// The table that is open on the page.
    table: Option<Table>,
    /// Printed again at the top of each page of the sheet.
    running_head: Vec<RowBox>,
    running_title: Option<String>,
    section: TagId,
    substitutions: BTreeMap<(String, Drawn), (usize, usize)>,
    /// Clickable rows, with the section each leads to.
    pub links: Vec<PendingLink>,
}

/// A clickable row whose goal has no page yet.
pub(super) struct PendingLink {
    /// Index of its page.
    pub page: usize,
    /// Where to click.
    pub rect: Rect,
    /// Id of the section it leads to.
    pub section: String,
    /// The tag of its text.
    pub tag: TagId,
}

/// What is known of the table on the current page.
struct Table {
    tag: TagId,
    top: Pt,
    /// Vertical rules that are open: place in 1/100 pt → from, to.
    verticals: BTreeMap<i32, (Pt, Pt)>,
    /// A shared label on this page: its runs, its upper edge and its height.
    shared: Option<SharedLabel>,
}

struct SharedLabel {
    runs: std::ops::Range<usize>,
    top: Pt,
    height: Pt,
}

impl<'a> Flow<'a> {
    /// No page yet.
    pub fn new(fonts: &'a mut Fonts, spacing: Spacing) -> Self {
        let mut pages = Pages::default();
        pages.tags.push(Tag { kind: TagKind::Document, parent: None, col_span: 1 });
        Self {
            pages,
            fonts,
            spacing,
            geometry: Geometry::portrait(),
            y: Pt::ZERO,
            fresh: true,
            table: None,
            running_head: Vec::new(),
            running_title: None,
            section: TagId(0),
            substitutions: BTreeMap::new(),
            links: Vec::new(),
        }
    }

    /// Begins a section on a new page.
    pub fn start_page(&mut self, geometry: Geometry) {
        self.close_table();
        self.running_head.clear();
        self.running_title = None;
        self.geometry = geometry;
        self.section = self.tag(TagKind::Section, TagId(0));
        self.add_page();
    }

    /// Begins a section below what stands on the page; on a new page where its first rows have no room.
    pub fn start_below(&mut self, geometry: Geometry, gap: Pt, needed: Pt) {
        self.close_table();
        let turned = !geometry.width.same(self.geometry.width);
        self.geometry = geometry;
        self.running_head.clear();
        self.running_title = None;
        self.section = self.tag(TagKind::Section, TagId(0));
        if turned || !(self.y + gap + needed).fits(self.geometry.bottom) {
            self.add_page();
        } else {
            self.y += gap;
        }
    }

    /// What is printed again at the top of each further page of the section.
    pub fn set_running_head(&mut self, title: Option<String>, rows: Vec<RowBox>) {
        self.running_title = title;
        self.running_head = rows;
    }

    /// Free space.
    pub fn gap(&mut self, height: Pt) {
        self.close_table();
        self.y += height;
    }

    /// Another table width from here on.
    pub fn set_geometry(&mut self, geometry: Geometry) {
        self.close_table();
        self.geometry = geometry;
    }

    /// Height that is left on the page.
    pub fn room(&self) -> Pt {
        self.geometry.bottom - self.y
    }

    /// The next page of the same section.
    pub fn new_page(&mut self) {
        self.next_page();
    }

    /// A page that lies the other way, where the present one does.
    pub fn turn(&mut self, geometry: Geometry) {
        if self.geometry != geometry {
            self.close_table();
            self.geometry = geometry;
            self.next_page();
        }
    }

    /// Index of the current page.
    pub fn page_index(&self) -> usize {
        self.pages.pages.len().saturating_sub(1)
    }

    /// Where the next row goes.
    pub fn y(&self) -> Pt {
        self.y
    }

    /// The title of a section: smaller where that keeps it on one line.
    pub fn section_title(&mut self, text: &str) {
        let style = self.section_style(text);
        self.title(text, style);
    }

    fn section_style(&mut self, text: &str) -> Style {
        let style = Style::BODY.bold().sized(measure::SECTION_TITLE);
        let one_line = self.geometry.table / width_em(text, Weight::Bold, self.fonts).max(1.0);
        let is_near = measure::SECTION_TITLE_LEAST.fits(one_line) && one_line.fits(measure::SECTION_TITLE);
        // A whole tenth of a point, so that the line does not miss its room by rounding.
        if is_near { style.sized(Pt((one_line.0 * 10.0).floor() / 10.0)) } else { style }
    }

    /// Free lines of text: a title.
    pub fn title(&mut self, text: &str, style: Style) {
        self.close_table();
        let strips = text_strips(text, self.geometry.table, style, self.fonts);
        let tag = self.tag(TagKind::Heading(1), self.section);
        for mut strip in strips {
            self.put_strip(&mut strip, self.geometry.left, self.y, Some(tag));
            self.y += strip.height;
        }
        self.y += measure::PADDING_Y;
    }

    /// Rows of one table.
    pub fn rows(&mut self, mut rows: Vec<RowBox>, heading_level: u8) {
        if self.spacing == Spacing::Close {
            let cells = rows.iter_mut().flat_map(|row| &mut row.cells);
            cells.for_each(|cell| cell.padding_y = cell.padding_y.min(measure::CLOSE_PADDING_Y));
        }
        for index in 0..rows.len() {
            let needed = self.needed(&rows[index..]);
            if !self.fresh && !(self.y + needed).fits(self.geometry.bottom) {
                self.next_page();
            }
            if let Some(RowBookmark { title, deeper }) = &rows[index].bookmark {
                let (title, level) = (title.clone(), heading_level + deeper);
                let bookmark = OutlineEntry { title, level, page: self.page_index(), y: self.y };
                self.pages.outline.push(bookmark);
            }
            self.row(&mut rows[index]);
        }
    }

    /// Ends the print-out.
    pub fn finish(mut self) -> (Pages, Vec<PendingLink>) {
        self.close_table();
        self.pages.substitutions = self
            .substitutions
            .into_iter()
            .map(|((text, drawn), (count, page))| Substitution { text, drawn, count, page })
            .collect();
        (self.pages, self.links)
    }

    /// Adds an element to the structure tree.
    pub fn tag(&mut self, kind: TagKind, parent: TagId) -> TagId {
        self.pages.tags.push(Tag { kind, parent: Some(parent), col_span: 1 });
        TagId(self.pages.tags.len() - 1)
    }

    /// Text outside every table: a mark in the corner.
    pub fn corner(&mut self, text: &str, style: Style) {
        let style = Style { align: Align::Right, ..style };
        let tag = self.tag(TagKind::Paragraph, self.section);
        let strips = text_strips(text, self.geometry.table, style, self.fonts);
        for mut strip in strips {
            let y = self.geometry.bottom - strip.height;
            self.put_strip(&mut strip, self.geometry.left, y, Some(tag));
        }
    }

    /// The height the rows must find on a page so that no heading is left alone.
    fn needed(&self, rows: &[RowBox]) -> Pt {
        let mut needed = Pt::ZERO;
        for row in rows {
            if row.keep_next && row.shared != Shared::First {
                needed += row.height();
            } else if row.keep_next {
                needed += least_height(row);
            } else {
                return needed + least_height(row);
            }
        }
        needed
    }

    /// Places a row, over as many pages as it needs.
    fn row(&mut self, row: &mut RowBox) {
        let table_tag = self.open_table();
        let row_tag = self.tag(TagKind::Row, table_tag);
        let leads = row.link.is_some();
        let tags: Vec<TagId> = row.cells.iter().map(|cell| self.text_tag(cell.tag, leads, row_tag)).collect();
        let mut next: Vec<usize> = vec![0; row.cells.len()];
        let mut first = true;
        loop {
            let room = self.geometry.bottom - self.y;
            let ends = if row.height().fits(room) && first { whole(row) } else { self.split(row, &next, room) };
            let done = row.cells.iter().zip(&ends).all(|(cell, end)| *end >= cell.strips.len());
            // A least height is for looks: it ends with the page.
            let height = if first && done {
                row.height().min(room.max(part_height(row, &next, &ends)))
            } else {
                part_height(row, &next, &ends)
            };
            if first && !done && !height.fits(room) && !self.fresh {
                self.next_page();
                continue;
            }
            self.place_part(row, &tags, &next, &ends, height, first && done);
            next = ends;
            first = false;
            if done {
                return;
            }
            self.next_page();
        }
    }

    /// The element of a cell's text. A row holds cells and nothing else (ISO 32000-1, 14.8.4.3.4): a heading or what leads
    /// to another page stands inside one.
    fn text_tag(&mut self, kind: TagKind, leads: bool, row: TagId) -> TagId {
        let is_cell = matches!(kind, TagKind::RowHeader | TagKind::ColumnHeader | TagKind::Cell);
        let cell = self.tag(if is_cell { kind } else { TagKind::Cell }, row);
        let inside = if leads { Some(TagKind::Link) } else { Some(kind).filter(|_| !is_cell) };
        inside.map_or(cell, |kind| self.tag(kind, cell))
    }

    /// How far each cell gets in the room there is.
    fn split(&self, row: &RowBox, next: &[usize], room: Pt) -> Vec<usize> {
        let ends = row.cells.iter().zip(next).map(|(cell, start)| {
            let mut left = room - cell.padding_y * 2.0;
            let mut end = *start;
            while let Some(strip) = cell.strips.get(end).filter(|strip| strip.height.fits(left)) {
                left -= strip.height;
                end += 1;
            }
            // No single line at the foot or at the head of a page.
            let rest = cell.strips.len() - end;
            if rest > 0 && rest < measure::SPLIT_LINES && end - start > measure::SPLIT_LINES {
                end -= measure::SPLIT_LINES - rest;
            }
            end
        });
        let mut ends: Vec<usize> = ends.collect();
        let stuck = ends.iter().zip(next).all(|(end, start)| end == start);
        if stuck && self.fresh {
            // A strip taller than a page cannot happen with type of these sizes; it is placed all the same.
            for (end, cell) in ends.iter_mut().zip(&row.cells) {
                *end = (*end + 1).min(cell.strips.len());
            }
        }
        ends
    }

    /// The texts go to the page; the heights stay.
    fn place_part(
        &mut self,
        row: &mut RowBox,
        tags: &[TagId],
        next: &[usize],
        ends: &[usize],
        height: Pt,
        is_whole: bool,
    ) {
        let (top, left) = (self.y, self.geometry.left);
        let is_continued = next.iter().any(|start| *start > 0);
        for (index, cell) in row.cells.iter_mut().enumerate() {
            let (start, end) = (next[index], ends[index]);
            let strips = &mut cell.strips[start..end];
            let used: Pt = strips.iter().map(|strip| strip.height).sum();
            let slack = height - used - cell.padding_y * 2.0;
            let is_shared_label = index == 0 && row.shared == Shared::First && start == 0;
            let offset =
                if is_whole && cell.centered && !is_shared_label { slack.max(Pt::ZERO) / 2.0 } else { Pt::ZERO };
            let mut y = top + cell.padding_y + offset;
            let first_run = self.page().map_or(0, |page| page.runs.len());
            for strip in strips {
                self.put_strip(strip, left + cell.x, y, Some(tags[index]));
                y += strip.height;
            }
            if is_continued && start == cell.strips.len() {
                let mut y = top + cell.padding_y;
                for mut strip in cell.again.clone() {
                    self.put_strip(&mut strip, left + cell.x, y, None);
                    y += strip.height;
                }
            }
            let rect = Rect { x: left + cell.x, y: top, width: cell.width, height };
            self.cell_box(cell, rect);
            if is_shared_label {
                let last_run = self.page().map_or(0, |page| page.runs.len());
                if let Some(table) = &mut self.table {
                    table.shared = Some(SharedLabel { runs: first_run..last_run, top, height: used });
                }
            }
            if let Some(section) = &row.link {
                let link = PendingLink { page: self.page_index(), rect, section: section.clone(), tag: tags[index] };
                self.links.push(link);
            }
        }
        if row.shared == Shared::No {
            self.close_shared();
        }
        self.y += height;
        self.fresh = false;
    }

    /// Fill, rules and spot of a cell.
    fn cell_box(&mut self, cell: &CellBox, rect: Rect) {
        let (right, bottom) = (rect.x + rect.width, rect.y + rect.height);
        let table_top = self.table.as_ref().map_or(Pt::ZERO, |table| table.top);
        let Some(page) = self.pages.pages.last_mut() else { return };
        if let Some(table) = self.table.as_mut().filter(|_| cell.ruled_left) {
            let x = rect.x;
            let open = table.verticals.entry((x.0 * 100.0).round() as i32).or_insert((rect.y, rect.y));
            if !rect.y.fits(open.1) {
                // A full-width row lies between.
                page.lines.push(RuleLine { x1: x, y1: open.0, x2: x, y2: open.1, width: measure::RULE });
                open.0 = rect.y;
            }
            open.1 = bottom;
        }
        if let Some(ink) = cell.fill {
            page.fills.push(Fill { rect, ink });
        }
        if cell.ruled_above && !rect.y.fits(table_top) {
            page.lines.push(RuleLine { x1: rect.x, y1: rect.y, x2: right, y2: rect.y, width: measure::RULE });
        }
        if let Some(path) = &cell.path {
            page.spots.push(FieldArea { rect, path: path.clone() });
        }
    }

    /// Moves the texts of a strip to the page.
    fn put_strip(&mut self, strip: &mut Strip, x: Pt, y: Pt, mut tag: Option<TagId>) {
        let page_number = self.pages.pages.len();
        if let Some(StripPicture { x: inside, width, plate, file, alternative }) = strip.picture.take() {
            // What stands over a picture belongs to it.
            tag = tag.map(|parent| self.tag(TagKind::Figure, parent));
            let rect = Rect { x: x + inside, y, width, height: strip.height };
            let figure = PlacedFigure { rect, plate, file, alternative, tag };
            self.pages.pages.last_mut().into_iter().for_each(|page| page.figures.push(figure.clone()));
        }
        for mut text in strip.texts.drain(..) {
            for substituted in text.piece.substituted.drain(..) {
                self.substitutions.entry(substituted).or_insert((0, page_number)).0 += 1;
            }
            let run = run(text, x, y, tag);
            if let Some(page) = self.pages.pages.last_mut().filter(|_| !run.text.is_empty()) {
                page.runs.push(run);
            }
        }
    }

    fn page(&self) -> Option<&Page> {
        self.pages.pages.last()
    }

    fn open_table(&mut self) -> TagId {
        if let Some(table) = &self.table {
            return table.tag;
        }
        let tag = self.tag(TagKind::Table, self.section);
        self.table = Some(Table { tag, top: self.y, verticals: BTreeMap::new(), shared: None });
        tag
    }

    /// The next page of the same sheet: the table is closed here and goes on there.
    fn next_page(&mut self) {
        let tag = self.table.as_ref().map(|table| table.tag);
        self.close_table();
        self.add_page();
        if let Some(title) = self.running_title.clone() {
            let style = self.section_style(&title);
            for mut strip in text_strips(&title, self.geometry.table, style, self.fonts) {
                self.put_strip(&mut strip, self.geometry.left, self.y, None);
                self.y += strip.height;
            }
            self.y += measure::PADDING_Y;
        }
        if let Some(tag) = tag {
            self.table = Some(Table { tag, top: self.y, verticals: BTreeMap::new(), shared: None });
        }
        for row in self.running_head.clone() {
            self.artifact_row(row);
        }
        self.fresh = true;
    }

    /// A repeated head: drawn, but read only once.
    fn artifact_row(&mut self, row: RowBox) {
        let (top, left, height) = (self.y, self.geometry.left, row.height());
        for mut cell in row.cells {
            let slack = if cell.centered { (height - cell.height()) / 2.0 } else { Pt::ZERO };
            let mut y = top + cell.padding_y + slack;
            for strip in &mut cell.strips {
                self.put_strip(strip, left + cell.x, y, None);
                y += strip.height;
            }
            self.cell_box(&cell, Rect { x: left + cell.x, y: top, width: cell.width, height });
        }
        self.y += height;
    }

    fn add_page(&mut self) {
        let page = Page { width: self.geometry.width, height: self.geometry.height, ..Page::default() };
        self.pages.pages.push(page);
        self.y = self.geometry.top;
        self.fresh = true;
    }

    /// Puts a shared label in the middle of the rows it belongs to.
    fn close_shared(&mut self) {
        let bottom = self.y;
        let Some(shared) = self.table.as_mut().and_then(|table| table.shared.take()) else { return };
        let slack = bottom - shared.top - shared.height - measure::PADDING_Y * 2.0;
        if let Some(page) = self.pages.pages.last_mut() {
            for run in page.runs.get_mut(shared.runs).into_iter().flatten() {
                run.y += slack.max(Pt::ZERO) / 2.0;
            }
        }
    }

    fn close_table(&mut self) {
        self.close_shared();
        let Some(table) = self.table.take() else { return };
        let (left, right) = (self.geometry.left, self.geometry.left + self.geometry.table);
        let bottom = self.y;
        let Some(page) = self.pages.pages.last_mut() else { return };
        if bottom.fits(table.top) {
            return;
        }
        for (x, (from, to)) in table.verticals {
            let x = Pt(x as f32 / 100.0);
            let inner = !x.fits(left + measure::RULE) && !(right - measure::RULE).fits(x);
            if inner {
                page.lines.push(RuleLine { x1: x, y1: from, x2: x, y2: to, width: measure::RULE });
            }
        }
        page.lines.extend(frame(Rect { x: left, y: table.top, width: right - left, height: bottom - table.top }));
    }
}

/// The four sides of a frame.
pub(super) fn frame(rect: Rect) -> [RuleLine; 4] {
    let (x1, y1, x2, y2) = (rect.x, rect.y, rect.x + rect.width, rect.y + rect.height);
    let line = |x1, y1, x2, y2| RuleLine { x1, y1, x2, y2, width: measure::FRAME };
    [line(x1, y1, x2, y1), line(x1, y2, x2, y2), line(x1, y1, x1, y2), line(x2, y1, x2, y2)]
}

fn run(text: StripText, x: Pt, y: Pt, tag: Option<TagId>) -> Run {
    Run {
        tag,
        x: x + text.x,
        y: y + text.y,
        size: text.size,
        face: text.piece.face,
        ink: Ink(0.0),
        direction: text.direction,
        glyphs: text.piece.glyphs,
        text: text.piece.text,
    }
}

fn whole(row: &RowBox) -> Vec<usize> {
    row.cells.iter().map(|cell| cell.strips.len()).collect()
}

fn part_height(row: &RowBox, next: &[usize], ends: &[usize]) -> Pt {
    let is_continued = next.iter().any(|start| *start > 0);
    let heights = row.cells.iter().zip(next.iter().zip(ends)).map(|(cell, (start, end))| {
        let again = if is_continued && *start == cell.strips.len() { cell.again.as_slice() } else { &[] };
        let strips = cell.strips.get(*start..*end).into_iter().flatten().chain(again);
        strips.map(|strip| strip.height).sum::<Pt>() + cell.padding_y * 2.0
    });
    heights.fold(Pt::ZERO, Pt::max)
}

/// The least a row needs on a page: all of a short row, the first lines of a long one.
fn least_height(row: &RowBox) -> Pt {
    if row.is_short() {
        return row.height();
    }
    let heights = row.cells.iter().map(|cell| {
        // Labels stand whole on the first page.
        let n_strips = if cell.tag == TagKind::RowHeader { cell.strips.len() } else { measure::SPLIT_LINES };
        let used: Pt = cell.strips.iter().take(n_strips).map(|strip| strip.height).sum();
        used + cell.padding_y * 2.0
    });
    heights.fold(Pt::ZERO, Pt::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::print::layout::row::{Place, text_cell};

    #[test]
    fn rows_that_fill_a_page_stay_on_it() {
        let mut fonts = Fonts::embedded_only();
        let geometry = Geometry::portrait();
        for n_rows in 1..60_u8 {
            let place = Place { x: Pt::ZERO, width: geometry.table, style: Style::BODY.sized(Pt(4.0)) };
            let cell = text_cell("", place, TagKind::Cell, None, &mut fonts);
            let min_height = (geometry.bottom - geometry.top) / f32::from(n_rows);
            let row = RowBox { cells: vec![CellBox { min_height, ..cell }], ..RowBox::default() };
            let mut flow = Flow::new(&mut fonts, Spacing::Usual);
            flow.start_page(geometry);
            flow.rows(vec![row; n_rows.into()], 1);
            assert_eq!(flow.finish().0.pages.len(), 1, "{n_rows} rows");
        }
    }
}
