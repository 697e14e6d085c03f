//! Menus, the palette and the help: by keys alone.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use hyoukasho::guide;
use hyoukasho::ui::App;
use hyoukasho::workspace::environment::DataFolders;
use hyoukasho::workspace::settings::Settings;

use crate::harness;

fn window() -> (Harness<'static, App>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("評価書.ron");
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.ron");
    std::fs::copy(sample, &path).unwrap();
    let mut harness = harness::shown(App::without_memory(&egui::Context::default()), [1366.0, 768.0]);
    harness.state_mut().open(&path);
    harness.run_ok();
    (harness, folder)
}

fn press(harness: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_ok();
}

fn write(harness: &mut Harness<'_, App>, words: &str) {
    harness.event(Event::Text(words.to_owned()));
    harness.run_ok();
}

fn has(harness: &Harness<'_, App>, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

#[test]
fn a_command_is_found_by_its_name_and_carried_out_by_enter() {
    let (mut harness, _folder) = window();
    press(&mut harness, Modifiers::COMMAND, Key::K);
    write(&mut harness, "新旧");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(!has(&harness, "実行する"));
    assert!(has(&harness, "比べる相手"), "the contrast is shown");
}

/// What the command line does for a whole folder is found by who looks for it in the window.
#[test]
fn the_tools_of_those_who_collect_are_found_by_their_names() {
    for wanted in ["計画管理書", "フォルダー 置換"] {
        let (mut harness, _folder) = window();
        press(&mut harness, Modifiers::COMMAND, Key::K);
        write(&mut harness, wanted);
        press(&mut harness, Modifiers::NONE, Key::Enter);
        assert!(has(&harness, "まとめて見る方へ") && has(&harness, "hyoukasho plan"), "{wanted}");
    }
}

#[test]
fn alt_and_a_letter_open_a_menu_and_write_nothing() {
    let (mut harness, _folder) = window();
    let before = harness.state().session().unwrap().draft().clone();
    for (key, letter, command) in
        [(Key::F, "f", "名前を付けて保存…"), (Key::V, "v", "大きく表示"), (Key::H, "h", "ヘルプを表示")]
    {
        harness.event(Event::Text(letter.to_owned()));
        press(&mut harness, Modifiers::ALT, key);
        assert!(has(&harness, command), "{command}");
        press(&mut harness, Modifiers::NONE, Key::Escape);
        assert!(!has(&harness, command), "{command}");
    }
    assert_eq!(harness.state().session().unwrap().draft(), &before);
}

#[test]
fn the_help_tells_of_the_cell_of_the_year_and_of_the_keys() {
    let (mut harness, _folder) = window();
    harness.get_by_role_and_label(Role::MultilineTextInput, "特記事項").focus();
    harness.run_ok();
    press(&mut harness, Modifiers::NONE, Key::F1);
    assert!(has(&harness, "書き終えた例"));
    harness.get_by_label("キーと印").click();
    harness.run_ok();
    assert!(has(&harness, "Ctrl+K"));
    harness.get_by_label("手引").click();
    harness.run_ok();
    harness.get_by_role_and_label(Role::TextInput, "手引を探す").focus();
    harness.run_ok();
    write(&mut harness, "見直し");
    assert!(has(&harness, "見直し") && !has(&harness, "手引には見つかりません"));
    write(&mut harness, "どこにもない");
    assert!(has(&harness, "手引には見つかりません"));
}

#[test]
fn the_settings_hold_at_once() {
    let (mut harness, _folder) = window();
    press(&mut harness, Modifiers::ALT, Key::F);
    harness.get_by_label_contains("設定…").click();
    harness.run_ok();
    harness.get_by_label("暗い").click();
    harness.get_by_label("125％").click();
    harness.run_ok();
    harness.get_by_label("決める").click();
    harness.run_ok();
    assert_eq!(harness.ctx.theme(), egui::Theme::Dark);
    assert!((harness.ctx.zoom_factor() - 1.25).abs() < 0.01);
}

/// What the looks say of movement: seconds that an animation takes, and whether a jump is seen to scroll.
fn motion(context: &egui::Context) -> (f32, bool) {
    let style = context.global_style();
    (style.animation_time, style.scroll_animation != egui::style::ScrollAnimation::none())
}

#[test]
fn who_wants_less_movement_sees_none_from_then_on() {
    let folder = tempfile::tempdir().unwrap();
    let places = DataFolders::within(&folder.path().join("data"));
    let is_kept = || Settings::load(places.settings.clone()).looks.still;
    let usual = motion(&egui::Context::default());
    assert!(usual.0 > 0.0 && usual.1, "{usual:?}");
    let mut harness = harness::shown(App::in_folders(&egui::Context::default(), &places), [1366.0, 768.0]);
    let mut choose = || {
        press(&mut harness, Modifiers::ALT, Key::F);
        harness.get_by_label_contains("設定…").click();
        harness.run_ok();
        harness.get_by_label_contains("動きを減らす").click();
        harness.run_ok();
        harness.get_by_label("決める").click();
        harness.run_ok();
        // By night as by day.
        let other = if harness.ctx.theme() == egui::Theme::Dark { egui::Theme::Light } else { egui::Theme::Dark };
        harness.ctx.set_theme(other);
        harness.run_ok();
        motion(&harness.ctx)
    };
    assert_eq!((choose(), is_kept()), ((0.0, false), true));
    assert_eq!((choose(), is_kept()), (usual, false));
}

/// Whose works are in the program can be read in the window, from the first line to the last.
#[test]
fn the_licences_are_read_in_the_help_and_only_what_is_seen_is_laid_out() {
    let (mut harness, _folder) = window();
    press(&mut harness, Modifiers::ALT, Key::H);
    harness.get_by_label_contains("ライセンス").click();
    harness.run_ok();
    assert!(has(&harness, "MIT または Apache-2.0 で使えます"));
    let n_labels = harness.query_all_by_role(Role::Label).count();
    assert!(n_labels < 400, "{n_labels} of {} lines", guide::notices().lines().count());
    let last = {
        let lines: Vec<&str> = guide::notices().lines().map(str::trim).collect();
        let is_once = |line: &&&str| line.len() > 20 && lines.iter().filter(|other| other == line).count() == 1;
        *lines.iter().rfind(is_once).unwrap()
    };
    assert!(!has(&harness, last));
    for _ in 0..1_000 {
        if has(&harness, last) {
            return;
        }
        press(&mut harness, Modifiers::NONE, Key::PageDown);
    }
    panic!("the end is not reached: {last}");
}
