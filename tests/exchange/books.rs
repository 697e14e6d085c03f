//! Books, Word documents, pages and texts that were made to harm whoever reads them.

use std::io::{Cursor, Write};

use super::hostile::Case;

/// All of them, each with what it does and its name.
pub fn cases() -> Vec<(&'static str, Case)> {
    let sheet = |data: &str| format!("<worksheet xmlns=\"{MAIN}\">{data}</worksheet>");
    let deep = |tag: &str, n: usize| format!("<{tag}>").repeat(n);
    let rows: String =
        (1..=200_000).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>{row}</v></c></row>")).collect();
    let merges: String = (0..100_000).map(|_| "<mergeCell ref=\"A1:XFD1048576\"/>").collect();
    let strings = format!("<sst xmlns=\"{MAIN}\">{}", "<si><t>評</t></si>".repeat(3_000_000));
    // Cells that say the same words: so many rows of so many columns.
    let labels = |words: &[&str], n_rows: usize| {
        let items: String = words.iter().map(|word| format!("<si><t>{word}</t></si>")).collect();
        let cells: String = (0..words.len()).map(|n| format!("<c t=\"s\"><v>{n}</v></c>")).collect();
        let rows = format!("<row>{cells}</row>").repeat(n_rows);
        book(&sheet(&format!("<sheetData>{rows}</sheetData>")), &format!("<sst xmlns=\"{MAIN}\">{items}</sst>"), 1)
    };
    let heads = ["変更日", "項目", "変更前の記載", "変更後の記載", "提出時期", "提出時期に係る説明"];
    vec![
        ("a.xlsx", ("a sheet that unpacks to a gigabyte", book(&sheet(&" ".repeat(90 << 20)), "<sst/>", 12))),
        ("a.xlsx", ("a part larger than any", book(&" ".repeat(100 << 20), "<sst/>", 1))),
        ("a.xlsx", ("more rows than any form", book(&sheet(&format!("<sheetData>{rows}</sheetData>")), "<sst/>", 3))),
        ("a.xlsx", ("endless words", book(&sheet("<sheetData/>"), &strings, 1))),
        ("a.xlsx", ("one label in every row", labels(&["項目"], 199_000))),
        ("a.xlsx", ("one label in every cell of some rows", labels(&["項目"; 16_000], 12))),
        ("a.xlsx", ("a head of the change table in every row", labels(&heads, 33_000))),
        ("a.xlsx", ("a title in every row", labels(&["Ⅰ　関連情報", "法令上の根拠", "文"], 66_000))),
        ("a.xlsx", ("elements in elements", book(&deep("a", 2_000_000), "<sst/>", 1))),
        (
            "a.xlsx",
            (
                "one cell over everything",
                book(
                    &sheet(&format!(
                        "<sheetData><row r=\"1\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData><mergeCells>{merges}</mergeCells>"
                    )),
                    "<sst/>",
                    1,
                ),
            ),
        ),
        (
            "a.docx",
            (
                "tables in tables",
                packed(&[("word/document.xml", format!("<d><body>{}", deep("tbl><tr><tc", 500_000)))]),
            ),
        ),
        (
            "a.html",
            ("a page of tables in tables", format!("<html>{}評価書", "<table><tr><td>".repeat(300_000)).into_bytes()),
        ),
        ("a.html", ("heads that never end", format!("<html>評価書{}", "<style></s".repeat(300_000)).into_bytes())),
        ("a.txt", ("one line without end", "評価書 ".repeat(1 << 20).into_bytes())),
        ("a.csv", ("quotes without end", format!("評価書,a\n\"{}", "\"\",\"".repeat(1 << 20)).into_bytes())),
    ]
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// A book whose sheets are all the same part.
fn book(sheet: &str, strings: &str, n_sheets: usize) -> Vec<u8> {
    let links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let sheets: String =
        (1..=n_sheets).map(|n| format!("<sheet name=\"{n}\" sheetId=\"{n}\" r:id=\"r{n}\"/>")).collect();
    let targets: String = (1..=n_sheets)
        .map(|n| format!("<Relationship Id=\"r{n}\" Type=\"{links}/worksheet\" Target=\"worksheets/s{n}.xml\"/>"))
        .collect();
    let mut parts = vec![
        (
            "[Content_Types].xml".to_owned(),
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned(),
        ),
        (
            "_rels/.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"b\" Type=\"{links}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{links}\"><sheets>{sheets}</sheets></workbook>"),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"{package}\">{targets}<Relationship Id=\"s\" Type=\"{links}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
            ),
        ),
        ("xl/sharedStrings.xml".to_owned(), strings.to_owned()),
    ];
    parts.extend((1..=n_sheets).map(|n| (format!("xl/worksheets/s{n}.xml"), sheet.to_owned())));
    let parts: Vec<(&str, String)> = parts.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    packed(&parts)
}

fn packed(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
