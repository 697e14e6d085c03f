//! PDF を書き出す: what it is for, head and foot of its pages, and where it is written.

use std::path::{Path, PathBuf};

use egui::{Id, RichText, TextEdit, Ui};

use super::ask::Ask;
use super::frame::{foot, main_act, steady_body};
use super::margin::MarginChoice;
use super::with_pdf::{Extras, explain_ui};
use crate::draft::visible;
use crate::form::Severity;
use crate::margin::Margin;
use crate::print::layout::{Options, Purpose as PrintPurpose};
use crate::ui::state::pdf_purpose::PdfPurpose;
use crate::ui::state::picker::{PickPurpose, with_extension};
use crate::ui::state::{theme, words};
use crate::ui::widgets::{path_ui, radios_ui};
use crate::workspace::printing::Printing;

/// Height of the choices, where the window allows it.
const HEIGHT: f32 = 640.0;
/// What the word behind the pages does.
const WATERMARK: &str = "「案」と書くと、全ページの背景に大きく薄く入ります。";

/// How and where to write the PDF.
pub struct PdfOptions {
    path: String,
    /// The names proposed for 公表用 and 決裁用.
    proposed: [PathBuf; 2],
    approval: bool,
    margin: MarginChoice,
    watermark: String,
    n_errors: usize,
    extras: Extras,
    /// Why it could not be written the last time.
    trouble: Option<String>,
}

impl PdfOptions {
    /// The options of the last time.
    pub fn new(
        proposed: [PathBuf; 2],
        n_errors: usize,
        (last, margin, n_pages): (&Printing, &Margin, Option<usize>),
        mut extras: Extras,
    ) -> Self {
        let path = proposed[usize::from(last.approval)].display().to_string();
        extras.follow(&proposed[0].display().to_string(), &path);
        let (approval, watermark) = (last.approval, last.watermark.clone());
        let margin = MarginChoice::new(last, margin, n_pages);
        Self { path, proposed, approval, margin, watermark, n_errors, extras, trouble: None }
    }

    /// Whether the PDF is for the decision.
    pub fn is_for_approval(&self) -> bool {
        self.approval
    }

    /// The same again after it could not be written, and why.
    #[must_use]
    pub fn after(self, trouble: String) -> Self {
        Self { trouble: Some(trouble), ..self }
    }

    pub(super) fn take_path(&mut self, path: &Path) {
        if !self.extras.take_path(path) {
            let before = std::mem::replace(&mut self.path, path.display().to_string());
            self.extras.follow(&before, &self.path);
        }
    }

    /// Another purpose has another name, unless the author gave one.
    fn rename(&mut self, before: bool) {
        if self.path == self.proposed[usize::from(before)].display().to_string() {
            self.path = self.proposed[usize::from(self.approval)].display().to_string();
        }
    }

    /// Shows the choices.
    pub(super) fn ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let ask = steady_body(ui, HEIGHT, |ui| self.body_ui(ui));
        let acts = foot(ui, |ui| {
            if main_act(ui, !self.path.trim().is_empty(), "書き出す") {
                let watermark = Some(self.watermark.trim().to_owned()).filter(|text| !text.is_empty());
                let purpose = if self.approval { PrintPurpose::Approval } else { PrintPurpose::Publication };
                let options = Options { margin: self.margin.chosen(), watermark, purpose };
                let targets = self.extras.targets(with_extension(&self.path, "pdf"), self.approval);
                return Some(Ask::Pdf(options, targets));
            }
            ui.button(words::CANCEL).clicked().then_some(Ask::Close)
        });
        acts.or(ask)
    }

    fn purpose(&self) -> PdfPurpose {
        PdfPurpose::of(self.approval, &self.watermark)
    }

    /// What the PDF is for, which sets all that belongs to it; what is set below may still be changed one by one.
    fn purpose_ui(&mut self, ui: &mut Ui) {
        ui.label("用途");
        let before = self.purpose();
        let chosen = PdfPurpose::ALL.iter().position(|(purpose, ..)| *purpose == before);
        let n = PdfPurpose::ALL.len();
        let picked = radios_ui(ui, Id::unique("purpose"), "用途", n, chosen, |ui, radios| {
            ui.columns(n, |columns| {
                for (column, (_, name, _)) in columns.iter_mut().zip(PdfPurpose::ALL) {
                    radios.option(column, name);
                }
            });
        });
        let words = PdfPurpose::ALL.iter().find(|(purpose, ..)| *purpose == before).map(|(_, _, words)| *words);
        explain_ui(ui, words.unwrap_or_default());
        let picked = picked.and_then(|index| PdfPurpose::ALL.get(index)).map(|(purpose, ..)| *purpose);
        if let Some(now) = picked.filter(|now| *now != before) {
            let was_approval = std::mem::replace(&mut self.approval, now.is_approval());
            now.watermark().clone_into(&mut self.watermark);
            self.margin.number(now.is_numbered());
            if was_approval != self.approval {
                self.rename(was_approval);
            }
        }
    }

    fn body_ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        ui.heading("PDF を書き出す");
        if let Some(trouble) = &self.trouble {
            let color = theme::severity(ui.visuals(), Severity::Error);
            ui.label(RichText::new(format!("PDF を書き出せませんでした。{}", visible(trouble))).color(color));
        }
        if self.n_errors > 0 {
            let color = theme::severity(ui.visuals(), Severity::Error);
            let words = "まだ提出・公表できません（提出前の点検）。案としては書き出せます。";
            ui.label(RichText::new(words).color(color));
        }
        self.purpose_ui(ui);
        self.margin.ui(ui);
        let label = ui.label("背景に薄く入れる文字（例　案。なければ空欄）").id;
        ui.add(TextEdit::singleline(&mut self.watermark).id_salt("watermark")).labelled_by(label);
        explain_ui(ui, WATERMARK);
        if let Some(line) =
            self.margin.chosen().says_proposal().next().filter(|_| self.purpose() == PdfPurpose::Publication)
        {
            let words = format!("公表用のページに「{}」が入ります。", visible(line.trim()));
            ui.label(RichText::new(words).color(theme::severity(ui.visuals(), Severity::Warning)));
        }
        let summary = self.extras.ui(ui, self.approval);
        let label = ui.label("保存先").id;
        let before = self.path.clone();
        let pick = path_ui(ui, "pdf path", label, &mut self.path, PickPurpose::Pdf).pick;
        if pick.is_some() {
            self.extras.picks_other();
        }
        if let Some(free) = self.extras.taken_ui(ui, &self.path) {
            self.path = free;
        }
        self.extras.follow(&before, &self.path);
        pick.or(summary).map(Ask::Pick)
    }
}
