//! A user's own book is filled in a copy: what it says afterwards, what stays as it was, and when nothing is written.

use std::io::{Read, Write};
use std::path::Path;

use hyoukasho::draft::{Answer, ChangeRow, Document};
use hyoukasho::exchange::book;
use hyoukasho::exchange::boxes::{Area, Carrier, CellText, ForeignSource, ShapeText};
use hyoukasho::exchange::placer::{self, filling};
use hyoukasho::form::shipped;

use super::{book_of, code_and_words, sheet, whole};

/// The draft that stands in the book already.
fn there(source: &ForeignSource) -> Document {
    placer::place(source).unwrap().0.document
}

fn put(document: &mut Document, id: &str, answer: Answer) {
    document.common_mut().answers.insert(id, answer);
}

fn row(n: usize) -> std::sync::Arc<ChangeRow> {
    let row = ChangeRow {
        date: "令和8年4月1日".to_owned(),
        item: format!("Ⅰ１②事務の概要{n}"),
        before: "旧".to_owned(),
        after: format!("新&<{n}>\n次の行"),
        timing: "事後".to_owned(),
        ..ChangeRow::default()
    };
    std::sync::Arc::new(row)
}

/// What a book says after these changes, read back from its bytes.
fn filled(source: &ForeignSource, document: &Document) -> Vec<String> {
    let form = shipped::find("youshiki2", "r6-10").unwrap();
    let filling = filling::fill(form, document, source).unwrap();
    if !filling.problems.is_empty() {
        return filling.problems.iter().map(|problem| problem.words(form, document)).collect();
    }
    let bytes = book::rewrite(&book_of(source, ""), &filling.rewriting).unwrap();
    let read = there(&book::boxes(&bytes).unwrap());
    filling::differences(form, document, &read).iter().map(|at| format!("{at}")).collect()
}

#[test]
fn whatever_an_item_is_its_cells_say_the_draft() {
    let source = whole();
    let same = there(&source);
    assert_eq!(filled(&source, &same), Vec::<String>::new());
    let form = shipped::find("youshiki2", "r6-10").unwrap();
    let cells = filling::fill(form, &same, &source).unwrap().rewriting.cells;
    let is_over = |cell: &CellText| {
        let is_here = |area: &Area| (area.top as u32, area.left as u32) == (cell.row, cell.column);
        source.boxes.iter().any(|one| one.sheet == cell.sheet && is_here(&one.area))
    };
    assert!(!cells.iter().any(is_over), "what is said already stays: {cells:?}");
    let added: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(added, ["基礎項目評価書"], "of what is empty only what follows from the others is written");
    for change in [
        ("cover.number", Answer::Text("8".to_owned())),
        ("cover.notes", Answer::Text("特記\n二行目".to_owned())),
        ("cover.notes", Answer::Text("住民 & <b>".to_owned())),
        ("related.affairs.outline", Answer::Text("一つのセルに書く。".to_owned())),
        ("related.affairs.outline", Answer::Text(String::new())),
        ("related.affairs.outline", Answer::Text("記録を残す。\n".repeat(6000).trim_end().to_owned())),
        ("related.linkage.implemented", Answer::Choice(Some(3))),
        ("related.linkage.implemented", Answer::Choice(None)),
        ("related.emergency.applied", Answer::Check(false)),
        ("threshold_items.population.count", Answer::Choice(Some(4))),
        ("threshold_items.population.as_of", Answer::Text("令和8年1月1日".to_owned())),
        ("threshold_items.handlers.count", Answer::Choice(Some(1))),
        ("threshold_items.handlers.as_of", Answer::Text("令和8年2月1日".to_owned())),
    ] {
        let mut document = same.clone();
        put(&mut document, change.0, change.1.clone());
        let told = format!("{change:?}").chars().take(80).collect::<String>();
        assert_eq!(filled(&source, &document), Vec::<String>::new(), "{told}");
    }
}

/// An old answer in a text box gives its place to the new one there, where no other box could be meant.
#[test]
fn an_answer_in_a_shape_is_written_into_the_shape() {
    let form = shipped::find("youshiki2", "r6-10").unwrap();
    let mut source = whole();
    let one = source.boxes.iter_mut().find(|one| one.text.starts_with("番号法第９条")).unwrap();
    (one.carrier, one.name) = (Carrier::Shape, "テキスト ボックス 1".to_owned());
    let old = one.text.clone();
    let mut document = there(&source);
    put(&mut document, "related.number_use.legal_basis", Answer::Text("番号法第９条第２項".to_owned()));
    let filling = filling::fill(form, &document, &source).unwrap();
    assert!(filling.problems.is_empty());
    let (name, text) = ("テキスト ボックス 1".to_owned(), "番号法第９条第２項".to_owned());
    assert_eq!(filling.rewriting.shapes, [ShapeText { sheet: 0, name, old, text }]);
    let mut twin = source.boxes.iter().find(|one| one.carrier == Carrier::Shape).unwrap().clone();
    (twin.area.top, twin.area.bottom) = (500.0, 501.0);
    source.boxes.push(twin);
    let problems = filling::fill(form, &document, &source).unwrap().problems;
    assert!(problems.iter().any(|problem| problem.words(form, &document).contains("図形")));
}

/// The mark that chose an option in the list goes, and the brackets say the new one.
#[test]
fn a_mark_in_the_list_of_options_does_not_stay() {
    let mut source = whole();
    source.boxes.retain(|one| one.text != "実施する");
    let one = source.boxes.iter_mut().find(|one| one.text == "1） 実施する").unwrap();
    one.text.insert(0, '○');
    let mut document = there(&source);
    assert_eq!(document.common.answers["related.linkage.implemented"], Answer::Choice(Some(1)));
    put(&mut document, "related.linkage.implemented", Answer::Choice(Some(2)));
    assert_eq!(filled(&source, &document), Vec::<String>::new());
}

#[test]
fn rows_go_below_the_head_of_the_table_as_many_as_there_are() {
    let source = whole();
    let mut document = there(&source);
    document.rows = (1..=30).map(row).collect();
    assert_eq!(filled(&source, &document), Vec::<String>::new());
    // Fewer than the book has: the others are cleared.
    let mut full = whole();
    let table: Vec<String> = (0..3).map(|n| format!("令和7年4月1日|項目{n}|前|後|事前|")).collect();
    let last = full.sheets.len();
    sheet(&mut full, "表", &["変更箇所", "変更日|項目|変更前の記載|変更後の記載|提出時期|提出時期に係る説明"]);
    for (n, line) in table.iter().enumerate() {
        for (column, text) in line.split('|').enumerate().filter(|(_, text)| !text.is_empty()) {
            let mut one = full.boxes[0].clone();
            one.text = text.to_owned();
            (one.area.top, one.area.left) = (n as f32 + 2.0, column as f32);
            (one.area.bottom, one.area.right, one.sheet) = (n as f32 + 3.0, column as f32 + 1.0, last);
            full.boxes.push(one);
        }
    }
    let mut document = there(&full);
    assert_eq!(document.rows.len(), 3);
    document.rows = vec![row(7)];
    let form = shipped::find("youshiki2", "r6-10").unwrap();
    let filling = filling::fill(form, &document, &full).unwrap();
    assert!(filling.problems.is_empty());
    let cleared = filling.rewriting.cells.iter().filter(|cell| cell.sheet == last && cell.text.is_empty()).count();
    assert!(cleared >= 10, "{cleared}");
}

#[test]
fn what_has_no_place_is_named_and_nothing_is_written() {
    let document = there(&whole());
    let mut source = whole();
    source.boxes.retain(|one| !one.text.contains("②事務の概要"));
    let told = filled(&source, &document).join("\n");
    assert!(told.contains("②事務の概要") && told.contains("見出しがブックに見つかりません"), "{told}");
    let form = shipped::find("youshiki3", "r6-10").unwrap();
    assert!(filling::fill(form, &document, &source).unwrap_err().to_string().contains("様式"));
}

/// Every other part of the book stays as it is packed; the command names what it cannot do and leaves no file.
#[test]
fn the_command_fills_a_copy_and_touches_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let with_more = |bytes: Vec<u8>| {
        let mut zip = zip::ZipWriter::new_append(std::io::Cursor::new(bytes)).unwrap();
        zip.start_file("xl/vbaProject.bin", zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&[7; 3000]).unwrap();
        zip.finish().unwrap().into_inner()
    };
    std::fs::write(at("本.xlsx"), with_more(book_of(&whole(), ""))).unwrap();
    let run = |arguments: &[&str]| code_and_words(folder.path(), arguments);
    assert_eq!(run(&["import", "本.xlsx", "a.ron"]).0, Some(0));
    let draft = std::fs::read_to_string(at("a.ron")).unwrap();
    std::fs::write(at("a.ron"), draft.replace("住民税を課税し、収納する。", "住民税を課税し、還付する。")).unwrap();
    let (code, said) = run(&["fill", "a.ron", "本.xlsx", "写し.xlsx"]);
    assert_eq!(code, Some(0), "{said}");
    let (one, other) = (parts(&at("本.xlsx")), parts(&at("写し.xlsx")));
    let changed: Vec<&str> =
        one.iter().zip(&other).filter(|(one, other)| one != other).map(|(one, _)| one.0.as_str()).collect();
    assert_eq!((one.len(), changed), (other.len(), vec!["xl/worksheets/sheet1.xml"]));
    assert_eq!(run(&["import", "写し.xlsx", "b.ron"]).0, Some(0));
    assert!(std::fs::read_to_string(at("b.ron")).unwrap().contains("還付する。"));
    // The book itself is never written over.
    assert_eq!(run(&["fill", "a.ron", "本.xlsx", "本.xlsx", "--force"]).0, Some(2));
    let before = std::fs::read(at("写し.xlsx")).unwrap();
    assert_eq!(run(&["fill", "a.ron", "本.xlsx", "写し.xlsx"]).0, Some(2));
    assert_eq!(std::fs::read(at("写し.xlsx")).unwrap(), before);
    let mut lacks = whole();
    lacks.boxes.retain(|one| !one.text.contains("②事務の概要"));
    std::fs::write(at("欠け.xlsx"), book_of(&lacks, "")).unwrap();
    let (code, said) = run(&["fill", "a.ron", "欠け.xlsx", "無い.xlsx"]);
    assert!(code == Some(2) && said.contains("②事務の概要") && !at("無い.xlsx").exists(), "{said}");
    std::fs::write(at("壊れ.xlsx"), b"PK\x03\x04 cut").unwrap();
    assert_eq!(run(&["fill", "a.ron", "壊れ.xlsx", "無い.xlsx"]).0, Some(2));
}

/// One template serves all documents of its form; or each has the book of its own name.
#[test]
fn the_documents_of_a_folder_are_filled_into_copies() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let run = |arguments: &[&str]| code_and_words(folder.path(), arguments);
    let sample = |name: &str| std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)).unwrap();
    std::fs::write(at("ひな形.xlsx"), book_of(&whole(), "")).unwrap();
    std::fs::create_dir_all(at("全庁/財務部")).unwrap();
    assert_eq!(run(&["import", "ひな形.xlsx", "全庁/財務部/税.ron"]).0, Some(0));
    let text = std::fs::read_to_string(at("全庁/財務部/税.ron")).unwrap();
    let mended = text.replace("住民税を課税し、収納する。", "住民税を課税し、還付する。");
    std::fs::write(at("全庁/還付.ron"), &mended).unwrap();
    std::fs::write(at("全庁/重点.ron"), sample("aomine-juminzei.ron")).unwrap();
    let (code, said) = run(&["fill", "全庁", "ひな形.xlsx", "記入"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("重点.ron: そのままにしました。ブックの様式"), "{said}");
    assert!(said.contains("（様式の違う 1件はそのまま）"), "{said}");
    assert!(said.contains("財務部/税.ron: 書き込んだ項目") && said.contains("3件のうち 2件"), "{said}");
    assert!(at("記入/財務部/税.xlsx").exists() && !at("記入/重点.xlsx").exists());
    assert_eq!(run(&["import", "記入/還付.xlsx", "b.ron"]).0, Some(0));
    assert!(std::fs::read_to_string(at("b.ron")).unwrap().contains("還付する。"));
    // What is there stays, unless it is said that it may go; a damaged document stops no other.
    let before = std::fs::read(at("記入/還付.xlsx")).unwrap();
    std::fs::write(at("全庁/壊.ron"), "(format: 1, form: ").unwrap();
    let (code, said) = run(&["fill", "全庁", "ひな形.xlsx", "記入"]);
    assert!(code == Some(2) && said.contains("--force") && said.contains("壊.ron"), "{said}");
    assert_eq!(std::fs::read(at("記入/還付.xlsx")).unwrap(), before);
    std::fs::remove_file(at("全庁/壊.ron")).unwrap();
    assert_eq!(run(&["fill", "全庁", "ひな形.xlsx", "記入", "--force"]).0, Some(0));
    // The books of last year, each under the name of its document.
    std::fs::create_dir_all(at("前年/財務部")).unwrap();
    std::fs::write(at("前年/還付.xlsx"), book_of(&whole(), "")).unwrap();
    std::fs::write(at("前年/財務部/税.xlsm"), book_of(&whole(), "")).unwrap();
    let (code, said) = run(&["fill", "全庁", "前年", "今年"]);
    assert!(code == Some(2) && said.contains("同じ名前のブックがありません: 前年/重点.xlsx"), "{said}");
    assert!(said.contains(".xlsx で終わる"), "a book that says it is none with macros: {said}");
    assert!(at("今年/還付.xlsx").exists() && !at("今年/財務部/税.xlsm").exists());
    std::fs::rename(at("前年/財務部/税.xlsm"), at("前年/財務部/税.xlsx")).unwrap();
    std::fs::remove_file(at("全庁/重点.ron")).unwrap();
    assert_eq!(run(&["fill", "全庁", "前年", "次"]), run(&["fill", "全庁", "前年", "次", "--force"]));
    assert_eq!(std::fs::read(at("前年/還付.xlsx")).unwrap(), book_of(&whole(), ""));
    assert_eq!(run(&["fill", "全庁", "前年", "前年", "--force"]).0, Some(2));
    // A form that no document has.
    std::fs::remove_dir_all(at("全庁/財務部")).unwrap();
    std::fs::rename(at("全庁/還付.ron"), at("還付.ron")).unwrap();
    std::fs::write(at("全庁/重点.ron"), sample("aomine-juminzei.ron")).unwrap();
    assert_eq!(run(&["fill", "全庁", "ひな形.xlsx", "無い"]).0, Some(2));
    assert!(!at("無い").exists());
}

/// The parts of a book, in their order.
fn parts(path: &Path) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut part = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            (part.name().unwrap().to_string(), bytes)
        })
        .collect()
}
