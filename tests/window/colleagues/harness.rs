//! A shared folder, and windows of people who each have their own computer.

#![allow(dead_code, reason = "each of the tests uses a part of it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, Queryable as _};
use hyoukasho::draft::{Answer, Document, Draft, Edit, format};
use hyoukasho::form::FieldPath;
use hyoukasho::ui::App;
use hyoukasho::vault::owner::owner_path;
use hyoukasho::vault::{BackupStore, LocalDateTime};
use hyoukasho::workspace::environment::DataFolders;

use crate::harness;
use crate::wait;

pub struct Share {
    folder: tempfile::TempDir,
}

pub struct Window {
    pub harness: Harness<'static, App>,
}

impl Share {
    /// A folder with a document of that name.
    pub fn new(name: &str) -> Self {
        let share = Self::empty();
        share.write(name);
        share
    }

    pub fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("共有 フォルダー")).unwrap();
        Self { folder }
    }

    pub fn folder(&self) -> PathBuf {
        self.folder.path().join("共有 フォルダー")
    }

    pub fn document(&self) -> PathBuf {
        self.folder().join("住民基本台帳　評価書.ron")
    }

    /// What somebody with another program, or on another computer, does.
    pub fn write(&self, name: &str) {
        fs::write(self.document(), format::write(&draft(name))).unwrap();
    }

    pub fn backups(&self, who: &str) -> BackupStore {
        BackupStore::of(&self.copies(who), &self.document())
    }

    pub fn copies(&self, who: &str) -> PathBuf {
        self.places(who).copies.unwrap()
    }

    /// The mark of who has the document open.
    pub fn is_marked(&self) -> bool {
        owner_path(&self.document()).exists()
    }

    fn places(&self, who: &str) -> DataFolders {
        DataFolders::within(&self.folder.path().join(who))
    }

    /// The files in the shared folder, without the marks of who has them open.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.filter(|name| !name.starts_with('.')).collect();
        names.sort();
        names
    }

    pub fn window(&self, who: &str) -> Window {
        self.shown(App::in_folders(&egui::Context::default(), &self.places(who)))
    }

    /// A window that waits for no disk, as that of a user.
    pub fn hurried(&self, who: &str) -> Window {
        let app = App::in_folders(&egui::Context::default(), &self.places(who));
        self.shown(app.with_patience(Some(Duration::from_millis(5))))
    }

    fn shown(&self, app: App) -> Window {
        // The comparison opens after a pause: a frame is no pause.
        Window { harness: harness::shown(app, ([1366.0, 768.0], 1.0 / 60.0)) }
    }

    /// The window of somebody who has the document open.
    pub fn open(&self, who: &str) -> Window {
        let mut window = self.window(who);
        window.open(&self.document());
        window
    }
}

impl Window {
    pub fn open(&mut self, path: &Path) {
        self.harness.state_mut().open(path);
        self.harness.run_ok();
    }

    pub fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.harness.run_ok();
    }

    /// Clicks the first thing whose label or value holds these words.
    pub fn click_part(&mut self, words: &str) {
        self.harness.get_all_by(|node| says(node, words)).next().unwrap().click();
        self.harness.run_ok();
    }

    pub fn focus(&mut self, label: &str) {
        let cell = |node: &AccessKitNode<'_>| {
            matches!(node.role(), Role::TextInput | Role::MultilineTextInput) && node.label().as_deref() == Some(label)
        };
        self.harness.get_all_by(cell).next().unwrap().focus();
        self.harness.run_ok();
    }

    /// Writes into a cell in place of what is there.
    pub fn write(&mut self, label: &str, text: &str) {
        self.focus(label);
        self.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        self.harness.run_ok();
        // No text takes nothing away.
        match text {
            "" => self.harness.key_press(Key::Delete),
            text => self.harness.event(Event::Text(text.to_owned())),
        }
        self.harness.run_ok();
    }

    /// Opens 以前の版 and the comparison with the one version that differs; `offer` is what it then offers.
    pub fn compare_with_version(&mut self, offer: &str) {
        self.click("ファイル");
        self.click_part("以前の版…");
        self.wait("listed", |window| window.shows("1項目が今と違う"));
        self.click_part("1項目が今と違う");
        self.wait("compared", |window| window.shows(offer));
    }

    pub fn undo(&mut self) {
        self.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        self.harness.run_ok();
    }

    /// Frames until something holds, as long as a slow disk may take.
    pub fn wait(&mut self, what: &str, holds: impl Fn(&mut Window) -> bool) {
        assert!(wait::comes(self, |window| &mut window.harness, holds), "{what}: {}", self.all());
    }

    pub fn wait_saved(&mut self) {
        self.wait("saved", |window| !window.harness.state().session().unwrap().is_dirty());
    }

    pub fn shows(&self, words: &str) -> bool {
        self.harness.query_all_by(|node| says(node, words)).next().is_some()
    }

    /// Everything that is said on the screen, for a test that fails.
    pub fn all(&self) -> String {
        let said = std::cell::RefCell::new(String::new());
        let note = |node: &AccessKitNode<'_>| {
            let words = node.label().or(node.value()).unwrap_or_default();
            said.borrow_mut().push_str(&format!("{words} | "));
            false
        };
        let _ = self.harness.query_all_by(note).count();
        said.into_inner()
    }

    pub fn draft(&self) -> &Draft {
        self.harness.state().session().unwrap().draft()
    }

    /// The user asks the window to close.
    pub fn close(&mut self) {
        let viewport = self.harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default();
        viewport.events.push(egui::ViewportEvent::Close);
        self.harness.step();
        let viewport = self.harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default();
        viewport.events.clear();
        self.harness.run_ok();
    }

    pub fn end(mut self) {
        self.harness.state_mut().end();
    }
}

fn says(node: &AccessKitNode<'_>, words: &str) -> bool {
    node.label().is_some_and(|label| label.contains(words)) || node.value().is_some_and(|value| value.contains(words))
}

pub fn draft(name: &str) -> Draft {
    let mut draft =
        Draft::from(Document { form: "youshiki3".to_owned(), edition: "r6-10".to_owned(), ..Document::default() });
    let answer = Some(Answer::Text(name.to_owned()));
    draft.apply(Edit::Answer { at: FieldPath::document("cover.name"), answer }).unwrap();
    draft
}

pub fn text(draft: &Draft, id: &str) -> String {
    draft.state.document.common.answers.get(id).and_then(Answer::as_text).unwrap_or_default().to_owned()
}

pub fn read(path: &Path) -> Draft {
    format::read(&fs::read(path).unwrap()).unwrap().draft
}

pub fn now() -> LocalDateTime {
    let secs = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    LocalDateTime::from_secs(i64::try_from(secs).unwrap() + 9 * 3600).unwrap()
}
