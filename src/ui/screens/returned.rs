//! 同僚が直した写しを取り込む: which file, and whose.

use std::path::{Path, PathBuf};

use egui::{RichText, TextEdit, Ui};

use super::start;
use crate::ui::picker::Purpose;
use crate::ui::work::Work;
use crate::ui::{theme, words};

/// What has been entered so far.
pub struct Returned {
    path: String,
    who: String,
    /// What is known of the file with that path, or why it cannot be read.
    seen: Option<(String, Result<String, String>)>,
}

/// What the user asks for.
pub enum Ask {
    /// Nothing more.
    Close,
    /// The system's dialog.
    Pick(Purpose, PathBuf),
    /// Compares with that copy of that colleague.
    Compare(PathBuf, String),
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
        ui.heading("同僚が直した写しを取り込む");
        ui.label("同僚が直したファイルを選ぶと、今の下書きとの違いを項目ごとに確かめて取り込めます。選んだファイルは書き換えません。");
        let label = ui.label("同僚が直したファイル（.ron）").id;
        let pick = start::path_ui(ui, "returned path", label, &mut self.path, Purpose::Open);
        let mut ask = pick.and_then(|ask| match ask {
            start::Ask::Pick(purpose, path) => Some(Ask::Pick(purpose, path)),
            _ => None,
        });
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
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            let ready = Path::new(self.path.trim()).extension().is_some();
            if ui.add_enabled(ready, egui::Button::new("違いを確かめる")).clicked() {
                self.look();
                if let Some((path, Ok(_))) = &self.seen {
                    ask = Some(Ask::Compare(PathBuf::from(path.trim()), self.who.trim().to_owned()));
                }
            }
            if ui.button(words::CANCEL).clicked() {
                ask = Some(Ask::Close);
            }
        });
        ask
    }
}
