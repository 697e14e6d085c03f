//! One of several options: radio buttons, with the numbers printed on paper.

use egui::{Rect, Ui, Vec2, pos2};

use super::free_table::heads_for;
use super::grid::{Columns, end_of_words};
use super::{Radios, Sign, radios_ui, sign_at};
use crate::draft::{Answer, Edit};
use crate::form::{ChoiceOption, ChoicePrint, FieldPath};
use crate::ui::state::{Cx, cell_id, theme};

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
        let options = self.in_order();
        let labels: Vec<String> = options.iter().map(|option| self.label(option)).collect();
        let chosen = self.chosen.and_then(|n| options.iter().position(|option| option.n == n));
        let columns = Columns::fitting(ui, labels.iter());
        let picked = radios_ui(ui, cell_id(self.path, ""), self.name, options.len(), chosen, |ui, radios| {
            radios.width = columns.width;
            for row in labels.chunks(columns.n) {
                columns.row_ui(ui, |ui| row.iter().for_each(|label| self.option_ui(ui, cx, radios, label)));
            }
        });
        let picked = picked.and_then(|index| options.get(index));
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

    fn option_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>, radios: &mut Radios, label: &str) {
        let is_stop = radios.is_stop();
        let is_chosen = radios.is_chosen();
        let response = radios.option(ui, label);
        // A jump leads to where Tab does.
        if is_stop {
            cx.follow(&response, self.path);
        } else if response.clicked() {
            cx.view.current = Some(self.path.clone());
        }
        if is_chosen && !self.derived {
            self.take_back_ui(ui, cx, radios, response.rect, label);
        }
    }

    /// The way back, behind the words of what is chosen: it takes no room of its own.
    fn take_back_ui(&self, ui: &Ui, cx: &mut Cx<'_>, radios: &Radios, option: Rect, label: &str) {
        if !ui.is_enabled() {
            return;
        }
        let left = end_of_words(ui, label).min(option.width() - theme::SIGN_SIDE);
        let place = Rect::from_center_size(
            pos2(option.left() + left + theme::SIGN_SIDE / 2.0, option.center().y),
            Vec2::splat(theme::SIGN_SIDE),
        );
        if sign_at(ui, place, cell_id(self.path, "take back"), Sign::Cross, "選択を取り消す").clicked() {
            self.choose(cx, None);
            // The button goes with the choice.
            radios.focus_first(ui);
        }
    }

    fn choose(&self, cx: &mut Cx<'_>, n: Option<u32>) {
        let edit = Edit::Answer { at: self.path.clone(), answer: Some(Answer::Choice(n)) };
        cx.edits.push(match heads_for(cx, self.path, n) {
            Some(heads) => Edit::Act { name: "別紙の種類", edits: vec![edit, heads] },
            None => edit,
        });
        cx.view.current = Some(self.path.clone());
    }

    /// The options in the order of the paper; options the grid forgets come last.
    fn in_order(&self) -> Vec<&ChoiceOption> {
        let Some(print) = self.print else { return self.options.iter().collect() };
        let printed = || print.grid.iter().flatten();
        let find = |n: &u32| self.options.iter().find(|option| option.n == *n);
        let left = self.options.iter().filter(|option| !printed().any(|n| *n == option.n));
        printed().filter_map(find).chain(left).collect()
    }
}
