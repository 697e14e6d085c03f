//! The backup on this computer is newer than the document: which of the two goes on.

use std::path::PathBuf;

use egui::{RichText, Ui};

use super::ask::Ask;
use super::frame::{body, foot};
use crate::draft::{visible_name, visible_path};
use crate::ui::state::words;
use crate::workspace::newer_backup::{BackupChoice, Times};

/// What is asked of a document that was to be opened.
pub struct NewerBackupDialog {
    document: PathBuf,
    times: Times,
}

impl NewerBackupDialog {
    /// Asks about that document.
    pub fn new(document: PathBuf, times: Times) -> Self {
        Self { document, times }
    }

    /// Shows the dialog. No key answers it by itself: either way something goes on and something stays behind.
    pub fn ui(&self, ui: &mut Ui) -> Option<Ask> {
        body(ui, |ui| {
            let name = visible_name(&self.document);
            ui.heading("このパソコンの控えの方が新しくなっています");
            ui.label(format!("「{name}」に書いた内容の一部が、ファイルに保存されないまま終わっています。"));
            ui.label(format!("控え　　{} まで", self.times.backup));
            ui.label(format!("ファイル　{} まで", self.times.document));
            ui.label(RichText::new(visible_path(&self.document)).small().weak());
            ui.label("どちらで続けますか。選ばなかった方も「以前の版」に残ります。");
        });
        foot(ui, |ui| {
            for (words, choice) in
                [("控えの内容で開く", BackupChoice::Backup), ("ファイルの内容で開く", BackupChoice::Document)]
            {
                if ui.button(words).clicked() {
                    return Some(Ask::OpenWith(self.document.clone(), choice));
                }
            }
            ui.button(words::CANCEL).clicked().then_some(Ask::Close)
        })
    }
}
