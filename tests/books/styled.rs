//! Books as offices have them: looks, areas that are merged, several sheets, hidden rows. What of their XML is written anew,
//! and what is refused because a book cannot say it.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;

use hyoukasho::draft::{Answer, ChangeRow, Document, format};
use hyoukasho::exchange::boxes::{Area, Carrier, ForeignSource, Pen, Rewriting, TextBox, Visibility, cell_name};
use hyoukasho::exchange::placer::filling;
use hyoukasho::exchange::{book, placer, sheets};
use hyoukasho::form::{Kind, shipped};
use hyoukasho::print;

use super::{code_and_words, edited, sheet, whole};

/// How a book is written.
#[derive(Default)]
struct Manner {
    /// What stands before the XML of each sheet.
    before: &'static str,
    /// Between elements.
    space: &'static str,
    /// Attributes of rows: sheet and row from 0.
    rows: BTreeMap<(usize, u32), &'static str>,
    /// Whether an empty cell of an area that is merged is left out.
    is_sparse: bool,
    /// What the main part says it is.
    kind: &'static str,
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// The book that says this; every cell has a look of its own, `s` is its row and column.
fn written(source: &ForeignSource, manner: &Manner) -> Vec<u8> {
    let links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let (mut sheets, mut targets, mut parts) = (String::new(), String::new(), Vec::new());
    for (nth, known) in source.sheets.iter().enumerate() {
        let n = nth + 1;
        sheets += &format!("<sheet name=\"{}\" sheetId=\"{n}\" r:id=\"r{n}\"/>", known.name);
        targets +=
            &format!("<Relationship Id=\"r{n}\" Type=\"{links}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>");
        parts.push((format!("xl/worksheets/sheet{n}.xml"), sheet_xml(source, nth, manner)));
    }
    let kind = if manner.kind.is_empty() { "sheet.main+xml" } else { manner.kind };
    let kind = if kind.starts_with("sheet.m") && !kind.contains("macro") || kind.starts_with("template.main") {
        format!("application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}")
    } else {
        format!("application/vnd.ms-excel.{kind}")
    };
    let looks: String = (0..400).map(|_| "<xf numFmtId=\"0\" fontId=\"0\"/>").collect();
    parts.extend([
        (
            "[Content_Types].xml".to_owned(),
            format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}\"/></Types>"
            ),
        ),
        (
            "_rels/.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{links}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{links}\"><sheets>{sheets}</sheets></workbook>"),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"{package}/relationships\">{targets}<Relationship Id=\"y\" Type=\"{links}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml".to_owned(),
            format!("<styleSheet xmlns=\"{MAIN}\"><fonts><font/></fonts><cellXfs>{looks}</cellXfs></styleSheet>"),
        ),
    ]);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn sheet_xml(source: &ForeignSource, nth: usize, manner: &Manner) -> String {
    let mut rows: BTreeMap<u32, BTreeMap<u32, &TextBox>> = BTreeMap::new();
    let mut merges = Vec::new();
    for one in source.boxes.iter().filter(|one| one.sheet == nth) {
        let area = &one.area;
        if area.bottom - area.top > 1.0 || area.right - area.left > 1.0 {
            let corner = |row: f32, column: f32| cell_name(row as u32, column as u32);
            let area = format!("{}:{}", corner(area.top, area.left), corner(area.bottom - 1.0, area.right - 1.0));
            merges.push(format!("<mergeCell ref=\"{area}\"/>"));
        }
        if !(one.text.is_empty() && manner.is_sparse) {
            rows.entry(area.top as u32).or_default().insert(area.left as u32, one);
        }
    }
    let (space, mut data) = (manner.space, String::new());
    for (row, cells) in rows {
        let known = manner.rows.get(&(nth, row)).copied().unwrap_or_default();
        data += &format!("{space}<row r=\"{}\"{known}>", row + 1);
        for (column, one) in cells {
            let (name, look) = (cell_name(row, column), look(row, column));
            let text = one.text.replace('&', "&amp;").replace('<', "&lt;");
            data += space;
            data += &match text.is_empty() {
                true => format!("<c r=\"{name}\" s=\"{look}\"/>"),
                false => format!(
                    "<c r=\"{name}\" s=\"{look}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
                ),
            };
        }
        data += &format!("{space}</row>");
    }
    let merges = match merges.len() {
        0 => String::new(),
        n => format!("{space}<mergeCells count=\"{n}\">{}</mergeCells>", merges.concat()),
    };
    format!(
        "{}<?xml version=\"1.0\"?>{space}<worksheet xmlns=\"{MAIN}\">{space}<sheetData>{data}{space}</sheetData>{merges}{space}<pageMargins left=\"0.7\"/></worksheet>",
        manner.before
    )
}

fn look(row: u32, column: u32) -> u32 {
    (row * 7 + column) % 390 + 1
}

/// The form with its change table on a sheet of its own: these rows of six cells, empty ones merged over two columns where
/// `free` says so.
fn with_table(rows: &[&str]) -> ForeignSource {
    let mut source = whole();
    let last = source.boxes.iter().filter(|one| one.text == "変更箇所").map(|one| one.area.top).next_back().unwrap();
    source.boxes.retain(|one| one.area.top < last);
    let head = ["変更箇所", "変更日|項目|変更前の記載|変更後の記載|提出時期|提出時期に係る説明"];
    sheet(&mut source, "変更", &[&head, rows].concat());
    source
}

const ROW: &str = "令和7年4月1日|Ⅰ１②事務の概要|前|後|事前|理由";

fn slot(source: &mut ForeignSource, [top, left, bottom, right]: [u16; 4]) {
    let area = Area { top: top.into(), left: left.into(), bottom: bottom.into(), right: right.into() };
    source.boxes.push(TextBox { sheet: 1, area, ..TextBox::default() });
}

fn there(bytes: &[u8]) -> Document {
    placer::place(&book::boxes(bytes).unwrap()).unwrap().0.document
}

fn row(date: &str, n: usize) -> std::sync::Arc<ChangeRow> {
    let item = format!("Ⅰ１②事務の概要{n}");
    let row = ChangeRow { date: date.to_owned(), item, after: format!("新{n}"), ..ChangeRow::default() };
    std::sync::Arc::new(row)
}

/// The book with a document in it, and what it says then that the document does not; or why not.
fn filled(bytes: &[u8], document: &Document) -> Result<(Vec<u8>, Vec<String>), String> {
    let form = shipped::find("youshiki2", "r6-10").unwrap();
    let filling = filling::fill(form, document, &book::boxes(bytes).unwrap()).unwrap();
    if !filling.problems.is_empty() {
        let words = filling.problems.iter().map(|problem| problem.words(form, document));
        return Err(words.collect::<Vec<_>>().join("\n"));
    }
    let written = book::rewrite(bytes, &filling.rewriting).unwrap();
    let differences = filling::differences(form, document, &there(&written));
    Ok((written, differences.iter().map(|at| format!("{at}")).collect()))
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn outline(document: &mut Document, words: &str) {
    document.common_mut().answers.insert("related.affairs.outline", Answer::Text(words.to_owned()));
}

#[test]
fn cells_keep_their_looks_and_new_rows_look_like_the_last() {
    let mut source = with_table(&[ROW]);
    // Of the last row the fourth cell lies over two rows of the sheet, as all of it.
    source.boxes.iter_mut().filter(|one| one.sheet == 1 && one.area.top == 2.0).for_each(|one| one.area.bottom = 4.0);
    let bytes = written(&source, &Manner { space: "\n  ", ..Manner::default() });
    let mut document = there(&bytes);
    assert_eq!(document.rows.len(), 1);
    outline(&mut document, "課税と <収納> & 還付を行う。");
    document.rows.push(row("令和8年4月1日", 2));
    document.rows.push(row("令和8年4月2日", 3));
    let (out, differences) = filled(&bytes, &document).unwrap();
    assert_eq!(differences, Vec::<String>::new());
    let (one, other) = (part(&bytes, "xl/worksheets/sheet1.xml"), part(&out, "xl/worksheets/sheet1.xml"));
    let cell = one.lines().find(|line| line.contains("住民税を課税し")).unwrap().trim();
    let at = &cell[..cell.find(" t=").unwrap()];
    assert!(other.contains(&format!(
        "{at} t=\"inlineStr\"><is><t xml:space=\"preserve\">課税と &lt;収納&gt; &amp; 還付を行う。"
    )));
    // Line for line nothing else has changed but the two cells that the old answer stood in, and an empty place whose answer
    // follows from the others.
    let changed = one.lines().zip(other.lines()).filter(|(one, other)| one != other);
    let name_of = |line: &str| line.split("r=\"").nth(1).and_then(|name| name.split('"').next()).unwrap().to_owned();
    let names: Vec<String> = changed.map(|(_, other)| name_of(other)).collect();
    assert_eq!(
        (one.lines().count(), names.as_slice()),
        (other.lines().count(), ["B15", "B16", "B51"].map(str::to_owned).as_slice())
    );
    let table = part(&out, "xl/worksheets/sheet2.xml");
    for (row, text) in [(4, "新2"), (5, "新3")] {
        let wanted = format!(
            "<c r=\"{}\" s=\"{}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}",
            cell_name(row, 3),
            look(2, 3)
        );
        assert!(table.contains(&wanted), "{wanted}\n{table}");
    }
    assert!(table.contains("<mergeCells count=\"6\">"), "one row of the sheet each: nothing more is merged");
}

#[test]
fn a_row_that_is_wide_is_merged_as_the_one_above() {
    let mut source = with_table(&[ROW]);
    // The last column of the table takes two of the sheet.
    for one in source.boxes.iter_mut().filter(|one| one.sheet == 1 && one.area.left == 5.0) {
        one.area.right = 7.0;
    }
    let bytes = written(&source, &Manner::default());
    let mut document = there(&bytes);
    document.rows.push(row("令和8年4月1日", 2));
    let (out, differences) = filled(&bytes, &document).unwrap();
    assert_eq!(differences, Vec::<String>::new());
    let table = part(&out, "xl/worksheets/sheet2.xml");
    assert!(table.contains("<mergeCells count=\"3\">") && table.contains("<mergeCell ref=\"F4:G4\"/>"), "{table}");
}

#[test]
fn hidden_rows_that_are_used_are_shown_however_they_are_hidden() {
    for hidden in [" hidden=\"1\"", "\n hidden = 'true'", " spans='1:3'\thidden=\"1\" ht=\"20\""] {
        let manner = Manner { rows: (0..60).map(|row| ((0, row), hidden)).collect(), ..Manner::default() };
        let bytes = written(&with_table(&[ROW]), &manner);
        let rewriting = Rewriting { shown_rows: vec![(0, 4), (0, 15)], ..Rewriting::default() };
        let out = book::rewrite(&bytes, &rewriting).unwrap();
        let rows: Vec<u32> = book::boxes(&out)
            .unwrap()
            .boxes
            .iter()
            .filter(|one| one.sheet == 0 && one.area.top < 60.0 && one.is_shown())
            .map(|one| one.area.top as u32)
            .collect();
        assert!(rows.iter().all(|row| [4, 15].contains(row)) && rows.len() > 1, "{hidden:?}: {rows:?}");
        let xml = part(&out, "xl/worksheets/sheet1.xml");
        assert_eq!(xml.contains("<row r=\"5\" spans=\"1:3\" ht=\"20\">"), hidden.contains("spans"), "{xml}");
    }
}

/// An entry that a book had folded away is seen once something is written into it.
#[test]
fn an_entry_in_hidden_rows_is_shown_when_it_is_used() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.ron");
    let document = format::read(&std::fs::read(sample).unwrap()).unwrap().draft.state.document;
    let form = shipped::find(&document.form, &document.edition).unwrap();
    let mut source = book::boxes(&sheets::book(&print::resolve(form, &document))).unwrap();
    let n_shown = source.sheets.iter().filter(|sheet| sheet.sight == Visibility::Shown).count();
    source.sheets.truncate(n_shown);
    source.boxes.retain(|one| one.sheet < n_shown);
    let title = source.boxes.iter().find(|one| one.text == "システム2").unwrap().clone();
    let is_next = |one: &&TextBox| {
        one.sheet == title.sheet
            && one.area.top > title.area.top
            && one.area.left == title.area.left
            && (one.text == "システム3" || one.text.starts_with("３．"))
    };
    let end = source.boxes.iter().find(is_next).unwrap().area.top as u32;
    let hidden = (title.area.top as u32..end).map(|row| ((title.sheet, row), " hidden=\"1\"")).collect();
    let bytes = written(&source, &Manner { rows: hidden, ..Manner::default() });
    let mut wanted = there(&bytes);
    assert_eq!(filling::differences(form, &document, &wanted), []);
    let id = form.items().find(|item| item.label.contains("システムの名称")).unwrap().id.clone();
    let repeat = form.items().find(|item| matches!(item.kind, Kind::Repeat(_)) && item.find(&id).is_some()).unwrap();
    let Some(Answer::Repeat(entries)) = wanted.common_mut().answers.get_mut(&repeat.id) else { panic!("{id}") };
    std::sync::Arc::make_mut(&mut entries[1]).answers.insert(id.as_str(), Answer::Text("還付システム".to_owned()));
    let filling = filling::fill(form, &wanted, &book::boxes(&bytes).unwrap()).unwrap();
    assert!(filling.problems.is_empty());
    let out = book::rewrite(&bytes, &filling.rewriting).unwrap();
    let read = book::boxes(&out).unwrap();
    assert!(read.boxes.iter().any(|one| one.text == "還付システム" && one.is_shown()));
    assert_eq!(filling::differences(form, &wanted, &there(&out)), []);
}

/// A control is drawn over the sheet and says itself whether it is ticked: no cell can say it.
#[test]
fn a_control_is_not_written_over() {
    let form = shipped::find("youshiki2", "r6-10").unwrap();
    let mut source = whole();
    let row = source.boxes.iter().find(|one| one.text.starts_with("９．規則第９条")).unwrap().area.top;
    source.boxes.retain(|one| one.area.top != row || one.area.left == 0.0 || one.area.left == 4.0);
    source.boxes.iter_mut().filter(|one| one.area.top == row && one.area.left == 4.0).for_each(|one| {
        one.carrier = Carrier::Unticked;
    });
    let mut document = placer::place(&source).unwrap().0.document;
    assert!(filling::fill(form, &document, &source).unwrap().problems.is_empty());
    document.common_mut().answers.insert("related.emergency.applied", Answer::Check(true));
    let filling = filling::fill(form, &document, &source).unwrap();
    let told: Vec<String> = filling.problems.iter().map(|problem| problem.words(form, &document)).collect();
    assert!(told.len() == 1 && told[0].contains("チェックボックス（フォーム コントロール）"), "{told:?}");
}

#[test]
fn the_mark_of_the_encoding_stays_before_the_sheet() {
    for space in ["", "\r\n    "] {
        let manner = Manner { before: "\u{feff}", space, ..Manner::default() };
        let bytes = written(&with_table(&[ROW]), &manner);
        let mut document = there(&bytes);
        outline(&mut document, "還付を行う。");
        document.rows.push(row("令和8年4月1日", 2));
        let (out, differences) = filled(&bytes, &document).unwrap();
        assert_eq!(differences, Vec::<String>::new());
        let (one, other) = (part(&bytes, "xl/worksheets/sheet1.xml"), part(&out, "xl/worksheets/sheet1.xml"));
        assert!(other.starts_with("\u{feff}<?xml") && other.ends_with("<pageMargins left=\"0.7\"/></worksheet>"));
        // Whatever is before the first cell that changes is the same to the byte.
        let start = one.find("②事務の概要").unwrap();
        assert_eq!(one[..start], other[..start]);
    }
}

/// One cell beside three rows is seen once: it says what all of them do, or nothing is written.
#[test]
fn what_is_merged_beside_several_rows_says_one_thing() {
    for is_sparse in [false, true] {
        let mut source = with_table(&["|甲|前|後|事前|", "|乙|前|後|事前|", "|丙|前|後|事前|"]);
        slot(&mut source, [2, 0, 5, 1]);
        let bytes = written(&source, &Manner { is_sparse, ..Manner::default() });
        let mut document = there(&bytes);
        assert_eq!(document.rows.len(), 3);
        document.rows = vec![row("令和8年4月1日", 1), row("令和8年4月1日", 2), row("令和8年4月1日", 3)];
        let (out, differences) = filled(&bytes, &document).unwrap();
        assert_eq!(differences, Vec::<String>::new());
        let xml = part(&out, "xl/worksheets/sheet2.xml");
        assert_eq!(xml.matches("令和8年4月1日").count(), 1, "{xml}");
        document.rows[1] = row("令和8年5月1日", 2);
        let told = filled(&bytes, &document).unwrap_err();
        assert!(told.contains("結合された一つのセル"), "{told}");
    }
}

/// A note below the table is no row: it stays, and what is added stops before it.
#[test]
fn a_note_below_the_table_stays() {
    let with_note = |gap: usize, note: &str| {
        let rows: Vec<&str> = [ROW, ROW, ROW].into_iter().chain(vec![""; gap]).chain([note]).collect();
        let source = with_table(&rows);
        written(&source, &Manner::default())
    };
    for note in ["※記載例は別紙", "以上", "|※項目名は様式のとおり", "||下の表も見ること"]
    {
        let bytes = with_note(3, note);
        let mut document = there(&bytes);
        assert_eq!(document.rows.len(), 3, "{note}");
        document.rows.truncate(2);
        let (out, differences) = filled(&bytes, &document).unwrap();
        assert_eq!(differences, Vec::<String>::new(), "{note}");
        assert!(part(&out, "xl/worksheets/sheet2.xml").contains(note.trim_matches('|')), "{note}");
        if !note.starts_with(['※', '以']) {
            continue;
        }
        // There is room for three more, and for no fourth.
        document.rows = (0..6).map(|n| row("令和8年4月1日", n)).collect();
        let (out, differences) = filled(&bytes, &document).unwrap();
        assert_eq!(differences, Vec::<String>::new(), "{note}");
        assert!(part(&out, "xl/worksheets/sheet2.xml").contains(note.trim_matches('|')), "{note}");
        document.rows.push(row("令和8年4月1日", 7));
        let told = filled(&bytes, &document).unwrap_err();
        assert!(told.contains("変更箇所の表には6行しか書けず"), "{told}");
    }
    // What goes on below a row belongs to it, and goes with it.
    let source = with_table(&[ROW, "||続きの文", "令和7年5月1日|乙|前|後|事前|"]);
    let bytes = written(&source, &Manner::default());
    let mut document = there(&bytes);
    assert_eq!((document.rows.len(), document.rows[0].before.as_str()), (2, "前\n続きの文"));
    document.rows = vec![row("令和8年4月1日", 1), row("令和8年4月1日", 2)];
    let (out, differences) = filled(&bytes, &document).unwrap();
    assert_eq!(differences, Vec::<String>::new());
    assert!(!part(&out, "xl/worksheets/sheet2.xml").contains("続きの文"));
}

/// What is struck through in one cell is meant in another that says the same.
#[test]
fn marks_in_a_text_are_of_its_cell() {
    let bytes = written(&with_table(&[ROW]), &Manner::default());
    let struck = "<is><r><rPr><strike/></rPr><t>税務課長</t></r></is>";
    let shared = "<r><rPr><strike/></rPr><t>なし</t></r>";
    let edit = |name: &str, mut text: String| {
        if name.ends_with("workbook.xml.rels") {
            let link = "<Relationship Id=\"z\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>";
            text = text.replace("</Relationships>", link);
        }
        if name.ends_with("sheet1.xml") {
            text = text.replace(" t=\"inlineStr\"><is><t xml:space=\"preserve\">なし</t></is>", " t=\"s\"><v>1</v>");
            text = text.replace("<is><t xml:space=\"preserve\">税務課長</t></is>", struck);
            // One row more, far below, that is struck through.
            let row = "<row r=\"300\"><c r=\"A300\" t=\"s\"><v>2</v></c></row></sheetData>";
            text = text.replace("</sheetData>", row);
        }
        text
    };
    let items = format!("<sst xmlns=\"{MAIN}\"><si/><si><t>なし</t></si><si>{shared}</si></sst>");
    let source = book::boxes(&edited(bytes, &edit, &[("xl/sharedStrings.xml", &items)])).unwrap();
    let seen =
        |text: &str| -> Vec<Pen> { source.boxes.iter().filter(|one| one.text == text).map(|one| one.pen).collect() };
    assert_eq!(seen("なし"), [Pen::Plain, Pen::Struck]);
    assert_eq!(seen("税務課長"), [Pen::Struck]);
}

/// What the command says of a book whose name, kind or text is not what it should be.
#[test]
fn the_command_says_what_stays_and_which_name_a_book_needs() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let run = |arguments: &[&str]| code_and_words(folder.path(), arguments);
    let mut source = with_table(&[ROW]);
    // A second paragraph of last year, two rows below the answer.
    let stray = source.boxes.iter().find(|one| one.text.contains("特記事項を除き")).unwrap().clone();
    let below = |one: &TextBox| one.sheet == 0 && one.area.top > stray.area.top;
    for one in source.boxes.iter_mut().filter(|one| below(one)) {
        (one.area.top, one.area.bottom) = (one.area.top + 4.0, one.area.bottom + 4.0);
    }
    let text = "昨年の二段落目".to_owned();
    let area = Area { top: stray.area.top + 3.0, bottom: stray.area.bottom + 3.0, ..stray.area };
    source.boxes.push(TextBox { text, area, ..stray });
    std::fs::write(at("本.xlsx"), written(&source, &Manner::default())).unwrap();
    assert_eq!(run(&["import", "本.xlsx", "a.ron"]).0, Some(0));
    let draft = std::fs::read_to_string(at("a.ron")).unwrap();
    std::fs::write(at("a.ron"), draft.replace("住民税を課税し、収納する。", "住民税を課税し、還付する。")).unwrap();
    let (code, said) = run(&["fill", "a.ron", "本.xlsx", "写し.xlsx"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("様式２!B19") && said.contains("昨年の二段落目"), "{said}");
    assert!(said.contains("「置けなかった文章」1件は書き込んでいません"), "{said}");
    // An old copy may go, the book itself may not, whatever leads to it.
    std::fs::copy(at("本.xlsx"), at("古い写し.xlsx")).unwrap();
    assert_eq!(run(&["fill", "a.ron", "本.xlsx", "古い写し.xlsx"]).0, Some(2));
    assert_eq!(run(&["fill", "a.ron", "本.xlsx", "古い写し.xlsx", "--force"]).0, Some(0));
    let before = std::fs::read(at("本.xlsx")).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(at("本.xlsx"), at("別名.xlsx")).unwrap();
        assert_eq!(run(&["fill", "a.ron", "本.xlsx", "別名.xlsx", "--force"]).0, Some(2));
    }
    let (code, said) = run(&["fill", "a.ron", "本.xlsx", "./本.xlsx", "--force"]);
    assert!(code == Some(2) && said.contains("元のブック"), "{said}");
    assert_eq!(std::fs::read(at("本.xlsx")).unwrap(), before);
    // Excel opens no book by the name of another kind.
    for (kind, ending) in [
        ("sheet.main+xml", "xlsx"),
        ("sheet.macroEnabled.main+xml", "xlsm"),
        ("template.main+xml", "xltx"),
        ("template.macroEnabled.main+xml", "xltm"),
    ] {
        std::fs::write(at("種類.xlsx"), written(&source, &Manner { kind, ..Manner::default() })).unwrap();
        let right = format!("正.{ending}");
        let wrong = if ending == "xlsx" { "誤.xlsm" } else { "誤.xlsx" };
        assert_eq!(run(&["fill", "a.ron", "種類.xlsx", &right]).0, Some(0), "{kind}");
        let (code, said) = run(&["fill", "a.ron", "種類.xlsx", wrong]);
        assert!(code == Some(2) && said.contains(&format!(".{ending} で終わる")) && !at(wrong).exists(), "{said}");
    }
    // A document of Word is no book.
    let mut zip = zip::ZipWriter::new(std::fs::File::create(at("文書.docx")).unwrap());
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all("<w:document><w:body><w:p><w:r><w:t>評価書</w:t></w:r></w:p></w:body></w:document>".as_bytes())
        .unwrap();
    zip.finish().unwrap();
    let (code, said) = run(&["fill", "a.ron", "文書.docx", "無い.xlsx"]);
    assert!(code == Some(2) && said.contains("Word の文書（.docx）には書き込めません"), "{said}");
    assert!(!at("無い.xlsx").exists());
}

/// What a draft holds that no cell of the form can say is told.
#[test]
fn what_is_not_written_is_told() {
    let form = shipped::find("youshiki2", "r6-10").unwrap();
    let mut document = there(&written(&with_table(&[ROW]), &Manner::default()));
    assert_eq!(filling::left_out(form, &document), []);
    let answers = [
        ("related.linkage.implemented", Answer::Foreign("\"よくわからない\"".to_owned())),
        ("related.emergency.applied", Answer::Foreign("3".to_owned())),
        ("related.affairs.unknown", Answer::Text("様式にない".to_owned())),
        ("related.affairs.empty", Answer::Text(" ".to_owned())),
    ];
    for (id, answer) in answers {
        document.common_mut().answers.insert(id, answer);
    }
    let mut told: Vec<String> = filling::left_out(form, &document).iter().map(|at| at.item.clone()).collect();
    told.sort();
    assert_eq!(told, ["related.affairs.unknown", "related.emergency.applied", "related.linkage.implemented"]);
}
