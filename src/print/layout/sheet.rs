//! One sheet → rows in the flow: the cover, 項目一覧, the portrait grid, the change table.

use crate::form::{FieldPath, Orientation};
use crate::print::fonts::Fonts;
use crate::print::layout::cell::{Strip, Style};
use crate::print::layout::flow::Flow;
use crate::print::layout::frame::{opening, place_rows};
use crate::print::layout::geometry::Geometry;
use crate::print::layout::row::{CellBox, Place, RowBox, rows, text_cell};
use crate::print::layout::{Mm, OutlineEntry, Pt, TagKind, measure};
use crate::print::printout::{Body, ColumnTable, ContentsLine, Cover, Field, PrintedSigns, Row, Sheet, SheetStart};

/// Lays out one sheet.
pub(super) fn place(sheet: &Sheet, signs: &PrintedSigns, flow: &mut Flow<'_>) {
    let geometry = match sheet.orientation {
        Orientation::Portrait => Geometry::portrait(),
        Orientation::Landscape => Geometry::landscape(),
    };
    match sheet.start {
        SheetStart::NewPage => flow.start_page(opening(&sheet.body, geometry)),
        // Title, heading and the first row.
        SheetStart::SamePage => flow.start_below(geometry, Pt(14.0), Pt(90.0)),
    }
    for bookmark in &sheet.bookmarks {
        let bookmark =
            OutlineEntry { title: bookmark.title.clone(), level: bookmark.level, page: flow.page_index(), y: flow.y() };
        flow.pages.outline.push(bookmark);
    }
    match &sheet.body {
        Body::Cover(cover) => place_cover(&sheet.title, cover, geometry, flow),
        Body::Contents(lines) => place_contents(&sheet.title, lines, geometry, flow),
        Body::Rows(grid) => {
            flow.section_title(&sheet.title);
            // A section of figures, or of one long cell without label, shows its title on each page.
            if grid.iter().any(|row| matches!(row, Row::Frame { .. })) || matches!(grid.as_slice(), [Row::Full { .. }])
            {
                flow.set_running_head(Some(sheet.title.clone()), Vec::new());
            }
            place_rows(grid, geometry, signs, sheet.heading_level, flow);
        }
        Body::Front(grid) => {
            flow.title(&sheet.title, Style::BODY.bold().sized(measure::COVER_TITLE).centered());
            flow.gap(Pt::from(Mm(3.0)));
            let boxes = rows(grid, geometry.table, signs, flow.fonts);
            flow.rows(boxes, sheet.heading_level);
        }
        Body::Columns(table) => place_columns(&sheet.title, table, geometry, flow),
    }
}

fn place_columns(title: &str, table: &ColumnTable, geometry: Geometry, flow: &mut Flow<'_>) {
    flow.section_title(title);
    let total_em: f32 = table.columns.iter().map(|column| column.width_em).sum();
    let em = geometry.table / total_em;
    let mut places = Vec::new();
    let mut x = Pt::ZERO;
    for column in &table.columns {
        let width = em * column.width_em;
        places.push((x, width));
        x += width;
    }
    let style = Style::BODY.bold().centered();
    let head = table.columns.iter().zip(&places).map(|(column, (x, width))| {
        let place = Place { x: *x, width: *width, style };
        text_cell(&column.label, place, TagKind::ColumnHeader, Some(measure::RISK_INK), flow.fonts)
    });
    let head = RowBox { cells: head.collect(), ..RowBox::default() };
    // Heads of the author's own may be as long as a page: they stand once then, like any row.
    let is_short = head.height().fits((geometry.bottom - geometry.top) * measure::RUNNING_HEAD);
    let head = RowBox { keep_next: is_short, ..head };
    let running = if is_short { vec![head.clone()] } else { Vec::new() };
    flow.set_running_head(Some(title.to_owned()), running);
    let mut boxes = vec![head];
    for row in &table.rows {
        let cells = row.cells.iter().zip(&table.columns).zip(&places).map(|((text, column), (x, width))| {
            let style = if column.centered { Style::BODY.centered() } else { Style::BODY };
            let place = Place { x: *x, width: *width, style };
            let path = row.index.map(|index| FieldPath::document(&column.id).entry(index));
            let mut cell = CellBox { path, ..text_cell(text, place, TagKind::Cell, None, flow.fonts) };
            if column.repeated && !text.trim().is_empty() {
                cell.again = continued(text, Place { x: *x, width: *width, style }, flow.fonts);
            }
            cell
        });
        boxes.push(RowBox { cells: cells.collect(), ..RowBox::default() });
    }
    flow.rows(boxes, 1);
}

/// The item of a row that goes on over a page. One of many lines would push out what it is the head of.
fn continued(text: &str, place: Place, fonts: &mut Fonts) -> Vec<Strip> {
    let Place { x, width, style } = place;
    let whole = text_cell(&format!("{}（続き）", text.trim_end()), place, TagKind::Cell, None, fonts).strips;
    if whole.len() <= measure::AGAIN_LINES {
        return whole;
    }
    text_cell("（続き）", Place { x, width, style }, TagKind::Cell, None, fonts).strips
}

fn place_contents(title: &str, lines: &[ContentsLine], geometry: Geometry, flow: &mut Flow<'_>) {
    flow.gap(Pt::from(Mm(12.0)));
    flow.title(title, Style::BODY.bold().sized(measure::COVER_TITLE).centered());
    flow.gap(Pt::from(Mm(6.0)));
    let geometry = geometry.narrowed(Pt::from(Mm(140.0)));
    flow.set_geometry(geometry);
    let style = Style::BODY.sized(measure::COVER_FIELD);
    let boxes = lines.iter().map(|line| {
        let place = Place { x: Pt::ZERO, width: geometry.table, style };
        let cell = text_cell(&line.text, place, TagKind::Cell, None, flow.fonts);
        let cell = CellBox { padding_y: Pt(9.0), ..cell };
        RowBox { cells: vec![cell], link: line.section.clone(), ..RowBox::default() }
    });
    let boxes = boxes.collect();
    flow.rows(boxes, 1);
}

/// A part of the cover: how wide, how far below the one before, and its rows.
struct CoverBlock {
    geometry: Geometry,
    gap: Pt,
    rows: Vec<RowBox>,
}

/// Title in a frame; number and name; the declaration with 特記事項; body and date; the edition's mark outside.
fn place_cover(title: &str, cover: &Cover, geometry: Geometry, flow: &mut Flow<'_>) {
    let narrow = geometry.narrowed(Pt::from(Mm(150.0)));
    let style = Style::BODY.bold().sized(measure::COVER_TITLE).centered();
    let cell =
        text_cell(title, Place { x: Pt::ZERO, width: narrow.table, style }, TagKind::Heading(1), None, flow.fonts);
    let title = RowBox { cells: vec![CellBox { padding_y: Pt(8.0), ..cell }], ..RowBox::default() };
    let block = |geometry: Geometry, gap: f32, rows: Vec<RowBox>| CoverBlock { geometry, gap: Mm(gap).into(), rows };
    let mut blocks = vec![
        block(narrow, 4.0, vec![title]),
        block(geometry, 8.0, head_rows(&cover.head, geometry.table, flow.fonts)),
        block(geometry, 8.0, declaration_rows(cover, geometry.table, flow.fonts)),
    ];
    for field in &cover.foot {
        let narrow = geometry.narrowed(Pt::from(Mm(110.0)));
        let rows = vec![label_row(&field.label, narrow.table, flow.fonts), foot_row(field, narrow.table, flow.fonts)];
        blocks.push(block(narrow, 6.0, rows));
    }
    let of_mark = if cover.mark.is_empty() { Pt::ZERO } else { Style::BODY.sized(measure::SMALL).pitch() };
    keep_on_one_page(&mut blocks, flow.room() - of_mark);
    for CoverBlock { geometry, gap, rows } in blocks {
        flow.set_geometry(geometry);
        flow.gap(gap);
        flow.rows(rows, 1);
    }
    flow.set_geometry(geometry);
    if !cover.mark.is_empty() {
        flow.corner(&cover.mark, Style::BODY.sized(measure::SMALL));
    }
}

/// What long answers need beyond the page is taken from the spare height of the frames, then from the space between them.
fn keep_on_one_page(blocks: &mut [CoverBlock], room: Pt) {
    let used: Pt = blocks.iter().map(|block| block.gap + block.rows.iter().map(RowBox::height).sum()).sum();
    let mut over = (used - room).max(Pt::ZERO);
    for cell in blocks.iter_mut().flat_map(|block| &mut block.rows).flat_map(|row| &mut row.cells) {
        let spare = (cell.min_height - cell.content_height() - cell.padding_y * 2.0).max(Pt::ZERO);
        let taken = spare.min(over);
        cell.min_height -= taken;
        over -= taken;
    }
    for block in blocks.iter_mut() {
        let taken = (block.gap * 0.6).min(over);
        block.gap -= taken;
        over -= taken;
    }
}

/// 評価書番号 is short, the fields after it share the rest.
fn head_rows(fields: &[Field], width: Pt, fonts: &mut Fonts) -> Vec<RowBox> {
    let first = Pt::from(Mm(36.0)).min(width / fields.len().max(1) as f32);
    let rest = (width - first) / (fields.len().max(2) - 1) as f32;
    let places: Vec<(Pt, Pt)> = (0..fields.len())
        .map(|index| if index == 0 { (Pt::ZERO, first) } else { (first + rest * (index - 1) as f32, rest) })
        .collect();
    let label_style = Style::BODY.bold().sized(Pt(10.0)).centered();
    let labels = fields.iter().zip(&places).map(|(field, (x, width))| {
        let place = Place { x: *x, width: *width, style: label_style };
        text_cell(&field.label, place, TagKind::ColumnHeader, Some(measure::HEADING_INK), fonts)
    });
    let labels = RowBox { cells: labels.collect(), keep_next: true, ..RowBox::default() };
    let values = fields.iter().zip(&places).enumerate().map(|(index, (field, (x, width)))| {
        let style = Style::BODY.sized(measure::COVER_FIELD);
        let style = if index == 0 { style.centered() } else { style };
        let cell = text_cell(&field.text, Place { x: *x, width: *width, style }, TagKind::Cell, None, fonts);
        CellBox { path: Some(field.path.clone()), padding_y: Pt(6.0), centered: true, ..cell }
    });
    vec![labels, RowBox { cells: values.collect(), ..RowBox::default() }]
}

fn declaration_rows(cover: &Cover, width: Pt, fonts: &mut Fonts) -> Vec<RowBox> {
    let mut boxes = Vec::new();
    for field in &cover.declaration {
        boxes.push(label_row(&field.label, width, fonts));
        let place = Place { x: Pt::ZERO, width, style: Style::BODY.sized(measure::DECLARATION) };
        let cell = text_cell(&field.text, place, TagKind::Cell, None, fonts);
        let min_height = Pt::from(measure::DECLARATION_HEIGHT);
        let cell = CellBox { path: Some(field.path.clone()), padding_y: Pt(12.0), min_height, ..cell };
        boxes.push(RowBox { cells: vec![cell], ..RowBox::default() });
    }
    for field in &cover.notes {
        let band = measure::BODY * measure::LABEL_EM;
        let place = Place { x: Pt::ZERO, width: band, style: Style::BODY.centered() };
        let label = text_cell(&field.label, place, TagKind::RowHeader, Some(measure::LABEL_INK), fonts);
        let place = Place { x: band, width: width - band, style: Style::BODY };
        let value = text_cell(&field.text, place, TagKind::Cell, None, fonts);
        let min_height = Pt::from(measure::NOTES_HEIGHT);
        let value = CellBox { path: Some(field.path.clone()), padding_y: Pt(8.0), centered: true, min_height, ..value };
        let cells = vec![CellBox { centered: true, ..label }, value];
        boxes.push(RowBox { cells, ..RowBox::default() });
    }
    boxes
}

fn label_row(label: &str, width: Pt, fonts: &mut Fonts) -> RowBox {
    let style = Style::BODY.bold().sized(measure::COVER_FIELD).centered();
    let cell =
        text_cell(label, Place { x: Pt::ZERO, width, style }, TagKind::RowHeader, Some(measure::HEADING_INK), fonts);
    RowBox { cells: vec![cell], keep_next: true, ..RowBox::default() }
}

fn foot_row(field: &Field, width: Pt, fonts: &mut Fonts) -> RowBox {
    let style = Style::BODY.sized(measure::COVER_FIELD).centered();
    let cell = text_cell(&field.text, Place { x: Pt::ZERO, width, style }, TagKind::Cell, None, fonts);
    let cell = CellBox { path: Some(field.path.clone()), padding_y: Pt(7.0), ..cell };
    RowBox { cells: vec![cell], ..RowBox::default() }
}
