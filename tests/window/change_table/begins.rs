//! Where the keyboard begins: at what is to be done next, whatever was done before.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use hyoukasho::draft::{Answer, ChangeRow, Edit};
use hyoukasho::form::FieldPath;

use super::harness::{N_FORMER, NONE, Window, purpose_changed, this_year, two_changes};

const WRITE: &str = "まとめて書き入れる";
const NEXT: &str = "次の未定へ";
const PUBLISHED_ON: &str = "cover.published_on";

fn focus(window: &Window) -> String {
    let node = window.harness.root().query_all_by(|node: &AccessKitNode<'_>| node.is_focused()).next();
    node.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

fn answer(item: &str, text: &str) -> Edit {
    Edit::Answer { at: FieldPath::document(item), answer: Some(Answer::Text(text.to_owned())) }
}

#[test]
fn the_table_begins_at_what_is_to_be_done_next() {
    let mut draft = this_year();
    draft.apply(answer("basic.department.unit", "財務部市民税課")).unwrap();
    let mut window = Window::on(&draft);
    window.keys(NONE, Key::F5);
    window.run();
    assert_eq!(focus(&window), WRITE);
    window.keys(NONE, Key::Enter);
    assert!(window.soon(|window| window.rows().len() == 1));
    window.pause();
    // What wrote the rows has nothing left to do: the keyboard is where one goes on.
    assert!(window.soon(|window| !focus(window).is_empty()), "the keyboard is nowhere");
    window.keys(NONE, Key::F6);
    window.turn_to("Ⅰ");
    window.keys(NONE, Key::F5);
    window.run();
    assert!(!focus(&window).is_empty(), "the keyboard is nowhere");
}

#[test]
fn a_table_with_something_undecided_begins_there() {
    let (mut window, _) = purpose_changed();
    window.turn_to("Ⅰ");
    window.focused("①部署");
    window.keys(NONE, Key::F5);
    window.run();
    assert_eq!(focus(&window), NEXT);
}

#[test]
fn the_palette_knows_the_act_that_writes_rows() {
    let mut window = two_changes();
    window.turn_to("Ⅰ");
    window.keys(Modifiers::COMMAND, Key::K);
    window.harness.event(Event::Text("まとめて書き入れる".to_owned()));
    window.run();
    window.keys(NONE, Key::Enter);
    assert!(window.soon(|window| window.rows().len() == 2));
    // Where there is nothing to write, it is not offered.
    window.pause();
    window.keys(Modifiers::COMMAND, Key::K);
    window.harness.event(Event::Text("まとめて書き入れる".to_owned()));
    window.run();
    assert!(window.says("見つかりません"));
}

#[test]
fn a_question_that_is_open_is_gone_to_and_whole_in_sight() {
    let (mut window, _) = purpose_changed();
    window.harness.set_size(egui::vec2(1366.0, 768.0));
    window.run();
    window.press(NEXT);
    window.run();
    window.run();
    let question = "実際の取扱い（業務・システム・委託・対策）は変わりますか";
    let words = "※の付いた項目です。提出時期を決めるため、次の質問に答えてください";
    let head = window.harness.get_by_label("行の詳しい内容を閉じる").rect().bottom();
    for label in [words, question] {
        let is_it = |node: &AccessKitNode<'_>| {
            node.role() == Role::Label && node.value().or_else(|| node.label()).as_deref() == Some(label)
        };
        let place = window.harness.get_by(is_it).rect();
        assert!(place.top() >= head && place.bottom() <= 760.0, "{label}: {place:?} below {head}");
    }
    assert_eq!(focus(&window), "はい");
}

#[test]
fn rows_follow_a_publication_day_that_was_put_right_in_one_act() {
    let mut draft = this_year();
    for (item, text) in [("basic.department.unit", "財務部市民税課"), (PUBLISHED_ON, "令和9年3月25日")] {
        draft.apply(answer(item, text)).unwrap();
    }
    let mut window = Window::on(&draft);
    window.keys(NONE, Key::F5);
    window.listed();
    assert_eq!(window.rows()[0].date, "令和9年3月25日");
    // A day that the author wrote stays.
    let by_hand = ChangeRow { date: "令和9年3月25日".to_owned(), ..ChangeRow::clone(&window.rows()[0]) };
    let by_hand = ChangeRow { link: None, item: "Ⅴ　その他".to_owned(), ..by_hand };
    let mut draft = window.draft().clone();
    draft.state.document.rows.push(Arc::new(by_hand));
    draft.apply(answer(PUBLISHED_ON, "令和9年3月31日")).unwrap();
    let mut window = Window::on(&draft);
    assert!(window.says_soon("変更日が、この公表日と違います"));
    let before = window.draft().clone();
    window.click("変更日も直す");
    window.pause();
    let dates: Vec<&str> = window.rows().iter().map(|row| row.date.as_str()).collect();
    assert_eq!(dates, ["令和9年3月31日", "令和9年3月25日"]);
    assert!(!window.says("変更日が、この公表日と違います"));
    window.keys(NONE, Key::F5);
    window.pause();
    assert!(!window.says("本文と合わない行"), "nothing is left to follow");
    window.undo();
    assert_eq!(*window.draft(), before);
    assert_eq!(window.draft().state.document.rows.len(), N_FORMER + 2);
}
