//! Rows of the paper → boxes with their places across the page and their strips.

use crate::form::FieldPath;
use crate::print::fonts::{Fonts, Weight};
use crate::print::layout::cell::{Strip, Style, box_text, content_strips, text_strips, vertical_strips};
use crate::print::layout::line::width_em;
use crate::print::layout::{Ink, Pt, TagKind, measure};
use crate::print::printout::{BoxMark, Content, LabelPlace, PrintedSigns, Row, SharedLabel};

/// A row whose height is known and whose place on the page is not.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct RowBox {
    /// Its cells in reading order.
    pub cells: Vec<CellBox>,
    /// Whether it stays on the page of the row after it.
    pub keep_next: bool,
    /// Its part in a cell that several rows share.
    pub shared: Shared,
    /// What its bookmark says.
    pub bookmark: Option<RowBookmark>,
    /// Id of the section it leads to when clicked.
    pub link: Option<String>,
}

/// The bookmark of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RowBookmark {
    /// What it says.
    pub title: String,
    /// How much deeper than those of headings.
    pub deeper: u8,
}

impl RowBookmark {
    /// As deep as headings.
    pub fn heading(title: &str) -> Self {
        Self { title: title.replace('\n', ""), deeper: 0 }
    }
}

/// The part a row has in a cell that several rows share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shared {
    /// None.
    #[default]
    No,
    /// It holds the shared label, in its first cell.
    First,
    /// It goes on.
    Next,
}

/// One cell of a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CellBox {
    /// Left edge, from the left edge of the table.
    pub x: Pt,
    /// Width.
    pub width: Pt,
    /// Its shade.
    pub fill: Option<Ink>,
    /// What stands in it.
    pub strips: Vec<Strip>,
    /// Whether its strips stand in the middle of its height when the row is not split.
    pub centered: bool,
    /// Whether a rule separates it from the cell above.
    pub ruled_above: bool,
    /// What it is.
    pub tag: TagKind,
    /// The answer in it.
    pub path: Option<FieldPath>,
    /// Whether a rule separates it from the cell left of it.
    pub ruled_left: bool,
    /// Space above and below its strips.
    pub padding_y: Pt,
    /// Least height.
    pub min_height: Pt,
    /// Whether it reaches down over the rows that share it, so that its height is not its row's.
    pub reaches_down: bool,
    /// What stands in it where the row goes on without it on a further page.
    pub again: Vec<Strip>,
}

impl CellBox {
    /// Height of all its strips.
    pub fn content_height(&self) -> Pt {
        self.strips.iter().map(|strip| strip.height).sum()
    }

    /// Height it needs as a whole.
    pub fn height(&self) -> Pt {
        (self.content_height() + self.padding_y * 2.0).max(self.min_height)
    }
}

impl RowBox {
    /// Height of the whole row.
    pub fn height(&self) -> Pt {
        self.cells.iter().filter(|cell| !cell.reaches_down).map(CellBox::height).fold(Pt::ZERO, Pt::max)
    }

    /// Whether it moves to the next page whole rather than being split.
    pub fn is_short(&self) -> bool {
        self.height().fits(Style::BODY.pitch() * measure::WHOLE_LINES)
    }
}

/// Where a cell stands in the table, and how its text is set.
pub(super) struct Place {
    /// Left edge.
    pub x: Pt,
    /// Width.
    pub width: Pt,
    /// Type.
    pub style: Style,
}

/// A cell of text.
pub(super) fn text_cell(text: &str, place: Place, tag: TagKind, fill: Option<Ink>, fonts: &mut Fonts) -> CellBox {
    let padding = measure::BODY * measure::PADDING_EM;
    let mut strips = text_strips(text, place.width - padding * 2.0, place.style, fonts);
    indent(&mut strips, padding);
    CellBox {
        x: place.x,
        width: place.width,
        fill,
        strips,
        centered: false,
        ruled_above: true,
        ruled_left: true,
        tag,
        path: None,
        padding_y: measure::PADDING_Y,
        min_height: Pt::ZERO,
        reaches_down: false,
        again: Vec::new(),
    }
}

/// Rows of the portrait grid → boxes.
pub(super) fn rows(rows: &[Row], width: Pt, signs: &PrintedSigns, fonts: &mut Fonts) -> Vec<RowBox> {
    let mut grid = Grid { width, signs, fonts };
    let mut boxes: Vec<RowBox> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        boxes.extend(grid.row(row));
        // A paging heading stays with the entry it opens.
        let opens_entry = matches!(row, Row::Paging(_)) && matches!(rows.get(index + 1), Some(Row::EntryTitle { .. }));
        if let Some(paging) = boxes.last_mut().filter(|_| opens_entry) {
            paging.keep_next = true;
        }
        // A nested row says something of the answer above it: 「その必要性」 alone at the head of a page says nothing.
        let is_head = place_of(Some(row)) == Some(LabelPlace::Whole);
        let has_nested = is_head && place_of(rows.get(index + 1)) == Some(LabelPlace::Nested);
        if let Some(head) = boxes.last_mut().filter(|head| has_nested && head.is_short()) {
            head.keep_next = true;
        }
    }
    keep_the_end_together(&mut boxes);
    boxes
}

fn place_of(row: Option<&Row>) -> Option<LabelPlace> {
    if let Some(Row::Band { label, .. }) = row { Some(label.place) } else { None }
}

/// No last page with nothing but a heading and its short cell: the row before them comes along.
fn keep_the_end_together(boxes: &mut [RowBox]) {
    let Some((last, before)) = boxes.split_last_mut() else { return };
    if last.is_short()
        && let Some(row) = before.iter_mut().rev().find(|row| !row.keep_next)
        && row.is_short()
    {
        row.keep_next = true;
    }
}

fn em(count: f32) -> Pt {
    measure::BODY * count
}

/// Moves what stands in strips to the right.
pub(super) fn indent(strips: &mut [Strip], by: Pt) {
    for strip in strips {
        strip.texts.iter_mut().for_each(|text| text.x += by);
        strip.picture.iter_mut().for_each(|picture| picture.x += by);
    }
}

struct Grid<'a> {
    width: Pt,
    signs: &'a PrintedSigns,
    fonts: &'a mut Fonts,
}

impl Grid<'_> {
    fn row(&mut self, row: &Row) -> Vec<RowBox> {
        match row {
            Row::Heading { text, boxes } => vec![self.heading(text, boxes)],
            Row::Risk(text) => {
                let row = self.full_label(text, Some(measure::RISK_INK), Style::BODY.bold(), true);
                let bookmark = Some(RowBookmark { title: text.replace('\n', "　"), deeper: 1 });
                vec![RowBox { bookmark, ..row }]
            }
            Row::Label(text) => vec![self.full_label(text, Some(measure::LABEL_INK), Style::BODY, true)],
            Row::EntryTitle { text, value: None } => {
                vec![self.full_label(text, Some(measure::LABEL_INK), Style::BODY.bold(), true)]
            }
            Row::EntryTitle { text, value: Some((content, path)) } => {
                let row = self.band(Pt::ZERO, text, LabelPlace::Whole, content, path);
                vec![RowBox { keep_next: row.is_short(), ..row }]
            }
            Row::Paging(text) => vec![self.full_label(text, None, Style::BODY, false)],
            Row::Note(text) => vec![self.full_label(text, None, Style::BODY, false)],
            Row::Full { content, path } | Row::Frame { content, path } => {
                let cell = self.content_cell(content, Pt::ZERO, self.width, path);
                vec![RowBox { cells: vec![cell], ..RowBox::default() }]
            }
            Row::Band { label, content, path } => {
                vec![self.band(Pt::ZERO, &label.text, label.place, content, path)]
            }
            Row::Shared { label, rows } => self.shared(label, rows),
        }
    }

    fn full_label(&mut self, text: &str, fill: Option<Ink>, style: Style, keep_next: bool) -> RowBox {
        let cell = self.label_cell(text, Pt::ZERO, self.width, fill, style);
        RowBox { cells: vec![cell], keep_next, ..RowBox::default() }
    }

    fn label_cell(&mut self, text: &str, x: Pt, width: Pt, fill: Option<Ink>, style: Style) -> CellBox {
        let cell = text_cell(text, Place { x, width, style }, TagKind::RowHeader, fill, self.fonts);
        CellBox { centered: true, ..cell }
    }

    fn content_cell(&mut self, content: &[Content], x: Pt, width: Pt, path: &FieldPath) -> CellBox {
        let padding = em(measure::PADDING_EM);
        let mut strips = content_strips(content, width - padding * 2.0, self.signs, self.fonts);
        indent(&mut strips, padding);
        let empty = text_cell("", Place { x, width, style: Style::BODY }, TagKind::Cell, None, self.fonts);
        let centered = matches!(content, [Content::Choice(_) | Content::Text(_)]);
        CellBox { strips, centered, path: Some(path.clone()), ..empty }
    }

    /// A numbered heading; its boxes stand at its right end.
    fn heading(&mut self, text: &str, boxes: &[(BoxMark, FieldPath)]) -> RowBox {
        let texts: Vec<String> = boxes.iter().map(|(mark, _)| box_text(mark, self.signs)).collect();
        let bookmark = Some(RowBookmark::heading(text));
        if texts.is_empty() {
            let row = self.full_label(text, Some(measure::HEADING_INK), Style::BODY.bold(), true);
            return RowBox { bookmark, ..row };
        }
        let padding = em(measure::PADDING_EM) * 2.0;
        let widths: Vec<Pt> =
            texts.iter().map(|text| em(width_em(text, Weight::Regular, self.fonts)) + padding).collect();
        let mut x = (self.width - widths.iter().copied().sum()).max(self.width / 2.0);
        let fill = Some(measure::HEADING_INK);
        let mut cells = vec![self.label_cell(text, Pt::ZERO, x, fill, Style::BODY.bold())];
        for ((text, width), (_, path)) in texts.iter().zip(widths).zip(boxes) {
            let cell = text_cell(text, Place { x, width, style: Style::BODY }, TagKind::Cell, fill, self.fonts);
            cells.push(CellBox { centered: true, ruled_left: false, path: Some(path.clone()), ..cell });
            x += width;
        }
        RowBox { cells, keep_next: true, bookmark, ..RowBox::default() }
    }

    /// Label and value; `left` is where the label band begins (right of a shared cell).
    fn band(&mut self, left: Pt, label: &str, place: LabelPlace, content: &[Content], path: &FieldPath) -> RowBox {
        let band = em(measure::LABEL_EM);
        let mut cells = Vec::new();
        let label_x = match place {
            LabelPlace::Whole => left,
            LabelPlace::Nested => {
                let width = em(measure::NESTED_EM);
                cells.push(CellBox { ruled_above: false, ..self.blank(left, width) });
                left + width
            }
        };
        cells.push(self.label_cell(label, label_x, band - label_x, Some(measure::LABEL_INK), Style::BODY));
        cells.push(self.content_cell(content, band, self.width - band, path));
        RowBox { cells, ..RowBox::default() }
    }

    /// The empty continuation of a label above or left of it.
    fn blank(&mut self, x: Pt, width: Pt) -> CellBox {
        CellBox { strips: Vec::new(), ..self.label_cell("", x, width, Some(measure::LABEL_INK), Style::BODY) }
    }

    fn shared(&mut self, label: &SharedLabel, rows: &[Row]) -> Vec<RowBox> {
        let (text, width) = match label {
            // One character per line, as the paper writes 再／委／託.
            SharedLabel::Vertical(text) => (text.clone(), em(measure::VERTICAL_EM)),
            SharedLabel::Horizontal(text) => (text.clone(), em(measure::SPLIT_EM)),
        };
        let mut boxes = Vec::new();
        for row in rows {
            let Row::Band { label, content, path } = row else {
                boxes.extend(self.row(row));
                continue;
            };
            let mut row = self.band(width, &label.text, label.place, content, path);
            let first = boxes.is_empty();
            let cell = if first {
                self.shared_cell(&text, width)
            } else {
                CellBox { ruled_above: false, ..self.blank(Pt::ZERO, width) }
            };
            row.cells.insert(0, cell);
            row.shared = if first { Shared::First } else { Shared::Next };
            // The label needs more room than one row has.
            row.keep_next = first && rows.len() > 1;
            row.cells[0].reaches_down = row.keep_next;
            boxes.push(row);
        }
        boxes
    }

    fn shared_cell(&mut self, text: &str, width: Pt) -> CellBox {
        let vertical = width.fits(em(measure::VERTICAL_EM));
        if vertical {
            let strips = vertical_strips(text, em(0.5), self.fonts);
            return CellBox { strips, ..self.blank(Pt::ZERO, width) };
        }
        self.label_cell(text, Pt::ZERO, width, Some(measure::LABEL_INK), Style::BODY)
    }
}
