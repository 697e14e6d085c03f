//! Books of Excel: what is refused, and what comes in where.
#![allow(clippy::unwrap_used, clippy::panic, clippy::cast_precision_loss, missing_docs)]

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

#[test]
fn a_plain_sheet_comes_in_whole() {
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
    let (state, receipt) = placer::place(&source).unwrap();
    let common = &state.document.common.answers;
    let text = |id: &str| common.get(id).and_then(|answer| answer.as_text()).unwrap_or_default().to_owned();
    assert_eq!(state.document.form, "youshiki2");
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
