//! .xlsx → boxes: calamine says what stands in the cells and which are merged, the rest is read besides.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Reader, SheetType, SheetVisible, Xlsx};

use super::parts::Parts;
use super::rich::{Runs, is_coloured, shared};
use super::sheet_extras::{Extras, unit};
use super::value::{Shape, in_words};
use super::{BROKEN, Collector};
use crate::exchange::boxes::{Area, Carrier, ForeignSource, Pen, SourceSheet, TextBox, Visibility, cell_name};

/// Merged areas by their first cell.
pub(super) type Merges = BTreeMap<(u32, u32), Area>;

/// Reads a book.
pub(super) fn read(bytes: &[u8]) -> Result<ForeignSource, String> {
    let mut parts = Parts::open(bytes)?;
    if parts.has("word/document.xml") {
        return super::word::read(&mut parts);
    }
    if !parts.has("xl/workbook.xml") {
        return Err(other_kind(&parts).to_owned());
    }
    let paths = paths(&mut parts);
    let shared = shared(&mut parts);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| BROKEN.to_owned())?;
    let mut collector = Collector::default();
    for sheet in book.sheets_metadata().to_vec() {
        if !matches!(sheet.typ, SheetType::WorkSheet) {
            continue;
        }
        let at = collector.source.sheets.len();
        let extras = match paths.get(&sheet.name) {
            Some(path) => Extras::of(&mut parts, path, at, &shared)?,
            None => Extras::default(),
        };
        let sight = if sheet.visible == SheetVisible::Visible { Visibility::Shown } else { Visibility::Hidden };
        collector.source.sheets.push(SourceSheet {
            name: sheet.name.clone(),
            sight,
            n_pictures: extras.n_pictures,
            ..SourceSheet::default()
        });
        cells(&mut book, &sheet.name, at, &extras, &mut collector)?;
        extras.boxes.into_iter().try_for_each(|one| collector.add(one))?;
    }
    Ok(collector.source)
}

/// What another packed folder is.
fn other_kind(parts: &Parts<'_>) -> &'static str {
    match () {
        () if parts.has("xl/workbook.bin") => {
            "Excel バイナリ ブック（.xlsb）は読めません。Excel で .xlsx として保存し直してください"
        }
        () if parts.has("draft.ron") => {
            "評価書工房の下書きです。取り込まずに、そのまま開けます。.ron の名前で開いてください"
        }
        () if parts.has("content.xml") => "OpenDocument の文書です。.xlsx として保存し直してください",
        () => {
            "Excel のブックではありません（ZIP ファイルのようです）。書き出し先にフォルダーを指定すると、中の評価書をまとめて取り込めます"
        }
    }
}

/// The names of the sheets that are read, in their order.
pub(super) fn sheet_names(bytes: &[u8]) -> Result<Vec<String>, String> {
    let book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| BROKEN.to_owned())?;
    let sheets = book.sheets_metadata().iter().filter(|sheet| matches!(sheet.typ, SheetType::WorkSheet));
    Ok(sheets.map(|sheet| sheet.name.clone()).collect())
}

/// Name of a sheet → its part.
pub(super) fn paths(parts: &mut Parts<'_>) -> BTreeMap<String, String> {
    let root = parts.tree("xl/workbook.xml");
    let targets = parts.targets("xl/workbook.xml");
    let mut sheets = Vec::new();
    root.all("sheet", &mut sheets);
    let path = |sheet: &&super::tree::Element| {
        let link = sheet.attribute("id")?;
        let (_, _, path) = targets.iter().find(|(id, _, _)| id == link)?;
        Some((sheet.attribute("name")?.to_owned(), path.clone()))
    };
    sheets.iter().filter_map(path).collect()
}

fn cells(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    sheet: usize,
    extras: &Extras,
    collector: &mut Collector,
) -> Result<(), String> {
    let merged = book.merge_cells_by_sheet_name(name).unwrap_or_default();
    let mut merges = merges(merged.iter().map(|area| (area.start, area.end)));
    let mut reader = book.worksheet_cells_reader(name).map_err(|_| BROKEN.to_owned())?;
    let looks: Vec<(Pen, Shape)> = reader.styles().iter().map(|style| (pen(style), Shape::of(style))).collect();
    let plain = (Pen::default(), Shape::default());
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|_| BROKEN.to_owned())? {
        let (row, column) = cell.get_position();
        let merged = merges.remove(&(row, column));
        let (pen, shape) = looks.get(style).unwrap_or(&plain);
        let value = in_words(cell.get_value(), shape).or_else(|| extras.formulas.get(&(row, column)).cloned());
        let text = match (value, merged) {
            (Some(text), _) => text,
            (None, Some(_)) => String::new(),
            (None, None) => continue,
        };
        let area = merged.unwrap_or_else(|| unit(row, column));
        let one = TextBox {
            text,
            sheet,
            area,
            name: cell_name(row, column),
            carrier: Carrier::Cell,
            sight: extras.sight(row, column),
            pen: *pen,
            ..TextBox::default()
        };
        match extras.runs.get(&(row, column)) {
            Some(told) => split(one, told, collector)?,
            None => collector.add(one)?,
        }
    }
    // Some programs write no cell where nothing stands in an area that is merged.
    for ((row, column), area) in merges {
        let (name, sight) = (cell_name(row, column), extras.sight(row, column));
        collector.add(TextBox { sheet, area, name, sight, ..TextBox::default() })?;
    }
    Ok(())
}

/// What is struck through is a box of its own.
fn split(one: TextBox, told: &Runs, collector: &mut Collector) -> Result<(), String> {
    if !told.struck.is_empty() {
        collector.add(TextBox { text: told.struck.clone(), pen: Pen::Struck, ..one.clone() })?;
    }
    let pen = if told.is_coloured { Pen::Coloured } else { one.pen };
    collector.add(TextBox { text: told.kept.clone(), pen, ..one })
}

fn pen(style: &calamine::Style) -> Pen {
    match &style.font {
        Some(font) if font.strikethrough => Pen::Struck,
        Some(font) if font.color.is_some_and(|colour| is_coloured(colour.red, colour.green, colour.blue)) => {
            Pen::Coloured
        }
        _ => Pen::Plain,
    }
}

/// Merged areas by their first cell.
pub(super) fn merges(areas: impl Iterator<Item = ((u32, u32), (u32, u32))>) -> Merges {
    let area = |(start, end): ((u32, u32), (u32, u32))| {
        let (first, last) = (unit(start.0, start.1), unit(end.0, end.1));
        (start, first.around(&last))
    };
    areas.map(area).collect()
}
