//! 共通の記載: the two documents of one 事務 beside each other in the window, and what one takes over from the other.

use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use hyoukasho::draft::{Answer, Document, Draft, format};
use hyoukasho::ui::App;

use crate::{harness, wait};

const UNIT: &str = "related.department.unit";
const TITLE: &str = "related.department.head_title";

struct Window {
    harness: Harness<'static, App>,
    folder: tempfile::TempDir,
}

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)
}

fn read(path: &Path) -> Draft {
    format::read(&std::fs::read(path).unwrap()).unwrap().draft
}

/// The 基礎項目評価書 of the sample with another department and head than its 全項目評価書 says.
fn basic() -> Draft {
    let mut draft = read(&sample("aomine-jumin-kiso.ron"));
    let answers = &mut draft.state.document.common_mut().answers;
    answers.insert(UNIT, Answer::Text("市民部戸籍課".to_owned()));
    answers.insert(TITLE, Answer::Text("戸籍課長".to_owned()));
    draft
}

impl Window {
    /// The document beside those files, on the screen of 共通の記載.
    fn on(draft: &Draft, beside: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (from, name) in beside {
            std::fs::copy(sample(from), folder.path().join(name)).unwrap();
        }
        let path = folder.path().join("開いた評価書.ron");
        std::fs::write(&path, format::write(draft)).unwrap();
        let mut harness = harness::shown(App::without_memory(&egui::Context::default()), [1366.0, 768.0]);
        harness.state_mut().open(&path);
        harness.run_ok();
        let mut window = Self { harness, folder };
        window.press(Modifiers::ALT, Key::V);
        window.harness.get_by_label_contains("共通の記載").click_accesskit();
        window.harness.run_ok();
        assert!(wait::comes(&mut window, |window| &mut window.harness, |window| !window.has("探しています")));
        window
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run_ok();
    }

    fn click(&mut self, words: &str) {
        self.harness.get_by_role_and_label(Role::Button, words).click_accesskit();
        self.harness.run_ok();
    }

    fn has(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    fn take(&mut self, name: &str) {
        self.harness.get_by_role_and_label(Role::Group, name).get_by_label("この文書に写す").click_accesskit();
        self.harness.run_ok();
    }

    fn document(&self) -> Document {
        self.harness.state().session().unwrap().document().clone()
    }

    fn said(&self, item: &str) -> String {
        self.document().common.answers[item].as_text().unwrap().to_owned()
    }
}

#[test]
fn the_other_document_is_found_and_one_press_takes_over_one_fact() {
    let draft = basic();
    let mut window = Window::on(&draft, &[("aomine-jumin.hyouka", "住基 全項目.hyouka")]);
    let other = window.folder.path().join("住基 全項目.hyouka");
    let before = std::fs::read(&other).unwrap();
    assert!(window.has("住基 全項目.hyouka") && window.has("違い 2件"));
    // Each is as high as what it says: both are in sight at once.
    let buttons: Vec<f32> =
        window.harness.get_all_by_label("この文書に写す").map(|button| button.rect().bottom()).collect();
    assert!(buttons.len() == 2 && buttons.iter().all(|bottom| *bottom < 740.0), "{buttons:?}");
    let theirs = read(&sample("aomine-jumin.hyouka")).state.document.common.answers["basic.department.unit"].clone();
    window.take("Ⅰ5 ①部署");
    assert_eq!(window.document().common.answers[UNIT], theirs);
    assert_eq!(window.said(TITLE), "戸籍課長", "nothing but what was asked for");
    assert!(window.has("をこの文書に写しました") && window.has("違い 1件"));
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), draft.state.document);
    assert!(window.has("違い 2件"));
    // All in one act, and one step takes it back.
    window.click("写せる 2件をまとめてこの文書に写す");
    assert_ne!((window.said(UNIT), window.said(TITLE)), ("市民部戸籍課".to_owned(), "戸籍課長".to_owned()));
    assert!(window.has("書いてある共通の項目は、すべて同じです") && window.has("同じ記載"));
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), draft.state.document);
    assert_eq!(std::fs::read(&other).unwrap(), before, "the other document is never written to");
}

#[test]
fn it_goes_both_ways_and_leads_to_the_cell() {
    let mut draft = read(&sample("aomine-jumin.hyouka"));
    draft.state.document.common_mut().answers.insert("basic.department.unit", Answer::Text("市民部戸籍課".to_owned()));
    let mut window = Window::on(&draft, &[("aomine-jumin-kiso.ron", "住基 基礎.ron")]);
    assert!(window.has("違い 1件") && window.has("相手の評価書（基礎項目評価書　住基 基礎.ron）"));
    let name = "Ⅰ7 ①部署";
    window.take(name);
    assert_ne!(window.document(), draft.state.document);
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), draft.state.document);
    window.click(name);
    assert_eq!(window.harness.state().current().map(|path| &*path.item), Some("basic.department.unit"));
    assert!(!window.has("相手の評価書"), "the form again");
}

#[test]
fn without_a_counterpart_it_is_said_and_one_of_several_is_chosen() {
    let mut window = Window::on(&basic(), &[]);
    assert!(window.has("相手の評価書（基礎項目評価書と、重点・全項目評価書）がありません"));
    window.click("相手の評価書を選ぶ…");
    assert!(window.has("この評価書と並べる"));
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!window.has("この評価書と並べる"));
    let twice = [("aomine-jumin.hyouka", "一.hyouka"), ("aomine-jumin.hyouka", "二.hyouka")];
    let window = Window::on(&basic(), &twice);
    assert!(window.has("2つ以上あります") && !window.has("この文書に写す"));
}

#[test]
fn a_document_of_the_same_kind_is_no_counterpart() {
    let mut window = Window::on(&basic(), &[]);
    window.click("相手の評価書を選ぶ…");
    window.harness.get_by_role_and_label(Role::TextInput, "相手の評価書（.ron、.hyouka）。書き換えません").focus();
    window.harness.run_ok();
    window.harness.event(egui::Event::Text(sample("aomine-kenkou.ron").display().to_string()));
    window.harness.run_ok();
    window.click("この評価書と並べる");
    let told = wait::comes(&mut window, |window| &mut window.harness, |window| window.has("の間にあります"));
    assert!(told && !window.has("この文書に写す"));
}
