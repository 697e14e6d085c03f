//! Copied text, pages, Word tables and folders: what comes in where, and what is refused.

use std::io::Write;

use hyoukasho::exchange::boxes::ForeignSource;
use hyoukasho::exchange::placer;
use hyoukasho::exchange::text;

use super::{book_of, code_and_words, hyoukasho, whole};

/// The plain sheet row by row.
fn rows(source: &ForeignSource) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for one in &source.boxes {
        let (row, column) = (one.area.top as usize, one.area.left as usize);
        rows.resize(rows.len().max(row + 1), Vec::new());
        let cells = &mut rows[row];
        cells.resize(cells.len().max(column + 1), String::new());
        cells[column].clone_from(&one.text);
    }
    rows
}

fn quoted(cell: &str, by: char) -> String {
    if cell.contains([by, '\n', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

fn delimited(by: char) -> String {
    let line = |row: &Vec<String>| {
        let mut cells: Vec<String> = row.iter().map(|cell| quoted(cell, by)).collect();
        cells.resize(6, String::new());
        cells.join(&by.to_string())
    };
    rows(&whole()).iter().map(line).collect::<Vec<_>>().join("\r\n")
}

fn page() -> String {
    let cell =
        |cell: &String| format!("<td>{}", cell.replace('&', "&amp;").replace('<', "&lt;").replace('\n', "<br>\n  "));
    let row = |row: &Vec<String>| format!("<tr>{}", row.iter().map(cell).collect::<String>());
    let all: String = rows(&whole()).iter().map(row).collect();
    format!(
        "Version:0.9\r\nStartHTML:0000\r\n<html><head><style>td{{}}</style></head><table border=1>{all}</table></html>"
    )
}

/// Tables come in as the book does, whatever they were copied as.
#[test]
fn a_table_comes_in_as_its_book() {
    let (of_book, receipt) = placer::place(&whole()).unwrap();
    assert!(receipt.sums.agree());
    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(delimited('\t').encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for (what, bytes) in [
        ("tabs", delimited('\t').into_bytes()),
        ("commas", delimited(',').into_bytes()),
        ("page", page().into_bytes()),
        ("wide", wide),
    ] {
        let (state, receipt) = placer::place(&text::boxes(&bytes).unwrap()).unwrap();
        assert!(receipt.sums.agree(), "{what}: {receipt}");
        assert_eq!(state.document, of_book.document, "{what}: {receipt}");
    }
}

/// Of lines alone what stands on the line of its label is sure; the rest is marked or left, and nothing is lost.
#[test]
fn of_lines_what_is_sure_is_placed_and_the_rest_is_kept() {
    let lines: String = rows(&whole()).iter().map(|row| format!("{}\n", row.join(" ").trim_end())).collect();
    let (state, receipt) = placer::place(&text::boxes(lines.as_bytes()).unwrap()).unwrap();
    assert!(receipt.sums.agree(), "{receipt}");
    let common = &state.document.common.answers;
    let text = |id: &str| common.get(id).and_then(|answer| answer.as_text()).unwrap_or_default().trim().to_owned();
    assert_eq!(text("related.affairs.name"), "住民税に関する事務");
    assert_eq!(text("related.linkage.legal_basis"), "番号法第19条第８号");
    assert!(!receipt.doubts.iter().any(|doubt| doubt.at.item == "related.affairs.name"));
}

/// The command tells what a file is by its first bytes.
#[test]
fn the_command_reads_texts_and_refuses_what_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("頁.dat"), page()).unwrap();
    std::fs::write(at("語.docx"), word()).unwrap();
    for name in ["頁.dat", "語.docx"] {
        let ended = hyoukasho(folder.path(), &["import", name, "a.ron"]);
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.code(), Some(0), "{name}: {said}");
        assert!(std::fs::read_to_string(at("a.ron")).unwrap().contains("番号法第19条第８号"));
    }
    let old = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).chain([0, 0]).collect();
        [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &wide].concat()
    };
    for (bytes, word) in [
        (b"\x89PNG\r\n\x1a\n".to_vec(), "スキャン"),
        (old("WordDocument"), ".docx"),
        (old("JSRV_SegmentInformation"), "一太郎"),
        ("買い物の覚え\n牛乳\n".as_bytes().to_vec(), "様式とは認められません"),
    ] {
        std::fs::write(at("何か"), bytes).unwrap();
        let ended = hyoukasho(folder.path(), &["import", "何か", "b.ron"]);
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(ended.status.code() == Some(2) && said.contains(word) && !at("b.ron").exists(), "{said}");
    }
}

/// A Word document whose one table is the plain sheet.
fn word() -> Vec<u8> {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('\n', "</w:t><w:br/><w:t>");
    let cell = |cell: &String| format!("<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>", escaped(cell));
    let row = |row: &Vec<String>| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>());
    let all: String = rows(&whole()).iter().map(row).collect();
    let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    write!(zip, "<w:document xmlns:w=\"{main}\"><w:body><w:tbl>{all}</w:tbl></w:body></w:document>").unwrap();
    zip.finish().unwrap().into_inner()
}

/// A folder, or a packed one, comes in document by document: each with its receipt, the damaged ones told.
#[test]
fn many_come_in_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir_all(at("去年/課")).unwrap();
    let book = book_of(&whole(), "");
    let files = [
        ("一.xlsx", book.clone()),
        ("課/一.xlsx", book),
        ("課/二.html", page().into_bytes()),
        ("課/覚え.png", vec![1]),
    ];
    for (name, bytes) in &files {
        std::fs::write(at("去年").join(name), bytes).unwrap();
    }
    let run = |arguments: &[&str]| code_and_words(folder.path(), arguments);
    let (code, said) = run(&["import", "去年", "下書き"]);
    assert_eq!(code, Some(0), "{said}");
    for name in ["一", "課/一", "課/二"] {
        assert!(
            at(&format!("下書き/{name}.ron")).exists() && at(&format!("下書き/{name}.受取書.json")).exists(),
            "{said}"
        );
    }
    assert!(said.contains("3件のうち3件") && said.contains("ほかの種類のファイル1件"), "{said}");
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files
        .iter()
        .map(|(name, bytes)| (*name, bytes.clone()))
        .chain([("../外.xlsx", b"PK".to_vec()), ("壊れ.xlsx", b"PK\x03\x04 cut".to_vec())])
    {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    std::fs::write(at("去年.zip"), zip.finish().unwrap().into_inner()).unwrap();
    let (code, said) = run(&["import", "去年.zip", "次"]);
    assert_eq!(code, Some(2), "a damaged one is told: {said}");
    assert!(said.contains("4件のうち3件") && said.contains("壊れ.xlsx") && at("次/課/二.ron").exists(), "{said}");
    assert!(!at("外.ron").exists());
}
