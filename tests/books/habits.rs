//! Habits of offices: numbers, marks, columns and notes as others write them, and what stays in doubt.

use std::path::Path;

use hyoukasho::draft::format;
use hyoukasho::draft::{Answer, Document};
use hyoukasho::exchange::boxes::{Area, ForeignSource, TextBox};
use hyoukasho::exchange::placer::{self, DoubtKind, PlacerReceipt};
use hyoukasho::exchange::{book, sheets};
use hyoukasho::form::shipped;
use hyoukasho::print;

use super::{PLAIN, sheet, whole};

fn placed(source: &ForeignSource) -> (Document, PlacerReceipt) {
    let (state, receipt) = placer::place(source).unwrap();
    assert!(receipt.sums.agree(), "{receipt}");
    (Document { unplaced: Vec::new(), ..state.document }, receipt)
}

fn left(receipt: &PlacerReceipt) -> Vec<&str> {
    receipt.left.iter().map(|left| left.text.as_str()).collect()
}

/// The plain sheet with these rows in the place of others.
fn with_rows(first: &str, n_rows: usize, rows: &[&str]) -> ForeignSource {
    let source = whole();
    let at = PLAIN.iter().position(|row| row.starts_with(first)).unwrap();
    let rest: Vec<Vec<String>> = (PLAIN.len()..=source.boxes.iter().map(|one| one.area.top as usize).max().unwrap())
        .map(|row| source.boxes.iter().filter(|one| one.area.top as usize == row).map(|one| one.text.clone()).collect())
        .collect();
    let rest: Vec<String> = rest.iter().map(|cells| cells.join("|").replace('\n', "\\n")).collect();
    let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
    let mut changed = ForeignSource::default();
    sheet(&mut changed, "様式２", &[&PLAIN[..at], rows, &PLAIN[at + n_rows..], &rest].concat());
    changed
}

fn note(source: &ForeignSource, row: f32, [from, to]: [f32; 2], text: &str) -> TextBox {
    let area = Area { top: row, left: from, bottom: row + 1.0, right: to };
    TextBox { text: text.to_owned(), area, sheet: 0, ..source.boxes[0].clone() }
}

#[test]
fn numbers_of_labels_are_written_as_offices_like() {
    let (expected, _) = placed(&whole());
    for (circled, full) in [("（1）", "、"), ("1)", "."), ("(１) ", "　")] {
        let mut source = whole();
        for one in &mut source.boxes {
            if let Some(rest) = one.text.strip_prefix('①') {
                one.text = format!("{circled}{rest}");
            }
            one.text = one.text.replacen('．', full, usize::from(one.text.chars().nth(1) == Some('．')));
        }
        assert_eq!(placed(&source).0, expected, "{circled} {full}");
    }
}

#[test]
fn a_colon_behind_a_label_is_none_of_its_words() {
    let (expected, _) = placed(&whole());
    for colon in ["：", ":"] {
        let mut source = whole();
        let labels =
            ["①", "②", "③", "請求先", "連絡先", "評価実施機関名", "公表日", "法令上の根拠", "いつ時点の計数か"];
        let is_label = |one: &&mut TextBox| labels.iter().any(|label| one.text.starts_with(label));
        source.boxes.iter_mut().filter(is_label).for_each(|one| one.text.push_str(colon));
        let (document, receipt) = placed(&source);
        assert_eq!(document, expected, "{receipt}");
        assert!(receipt.left.is_empty() && receipt.doubts.is_empty(), "{receipt}");
    }
}

#[test]
fn a_choice_is_known_by_a_mark_in_its_list_or_by_its_number_alone() {
    let list = ["|||||1） 実施する", "|||||2） 実施しない", "|||||3） 未定"];
    for (cell, second) in [
        ("①実施の有無|[||]|＜選択肢＞", "|||||○2） 実施しない"),
        ("①実施の有無|[||]|＜選択肢＞", "|||||2）● 実施しない"),
        ("①実施の有無|2|||＜選択肢＞", list[1]),
        ("①実施の有無|||||＜選択肢＞", "|||||レ 2） 実施しない"),
    ] {
        let (document, receipt) = placed(&with_rows("①実施の有無", 4, &[cell, list[0], second, list[2]]));
        assert_eq!(document.common.answers["related.linkage.implemented"], Answer::Choice(Some(2)), "{cell} {second}");
        assert_eq!(left(&receipt), Vec::<&str>::new());
    }
    // Nothing says which: it stays open, whatever is in the list.
    let (document, _) =
        placed(&with_rows("①実施の有無", 4, &["①実施の有無|[||]|＜選択肢＞", list[0], list[1], list[2]]));
    assert!(document.common.answers.get("related.linkage.implemented").is_none_or(Answer::is_empty));
}

/// A framed column behind the form, and words far right of a form without merged cells, are nobody's answers.
#[test]
fn what_colleagues_note_beside_the_form_is_left_over() {
    const END: f32 = 24.0;
    let (expected, _) = placed(&whole());
    let mut source = whole();
    let lasts: Vec<f32> = source.boxes.iter().map(|one| one.area.left).collect();
    let rows: Vec<f32> = source.boxes.iter().map(|one| one.area.top).collect();
    for one in &mut source.boxes {
        let is_last = (0..rows.len()).all(|at| rows[at] != one.area.top || lasts[at] <= one.area.left);
        one.area.left *= 4.0;
        one.area.right = if is_last { END } else { one.area.left + 4.0 };
    }
    let row_of = |word: &str| source.boxes.iter().find(|one| one.text.starts_with(word)).unwrap().area.top;
    let words = ["確認済", "法務担当へ照会中。", "数字を更新すること。"];
    let at = [row_of("①事務の名称"), row_of("②事務の概要"), row_of("①部署")];
    let notes: Vec<TextBox> =
        words.iter().zip(at).map(|(text, row)| note(&source, row, [END, END + 5.0], text)).collect();
    source.boxes.extend(notes);
    let (document, receipt) = placed(&source);
    assert_eq!(document, expected);
    assert_eq!(left(&receipt), words);
    let mut source = whole();
    let notes: Vec<TextBox> = words.iter().zip(at).map(|(text, row)| note(&source, row, [19.0, 20.0], text)).collect();
    source.boxes.extend(notes);
    let (document, receipt) = placed(&source);
    assert_eq!((document, left(&receipt)), (expected, words.to_vec()));
}

/// Nor are short words of work in the second next column, whether the place before them is filled or not.
#[test]
fn a_column_of_checks_without_merged_cells_is_left_over() {
    let (mut expected, _) = placed(&whole());
    let mut source = whole();
    let row_of = |word: &str| whole().boxes.iter().find(|one| one.text.starts_with(word)).unwrap().area.top;
    let words = ["済", "数字を更新すること。", "前年と同じ", "確認済"];
    let at = ["①事務の名称", "①部署", "連絡先", "②所属長の役職名"].map(row_of);
    source.boxes.retain(|one| one.text != "税務課長");
    let notes: Vec<TextBox> = words.iter().zip(at).map(|(text, row)| note(&source, row, [3.0, 4.0], text)).collect();
    source.boxes.extend(notes);
    expected.common_mut().answers.remove("related.department.head_title");
    let (document, receipt) = placed(&source);
    assert_eq!((document, left(&receipt)), (expected, words.to_vec()));
}

#[test]
fn notes_beside_the_list_of_contents_do_not_make_its_lines_titles() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.ron");
    let document = format::read(&std::fs::read(path).unwrap()).unwrap().draft.state.document;
    let form = shipped::find(&document.form, &document.edition).unwrap();
    let mut source = book::boxes(&sheets::book(&print::resolve(form, &document))).unwrap();
    let (expected, _) = placed(&source);
    let lines: Vec<TextBox> = source
        .boxes
        .iter()
        .filter(|one| {
            form.sections.iter().flat_map(|section| &section.static_lines).any(|line| line.trim() == one.text.trim())
        })
        .cloned()
        .collect();
    assert!(lines.len() > 3);
    for line in lines {
        let area = Area { left: 200.0, right: 201.0, ..line.area };
        source.boxes.push(TextBox { text: "担当：山田".to_owned(), area, ..line });
    }
    assert_eq!(placed(&source).0, expected);
}

/// What says itself that it goes on, or takes the sentences up again, is no doubt; a remark of a colleague is.
#[test]
fn an_answer_over_several_cells_is_in_doubt_only_where_it_may_be_something_else() {
    let doubts = |rows: &[&str]| {
        let (document, receipt) = placed(&with_rows("②事務の概要", 2, rows));
        let text = document.common.answers["related.affairs.outline"].as_text().unwrap_or_default().to_owned();
        let of_it = receipt.doubts.iter().filter(|doubt| doubt.at.item == "related.affairs.outline");
        (text, of_it.map(|doubt| doubt.kind).collect::<Vec<_>>(), receipt.left.len())
    };
    for rows in [
        ["②事務の概要|・課税する。\\n・収納する。", "|・還付する。"],
        ["②事務の概要|住民税の賦課に必要な申告書を受け付け、課税資料と突合し", "|税額を決定する。"],
        ["②事務の概要|住民税を課税する。", "（続き）|要確認の申告は照会する"],
    ] {
        let (text, doubts, n_left) = doubts(&rows);
        assert!(doubts.is_empty() && n_left == 0 && text.chars().count() > 12, "{rows:?}: {text} {doubts:?}");
    }
    for second in ["|前年と同じ", "|総務課に要確認。", "|別紙のとおり"] {
        let (_, doubts, n_left) = doubts(&["②事務の概要|住民税を課税する。", second]);
        assert!(doubts == [DoubtKind::Joined] || n_left == 1, "{second}: {doubts:?}");
    }
}
