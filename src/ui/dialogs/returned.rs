//! 同僚が直した写しを取り込む: which file, and whose.

use std::path::{Path, PathBuf};

use egui::{RichText, TextEdit, Ui};

use super::ask::Ask;
use super::frame::{body, foot, main_act};
use crate::draft::Origin;
use crate::ui::state::picker::{Pick, PickPurpose};
use crate::ui::state::{theme, words};
use crate::ui::widgets::{path_ui, waiting_ui};
use crate::workspace::open_document::OpenDocument;
use crate::workspace::task::Task;
use crate::workspace::waker::Waker;

/// What has been entered so far.
pub struct Returned {
    path: String,
    who: String,
    /// What is known of the file with that path, or why it cannot be read.
    seen: Option<(String, Result<String, String>)>,
    /// Whether the file is to be read, and whether it is to be compared then.
    wanted: Option<Wanted>,
    reading: Option<Task<Result<Option<Origin>, String>>>,
    waker: Waker,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Look,
    Compare,
}

impl Returned {
    /// Begins in that folder.
    pub fn new(folder: &Path, waker: Waker) -> Self {
        let path = format!("{}{}", folder.display(), std::path::MAIN_SEPARATOR);
        Self { path, who: String::new(), seen: None, wanted: None, reading: None, waker }
    }

    /// Takes a path over from the system's dialog.
    pub fn take_path(&mut self, path: &Path) {
        self.path = path.display().to_string();
        self.wanted = Some(Wanted::Look);
    }

    /// Reads on a thread who has the copy, and from when it is; then the comparison, where it was asked for.
    fn look(&mut self) -> Option<Ask> {
        let wanted = self.wanted?;
        let path = PathBuf::from(self.path.trim());
        let read = || {
            Task::start(&self.waker, move || Ok(OpenDocument::look(&path)?.session.draft().origin.as_deref().cloned()))
        };
        let answer = self.reading.get_or_insert_with(read).answer()?;
        (self.reading, self.wanted) = (None, None);
        let read = answer.flatten().map(|origin| match origin {
            None => "この写しには引渡しの記録がありません。違う項目をすべて確かめることになります".to_owned(),
            Some(origin) => {
                if self.who.trim().is_empty() {
                    self.who.clone_from(&origin.to);
                }
                let to = if origin.to.is_empty() { "同僚" } else { &origin.to };
                format!("{} に {to} へ渡した写しです", origin.on.as_deref().unwrap_or("以前"))
            }
        });
        let is_read = read.is_ok();
        self.seen = Some((self.path.clone(), read));
        let compares = is_read && wanted == Wanted::Compare;
        compares.then(|| Ask::Compare(PathBuf::from(self.path.trim()), self.who.trim().to_owned()))
    }

    /// Shows the dialog.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let pick = body(ui, |ui| self.body_ui(ui));
        let ready = Path::new(self.path.trim()).extension().is_some();
        let asked = foot(ui, |ui| {
            if main_act(ui, ready, "違いを確かめる") {
                self.reading = None;
                self.wanted = Some(Wanted::Compare);
            }
            ui.button(words::CANCEL).clicked().then_some(Ask::Close)
        });
        asked.or_else(|| self.look()).or(pick.map(Ask::Pick))
    }

    fn body_ui(&mut self, ui: &mut Ui) -> Option<Pick> {
        ui.heading("同僚が直した写しを取り込む");
        ui.label("同僚が直したファイルを選ぶと、今の下書きとの違いを項目ごとに確かめて取り込めます。選んだファイルは書き換えません。");
        let label = ui.label("同僚が直したファイル（.ron）").id;
        let pick = path_ui(ui, "returned path", label, &mut self.path, PickPurpose::Open).pick;
        if self.seen.as_ref().is_some_and(|(path, _)| *path != self.path) {
            self.seen = None;
        }
        if self.reading.is_some() {
            waiting_ui(ui, words::READING);
        }
        match &self.seen {
            Some((_, Ok(words))) => drop(ui.label(words)),
            Some((_, Err(error))) => {
                let color = theme::severity(ui.visuals(), crate::form::Severity::Error);
                ui.label(RichText::new(error).color(color));
            }
            None => {}
        }
        let label = ui.label("同僚の名前（違いの表示に使います）").id;
        ui.add(TextEdit::singleline(&mut self.who).id_salt("who")).labelled_by(label);
        pick
    }
}
