//! The report after a PDF was written: where it is, what to know about it, and two buttons to look at it.

use egui::{RichText, Ui};

use super::frame::{body, foot, main_act};
use crate::draft::visible_path;
use crate::form::Severity;
use crate::ui::state::outside::Opening;
use crate::ui::state::{theme, words};
use crate::workspace::export::Written;

/// Said once it was asked for: not every system says that it has nothing to open a file with.
const NOT_SEEN: &str = "開くように頼みました。何も出てこないときは、このパソコンに PDF を開くプログラムがないようです。上の場所にあるファイルを、ほかのパソコンなどで開いてください。";

/// A PDF that was written, and whether it is being looked at.
pub struct Exported {
    written: Written,
    opening: Option<Opening>,
    error: Option<String>,
}

impl Exported {
    /// The report; nothing is opened by itself.
    pub fn new(written: Written) -> Self {
        Self { written, opening: None, error: None }
    }

    /// Shows the report; `true` when it is to be closed.
    pub fn ui(&mut self, ui: &mut Ui) -> bool {
        if let Some(error) = self.opening.as_mut().and_then(Opening::failed) {
            self.error = Some(error);
        }
        body(ui, |ui| self.body_ui(ui));
        foot(ui, |ui| self.foot_ui(ui))
    }

    fn body_ui(&self, ui: &mut Ui) {
        ui.heading("PDF を書き出しました");
        ui.label(format!("{}ページの PDF を書き出しました。", self.written.n_pages));
        ui.label(visible_path(&self.written.path));
        if let Some(summary) = &self.written.summary {
            ui.label("「変更の概要」も書き出しました。");
            ui.label(visible_path(summary));
        }
        self.written.notes.iter().for_each(|note| drop(ui.label(note)));
        match &self.error {
            Some(error) => {
                ui.label(RichText::new(error).color(theme::severity(ui.visuals(), Severity::Error)));
            }
            None if self.opening.is_some() => drop(ui.label(NOT_SEEN)),
            None => {}
        }
    }

    fn foot_ui(&mut self, ui: &mut Ui) -> bool {
        let folder = self.written.path.parent().map(std::path::Path::to_owned);
        let summary = self.written.summary.clone();
        for (name, path) in [
            ("PDF を開く", Some(self.written.path.clone())),
            ("変更の概要を開く", summary),
            ("フォルダーを開く", folder),
        ] {
            if let Some(path) = path.filter(|path| !path.as_os_str().is_empty())
                && ui.button(name).clicked()
            {
                self.error = None;
                self.opening = Some(Opening::start(ui.ctx(), &path));
            }
        }
        main_act(ui, true, words::CLOSE)
    }
}
