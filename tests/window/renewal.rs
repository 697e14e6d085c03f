//! 今年の見直しを始める in the window: what is emptied is asked first, and the five steps of the year stand below the head.

use std::path::Path;

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, Queryable as _};
use hyoukasho::draft::{Document, Draft};
use hyoukasho::ui::App;

use crate::harness;

const ASSESSED: &str = "procedure.basic_assessment.date";
const CORRECTION: &str = "修正だけする";
const REASSESSMENT: &str = "評価を再実施する";

/// A window with the dialog on the finished sample, and the folder it is in.
fn window() -> (Harness<'static, App>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("昨年度.ron");
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.ron"), &path).unwrap();
    let mut harness = harness::shown(App::without_memory(&egui::Context::default()), [1366.0, 768.0]);
    harness.state_mut().open(&path);
    harness.run_ok();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::R);
    harness.run_ok();
    (harness, folder)
}

fn has(harness: &Harness<'_, App>, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

fn click(harness: &mut Harness<'_, App>, words: &str) {
    harness.get_by_label_contains(words).click();
    harness.run_ok();
}

fn begin(harness: &mut Harness<'_, App>) {
    harness.get_by_label("見直しを始める").click();
    harness.run_ok();
}

fn draft(harness: &Harness<'_, App>) -> Draft {
    harness.state().session().unwrap().draft().clone()
}

#[test]
fn nothing_is_emptied_before_the_question_is_answered_and_the_buttons_stay() {
    let (mut harness, _folder) = window();
    assert!(has(&harness, "今年、評価を再実施しますか") && has(&harness, "1欄"));
    let place = harness.get_by_label("見直しを始める").rect();
    click(&mut harness, REASSESSMENT);
    assert!(has(&harness, "8欄"));
    assert_eq!(harness.get_by_label("見直しを始める").rect(), place);
    click(&mut harness, CORRECTION);
    begin(&mut harness);
    let draft = draft(&harness);
    let published = &draft.base.as_ref().unwrap().state.document;
    let of = |document: &Document, id: &str| document.common.answers.get(id).cloned();
    assert_eq!(of(&draft.state.document, ASSESSED), of(published, ASSESSED));
    assert_eq!(of(&draft.state.document, "cover.published_on"), None);
    assert_eq!(draft.state.document.common.answers.len() + 1, published.common.answers.len());
    assert!(has(&harness, "今年の下書きを作りました"));
    // The keyboard is where one goes on.
    assert!(harness.root().query_all_by(|node: &AccessKitNode<'_>| node.is_focused()).next().is_some());
    assert_eq!(harness.state().current().map(|path| path.item.as_str()), Some("cover.number"));
}

#[test]
fn a_reassessment_empties_what_belongs_to_the_assessment() {
    let (mut harness, _folder) = window();
    click(&mut harness, REASSESSMENT);
    begin(&mut harness);
    assert_eq!(draft(&harness).state.document.common.answers.get(ASSESSED), None);
}

#[test]
fn the_steps_of_the_year_lead_to_their_screens() {
    let (mut harness, _folder) = window();
    assert!(!has(&harness, "手順1"), "a document without a publication before has no such year");
    begin(&mut harness);
    assert!(has(&harness, "手順1 変わったところを直す　次にすること"));
    click(&mut harness, "手順2");
    assert!(has(&harness, "前回（令和8年3月27日）との違い"));
    click(&mut harness, "手順3");
    assert!(has(&harness, "記入に戻る"));
    click(&mut harness, "手順1");
    assert_eq!(harness.state().current().map(|path| path.item.as_str()), Some("cover.number"));
    click(&mut harness, "手順4");
    assert!(has(&harness, "書き出す"));
}

#[test]
fn enter_carries_out_what_the_import_is_for() {
    let (mut harness, folder) = window();
    harness.key_press(Key::Escape);
    harness.run_ok();
    let path = folder.path().join("別.json");
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.json"), &path).unwrap();
    harness.state_mut().open(&path);
    harness.run_ok();
    assert!(has(&harness, "「別.json」を取り込みました"));
    harness.key_press(Key::Enter);
    harness.run_ok();
    assert!(has(&harness, "今年、評価を再実施しますか"));
}
