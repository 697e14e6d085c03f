//! What a cell shows is what comes in: numbers in their format, results of formulas, rows that a filter hides for now.

use hyoukasho::draft::{Answer, Document};
use hyoukasho::exchange::book;
use hyoukasho::exchange::boxes::{Area, ForeignSource, TextBox};
use hyoukasho::exchange::placer::{self, DoubtKind, PlacerReceipt};

use super::{PLAIN, book_of, edited, sheet, whole};

/// The book of a source whose sheet has other cells in its XML, and formats for numbers from 1 on.
fn book_with(source: &ForeignSource, cells: &[(&str, &str)], formats: &[&str], behind: &str) -> Vec<u8> {
    let codes: String = (formats.iter().enumerate())
        .map(|(n, code)| format!("<numFmt numFmtId=\"{}\" formatCode=\"{}\"/>", 164 + n, code.replace('"', "&quot;")))
        .collect();
    let looks: String = (0..formats.len()).map(|n| format!("<xf numFmtId=\"{}\" fontId=\"0\"/>", 164 + n)).collect();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let styles = format!(
        "<styleSheet xmlns=\"{main}\"><numFmts>{codes}</numFmts><fonts><font/></fonts><cellXfs><xf numFmtId=\"0\" fontId=\"0\"/>{looks}</cellXfs></styleSheet>"
    );
    let edit = |name: &str, mut text: String| {
        if name.ends_with("sheet1.xml") {
            for (words, cell) in cells {
                let known = format!(" t=\"inlineStr\"><is><t xml:space=\"preserve\">{words}</t></is></c>");
                assert_eq!(text.matches(&known).count(), 1, "{words}");
                text = text.replace(&known, cell);
            }
            text = text.replace("</worksheet>", &format!("{behind}</worksheet>"));
        }
        if name.ends_with("workbook.xml.rels") {
            let link = "<Relationship Id=\"st\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>";
            text = text.replace("</Relationships>", link);
        }
        text
    };
    edited(book_of(source, ""), &edit, &[("xl/styles.xml", &styles)])
}

fn placed(bytes: &[u8]) -> (Document, PlacerReceipt) {
    let (state, receipt) = placer::place(&book::boxes(bytes).unwrap()).unwrap();
    assert!(receipt.sums.agree(), "{receipt}");
    (state.document, receipt)
}

fn text(document: &Document, id: &str) -> String {
    document.common.answers.get(id).and_then(|answer| answer.as_text()).unwrap_or_default().to_owned()
}

fn doubts(receipt: &PlacerReceipt) -> Vec<(&str, DoubtKind)> {
    receipt.doubts.iter().map(|doubt| (doubt.at.item.as_str(), doubt.kind)).collect()
}

#[test]
fn a_number_comes_in_as_its_cell_shows_it() {
    let cells = [
        ("7", " s=\"1\"><v>7</v></c>"),
        ("住民税を課税し、収納する。", " s=\"2\"><v>12345</v></c>"),
        ("総務課", " s=\"3\"><v>312345678</v></c>"),
        ("税務課", " s=\"4\"><v>0.355</v></c>"),
    ];
    let formats = ["000", "#,##0\"世帯\"", "00-0000-0000", "0.0%"];
    let (document, _) = placed(&book_with(&whole(), &cells, &formats, ""));
    assert_eq!(text(&document, "cover.number"), "007");
    assert!(text(&document, "related.affairs.outline").starts_with("12,345世帯"));
    assert_eq!(text(&document, "related.request.place"), "03-1234-5678");
    assert_eq!(text(&document, "related.department.unit"), "35.5%");
}

/// A formula that nobody calculated, and one that has no result: both are seen, and in doubt. One whose result is nothing is
/// empty.
#[test]
fn a_formula_without_a_result_is_told() {
    let cells = [
        ("総務課", "><f>表紙!A3</f></c>"),
        ("税務課", "><f>IF(A1=&quot;&quot;,1,2)</f><v></v></c>"),
        ("税務課長", " t=\"e\"><f>A99</f><v>#REF!</v></c>"),
        ("災害のため", " t=\"str\"><f>A98</f><v></v></c>"),
        ("番号法第９条第１項", " t=\"str\"><f>A97</f><v>番号法</v></c>"),
    ];
    let (document, receipt) = placed(&book_with(&whole(), &cells, &[], ""));
    assert_eq!(text(&document, "related.request.place"), "=表紙!A3");
    assert_eq!(text(&document, "related.department.unit"), "=IF(A1=\"\",1,2)");
    assert_eq!(text(&document, "related.department.head_title"), "#REF!");
    assert_eq!(text(&document, "related.number_use.legal_basis"), "番号法");
    assert!(
        !document.common.answers.iter().any(|(_, answer)| answer.as_text().is_some_and(|text| text.contains("A98")))
    );
    let formulas: Vec<&str> =
        doubts(&receipt).into_iter().filter(|(_, kind)| *kind == DoubtKind::Formula).map(|(item, _)| item).collect();
    assert_eq!(formulas, ["related.department.unit", "related.department.head_title", "related.request.place"]);
}

/// Rows that a filter hides are rows of the table, in doubt; rows that somebody hid are left over.
#[test]
fn rows_behind_a_filter_are_rows() {
    let mut source = whole();
    let last = source.boxes.iter().map(|one| one.area.top as usize).max().unwrap();
    let rows: Vec<String> =
        (1..=3).map(|n| format!("令和7年4月{n}日|Ⅰ１②事務の概要|旧{n}|新{n}|事後|誤記の訂正")).collect();
    let empty = vec![""; last + 1];
    let mut below = ForeignSource::default();
    sheet(&mut below, "様式２", &empty.into_iter().chain(rows.iter().map(String::as_str)).collect::<Vec<_>>());
    source.boxes.extend(below.boxes);
    // The second and third row are hidden.
    let hide = |_: &str, text: String| {
        [last + 3, last + 4].iter().fold(text, |text, row| {
            text.replace(&format!("<row r=\"{row}\">"), &format!("<row r=\"{row}\" hidden=\"1\">"))
        })
    };
    let hidden = |bytes: Vec<u8>| edited(bytes, &hide, &[]);
    let filter = |column: &str| format!("<autoFilter ref=\"A{}:F{}\">{column}</autoFilter>", last + 1, last + 4);
    let told = |behind: &str| {
        let (document, receipt) = placed(&hidden(book_with(&source, &[], &[], behind)));
        let rows: Vec<String> = document.rows.iter().map(|row| row.after.clone()).collect();
        let n_doubts = doubts(&receipt).iter().filter(|(_, kind)| *kind == DoubtKind::Hidden).count();
        (rows, n_doubts, receipt.left.len())
    };
    let one = "<filterColumn colId=\"0\"><filters><filter val=\"a\"/></filters></filterColumn>";
    assert_eq!(told(&filter(one)), (vec!["新1".to_owned(), "新2".to_owned(), "新3".to_owned()], 2, 0));
    assert_eq!(told(&filter("")), (vec!["新1".to_owned()], 0, 12));
    assert_eq!(told(""), (vec!["新1".to_owned()], 0, 12));
}

/// The sheet with other words in some of its rows.
fn with(rows: &[(&str, &str)]) -> ForeignSource {
    let mut source = whole();
    for (known, words) in rows {
        let row = PLAIN.iter().position(|row| row == known).unwrap();
        source.boxes.retain(|one| one.area.top as usize != row);
        for (column, text) in words.split('|').enumerate().filter(|(_, text)| !text.is_empty()) {
            let (top, left) = (row as f32, column as f32);
            let area = Area { top, left, bottom: top + 1.0, right: left + 1.0 };
            source.boxes.push(TextBox { text: text.to_owned(), area, ..TextBox::default() });
        }
    }
    source
}

/// Where something is chosen or ticked, nothing is left over without a doubt at the item.
#[test]
fn what_is_left_beside_a_choice_is_in_doubt_there() {
    const TICK: &str = "９．規則第９条第２項の適用|[|〇|]|適用した";
    const CHOICE: &str = "評価対象の事務の対象人数は何人か|[ 2）1,000人以上1万人未満 ]";
    let rest = |rows: &[(&str, &str)]| {
        let (_, receipt) = placer::place(&with(rows)).unwrap();
        doubts(&receipt).into_iter().filter(|(_, kind)| *kind == DoubtKind::Rest).count()
    };
    assert_eq!(rest(&[]), 0);
    assert_eq!(rest(&[(TICK, "９．規則第９条第２項の適用|[|×|]|適用した")]), 1);
    assert_eq!(rest(&[(TICK, "９．規則第９条第２項の適用|[|令和6年|]|適用した")]), 1);
    assert_eq!(rest(&[(CHOICE, "評価対象の事務の対象人数は何人か|[ 2）1,000人以上1万人未満 ]|約九千人")]), 1);
    // What somebody noted is none of the form.
    assert_eq!(rest(&[(CHOICE, "評価対象の事務の対象人数は何人か|[ 2）1,000人以上1万人未満 ]|※要確認")]), 0);
    for tick in ["1", "v", "レ", "✓", "済"] {
        let (state, receipt) = placer::place(&with(&[(TICK, &TICK.replace('〇', tick))])).unwrap();
        let ticked = state.document.common.answers.iter().any(|(_, answer)| *answer == Answer::Check(true));
        assert!(ticked && receipt.left.is_empty(), "{tick}: {receipt}");
    }
}

/// 1000人 is 1,000人, in whatever way the thousand is parted.
#[test]
fn a_thousand_needs_no_comma() {
    const CHOICE: &str = "評価対象の事務の対象人数は何人か|[ 2）1,000人以上1万人未満 ]";
    let chosen = |words: &str| {
        let (state, receipt) =
            placer::place(&with(&[(CHOICE, &CHOICE.replace("2）1,000人以上1万人未満", words))])).unwrap();
        assert!(receipt.doubts.is_empty() && receipt.left.is_empty(), "{receipt}");
        state
            .document
            .common
            .answers
            .iter()
            .find_map(|(id, answer)| (id == "threshold.subjects").then(|| answer.clone()))
    };
    let expected = chosen("2）1,000人以上1万人未満");
    for words in ["1000人以上1万人未満", "2）1000人以上1万人未満", "１，０００人以上１万人未満"]
    {
        assert_eq!(chosen(words), expected, "{words}");
    }
}
