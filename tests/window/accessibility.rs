//! Everything can be reached: at 200 % no dialog hides its buttons and no bar takes the room of what it stands above;
//! one question is one stop of the Tab key; and who closes a dialog is where they were.

use crate::harness;
use crate::wait;
use crate::year;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Rect, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use hyoukasho::draft::{Answer, format};
use hyoukasho::ui::App;
use hyoukasho::workspace::environment::DataFolders;

/// 1366 × 768 at 200 %.
const LARGE: [f32; 2] = [683.0, 384.0];
const NORMAL: [f32; 2] = [1366.0, 768.0];
/// 1366 × 768 at 80 %.
const SMALL: [f32; 2] = [1707.0, 960.0];

struct Window {
    harness: Harness<'static, App>,
    size: [f32; 2],
    folder: tempfile::TempDir,
}

impl Window {
    /// With a copy of the sample open.
    fn with_sample(size: [f32; 2]) -> Self {
        let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.ron");
        Self::with(size, &std::fs::read(sample).unwrap())
    }

    /// With this year's revision of it open.
    fn with_revision(size: [f32; 2]) -> Self {
        Self::with(size, format::write(&year::revision()).as_bytes())
    }

    fn with(size: [f32; 2], document: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("住民税.ron");
        std::fs::write(&path, document).unwrap();
        let places = DataFolders::within(&folder.path().join("data"));
        let mut app = App::in_folders(&egui::Context::default(), &places);
        app.open(&path);
        let harness = harness::shown(app, size);
        Self { harness, size, folder }
    }

    fn keys(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run_ok();
    }

    fn key(&mut self, key: Key) {
        self.keys(Modifiers::NONE, key);
    }

    fn write(&mut self, text: &str) {
        self.keys(Modifiers::COMMAND, Key::A);
        self.harness.event(Event::Text(text.to_owned()));
        self.harness.run_ok();
    }

    fn click(&mut self, label: &str) {
        self.harness.get_all_by_label(label).last().unwrap().click();
        self.harness.run_ok();
    }

    fn command(&mut self, menu: &str, name: &str) {
        self.click(menu);
        self.harness.get_all_by(|node: &AccessKitNode<'_>| named(node, name)).last().unwrap().click();
        self.harness.run_ok();
    }

    fn in_sight(&self, name: &str) -> bool {
        let window = Rect::from_min_size(pos2(0.0, 0.0), vec2(self.size[0], self.size[1])).expand(0.5);
        self.harness.query_all_by_label(name).any(|node| window.contains_rect(node.rect()))
    }

    fn shows(&self, name: &str) -> bool {
        self.harness.query_all_by_label(name).next().is_some()
    }

    /// Role and name of what has the focus.
    fn focus(&self) -> Option<(Role, String)> {
        let node = self.harness.root().query_all_by(|node: &AccessKitNode<'_>| node.is_focused()).next()?;
        let inner = node.accesskit_node();
        Some((inner.role(), inner.label().unwrap_or_default()))
    }
}

fn named(node: &AccessKitNode<'_>, name: &str) -> bool {
    node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with(name))
}

/// How a dialog is opened, and its buttons.
pub const DIALOGS: [(&str, &str, &[&str]); 13] = [
    ("ファイル", "名前を付けて保存…", &["保存する", "やめる"]),
    ("ファイル", "PDF を書き出す…", &["書き出す", "やめる"]),
    ("ファイル", "今年の見直しを始める…", &["見直しを始める", "やめる"]),
    ("ファイル", "様式の版を移す…", &["この版に移す", "やめる"]),
    ("ファイル", "引渡し用に書き出す…", &["書き出す", "やめる"]),
    ("ファイル", "同僚が直した写しを取り込む…", &["違いを確かめる", "やめる"]),
    ("点検", "前回の評価書と比べる…", &["この評価書と比べる", "やめる"]),
    ("編集", "定型文を入れる…", &["欄に入れる", "閉じる", "新しく書く…", "削除", "元に戻す"]),
    ("ヘルプ", "ヘルプを表示", &["閉じる"]),
    ("ヘルプ", "ライセンス", &["閉じる"]),
    ("ヘルプ", "コマンドを探す…", &["実行する", "やめる"]),
    ("ファイル", "設定…", &["決める", "やめる"]),
    ("編集", "定型文を入れる…", &["欄に入れる", "閉じる"]),
];

#[test]
fn every_dialog_keeps_its_buttons_in_sight() {
    for size in [LARGE, NORMAL, SMALL] {
        let mut window = Window::with_sample(size);
        for (menu, command, buttons) in DIALOGS {
            window.command(menu, command);
            for button in buttons {
                assert!(window.in_sight(button), "{command}: {button} at {size:?}");
            }
            assert!(window.focus().is_some(), "{command} begins without the focus");
            window.key(Key::Escape);
            assert!(!window.shows(buttons[0]) || buttons[0] == "書き出す", "{command} is left by Escape");
        }
    }
}

#[test]
fn every_menu_shows_all_its_commands() {
    for size in [LARGE, NORMAL] {
        let mut window = Window::with_sample(size);
        for (menu, last) in [("ファイル", "終了"), ("編集", "他のファイル"), ("点検", "提出前"), ("表示", "明るい")]
        {
            window.click(menu);
            let place = window.harness.get_all_by(|node| named(node, last)).last().unwrap().rect();
            assert!(place.max.y <= size[1] && place.max.x <= size[0], "{menu} at {size:?}: {last} is at {place:?}");
            window.key(Key::Escape);
        }
    }
}

#[test]
fn who_closes_a_dialog_is_where_they_were() {
    let mut window = Window::with_sample(NORMAL);
    let cell = window.harness.get_by_role_and_label(Role::MultilineTextInput, "特記事項");
    cell.focus();
    window.harness.run_ok();
    let before = window.focus();
    assert!(before.is_some());
    window.key(Key::F1);
    assert_eq!(window.focus(), Some((Role::Button, "閉じる".to_owned())));
    window.key(Key::Enter);
    assert!(!window.shows("閉じる"));
    assert_eq!(window.focus(), before);
    // So it is after another screen.
    window.key(Key::F4);
    assert!(window.shows("比べる相手"));
    window.key(Key::Escape);
    assert_eq!(window.focus(), before);
    // In a cell Escape takes the cursor nowhere; from a button Tab goes on where one was.
    window.key(Key::Escape);
    assert_eq!(window.focus(), before);
    window.key(Key::Tab);
    let next = window.focus();
    window.key(Key::Escape);
    window.keys(Modifiers::SHIFT, Key::Tab);
    window.key(Key::Tab);
    assert_eq!(window.focus(), next);
}

#[test]
fn enter_in_the_field_of_a_path_does_what_the_dialog_is_for() {
    let mut window = Window::with_sample(NORMAL);
    window.keys(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S);
    assert_eq!(window.focus(), Some((Role::TextInput, "保存先".to_owned())));
    let path = window.folder.path().join("別の名前.ron");
    window.write(&path.display().to_string());
    window.key(Key::Enter);
    assert!(!window.shows("保存する"));
    assert_eq!(window.harness.state().path(), Some(&*path));
}

#[test]
fn a_key_held_down_confirms_nothing() {
    let mut window = Window::with_sample(NORMAL);
    window.keys(Modifiers::COMMAND, Key::P);
    window.harness.get_by_label("書き出す");
    for _ in 0..5 {
        window.harness.event(Event::Key {
            key: Key::Enter,
            physical_key: None,
            pressed: true,
            repeat: true,
            modifiers: Modifiers::NONE,
        });
        window.harness.run_ok();
    }
    window.harness.get_by_label("書き出す");
}

/// No desk of a test has a dialog of the system.
#[test]
fn without_a_dialog_of_the_system_the_field_says_what_to_do() {
    let mut window = Window::with_sample(LARGE);
    window.keys(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S);
    window.click("選ぶ…");
    let told =
        |window: &Window| window.harness.query_by_label_contains("ファイルを選ぶ画面を開けませんでした").is_some();
    assert!(wait::comes(&mut window, |window| &mut window.harness, |window| told(window)));
    assert_eq!(window.focus(), Some((Role::TextInput, "保存先".to_owned())));
}

#[test]
fn a_question_is_one_stop_and_the_arrow_keys_choose() {
    let mut window = Window::with_sample(NORMAL);
    window.harness.get_all_by(|node: &AccessKitNode<'_>| named(node, "Ⅰ")).next().unwrap().click();
    window.harness.run_ok();
    let headcount = |window: &Window| {
        let draft = window.harness.state().session().unwrap().draft();
        match draft.state.document.common.answers["basic.affairs.headcount"] {
            Answer::Choice(n) => n,
            _ => panic!("no choice"),
        }
    };
    assert_eq!(headcount(&window), Some(4));
    // The mouse chooses, and the keyboard goes on from there.
    let option = |window: &Window| window.focus().filter(|(role, _)| *role == Role::RadioButton).map(|(_, name)| name);
    window.click("3) 1万人以上10万人未満");
    assert_eq!((headcount(&window), option(&window).as_deref()), (Some(3), Some("3) 1万人以上10万人未満")));
    for (key, n) in
        [(Key::ArrowDown, 4), (Key::ArrowRight, 1), (Key::ArrowDown, 2), (Key::ArrowUp, 1), (Key::ArrowLeft, 4)]
    {
        window.key(key);
        assert_eq!(headcount(&window), Some(n));
        assert!(option(&window).unwrap().starts_with(&format!("{n})")), "{:?}", window.focus());
    }
    let chosen = option(&window);
    window.key(Key::Tab);
    assert_eq!(window.focus(), Some((Role::Button, "選択を取り消す".to_owned())));
    window.keys(Modifiers::SHIFT, Key::Tab);
    assert_eq!(option(&window), chosen);
    // Taken back, the question keeps the focus, and Space chooses what has it.
    window.key(Key::Tab);
    window.key(Key::Enter);
    assert_eq!(headcount(&window), None);
    assert!(option(&window).unwrap().starts_with("1)"));
    window.key(Key::Space);
    assert_eq!(headcount(&window), Some(1));
    window.keys(Modifiers::SHIFT, Key::Tab);
    assert_eq!(option(&window), None);
}

#[test]
fn in_a_low_window_what_stands_above_a_list_leaves_it_its_room() {
    let mut window = Window::with_revision(LARGE);
    // The bar of the change table goes up with the rows.
    window.key(Key::F5);
    assert!(window.in_sight("まとめて書き入れる"));
    for _ in 0..3 {
        window.key(Key::PageDown);
    }
    assert!(!window.in_sight("まとめて書き入れる"));
    window.key(Key::F10);
    assert!(window.in_sight("記入に戻る"));
    // What is below the head of the window is counted as seen: two pages take the bar beyond it.
    window.key(Key::PageDown);
    window.key(Key::PageDown);
    assert!(!window.in_sight("記入に戻る"));
    window.key(Key::F10);
    // The hits of a search are reached, and the page stays beside them.
    window.keys(Modifiers::COMMAND, Key::H);
    window.write("住民税");
    for _ in 0..15 {
        window.key(Key::Tab);
        let focused = window.harness.root().query_all_by(|node: &AccessKitNode<'_>| node.is_focused()).next();
        let place = focused.unwrap().rect();
        assert!(place.min.y >= 0.0 && place.max.y <= LARGE[1], "{:?} is at {place}", window.focus());
        assert!(place.max.x <= LARGE[0] / 2.0 + 10.0, "{:?} is at {place}", window.focus());
    }
}

#[test]
fn a_panel_keeps_its_width_whatever_it_shows() {
    let mut window = Window::with_revision(NORMAL);
    let handle = |window: &Window| {
        let handles = window.harness.get_all_by_label("Resize panel");
        handles.map(|handle| handle.rect().center()).max_by(|a, b| a.x.total_cmp(&b.x)).unwrap()
    };
    let narrow = vec2(1300.0, 400.0).to_pos2();
    window.harness.drag_at(handle(&window));
    window.harness.run_ok();
    window.harness.hover_at(narrow);
    window.harness.run_ok();
    window.harness.drop_at(narrow);
    window.harness.run_ok();
    let side = handle(&window).x;
    assert!((side - (NORMAL[0] - 220.0)).abs() < 12.0, "as narrow as it can be: {side}");
    for key in [Key::F7, Key::F8, Key::F8, Key::F6, Key::F8] {
        window.key(key);
        assert_eq!(handle(&window).x, side, "{key:?}");
    }
}

#[test]
fn beside_a_panel_the_page_is_not_cut() {
    let mut window = Window::with_revision(LARGE);
    for beside in [Key::F6, Key::F9] {
        window.key(beside);
        for _ in 0..8 {
            window.key(Key::F8);
            let side = window.harness.get_all_by_label("記載の要点").last().unwrap().rect().left();
            let cells = window.harness.query_all_by_role(Role::MultilineTextInput).map(|node| node.rect());
            for cell in cells.filter(|cell| cell.left() < side) {
                let here = window.harness.state().current();
                assert!(cell.right() < side, "{cell} reaches below the panel at {side}: {here:?}");
            }
        }
    }
}
