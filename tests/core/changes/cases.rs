//! A year of two published documents: the same script of edits for both, and the rows it must make, written by hand by
//! item, kind and shape. The documents stand beside the project; without them there is nothing to test.

use std::path::PathBuf;

use hyoukasho::changes::{compare, edits, overview, rows, unlisted, update};
use hyoukasho::draft::{Answer, ChangeRow, Draft, Edit, FilePart, Part};
use hyoukasho::exchange::json::import;
use hyoukasho::form::{FieldPath, shipped};
use hyoukasho::print::resolve;

use crate::changes::made::{answer, form, n_stale};

/// The document, its files under other names; `None` where it is not there.
fn document(name: &str) -> Option<Draft> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/cases");
    let folder = std::env::var_os("HYOUKASHO_DOCUMENTS").map_or(beside, PathBuf::from);
    let json = std::fs::read(folder.join(name)).ok()?;
    let (mut draft, _) = import(&json, |form, revision| shipped::find(form, revision).ok()).unwrap();
    for (file, name) in draft.state.document.files_mut().zip(["ファイル甲", "ファイル乙"]) {
        name.clone_into(&mut file.name);
    }
    Some(draft)
}

fn at(item: &str) -> FieldPath {
    FieldPath::document(item)
}

fn f0(item: &str) -> FieldPath {
    FieldPath::in_file(0, item)
}

fn text(at: FieldPath, text: &str) -> Edit {
    Edit::Answer { at, answer: Some(Answer::Text(text.to_owned())) }
}

fn choose(at: FieldPath, n: u32) -> Edit {
    Edit::Answer { at, answer: Some(Answer::Choice(Some(n))) }
}

fn tick(at: FieldPath, key: &str) -> Edit {
    Edit::Box { at, key: key.to_owned(), on: true }
}

/// The text there with a line at its end, or in its middle.
fn with_line(draft: &Draft, at: FieldPath, in_middle: bool, line: &str) -> Edit {
    let old = answer(draft, &at).and_then(|old| old.as_text().map(str::to_owned)).unwrap_or_default();
    let mut lines: Vec<&str> = old.lines().collect();
    let place = if in_middle { lines.len() / 2 } else { lines.len() };
    lines.insert(place, line);
    text(at, &lines.join("\n"))
}

fn part(answers: &[(&str, &str)]) -> Part {
    let answers = answers.iter().map(|(id, text)| ((*id).to_owned(), Answer::Text((*text).to_owned())));
    Part { answers: answers.collect(), ..Part::default() }
}

/// The edits of a year; `n_systems` and `n_outsourced` are those of the version before.
fn year(last: &Draft, n_systems: usize, n_outsourced: usize) -> Vec<Edit> {
    let new_system =
        part(&[("basic.systems.name", "電子申請システム"), ("basic.systems.functions", "申請を受け付ける。")]);
    let call_centre = part(&[
        ("overview.outsource.items.name", "電話の応対"),
        ("overview.outsource.items.content", "問合せに答える。"),
        ("overview.outsource.items.contractor", "未定（入札により決定）"),
    ]);
    vec![
        text(at("cover.published_on"), "令和9年3月26日"),
        choose(at("basic.affairs.headcount"), 5),
        with_line(last, at("basic.number_use.legal_basis"), false, "番号法第9条第2項、市の条例"),
        choose(at("basic.linkage.implemented"), 2),
        text(at("basic.department.unit"), "新しい部の新しい課"),
        text(at("basic.department.head_title"), "新しい課の長"),
        text(at("basic.other_agencies"), "県の税務の事務所"),
        with_line(last, at("basic.systems.functions").entry(0), false, "結果を職員が確かめる。"),
        Edit::InsertEntry { at: at("basic.systems"), index: 0, entry: new_system },
        Edit::MoveEntry { at: at("basic.systems"), from: n_systems, to: 1 },
        choose(f0("overview.base.type"), 2),
        with_line(last, f0("overview.base.subject_scope"), false, "転出した者を含む。"),
        with_line(last, f0("overview.base.subject_scope_need"), false, "転出の後も事務が残るため。"),
        tick(f0("overview.base.main_records"), "school"),
        text(f0("overview.base.held_from"), "平成29年4月1日"),
        text(f0("overview.base.department"), "新しい部の新しい課"),
        tick(f0("overview.acquire.source"), "other"),
        text(f0("overview.acquire.purpose"), "事務を正しく行うため。"),
        choose(f0("overview.acquire.user.headcount"), 3),
        with_line(last, f0("overview.acquire.usage"), false, "・電子申請を受け付ける。"),
        Edit::Answer { at: f0("overview.outsource.count"), answer: Some(Answer::Count(Some(7))) },
        text(f0("overview.outsource.items.contractor").entry(0), "別の会社（入札により決定）"),
        Edit::InsertEntry { at: f0("overview.outsource.items"), index: n_outsourced, entry: call_centre },
        with_line(last, f0("overview.storage.place"), true, "　書庫の鍵は、課の長が管理する。"),
        with_line(last, f0("records.items"), false, "電子申請の受付番号"),
        choose(f0("risk.use.misuse.adequacy"), 1),
        choose(f0("risk.storage.main.incident"), 1),
        with_line(last, f0("risk.education.method"), true, "新しく着いた職員には、着いた日に教える。"),
        tick(f0("risk.audit.done"), "external"),
        with_line(last, at("disclosure.inquiry.contact"), false, "内線200番"),
        text(at("procedure.basic_assessment.date"), "令和9年1月8日"),
        text(at("procedure.third_party.result"), "意見はなかった。"),
    ]
}

fn apply(draft: &mut Draft, edits: Vec<Edit>) {
    edits.into_iter().for_each(|edit| drop(draft.apply(edit).unwrap()));
}

/// `項目｜変更前→変更後｜提出時期`; of the cells only what they are like.
fn shown(row: &ChangeRow) -> String {
    let shape = |cell: &str| match cell {
        "（記載なし）" => "なし",
        "（削除）" => "削除",
        cell if cell.contains("（略）") => "略",
        _ => "全",
    };
    let timing = if row.timing.is_empty() { "未定" } else { &row.timing };
    format!("{}｜{}→{}｜{timing}", row.item, shape(&row.before), shape(&row.after))
}

/// Runs a year, compares the rows with those written by hand, and takes every promise of the change table to it.
fn check(last: &Draft, script: Vec<Edit>, expected: &str) {
    let mut now = last.clone();
    apply(&mut now, script);
    let made: Vec<String> = rows(form(&now), &last.state.document, &now.state).iter().map(shown).collect();
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert!(made == expected, "{}", made.join("\n"));

    let mut again = last.clone();
    apply(&mut again, edits(&last.state.document, &compare(form(&now), &last.state.document, &now.state.document)));
    again.state.document.rows.clone_from(&now.state.document.rows);
    assert_eq!(
        compare(form(&now), &again.state.document, &now.state.document),
        [],
        "the version before and the differences make the one of now"
    );
    assert_eq!(resolve(form(&now), &again.state.document), resolve(form(&now), &now.state.document));

    let update_edits = update(form(&now), &last.state.document, &now.state);
    apply(&mut now, update_edits);
    assert_eq!(
        now.state.document.rows[..last.state.document.rows.len()],
        last.state.document.rows[..],
        "rows of former years stay"
    );
    assert_eq!(now.state.document.rows.len(), last.state.document.rows.len() + expected.len());
    assert_eq!(unlisted(form(&now), &last.state.document, &now.state), []);
    assert_eq!(update(form(&now), &last.state.document, &now.state), []);
    let overview = overview(form(&now), &last.state.document, &now.state);
    assert_eq!((overview.unlisted.len(), overview.n_behind(), n_stale(&overview)), (0, 0, 0));
}

#[test]
fn a_year_of_a_document_with_one_file_becomes_one_with_two() {
    let Some(last) = document("otaru.json") else { return };
    let mut script = year(&last, 1, 2);
    script.push(Edit::InsertFile {
        index: 1, file: FilePart { name: "ファイル丙".to_owned(), part: Part::default() }
    });
    let expected = "
        Ⅰ１③　対象人数｜全→全｜事後
        Ⅰ２　システム1｜なし→全｜事後
        Ⅰ２　旧システム1 → システム2 ②システムの機能｜略→略｜事後
        Ⅰ２　旧システム1 → システム2｜全→全｜事後
        Ⅰ３　特定個人情報ファイル名｜なし→全｜未定
        Ⅰ４　法令上の根拠｜略→略｜未定
        Ⅰ５①　実施の有無｜全→全｜未定
        Ⅰ６①　部署｜全→全｜事後
        Ⅰ６②　所属長の役職名｜全→全｜事後
        Ⅰ７　他の評価実施機関｜全→全｜事後
        Ⅱ２①　ファイルの種類（ファイル甲）｜全→全｜未定
        Ⅱ２③　対象となる本人の範囲（ファイル甲）｜略→略｜未定
        Ⅱ２③　対象となる本人の範囲 その必要性（ファイル甲）｜略→略｜事後
        Ⅱ２④　記録される項目 主な記録項目（ファイル甲）｜略→略｜未定
        Ⅱ２⑤　保有開始日（ファイル甲）｜全→全｜事後
        Ⅱ２⑥　事務担当部署（ファイル甲）｜全→全｜事後
        Ⅱ３①　入手元（ファイル甲）｜略→略｜事前
        Ⅱ３③　使用目的（ファイル甲）｜全→全｜未定
        Ⅱ３④　使用の主体 使用者数（ファイル甲）｜全→全｜事後
        Ⅱ３⑤　使用方法（ファイル甲）｜略→略｜事後
        Ⅱ４　委託の有無（ファイル甲）｜全→全｜未定
        Ⅱ４　委託事項1 ③委託先名（ファイル甲）｜全→全｜事後
        Ⅱ４　委託事項3（ファイル甲）｜なし→全｜事前
        Ⅱ６　保管場所（ファイル甲）｜略→略｜未定
        別添１　特定個人情報ファイル記録項目（ファイル甲）｜略→略｜事後
        Ⅲ３　リスク2 リスクへの対策は十分か（ファイル甲）｜全→全｜未定
        Ⅲ７②　過去３年以内に、評価実施機関において、個人情報に関する重大事故が発生したか（ファイル甲）｜全→全｜事後
        Ⅲ８　実施の有無（ファイル甲）｜全→全｜未定
        Ⅲ９　従業者に対する教育・啓発 具体的な方法（ファイル甲）｜略→略｜未定
        Ⅳ２①　連絡先｜略→略｜事後
        Ⅴ１①　実施日｜全→全｜事後
        Ⅴ３③　結果｜全→全｜事後
    ";
    check(&last, script, expected);
}

#[test]
fn a_year_of_a_document_with_two_files_one_renamed() {
    let Some(last) = document("fujisawa.json") else { return };
    let mut script = year(&last, 5, 1);
    script.push(Edit::RemoveEntry { at: at("basic.systems"), index: 5 });
    script.push(Edit::RenameFile { index: 1, name: "ファイル丁".to_owned() });
    let expected = "
        Ⅰ１③　対象人数｜全→全｜事後
        Ⅰ２　システム1｜なし→全｜事後
        Ⅰ２　旧システム4｜全→削除｜事後
        Ⅰ２　旧システム1 → システム3 ②システムの機能｜略→略｜事後
        Ⅰ２　旧システム5 → システム2、旧システム1～3 → システム3～5｜全→全｜事後
        Ⅰ３　特定個人情報ファイル名｜全→全｜事後
        Ⅰ４　法令上の根拠｜全→全｜未定
        Ⅰ５①　実施の有無｜全→全｜未定
        Ⅰ６①　部署｜全→全｜事後
        Ⅰ６②　所属長の役職名｜全→全｜事後
        Ⅰ７　他の評価実施機関｜なし→全｜事後
        Ⅱ２①　ファイルの種類（ファイル甲）｜全→全｜未定
        Ⅱ２③　対象となる本人の範囲（ファイル甲）｜略→略｜未定
        Ⅱ２③　対象となる本人の範囲 その必要性（ファイル甲）｜略→略｜事後
        Ⅱ２④　記録される項目 主な記録項目（ファイル甲）｜全→全｜未定
        Ⅱ２⑤　保有開始日（ファイル甲）｜全→全｜事後
        Ⅱ２⑥　事務担当部署（ファイル甲）｜全→全｜事後
        Ⅱ３①　入手元（ファイル甲）｜略→略｜事前
        Ⅱ３③　使用目的（ファイル甲）｜全→全｜未定
        Ⅱ３④　使用の主体 使用者数（ファイル甲）｜全→全｜事後
        Ⅱ３⑤　使用方法（ファイル甲）｜略→略｜事後
        Ⅱ４　委託の有無（ファイル甲）｜全→全｜未定
        Ⅱ４　委託事項1 ③委託先名（ファイル甲）｜全→全｜事後
        Ⅱ４　委託事項2（ファイル甲）｜なし→全｜事前
        Ⅱ６　保管場所（ファイル甲）｜略→略｜未定
        別添１　特定個人情報ファイル記録項目（ファイル甲）｜略→略｜事後
        Ⅲ３　リスク2 リスクへの対策は十分か（ファイル甲）｜全→全｜未定
        Ⅲ７②　過去３年以内に、評価実施機関において、個人情報に関する重大事故が発生したか（ファイル甲）｜全→全｜事後
        Ⅲ８　実施の有無（ファイル甲）｜全→全｜未定
        Ⅲ９　従業者に対する教育・啓発 具体的な方法（ファイル甲）｜略→略｜未定
        Ⅳ２①　連絡先｜略→略｜事後
        Ⅴ１①　実施日｜全→全｜事後
        Ⅴ３③　結果｜なし→全｜事後
    ";
    check(&last, script, expected);
}
