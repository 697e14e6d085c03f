//! Rows joined, split, sorted and worded anew, and what is said of the table at a glance.

use hyoukasho::changes::{
    About, Agreement, Overview, RowStanding, answer_all, before_by_choice, blanks, item_name, join, overview, restyle,
    reword, sort, split, tied, unlisted, update, word,
};
use hyoukasho::checks::{Context, Finding, check_compared};
use hyoukasho::draft::{
    Answer, Base, ChangeRow, ChangeStyle, Comment, Draft, Edit, Extent, ItemStyle, Questions, Scope, Stage, Stale,
};
use hyoukasho::form::{FieldPath, RuleSet, Severity};
use hyoukasho::session::compared;
use std::sync::Arc;

use crate::changes::made::{aomine, form, n_stale};
use crate::changes::year::year_later;

/// Two years of the sample; the later with its table in step.
fn years() -> (Draft, Draft) {
    let last = aomine();
    let mut now = year_later(&last);
    step(&last, &mut now);
    (last, now)
}

fn step(last: &Draft, now: &mut Draft) {
    let edits = update(form(now), &last.state.document, &now.state);
    apply(now, edits);
    assert_eq!(unlisted(form(now), &last.state.document, &now.state), []);
    assert_eq!(update(form(now), &last.state.document, &now.state), [], "an update has nothing left to do");
}

fn apply(draft: &mut Draft, edits: Vec<Edit>) {
    let before = draft.clone();
    let back = draft.apply(Edit::Many(edits)).unwrap();
    let mut undone = draft.clone();
    undone.apply(back).unwrap();
    assert_eq!(undone, before, "one step of undo brings the table back");
}

fn write(draft: &mut Draft, item: &str, text: &str) {
    let answer = Some(Answer::Text(text.to_owned()));
    draft.apply(Edit::Answer { at: FieldPath::document(item), answer }).unwrap();
}

fn row(draft: &Draft, item: &str) -> usize {
    let starts = |row: &Arc<ChangeRow>| row.link.is_some() && row.item.starts_with(item);
    draft.state.document.rows.iter().position(starts).unwrap_or_else(|| panic!("{item}"))
}

fn column(draft: &mut Draft, row: usize, column: &str, text: &str) {
    draft.apply(Edit::Column { row, column: column.to_owned(), text: text.to_owned() }).unwrap();
}

fn seen(last: &Draft, now: &Draft) -> Overview {
    overview(form(now), &last.state.document, &now.state)
}

#[test]
fn joined_rows_stay_joined_and_split_ones_split() {
    let (last, mut now) = years();
    let (unit, head) = (row(&now, "Ⅰ６①"), row(&now, "Ⅰ６②"));
    let n_rows = now.state.document.rows.len();
    let edits = join(form(&now), &last.state.document, &now.state, &[head, unit]);
    apply(&mut now, edits);
    assert_eq!(now.state.document.rows.len(), n_rows - 1);
    let joined = &now.state.document.rows[unit];
    assert_eq!(joined.item, "Ⅰ６①　部署\nⅠ６②　所属長の役職名");
    assert_eq!((joined.before.as_str(), joined.after.as_str()), ("税務課", "市民税課"), "the same change of words");
    step(&last, &mut now);
    assert_eq!(now.state.document.rows[unit].item.lines().count(), 2, "an update leaves them together");

    // Both texts follow the document still.
    write(&mut now, "basic.department.head_title", "住民税課長");
    step(&last, &mut now);
    let after = "「Ⅰ６①　部署」\n財務部市民税課\n「Ⅰ６②　所属長の役職名」\n住民税課長";
    assert_eq!(now.state.document.rows[unit].after, after);

    let edits = split(form(&now), &last.state.document, &now.state, unit);
    apply(&mut now, edits);
    assert_eq!(
        [&now.state.document.rows[unit].item, &now.state.document.rows[unit + 1].item],
        ["Ⅰ６①　部署", "Ⅰ６②　所属長の役職名"]
    );
    step(&last, &mut now);
    let together = ChangeStyle { together: true, ..now.state.row_style };
    let edits = restyle(form(&now), &last.state.document, &now.state, together);
    apply(&mut now, edits);
    step(&last, &mut now);
    assert_eq!(
        now.state.document.rows[row(&now, "Ⅰ６①")].item,
        "Ⅰ６①　部署",
        "what was split is not put together again"
    );
    assert_eq!(split(form(&now), &last.state.document, &now.state, unit), [], "one difference is not split");
    assert_eq!(
        join(form(&now), &last.state.document, &now.state, &[0, unit]),
        [],
        "a row of a former year is not joined"
    );
}

#[test]
fn nothing_the_author_wrote_is_lost_when_rows_are_joined_or_split() {
    let (last, mut now) = years();
    let (unit, head) = (row(&now, "Ⅰ６①"), row(&now, "Ⅰ６②"));
    column(&mut now, unit, "reason", "組織改正による。");
    column(&mut now, head, "after", "市民税課の課長");
    now.state.document.row_mut(head).unwrap().note = "人事課に確かめた".to_owned();
    let remark = Comment { author: "山田".to_owned(), text: "役職名も".to_owned(), ..Comment::default() };
    now.state.document.row_mut(head).unwrap().comments = vec![remark.clone()];
    let edits = join(form(&now), &last.state.document, &now.state, &[unit, head]);
    apply(&mut now, edits);
    let joined = now.state.document.rows[unit].clone();
    assert_eq!((joined.reason.as_str(), joined.note.as_str()), ("組織改正による。", "人事課に確かめた"));
    assert_eq!(joined.after, "財務部市民税課\n市民税課の課長");
    assert_eq!(joined.comments, std::slice::from_ref(&remark));
    step(&last, &mut now);
    let edits = split(form(&now), &last.state.document, &now.state, unit);
    apply(&mut now, edits);
    assert_eq!(now.state.document.rows[unit].after, joined.after);
    assert_eq!(now.state.document.rows[unit + 1].reason, "組織改正による。");
    assert!(
        now.state.document.rows[unit].comments.contains(&remark)
            || now.state.document.rows[unit + 1].comments.contains(&remark)
    );
    step(&last, &mut now);
}

#[test]
fn rows_are_put_in_the_order_of_the_paper() {
    let (last, mut now) = years();
    let n_former = last.state.document.rows.len();
    assert_eq!(sort(form(&now), &last.state.document, &now.state), []);
    let ordered = now.clone();
    let end = now.state.document.rows.len() - 1;
    for (from, to) in [(end, 0), (n_former + 3, n_former + 9), (n_former + 1, end)] {
        now.apply(Edit::MoveRow { from, to }).unwrap();
    }
    let edits = sort(form(&now), &last.state.document, &now.state);
    apply(&mut now, edits);
    assert_eq!(now, ordered);
}

#[test]
fn another_wording_rewrites_untouched_rows_and_adds_none() {
    let (last, mut now) = years();
    let (unit, head) = (row(&now, "Ⅰ６①"), row(&now, "Ⅰ６②"));
    column(&mut now, head, "after", "市民税課の課長");
    write(&mut now, "basic.other_agencies", "県税事務所");
    let n_rows = now.state.document.rows.len();
    let style = ChangeStyle { item: ItemStyle::Full, extent: Extent::Whole, together: false };
    let edits = restyle(form(&now), &last.state.document, &now.state, style);
    apply(&mut now, edits);
    assert_eq!((now.state.row_style, now.state.document.rows.len()), (style, n_rows));
    assert!(now.state.document.rows[unit].item.starts_with("Ⅰ　基本情報"), "{}", now.state.document.rows[unit].item);
    assert_eq!(now.state.document.rows[head].after, "市民税課の課長");
    assert_eq!(now.state.document.rows[..last.state.document.rows.len()], last.state.document.rows[..]);
    assert_eq!(seen(&last, &now).unlisted.len(), 1);
    let edits = restyle(form(&now), &last.state.document, &now.state, ChangeStyle::default());
    apply(&mut now, edits);
    assert!(now.state.document.rows[unit].item.starts_with("Ⅰ６①"));
}

#[test]
fn the_overview_says_how_each_row_stands() {
    let (last, mut now) = years();
    let n_former = last.state.document.rows.len();
    let all = seen(&last, &now);
    assert_eq!((all.unlisted.len(), all.n_behind(), n_stale(&all)), (0, 0, 0));
    assert!(all.rows[..n_former].iter().all(|row| *row == RowStanding::Former));
    assert_eq!(
        all.about(form(&now), &FieldPath::document("basic.department.unit")),
        Some(About::Row(row(&now, "Ⅰ６①")))
    );
    let functions = FieldPath::document("basic.systems.functions").entry(0);
    assert_eq!(all.about(form(&now), &functions), Some(About::Row(row(&now, "Ⅰ２　システム1"))));
    assert_eq!(all.about(form(&now), &FieldPath::document("cover.name")), None);
    // A file with a new name: its row is about the name, and not about all that is written of it.
    let renamed = now.state.document.files.iter().position(|file| file.name == "収納管理情報ファイル").unwrap();
    let name = all.about(form(&now), &FieldPath::in_file(renamed, "overview.file_name"));
    assert_eq!(
        name,
        now.state.document.rows.iter().position(|row| row.after == "収納管理情報ファイル").map(About::Row)
    );
    assert_eq!(all.about(form(&now), &FieldPath::in_file(renamed, "overview.remarks")), None);
    let added = now.state.document.files.iter().position(|file| file.name == "減免情報ファイル").unwrap();
    assert!(matches!(all.about(form(&now), &FieldPath::in_file(added, "overview.remarks")), Some(About::Row(_))));

    // An untouched row that is behind, a worded one, a difference that is gone, one without a row, one by hand.
    let (unit, head) = (row(&now, "Ⅰ６①"), row(&now, "Ⅰ６②"));
    column(&mut now, head, "after", "市民税課の課長");
    write(&mut now, "basic.department.unit", "財務部住民税課");
    write(&mut now, "basic.department.head_title", "住民税課長");
    write(&mut now, "basic.other_agencies", "県税事務所");
    now.state.document.rows.push(Arc::new(ChangeRow { item: "そのほか".to_owned(), ..ChangeRow::default() }));
    let some = seen(&last, &now);
    let agreement = |row: usize| some.rows[row].linked().unwrap().agreement;
    assert_eq!((agreement(unit), agreement(head)), (Agreement::Behind, Agreement::Stale(Stale::Changed)));
    assert_eq!((some.n_behind(), n_stale(&some), some.unlisted.len()), (1, 1, 1));
    assert_eq!(
        some.unlisted.iter().map(|difference| item_name(form(&now), difference, ItemStyle::Short)).collect::<Vec<_>>(),
        ["Ⅰ７　他の評価実施機関"]
    );
    assert_eq!(some.differing(&now.state.document.rows), [unit, head]);
    assert!(some.rows.last().is_some_and(|row| row.told_by_hand().is_some()), "{:?}", some.rows.last());
    write(&mut now, "basic.department.head_title", "税務課長");
    assert_eq!(seen(&last, &now).rows[head].linked().unwrap().agreement, Agreement::Stale(Stale::Gone));
}

#[test]
fn a_row_is_worded_anew_and_its_explanation_stays() {
    let (last, mut now) = years();
    let head = row(&now, "Ⅰ６②");
    column(&mut now, head, "after", "市民税課の課長");
    column(&mut now, head, "reason", "人事異動による。");
    write(&mut now, "basic.department.head_title", "住民税課長");
    let edits = reword(form(&now), &last.state.document, &now.state, head);
    apply(&mut now, edits);
    assert_eq!(
        (now.state.document.rows[head].after.as_str(), now.state.document.rows[head].reason.as_str()),
        ("住民税課長", "人事異動による。")
    );
    step(&last, &mut now);
    let n_rows = now.state.document.rows.len();
    write(&mut now, "basic.department.head_title", "税務課長");
    let edits = reword(form(&now), &last.state.document, &now.state, head);
    apply(&mut now, edits);
    assert_eq!(now.state.document.rows.len(), n_rows - 1);
}

/// What is found of a rule.
fn reviewed(last: &Draft, now: &Draft, rule: &str) -> Vec<Finding> {
    let mut now = now.clone();
    now.base = Some(Arc::new(Base { state: last.state.clone(), ..Base::default() }));
    let compared = compared(form(&now), &now);
    let found = check_compared(form(&now), RuleSet::shipped().unwrap(), &now.state, &Context::default(), &compared);
    found.into_iter().filter(|finding| finding.rule == rule).collect()
}

fn findings(last: &Draft, now: &Draft, rule: &str) -> Vec<(Severity, String, String)> {
    let found = reviewed(last, now, rule).into_iter();
    found.map(|finding| (finding.severity, finding.path.to_string(), finding.message)).collect()
}

#[test]
fn a_difference_without_a_row_is_a_finding() {
    let (last, mut now) = years();
    now.state.stage = Stage::Final;
    assert_eq!(findings(&last, &now, "CH-01"), []);
    write(&mut now, "basic.other_agencies", "県税事務所");
    let said = "「Ⅰ７　他の評価実施機関」を変えていますが、変更箇所に記載がありません。";
    let message = format!("{said}前回は「なし」、今回は「県税事務所」です。");
    let at = "basic.other_agencies".to_owned();
    assert_eq!(findings(&last, &now, "CH-01"), [(Severity::Error, at.clone(), message.clone())]);
    now.state.stage = Stage::Writing;
    assert_eq!(findings(&last, &now, "CH-01"), [(Severity::Missing, at, message)]);
    // Set aside by a version of the program that told it at the table.
    let (at, reason) = (FieldPath::document("changes.rows"), Some("次回に書く".to_owned()));
    now.apply(Edit::Waive { at, rule: "CH-01".to_owned(), what: said.to_owned(), reason }).unwrap();
    assert_eq!(
        reviewed(&last, &now, "CH-01").iter().map(|finding| finding.waived.as_deref()).collect::<Vec<_>>(),
        [Some("次回に書く")]
    );
}

#[test]
fn a_row_that_is_behind_is_a_finding() {
    let (last, mut now) = years();
    let n_before = findings(&last, &now, "CH-09").len();
    write(&mut now, "basic.department.unit", "財務部住民税課");
    assert_eq!(findings(&last, &now, "CH-09").len(), n_before + 1);
}

#[test]
fn an_important_change_submitted_after_is_a_finding() {
    let (last, mut now) = years();
    let storage = row(&now, "Ⅱ６");
    let edits = word(form(&now), &last.state.document, &now.state, storage, "T01");
    apply(&mut now, edits);
    assert_eq!(findings(&last, &now, "CH-04"), []);
    column(&mut now, storage, "timing", "事後");
    let found = findings(&last, &now, "CH-04");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].1, format!("changes.rows.timing[{}]", storage + 1));
    // A row of a former year is history.
    let mut next = now.clone();
    next.base = None;
    assert_eq!(findings(&now, &next, "CH-04"), []);
}

#[test]
fn a_blank_left_in_an_explanation_is_a_finding() {
    let (last, mut now) = years();
    let storage = row(&now, "Ⅱ６");
    let edits = word(form(&now), &last.state.document, &now.state, storage, "T08");
    apply(&mut now, edits);
    assert_eq!(blanks(&now.state.document.rows[storage].reason).len(), 1);
    let blank = |now: &Draft| {
        findings(&last, now, "CH-14").iter().any(|found| found.1.ends_with(&format!("[{}]", storage + 1)))
    };
    assert!(blank(&now));
    let filled = now.state.document.rows[storage].reason.replace("【対策】", "施錠");
    column(&mut now, storage, "reason", &filled);
    assert!(!blank(&now));
}

#[test]
fn a_joined_row_says_nothing_that_does_not_stand_in_every_item() {
    let (last, mut now) = years();
    let rows = [row(&now, "Ⅰ６①"), row(&now, "Ⅰ６②")];
    let edits = join(form(&now), &last.state.document, &now.state, &rows);
    apply(&mut now, edits);
    let joined = &now.state.document.rows[row(&now, "Ⅰ６①")];
    assert_eq!((joined.before.as_str(), joined.after.as_str()), ("税務課", "市民税課"), "of 財務部税務課 and 税務課長");
}

#[test]
fn one_answer_serves_all_rows_of_a_project() {
    let (last, mut now) = years();
    for (item, text) in [
        ("overview.storage.place", "ガバメントクラウドの上のサーバーに保管する。"),
        ("risk.storage.others", "ガバメントクラウドの監視の記録を毎月確かめる。"),
        ("risk.use.others", "ガバメントクラウドへ移すときは、2人で立ち会う。"),
    ] {
        let before = Scope::document(form(&now), &now.state.document).file(0).text(item).into_owned();
        let answer = Some(Answer::Text(format!("{before}\n{text}")));
        now.apply(Edit::Answer { at: FieldPath::in_file(0, item), answer }).unwrap();
    }
    step(&last, &mut now);
    let storage = row(&now, "Ⅱ６");
    let group = tied(&seen(&last, &now), storage).unwrap();
    assert_eq!(group.project.name, "ガバメントクラウドへの移行");
    // The year of the sample has a contract of the same project besides.
    let three =
        ["Ⅱ６　保管場所", "Ⅲ３　特定個人情報の使用におけるその他", "Ⅲ７　特定個人情報の保管・消去におけるその他"];
    assert!(three.iter().all(|item| group.rows.contains(&row(&now, item))), "{:?}", group.rows);
    let other = row(&now, "Ⅰ６①");
    assert_eq!(tied(&seen(&last, &now), other), None);

    let unchanged = Questions { practice_changes: Some(false), only_reduces_risk: None };
    let edits = answer_all(form(&now), &last.state.document, &now.state, &group.rows, unchanged);
    apply(&mut now, edits);
    let link = |now: &Draft, row: usize| now.state.document.rows[row].link.clone().unwrap();
    assert!(group.rows.iter().all(|row| link(&now, *row).answers == unchanged));
    assert!(group.rows.iter().all(|row| now.state.document.rows[*row].timing == "事後"));
    assert_eq!(link(&now, other).answers, Questions::default());

    // What is no 重要な変更 may be submitted before with the others; what is one stays one.
    let important = Questions { practice_changes: Some(true), only_reduces_risk: Some(false) };
    let edits = answer_all(form(&now), &last.state.document, &now.state, &[storage], important);
    apply(&mut now, edits);
    let edits = before_by_choice(form(&now), &last.state.document, &now.state, &group.rows);
    apply(&mut now, edits);
    assert!(group.rows.iter().all(|row| now.state.document.rows[*row].timing == "事前"));
    for row in group.rows {
        let by_choice = now.state.document.rows[row].reason.contains("任意に事前");
        assert_eq!(link(&now, row).decision.unwrap().important, row == storage);
        assert_eq!(by_choice, row != storage);
    }
}
