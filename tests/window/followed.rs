//! What is moved, put in or taken out takes the place one is at with it: the same file and the same entry stay on the
//! screen, whatever number they have now, also when the step is taken back.

use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, Queryable as _};
use hyoukasho::draft::{Draft, format};
use hyoukasho::form::FieldPath;
use hyoukasho::ui::App;

use crate::opened::opened;

const UNDO: (Modifiers, Key) = (Modifiers::COMMAND, Key::Z);
const REDO: (Modifiers, Key) = (Modifiers::COMMAND, Key::Y);

struct Window {
    harness: Harness<'static, App>,
    _folder: tempfile::TempDir,
}

fn sample() -> Draft {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.ron");
    format::read(&std::fs::read(sample).unwrap()).unwrap().draft
}

impl Window {
    fn new() -> Self {
        let (harness, folder) = opened(&sample(), [1366.0, 900.0]);
        Self { harness, _folder: folder }
    }

    fn keys(&mut self, (modifiers, key): (Modifiers, Key)) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run_ok();
        self.harness.run_ok();
    }

    /// Opens the page of a section, of the file of that number where it stands once per file.
    fn turn_to(&mut self, title: &str, n: usize) {
        let is_it = |node: &AccessKitNode<'_>| {
            node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with(title))
        };
        self.harness.get_all_by(is_it).nth(n).unwrap().click_accesskit();
        self.harness.run_ok();
    }

    fn focus(&mut self, label: &str) {
        self.harness.get_by_role_and_label(Role::MultilineTextInput, label).focus();
        self.harness.run_ok();
    }

    /// What the menu of a file or an entry offers; those of the files are the first.
    fn act(&mut self, n: usize, name: &str) {
        self.harness.get_all_by_role_and_label(Role::Button, "操作").nth(n).unwrap().click_accesskit();
        self.harness.run_ok();
        self.harness.get_by_role_and_label(Role::Button, name).click();
        self.harness.run_ok();
        self.harness.run_ok();
    }

    fn names(&self) -> Vec<String> {
        self.harness.state().session().unwrap().document().files.iter().map(|file| file.name.clone()).collect()
    }

    /// The name of the file one is in.
    fn file(&self) -> Option<String> {
        Some(self.names()[self.harness.state().current()?.file?].clone())
    }
}

#[test]
fn the_file_one_is_in_stays_the_same_when_files_move() {
    let mut window = Window::new();
    let names = window.names();
    assert!(names.len() > 1 && names[0] != names[1]);
    window.turn_to("Ⅱ", 0);
    window.focus("⑥事務担当部署");
    assert_eq!(window.file().as_ref(), Some(&names[0]));
    let is_same = |window: &Window, what: &str| {
        assert_eq!(window.file().as_ref(), Some(&names[0]), "{what}");
        // The page is that of the cell: its file stands in its head.
        let page = window.harness.state().page_file().map(|file| window.names()[file].clone());
        assert_eq!(page.as_ref(), Some(&names[0]), "{what}");
    };
    window.act(1, "上へ");
    assert_eq!(window.names()[1], names[0]);
    is_same(&window, "another file was moved before it");
    window.keys(UNDO);
    assert_eq!(window.names(), names);
    is_same(&window, "taken back");
    window.keys(REDO);
    is_same(&window, "made again");
    window.act(0, "複製");
    is_same(&window, "a file was put before it");
    window.act(0, "削除");
    is_same(&window, "a file before it was taken out");
}

#[test]
fn a_file_that_is_added_is_the_one_shown_and_the_cell_of_another_is_let_go() {
    let mut window = Window::new();
    let n_files = window.names().len();
    window.turn_to("Ⅱ", 0);
    window.focus("⑥事務担当部署");
    window.harness.get_by_role_and_label(Role::Button, "＋ ファイルを追加").click_accesskit();
    window.harness.run_ok();
    window.harness.run_ok();
    assert_eq!(window.names().len(), n_files + 1);
    assert_eq!(window.harness.state().page_file(), Some(n_files));
    assert_eq!(window.harness.state().current(), None, "the side told of a cell of the first file");
}

#[test]
fn a_file_that_is_taken_out_takes_the_place_in_it_along() {
    let mut window = Window::new();
    window.turn_to("Ⅱ", 0);
    window.focus("⑥事務担当部署");
    window.act(0, "削除");
    assert_eq!(window.harness.state().current(), None);
}

#[test]
fn the_entry_one_is_in_stays_the_same_when_entries_move() {
    let mut window = Window::new();
    window.turn_to("Ⅰ", 0);
    let first = window.harness.get_by_role_and_label(Role::Group, "システム1");
    first.get_by_label("①システムの名称").focus();
    window.harness.run_ok();
    let at = |window: &Window| window.harness.state().current().cloned();
    let name = |entry| Some(FieldPath::document("basic.systems.name").entry(entry));
    assert_eq!(at(&window), name(0));
    let n_files = window.names().len();
    window.act(n_files, "下へ");
    assert_eq!(at(&window), name(1));
    window.keys(UNDO);
    assert_eq!(at(&window), name(0));
    window.act(n_files, "複製");
    assert_eq!(at(&window), name(0), "the copy stands behind it");
    window.act(n_files, "削除");
    assert_eq!(at(&window), None);
}
