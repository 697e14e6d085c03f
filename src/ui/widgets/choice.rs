//! One of several options: radio buttons, with the numbers printed on paper.

use egui::{RichText, Ui, vec2};

use super::{Radios, fit_beside, radios_ui};
use crate::draft::{Answer, Edit};
use crate::form::{ChoiceOption, ChoicePrint, FieldPath};
use crate::ui::state::{Cx, cell_id};

/// A choice and what is chosen.
pub struct ShownChoice<'a> {
    /// Its address.
    pub path: &'a FieldPath,
    /// Its name for screen readers.
    pub name: &'a str,
    /// The options.
    pub options: &'a [ChoiceOption],
    /// How they are printed.
    pub print: Option<&'a ChoicePrint>,
    /// What is chosen, by the author or by the program.
    pub chosen: Option<u32>,
    /// Whether the program chose.
    pub derived: bool,
}

impl ShownChoice<'_> {
    /// Shows the choice.
    pub fn ui(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let rows = self.rows();
        let place = |n: u32| rows.iter().flatten().position(|option| option.n == n);
        let chosen = self.chosen.and_then(place);
        let picked = radios_ui(ui, cell_id(self.path, ""), self.name, self.options.len(), chosen, |ui, radios| {
            for row in &rows {
                if row.len() == 1 || !fit_beside(ui, row.iter().map(|option| self.label(option))) {
                    row.iter().for_each(|option| self.option_ui(ui, cx, radios, option));
                } else {
                    ui.horizontal_wrapped(|ui| {
                        row.iter().for_each(|option| self.option_ui(ui, cx, radios, option));
                    });
                }
            }
            if self.derived {
                ui.label(RichText::new("ほかの回答から自動で選ばれています").small().weak());
            } else if self.chosen.is_some() {
                let clear = RichText::new("選択を取り消す").small();
                if ui.add(egui::Button::new(clear).frame_when_inactive(false)).clicked() {
                    self.choose(cx, None);
                    // The button goes with the choice.
                    radios.focus_first(ui);
                }
            } else {
                // The room of that button: what stands below does not move when something is chosen.
                ui.allocate_space(vec2(0.0, ui.spacing().interact_size.y));
            }
        });
        let picked = picked.and_then(|index| rows.iter().flatten().nth(index));
        if let Some(option) = picked.filter(|option| self.chosen != Some(option.n) || self.derived) {
            self.choose(cx, Some(option.n));
        }
    }

    fn label(&self, option: &ChoiceOption) -> String {
        match self.print {
            Some(print) => format!("{}{}", print.marker.replace('1', &option.n.to_string()), option.label),
            None => option.label.clone(),
        }
    }

    fn option_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>, radios: &mut Radios, option: &ChoiceOption) {
        let is_stop = radios.is_stop();
        let response = radios.option(ui, self.label(option));
        // A jump leads to where Tab does.
        if is_stop {
            cx.follow(&response, self.path);
        } else if response.clicked() {
            cx.view.current = Some(self.path.clone());
        }
    }

    fn choose(&self, cx: &mut Cx<'_>, n: Option<u32>) {
        cx.edits.push(Edit::Answer { at: self.path.clone(), answer: Some(Answer::Choice(n)) });
        cx.view.current = Some(self.path.clone());
    }

    /// The options by printed row; options the grid forgets come last.
    fn rows(&self) -> Vec<Vec<&ChoiceOption>> {
        let Some(print) = self.print else { return vec![self.options.iter().collect()] };
        let find = |n: &u32| self.options.iter().find(|option| option.n == *n);
        let mut rows: Vec<Vec<&ChoiceOption>> =
            print.grid.iter().map(|row| row.iter().filter_map(find).collect()).collect();
        let left = self.options.iter().filter(|option| !print.grid.iter().flatten().any(|n| *n == option.n));
        rows.extend(left.map(|option| vec![option]));
        rows
    }
}
