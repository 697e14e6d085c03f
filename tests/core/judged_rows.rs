//! The inputs of `../shared/cases/judgement`: what is right about each. They stand beside the project; without them there is
//! nothing to test. What each shows is a small case of the project's own as well.

use std::path::PathBuf;
use std::sync::Arc;

use hyoukasho::changes::{rows, unlisted};
use hyoukasho::checks::{Context, Finding, check_compared};
use hyoukasho::draft::{Answer, Base, ChangeRow, Draft, Stage, format};
use hyoukasho::exchange::json::import;
use hyoukasho::form::{FieldPath, RuleSet, shipped};
use hyoukasho::session::compared;

use crate::changes::made::form;

fn read(name: &str) -> Option<Draft> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/judgement").join(name);
    let bytes = std::fs::read(path).ok()?;
    if name.ends_with(".ron") {
        return Some(format::read(&bytes).unwrap().draft);
    }
    Some(import(&bytes, |form, revision| shipped::find(form, revision).ok()).unwrap().0)
}

/// The rows between both versions of a pair: 項目, 変更前, 変更後.
fn told(name: &str) -> Option<Vec<[String; 3]>> {
    let (last, now) = (read(&format!("{name}-last.json"))?, read(&format!("{name}-now.json"))?);
    let rows = rows(form(&now), &last.state.document, &now.state);
    let missing = unlisted(form(&now), &last.state.document, &now.state);
    assert!(missing.len() <= rows.len(), "{name}");
    Some(rows.into_iter().map(|ChangeRow { item, before, after, .. }| [item, before, after]).collect())
}

/// What is found at 提出・公表, with the other version of a pair as the publication before.
fn found(name: &str, last: Option<&str>) -> Option<Vec<Finding>> {
    let mut draft = read(name)?;
    if let Some(last) = last {
        draft.base = Some(Arc::new(Base { state: read(last)?.state, ..Base::default() }));
    }
    draft.state.stage = Stage::Final;
    let compared = compared(form(&draft), &draft);
    Some(check_compared(form(&draft), RuleSet::shipped().unwrap(), &draft.state, &Context::default(), &compared))
}

/// Place and message of what is found of a rule.
fn of_rule(name: &str, rule: &str) -> Option<Vec<(String, String)>> {
    let found = found(name, None)?.into_iter().filter(|finding| finding.rule == rule);
    Some(found.map(|finding| (finding.path.to_string(), finding.message)).collect())
}

#[test]
fn what_is_told_of_two_versions() {
    let first = "この段落は変わらず、略しても読む人が困らないだけの長さを持っている。";
    let others = "Ⅲ３　特定個人情報の使用におけるその他のリスク及びそのリスクに対する措置";
    for (name, expected) in [
        ("01-deleted-paragraph", [others, "・端末の画面に長く表示させない。\n（略）", &format!("{first}（略）")]),
        (
            "02-doubled-left-out",
            [others, "（略）\n＜旧い措置＞\n旧い段落を削る。\n（略）", "（略）\n新しい段落を加える。"],
        ),
        ("06-fee-detail-name", ["Ⅴ１③　手数料等 手数料額、納付方法", "（記載なし）", "写しの作成に要する費用"]),
        ("08-box-cleared", ["Ⅲ６　接続しない（入手）", "［○］接続しない（入手）", "［　］接続しない（入手）"]),
    ] {
        let Some(told) = told(name) else { return };
        assert_eq!(told, [expected.map(str::to_owned)], "{name}");
    }
}

/// One that the law names anew is no new recipient.
#[test]
fn a_recipient_rewritten_for_the_law_stays_one() {
    let Some(told) = told("03-provider-after-law") else { return };
    let items: Vec<&str> = told.iter().map(|[item, ..]| item.as_str()).collect();
    let expected = [
        "Ⅱ５　提供先1",
        "Ⅱ５　提供先1 ①法令上の根拠",
        "Ⅱ５　提供先1 ②提供先における用途",
        "Ⅱ５　提供先1 ③提供する情報",
        "Ⅱ５　提供先1 ⑤提供する情報の対象となる本人の範囲",
    ];
    assert_eq!(items, expected);
    assert!(told.iter().all(|[_, before, after]| before != "（記載なし）" && after != "（削除）"));
}

#[test]
fn contracts_that_were_renumbered_keep_their_identity() {
    let Some(told) = told("04-renumbered-contracts") else { return };
    let cells: Vec<[&str; 3]> =
        told.iter().map(|row| row.each_ref().map(|cell| cell.lines().next().unwrap())).collect();
    let expected = [
        ["Ⅱ４　旧委託事項2", "委託事項2　封入封かん", "（削除）"],
        ["Ⅱ４　委託事項3", "（記載なし）", "委託事項3　電話の受付"],
        ["Ⅱ４　旧委託事項3 → 委託事項2", "委託事項3　データ入力", "（委託事項2へ移動）"],
    ];
    assert_eq!(cells, expected);
    let (last, mut now) =
        (read("04-renumbered-contracts-last.json").unwrap(), read("04-renumbered-contracts-now.json").unwrap());
    now.apply(hyoukasho::draft::Edit::Answer {
        at: FieldPath::in_file(0, "overview.outsource.items.contractor").entry(1),
        answer: Some(Answer::Text("戊社".to_owned())),
    })
    .unwrap();
    let rows = rows(form(&now), &last.state.document, &now.state);
    let row = rows.iter().find(|row| row.after == "戊社").unwrap();
    assert_eq!((row.item.as_str(), row.before.as_str()), ("Ⅱ４　旧委託事項3 → 委託事項2 ③委託先名", "丙社"));
}

#[test]
fn other_spaces_and_widths_are_no_change() {
    for name in ["07a-space-added", "07b-width"] {
        let Some(told) = told(name) else { return };
        assert_eq!(told, Vec::<[String; 3]>::new(), "{name}");
        let found = found(&format!("{name}-now.json"), Some(&format!("{name}-last.json"))).unwrap();
        assert!(found.iter().all(|finding| finding.rule != "CH-01"), "{name}");
    }
}

#[test]
fn names_of_items_are_judged_part_by_part() {
    let Some(found) = of_rule("11-item-name-right.json", "CH-10") else { return };
    assert_eq!(found, []);
    let found = of_rule("12-item-name-wrong.json", "CH-10").unwrap();
    let wholes = [
        "章の題名「リスク対応」は、様式では「リスク対策」です。正しくは「Ⅲ　リスク対策　６．情報提供ネットワークシステムとの接続」",
        "章の題名「基礎情報」は、様式では「基本情報」です。正しくは「Ⅰ　基本情報　６．評価実施機関における担当部署　②所属長の役職名」",
        "見出しの番号「4．」は、様式では「3．」です。正しくは「Ⅱ　特定個人情報ファイルの概要　３．特定個人情報の入手・使用　④使用の主体　使用部署」",
        "項目名「ルールの内容及びルール厳守の確認方法」は、様式では「ルールの内容及びルール遵守の確認方法」です。正しくは「Ⅲ　リスク対策　５．",
        "章の題名「評価の実施手続」は、様式では「評価実施手続」です。正しくは「Ⅴ　評価実施手続　１．基礎項目評価　①実施日」",
        "丸数字「④」は、様式では「⑥」です。正しくは「Ⅱ　特定個人情報ファイルの概要　５．特定個人情報の提供・移転（委託に伴うものを除く。）　提供先1　⑥提供方法」",
        "丸数字「①」は、様式では「③」です。正しくは「Ⅰ　基本情報　２．特定個人情報ファイルを取り扱う事務において使用するシステム　システム1　③他のシステムとの接続」",
    ];
    assert_eq!(found.len(), wholes.len(), "{found:#?}");
    for ((place, message), whole) in found.iter().zip(wholes) {
        assert!(message.contains(whole), "{place} {message}");
    }
}

#[test]
fn what_was_moved_or_deleted_is_looked_for() {
    let Some(found) = of_rule("13-moved-entry.json", "CH-09") else { return };
    assert_eq!(found, []);
    let found = of_rule("15-said-deleted-still-there.json", "CH-09").unwrap();
    let message = "変更箇所の「変更後の記載」が、本文の現在の記載と違います。変更後の記載が空ですが、本文に「提供は手順書に従って行い、記録を点検する。」が残っています。";
    assert_eq!(found, [("changes.rows.after[1]".to_owned(), message.to_owned())]);
}

#[test]
fn rows_of_former_publications_are_not_judged() {
    let Some(found) = found("27-old-rows-without-reason.json", None) else { return };
    let is_about = |finding: &&Finding| finding.path.item.starts_with("changes.");
    let rows: Vec<_> = found.iter().filter(is_about).map(|finding| (&*finding.rule, finding.path.entry)).collect();
    assert!(rows.contains(&("CH-05", Some(1))), "{rows:?}");
    assert!(rows.iter().all(|(_, row)| *row == Some(1)), "{rows:?}");
}

#[test]
fn a_row_typed_by_hand_tells_its_change() {
    let Some(found) = found("30-row-typed-by-hand.ron", None) else { return };
    assert!(found.iter().all(|finding| !matches!(&*finding.rule, "CH-01" | "CH-09" | "CH-10")), "{found:#?}");
}
