//! A new document in steps: which form, which edition, where it is kept.

use egui::{Id, RichText, Ui};

use super::{Ask, Part, Start};
use crate::form::shipped;
use crate::ui::state::picker::{PickPurpose, with_extension};
use crate::ui::state::theme;
use crate::ui::widgets::{card_ui, check_ui, path_ui, primary_ui, quiet_ui, radios_ui, uncertain_ui};

impl Start {
    /// The steps, in one card.
    pub(super) fn new_ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        if quiet_ui(ui, "← 評価書の一覧へ戻る").clicked() {
            self.part = Part::Documents;
        }
        ui.heading("新しく作る");
        self.warnings_ui(ui);
        ui.add_space(theme::S);
        card_ui(ui, |ui| {
            let asked = self.form_ui(ui);
            if asked.is_some() {
                return asked;
            }
            ui.add_space(theme::L);
            self.place_ui(ui)
        })
    }

    /// The form and its edition, with three questions for those who do not know.
    fn form_ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        ui.label(RichText::new("1. 様式と版を選ぶ").size(theme::SECTION).family(theme::bold()));
        let button = egui::Button::new("どの様式か調べる").selected(self.questions.open);
        if ui.add(button).on_hover_text("3つの質問に答えると、必要な評価がわかります").clicked() {
            self.questions.open = !self.questions.open;
        }
        let wanted = if self.questions.open {
            let wanted = self.questions.ui(ui);
            ui.separator();
            wanted
        } else {
            None
        };
        self.editions_ui(ui);
        let form = wanted.and_then(|form| shipped::newest_with_mark(&form).ok())?;
        self.choose(form);
        self.begins = true;
        self.take_free_name()
    }

    fn editions_ui(&mut self, ui: &mut Ui) {
        let is_chosen = |edition: &shipped::Edition| edition.form == self.form && edition.revision == self.revision;
        let shown = self.editions.iter().zip(&self.is_former);
        let shown = shown.filter(|(edition, is_former)| self.shows_former || !**is_former || is_chosen(edition));
        let shown: Vec<&shipped::Edition> = shown.map(|(edition, _)| edition).collect();
        let chosen = shown.iter().position(|edition| is_chosen(edition));
        let picked = radios_ui(ui, Id::unique("forms"), "様式", shown.len(), chosen, |ui, radios| {
            radios.width = ui.available_width();
            let mut last_form = "";
            for edition in &shown {
                if edition.form != last_form {
                    last_form = &edition.form;
                    ui.add_space(theme::XS);
                    ui.label(RichText::new(&edition.short_title).family(theme::bold()));
                }
                radios.option(ui, format!("{}　{}", edition.short_title, edition.name));
            }
        });
        let picked = picked.and_then(|index| shown.get(index));
        let chosen = picked.and_then(|edition| shipped::find(&edition.form, &edition.revision).ok());
        // Hardly anybody begins a document in one of these.
        check_ui(ui, &mut self.shows_former, "前の版も示す");
        if let Some(form) = chosen {
            self.choose(form);
        }
        if let Ok(form) = shipped::find(&self.form, &self.revision) {
            uncertain_ui(ui, form);
        }
    }

    /// Where it is kept, and the button that makes it.
    fn place_ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let title = "2. 保存先を確かめる（以後、自動で保存されます）";
        let label = ui.label(RichText::new(title).size(theme::SECTION).family(theme::bold())).id;
        let typed = path_ui(ui, "new path", label, &mut self.new_path, PickPurpose::Create);
        ui.add_space(theme::L);
        let ready = !self.new_path.trim().is_empty();
        let foot = egui::vec2(ui.available_width(), theme::MAIN_HEIGHT);
        let make = ui.allocate_ui_with_layout(foot, egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_enabled_ui(ready, |ui| primary_ui(ui, "3. 作って記入を始める")).inner
        });
        if make.inner.clicked() || ready && typed.enter(ui) {
            let path = with_extension(&self.new_path, "ron");
            self.new_path = path.display().to_string();
            self.free.want(path);
            self.begins = true;
            return self.take_free_name();
        }
        typed.pick.map(Ask::Pick)
    }
}
