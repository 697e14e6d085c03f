//! 計画管理書の一覧を書き出す: the documents of a folder as a table in a file.

use std::path::{Path, PathBuf};

use egui::{RichText, Ui};

use super::ask::{Ask, TableTarget};
use super::frame::{body, foot, main_act};
use crate::draft::visible;
use crate::form::Severity;
use crate::ui::state::picker::{PickPurpose, with_extension};
use crate::ui::state::{theme, words};
use crate::ui::widgets::{choices_ui, path_ui};
use crate::workspace::export::day_in_name;
use crate::workspace::folder_tables::TableFile;
use crate::workspace::folder_tables::lines::LookedAt;
use crate::workspace::folder_tables::plan;

/// The kinds of file, by what they are for.
const KINDS: [(TableFile, &str); 3] =
    [(TableFile::Book, "Excel（.xlsx）"), (TableFile::Pdf, "PDF（印刷用）"), (TableFile::Csv, "CSV（ほかのソフト用）")];

/// What has been chosen so far.
#[derive(Clone)]
pub struct FolderList {
    looked_at: LookedAt,
    path: String,
    kind: TableFile,
    /// Why it could not be written the last time.
    pub trouble: Option<String>,
}

impl FolderList {
    /// The documents of that folder.
    pub fn new(folder: &Path, looked_at: LookedAt) -> Self {
        let day = looked_at.today.and_then(day_in_name).map(|day| format!("_{day}")).unwrap_or_default();
        let kind = TableFile::Book;
        let path = folder.join(format!("評価書の一覧{day}.{}", kind.ending())).display().to_string();
        Self { looked_at, path, kind, trouble: None }
    }

    /// Takes a path over from the system's dialog.
    pub fn take_path(&mut self, path: &Path) {
        self.path = path.display().to_string();
        self.kind = TableFile::of(path).unwrap_or(self.kind);
    }

    /// Shows the dialog.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let pick = body(ui, |ui| {
            ui.heading("計画管理書の一覧を書き出す");
            ui.label(format!(
                "フォルダーの評価書{}件の一覧を、今の内容で書き出します。評価書は書き換えません。",
                self.looked_at.lines.len()
            ));
            ui.label(RichText::new(plan::UNKNOWN).small().weak());
            if let Some(trouble) = &self.trouble {
                let color = theme::severity(ui.visuals(), Severity::Error);
                ui.label(RichText::new(format!("書き出せませんでした。{}", visible(trouble))).color(color));
            }
            let before = self.kind;
            ui.label("ファイルの種類");
            choices_ui(ui, "ファイルの種類", &KINDS, &mut self.kind);
            if self.kind != before {
                let typed = PathBuf::from(self.path.trim());
                let bare = if TableFile::of(&typed).is_ok() { typed.with_extension("") } else { typed };
                self.path = with_extension(&bare.display().to_string(), self.kind.ending()).display().to_string();
            }
            let label = ui.label("書き出し先").id;
            let pick = path_ui(ui, "folder list path", label, &mut self.path, PickPurpose::Table).pick;
            ui.label(RichText::new("同じ名前のファイルがあるときは、番号を付けた別の名前にします").small().weak());
            pick
        });
        foot(ui, |ui| {
            if main_act(ui, !self.path.trim().is_empty(), "書き出す") {
                return Some(Ask::Table(self.target()));
            }
            ui.button(words::CANCEL).clicked().then_some(Ask::Close)
        })
        .or(pick.map(Ask::Pick))
    }

    /// What is to be written, and where: the ending that was typed says as what, else the choice.
    fn target(&self) -> TableTarget {
        let typed = PathBuf::from(self.path.trim());
        let (path, kind) = match TableFile::of(&typed) {
            Ok(kind) => (typed, kind),
            Err(_) => (with_extension(&self.path, self.kind.ending()), self.kind),
        };
        TableTarget { looked_at: self.looked_at.clone(), path, kind }
    }
}
