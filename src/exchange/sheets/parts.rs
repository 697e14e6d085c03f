//! Worksheets → the bytes of an .xlsx: a packed folder of XML parts, the same for the same sheets.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::OWN_END;
use super::grid::{Cells, Edges, Face, Grid};
use crate::exchange::boxes::{cell_name, column_letters};
use crate::exchange::cell_text::escaped;

/// The sheet that holds what cells offer; nobody sees it.
const LISTS: &str = "選択肢";
/// Longest name of a sheet.
const LONGEST_NAME: usize = 31;
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const SHEET_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// Looks that are used, each with its number.
type Looks = BTreeMap<(Face, Edges), usize>;

/// Writes a book.
pub(super) fn write(mut grids: Vec<Grid>, lists: &[Vec<String>], title: &str) -> Vec<u8> {
    let n_shown = grids.len();
    if !lists.is_empty() {
        grids.push(list_sheet(lists));
    }
    let names = names(&grids);
    let used: BTreeSet<(Face, Edges)> =
        grids.iter().flat_map(|grid| grid.cells.values().map(|cell| (cell.face, cell.edges))).collect();
    // The first look is that of cells nobody wrote.
    let looks: Looks = std::iter::once((Face::Plain, Edges::default()))
        .chain(used.into_iter().filter(|look| *look != (Face::Plain, Edges::default())))
        .enumerate()
        .map(|(number, look)| (look, number))
        .collect();
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), content_types(grids.len())),
        (
            "_rels/.rels".to_owned(),
            links(&[
                (&format!("{LINKS}/officeDocument"), "xl/workbook.xml"),
                (&format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml"),
            ]),
        ),
        ("docProps/core.xml".to_owned(), properties(title)),
        ("xl/workbook.xml".to_owned(), workbook(&grids, &names, n_shown)),
        ("xl/_rels/workbook.xml.rels".to_owned(), workbook_links(grids.len())),
        ("xl/styles.xml".to_owned(), styles(&looks)),
    ];
    for (number, grid) in (1..).zip(&grids) {
        parts.push((format!("xl/worksheets/sheet{number}.xml"), worksheet(grid, lists, &looks)));
    }
    pack(&parts)
}

/// Writing into memory does not fail; should it do so, the book is cut and no spreadsheet opens it.
fn pack(parts: &[(String, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        if zip.start_file(name.as_str(), SimpleFileOptions::default()).is_ok() {
            let _ = zip.write_all(text.as_bytes());
        }
    }
    let _ = zip.set_raw_comment(OWN_END.into());
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn list_sheet(lists: &[Vec<String>]) -> Grid {
    let mut grid = Grid { name: LISTS.to_owned(), widths: vec![20.0; lists.len()], ..Grid::default() };
    for (column, list) in (0..).zip(lists) {
        for (row, option) in (0..).zip(list) {
            grid.put(Cells::row(row, column, column), option, Face::Plain);
        }
    }
    grid
}

/// Names as Excel wants them: short, without some signs, each once.
fn names(grids: &[Grid]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut names = Vec::new();
    for grid in grids {
        let bare = grid.name.split('※').next().unwrap_or_default();
        let fits = |c: &char| !c.is_whitespace() && !c.is_control() && !"[]:*?/\\'\u{FFFE}\u{FFFF}".contains(*c);
        let bare: String = bare.chars().filter(fits).take(LONGEST_NAME - 5).collect();
        let bare = if bare.is_empty() { "シート".to_owned() } else { bare };
        let numbered = (2..).map(|n| format!("{bare}({n})"));
        let mut all = std::iter::once(bare.clone()).chain(numbered);
        let name = all.find(|name| taken.insert(name.to_lowercase())).unwrap_or(bare);
        names.push(name);
    }
    names
}

fn content_types(n_sheets: usize) -> String {
    let mut xml = format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{SHEET_TYPE}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{SHEET_TYPE}.styles+xml\"/>\
         <Override PartName=\"/docProps/core.xml\" \
         ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
    );
    for number in 1..=n_sheets {
        let _ = write!(
            xml,
            "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{SHEET_TYPE}.worksheet+xml\"/>"
        );
    }
    xml + "</Types>"
}

fn links(targets: &[(&str, &str)]) -> String {
    let mut xml = format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for (number, (kind, target)) in (1..).zip(targets) {
        let _ = write!(xml, "<Relationship Id=\"rId{number}\" Type=\"{kind}\" Target=\"{target}\"/>");
    }
    xml + "</Relationships>"
}

fn workbook_links(n_sheets: usize) -> String {
    let sheets: Vec<String> = (1..=n_sheets).map(|number| format!("worksheets/sheet{number}.xml")).collect();
    let (of_sheet, of_styles) = (format!("{LINKS}/worksheet"), format!("{LINKS}/styles"));
    let mut targets: Vec<(&str, &str)> = sheets.iter().map(|path| (of_sheet.as_str(), path.as_str())).collect();
    targets.push((&of_styles, "styles.xml"));
    links(&targets)
}

fn properties(title: &str) -> String {
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title></cp:coreProperties>",
        escaped(title)
    )
}

fn workbook(grids: &[Grid], names: &[String], n_shown: usize) -> String {
    let mut xml = format!("{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{LINKS}\"><sheets>");
    for (index, name) in names.iter().enumerate() {
        let state = if index < n_shown { "" } else { " state=\"hidden\"" };
        let number = index + 1;
        let _ = write!(xml, "<sheet name=\"{}\" sheetId=\"{number}\"{state} r:id=\"rId{number}\"/>", escaped(name));
    }
    xml.push_str("</sheets>");
    let heads = grids.iter().zip(names).enumerate().filter_map(|(index, (grid, name))| {
        let row = grid.head_row? + 1;
        let name = escaped(name);
        Some(format!(
            "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{index}\">'{name}'!${row}:${row}</definedName>"
        ))
    });
    let heads: String = heads.collect();
    if !heads.is_empty() {
        let _ = write!(xml, "<definedNames>{heads}</definedNames>");
    }
    xml + "</workbook>"
}

fn styles(looks: &Looks) -> String {
    let font = |size: u8, bold: &str| format!("<font>{bold}<sz val=\"{size}\"/><name val=\"ＭＳ ゴシック\"/></font>");
    let mut xml = format!(
        "{HEAD}<styleSheet xmlns=\"{MAIN}\"><fonts count=\"3\">{}{}{}</fonts>\
         <fills count=\"4\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>\
         {}{}</fills>",
        font(10, ""),
        font(14, "<b/>"),
        font(10, "<b/>"),
        fill("FFF2F2F2"),
        fill("FFD9E2EC"),
    );
    let mut by_number: Vec<(&(Face, Edges), usize)> = looks.iter().map(|(look, number)| (look, *number)).collect();
    by_number.sort_by_key(|(_, number)| *number);
    let _ = write!(xml, "<borders count=\"{}\">", by_number.len());
    for ((_, edges), _) in &by_number {
        let edge = |name: &str, on: bool| {
            if on { format!("<{name} style=\"thin\"><color auto=\"1\"/></{name}>") } else { format!("<{name}/>") }
        };
        let _ = write!(
            xml,
            "<border>{}{}{}{}<diagonal/></border>",
            edge("left", edges.left),
            edge("right", edges.right),
            edge("top", edges.top),
            edge("bottom", edges.bottom)
        );
    }
    let _ = write!(
        xml,
        "</borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
         <cellXfs count=\"{}\">",
        by_number.len()
    );
    for ((face, _), number) in &by_number {
        let (font, fill, across) = match face {
            Face::Plain | Face::Word => (0, 0, "left"),
            Face::Title => (1, 0, "center"),
            Face::Section => (2, 3, "left"),
            Face::Label => (0, 2, "left"),
            Face::Middle => (0, 0, "center"),
        };
        let up = if matches!(face, Face::Plain) { "top" } else { "center" };
        // 49 is text: what is typed there stays what was typed.
        let _ = write!(
            xml,
            "<xf numFmtId=\"49\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{number}\" xfId=\"0\" \
             applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\">\
             <alignment horizontal=\"{across}\" vertical=\"{up}\" wrapText=\"1\"/></xf>"
        );
    }
    xml + "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"標準\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
}

fn fill(colour: &str) -> String {
    format!(
        "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"{colour}\"/><bgColor indexed=\"64\"/></patternFill></fill>"
    )
}

fn worksheet(grid: &Grid, lists: &[Vec<String>], looks: &Looks) -> String {
    let mut xml = format!(
        "{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>\
         <sheetViews><sheetView showGridLines=\"0\" workbookViewId=\"0\">"
    );
    if let Some(row) = grid.head_row {
        let n = row + 1;
        let next = n + 1;
        let _ =
            write!(xml, "<pane ySplit=\"{n}\" topLeftCell=\"A{next}\" activePane=\"bottomLeft\" state=\"frozen\"/>");
    }
    xml.push_str("</sheetView></sheetViews><cols>");
    for (number, width) in (1..).zip(&grid.widths) {
        let _ = write!(xml, "<col min=\"{number}\" max=\"{number}\" width=\"{width:.2}\" customWidth=\"1\"/>");
    }
    xml.push_str("</cols><sheetData>");
    let mut open = None;
    for ((row, column), cell) in &grid.cells {
        if open != Some(*row) {
            if open.is_some() {
                xml.push_str("</row>");
            }
            let height = grid
                .heights
                .get(row)
                .map_or_else(String::new, |height| format!(" ht=\"{height:.1}\" customHeight=\"1\""));
            let _ = write!(xml, "<row r=\"{}\"{height}>", row + 1);
            open = Some(*row);
        }
        let look = looks.get(&(cell.face, cell.edges)).copied().unwrap_or_default();
        let name = cell_name(*row, *column);
        if cell.text.is_empty() {
            let _ = write!(xml, "<c r=\"{name}\" s=\"{look}\"/>");
        } else {
            let text = escaped(&cell.text);
            let _ = write!(
                xml,
                "<c r=\"{name}\" s=\"{look}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
            );
        }
    }
    if open.is_some() {
        xml.push_str("</row>");
    }
    xml.push_str("</sheetData>");
    behind_cells(grid, lists, &mut xml);
    xml + "</worksheet>"
}

/// What stands behind the cells: which are one, what they offer, how they are printed.
fn behind_cells(grid: &Grid, lists: &[Vec<String>], xml: &mut String) {
    if !grid.merged.is_empty() {
        let _ = write!(xml, "<mergeCells count=\"{}\">", grid.merged.len());
        for Cells { top, left, bottom, right } in &grid.merged {
            let _ = write!(xml, "<mergeCell ref=\"{}:{}\"/>", cell_name(*top, *left), cell_name(*bottom, *right));
        }
        xml.push_str("</mergeCells>");
    }
    if !grid.offers.is_empty() {
        let _ = write!(xml, "<dataValidations count=\"{}\">", grid.offers.len());
        for (row, column, list) in &grid.offers {
            let letters = column_letters(u32::try_from(*list).unwrap_or_default());
            let n = lists.get(*list).map_or(1, Vec::len).max(1);
            // Something else may be written: the check will say so.
            let _ = write!(
                xml,
                "<dataValidation type=\"list\" allowBlank=\"1\" showErrorMessage=\"0\" sqref=\"{}\">\
                 <formula1>'{LISTS}'!${letters}$1:${letters}${n}</formula1></dataValidation>",
                cell_name(*row, *column)
            );
        }
        xml.push_str("</dataValidations>");
    }
    let lies = if grid.is_landscape { "landscape" } else { "portrait" };
    let _ = write!(
        xml,
        "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.7\" header=\"0.3\" footer=\"0.3\"/>\
         <pageSetup paperSize=\"9\" orientation=\"{lies}\" fitToWidth=\"1\" fitToHeight=\"0\"/>\
         <headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_short_and_each_once() {
        let grid = |name: &str| Grid { name: name.to_owned(), ..Grid::default() };
        let all = names(&[
            grid("Ⅱ　ファイルの概要"),
            grid("Ⅱ ファイルの概要※"),
            grid("[a]:*?/\\'"),
            grid(""),
            grid(&"長".repeat(50)),
        ]);
        assert_eq!(all[..4], ["Ⅱファイルの概要", "Ⅱファイルの概要(2)", "a", "シート"]);
        assert_eq!(all[4].chars().count(), 26);
    }
}
