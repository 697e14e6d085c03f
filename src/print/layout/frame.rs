//! A frame that fills its page → rows: each figure fitted into its part of it, the words above and below.
//!
//! Figures share a page as long as all of them keep the width of the table; then each begins the next page. One that
//! is higher than its page is made smaller, never cut. What is left of a page belongs to the frame.

use std::sync::Arc;

use crate::form::{FieldPath, Orientation};
use crate::pictures::Plate;
use crate::print::fonts::Fonts;
use crate::print::layout::cell::{Strip, StripPicture, Style, content_strips, text_strips};
use crate::print::layout::flow::Flow;
use crate::print::layout::geometry::Geometry;
use crate::print::layout::row::{CellBox, Place, RowBookmark, RowBox, indent, rows, text_cell};
use crate::print::layout::{MissingArt, Pt, TagKind, chart, measure};
use crate::print::printout::{Art, Body, Content, PrintedFigure, PrintedSigns, Row};

/// How the first page of a sheet lies: as its first figure, where the sheet begins with one; so the title stands above it.
pub(super) fn opening(body: &Body, upright: Geometry) -> Geometry {
    let Body::Rows(grid) = body else { return upright };
    match grid.first() {
        Some(Row::Frame { content, .. }) => match parts(content).first() {
            Some(part) => geometry(part, upright),
            None => upright,
        },
        _ => upright,
    }
}

fn geometry(part: &FramePart<'_>, upright: Geometry) -> Geometry {
    match part {
        FramePart::Figure(figure, _) if figure.orientation == Orientation::Landscape => Geometry::landscape(),
        _ => upright,
    }
}

/// Places rows some of which are frames.
pub(super) fn place_rows(grid: &[Row], geometry: Geometry, signs: &PrintedSigns, level: u8, flow: &mut Flow<'_>) {
    let mut rest = grid;
    while let Some(at) = rest.iter().position(|row| matches!(row, Row::Frame { .. })) {
        let (before, from_frame) = rest.split_at(at);
        place_plain(before, geometry, signs, level, flow);
        let Some((Row::Frame { content, path }, after)) = from_frame.split_first() else { return };
        let end = after.iter().position(|row| matches!(row, Row::Frame { .. })).unwrap_or(after.len());
        let below = rows(&after[..end], geometry.table, signs, flow.fonts).iter().map(RowBox::height).sum();
        Frame { path, signs, upright: geometry, below, level }.place(content, flow);
        flow.turn(geometry);
        rest = after;
    }
    place_plain(rest, geometry, signs, level, flow);
}

fn place_plain(grid: &[Row], geometry: Geometry, signs: &PrintedSigns, level: u8, flow: &mut Flow<'_>) {
    if !grid.is_empty() {
        let boxes = rows(grid, geometry.table, signs, flow.fonts);
        flow.rows(boxes, level);
    }
}

struct Frame<'a> {
    path: &'a FieldPath,
    signs: &'a PrintedSigns,
    upright: Geometry,
    /// Height of the rows after it.
    below: Pt,
    /// Depth of its figures' bookmarks.
    level: u8,
}

/// A part of the frame: neighbouring texts, or one figure.
enum FramePart<'a> {
    Words(Vec<Content>),
    Figure(&'a PrintedFigure, usize),
}

impl Frame<'_> {
    fn place(&self, content: &[Content], flow: &mut Flow<'_>) {
        let parts = parts(content);
        let mut rest = parts.as_slice();
        while let Some(first) = rest.first() {
            let geometry = self.geometry(first);
            flow.turn(geometry);
            let least = (geometry.bottom - geometry.top) * measure::FIGURE_LEAST;
            if matches!(first, FramePart::Figure(..)) && !least.fits(flow.room()) {
                flow.new_page();
            }
            let n = self.n_sharing(rest, geometry, flow);
            let (chunk, after) = rest.split_at(n);
            let reserved = if after.is_empty() { self.reserved(geometry, flow.room()) } else { Pt::ZERO };
            // The words of a chart are as large as all others, unless it is higher than a page.
            let whole =
                chunk.iter().map(|part| self.row(part, geometry, Pt(f32::MAX), flow.fonts).height()).sum::<Pt>();
            let has_chart =
                chunk.iter().any(|part| matches!(part, FramePart::Figure(PrintedFigure { art: Art::Chart(_), .. }, _)));
            let reserved = if has_chart && !whole.fits(flow.room() - reserved) { Pt::ZERO } else { reserved };
            self.place_chunk(chunk, geometry, flow.room() - reserved, flow);
            rest = after;
            if rest.first().is_some_and(|next| self.geometry(next) == geometry) {
                flow.new_page();
            }
        }
    }

    /// What the rows after the frame take of its last page: nothing where they would take too much of it.
    fn reserved(&self, geometry: Geometry, room: Pt) -> Pt {
        if geometry == self.upright && self.below.fits(room / 3.0) { self.below } else { Pt::ZERO }
    }

    fn geometry(&self, part: &FramePart<'_>) -> Geometry {
        geometry(part, self.upright)
    }

    /// How many parts stand on the page, at least one.
    fn n_sharing(&self, parts: &[FramePart<'_>], geometry: Geometry, flow: &mut Flow<'_>) -> usize {
        let mut left = flow.room();
        for (n, part) in parts.iter().enumerate() {
            let height = self.row(part, geometry, Pt(f32::MAX), flow.fonts).height();
            let is_last = n + 1 == parts.len();
            let room = if is_last { left - self.reserved(geometry, flow.room()) } else { left };
            let shares = self.geometry(part) == geometry && height.fits(room);
            if n > 0 && !shares {
                return n;
            }
            left -= height;
        }
        parts.len()
    }

    /// The rows of one page; what is left of it is shared out among them.
    fn place_chunk(&self, chunk: &[FramePart<'_>], geometry: Geometry, room: Pt, flow: &mut Flow<'_>) {
        let mut boxes: Vec<RowBox> = chunk.iter().map(|part| self.row(part, geometry, room, flow.fonts)).collect();
        let used: Pt = boxes.iter().map(RowBox::height).sum();
        let more = (room - used).max(Pt::ZERO) / boxes.len().max(1) as f32;
        for row in &mut boxes {
            let height = row.height() + more;
            row.cells.iter_mut().for_each(|cell| cell.min_height = height);
        }
        for (part, row) in chunk.iter().zip(&boxes) {
            let FramePart::Figure(figure, number) = part else { continue };
            let page = flow.page_index() + 1;
            let told = |why: String| MissingArt { name: name(figure, *number), why, page };
            match &figure.art {
                Art::Plate(..) => {}
                Art::Broken(why) => flow.pages.missing_art.push(told(why.clone())),
                Art::Chart(drawn) => {
                    let crowded = crowded(&chart::arrange(drawn, flow.fonts), row);
                    flow.pages.crowded_art.extend(crowded.map(told));
                }
            }
        }
        flow.rows(boxes, self.level);
    }

    fn row(&self, part: &FramePart<'_>, geometry: Geometry, room: Pt, fonts: &mut Fonts) -> RowBox {
        let place = Place { x: Pt::ZERO, width: geometry.table, style: Style::BODY };
        let cell = text_cell("", place, TagKind::Cell, None, fonts);
        let padding = measure::BODY * measure::PADDING_EM;
        let width = geometry.table - padding * 2.0;
        let (mut strips, bookmark) = match part {
            FramePart::Words(words) => (content_strips(words, width, self.signs, fonts), None),
            FramePart::Figure(figure, number) => (
                figure_strips(figure, width, room - cell.padding_y * 2.0, fonts),
                Some(RowBookmark::heading(&name(figure, *number))),
            ),
        };
        indent(&mut strips, padding);
        let centered = matches!(part, FramePart::Figure(..));
        let cell = CellBox { strips, centered, path: Some(self.path.clone()), ..cell };
        RowBox { cells: vec![cell], bookmark, ..RowBox::default() }
    }
}

/// What is not well about a chart as it stands in its row.
fn crowded(arranged: &chart::ArrangedChart, row: &RowBox) -> Option<String> {
    let strips = row.cells.iter().flat_map(|cell| &cell.strips);
    let width = strips.filter_map(|strip| strip.picture.as_ref()).map(|picture| picture.width.0).next()?;
    let percent = width / arranged.width * 100.0;
    let small =
        (percent < 99.0).then(|| format!("流れ図が用紙より大きいため、文字も{percent:.0}％に縮めて印刷しました。"));
    let over = arranged
        .is_crowded()
        .then(|| "流れ図の箱か、矢印の番号・文が、ほかのものに重なっています。箱の間を広げてください。".to_owned());
    let said: Vec<String> = small.into_iter().chain(over).collect();
    (!said.is_empty()).then(|| said.concat())
}

/// Texts between figures stay one part; a frame of nothing is one empty part.
fn parts(content: &[Content]) -> Vec<FramePart<'_>> {
    let (mut parts, mut number) = (Vec::new(), 0);
    for one in content {
        match (one, parts.last_mut()) {
            (Content::Figure(figure), _) => {
                number += 1;
                parts.push(FramePart::Figure(figure, number));
            }
            (words, Some(FramePart::Words(before))) => before.push(words.clone()),
            (words, _) => parts.push(FramePart::Words(vec![words.clone()])),
        }
    }
    if parts.is_empty() {
        parts.push(FramePart::Words(Vec::new()));
    }
    parts
}

fn name(figure: &PrintedFigure, number: usize) -> String {
    let caption = figure.caption.trim().replace('\n', " ");
    if caption.is_empty() { format!("図{number}") } else { caption }
}

/// Caption, picture and note one below the other; the picture takes the room that the words leave.
pub(super) fn figure_strips(figure: &PrintedFigure, width: Pt, room: Pt, fonts: &mut Fonts) -> Vec<Strip> {
    let words = |text: &str, style: Style, fonts: &mut Fonts| {
        if text.trim().is_empty() { Vec::new() } else { text_strips(text.trim_end(), width, style, fonts) }
    };
    let mut strips = words(&figure.caption, Style::BODY.bold().centered(), fonts);
    let note = words(&figure.note, Style::BODY, fonts);
    match &figure.art {
        Art::Plate(plate, file) => {
            let of_words: Pt = strips.iter().chain(&note).map(|strip| strip.height).sum();
            let height = (room - of_words).max(room.min(width) * measure::FIGURE_LEAST);
            let (shown, height) = fitted(plate, width, height);
            strips.push(picture_strip(figure, plate, file, (width, shown, height)));
        }
        Art::Chart(drawn) => {
            let of_words: Pt = strips.iter().chain(&note).map(|strip| strip.height).sum();
            let height = (room - of_words).max(room.min(width) * measure::FIGURE_LEAST);
            strips.push(chart_strip(figure, &chart::arrange(drawn, fonts), width, height));
        }
        Art::Broken(why) => {
            let text = format!("（図を印刷できません。{why}）");
            strips.extend(text_strips(&text, width, Style::BODY, fonts));
        }
    }
    strips.extend(note);
    strips
}

/// As large as width and height allow; pixels are never larger than on a screen.
fn fitted(plate: &Plate, width: Pt, height: Pt) -> (Pt, Pt) {
    let (own_width, own_height) = plate.size();
    let most = if plate.has_pixels() { measure::PIXEL.0 } else { f32::MAX };
    let scale = (width.0 / own_width).min(height.0 / own_height).min(most);
    (Pt(own_width * scale), Pt(own_height * scale))
}

/// A chart in its own size, smaller only where it is larger than its page; its words stand over its shapes.
fn chart_strip(figure: &PrintedFigure, arranged: &chart::ArrangedChart, width: Pt, height: Pt) -> Strip {
    let scale = (width.0 / arranged.width).min(height.0 / arranged.height).min(1.0);
    let (shown, height) = (Pt(arranged.width * scale), Pt(arranged.height * scale));
    let (plate, file) = Plate::of_drawing(chart::drawing(arranged));
    let strip = picture_strip(figure, &plate, &file, (width, shown, height));
    Strip { texts: chart::words(arranged, scale, (width - shown) / 2.0), ..strip }
}

/// In the middle of its cell; `cell` is as wide as that, then as wide and high as it is shown.
fn picture_strip(figure: &PrintedFigure, plate: &Arc<Plate>, file: &Arc<[u8]>, cell: (Pt, Pt, Pt)) -> Strip {
    let (width, shown, height) = cell;
    let picture = StripPicture {
        x: (width - shown) / 2.0,
        width: shown,
        plate: Arc::clone(plate),
        file: Arc::clone(file),
        alternative: figure.alternative.clone(),
    };
    Strip { height, texts: Vec::new(), picture: Some(picture) }
}
