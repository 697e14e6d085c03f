//! The report after a PDF was written: where it is, what to know about it, and two buttons to look at it.

use egui::{RichText, ScrollArea, Ui};

use crate::form::Severity;
use crate::ui::export::Written;
use crate::ui::outside::Opening;
use crate::ui::{theme, words};

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
        if let Some(error) = self.opening.as_ref().and_then(Opening::failed) {
            self.error = Some(error);
        }
        ui.heading("PDF を書き出しました");
        ui.label(format!("{}ページの PDF を書き出しました。", self.written.n_pages));
        ui.label(self.written.path.display().to_string());
        if let Some(summary) = &self.written.summary {
            ui.label("「変更の概要」も書き出しました。");
            ui.label(summary.display().to_string());
        }
        if !self.written.notes.is_empty() {
            ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
                self.written.notes.iter().for_each(|note| drop(ui.label(note)));
            });
        }
        if let Some(error) = &self.error {
            ui.label(RichText::new(error).color(theme::severity(ui.visuals(), Severity::Error)));
        }
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            let folder = self.written.path.parent().map(std::path::Path::to_owned);
            let summary = self.written.summary.clone();
            for (name, path) in [
                ("PDF を開く", Some(self.written.path.clone())),
                ("変更の概要を開く", summary),
                ("フォルダを開く", folder),
            ] {
                if let Some(path) = path.filter(|path| !path.as_os_str().is_empty())
                    && ui.button(name).clicked()
                {
                    self.error = None;
                    self.opening = Some(Opening::start(ui.ctx(), &path));
                }
            }
            ui.button(words::CLOSE).clicked()
        })
        .inner
    }
}
