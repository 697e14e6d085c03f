//! Which form, with three questions for those who do not know; and its edition, which hardly anybody has to choose.

use egui::{Id, RichText, Ui};

use super::{NewDocument, is_entered, title_ui};
use crate::form::shipped;
use crate::form::threshold::{Level, Threshold};
use crate::ui::state::theme;
use crate::ui::widgets::{check_ui, radios_ui, uncertain_ui};

/// The forms, with what they are asked for by.
const FORMS: [(&str, Level); 3] =
    [("youshiki2", Level::Basic), ("youshiki3", Level::Focus), ("youshiki4", Level::Full)];

impl NewDocument {
    pub(super) fn which_ui(&mut self, ui: &mut Ui) {
        if self.questions.open {
            if let Some(forms) = self.questions.ui(ui) {
                self.questions.tell(&mut self.beginning);
                self.questions.open = false;
                if !forms.is_empty() {
                    let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
                    self.choose(&forms);
                    self.step = super::Step::Edition;
                }
            }
            return;
        }
        title_ui(ui, "どの評価書ですか");
        let known = |(form, _): &(&str, Level)| shipped::newest_with_mark(form).ok();
        let forms: Vec<_> = FORMS.iter().filter_map(|form| Some((known(form)?, form.1))).collect();
        let chosen = match self.chosen.as_slice() {
            [(form, _)] => forms.iter().position(|(known, _)| known.id == *form),
            _ => None,
        };
        let mut enters = false;
        let picked = radios_ui(ui, Id::unique("forms"), "様式", forms.len(), chosen, |ui, radios| {
            radios.width = ui.available_width();
            for (form, level) in &forms {
                let option = radios.option(ui, RichText::new(&form.short_title).family(theme::bold()));
                enters |= option.has_focus() && is_entered(ui);
                // A long line breaks below its own beginning, and makes the card no wider.
                egui::Frame::new().inner_margin(theme::BELOW_OPTION_MARGIN).show(ui, |ui| {
                    ui.label(RichText::new(for_whom(*level)).small().weak());
                });
                ui.add_space(theme::XS);
            }
        });
        if let Some((form, _)) = picked.and_then(|index| forms.get(index)) {
            self.choose(&[&form.id]);
        }
        self.goes_on |= enters;
        if self.chosen.len() > 1 {
            let names: Vec<&str> = self.forms().iter().map(|form| form.short_title.as_str()).collect();
            ui.label(format!("{}を作ります", names.join("と")));
        }
        ui.add_space(theme::S);
        ui.horizontal_wrapped(|ui| {
            ui.label("わからないときは");
            let hint = "3つの質問に答えると、必要な評価がわかります";
            if ui.button("どの様式か調べる").on_hover_text(hint).clicked() {
                self.questions.begin();
            }
        });
    }

    pub(super) fn editions_ui(&mut self, ui: &mut Ui) {
        title_ui(ui, "様式の版");
        for form in self.forms() {
            ui.label(RichText::new(format!("{}　{}", form.short_title, form.edition_name())).family(theme::bold()));
        }
        ui.label(
            RichText::new("印を確かめた、いちばん新しい版を選んであります。ふつうはこのまま進みます").small().weak(),
        );
        for form in self.forms() {
            ui.push_id(&form.id, |ui| uncertain_ui(ui, form));
        }
        ui.add_space(theme::S);
        if self.chosen.len() > 1 {
            return;
        }
        if !self.shows_editions {
            self.shows_editions = ui.button("版を変える…").clicked();
            return;
        }
        let is_chosen = |edition: &shipped::Edition| {
            self.chosen.iter().any(|(form, revision)| edition.form == *form && edition.revision == *revision)
        };
        let is_of_form = |edition: &shipped::Edition| self.chosen.iter().any(|(form, _)| edition.form == *form);
        let shown = self.editions.iter().zip(&self.is_former).filter(|(edition, _)| is_of_form(edition));
        let shown = shown.filter(|(edition, is_former)| self.shows_former || !**is_former || is_chosen(edition));
        let shown: Vec<shipped::Edition> = shown.map(|(edition, _)| edition.clone()).collect();
        let chosen = shown.iter().position(is_chosen);
        let mut enters = false;
        let picked = radios_ui(ui, Id::unique("editions"), "様式の版", shown.len(), chosen, |ui, radios| {
            radios.width = ui.available_width();
            for edition in &shown {
                let option = radios.option(ui, format!("{}　{}", edition.short_title, edition.name));
                enters |= option.has_focus() && is_entered(ui);
            }
        });
        // Hardly anybody begins a document in one of these.
        check_ui(ui, &mut self.shows_former, "前の版も示す");
        if let Some(edition) = picked.and_then(|index| shown.get(index)) {
            self.chosen = vec![(edition.form.clone(), edition.revision.clone())];
        }
        self.goes_on |= enters;
    }
}

/// For whom a form is, in the words of the table of しきい値判断.
fn for_whom(level: Level) -> String {
    let Ok(threshold) = Threshold::shipped() else { return String::new() };
    let brackets = |of: &dyn Fn(&crate::form::threshold::ThresholdLine) -> bool| -> Vec<&str> {
        threshold.table.iter().filter(|line| of(line)).map(|line| line.people.as_str()).collect()
    };
    let usual = brackets(&|line| line.usual == level);
    let plus = brackets(&|line| line.plus == level && line.usual != level);
    let mut words = format!("対象人数が{}", usual.join("、"));
    if !plus.is_empty() {
        words.push_str(&format!("（取扱者500人以上か重大事故のときは{}）", plus.join("、")));
    }
    let also = if level == Level::Basic { "" } else { "。基礎項目評価書も要ります" };
    format!("{words}{also}")
}
