//! A copy of a book in which some cells say something else. Every other part of it is copied as it is packed.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::parts::Parts;
use super::splice::{SheetChange, splice};
use super::{BROKEN, WORD, WrittenBook, xlsx};
use crate::exchange::boxes::{Rewriting, ShapeText};
use crate::exchange::worker::Pieces;

/// The worker's part: what is to be written, after its length, then the book.
pub fn fill_pieces(bytes: Vec<u8>) -> Result<Pieces, String> {
    let broken = || BROKEN.to_owned();
    let (length, rest) = bytes.split_at_checked(8).ok_or_else(broken)?;
    let length = length.try_into().map(u64::from_le_bytes).map_err(|_| broken())?;
    let (told, book) =
        usize::try_from(length).ok().and_then(|length| rest.split_at_checked(length)).ok_or_else(broken)?;
    let rewriting = Rewriting::told(told).ok_or_else(broken)?;
    let WrittenBook { bytes, formulas, ending } = rewrite(book, &rewriting)?;
    let told = std::iter::once(ending).chain(formulas).collect::<Vec<_>>().join("\n");
    Ok(vec![bytes, told.into_bytes()])
}

/// What the worker said.
pub(super) fn told(bytes: Vec<u8>, told: Vec<u8>) -> Option<WrittenBook> {
    let told = String::from_utf8(told).ok()?;
    let mut lines = told.lines().map(str::to_owned);
    let ending = lines.next().filter(|ending| ENDINGS.iter().any(|(_, known)| known == ending))?;
    Some(WrittenBook { bytes, formulas: lines.collect(), ending })
}

/// What the worker is given.
pub(super) fn input(rewriting: &Rewriting, book: &[u8]) -> Option<Vec<u8>> {
    let told = rewriting.tell()?;
    let mut input = u64::try_from(told.len()).ok()?.to_le_bytes().to_vec();
    input.extend(told);
    input.extend_from_slice(book);
    Some(input)
}

/// How the name of a book ends, by what it says its main part is. The first is that of one which says nothing of the kind.
const ENDINGS: [(&str, &str); 4] = [
    ("spreadsheetml.sheet.main+xml", "xlsx"),
    ("sheet.macroEnabled.main+xml", "xlsm"),
    ("spreadsheetml.template.main+xml", "xltx"),
    ("template.macroEnabled.main+xml", "xltm"),
];

fn ending(parts: &mut Parts<'_>) -> String {
    let types = parts.tree("[Content_Types].xml");
    let mut known = Vec::new();
    types.all("Override", &mut known);
    let main = known.iter().find(|part| part.attribute("PartName") == Some("/xl/workbook.xml"));
    let kind = main.and_then(|part| part.attribute("ContentType")).unwrap_or_default();
    let found = ENDINGS.iter().find(|(end, _)| kind.ends_with(end)).unwrap_or(&ENDINGS[0]);
    found.1.to_owned()
}

/// The book with the cells written.
pub(super) fn rewrite(book: &[u8], rewriting: &Rewriting) -> Result<WrittenBook, String> {
    let mut parts = Parts::open(book)?;
    if parts.has("word/document.xml") {
        return Err(WORD.to_owned());
    }
    let names = xlsx::sheet_names(book)?;
    let paths = xlsx::paths(&mut parts);
    let ending = ending(&mut parts);
    let mut changes: BTreeMap<String, SheetChange<'_>> = BTreeMap::new();
    let path_of = |sheet: usize| names.get(sheet).and_then(|name| paths.get(name)).cloned();
    for cell in &rewriting.cells {
        let path = path_of(cell.sheet).ok_or_else(|| BROKEN.to_owned())?;
        changes.entry(path).or_default().rows.entry(cell.row).or_default().insert(cell.column, cell);
    }
    for (sheet, row) in &rewriting.shown_rows {
        changes.entry(path_of(*sheet).unwrap_or_default()).or_default().shown.insert(*row);
    }
    for (sheet, area) in &rewriting.merges {
        changes.entry(path_of(*sheet).unwrap_or_default()).or_default().merges.push(*area);
    }
    let mut written: BTreeMap<String, String> = BTreeMap::new();
    let mut formulas = Vec::new();
    for (path, change) in changes.iter().filter(|(path, _)| !path.is_empty()) {
        let xml = parts.exact_text(path).ok_or_else(|| BROKEN.to_owned())?;
        let spliced = splice(&xml, change)?;
        let of_sheet = names.iter().find(|name| paths.get(*name) == Some(path));
        let sheet = of_sheet.map(String::as_str).unwrap_or_default();
        formulas.extend(spliced.formulas.iter().map(|cell| format!("{sheet}!{cell}")));
        if spliced.xml != xml {
            written.insert(path.clone(), spliced.xml);
        }
    }
    shapes(&mut parts, &path_of, &rewriting.shapes, &mut written)?;
    drop(parts);
    let bytes = packed(book, &written).ok_or_else(|| BROKEN.to_owned())?;
    Ok(WrittenBook { bytes, formulas, ending })
}

/// The drawings with other words in some shapes.
fn shapes(
    parts: &mut Parts<'_>,
    path_of: &dyn Fn(usize) -> Option<String>,
    shapes: &[ShapeText],
    written: &mut BTreeMap<String, String>,
) -> Result<(), String> {
    let broken = || BROKEN.to_owned();
    let mut sheets: Vec<usize> = shapes.iter().map(|shape| shape.sheet).collect();
    sheets.sort_unstable();
    sheets.dedup();
    for sheet in sheets {
        let here: Vec<&ShapeText> = shapes.iter().filter(|shape| shape.sheet == sheet).collect();
        let path = path_of(sheet).ok_or_else(broken)?;
        let drawings = parts.targets(&path).into_iter().filter(|(_, kind, _)| kind == "drawing");
        for (_, _, drawing) in drawings.collect::<Vec<_>>() {
            let xml = parts.exact_text(&drawing).ok_or_else(broken)?;
            let spliced = super::shapes::splice(&xml, &here)?;
            if spliced != xml {
                written.insert(drawing, spliced);
            }
        }
    }
    Ok(())
}

/// The packed folder with other parts in the place of some.
fn packed(book: &[u8], written: &BTreeMap<String, String>) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(book)).ok()?;
    let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(book.len() + (1 << 16))));
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).ok()?;
        let name = part.name().map(|name| name.to_string()).unwrap_or_default();
        match written.get(&name) {
            None => out.raw_copy_file(part).ok()?,
            Some(xml) => {
                let time = part.last_modified().unwrap_or_default();
                let options = SimpleFileOptions::default()
                    .compression_method(CompressionMethod::Deflated)
                    .last_modified_time(time);
                out.start_file(name, options).ok()?;
                out.write_all(xml.as_bytes()).ok()?;
            }
        }
    }
    Some(out.finish().ok()?.into_inner())
}

/// Reads a part to its end.
pub(super) fn whole(part: impl Read, max: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    part.take(max + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= max).then_some(bytes)
}
