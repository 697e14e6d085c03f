//! Books as offices keep them: dates said once, counts in one cell, labels worded a little differently, a column of checks at
//! the left, and sheets that are none of the document.

use std::path::Path;

use hyoukasho::draft::format;
use hyoukasho::draft::{Answer, Document};
use hyoukasho::exchange::boxes::{Area, ForeignSource, SourceSheet, TextBox};
use hyoukasho::exchange::placer::{self, DoubtKind, PlacerReceipt, Why};
use hyoukasho::exchange::{book, sheets};
use hyoukasho::form::shipped;
use hyoukasho::print;

use super::{sheet, whole};

fn placed(source: &ForeignSource) -> (Document, PlacerReceipt) {
    let (state, receipt) = placer::place(source).unwrap();
    assert!(receipt.sums.agree(), "{receipt}");
    (Document { unplaced: Vec::new(), ..state.document }, receipt)
}

/// A 様式３ with two files as a book of many sheets, without what our own books say of themselves.
fn book_of_two_files() -> ForeignSource {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.ron");
    let document = format::read(&std::fs::read(path).unwrap()).unwrap().draft.state.document;
    let form = shipped::find(&document.form, &document.edition).unwrap();
    let mut source = book::boxes(&sheets::book(&print::resolve(form, &document))).unwrap();
    source.boxes.retain(|one| one.sheet != 0);
    source
}

/// The cell with these words, the nth of them.
fn cell<'s>(source: &'s mut ForeignSource, words: &str, nth: usize) -> &'s mut TextBox {
    source.boxes.iter_mut().filter(|one| one.text.contains(words)).nth(nth).unwrap()
}

/// A copy of a sheet with another name, before or behind all others.
fn copied(
    source: &ForeignSource,
    from: &str,
    name: &str,
    is_front: bool,
    change: impl Fn(&mut TextBox),
) -> ForeignSource {
    let at = source.sheets.iter().position(|sheet| sheet.name == from).unwrap();
    let mut copies: Vec<TextBox> = source.boxes.iter().filter(|one| one.sheet == at).cloned().collect();
    let mut source = source.clone();
    let new = if is_front { 0 } else { source.sheets.len() };
    source.sheets.insert(new, SourceSheet { name: name.to_owned(), ..source.sheets[at].clone() });
    let push = usize::from(is_front);
    source.boxes.iter_mut().for_each(|one| one.sheet += push);
    copies.iter_mut().for_each(|one| one.sheet = new);
    copies.iter_mut().for_each(change);
    let at = if is_front { 0 } else { source.boxes.len() };
    source.boxes.splice(at..at, copies);
    source
}

fn whys(receipt: &PlacerReceipt) -> Vec<(&str, Why)> {
    receipt.left.iter().map(|left| (left.sheet.as_str(), left.why)).collect()
}

fn kinds(receipt: &PlacerReceipt) -> Vec<DoubtKind> {
    receipt.doubts.iter().map(|doubt| doubt.kind).collect()
}

/// 「同上」 and its signs say the 変更日 above; an empty cell says so in doubt; what stands in the first row is what it says.
#[test]
fn a_date_that_is_as_above_is_the_date_above() {
    let with_rows = |dates: [&str; 4]| {
        let mut source = whole();
        let last = source.boxes.iter().map(|one| one.area.top as usize).max().unwrap();
        let rows = dates.iter().enumerate().map(|(n, date)| {
            format!("{date}|Ⅰ１②事務の概要その{n}|課税する。|課税し、還付する。|事後|重要な変更に当たらない。")
        });
        let rows: Vec<String> = rows.collect();
        let empty = vec![""; last + 1];
        let rows: Vec<&str> = empty.into_iter().chain(rows.iter().map(String::as_str)).collect();
        let mut below = ForeignSource::default();
        sheet(&mut below, "様式２", &rows);
        source.boxes.extend(below.boxes);
        let (document, receipt) = placed(&source);
        let dates: Vec<String> = document.rows.iter().map(|row| row.date.clone()).collect();
        (dates, kinds(&receipt), receipt.left.len())
    };
    let all = |date: &str| vec![date.to_owned(); 4];
    for sign in ["同上", "〃", "（同上）", "\"", "々"] {
        let (dates, doubts, n_left) = with_rows(["令和7年4月1日", sign, sign, sign]);
        assert_eq!((dates, doubts.len(), n_left), (all("令和7年4月1日"), 0, 0), "{sign}");
    }
    let (dates, doubts, _) = with_rows(["令和7年4月1日", "", "〃", ""]);
    assert_eq!((dates, doubts), (all("令和7年4月1日"), vec![DoubtKind::DateAbove; 2]));
    let (dates, doubts, _) = with_rows(["", "令和7年4月1日", "", "令和8年1月5日"]);
    assert_eq!(dates, ["", "令和7年4月1日", "令和7年4月1日", "令和8年1月5日"]);
    assert_eq!(doubts, [DoubtKind::DateAbove]);
    let (dates, doubts, _) = with_rows(["〃", "令和7年4月1日", "令和8年1月5日", "同上"]);
    assert_eq!(dates, ["〃", "令和7年4月1日", "令和8年1月5日", "令和8年1月5日"]);
    assert_eq!(doubts, []);
}

/// However its parentheses stand.
#[test]
fn a_count_is_read_however_it_is_written() {
    let mut source = book_of_two_files();
    let (expected, _) = placed(&source);
    let count = |document: &Document| document.files[0].part.answers.get("overview.outsource.count").cloned();
    assert_eq!(count(&expected), Some(Answer::Count(Some(3))));
    for words in ["3件", "（3件）", "３件", "（３）件", "3 件"] {
        cell(&mut source, "（ 3 ）　件", 0).text = words.to_owned();
        cell(&mut source, "提供を行っている", 0).text = "提供を行っている（4件）".to_owned();
        let (document, receipt) = placed(&source);
        assert_eq!(document, expected, "{words}");
        assert_eq!(receipt.left, [], "{words}");
        cell(&mut source, words, 0).text = "（ 3 ）　件".to_owned();
    }
    cell(&mut source, "提供を行っている", 0).text = "提供を行っている　4件".to_owned();
    assert_eq!(placed(&source).0, expected);
}

/// 4情報 and 5情報 are the same box; a tick before words that nobody knows is no tick of the box behind them.
#[test]
fn a_tick_stays_with_its_own_words() {
    let mut source = book_of_two_files();
    let (expected, _) = placed(&source);
    let four = cell(&mut source, "4情報（", 0);
    four.text = "5情報（氏名、氏名の振り仮名、性別、生年月日、住所）".to_owned();
    let (document, receipt) = placed(&source);
    assert_eq!((document, receipt.left), (expected, Vec::new()));
    cell(&mut source, "5情報（", 0).text = "戸籍の附票".to_owned();
    let ticked = source.boxes.iter().position(|one| one.text.contains("連絡先（電話番号等）")).unwrap();
    source.boxes[ticked - 2].text = "　".to_owned();
    let (document, _) = placed(&source);
    let Some(Answer::Checks(boxes)) = document.files[0].part.answers.get("overview.base.main_records") else {
        panic!()
    };
    assert!(!boxes.is_on("contact"), "{boxes:?}");
}

/// A heading and its box in one cell, with and without a tick; a note below a label in its cell is left over.
#[test]
fn what_stands_behind_a_label_in_its_cell_is_no_part_of_it() {
    let mut source = book_of_two_files();
    let (expected, _) = placed(&source);
    let box_at = source.boxes.iter().position(|one| one.text == "提供・移転しない").unwrap();
    let signs: Vec<usize> = (box_at - 2..=box_at).collect();
    assert!(source.boxes[signs[0]].text.contains('['), "{:?}", source.boxes[signs[0]]);
    signs.iter().for_each(|one| source.boxes[*one].text.clear());
    let mut ticked = source.clone();
    let heading = source.boxes.iter().position(|one| one.text.starts_with("５．特定個人情報の提供・移転 （")).unwrap();
    source.boxes[heading].text += "　[ 　 ] 提供・移転しない";
    let (document, receipt) = placed(&source);
    assert_eq!((document, receipt.left), (expected.clone(), Vec::new()));
    ticked.boxes[heading].text += "　[○] 提供・移転しない";
    let (document, receipt) = placed(&ticked);
    assert_eq!(document.files[0].part.answers.get("risk.provision.none"), Some(&Answer::Check(true)));
    assert_eq!(receipt.left, []);
    let mut source = book_of_two_files();
    cell(&mut source, "②事務の内容", 0).text += "\n（R7修正）";
    let (document, receipt) = placed(&source);
    assert_eq!(document, expected);
    assert_eq!(receipt.left.iter().map(|left| left.text.as_str()).collect::<Vec<_>>(), ["（R7修正）"]);
}

/// A label that differs by a letter or two is the label, in doubt; where none is found, the item is in doubt.
#[test]
fn a_label_in_other_words_is_the_nearest_one_and_in_doubt() {
    let mut source = book_of_two_files();
    for one in source.boxes.iter_mut().filter(|one| one.text == "ルールの内容及び\nルール遵守の確認方法")
    {
        one.text = one.text.replace('\n', "");
    }
    let (expected, receipt) = placed(&source);
    assert_eq!(kinds(&receipt), []);
    for (from, to) in [
        ("従業者に対する教育・啓発", "従業員に対する教育・啓発"),
        ("ルールの内容及びルール遵守の確認方法", "ルール内容及びルール遵守の確認方法"),
        (
            "再委託先による特定個人情報ファイルの適切な取扱いの担保",
            "再委託による特定個人情報ファイルの適切な取扱いの担保",
        ),
        (
            "再委託先による特定個人情報ファイルの適切な取扱いの担保",
            "再委託先による特定個人情報ファイルの適切な取扱いの確保",
        ),
    ] {
        let mut varied = source.clone();
        let mut n = 0;
        for one in varied
            .boxes
            .iter_mut()
            .filter(|one| one.text.ends_with(from) && one.text.chars().count() <= from.chars().count() + 3)
        {
            one.text = one.text.replace(from, to);
            n += 1;
        }
        assert!(n >= 2, "{from}");
        let (document, receipt) = placed(&varied);
        assert_eq!(document, expected, "{to}");
        assert!(kinds(&receipt).iter().all(|kind| *kind == DoubtKind::NearLabel), "{receipt}");
        assert!(!receipt.doubts.is_empty() && receipt.left.is_empty(), "{receipt}");
    }
    let mut varied = source;
    cell(&mut varied, "再委託先による特定個人情報ファイルの適切な取扱いの担保", 0).text = "再委託のこと".to_owned();
    let (_, receipt) = placed(&varied);
    let missing: Vec<_> = receipt.doubts.iter().filter(|doubt| doubt.kind == DoubtKind::NoLabel).collect();
    assert_eq!(missing.len(), 1, "{receipt}");
    assert_eq!((missing[0].at.item.as_str(), missing[0].at.file), ("risk.outsource.misuse.sub", Some(0)));
}

/// Checks of colleagues in a column left of the labels are left over, whatever row they stand in.
#[test]
fn a_column_of_checks_left_of_the_form_is_left_over() {
    let mut source = book_of_two_files();
    let (expected, _) = placed(&source);
    source
        .boxes
        .iter_mut()
        .for_each(|one| (one.area.left, one.area.right) = (one.area.left + 1.0, one.area.right + 1.0));
    for (words, rows) in [("済", 5..6), ("●", 1..200)] {
        let mut checked = source.clone();
        let mut n = 0;
        for sheet in 1..checked.sheets.len() {
            for row in rows.clone().step_by(7) {
                let top = f32::from(i16::try_from(row).unwrap());
                if checked.boxes.iter().all(|one| one.sheet != sheet || one.area.top < top) {
                    continue;
                }
                let area = Area { top, left: 0.0, bottom: top + 1.0, right: 1.0 };
                checked.boxes.push(TextBox { text: words.to_owned(), sheet, area, ..TextBox::default() });
                n += 1;
            }
        }
        let (document, receipt) = placed(&checked);
        assert_eq!(document, expected, "{words}");
        assert_eq!(receipt.left.iter().filter(|left| left.text == words).count(), n, "{receipt}");
        assert_eq!(receipt.left.len(), n, "{receipt}");
    }
}

/// The 記載要領 is no document, in front or at the end, called so by its sheet or by its title; the receipt names it.
#[test]
fn the_guidance_that_was_left_in_the_book_is_put_aside() {
    let source = book_of_two_files();
    let (expected, _) = placed(&source);
    let instruct = |one: &mut TextBox| {
        if one.text.chars().count() > 30 {
            one.text = "事務の実態に即して具体的に記載する。".to_owned();
        }
    };
    for is_front in [true, false] {
        for from in ["Ⅰ基本情報", "Ⅱ特定個人情報ファイルの概要", "Ⅲリスク対策"] {
            let guided = copied(&source, from, "記載要領", is_front, instruct);
            let (document, receipt) = placed(&guided);
            assert_eq!(document, expected, "{from}");
            assert_eq!(whys(&receipt), [("記載要領", Why::Guide)]);
            assert!(receipt.left[0].text.contains("事務の実態に即して"));
            let mut titled = copied(&source, from, "Sheet1", is_front, instruct);
            let at = titled.sheets.iter().position(|sheet| sheet.name == "Sheet1").unwrap();
            let area = Area { top: -2.0, left: 0.0, bottom: -1.0, right: 9.0 };
            let text = "重点項目評価書　記載要領（令和6年10月）".to_owned();
            titled.boxes.push(TextBox { text, sheet: at, area, ..TextBox::default() });
            let (document, receipt) = placed(&titled);
            assert_eq!((&document, whys(&receipt)), (&expected, vec![("Sheet1", Why::Guide)]));
        }
    }
    // A sheet with such a name that alone has its part of the form is the document.
    let mut named = source;
    let at = named.sheets.iter().position(|sheet| sheet.name == "Ⅰ基本情報").unwrap();
    named.sheets[at].name = "Ⅰ（記載例をもとに作成）".to_owned();
    let (document, receipt) = placed(&named);
    assert_eq!((document, whys(&receipt)), (expected, Vec::new()));
}

/// Last year's sheets beside those of the document are put aside, in front or at the end.
#[test]
fn older_copies_of_a_sheet_are_put_aside() {
    let source = book_of_two_files();
    let (expected, _) = placed(&source);
    let age = |one: &mut TextBox| {
        if one.text.ends_with('。') {
            one.text.insert_str(0, "旧年度の文。");
        }
    };
    for is_front in [true, false] {
        for (from, name) in [
            ("Ⅰ基本情報", "R6_Ⅰ"),
            ("Ⅳ開示請求、問合せ", "旧Ⅳ"),
            ("Ⅲリスク対策(2)", "Ⅲリスク対策（R5）"),
            ("Ⅱ特定個人情報ファイルの概要", "Ⅱ（令和5年度）"),
        ] {
            let aged = copied(&source, from, name, is_front, age);
            let (document, receipt) = placed(&aged);
            assert_eq!(document, expected, "{name}");
            assert_eq!(whys(&receipt), [(name, Why::Copy)]);
        }
    }
}

/// Of two forms in one book the larger is the document; the sheets of the other are named, with what to do.
#[test]
fn of_two_forms_in_one_book_one_is_taken() {
    let source = book_of_two_files();
    let (expected, _) = placed(&source);
    let (other, _) = placed(&whole());
    for is_front in [true, false] {
        let mut both = source.clone();
        let front = usize::from(is_front);
        let at = if is_front { 0 } else { both.sheets.len() };
        both.sheets.insert(at, SourceSheet { name: "様式２".to_owned(), ..SourceSheet::default() });
        both.boxes.iter_mut().for_each(|one| one.sheet += front);
        let boxes: Vec<TextBox> = whole().boxes.into_iter().map(|one| TextBox { sheet: at, ..one }).collect();
        let end = if is_front { 0 } else { both.boxes.len() };
        both.boxes.splice(end..end, boxes);
        let (document, receipt) = placed(&both);
        assert_eq!(document, expected);
        assert_eq!(whys(&receipt), [("様式２", Why::OtherForm)]);
        assert!(receipt.to_string().contains("もう一度取り込んで"), "{receipt}");
        // That sheet alone is the other form.
        assert_eq!(other.form, "youshiki2");
    }
}

/// What two cells say of one box is kept, both of it.
#[test]
fn a_box_that_stands_there_twice_loses_nothing() {
    let mut source = book_of_two_files();
    let at = source.sheets.iter().position(|sheet| sheet.name == "Ⅰ基本情報").unwrap();
    let row =
        source.boxes.iter().find(|one| one.sheet == at && one.text.contains("③他のシステムとの接続")).unwrap().area.top;
    let n = source.boxes.iter().filter(|one| one.sheet == at && one.text.starts_with("その他")).count();
    assert!(n > 0);
    let mut other = source.boxes.iter().find(|one| one.sheet == at && one.text.starts_with("その他")).unwrap().clone();
    assert!(other.area.top > row);
    let mut first = other.clone();
    first.text = "その他（収納管理係）".to_owned();
    other.text = "その他（宛名管理係）".to_owned();
    (first.area.left, first.area.right) = (other.area.right, other.area.right + 1.0);
    source.boxes.extend([first, other]);
    let (_, receipt) = placed(&source);
    assert!(receipt.sums.agree());
}

/// A sheet of the empty form that was left in the book makes no file that nobody named.
#[test]
fn an_empty_copy_of_a_sheet_is_put_aside() {
    let source = book_of_two_files();
    let (expected, _) = placed(&source);
    let form = shipped::find(&expected.form, &expected.edition).unwrap();
    let empty = Document { form: form.id.clone(), edition: form.revision.clone(), ..Document::default() };
    let blank = book::boxes(&sheets::book(&print::resolve(form, &empty))).unwrap();
    for from in ["Ⅱ特定個人情報ファイルの概要", "Ⅲリスク対策"] {
        let at = blank.sheets.iter().position(|sheet| sheet.name == from).unwrap();
        let mut with_blank = source.clone();
        let new = with_blank.sheets.len();
        let name = format!("原本_{from}");
        with_blank.sheets.push(SourceSheet { name: name.clone(), ..blank.sheets[at].clone() });
        let copies = blank.boxes.iter().filter(|one| one.sheet == at).cloned();
        with_blank.boxes.extend(copies.map(|one| TextBox { sheet: new, ..one }));
        let (document, receipt) = placed(&with_blank);
        assert_eq!(document, expected, "{from} {receipt}");
        assert_eq!(whys(&receipt), [(name.as_str(), Why::Copy)]);
    }
}

/// What is done to a source.
type Change<'c> = &'c dyn Fn(&mut ForeignSource);

/// A title without what stands behind ※, entries numbered in parentheses, columns of the change table in another order, a head
/// that is drawn over the edges of its cell.
#[test]
fn titles_and_heads_are_read_as_offices_write_them() {
    let (expected, receipt) = placed(&book_of_two_files());
    assert!(receipt.is_clean() && expected.rows.len() > 1, "{receipt}");
    let bare = |source: &mut ForeignSource| {
        for one in source.boxes.iter_mut().filter(|one| one.text.contains("リスク対策") && one.text.contains('※'))
        {
            one.text = one.text.split('※').next().unwrap().to_owned();
        }
    };
    let numbered = |source: &mut ForeignSource| {
        for one in &mut source.boxes {
            if let Some(number) = one.text.trim().strip_prefix("委託事項").filter(|rest| rest.chars().count() == 1)
            {
                one.text = format!("委託事項（{number}）");
            }
        }
    };
    // 変更前の記載 and 変更後の記載 stand the other way round.
    let turned = |source: &mut ForeignSource| {
        let of = |source: &mut ForeignSource, words: &str| cell(source, words, 0).area;
        let (before, after) = (of(source, "変更前の記載"), of(source, "変更後の記載"));
        let table = cell(source, "変更前の記載", 0).sheet;
        for one in source.boxes.iter_mut().filter(|one| one.sheet == table && one.area.top >= before.top) {
            let to = match one.area.left {
                left if left == before.left => after,
                left if left == after.left => before,
                _ => continue,
            };
            (one.area.left, one.area.right) = (to.left, to.right);
        }
    };
    let over = |source: &mut ForeignSource| {
        let head = cell(source, "提出時期に係る説明", 0);
        head.text = "提出時期に係る説".to_owned();
        let mut rest = head.clone();
        (rest.text, rest.area.top) = ("明".to_owned(), head.area.top + 0.4);
        head.area.top -= 0.4;
        head.area.bottom -= 0.6;
        source.boxes.push(rest);
    };
    let changes: [(&str, Change<'_>); 4] =
        [("bare", &bare), ("numbered", &numbered), ("turned", &turned), ("over", &over)];
    for (name, change) in changes {
        let mut source = book_of_two_files();
        let before = source.boxes.clone();
        change(&mut source);
        assert_ne!(source.boxes, before, "{name}");
        let (document, receipt) = placed(&source);
        assert!(receipt.is_clean(), "{name}: {receipt}");
        assert_eq!(document.rows, expected.rows, "{name}");
        assert_eq!(document, expected, "{name}");
    }
}
