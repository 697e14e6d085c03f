//! もとの文書を横に表示する: which document the draft was taken over from, where it is not at hand any more.

use std::path::{Path, PathBuf};

use egui::{RichText, Ui};

use super::ask::Ask;
use super::frame::{body, foot, main_act};
use crate::draft::visible;
use crate::form::Severity;
use crate::ui::state::picker::PickPurpose;
use crate::ui::state::{theme, words};
use crate::ui::widgets::path_ui;

/// What has been chosen so far.
#[derive(Default)]
pub struct SourceDialog {
    path: String,
    /// Why it could not be shown the last time.
    trouble: Option<String>,
}

impl SourceDialog {
    /// The same again after it was not shown, and why it could not be.
    pub fn after(path: &Path, trouble: Option<String>) -> Self {
        Self { path: path.display().to_string(), trouble }
    }

    /// Takes a path over from the system's dialog.
    pub fn take_path(&mut self, path: &Path) {
        self.path = path.display().to_string();
    }

    /// Shows the dialog.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let (pick, entered) = body(ui, |ui| {
            ui.heading("もとの文書を横に表示する");
            ui.label("取り込んだ元の Excel、Word、PDF を選ぶと、この下書きの右側に並べ、どこから入ったかを示します。元のファイルも下書きも書き換えません。");
            ui.label(
                RichText::new(
                    "下書きは元のファイルの場所を覚えていません。取り込んだときと同じファイルを選んでください。",
                )
                .small()
                .weak(),
            );
            if let Some(trouble) = &self.trouble {
                let color = theme::severity(ui.visuals(), Severity::Error);
                ui.label(RichText::new(visible(trouble)).color(color));
            }
            let label = ui.label("もとの文書（Excel、PDF、Word、テキスト・HTML・CSV）").id;
            let typed = path_ui(ui, "source path", label, &mut self.path, PickPurpose::Open);
            let entered = typed.enter(ui);
            (typed.pick, entered)
        });
        let is_ready = !self.path.trim().is_empty();
        foot(ui, |ui| {
            if main_act(ui, is_ready, "横に表示する") || entered && is_ready {
                return Some(Ask::ShowSource(PathBuf::from(self.path.trim())));
            }
            ui.button(words::CANCEL).clicked().then_some(Ask::Close)
        })
        .or(pick.map(Ask::Pick))
    }
}
