//! The bar that offers the way back of what was taken out: it takes back that, and nothing else.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hyoukasho::draft::format;
use hyoukasho::ui::App;

use crate::opened::opened;

const SAID: &str = "を削除しました";

fn window() -> (Harness<'static, App>, tempfile::TempDir) {
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.ron");
    opened(&format::read(&std::fs::read(sample).unwrap()).unwrap().draft, [1366.0, 768.0])
}

fn is_offered(harness: &Harness<'_, App>) -> bool {
    let has = |text: Option<String>| text.is_some_and(|text| text.contains(SAID));
    harness
        .query_all_by_role(Role::Label)
        .any(|node| has(node.accesskit_node().label()) || has(node.accesskit_node().value()))
}

fn n_files(harness: &Harness<'_, App>) -> usize {
    harness.state().session().unwrap().document().files.len()
}

/// Takes the first file out by its menu in the tree.
fn take_out(harness: &mut Harness<'_, App>) {
    harness.get_all_by_role_and_label(Role::Button, "操作").next().unwrap().click();
    harness.run_ok();
    harness.get_by_role_and_label(Role::Button, "削除").click();
    harness.run_ok();
}

fn keys(harness: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_ok();
    harness.run_ok();
}

#[test]
fn the_bar_goes_when_its_step_was_taken_back() {
    let (mut harness, _folder) = window();
    let before = n_files(&harness);
    take_out(&mut harness);
    assert_eq!(n_files(&harness), before - 1);
    assert!(is_offered(&harness));
    keys(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(n_files(&harness), before);
    assert!(!is_offered(&harness), "there is nothing left to take back");
    keys(&mut harness, Modifiers::COMMAND, Key::Y);
    assert!(!is_offered(&harness));
}

#[test]
fn the_bar_stays_while_one_looks_around_and_goes_with_the_next_edit() {
    let (mut harness, _folder) = window();
    take_out(&mut harness);
    keys(&mut harness, Modifiers::NONE, Key::F7);
    assert!(is_offered(&harness));
    harness.get_all_by_role_and_label(Role::MultilineTextInput, "特記事項").next().unwrap().focus();
    harness.run_ok();
    harness.event(Event::Text("追記".to_owned()));
    harness.run_ok();
    harness.run_ok();
    assert!(!is_offered(&harness), "it would take back what was just written");
}
