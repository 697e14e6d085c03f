//! Nothing has to be looked for: the cursor is where one goes on, a message where one looks, a long cell as high as it
//! is everywhere, and a new document never takes the place of another.

use crate::harness;
use crate::wait;

use std::path::Path;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use hyoukasho::draft::{Answer, format};
use hyoukasho::ui::App;

const NEW_PATH: &str = "保存先を確かめる（以後、自動で保存されます）";
const OPEN_PATH: &str = "ほかの評価書を開く（下書き .ron・.hyouka、Excel、PDF、Word、JSON）";
const MAKE: &str = "作って書き始める";

struct Window {
    harness: Harness<'static, App>,
    folder: tempfile::TempDir,
}

impl Window {
    fn new() -> Self {
        let app = App::without_memory(&egui::Context::default());
        Self { harness: harness::shown(app, [1366.0, 768.0]), folder: tempfile::tempdir().unwrap() }
    }

    /// With a copy of a sample open.
    fn with_sample(name: &str) -> Self {
        let mut window = Self::new();
        let path = window.folder.path().join(name);
        std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name), &path).unwrap();
        window.harness.state_mut().open(&path);
        window.harness.run_ok();
        window
    }

    fn keys(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run_ok();
    }

    fn write(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.harness.run_ok();
    }

    /// What a label names.
    fn fill(&mut self, label: &str, text: &str) {
        self.harness.get_by_role_and_label(Role::TextInput, label).focus();
        self.harness.run_ok();
        self.keys(Modifiers::COMMAND, Key::A);
        self.write(text);
    }

    /// A control, even below the edge of the window.
    fn press(&mut self, label: &str) {
        let is_it = |node: &AccessKitNode<'_>| node.label().is_some_and(|words| words == label) && !node.is_disabled();
        let Some(node) = self.harness.query_all_by(is_it).next() else {
            let labels = self.harness.query_all_by(|_| true).filter_map(|node| node.accesskit_node().label());
            panic!("nothing is called {label}: {:?}", labels.collect::<Vec<_>>());
        };
        node.click_accesskit();
        self.harness.run_ok();
    }

    fn says(&self, words: &str) -> Option<Rect> {
        let has = |node: &AccessKitNode<'_>| {
            [node.label(), node.value()].into_iter().flatten().any(|text| text.contains(words))
        };
        self.harness.query_all_by(has).next().map(|node| node.rect())
    }

    fn focused(&self) -> Option<(Role, String)> {
        let node = self.harness.root().query_all_by(|node: &AccessKitNode<'_>| node.is_focused()).next()?;
        let inner = node.accesskit_node();
        Some((inner.role(), inner.label().unwrap_or_default()))
    }

    fn answer(&self, path: &str) -> String {
        let draft = self.harness.state().session().unwrap().draft();
        draft.state.document.common.answers.get(path).and_then(Answer::as_text).unwrap_or_default().to_owned()
    }

    /// The page whose name in the tree begins so.
    fn page<'a>(&'a self, title: &'a str) -> egui_kittest::Node<'a> {
        let is_page = move |node: &AccessKitNode<'_>| {
            node.role() == Role::Button && node.label().is_some_and(|words| words.starts_with(title))
        };
        self.harness.get_all_by(is_page).next().unwrap()
    }

    /// The first screen; no desk of a test has a dialog of the system.
    fn go_home(&mut self) {
        self.harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
        self.harness.run_ok();
        wait::comes(self, |window| &mut window.harness, |window| window.says(OPEN_PATH).is_some());
    }

    fn make(&mut self, path: &Path) {
        // The steps of a new document stand behind its tile.
        self.press("新しく作る…");
        (0..3).for_each(|_| self.press("次へ"));
        self.fill(NEW_PATH, &path.display().to_string());
        self.press(MAKE);
    }
}

#[test]
fn a_new_document_never_takes_the_place_of_another() {
    let mut window = Window::new();
    let path = window.folder.path().join("重点.ron");
    window.make(&path);
    window.write("いちばん目");
    window.go_home();
    // The path of the first is still there.
    window.make(&path);
    assert_eq!(window.harness.state().path().unwrap().file_name().unwrap(), "重点（2）.ron");
    assert!(window.says("「重点.ron」はもうあるため、「重点（2）.ron」に作りました").is_some());
    drop(window.harness);
    let first = format::read(&std::fs::read(&path).unwrap()).unwrap().draft;
    assert!(
        first.state.document.common.answers.values().any(|answer| answer.as_text() == Some("いちばん目")),
        "{first:?}"
    );
    let names = std::fs::read_dir(window.folder.path()).unwrap();
    assert!(names.map(|entry| entry.unwrap().file_name()).all(|name| !name.to_string_lossy().ends_with(".bak")));
}

#[test]
fn a_new_document_waits_in_its_first_cell() {
    let mut window = Window::new();
    let path = window.folder.path().join("新.ron");
    window.make(&path);
    window.write("い");
    assert_eq!(window.answer("cover.number"), "い");
    // Escape closes what stands around a cell; the cursor stays.
    window.keys(Modifiers::NONE, Key::Escape);
    window.write("ろ");
    assert_eq!(window.answer("cover.number"), "いろ");
}

#[test]
fn what_has_just_been_opened_takes_the_keys() {
    let mut window = Window::with_sample("aomine-juminzei.ron");
    window.press("＋ ファイルを追加");
    assert_eq!(window.focused(), Some((Role::TextInput, "ファイルの名前".to_owned())));
    window.press("やめる");
    window.keys(Modifiers::NONE, Key::F7);
    window.press("確認済みにする…");
    assert!(matches!(window.focused(), Some((_, label)) if label == "このままでよい理由"), "{:?}", window.focused());
}

#[test]
fn a_page_turned_to_by_key_is_gone_on_with_by_key() {
    let mut window = Window::with_sample("aomine-kaigo-draft.ron");
    window.page("Ⅰ").focus();
    window.harness.run_ok();
    window.keys(Modifiers::NONE, Key::Enter);
    let current = window.harness.state().current().unwrap().item.clone();
    assert!(current.starts_with("basic."), "{current}");
    assert!(matches!(window.focused(), Some((role, _)) if role != Role::Button), "{:?}", window.focused());
}

#[test]
fn a_message_stands_where_one_looks() {
    let mut window = Window::new();
    // As many documents as the list takes push the card below the edge.
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-kaigo-draft.ron");
    for number in 0..8 {
        let path = window.folder.path().join(format!("評価書{number}.ron"));
        std::fs::copy(&sample, &path).unwrap();
        window.harness.state_mut().open(&path);
        window.harness.run_ok();
    }
    window.go_home();
    let memo = window.folder.path().join("memo.ron");
    std::fs::write(&memo, "買い物").unwrap();
    window.fill(OPEN_PATH, &memo.display().to_string());
    window.press("開く");
    window.harness.run_ok();
    let place = window.says("を開けません").unwrap();
    assert!(place.min.y >= 0.0 && place.max.y <= 768.0, "{place:?}");
}

#[test]
fn a_long_cell_is_as_high_at_the_foot_of_the_window_as_at_its_top() {
    let mut window = Window::with_sample("aomine-juminzei.ron");
    let long = "特定個人情報を保管する場所について、業務の流れに沿って詳しく述べる。".repeat(40);
    let mut draft = window.harness.state().session().unwrap().draft().clone();
    draft.state.document.common_mut().answers.insert("basic.affairs.content".to_owned(), Answer::Text(long.clone()));
    draft
        .state
        .document
        .file_mut(0)
        .unwrap()
        .part
        .answers
        .insert("overview.storage.place".to_owned(), Answer::Text(long.clone()));
    let path = window.folder.path().join("長い.ron");
    std::fs::write(&path, format::write(&draft)).unwrap();
    window.harness.state_mut().open(&path);
    window.harness.run_ok();
    for title in ["Ⅰ", "Ⅱ"] {
        window.page(title).click_accesskit();
        window.harness.run_ok();
        let is_cell = |node: &AccessKitNode<'_>| node.value().is_some_and(|value| value == long);
        window.harness.get_by(is_cell).scroll_to_me();
        window.harness.get_by(is_cell).focus();
        window.harness.run_ok();
        let top = window.harness.get_by(is_cell).rect().min.y;
        // The number of characters stands right below the cell one is in.
        let counter = format!("{}字", long.chars().count());
        let bottom = window.harness.get_by_label(&counter).rect().min.y;
        assert!(bottom - top > 300.0, "{title}: {}", bottom - top);
    }
}

#[test]
fn a_choice_moves_nothing_that_stands_below_it() {
    let mut window = Window::new();
    let path = window.folder.path().join("新.ron");
    window.make(&path);
    window.page("Ⅱ").click_accesskit();
    window.harness.run_ok();
    let below = |window: &Window| window.says("②対象となる本人の数").unwrap().min.y;
    let before = below(&window);
    window.press("1） システム用ファイル");
    assert!(window.says("選択を取り消す").is_some());
    assert!((below(&window) - before).abs() < 1.0, "{before} {}", below(&window));
}
