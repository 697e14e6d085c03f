//! 同僚が直した写しを取り込む: which file, and whose.

use std::path::{Path, PathBuf};

use egui::{RichText, TextEdit, Ui};

use super::dialogs::Ask;
use super::frame::{body, foot, main_act};
use crate::ui::picker::{Pick, Purpose};
use crate::ui::widgets::path_ui;
use crate::ui::work::Work;
use crate::ui::{theme, words};

/// What has been entered so far.
pub struct Returned {
    path: String,
    who: String,
    /// What is known of the file with that path, or why it cannot be read.
    seen: Option<(String, Result<String, String>)>,
}

impl Returned {
    /// Begins in that folder.
    pub fn new(folder: &Path) -> Self {
        Self { path: format!("{}{}", folder.display(), std::path::MAIN_SEPARATOR), who: String::new(), seen: None }
    }

    /// Takes a path over from the system's dialog.
    pub fn take_path(&mut self, path: &Path) {
        self.path = path.display().to_string();
        self.look();
    }

    /// Reads who has the copy, and from when it is.
    fn look(&mut self) {
        let read = Work::look(Path::new(self.path.trim())).map(|work| match &work.session.draft().origin {
            None => "この写しには引渡しの記録がありません。違う項目をすべて確かめることになります".to_owned(),
            Some(origin) => {
                if self.who.trim().is_empty() {
                    self.who.clone_from(&origin.to);
                }
                let to = if origin.to.is_empty() { "同僚" } else { &origin.to };
                format!("{} に {to} へ渡した写しです", origin.on.as_deref().unwrap_or("以前"))
            }
        });
        self.seen = Some((self.path.clone(), read));
    }

    /// Shows the dialog.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let pick = body(ui, |ui| self.body_ui(ui));
        let ready = Path::new(self.path.trim()).extension().is_some();
        foot(ui, |ui| {
            if main_act(ui, ready, "違いを確かめる") {
                self.look();
                let (path, read) = self.seen.as_ref()?;
                read.as_ref().ok()?;
                return Some(Ask::Compare(PathBuf::from(path.trim()), self.who.trim().to_owned()));
            }
            ui.button(words::CANCEL).clicked().then_some(Ask::Close)
        })
        .or(pick.map(Ask::Pick))
    }

    fn body_ui(&mut self, ui: &mut Ui) -> Option<Pick> {
        ui.heading("同僚が直した写しを取り込む");
        ui.label("同僚が直したファイルを選ぶと、今の下書きとの違いを項目ごとに確かめて取り込めます。選んだファイルは書き換えません。");
        let label = ui.label("同僚が直したファイル（.ron）").id;
        let pick = path_ui(ui, "returned path", label, &mut self.path, Purpose::Open).pick;
        if self.seen.as_ref().is_some_and(|(path, _)| *path != self.path) {
            self.seen = None;
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
