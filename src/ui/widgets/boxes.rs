//! Several boxes, some with a （　） or a number to be filled.

use egui::accesskit::Role;
use egui::{Id, Sense, Ui};

use super::grid::Columns;
use super::mark::{MarkShape, MarkedOption};
use super::names::names_ui;
use super::number::NumberCell;
use super::{Lines, TextCell, named};
use crate::draft::{Answer, Boxes, Edit, Scope};
use crate::form::{BoxGroup, BoxOption, Facts, FieldPath};
use crate::ui::state::{Cx, cell_id, theme};

/// Shows the boxes of one answer.
pub fn boxes_ui(ui: &mut Ui, cx: &mut Cx<'_>, scope: Scope<'_>, path: &FieldPath, name: &str, groups: &[BoxGroup]) {
    let none = Boxes::default();
    let marked = match scope.answer(&path.item) {
        Some(Answer::Checks(boxes)) => boxes,
        _ => &none,
    };
    named(ui, Role::Group, name, |ui| {
        for (index, group) in groups.iter().enumerate() {
            if !group.label.is_empty() {
                ui.label(&group.label);
            }
            let options = in_order(group);
            let columns = Columns::fitting(ui, options.iter().map(|option| &option.label));
            for (row_index, row) in rows(&options, columns.n).into_iter().enumerate() {
                columns.row_ui(ui, |ui| {
                    for (column, option) in row.iter().enumerate() {
                        let first = (index, row_index, column) == (0, 0, 0);
                        box_ui(ui, cx, path, option, marked, first, columns.width);
                    }
                });
                row.iter().for_each(|option| filled_in_ui(ui, cx, scope, path, option, marked));
            }
        }
    });
}

/// One box; `first` is where a jump to the answer leads.
fn box_ui(ui: &mut Ui, cx: &mut Cx<'_>, path: &FieldPath, option: &BoxOption, marked: &Boxes, first: bool, width: f32) {
    let is_on = marked.is_on(&option.key);
    let id = Some(cell_id(path, &option.key));
    let shown = MarkedOption { mark: MarkShape::Box, id, sense: Sense::click(), is_on, width };
    let response = shown.ui(ui, &option.label);
    if response.clicked() {
        cx.edits.push(Edit::Box { at: path.clone(), key: option.key.clone(), on: !is_on });
    }
    if first {
        cx.follow(&response, path);
    } else if response.gained_focus() || response.clicked() {
        cx.view.current = Some(path.clone());
    }
}

/// What a box that is on asks for, below its row.
fn filled_in_ui(ui: &mut Ui, cx: &mut Cx<'_>, scope: Scope<'_>, path: &FieldPath, option: &BoxOption, marked: &Boxes) {
    let on = marked.is_on(&option.key);
    let label = cell_id(path, &option.key);
    let text = marked.texts.get(&option.key).map(String::as_str).unwrap_or_default();
    // Its place is kept while the box is off: nothing moves when it is ticked.
    if option.free_text.is_some() {
        free_text_ui(ui, cx, path, option, text, on, label);
    }
    if let Some((before, after)) = &option.count {
        ui.add_enabled_ui(on, |ui| {
            ui.horizontal(|ui| {
                ui.add_space(theme::XL);
                ui.label(before);
                let own = marked.counts.get(&option.key).copied().flatten();
                let derived = own.is_none().then(|| scope.counted(&path.item, &option.key)).flatten();
                let cell = NumberCell { id: cell_id(path, &format!("{} count", option.key)), label, own, derived };
                let key = option.key.clone();
                cell.ui(ui, cx, |count| Edit::BoxCount { at: path.clone(), key: key.clone(), count: Some(count) });
                ui.label(after);
            })
        });
    }
}

/// The （　） behind a box; it stays when the box is off, and that is said.
fn free_text_ui(ui: &mut Ui, cx: &mut Cx<'_>, path: &FieldPath, option: &BoxOption, text: &str, on: bool, label: Id) {
    ui.horizontal_top(|ui| {
        ui.add_space(theme::XL);
        ui.vertical(|ui| {
            let shown = ui.add_enabled_ui(on, |ui| {
                let id = cell_id(path, &format!("{} text", option.key));
                let cell = TextCell { id, label, text, lines: Lines::One, hint: "（　）の中に書く内容" };
                let key = option.key.clone();
                let edit = |text| Edit::BoxText { at: path.clone(), key: key.clone(), text: Some(text) };
                let response = cell.ui(ui, cx, edit);
                names_ui(ui, cx, &response, path, &option.key, text);
                cx.view.writing.belongs(response.id, path);
                if response.gained_focus() || response.changed() {
                    cx.view.current = Some(path.clone());
                }
            });
            if !on {
                let words = if text.is_empty() { OFF } else { KEPT };
                shown.response.on_disabled_hover_text(words);
            }
        });
    });
}

/// Why what stands behind a box cannot be written.
const OFF: &str = "チェックを入れると書けます";
/// The same where something is written there.
const KEPT: &str = "チェックがないため使われません。書いた内容は残っています";

/// The boxes in the order of the paper; boxes the grid forgets come last.
fn in_order(group: &BoxGroup) -> Vec<&BoxOption> {
    let printed = || group.grid.iter().flatten();
    let find = |key: &String| group.options.iter().find(|option| option.key == *key);
    let left = group.options.iter().filter(|option| !printed().any(|key| *key == option.key));
    printed().filter_map(find).chain(left).collect()
}

/// Rows of so many columns; a box that asks for more ends its row, so that this stands right below it.
fn rows<'a>(options: &[&'a BoxOption], n_columns: usize) -> Vec<Vec<&'a BoxOption>> {
    let mut rows: Vec<Vec<&BoxOption>> = Vec::new();
    let is_full = |row: &Vec<&BoxOption>| {
        row.len() == n_columns || row.last().is_some_and(|last| last.free_text.is_some() || last.count.is_some())
    };
    for option in options {
        match rows.last_mut().filter(|row| !is_full(row)) {
            Some(row) => row.push(option),
            None => rows.push(vec![option]),
        }
    }
    rows
}
