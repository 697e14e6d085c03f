//! A sheet with other words in some of its cells: the `<c>` elements concerned are replaced, and nothing else is touched but
//! what hides a row that is used now and, below a table, the areas that are merged.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::BROKEN;
use super::sheet_extras::{cell, is_on, number, value};
use crate::exchange::boxes::{CellText, cell_name};
use crate::exchange::cell_text::escaped;

/// What is to be done on one sheet.
#[derive(Debug, Default)]
pub(super) struct SheetChange<'c> {
    /// Row → column → what the cell says.
    pub rows: BTreeMap<u32, BTreeMap<u32, &'c CellText>>,
    pub shown: BTreeSet<u32>,
    pub merges: Vec<[u32; 4]>,
}

/// The sheet as it was written.
pub(super) struct Spliced {
    pub xml: String,
    /// Cells whose formula was kept, which may say something else once the book is calculated again.
    pub formulas: Vec<String>,
}

/// Writes the cells.
pub(super) fn splice(xml: &str, change: &SheetChange<'_>) -> Result<Spliced, String> {
    // The reader passes over the mark of the encoding and does not count it among the places it tells.
    let bare = xml.strip_prefix('\u{feff}').unwrap_or(xml);
    let looks = looks(bare, change);
    let mut writer = Writer { xml: bare, change, looks, ..Writer::default() };
    writer.out.push_str(&xml[..xml.len() - bare.len()]);
    writer.run()?;
    Ok(Spliced { xml: writer.out, formulas: writer.formulas })
}

/// Goes through the sheet once; what is not written anew is copied as it stands.
#[derive(Default)]
struct Writer<'x, 'c> {
    xml: &'x str,
    change: &'c SheetChange<'c>,
    looks: BTreeMap<(u32, u32), String>,
    out: String,
    copied: usize,
    formulas: Vec<String>,
    /// Whether the cells begin here, and whether they were met.
    is_in_data: bool,
    is_done: bool,
    /// The prefix of the elements, with its colon.
    prefix: String,
    /// Row and column behind the last that was seen, from 0.
    row: u32,
    column: u32,
    /// First row whose cells are not written yet.
    next_row: u32,
    next_column: u32,
}

impl Default for &SheetChange<'_> {
    fn default() -> Self {
        const EMPTY: &SheetChange<'static> =
            &SheetChange { rows: BTreeMap::new(), shown: BTreeSet::new(), merges: Vec::new() };
        EMPTY
    }
}

impl Writer<'_, '_> {
    fn run(&mut self) -> Result<(), String> {
        let mut reader = Reader::from_str(self.xml);
        let config = reader.config_mut();
        (config.check_end_names, config.allow_unmatched_ends) = (false, true);
        loop {
            let before = place(reader.buffer_position());
            let event = reader.read_event().map_err(|_| BROKEN.to_owned())?;
            let after = place(reader.buffer_position());
            match event {
                Event::Eof => break,
                Event::Start(start) if self.is_in_data && start.local_name().as_ref() == "c" => {
                    let inside = inside(&mut reader)?;
                    let end = place(reader.buffer_position());
                    self.cell(&start, before, end, &self.xml[after..inside]);
                }
                Event::Start(start) => self.begins(&start, before, after),
                Event::Empty(start) => self.empty(&start, before, after),
                Event::End(end) => self.ends(end.local_name().as_ref(), before),
                _ => {}
            }
        }
        self.copy(self.xml.len());
        if self.is_done { Ok(()) } else { Err(BROKEN.to_owned()) }
    }

    fn begins(&mut self, start: &BytesStart<'_>, before: usize, after: usize) {
        match start.local_name().as_ref() {
            "sheetData" => {
                self.prefix = prefix(start);
                (self.is_in_data, self.is_done) = (true, true);
            }
            "row" if self.is_in_data => self.row_begins(start, before, after),
            "mergeCells" if !self.change.merges.is_empty() => {
                self.copy(before);
                let n = number(start, "count").unwrap_or(0) as usize + self.change.merges.len();
                let _ = write!(self.out, "<{}mergeCells count=\"{n}\">", self.prefix);
                self.copied = after;
            }
            _ => {}
        }
    }

    fn empty(&mut self, start: &BytesStart<'_>, before: usize, after: usize) {
        match start.local_name().as_ref() {
            "sheetData" => {
                self.prefix = prefix(start);
                self.is_done = true;
                self.copy(before);
                let opened = opened(&self.xml[before..after]);
                self.out.push_str(&opened);
                self.rows_before(u32::MAX);
                self.close("sheetData");
                self.copied = after;
            }
            "row" if self.is_in_data => self.empty_row(start, before, after),
            "c" if self.is_in_data => self.cell(start, before, after, ""),
            _ => {}
        }
    }

    fn ends(&mut self, name: &str, before: usize) {
        match name {
            "sheetData" => {
                self.copy(before);
                self.rows_before(u32::MAX);
                self.is_in_data = false;
            }
            "row" if self.is_in_data => {
                self.copy(before);
                self.cells_before(u32::MAX);
                self.row += 1;
            }
            "mergeCells" => {
                self.copy(before);
                self.merges();
            }
            _ => {}
        }
    }

    fn copy(&mut self, until: usize) {
        if let Some(piece) = self.xml.get(self.copied..until) {
            self.out.push_str(piece);
            self.copied = until;
        }
    }

    fn close(&mut self, name: &str) {
        let _ = write!(self.out, "</{}{name}>", self.prefix);
    }

    fn row_begins(&mut self, start: &BytesStart<'_>, before: usize, after: usize) {
        self.row = number(start, "r").map_or(self.row, |row| row.saturating_sub(1));
        (self.column, self.next_column) = (0, 0);
        self.copy(before);
        self.rows_before(self.row);
        self.next_row = self.row + 1;
        if self.change.shown.contains(&self.row) && is_on(start, "hidden") {
            self.out.push_str(&shown(start, &self.xml[before..after]));
            self.copied = after;
        }
    }

    fn empty_row(&mut self, start: &BytesStart<'_>, before: usize, after: usize) {
        let begun = self.out.len() + before - self.copied;
        self.row_begins(start, before, after);
        if self.change.rows.contains_key(&self.row) {
            // Its tag was copied or shown already, or is copied now.
            self.copy(after);
            let tag = self.out.rfind('<').filter(|at| *at >= begun).unwrap_or(begun);
            let opened = opened(&self.out[tag..]);
            self.out.truncate(tag);
            self.out.push_str(&opened);
            self.cells_before(u32::MAX);
            self.close("row");
        }
        self.row += 1;
    }

    fn cell(&mut self, start: &BytesStart<'_>, before: usize, end: usize, inside: &str) {
        let at = value(start, "r").and_then(|name| cell(&name));
        let column = at.map_or(self.column, |(_, column)| column);
        self.column = column + 1;
        self.copy(before);
        self.cells_before(column);
        self.next_column = self.next_column.max(column + 1);
        let Some(wanted) = self.change.rows.get(&self.row).and_then(|cells| cells.get(&column)) else { return };
        let style = value(start, "s");
        let formula = formula(inside);
        self.write(wanted, style.as_deref(), formula);
        self.copied = end;
    }

    /// Cells of the row that were not there, as far as that column.
    fn cells_before(&mut self, column: u32) {
        let (row, first) = (self.row, self.next_column);
        let Some(cells) = self.change.rows.get(&row) else { return };
        if first >= column {
            return;
        }
        let wanted: Vec<&CellText> = cells.range(first..column).map(|(_, cell)| *cell).collect();
        for cell in wanted {
            let look = cell.like.and_then(|like| self.looks.get(&like)).cloned();
            self.write(cell, look.as_deref(), None);
        }
        self.next_column = column;
    }

    /// Rows that were not there, as far as that one.
    fn rows_before(&mut self, row: u32) {
        let rows: Vec<u32> =
            self.change.rows.range(self.next_row..row.max(self.next_row)).map(|(row, _)| *row).collect();
        let here = self.row;
        for row in rows {
            (self.row, self.next_column) = (row, 0);
            let _ = write!(self.out, "<{}row r=\"{}\">", self.prefix, row + 1);
            self.cells_before(u32::MAX);
            self.close("row");
        }
        (self.row, self.next_column, self.next_row) = (here, 0, row.max(self.next_row));
    }

    fn write(&mut self, cell: &CellText, style: Option<&str>, formula: Option<&str>) {
        let name = cell_name(cell.row, cell.column);
        let style = style.map(|style| format!(" s=\"{}\"", escaped(style))).unwrap_or_default();
        let p = &self.prefix;
        let text = escaped(&cell.text);
        let _ = match formula {
            Some(formula) => {
                self.formulas.push(name.clone());
                write!(self.out, "<{p}c r=\"{name}\"{style} t=\"str\">{formula}<{p}v>{text}</{p}v></{p}c>")
            }
            None if cell.text.is_empty() => write!(self.out, "<{p}c r=\"{name}\"{style}/>"),
            None => write!(
                self.out,
                "<{p}c r=\"{name}\"{style} t=\"inlineStr\"><{p}is><{p}t xml:space=\"preserve\">{text}</{p}t></{p}is></{p}c>"
            ),
        };
    }

    fn merges(&mut self) {
        for [top, left, bottom, right] in &self.change.merges {
            let area = format!("{}:{}", cell_name(*top, *left), cell_name(*bottom, *right));
            let _ = write!(self.out, "<{}mergeCell ref=\"{area}\"/>", self.prefix);
        }
    }
}

fn place(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

fn prefix(start: &BytesStart<'_>) -> String {
    start.name().prefix().map(|prefix| format!("{}:", prefix.as_ref())).unwrap_or_default()
}

/// Reads to the end of a cell; gives where its end tag begins.
fn inside(reader: &mut Reader<&[u8]>) -> Result<usize, String> {
    loop {
        let before = place(reader.buffer_position());
        match reader.read_event().map_err(|_| BROKEN.to_owned())? {
            Event::End(end) if end.local_name().as_ref() == "c" => return Ok(before),
            Event::Eof => return Err(BROKEN.to_owned()),
            _ => {}
        }
    }
}

/// The formula of a cell as it stands there.
fn formula(inside: &str) -> Option<&str> {
    let mut reader = Reader::from_str(inside);
    let mut start = None;
    loop {
        let before = place(reader.buffer_position());
        match reader.read_event() {
            Ok(Event::Empty(tag)) if tag.local_name().as_ref() == "f" => {
                return inside.get(before..place(reader.buffer_position()));
            }
            Ok(Event::Start(tag)) if tag.local_name().as_ref() == "f" => start = Some(before),
            Ok(Event::End(tag)) if tag.local_name().as_ref() == "f" => {
                return inside.get(start?..place(reader.buffer_position()));
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// The looks of the cells that others are to look like.
fn looks(xml: &str, change: &SheetChange<'_>) -> BTreeMap<(u32, u32), String> {
    let all = change.rows.values().flat_map(BTreeMap::values);
    let wanted: BTreeSet<(u32, u32)> = all.filter_map(|cell| cell.like).collect();
    let mut looks = BTreeMap::new();
    if wanted.is_empty() {
        return looks;
    }
    let mut reader = Reader::from_str(xml);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == "c" => {
                let at = value(&start, "r").and_then(|name| cell(&name)).filter(|at| wanted.contains(at));
                if let (Some(at), Some(style)) = (at, value(&start, "s")) {
                    looks.insert(at, style);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    looks
}

/// The tag of a row without what hides it, however that is written.
fn shown(start: &BytesStart<'_>, tag: &str) -> String {
    let mut shown = format!("<{}", start.name().as_ref());
    let mut attributes = start.attributes();
    for known in attributes.with_checks(false).filter_map(Result::ok) {
        if known.key.local_name().as_ref() != "hidden" {
            let quote = if known.value.contains('"') { '\'' } else { '"' };
            let _ = write!(shown, " {}={quote}{}{quote}", known.key.as_ref(), known.value);
        }
    }
    shown + if tag.ends_with("/>") { "/>" } else { ">" }
}

/// The tag of an empty element, as one that has something in it.
fn opened(tag: &str) -> String {
    format!("{}>", tag.trim_end_matches('>').trim_end_matches('/').trim_end())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn text(row: u32, column: u32, text: &str) -> CellText {
        CellText { sheet: 0, row, column, text: text.to_owned(), like: None }
    }

    fn check(xml: &str, cells: &[CellText], expected: &str) {
        let mut change = SheetChange::default();
        for cell in cells {
            change.rows.entry(cell.row).or_default().insert(cell.column, cell);
        }
        change.shown.insert(4);
        assert_eq!(splice(xml, &change).unwrap().xml, expected);
    }

    #[test]
    fn only_the_cells_that_change_are_written() {
        let said = "t=\"inlineStr\"><is><t xml:space=\"preserve\">";
        check(
            "<?xml?><w a='1'><sheetData><row r=\"1\" ht='3'><c r=\"A1\" s=\"2\" t=\"s\"><v>0</v></c><c r=\"C1\"/></row> </sheetData><z/></w>",
            &[text(0, 0, "新&\n"), text(0, 1, "間"), text(2, 0, "下")],
            &format!(
                "<?xml?><w a='1'><sheetData><row r=\"1\" ht='3'><c r=\"A1\" s=\"2\" {said}新&amp;\n</t></is></c><c r=\"B1\" {said}間</t></is></c><c r=\"C1\"/></row> <row r=\"3\"><c r=\"A3\" {said}下</t></is></c></row></sheetData><z/></w>"
            ),
        );
        check(
            "<w><sheetData/></w>",
            &[text(0, 0, "a")],
            &format!("<w><sheetData><row r=\"1\"><c r=\"A1\" {said}a</t></is></c></row></sheetData></w>"),
        );
        check(
            "<x:w><x:sheetData><x:row r=\"5\" hidden=\"1\"/><x:row r=\"7\"><x:c r=\"A7\"><x:f>B2</x:f><x:v>1</x:v></x:c></x:row></x:sheetData></x:w>",
            &[text(4, 1, "b"), text(6, 0, "")],
            &format!(
                "<x:w><x:sheetData><x:row r=\"5\"><x:c r=\"B5\" {}b</x:t></x:is></x:c></x:row><x:row r=\"7\"><x:c r=\"A7\" t=\"str\"><x:f>B2</x:f><x:v></x:v></x:c></x:row></x:sheetData></x:w>",
                said.replace("<is><t", "<x:is><x:t")
            ),
        );
        // Rows and cells that do not say where they are follow each other.
        check(
            "<w><sheetData><row><c/><c><v>3</v></c></row><row><c><v>4</v></c></row></sheetData></w>",
            &[text(0, 1, ""), text(1, 0, "_x000D_")],
            &format!(
                "<w><sheetData><row><c/><c r=\"B1\"/></row><row><c r=\"A2\" {said}_x005F_x000D_</t></is></c></row></sheetData></w>"
            ),
        );
    }
}
