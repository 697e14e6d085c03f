//! A 重要な変更: what must come first is ticked off, and the templates that fit the answers stand first.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use hyoukasho::draft::{Answer, Edit};
use hyoukasho::form::FieldPath;

use super::harness::{N_FORMER, NONE, Window, purpose_changed, this_year};

const PRACTICE: &str = "実際の取扱い（業務・システム・委託・対策）は変わりますか";
const RISK: &str = "その変更でリスクは明らかに小さくなるだけですか";
const FIRST: &str = "1. 基礎項目評価（しきい値判断）をやり直し、実施日を改める";

/// 使用目的 changed and decided to be a 重要な変更.
fn important() -> (Window, String) {
    let (mut window, item) = purpose_changed();
    window.answer(&item, PRACTICE, "はい");
    window.answer(&item, RISK, "いいえ");
    (window, item)
}

#[test]
fn the_steps_are_ticked_off_and_remembered_until_all_are_done() {
    let (mut window, _) = important();
    assert!(window.says_soon("残り5件"));
    let before = window.draft().clone();
    window.click(FIRST);
    assert_eq!(window.draft().state.reassessment_steps.iter().collect::<Vec<_>>(), ["AG-1"]);
    assert!(window.says_soon("残り4件"));
    window.undo();
    assert_eq!(*window.draft(), before);
    window.keys(NONE, Key::F10);
    assert!(window.says_soon("重要な変更の再実施で、済んでいない手順が 5 件あります"));
    for step in ["1. 基礎", "2. 評価書を変更後", "3. 評価書を個人", "4. 評価書を公表", "5. 変更を実施"]
    {
        let is_it = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
            node.role() == Role::CheckBox && node.label().is_some_and(|label| label.starts_with(step))
        };
        window.harness.get_by(is_it).click();
        window.run();
    }
    assert!(!window.says("済んでいない手順"));
    assert!(!window.says("再実施の手順が残っています"));
    window.keys(NONE, Key::F5);
    assert!(window.says_soon("✓ 再実施の手順はすべて済んでいます"));
}

#[test]
fn the_inspection_is_not_green_while_a_reassessment_is_not_done_and_offers_to_begin_it() {
    let (window, _) = important();
    let green = "提出を妨げる指摘はありません";
    let assessed = "procedure.basic_assessment.date";
    let year_stands = |window: &Window| window.harness.state().session().unwrap().year().unwrap()[2];
    // The document is complete but for 公表日 and the words of the row.
    let row = window.draft().state.document.rows.len() - 1;
    let reason = Edit::Column { row, column: "reason".to_owned(), text: "対象者が広がるため。".to_owned() };
    let published = Edit::Answer {
        at: FieldPath::document("cover.published_on"),
        answer: Some(Answer::Text("令和9年3月25日".to_owned())),
    };
    let day = Edit::Column { row, column: "date".to_owned(), text: "令和9年3月25日".to_owned() };
    let mut draft = window.draft().clone();
    let last = draft.base.as_ref().unwrap().state.document.clone();
    for edit in [reason, published, day] {
        draft.apply(edit).unwrap();
    }
    // A year begun for corrections alone: what is said of the 評価 is as it was.
    draft
        .apply(Edit::Answer { at: FieldPath::document(assessed), answer: last.common.answers.get(assessed).cloned() })
        .unwrap();
    let mut window = Window::on(&draft);
    window.keys(NONE, Key::F10);
    assert!(window.says_soon("済んでいない手順が 5 件あります（提出の前に 2 件）"));
    assert!(!window.says(green));
    assert!(!year_stands(&window).is_done);
    let before = window.draft().clone();
    window.press("評価の再実施に切り替える");
    window.pause();
    assert_eq!(window.draft().state.document.common.answers.get(assessed), None);
    assert_eq!(window.harness.state().current().map(|path| path.item.as_str()), Some(assessed));
    window.undo();
    assert_eq!(*window.draft(), before);
}

#[test]
fn several_important_changes_share_one_list() {
    let mut draft = this_year();
    for item in ["overview.acquire.purpose", "overview.base.subject_scope"] {
        let answer = Some(Answer::Text("個人住民税の課税に要する。".to_owned()));
        draft.apply(Edit::Answer { at: FieldPath::in_file(0, item), answer }).unwrap();
    }
    let mut window = Window::on(&draft);
    window.keys(NONE, Key::F5);
    window.listed();
    let items: Vec<String> = window.items().into_iter().map(str::to_owned).collect();
    for item in &items {
        window.answer(item, PRACTICE, "はい");
        window.answer(item, RISK, "いいえ");
    }
    assert_eq!(items.len(), 2);
    let lists = |window: &mut Window, item: &str| {
        window.select(item);
        window.harness.query_all_by_label(FIRST).count()
    };
    assert_eq!([lists(&mut window, &items[0]), lists(&mut window, &items[1])], [1, 0]);
    assert!(window.says_soon(&format!("再実施の手順（残り5件）は、変更箇所の{}行目にあります", N_FORMER + 1)));
}

#[test]
fn templates_that_fit_the_answers_stand_first() {
    let (mut window, item) = important();
    window.in_row(&item, Role::Button, "文例から選ぶ…");
    let names = |window: &Window| -> Vec<String> {
        let is_template = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
            node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with("T"))
        };
        let found = window.harness.query_all_by(is_template);
        found.filter_map(|node| Some(node.accesskit_node().label()?.chars().take(3).collect())).collect()
    };
    assert_eq!(names(&window)[..2], ["T01", "T13"]);
    assert!(window.says_soon("質問の答えと食い違う文例"));
    window.press("T06　事後　誤記");
    assert!(window.says_soon("上の質問の答えと食い違う判断です"));
    window.answer(&item, PRACTICE, "いいえ");
    window.in_row(&item, Role::Button, "文例から選ぶ…");
    let names = names(&window);
    assert_eq!((names.first().map(String::as_str), names.last().map(String::as_str)), (Some("T07"), Some("T01")));
}
