//! The table itself: what a line shows, filters, keys, the pane beside or below it, many rows, and rows that people wrote.

use std::sync::Arc;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use hyoukasho::draft::{Answer, ChangeRow, Draft, Edit};
use hyoukasho::form::FieldPath;

use super::harness::{N_FORMER, NONE, Window, purpose_changed, sample, this_year, two_changes};

/// The first thing in the pane.
const CLOSE: &str = "行の詳しい内容を閉じる";

fn lines(window: &Window) -> Vec<String> {
    let rows = window.harness.query_all_by(|node: &AccessKitNode<'_>| node.role() == Role::Row);
    rows.filter_map(|row| row.accesskit_node().label()).collect()
}

/// What has the focus.
fn focus(window: &Window) -> String {
    let node = window.harness.root().query_all_by(|node: &AccessKitNode<'_>| node.is_focused()).next();
    node.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

fn groups(window: &Window) -> Vec<String> {
    let is_pane = |node: &AccessKitNode<'_>| {
        let label = node.label().unwrap_or_default();
        node.role() == Role::Group
            && ["変更箇所", "前回までの行", "行のない変更"].iter().any(|name| label.starts_with(name))
    };
    window.harness.query_all_by(is_pane).filter_map(|node| node.accesskit_node().label()).collect()
}

#[test]
fn changes_without_a_row_and_rows_are_lines_and_the_filters_count_them() {
    let mut window = two_changes();
    assert_eq!(lines(&window), ["＋　Ⅰ６①　部署　行なし", "＋　Ⅰ６②　所属長の役職名　行なし"]);
    for filter in ["今年 2", "未定 0", "過去 21"] {
        window.press(filter);
    }
    assert_eq!(lines(&window).len(), N_FORMER);
    window.press("今年");
    window.line("＋　Ⅰ６②").click();
    window.run();
    assert_eq!(groups(&window), ["行のない変更2"]);
    assert!(window.says("まだ表に行がありません"));
    window.listed();
    assert_eq!(lines(&window), ["22　Ⅰ６①　部署　事後", "23　Ⅰ６②　所属長の役職名　事後"]);
}

#[test]
fn keys_lead_from_line_to_line_and_into_the_pane() {
    let mut window = two_changes();
    window.listed();
    window.tab_to("22　Ⅰ６①　部署　事後");
    assert!(groups(&window).is_empty(), "looking at the lines opens nothing");
    window.keys(NONE, Key::ArrowDown);
    assert_eq!(focus(&window), "23　Ⅰ６②　所属長の役職名　事後");
    window.keys(NONE, Key::Enter);
    assert_eq!(groups(&window), ["変更箇所23"]);
    window.keys(NONE, Key::ArrowUp);
    assert_eq!(groups(&window), ["変更箇所22"], "the pane follows");
    window.keys(NONE, Key::Tab);
    assert_eq!(focus(&window), CLOSE, "Tab leads into the pane");
    window.click(CLOSE);
    assert!(groups(&window).is_empty());
}

#[test]
fn the_main_button_walks_through_what_is_left() {
    let (mut window, item) = purpose_changed();
    assert!(window.says("未定 1"));
    window.press("次の未定へ");
    window.run();
    assert_eq!(groups(&window), [format!("変更箇所{}", N_FORMER + 1)]);
    assert_eq!(window.harness.state().current(), Some(&FieldPath::document("changes.rows.timing").entry(N_FORMER)));
    // A row that is decided stays in sight while one is in it.
    window.press("未定 1");
    window.in_row(&item, Role::RadioButton, "事後");
    window.in_row(&item, Role::Button, "文例から選ぶ…");
    window.press("T06　事後　誤記");
    assert_eq!(lines(&window).len(), 1);
    assert!(window.says("未定 0"));
    let is_disabled = |node: &AccessKitNode<'_>| node.label().as_deref() == Some("次の未定へ") && node.is_disabled();
    assert!(window.harness.query_all_by(is_disabled).next().is_some());
}

#[test]
fn the_pane_stands_below_the_table_and_beside_it_in_a_wide_window() {
    let mut window = two_changes();
    window.listed();
    let name = window.select("Ⅰ６①");
    for (size, is_beside) in [([1366.0, 768.0], false), ([1920.0, 1080.0], true)] {
        window.harness.set_size(size.into());
        window.run();
        window.run();
        assert_eq!(groups(&window), [name.as_str()]);
        let pane = window.harness.get_by_label(CLOSE).rect();
        let line = window.line("22　").rect();
        assert_eq!(pane.left() > line.right(), is_beside, "{size:?}: {pane:?} {line:?}");
        assert_eq!(pane.top() > line.bottom(), !is_beside, "{size:?}: {pane:?} {line:?}");
        assert!(pane.bottom() <= size[1] && pane.right() <= size[0], "{pane:?}");
    }
    // At 200 % there is room for one of them.
    window.harness.set_size(egui::vec2(683.0, 384.0));
    window.run();
    window.run();
    assert!(lines(&window).is_empty());
    window.click("表に戻る");
    assert!(groups(&window).is_empty());
    assert_eq!(lines(&window).len(), 2);
}

#[test]
fn only_the_lines_in_sight_are_laid_out() {
    let mut draft = this_year();
    for number in 0..160 {
        let row =
            ChangeRow { item: format!("別の記載{number}"), timing: "事後".to_owned(), ..ChangeRow::default() };
        draft.apply(Edit::InsertRow { index: N_FORMER + number, row }).unwrap();
    }
    let mut window = Window::on(&draft);
    window.harness.set_size(egui::vec2(1366.0, 768.0));
    window.keys(NONE, Key::F5);
    assert!(window.says("今年 160"));
    assert!(lines(&window).len() < 20, "{}", lines(&window).len());
    window.tab_to("22　別の記載0　事後　手書き");
    window.keys(NONE, Key::End);
    let last = format!("{}　別の記載159　事後　手書き", N_FORMER + 160);
    assert_eq!(focus(&window), last);
    let place = window.line(&last).rect();
    assert!(place.bottom() <= 768.0, "{place:?}");
    // Out of sight it keeps the focus.
    window.keys(NONE, Key::PageUp);
    assert_eq!(focus(&window), last);
}

/// This year's draft with a text changed twice, of which people wrote one row.
fn with_a_row_by_hand() -> Draft {
    let mut draft = this_year();
    for (item, text) in [("basic.department.unit", "財務部市民税課"), ("basic.department.head_title", "市民税課長")]
    {
        let answer = Some(Answer::Text(text.to_owned()));
        draft.apply(Edit::Answer { at: FieldPath::document(item), answer }).unwrap();
    }
    for (index, item, before, after) in
        [(0, "I-6 ①部署", "財務部税務課", "財務部市民税課"), (1, "庁内の申合せ", "旧", "新")]
    {
        let row = ChangeRow {
            item: item.to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
            timing: "事後".to_owned(),
            ..ChangeRow::default()
        };
        draft.apply(Edit::InsertRow { index: N_FORMER + index, row }).unwrap();
    }
    draft
}

#[test]
fn what_rows_by_hand_tell_is_shown_and_confirmed_before_anything_is_written() {
    let draft = with_a_row_by_hand();
    let mut window = Window::on(&draft);
    window.keys(NONE, Key::F5);
    assert!(window.says("変えたのに、この表に行がない項目　1件"));
    window.press("まとめて書き入れる");
    assert_eq!(*window.draft(), draft, "nothing is written yet");
    assert!(window.says("手で書いた行の読み取り　2行"));
    for words in ["22　I-6 ①部署", "Ⅰ６①　部署", "読み取れない行が1行あります", "＋ Ⅰ６②　所属長の役職名"]
    {
        assert!(window.says(words), "{words}");
    }
    window.click("やめる");
    assert_eq!(*window.draft(), draft);
    window.press("まとめて書き入れる");
    window.click("この内容で書き入れる");
    assert_eq!(window.unlisted(), 0);
    let mut items = window.items();
    items.sort_unstable();
    assert_eq!(items, ["I-6 ①部署", "Ⅰ６②　所属長の役職名", "庁内の申合せ"]);
    let kept: Vec<&Arc<ChangeRow>> = window.rows().iter().filter(|row| row.link.is_none()).collect();
    assert_eq!(kept, draft.state.document.rows[N_FORMER..N_FORMER + 2].iter().collect::<Vec<_>>());
    // What was confirmed is not asked again.
    window.turn_to("Ⅰ");
    window.write("７．他の評価実施機関", "青嶺県");
    window.keys(NONE, Key::F5);
    window.listed();
    // The pane of such a row says so too, and leads to the cell.
    window.in_row("I-6", Role::Button, "欄へ移る");
    window.run();
    assert_eq!(window.harness.state().current(), Some(&FieldPath::document("basic.department.unit")));
}

#[test]
fn a_row_by_hand_stays_selected_where_it_is_moved() {
    let mut window = Window::on(&with_a_row_by_hand());
    window.keys(NONE, Key::F5);
    let name = |n: usize| format!("変更箇所{}", N_FORMER + n);
    window.in_row("I-6", Role::Button, "下へ");
    assert_eq!(window.items(), ["庁内の申合せ", "I-6 ①部署"]);
    assert_eq!(groups(&window), [name(2)], "the pane goes with the row");
    window.undo();
    assert_eq!((window.items(), groups(&window)), (vec!["I-6 ①部署", "庁内の申合せ"], vec![name(1)]));
    window.keys(egui::Modifiers::COMMAND, Key::Y);
    assert_eq!(groups(&window), [name(2)]);
    assert_eq!(window.harness.state().current(), Some(&FieldPath::document("changes.rows").entry(N_FORMER + 1)));
    // A row put in or taken out above moves it too.
    window.in_row("庁内", Role::Button, "削除");
    assert_eq!(window.items(), ["I-6 ①部署"]);
    window.select("I-6");
    window.undo();
    assert_eq!((window.items(), groups(&window)), (vec!["庁内の申合せ", "I-6 ①部署"], vec![name(2)]));
    // What is pressed next is done to the row one looks at.
    window.in_row("I-6", Role::Button, "削除");
    assert_eq!(window.items(), ["庁内の申合せ"]);
}

/// What was opened stays open when one leaves the page, or the screen, and comes back.
#[test]
fn the_former_rows_and_the_row_that_was_open_stay_so() {
    let mut window = two_changes();
    window.press("過去 21");
    window.line("2　").click();
    window.run();
    let shown = |window: &Window| (groups(window), lines(window));
    let before = shown(&window);
    assert_eq!((before.0.as_slice(), before.1.len() > 10), (["前回までの行2".to_owned()].as_slice(), true));
    window.turn_to("Ⅰ");
    assert_ne!(shown(&window), before);
    window.turn_to("（別添２）");
    assert_eq!(shown(&window), before);
    window.keys(NONE, Key::F4);
    assert_ne!(shown(&window), before);
    window.keys(NONE, Key::Escape);
    assert_eq!(shown(&window), before);
}

#[test]
fn of_many_rows_by_hand_only_those_in_sight_are_laid_out() {
    let mut draft = with_a_row_by_hand();
    for number in 0..500 {
        let row =
            ChangeRow { item: format!("別の記載{number}"), timing: "事後".to_owned(), ..ChangeRow::default() };
        draft.apply(Edit::InsertRow { index: N_FORMER, row }).unwrap();
    }
    let mut window = Window::on(&draft);
    window.harness.set_size(egui::vec2(1366.0, 768.0));
    window.keys(NONE, Key::F5);
    window.press("まとめて書き入れる");
    assert!(window.says("手で書いた行の読み取り　502行") && window.says("読み取れない行が501行あります"));
    let rows = |window: &Window| {
        let is_row = |node: &AccessKitNode<'_>| {
            node.role() == Role::Button && node.label().is_some_and(|label| label.contains("　別の記載"))
        };
        window.harness.query_all_by(is_row).count()
    };
    assert!((5..40).contains(&rows(&window)), "{}", rows(&window));
    // Tab leads on from row to row, and each comes into sight.
    for number in [499_usize, 480, 460] {
        let name = format!("{}　別の記載{number}", N_FORMER + 500 - number);
        window.tab_to(&name);
        let place = window.harness.get_by_role_and_label(Role::Button, &name).rect();
        assert!(place.top() > 100.0 && place.bottom() < 740.0, "{name} at {place:?}");
    }
    assert!(rows(&window) < 40, "{}", rows(&window));
    window.click("この内容で書き入れる");
    assert_eq!(window.unlisted(), 0);
}

#[test]
fn a_choice_is_told_as_a_whole() {
    let mut draft = this_year();
    let at = FieldPath::document("basic.affairs.headcount");
    let before = sample().state.document.common.answers[&at.item].clone();
    let Answer::Choice(Some(n)) = before else { panic!("{before:?}") };
    draft.apply(Edit::Answer { at, answer: Some(Answer::Choice(Some(if n == 1 { 2 } else { n - 1 }))) }).unwrap();
    let mut window = Window::on(&draft);
    window.keys(NONE, Key::F5);
    window.listed();
    let item = window.items()[0].to_owned();
    window.select(&item);
    let (before, after) = (window.rows()[0].before.clone(), window.rows()[0].after.clone());
    for text in [before, after] {
        let is_it = |node: &AccessKitNode<'_>| node.value().or(node.label()).is_some_and(|words| words == text);
        assert!(window.harness.query_all_by(is_it).next().is_some(), "{text}");
    }
}
