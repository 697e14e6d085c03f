//! A year of a document: some thirty edits of all kinds and the change table they must make, written by hand in
//! `year.txt`.

use std::sync::Arc;

use hyoukasho::changes::{
    Difference, What, agree, answer as answer_row, compare, item_name, rows, unlisted, update, word,
};
use hyoukasho::draft::{
    Answer, Boxes, ChangeRow, Document, Draft, Edit, FilePart, ItemStyle, Part, Questions, Stale, Target,
};
use hyoukasho::form::FieldPath;

use crate::changes::made::{answer, aomine, form};

fn text(at: FieldPath, text: &str) -> Edit {
    Edit::Answer { at, answer: Some(Answer::Text(text.to_owned())) }
}

fn choose(at: FieldPath, n: u32) -> Edit {
    Edit::Answer { at, answer: Some(Answer::Choice(Some(n))) }
}

fn document(item: &str) -> FieldPath {
    FieldPath::document(item)
}

/// The text there with words replaced.
fn replaced(draft: &Draft, at: FieldPath, old: &str, new: &str) -> Edit {
    let before = answer(draft, &at).unwrap();
    let before = before.as_text().unwrap();
    assert!(before.contains(old), "{at}: {old}");
    text(at, &before.replacen(old, new, 1))
}

fn part(answers: &[(&str, Answer)]) -> Part {
    Part { answers: answers.iter().map(|(id, answer)| ((*id).to_owned(), answer.clone())).collect(), ..Part::default() }
}

fn written(text: &str) -> Answer {
    Answer::Text(text.to_owned())
}

/// File 0 is 課税情報ファイル, file 1 収納滞納情報ファイル.
fn edits(last: &Draft) -> Vec<Edit> {
    let f0 = |item: &str| FieldPath::in_file(0, item);
    let f1 = |item: &str| FieldPath::in_file(1, item);
    let new_system = part(&[
        ("basic.systems.name", written("申告支援システム")),
        ("basic.systems.functions", written("申告書の作成を支援する。")),
        ("basic.systems.connections", Answer::Checks(Boxes { marked: vec!["tax".to_owned()], ..Boxes::default() })),
    ]);
    let call_centre = part(&[
        ("overview.outsource.items.name", written("コールセンターの運営")),
        ("overview.outsource.items.content", written("電話での問合せに答える。\n応答の記録を残す。")),
        ("overview.outsource.items.contractor", written("未定")),
        ("overview.outsource.items.sub.exists", Answer::Choice(Some(2))),
    ]);
    let mut edits = cover_and_basic(last);
    edits.extend([
        // The list of systems: one comes to the front, one goes, one gets another name, one moves.
        Edit::InsertEntry { at: document("basic.systems"), index: 0, entry: new_system },
        Edit::RemoveEntry { at: document("basic.systems"), index: 7 },
        text(document("basic.systems.name").entry(3), "国税連携端末"),
        Edit::MoveEntry { at: document("basic.systems"), from: 4, to: 6 },
        // Ⅱ of the first file.
        text(f0("overview.base.department"), "財務部市民税課"),
        Edit::Box { at: f0("overview.base.main_records"), key: "school".to_owned(), on: true },
        Edit::Box { at: f0("overview.acquire.source"), key: "other".to_owned(), on: true },
        Edit::BoxText {
            at: f0("overview.acquire.source"),
            key: "other".to_owned(),
            text: Some("デジタル庁".to_owned()),
        },
        text(f0("overview.acquire.used_from"), "平成２８年１月１日"),
        text(f0("overview.outsource.items.contractor").entry(0), "株式会社北浜システム"),
        choose(f0("overview.outsource.items.sub.exists").entry(2), 2),
        Edit::RemoveEntry { at: f0("overview.outsource.items"), index: 1 },
        Edit::InsertEntry { at: f0("overview.outsource.items"), index: 2, entry: call_centre },
        text(f0("overview.provision.providers.timing").entry(3), "毎年6月"),
        Edit::MoveEntry { at: f0("overview.provision.providers"), from: 3, to: 0 },
        Edit::BoxCount { at: f0("overview.provision.status"), key: "provide".to_owned(), count: Some(Some(5)) },
        // Ⅲ.
        choose(f0("risk.use.misuse.adequacy"), 2),
        choose(f0("risk.storage.main.incident"), 1),
        Edit::Answer { at: f1("risk.network.none_in"), answer: Some(Answer::Check(false)) },
        replaced(last, f1("overview.storage.place"), "溶解処理", "焼却処理"),
        // Ⅳ, Ⅴ.
        replaced(last, document("disclosure.inquiry.contact"), "内線2141", "内線2150"),
        text(document("procedure.basic_assessment.date"), "令和9年1月8日"),
        text(document("procedure.third_party.date"), ""),
        // What is not printed.
        Edit::Note { at: f0("overview.storage.place"), note: Some("移転の予定を確かめる".to_owned()) },
        // Files: a new name, a new place, a new file.
        Edit::RenameFile { index: 1, name: "収納管理情報ファイル".to_owned() },
        Edit::MoveFile { from: 1, to: 0 },
        Edit::InsertFile {
            index: 1,
            file: FilePart {
                name: "減免情報ファイル".to_owned(),
                part: part(&[("overview.base.type", Answer::Choice(Some(2)))]),
            },
        },
    ]);
    edits
}

fn cover_and_basic(last: &Draft) -> Vec<Edit> {
    vec![
        text(document("cover.published_on"), "令和9年3月26日"),
        choose(document("basic.affairs.headcount"), 3),
        replaced(last, document("basic.number_use.legal_basis"), "別表の24の項", "別表の25の項"),
        text(document("basic.department.unit"), "財務部市民税課"),
        text(document("basic.department.head_title"), "市民税課長"),
    ]
}

/// The document a year later.
pub fn year_later(last: &Draft) -> Draft {
    let mut now = last.clone();
    for edit in edits(last) {
        now.apply(edit).unwrap();
    }
    now
}

/// A row as five lines; of a long cell, its beginning and its end.
fn shown(row: &ChangeRow) -> String {
    let short = |text: &str| {
        let chars: Vec<char> = text.replace('\n', "／").chars().collect();
        if chars.len() <= 70 {
            return chars.iter().collect();
        }
        let part = |range: &[char]| range.iter().collect::<String>();
        format!("{}……{}", part(&chars[..35]), part(&chars[chars.len() - 25..]))
    };
    let ground = row
        .link
        .as_ref()
        .and_then(|link| link.decision.as_ref())
        .map_or("質問に答える", |decision| &decision.ground);
    let timing = if row.timing.is_empty() { "未定" } else { &row.timing };
    format!("{}\n  前　{}\n  後　{}\n  {timing}　{ground}\n", row.item, short(&row.before), short(&row.after))
}

#[test]
fn the_rows_of_a_year_are_those_written_by_hand() {
    let last = aomine();
    let now = year_later(&last);
    let rows = rows(form(&now), &last.state.document, &now.state);
    let text: String = rows.iter().map(shown).collect::<Vec<_>>().join("\n");
    let expected: Vec<&str> = include_str!("year.txt").lines().filter(|line| !line.starts_with('#')).collect();
    let (text, expected) = (text.trim(), expected.join("\n"));
    assert!(text == expected.trim(), "{text}");
    assert!(rows.iter().all(|row| row.date == "令和9年3月26日"));
}

/// The draft with its change table in step.
fn updated(last: &Draft, now: &Draft) -> Draft {
    let mut done = now.clone();
    for edit in update(form(now), &last.state.document, &now.state) {
        done.apply(edit).unwrap();
    }
    done
}

fn row_of<'a>(draft: &'a Draft, item: &str) -> Option<(usize, &'a ChangeRow)> {
    let linked = draft.state.document.rows.iter().enumerate().filter(|(_, row)| row.link.is_some());
    linked.map(|(index, row)| (index, &**row)).find(|(_, row)| row.item.starts_with(item))
}

fn column(draft: &mut Draft, item: &str, column: &str, text: &str) {
    let row = row_of(draft, item).unwrap().0;
    draft.apply(Edit::Column { row, column: format!("changes.rows.{column}"), text: text.to_owned() }).unwrap();
}

#[test]
fn the_change_table_follows_the_document_and_keeps_what_the_author_wrote() {
    let last = aomine();
    let mut now = updated(&last, &year_later(&last));
    let n_former = last.state.document.rows.len();
    assert_eq!(
        now.state.document.rows[..n_former],
        last.state.document.rows[..],
        "rows of former years stay as they are"
    );
    assert_eq!(unlisted(form(&now), &last.state.document, &now.state), []);
    assert_eq!(update(form(&now), &last.state.document, &now.state), []);

    // The document changes again: an untouched row follows, a worded one stays and is stale.
    column(&mut now, "Ⅰ６①", "reason", "組織改正（令和8年4月1日）による。");
    column(&mut now, "Ⅰ６②", "after", "市民税課長（令和8年4月1日から）");
    assert_eq!(update(form(&now), &last.state.document, &now.state), [], "the author's words alone make nothing stale");
    now.apply(text(document("basic.department.unit"), "財務部住民税課")).unwrap();
    now.apply(text(document("basic.department.head_title"), "住民税課長")).unwrap();
    now.apply(Edit::MoveEntry { at: document("basic.systems"), from: 0, to: 2 }).unwrap();
    now = updated(&last, &now);
    let unit = row_of(&now, "Ⅰ６①").unwrap().1;
    assert_eq!((unit.after.as_str(), unit.reason.as_str()), ("財務部住民税課", "組織改正（令和8年4月1日）による。"));
    let head = row_of(&now, "Ⅰ６②").unwrap().1;
    assert_eq!(
        (head.after.as_str(), head.link.as_ref().unwrap().stale),
        ("市民税課長（令和8年4月1日から）", Some(Stale::Changed))
    );
    assert!(row_of(&now, "Ⅰ２　システム3").is_some(), "a row follows its entry to its new number");

    // The document says again what it said: the untouched row goes, the worded one is marked.
    now.apply(choose(document("basic.affairs.headcount"), 4)).unwrap();
    now.apply(text(document("basic.department.head_title"), "税務課長")).unwrap();
    now = updated(&last, &now);
    assert!(row_of(&now, "Ⅰ１③").is_none());
    assert_eq!(row_of(&now, "Ⅰ６②").unwrap().1.link.as_ref().unwrap().stale, Some(Stale::Gone));
    assert_eq!(update(form(&now), &last.state.document, &now.state), []);
    assert_eq!(now.state.document.rows[..n_former], last.state.document.rows[..]);
}

#[test]
fn a_new_entry_keeps_its_row_under_another_name() {
    let last = aomine();
    let mut now = updated(&last, &year_later(&last));
    column(&mut now, "Ⅰ２　システム1", "reason", "新たに使う。");
    now.apply(text(document("basic.systems.name").entry(0), "申告書作成支援システム")).unwrap();
    now = updated(&last, &now);
    let row = row_of(&now, "Ⅰ２　システム1").unwrap().1;
    assert!(row.after.contains("申告書作成支援システム"), "{}", row.after);
    assert_eq!(row.reason, "新たに使う。");
}

#[test]
fn a_row_written_by_hand_is_not_proposed_again() {
    let last = aomine();
    let mut now = last.clone();
    now.apply(text(document("basic.department.unit"), "財務部市民税課")).unwrap();
    let by_hand = ChangeRow { item: "Ⅰ-6 ①部署".to_owned(), ..ChangeRow::default() };
    now.apply(Edit::InsertRow { index: 0, row: by_hand }).unwrap();
    assert_eq!(update(form(&now), &last.state.document, &now.state), []);
    assert_eq!(unlisted(form(&now), &last.state.document, &now.state), []);
}

#[test]
fn the_same_change_of_words_can_be_one_row() {
    let last = aomine();
    let mut now = last.clone();
    now.state.row_style.together = true;
    for (at, old, new) in [
        (document("basic.department.unit"), "税務課", "市民税課"),
        (FieldPath::in_file(0, "overview.base.department"), "税務課", "市民税課"),
        (document("basic.department.head_title"), "税務課長", "市民税課長"),
    ] {
        now.apply(replaced(&last, at, old, new)).unwrap();
    }
    let made = rows(form(&now), &last.state.document, &now.state);
    let cells: Vec<_> = made.iter().map(|row| (row.item.as_str(), row.before.as_str(), row.after.as_str())).collect();
    let items = "Ⅰ６①　部署\nⅠ６②　所属長の役職名\nⅡ２⑥　事務担当部署（課税情報ファイル）";
    assert_eq!(cells, [(items, "税務課", "市民税課")]);
    assert_eq!(unlisted(form(&now), &last.state.document, &updated(&last, &now).state), []);
    // One of them goes another way: it leaves the row and gets its own.
    now = updated(&last, &now);
    now.apply(text(document("basic.department.unit"), "企画部税制課")).unwrap();
    now = updated(&last, &now);
    let linked = now.state.document.rows.iter().filter(|row| row.link.is_some());
    assert_eq!(linked.map(|row| row.item.lines().count()).collect::<Vec<_>>(), [1, 2]);
}

fn findings(draft: &Draft, rules: &[&str]) -> Vec<String> {
    let set = hyoukasho::form::RuleSet::shipped().unwrap();
    let found = hyoukasho::checks::check(form(draft), set, &draft.state, &hyoukasho::checks::Context { today: None });
    let found = found.iter().filter(|finding| rules.contains(&finding.rule.as_str()));
    found.map(|finding| format!("{} {}: {}", finding.rule, finding.place, finding.message)).collect()
}

#[test]
fn a_stale_row_is_a_finding() {
    let last = aomine();
    let mut now = updated(&last, &year_later(&last));
    let n_before = findings(&now, &["CH-09"]).len();
    column(&mut now, "Ⅰ６②", "after", "市民税課長（令和8年4月1日から）");
    now.apply(text(document("basic.department.head_title"), "住民税課長")).unwrap();
    now = updated(&last, &now);
    assert_eq!(findings(&now, &["CH-09"]).len(), n_before + 1);
}

/// No row the program proposes is one that it then complains of, in either style.
#[test]
fn proposed_rows_are_right_for_the_checks() {
    let last = aomine();
    let now = year_later(&last);
    for style in [ItemStyle::Short, ItemStyle::Full] {
        let mut named = now.clone();
        named.state.row_style.item = style;
        named.state.document.rows =
            rows(form(&named), &last.state.document, &named.state).into_iter().map(Arc::new).collect();
        let rules = ["CH-02", "CH-03", "CH-09", "CH-10", "CH-12", "CH-13"];
        // 提出時期 stays empty until the questions are answered, and is asked for.
        let wrong: Vec<_> = findings(&named, &rules).into_iter().filter(|found| !found.contains("提出時期")).collect();
        assert_eq!(wrong, Vec::<String>::new());
    }
    let full: Vec<String> = compare(form(&now), &last.state.document, &now.state.document)
        .iter()
        .map(|found| item_name(form(&now), found, ItemStyle::Full))
        .collect();
    assert!(full.contains(&"Ⅱ　特定個人情報ファイルの概要　４．特定個人情報ファイルの取扱いの委託　委託事項1　③委託先名（課税情報ファイル）".to_owned()), "{full:#?}");
}

fn apply(draft: &mut Draft, edits: impl IntoIterator<Item = Edit>) {
    edits.into_iter().for_each(|edit| drop(draft.apply(edit).unwrap()));
}

#[test]
fn answers_decide_and_are_stored() {
    let last = aomine();
    let mut now = updated(&last, &year_later(&last));
    let item = "Ⅱ６　保管場所";
    let row = row_of(&now, item).unwrap().0;
    let asked = |practice_changes, only_reduces_risk| Questions { practice_changes, only_reduces_risk };
    for (answers, timing, ground) in [
        (asked(Some(false), None), "事後", "TM-Q1"),
        (asked(Some(true), Some(true)), "事後", "TM-Q2"),
        (asked(Some(true), Some(false)), "事前", "TM-Q3"),
    ] {
        let edits = answer_row(form(&now), &last.state.document, &now.state, row, answers);
        apply(&mut now, edits);
        let (_, made) = row_of(&now, item).unwrap();
        let link = made.link.as_ref().unwrap();
        let decision = link.decision.as_ref().unwrap();
        assert_eq!((made.timing.as_str(), decision.ground.as_str(), link.answers), (timing, ground, answers));
        assert_eq!(update(form(&now), &last.state.document, &now.state), []);
    }
    assert_eq!(
        now.state.document.rows[row].reason,
        "保管場所の見直しに伴う重要な変更に当たるため、事前に提出・公表するもの。"
    );
    assert!(now.state.document.rows[row].link.as_ref().unwrap().decision.as_ref().unwrap().important);
    let box_alone = &row_of(&now, "Ⅲ６　接続しない（入手）").unwrap().1.reason;
    assert!(box_alone.starts_with("情報提供ネットワークシステムとの接続の見直しに伴う"), "{box_alone}");

    // The author's own choice of words stays.
    let edits = word(form(&now), &last.state.document, &now.state, row, "T06");
    apply(&mut now, edits);
    assert_eq!(
        (now.state.document.rows[row].timing.as_str(), update(form(&now), &last.state.document, &now.state)),
        ("事後", vec![])
    );
    let opened = hyoukasho::draft::format::read(hyoukasho::draft::format::write(&now).as_bytes()).unwrap().draft;
    assert_eq!(opened, now);
}

#[test]
fn a_stale_row_can_be_agreed_to() {
    let last = aomine();
    let mut now = updated(&last, &year_later(&last));
    column(&mut now, "Ⅰ６②", "after", "市民税課長（令和8年4月1日から）");
    for (title, stale) in [("住民税課長", Stale::Changed), ("税務課長", Stale::Gone)] {
        now.apply(text(document("basic.department.head_title"), title)).unwrap();
        now = updated(&last, &now);
        let (row, made) = row_of(&now, "Ⅰ６②").unwrap();
        assert_eq!(made.link.as_ref().unwrap().stale, Some(stale));
        let edit = agree(form(&now), &last.state.document, &now.state, row).unwrap();
        apply(&mut now, [edit]);
        assert_eq!(update(form(&now), &last.state.document, &now.state), []);
        assert_eq!(now.state.document.rows[row].after, "市民税課長（令和8年4月1日から）");
    }
}

/// Each item of each form has a name of its own in both styles, and the checks know it.
#[test]
fn every_item_of_every_form_has_a_name() {
    for edition in hyoukasho::form::shipped::editions().unwrap() {
        let form = hyoukasho::form::shipped::find(&edition.form, &edition.revision).unwrap();
        for style in [ItemStyle::Short, ItemStyle::Full] {
            let mut names = std::collections::BTreeMap::new();
            for item in form
                .items()
                .filter(|item| item.is_answered() && form.change_table().is_none_or(|(table, _)| table != *item))
            {
                let path = FieldPath { entry: form.repeat_of(&item.id).map(|_| 0), ..document(&item.id) };
                let found = Difference {
                    target: Target { item: item.id.clone(), ..Target::default() },
                    last: None,
                    now: Some(path.clone()),
                    place: path,
                    what: What::Text(None),
                    before: String::new(),
                    after: "後".to_owned(),
                    file_name: None,
                    quiet: false,
                    is_awaited: false,
                    is_renumbered: false,
                };
                let name = item_name(form, &found, style);
                let other = names.insert(name.clone(), item.id.clone());
                assert_eq!(other, None, "{}: {name} is {} as well", edition.form, item.id);
            }
            let rows = names.keys().map(|name| ChangeRow { item: name.clone(), ..ChangeRow::default() });
            let named = Draft::from(Document {
                form: form.id.clone(),
                edition: form.revision.clone(),
                rows: rows.map(Arc::new).collect(),
                ..Document::default()
            });
            let wrong = findings(&named, &["CH-10"]);
            assert!(wrong.is_empty(), "{} {style:?}: {wrong:#?}", edition.form);
        }
    }
}
