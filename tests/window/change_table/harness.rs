//! A window with this year's draft in it, used by the words on it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use hyoukasho::changes::unlisted;
use hyoukasho::draft::{ChangeRow, Draft, format};
use hyoukasho::form::shipped;
use hyoukasho::renewal::{Course, Last, start};
use hyoukasho::ui::App;

use crate::opened::opened;

pub const NONE: Modifiers = Modifiers::NONE;
pub const N_FORMER: usize = 21;

pub fn sample() -> Draft {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.ron");
    format::read(&std::fs::read(sample).unwrap()).unwrap().draft
}

/// This year's draft, as 「今年の見直しを始める」 makes it.
pub fn this_year() -> Draft {
    let last = sample();
    let form = shipped::find(&last.state.document.form, &last.state.document.edition).unwrap();
    start(Last { state: &last.state, form, published_on: None }, form, Course::Reassessment, None).draft
}

pub struct Window {
    pub harness: Harness<'static, App>,
    folder: tempfile::TempDir,
}

impl Window {
    pub fn on(draft: &Draft) -> Self {
        let (harness, folder) = opened(draft, [1366.0, 2400.0]);
        Self { harness, folder }
    }

    pub fn run(&mut self) {
        self.harness.run_ok();
    }

    /// Waits until the draft is compared.
    pub fn pause(&mut self) {
        (0..6).for_each(|_| self.harness.step());
        self.run();
    }

    /// Whether something holds once the comparison, which has a thread of its own, is there.
    pub fn soon(&mut self, holds: impl Fn(&Self) -> bool) -> bool {
        for _ in 0..400 {
            if holds(self) {
                return true;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
            self.pause();
        }
        false
    }

    pub fn says_soon(&mut self, words: &str) -> bool {
        self.soon(|window| window.says(words))
    }

    pub fn keys(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.run();
        self.run();
    }

    pub fn undo(&mut self) {
        self.keys(Modifiers::COMMAND, Key::Z);
    }

    pub fn draft(&self) -> &Draft {
        self.harness.state().session().unwrap().draft()
    }

    pub fn rows(&self) -> &[Arc<ChangeRow>] {
        &self.draft().state.document.rows[N_FORMER..]
    }

    /// The row of this year whose 項目 begins so, counted from 0.
    pub fn row(&self, item: &str) -> &ChangeRow {
        self.rows()
            .iter()
            .find(|row| row.item.starts_with(item))
            .unwrap_or_else(|| panic!("{item}: {:#?}", self.items()))
    }

    pub fn items(&self) -> Vec<&str> {
        self.rows().iter().map(|row| row.item.as_str()).collect()
    }

    pub fn unlisted(&self) -> usize {
        let draft = self.draft();
        let form = shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap();
        unlisted(form, &draft.base.as_ref().unwrap().state.document, &draft.state).len()
    }

    pub fn says(&self, words: &str) -> bool {
        let has = |node: &AccessKitNode<'_>| {
            let said = |text: Option<String>| text.is_some_and(|text| text.contains(words));
            said(node.label()) || said(node.value())
        };
        self.harness.query_all_by(has).next().is_some()
    }

    pub fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.run();
    }

    /// The first button whose name begins so.
    pub fn press(&mut self, name: &str) {
        let name = name.to_owned();
        let is_it = |node: &AccessKitNode<'_>| {
            node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with(&name))
        };
        self.harness.get_all_by(is_it).next().unwrap_or_else(|| panic!("{name}")).click_accesskit();
        self.run();
    }

    /// The name of the row whose 項目 begins so.
    pub fn group(&self, item: &str) -> String {
        let index = self.draft().state.document.rows.iter().rposition(|row| row.item.starts_with(item));
        format!("変更箇所{}", index.unwrap_or_else(|| panic!("{item}: {:#?}", self.items())) + 1)
    }

    /// The line of the table whose words begin so.
    pub fn line<'a>(&'a self, words: &'a str) -> egui_kittest::Node<'a> {
        let is_it = move |node: &AccessKitNode<'_>| {
            node.role() == Role::Row && node.label().is_some_and(|label| label.starts_with(words))
        };
        self.harness.query_all_by(is_it).next().unwrap_or_else(|| panic!("no line {words}"))
    }

    /// Selects the row whose 項目 begins so; the name of its pane.
    pub fn select(&mut self, item: &str) -> String {
        let name = self.group(item);
        if self.harness.query_by_role_and_label(Role::Group, &name).is_none() {
            let number = name.trim_start_matches("変更箇所").to_owned();
            self.line(&format!("{number}　")).click();
            self.run();
        }
        name
    }

    /// Chooses the row whose 項目 begins so, to be joined.
    pub fn choose(&mut self, item: &str) {
        let number = self.group(item).trim_start_matches("変更箇所").to_owned();
        self.harness.get_by_role_and_label(Role::CheckBox, &format!("{number}行目を選ぶ")).click();
        self.run();
    }

    /// What has that name in the pane of the row whose 項目 begins so, or in the menu there.
    pub fn in_row(&mut self, item: &str, role: Role, label: &str) {
        let name = self.select(item);
        let group = self.harness.get_by_role_and_label(Role::Group, &name);
        if let Some(found) = group.query_by_role_and_label(role, label) {
            found.click();
        } else {
            group.get_by_role_and_label(Role::Button, "行の操作").click();
            self.run();
            self.harness.get_by_role_and_label(role, label).click();
        }
        self.run();
    }

    /// What has a name that begins so in the menu of the whole table.
    pub fn of_table(&mut self, name: &str) {
        self.click("表の操作");
        let wanted = name.to_owned();
        let is_it = |node: &AccessKitNode<'_>| {
            node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with(&wanted))
        };
        // A press of the mouse closes the menu, as it does for people.
        self.harness.get_all_by(is_it).next().unwrap_or_else(|| panic!("{name}")).click();
        self.run();
    }

    /// Whether the box of that name is on.
    pub fn chosen(&self, name: &str) -> bool {
        let node = self.harness.get_by_role_and_label(Role::CheckBox, name);
        node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
    }

    /// The same in the menu of what was emptied for this year.
    pub fn of_awaited(&mut self, name: &str) {
        self.click("空にした欄へ…");
        self.press(name);
    }

    pub fn answer(&mut self, item: &str, question: &str, yes: &str) {
        let name = self.select(item);
        let group = self.harness.get_by_role_and_label(Role::Group, &name);
        group.get_by_role_and_label(Role::RadioGroup, question).get_by_role_and_label(Role::RadioButton, yes).click();
        self.run();
    }

    /// Tab until what has that name has the focus.
    pub fn tab_to(&mut self, name: &str) {
        let mut seen = Vec::new();
        for _ in 0..200 {
            self.keys(NONE, Key::Tab);
            let focus = self.harness.root().query_all_by(|node: &AccessKitNode<'_>| node.is_focused()).next();
            let label = focus.and_then(|focus| focus.accesskit_node().label()).unwrap_or_default();
            if label == name {
                return;
            }
            seen.push(label);
        }
        panic!("Tab never leads to {name}; it leads to {seen:?}");
    }

    pub fn turn_to(&mut self, title: &str) {
        self.press(title);
        self.run();
    }

    pub fn focused(&mut self, label: &str) {
        self.harness.get_by_role_and_label(Role::MultilineTextInput, label).focus();
        self.run();
    }

    /// Puts a text in the place of all that stands in a cell of the form.
    pub fn write(&mut self, label: &str, text: &str) {
        self.focused(label);
        self.replace(text);
    }

    /// Puts a text in the place of all that stands in a cell of a row.
    pub fn write_in_row(&mut self, item: &str, label: &str, text: &str) {
        let name = self.select(item);
        let group = self.harness.get_by_role_and_label(Role::Group, &name);
        group.get_by_role_and_label(Role::MultilineTextInput, label).focus();
        self.run();
        self.replace(text);
    }

    pub fn replace(&mut self, text: &str) {
        self.keys(Modifiers::COMMAND, Key::A);
        self.harness.event(Event::Text(text.to_owned()));
        self.run();
        self.pause();
    }

    pub fn listed(&mut self) {
        self.press("まとめて書き入れる");
        assert_eq!(self.unlisted(), 0, "after an update no change is without a row");
        assert!(self.says("✓ 記載のない変更はありません"));
        let former = sample().state.document.rows;
        assert_eq!(self.draft().state.document.rows[..N_FORMER], former[..], "rows of former years stay as they were");
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// Two cells of Ⅰ changed, and the change table shown.
pub fn two_changes() -> Window {
    let mut window = Window::on(&this_year());
    window.turn_to("Ⅰ");
    window.write("①部署", "財務部市民税課");
    window.write("②所属長の役職名", "市民税課長");
    window.keys(NONE, Key::F5);
    window
}

/// 使用目的 is another, and has its row, the first of this year.
pub fn purpose_changed() -> (Window, String) {
    let mut window = Window::on(&this_year());
    window.turn_to("Ⅱ");
    window.write("③使用目的", "個人住民税の公平な賦課のため。");
    window.keys(NONE, Key::F5);
    window.listed();
    let item = window.rows()[0].item.clone();
    (window, item)
}
