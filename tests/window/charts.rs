//! A chart drawn in the window: by the pointer and by keys, each step one that can be undone.

use std::fs;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Pos2, pos2};
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use hyoukasho::chart::{Chart, ChartArrow, ChartNode, NodeKind};
use hyoukasho::draft::{Answer, Document, Draft, Edit, Figure, format};
use hyoukasho::form::FieldPath;

use crate::colleagues::harness::{Share, Window};

const ITEM: &str = "task_flow.figure";

fn desk() -> Share {
    let desk = Share::empty();
    let document = Document {
        form: "youshiki4".to_owned(),
        edition: "r6-10".to_owned(),
        files: vec![Arc::default()],
        ..Document::default()
    };
    let mut draft = Draft::from(document);
    let answer = Some(Answer::Text("①　届出\n②　入力\n③　通知".to_owned()));
    draft.apply(Edit::Answer { at: FieldPath::document("task_flow.remarks"), answer }).unwrap();
    fs::write(desk.document(), format::write(&draft)).unwrap();
    desk
}

fn open(desk: &Share) -> Window {
    let mut window = desk.open("山田");
    window.click_part("（別添１）");
    window.harness.run_ok();
    window.focus("図の題名");
    window
}

fn charts(window: &Window) -> Vec<Chart> {
    match window.draft().state.document.common.answers.get(ITEM) {
        Some(Answer::Figure(figure)) => figure.charts.clone(),
        _ => Vec::new(),
    }
}

fn remarks(window: &Window) -> String {
    window.draft().state.document.common.answers["task_flow.remarks"].as_text().unwrap().to_owned()
}

fn labels(chart: &Chart) -> Vec<&str> {
    chart.nodes.iter().map(|node| node.label.as_str()).collect()
}

fn key(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.harness.key_press_modifiers(modifiers, key);
    window.harness.run_ok();
}

/// The middle of what is called that.
fn place(window: &Window, name: &str) -> Pos2 {
    window.harness.get_by_role_and_label(Role::Button, name).rect().center()
}

fn drag(window: &mut Window, from: Pos2, to: Pos2) {
    let press = |pos, pressed| Event::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    for event in [
        Event::PointerMoved(from),
        press(from, true),
        Event::PointerMoved(from + (to - from) / 2.0),
        Event::PointerMoved(to),
        press(to, false),
    ] {
        window.harness.input_mut().events.push(event);
        window.harness.run_ok();
    }
}

/// A chart of three boxes, each written on at its place.
fn drawn(desk: &Share) -> Window {
    let mut window = open(desk);
    window.click("流れ図を描く");
    for (button, words) in [("＋ 機関・部署", "市民課の窓口"), ("＋ システム", "住民記録システム")]
    {
        window.click(button);
        window.harness.run_ok();
        key(&mut window, Modifiers::COMMAND, Key::A);
        window.harness.input_mut().events.push(Event::Text(words.to_owned()));
        window.harness.run_ok();
        key(&mut window, Modifiers::NONE, Key::Escape);
    }
    window
}

#[test]
fn boxes_are_put_on_the_sheet_and_written_on_in_place() {
    let desk = desk();
    let mut window = drawn(&desk);
    let chart = &charts(&window)[0];
    assert_eq!(labels(chart), ["住民", "市民課の窓口", "住民記録システム"]);
    assert_eq!(chart.nodes[2].kind, NodeKind::System);
    // Where something stands already no new box is put.
    assert!(chart.nodes[0].x + chart.nodes[0].width <= chart.nodes[1].x);
    for _ in 0..20 {
        window.undo();
    }
    assert!(charts(&window).is_empty());
}

#[test]
fn a_box_is_moved_by_pointer_and_keys_and_an_arrow_is_drawn_by_both() {
    let desk = desk();
    let mut window = drawn(&desk);
    let before = charts(&window)[0].clone();
    let at = place(&window, "人 住民");
    drag(&mut window, at, at + egui::vec2(0.0, 60.0));
    let moved = charts(&window)[0].nodes[0].clone();
    assert!(moved.x == before.nodes[0].x && moved.y > before.nodes[0].y && moved.y % 2 == 0, "{moved:?}");
    key(&mut window, Modifiers::NONE, Key::ArrowRight);
    key(&mut window, Modifiers::SHIFT, Key::ArrowDown);
    let by_key = charts(&window)[0].nodes[0].clone();
    assert_eq!((by_key.x, by_key.height), (moved.x + 2, moved.height + 2));
    // Chosen is the first box; the button, then the other one.
    window.click("矢印を引く");
    window.harness.run_ok();
    assert!(window.shows("相手の箱を押してください"));
    window.harness.get_by_role_and_label(Role::Button, "機関・部署 市民課の窓口").click();
    window.harness.run_ok();
    let arrows = |window: &Window| {
        let chart = &charts(window)[0];
        chart.arrows.iter().map(|arrow| chart.arrow_words(arrow)).collect::<Vec<_>>()
    };
    assert_eq!(arrows(&window), ["①　住民→市民課の窓口"]);
    // By the handle at its right edge.
    window.harness.get_by_role_and_label(Role::Button, "機関・部署 市民課の窓口").click();
    window.harness.run_ok();
    let rect = window.harness.get_by_role_and_label(Role::Button, "機関・部署 市民課の窓口").rect();
    let to = place(&window, "システム 住民記録システム");
    drag(&mut window, pos2(rect.right(), rect.center().y), to);
    assert_eq!(arrows(&window), ["①　住民→市民課の窓口", "②　市民課の窓口→住民記録システム"]);
    // A number moves, and with it the text.
    window.click("①にする");
    window.harness.run_ok();
    assert_eq!(arrows(&window), ["②　住民→市民課の窓口", "①　市民課の窓口→住民記録システム"]);
    assert_eq!(remarks(&window), "①　入力\n②　届出\n③　通知");
    window.undo();
    assert_eq!(
        (arrows(&window)[0].as_str(), remarks(&window).as_str()),
        ("①　住民→市民課の窓口", "①　届出\n②　入力\n③　通知")
    );
    // With its box an arrow goes too.
    window.harness.get_by_role_and_label(Role::Button, "人 住民").click();
    window.harness.run_ok();
    key(&mut window, Modifiers::NONE, Key::Delete);
    assert_eq!((charts(&window)[0].nodes.len(), arrows(&window).len()), (2, 1));
    window.undo();
    assert_eq!((charts(&window)[0].nodes.len(), arrows(&window).len()), (3, 2));
}

/// The name of what has the focus.
fn focused(window: &Window) -> String {
    let node = window.harness.root().query_all_by(|node: &AccessKitNode<'_>| node.is_focused()).next();
    node.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

/// Goes on with Tab until that has the focus.
fn tab_to(window: &mut Window, name: &str) {
    for _ in 0..200 {
        if focused(window) == name {
            return;
        }
        key(window, Modifiers::NONE, Key::Tab);
    }
    panic!("Tab never came to {name}");
}

#[test]
fn an_arrow_is_drawn_by_keys_alone() {
    let desk = desk();
    let mut window = drawn(&desk);
    tab_to(&mut window, "人 住民");
    while focused(&window) != "矢印を引く" {
        key(&mut window, Modifiers::SHIFT, Key::Tab);
    }
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert!(window.shows("相手の箱を押してください"));
    tab_to(&mut window, "システム 住民記録システム");
    key(&mut window, Modifiers::NONE, Key::Enter);
    let chart = charts(&window)[0].clone();
    let words: Vec<String> = chart.arrows.iter().map(|arrow| chart.arrow_words(arrow)).collect();
    assert_eq!(words, ["①　住民→住民記録システム"]);
    // From a box behind others, back to one before it.
    tab_to(&mut window, "システム 住民記録システム");
    key(&mut window, Modifiers::SHIFT, Key::Enter);
    tab_to(&mut window, "機関・部署 市民課の窓口");
    key(&mut window, Modifiers::NONE, Key::Enter);
    let chart = charts(&window)[0].clone();
    assert_eq!(chart.arrow_words(&chart.arrows[1]), "②　住民記録システム→市民課の窓口");
    // After what is taken out the keys go on beside it.
    tab_to(&mut window, "人 住民");
    key(&mut window, Modifiers::NONE, Key::Delete);
    assert_eq!(focused(&window), "機関・部署 市民課の窓口");
}

#[test]
fn an_arrow_that_lost_its_end_is_named_and_can_be_taken_out() {
    let desk = desk();
    let mut draft = format::read(&fs::read(desk.document()).unwrap()).unwrap().draft;
    let arrow = ChartArrow { id: 2, from: 1, to: 9, number: Some(1), ..ChartArrow::default() };
    let nodes = vec![ChartNode { id: 1, width: 40, height: 16, label: "住民".to_owned(), ..ChartNode::default() }];
    let chart = Chart { nodes, arrows: vec![arrow], ..Chart::default() };
    let answer = Some(Answer::Figure(Figure { charts: vec![chart], ..Figure::default() }));
    draft.apply(Edit::Answer { at: FieldPath::document(ITEM), answer }).unwrap();
    fs::write(desk.document(), format::write(&draft)).unwrap();
    let mut window = open(&desk);
    window.click("この矢印を削除");
    window.harness.run_ok();
    assert!(charts(&window)[0].arrows.is_empty());
}

#[test]
fn a_chart_is_copied_into_another_draft() {
    let desk = desk();
    let mut window = drawn(&desk);
    let copied = window.harness.get_by_role_and_label(Role::Group, "流れ図1").get_by_label("コピー");
    copied.click();
    window.harness.step();
    let commands = window.harness.output().platform_output.commands.clone();
    let text = commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let text = text.expect("copied");
    let chart = charts(&window)[0].clone();
    let other = self::desk();
    let mut window = open(&other);
    window.harness.input_mut().events.push(Event::Paste(text));
    window.harness.run_ok();
    assert_eq!(charts(&window), [chart]);
    window.undo();
    assert!(charts(&window).is_empty());
}
