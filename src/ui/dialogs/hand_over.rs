//! 引渡し用に書き出す: one file for a colleague, which knows what it said when it was handed over.

use std::path::{Path, PathBuf};

use egui::{RichText, TextEdit, Ui};

use super::ask::{Ask, Begun};
use super::frame::{body, foot, main_act};
use crate::ui::state::picker::{Pick, PickPurpose, with_extension};
use crate::ui::state::words;
use crate::ui::widgets::{check_ui, path_ui};
use crate::workspace::export::as_file_name;
use crate::workspace::free_name::FreeName;
use crate::workspace::waker::Waker;

/// What has been entered so far.
pub struct HandOver {
    from: String,
    to: String,
    path: String,
    folder: PathBuf,
    /// The beginning of the proposed name: document and day.
    stem: String,
    /// The path proposed last; another one is the author's own.
    proposed: String,
    free: FreeName,
    /// Remarks that were begun and are not finished.
    n_begun: usize,
    attaches: bool,
}

impl HandOver {
    /// A copy of a document of that name, proposed for that folder; `day` as in `R08-11-21`.
    pub fn new(from: &str, folder: &Path, document: &str, day: &str, n_begun: usize, waker: Waker) -> Self {
        let stem = format!("{document}_引渡し用_{day}");
        let folder = folder.to_owned();
        let mut dialog = Self {
            from: from.to_owned(),
            to: String::new(),
            path: String::new(),
            folder,
            stem,
            proposed: String::new(),
            free: FreeName::new(waker),
            n_begun,
            attaches: true,
        };
        dialog.propose();
        dialog
    }

    /// Takes a path over from the system's dialog.
    pub fn take_path(&mut self, path: &Path) {
        self.path = path.display().to_string();
    }

    fn propose(&mut self) {
        if self.path == self.proposed {
            let to = as_file_name(&self.to);
            let name = if to.is_empty() { self.stem.clone() } else { format!("{}_{to}", self.stem) };
            self.take(self.folder.join(format!("{name}.ron")));
            self.free.want(PathBuf::from(&self.proposed));
        }
    }

    fn take(&mut self, path: PathBuf) {
        self.proposed = path.display().to_string();
        self.path.clone_from(&self.proposed);
    }

    /// Shows the dialog.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let pick = body(ui, |ui| self.body_ui(ui));
        let attaches = self.attaches && self.n_begun > 0;
        let is_named = !attaches || !self.from.trim().is_empty();
        foot(ui, |ui| {
            if main_act(ui, !self.path.trim().is_empty() && is_named, "書き出す") {
                let name = |text: &str| text.trim().to_owned();
                let begun = if attaches { Begun::Attached } else { Begun::Left };
                let path = with_extension(&self.path, "ron");
                return Some(Ask::HandOver(name(&self.from), name(&self.to), path, begun));
            }
            ui.button(words::CANCEL).clicked().then_some(Ask::Close)
        })
        .or(pick.map(Ask::Pick))
    }

    fn body_ui(&mut self, ui: &mut Ui) -> Option<Pick> {
        ui.heading("引渡し用に書き出す");
        ui.label("同僚に渡すファイルを作ります。記載のほか、前回の評価書、内部メモ、コメントも入ります。今の下書きはそのまま続けられます。");
        let label = ui.label("渡す相手の名前").id;
        let before = self.to.clone();
        ui.add(TextEdit::singleline(&mut self.to).id_salt("to")).labelled_by(label);
        let label = ui.label("自分の名前").id;
        ui.add(TextEdit::singleline(&mut self.from).id_salt("from")).labelled_by(label);
        if before != self.to {
            self.propose();
        }
        if let Some((_, free)) = self.free.found().filter(|_| self.path == self.proposed) {
            self.take(free);
        }
        let label = ui.label("保存先").id;
        let pick = path_ui(ui, "hand over path", label, &mut self.path, PickPurpose::SaveAs).pick;
        let words = "相手が直して返したファイルは、「同僚が直した写しを取り込む」で項目ごとに確かめて取り込めます。渡すのは同じ評価書の写しです（文書の識別子は同じままです）";
        ui.label(RichText::new(words).small());
        if self.n_begun > 0 {
            let words = format!("書きかけのコメント（{}件）も、自分の名前で付けて渡す", self.n_begun);
            check_ui(ui, &mut self.attaches, words);
        }
        pick
    }
}
