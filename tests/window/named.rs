//! Every control says what it is and what it is called, to those who hear the screen instead of seeing it. Every frame of
//! every window of these tests is looked at; here are walks that see each page, what stands beside it, and each dialog.
//! The versions and the documents of a folder are walked through in `overlaps.rs`.

use egui::accesskit::Role;
use egui::{Context, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use hyoukasho::draft::format;
use hyoukasho::ui::App;
use hyoukasho::workspace::environment::DataFolders;

use crate::harness::spoken::{Named, is_control};
use crate::{harness, wait, year};

#[test]
fn a_control_without_role_or_name_is_found() {
    let check = |add: fn(&mut egui::Ui), is_found: bool| {
        let found = std::panic::catch_unwind(|| {
            let context = Context::default();
            context.enable_accesskit();
            context.add_plugin(Named);
            context.run_ui(egui::RawInput::default(), &add).textures_delta.clear();
        });
        assert_eq!(found.is_err(), is_found);
    };
    check(|ui| drop(ui.button("押す")), false);
    check(|ui| drop(ui.button("")), true);
    check(|ui| drop(ui.text_edit_singleline(&mut String::new())), true);
    check(
        |ui| {
            let label = ui.label("名前").id;
            ui.text_edit_singleline(&mut String::new()).labelled_by(label);
        },
        false,
    );
    check(|ui| drop(ui.allocate_response(egui::vec2(9.0, 9.0), egui::Sense::click())), true);
    check(|ui| drop(ui.allocate_response(egui::vec2(9.0, 9.0), egui::Sense::hover())), false);
}

/// A window on this year's draft, that keeps its settings and versions.
fn this_year() -> (Harness<'static, App>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("住民税.ron");
    std::fs::write(&path, format::write(&year::revision())).unwrap();
    let places = DataFolders::within(&folder.path().join("data"));
    let mut app = App::in_folders(&Context::default(), &places);
    app.open(&path);
    (harness::shown(app, [1366.0, 2400.0]), folder)
}

/// Until that is on the screen, and nothing is awaited for it.
fn until(harness: &mut Harness<'static, App>, words: &str) {
    let has = |harness: &Harness<'static, App>, words| harness.query_all_by_label_contains(words).next().is_some();
    let awaited = ["読み込んでいます", "比べています", "調べています", "印刷の見え方を作っています"];
    let is_there =
        |harness: &mut Harness<'static, App>| has(harness, words) && !awaited.iter().any(|words| has(harness, words));
    assert!(wait::comes(harness, |harness| harness, is_there), "{words} is not shown");
}

fn n_controls(harness: &Harness<'static, App>) -> usize {
    harness.query_all_by(|node: &AccessKitNode<'_>| is_control(node.role())).count()
}

fn command(harness: &mut Harness<'static, App>, menu: &str, name: &str) {
    harness.get_by_label(menu).click();
    harness.run_ok();
    let is_it = |node: &AccessKitNode<'_>| {
        node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with(name))
    };
    harness.get_all_by(is_it).last().unwrap().click();
    harness.run_ok();
}

#[test]
fn on_every_screen_and_beside_it() {
    let (mut harness, _folder) = this_year();
    let pages: Vec<String> = harness
        .query_all_by(|node: &AccessKitNode<'_>| node.role() == Role::Button)
        .filter_map(|node| node.accesskit_node().label())
        .filter(|label| label.starts_with(['表', 'Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ', 'Ⅴ', 'Ⅵ']))
        .collect();
    assert!(pages.len() > 5, "{pages:?}");
    for page in pages {
        let node = harness.query_all_by_label(&page).next();
        node.unwrap().click_accesskit();
        harness.run_ok();
        assert!(n_controls(&harness) > 20, "{page}");
    }
    let beside = [
        (Modifiers::NONE, Key::F5, "まとめて書き入れる"),
        (Modifiers::NONE, Key::F10, "記入に戻る"),
        (Modifiers::NONE, Key::F10, "基本情報"),
        (Modifiers::NONE, Key::F9, "幅に合わせる"),
        (Modifiers::NONE, Key::F7, "未記入　"),
        (Modifiers::NONE, Key::F6, "内部メモ（印刷されません）"),
        (Modifiers::COMMAND, Key::F, "探す文字"),
        (Modifiers::COMMAND, Key::H, "置き換える文字"),
        (Modifiers::NONE, Key::F4, "左右を入れ替える"),
    ];
    for (modifiers, key, words) in beside {
        harness.key_press_modifiers(modifiers, key);
        until(&mut harness, words);
    }
}

#[test]
fn in_every_dialog_and_every_menu() {
    let (mut harness, _folder) = this_year();
    for (menu, name, _) in crate::accessibility::DIALOGS {
        let before = n_controls(&harness);
        command(&mut harness, menu, name);
        assert!(n_controls(&harness) > before, "{name}");
        harness.key_press(Key::Escape);
        harness.run_ok();
    }
    for tab in ["この欄", "手引", "キーと印", "ライセンス"] {
        command(&mut harness, "ヘルプ", "ヘルプを表示");
        harness.get_by_label(tab).click();
        harness.run_ok();
        harness.key_press(Key::Escape);
        harness.run_ok();
    }
    for (menu, name, words) in [
        ("ファイル", "貼り付けた文章から取り込む…", "貼り付け"),
        ("ファイル", "別の様式の評価書にする…", "全項目評価書"),
    ] {
        command(&mut harness, menu, name);
        until(&mut harness, words);
        harness.key_press(Key::Escape);
        harness.run_ok();
    }
}

#[test]
fn on_the_first_screen_and_the_steps_to_a_new_document() {
    let mut harness = harness::shown(App::without_memory(&Context::default()), [1366.0, 1200.0]);
    for press in ["新しく作る…", "どの様式か調べる", "戻る", "次へ", "版を変える…", "次へ", "次へ"]
    {
        harness.get_by_label(press).click_accesskit();
        harness.run_ok();
        assert!(n_controls(&harness) > 5, "{press}");
    }
}
