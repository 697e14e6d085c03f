//! A revision of the sample as an office makes one: a dozen edits, two decided, one open, two rows by hand.

use std::sync::Arc;

use hyoukasho::changes::{answer, update};
use hyoukasho::draft::{Answer, ChangeRow, Draft, Edit, Part, Questions, format};
use hyoukasho::form::{FieldPath, Form, shipped};
use hyoukasho::renewal::{Course, Last, start};

pub fn form(draft: &Draft) -> &'static Form {
    shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap()
}

pub fn published() -> Draft {
    format::read(include_bytes!("../../../samples/aomine-juminzei.ron")).unwrap().draft
}

fn text(at: FieldPath, text: &str) -> Edit {
    Edit::Answer { at, answer: Some(Answer::Text(text.to_owned())) }
}

fn replaced(draft: &Draft, at: FieldPath, old: &str, new: &str) -> Edit {
    let part = at.file.map_or(&*draft.state.document.common, |file| &draft.state.document.files[file].part);
    let before = part.answers.get(&at.item).and_then(Answer::as_text).unwrap();
    assert!(before.contains(old), "{at}: {old}");
    text(at, &before.replacen(old, new, 1))
}

fn edits(last: &Draft) -> Vec<Edit> {
    let document = FieldPath::document;
    let f0 = |item: &str| FieldPath::in_file(0, item);
    let written = |text: &str| Answer::Text(text.to_owned());
    let call_centre = Part {
        answers: [
            ("overview.outsource.items.name", written("コールセンターの運営")),
            ("overview.outsource.items.content", written("電話での問合せに答える。\n応答の記録を残す。")),
            ("overview.outsource.items.contractor", written("未定（入札により決定）")),
            ("overview.outsource.items.sub.exists", Answer::Choice(Some(2))),
        ]
        .map(|(id, answer)| (id.to_owned(), answer))
        .into(),
        ..Part::default()
    };
    vec![
        text(document("cover.published_on"), "令和9年3月26日"),
        replaced(last, document("basic.number_use.legal_basis"), "別表の24の項", "別表の25の項"),
        text(document("basic.department.unit"), "財務部市民税課"),
        text(document("basic.department.head_title"), "市民税課長"),
        text(document("basic.systems.name").entry(2), "国税連携端末"),
        Edit::Box { at: f0("overview.base.main_records"), key: "school".to_owned(), on: true },
        Edit::InsertEntry { at: f0("overview.outsource.items"), index: 2, entry: call_centre },
        text(f0("overview.outsource.items.contractor").entry(0), "株式会社北浜システム"),
        replaced(last, FieldPath::in_file(1, "overview.storage.place"), "溶解処理", "焼却処理"),
        replaced(last, document("disclosure.inquiry.contact"), "内線2141", "内線2150"),
        text(document("procedure.basic_assessment.date"), "令和9年1月8日"),
    ]
}

pub fn by_hand(item: &str, before: &str, after: &str, timing: &str, reason: &str) -> ChangeRow {
    let [date, item, before, after, timing, reason] =
        ["令和9年3月26日", item, before, after, timing, reason].map(str::to_owned);
    ChangeRow { date, item, before, after, timing, reason, ..ChangeRow::default() }
}

/// The published sample with another change table.
pub fn with_rows(rows: Vec<ChangeRow>) -> Draft {
    let mut draft = published();
    draft.state.document.rows = rows.into_iter().map(Arc::new).collect();
    draft
}

/// The revision of the published sample.
pub fn revision() -> Draft {
    let published = published();
    let last = Last { state: &published.state, form: form(&published), published_on: None };
    let mut now = start(last, form(&published), Course::Reassessment, None).draft;
    for edit in edits(&published) {
        now.apply(edit).unwrap();
    }
    for edit in update(form(&now), &published.state.document, &now.state) {
        now.apply(edit).unwrap();
    }
    let important = Questions { practice_changes: Some(true), only_reduces_risk: Some(false) };
    let decided: Vec<usize> = (0..now.state.document.rows.len())
        .filter(|row| now.state.document.rows[*row].item.contains("委託事項3"))
        .collect();
    for row in decided {
        for edit in answer(form(&now), &published.state.document, &now.state, row, important) {
            now.apply(edit).unwrap();
        }
    }
    now.state.document.rows.push(Arc::new(by_hand(
        "Ⅲ２　リスク1",
        "",
        "電子申請の受付時に、本人確認書類の画像を二人で確かめる。",
        "事後",
        "対策を追加し、リスクを明らかに軽減させる変更であるため、重要な変更に当たらない。",
    )));
    now
}
