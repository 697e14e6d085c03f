//! The desk of a folder, by the words on the screen: what stands there, in which order, and that each document opens.

use crate::harness;
use crate::wait;

use std::path::Path;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use hyoukasho::ui::App;

const TAX: &str = "個人住民税の賦課徴収に関する事務　重点項目評価書";
const CARE: &str = "介護保険に関する事務　重点項目評価書";

fn city(folder: &Path, size: [f32; 2]) -> Harness<'static, App> {
    let copy = |sample: &str, name: &str| {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(sample), &path).unwrap();
        path
    };
    copy("aomine-juminzei.ron", "税.ron");
    copy("aomine-kenkou.ron", "健康部/健康.ron");
    copy("aomine-kaigo-draft.ron", "健康部/介護.ron");
    std::fs::write(folder.join("壊.ron"), "(format: 1, form: ").unwrap();
    let mut app = App::without_memory(&egui::Context::default());
    app.open(&folder.join("税.ron"));
    let mut harness = harness::shown(app, size);
    harness.run_ok();
    harness.get_by_label("表示").click();
    harness.run_ok();
    let is_it = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with("フォルダーの評価書…"))
    };
    harness.get_all_by(is_it).next().unwrap().click();
    wait_until(&mut harness, |harness| has(harness, "全4件"));
    harness
}

fn wait_until(harness: &mut Harness<'static, App>, is_so: impl Fn(&Harness<'static, App>) -> bool) {
    assert!(wait::comes(harness, |harness| harness, |harness| is_so(harness)), "waited in vain");
}

fn has(harness: &Harness<'static, App>, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

fn height(harness: &Harness<'static, App>, words: &str) -> f32 {
    let is_it = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.role() == Role::Button && node.label().is_some_and(|label| label.contains(words))
    };
    harness.get_all_by(is_it).next().unwrap().rect().top()
}

#[test]
fn a_folder_is_shown_sorted_filtered_and_by_department() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = city(folder.path(), [1366.0, 768.0]);
    for words in [TAX, CARE, "財務部税務課", "健康部介護保険課", "読めません", "作成中"] {
        assert!(has(&harness, words), "{words}");
    }
    assert!(height(&harness, TAX) < height(&harness, CARE), "12 before 27");
    assert!(height(&harness, "壊.ron") > height(&harness, CARE), "what cannot be read stands last");
    harness.get_by_label("番号").click();
    harness.run_ok();
    assert!(height(&harness, TAX) > height(&harness, CARE), "27 before 12");
    harness.get_by_label("部署ごとにまとめる").click();
    harness.run_ok();
    assert!(has(&harness, "財務部税務課　1件"));
    harness.get_by_label("絞り込み").focus();
    harness.run_ok();
    harness.event(egui::Event::Text("介護".to_owned()));
    harness.run_ok();
    assert!(has(&harness, CARE) && !has(&harness, TAX) && has(&harness, "1件を表示（全4件）"));
}

#[test]
fn a_document_opens_from_the_desk_and_escape_leads_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = city(folder.path(), [1366.0, 768.0]);
    harness.key_press(Key::Escape);
    harness.run_ok();
    assert!(!has(&harness, "全4件"));
    harness.get_by_label("表示").click();
    harness.run_ok();
    harness.get_all_by_label_contains("フォルダーの評価書…").next().unwrap().click();
    wait_until(&mut harness, |harness| has(harness, "全4件"));
    harness.get_by_label(CARE).click();
    wait_until(&mut harness, |harness| harness.state().path().is_some_and(|path| path.ends_with("健康部/介護.ron")));
}

/// A small window: nothing is lost, the table scrolls.
#[test]
fn the_desk_stands_in_a_small_window() {
    let folder = tempfile::tempdir().unwrap();
    let harness = city(folder.path(), [683.0, 480.0]);
    assert!(has(&harness, "このフォルダー") || has(&harness, "絞り込み"));
    assert!(has(&harness, TAX));
}
