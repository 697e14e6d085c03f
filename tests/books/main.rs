//! Books of Excel and their PDFs: what is refused, and what comes in where.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, missing_docs)]
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

#[path = "fill.rs"]
mod fill;
#[path = "habits.rs"]
mod habits;
#[path = "marks.rs"]
mod marks;
#[path = "offices.rs"]
mod offices;
#[path = "pages.rs"]
mod pages;
#[path = "sheets.rs"]
mod sheets;
#[path = "shown.rs"]
mod shown;
#[path = "styled.rs"]
mod styled;
#[path = "texts.rs"]
mod texts;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;

use hyoukasho::exchange::book;
use hyoukasho::exchange::boxes::{Area, Carrier, ForeignSource, Pen, SourceSheet, TextBox, Visibility};
use hyoukasho::exchange::placer::{self, PlaceError};
use hyoukasho::form::LabelLayout;

/// A sheet drawn with words: each line is a row, `|` parts its columns.
fn sheet(source: &mut ForeignSource, name: &str, rows: &[&str]) {
    source.sheets.push(SourceSheet { name: name.to_owned(), ..SourceSheet::default() });
    let sheet = source.sheets.len() - 1;
    for (row, line) in rows.iter().enumerate() {
        for (column, text) in line.split('|').enumerate().filter(|(_, text)| !text.trim().is_empty()) {
            let (top, left) = (row as f32, column as f32);
            source.boxes.push(TextBox {
                text: text.replace("\\n", "\n"),
                sheet,
                area: Area { top, left, bottom: top + 1.0, right: left + 1.0 },
                name: format!("{row}:{column}"),
                carrier: Carrier::Cell,
                sight: Visibility::Shown,
                pen: Pen::Plain,
                ..TextBox::default()
            });
        }
    }
}

#[test]
fn what_is_no_form_is_refused() {
    let mut source = ForeignSource::default();
    assert_eq!(placer::place(&source).unwrap_err(), PlaceError::Empty);
    sheet(&mut source, "予算", &["款|項|金額", "１|２|3000"]);
    assert!(matches!(placer::place(&source).unwrap_err(), PlaceError::NoForm { .. }));
}

#[test]
fn what_is_no_book_is_refused_by_its_kind() {
    for (bytes, word) in [
        (&b"PK\x03\x04 cut"[..], "壊れている"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0\0\0", "パスワード"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0\0\0", "Word"),
        (b"", "ではありません"),
    ] {
        let message = book::boxes(bytes).unwrap_err();
        assert!(message.contains(word), "{message}");
    }
}

/// A filled 様式２, as plain as a sheet can be; `\n` is a line break.
const PLAIN: &[&str] = &[
    "特定個人情報保護評価書（基礎項目評価書）",
    "評価書番号|評価書名",
    "7|青嶺市　住民税に関する事務　基礎項目評価書",
    "個人のプライバシー等の権利利益の保護の宣言",
    "青嶺市は、権利利益を守ることを宣言する。",
    "特記事項",
    "評価実施機関名",
    "青嶺市長",
    "公表日",
    "令和7年4月1日",
    "||[令和６年10月　様式２]",
    "Ⅰ　関連情報",
    "１．特定個人情報ファイルを取り扱う事務",
    "①事務の名称|住民税に関する事務",
    "②事務の概要|住民税を課税し、収納する。",
    "|特記事項を除き、システムで処理する。",
    "③システムの名称|税務システム\\n宛名システム",
    "２．特定個人情報ファイル名",
    "課税情報ファイル",
    "３．個人番号の利用",
    "法令上の根拠|番号法第９条第１項",
    "４．情報提供ネットワークシステムによる情報連携",
    "①実施の有無|[|実施する|]|＜選択肢＞",
    "|||||1） 実施する",
    "|||||2） 実施しない",
    "|||||3） 未定",
    "②法令上の根拠|番号法第19条第８号",
    "５．評価実施機関における担当部署",
    "①部署|税務課",
    "②所属長の役職名|税務課長",
    "６．他の評価実施機関",
    "なし",
    "７．特定個人情報の開示・訂正・利用停止請求",
    "請求先|総務課",
    "８．特定個人情報ファイルの取扱いに関する問合せ",
    "連絡先|税務課　内線１２３",
    "９．規則第９条第２項の適用|[|〇|]|適用した",
    "適用した理由|災害のため",
    "Ⅱ　しきい値判断項目",
    "１．対象人数",
    "評価対象の事務の対象人数は何人か|[ 2）1,000人以上1万人未満 ]",
    "いつ時点の計数か|令和7年1月1日　時点",
    "２．取扱者数",
    "特定個人情報ファイル取扱者数は500人以上か|500人未満",
    "いつ時点の計数か|令和7年1月1日|時点",
    "３．重大事故",
    "過去１年以内に、評価実施機関において特定個人情報に関する重大事故が発生したか|[|発生なし|]",
    "Ⅲ　しきい値判断結果",
    "しきい値判断結果|基礎項目評価の実施が義務付けられる",
];

/// That sheet with the rest of the form, into which nothing is written.
fn whole() -> ForeignSource {
    let mut source = ForeignSource::default();
    // The rest of the form, with nothing written into it.
    let form = hyoukasho::form::shipped::find("youshiki2", "r6-10").unwrap();
    let risk = form.section("risk").unwrap();
    let labels =
        risk.items.iter().flat_map(|item| item.with_inner()).filter(|item| item.layout != LabelLayout::InHeading);
    let labels: Vec<String> = labels.map(|item| item.printed_label()).collect();
    let rest: Vec<&str> = std::iter::once(risk.title.as_str()).chain(labels.iter().map(String::as_str)).collect();
    sheet(
        &mut source,
        "様式２",
        &[PLAIN, &rest, &["変更箇所", "変更日|項目|変更前の記載|変更後の記載|提出時期|提出時期に係る説明"]].concat(),
    );
    source
}

/// A book with one sheet whose cells hold these texts, as a program would write it.
fn book_of(source: &ForeignSource, extra_rows: &str) -> Vec<u8> {
    let mut rows: BTreeMap<u32, Vec<(u32, String)>> = BTreeMap::new();
    for one in source.boxes.iter().filter(|one| one.sheet == 0) {
        let text = one.text.replace('&', "&amp;").replace('<', "&lt;");
        rows.entry(one.area.top as u32).or_default().push((one.area.left as u32, text));
    }
    let mut data = String::new();
    for (row, cells) in rows {
        data += &format!("<row r=\"{}\">", row + 1);
        for (column, text) in cells {
            let name = format!("{}{}", char::from(b'A' + u8::try_from(column).unwrap()), row + 1);
            data += &format!("<c r=\"{name}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>");
        }
        data += "</row>";
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{links}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{links}\"><sheets><sheet name=\"様式２\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{links}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{data}{extra_rows}</sheetData></worksheet>"),
        ),
    ];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A packed book whose parts say something else, each by its name, with others behind them.
fn edited(bytes: Vec<u8>, edit: &dyn Fn(&str, String) -> String, more: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut write = |name: &str, text: &str| {
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    };
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).unwrap();
        let name = part.name().unwrap().to_string();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        write(&name, &edit(&name, text));
    }
    more.iter().for_each(|(name, text)| write(name, text));
    out.finish().unwrap().into_inner()
}

fn hyoukasho(folder: &Path, arguments: &[&str]) -> std::process::Output {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_hyoukasho"));
    command.current_dir(folder).env("HOME", folder).env("XDG_DATA_HOME", folder).env("XDG_CONFIG_HOME", folder);
    command.args(arguments).output().unwrap()
}

/// How a command ended, and all that it said.
fn code_and_words(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let ended = hyoukasho(folder, arguments);
    let said = String::from_utf8_lossy(&ended.stdout).into_owned() + &String::from_utf8_lossy(&ended.stderr);
    (ended.status.code(), said)
}

/// Whatever stands in a hidden row without a label is kept aside, with where it stood; the receipt is of its shape.
#[test]
fn the_command_reads_a_book_whatever_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let hidden = "<row r=\"900\" hidden=\"1\"><c r=\"B900\" t=\"inlineStr\"><is><t>昨年の文</t></is></c></row>";
    std::fs::write(folder.path().join("昨年.dat"), book_of(&whole(), hidden)).unwrap();
    let ended = hyoukasho(folder.path(), &["import", "昨年.dat", "a.ron", "--receipt", "r.json"]);
    let said = String::from_utf8_lossy(&ended.stdout).into_owned() + &String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(0), "{said}");
    let receipt: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.path().join("r.json")).unwrap()).unwrap();
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../assets/receipt.schema.json")).unwrap();
    let wrong = jsonschema::validator_for(&schema)
        .unwrap()
        .iter_errors(&receipt)
        .map(|error| error.to_string())
        .collect::<Vec<_>>();
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!((&receipt["left"][0]["cell"], &receipt["left"][0]["why"]), (&"B900".into(), &"hidden".into()));
    let draft = std::fs::read_to_string(folder.path().join("a.ron")).unwrap();
    assert!(draft.contains("昨年の文") && draft.contains("B900"), "kept in the draft");
    assert_eq!(hyoukasho(folder.path(), &["import", "昨年.dat", "b.ron", "--strict"]).status.code(), Some(1));
    std::fs::write(folder.path().join("別.xlsx"), b"PK\x03\x04 cut").unwrap();
    let refused = hyoukasho(folder.path(), &["import", "別.xlsx", "c.ron"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(!folder.path().join("c.ron").exists());
}

/// Bytes that were changed anywhere end in words or in boxes, never in a panic of this room.
#[test]
fn a_damaged_book_ends_in_words() {
    let sound = book_of(&whole(), "");
    assert!(book::boxes(&sound).is_ok());
    let mut seed = 7_u64;
    for _ in 0..300 {
        let mut bytes = sound.clone();
        for _ in 0..4 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(seed >> 33).unwrap() % bytes.len();
            bytes[at] = u8::try_from((seed >> 24) & 0xFF).unwrap();
        }
        let _ = book::boxes(&bytes);
        let _ = book::boxes(&bytes[..bytes.len() / 2]);
    }
}

#[test]
fn a_plain_sheet_comes_in_whole() {
    let source = whole();
    let (state, receipt) = placer::place(&source).unwrap();
    let common = &state.document.common.answers;
    let text = |id: &str| common.get(id).and_then(|answer| answer.as_text()).unwrap_or_default().to_owned();
    assert_eq!((state.document.form.as_str(), state.document.edition.as_str()), ("youshiki2", "r6-10"));
    assert_eq!(text("cover.number"), "7");
    assert_eq!(text("cover.name"), "青嶺市　住民税に関する事務　基礎項目評価書");
    assert_eq!(text("cover.notes"), "");
    assert_eq!(text("cover.published_on"), "令和7年4月1日");
    assert_eq!(text("related.affairs.outline"), "住民税を課税し、収納する。\n特記事項を除き、システムで処理する。");
    assert_eq!(common["related.linkage.implemented"], hyoukasho::draft::Answer::Choice(Some(1)));
    assert_eq!(text("related.linkage.legal_basis"), "番号法第19条第８号");
    assert_eq!(common["related.emergency.applied"], hyoukasho::draft::Answer::Check(true));
    assert_eq!(common["threshold_items.population.count"], hyoukasho::draft::Answer::Choice(Some(2)));
    assert_eq!(text("threshold_items.population.as_of"), "令和7年1月1日");
    assert_eq!(common["threshold_items.handlers.count"], hyoukasho::draft::Answer::Choice(Some(2)));
    assert_eq!(text("threshold_items.handlers.as_of"), "令和7年1月1日");
    assert_eq!(common["threshold_result.result"], hyoukasho::draft::Answer::Choice(Some(2)));
    assert!(receipt.sums.agree() && receipt.left.is_empty(), "{receipt}");
}
