//! Several boxes, some with a （　） or a number to be filled.

use egui::accesskit::Role;
use egui::{Id, RichText, Ui};

use super::names::names_ui;
use super::number::NumberCell;
use super::{Lines, TextCell, fit_beside, named};
use crate::draft::{Answer, Boxes, Edit, Scope};
use crate::form::{BoxGroup, BoxOption, Facts, FieldPath};
use crate::ui::state::{Cx, cell_id};

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
            for (row_index, row) in rows(group).into_iter().enumerate() {
                let first = index == 0 && row_index == 0;
                let filled_in = row.iter().any(|option| option.free_text.is_some() || option.count.is_some());
                if filled_in || row.len() == 1 || !fit_beside(ui, row.iter().map(|option| &option.label)) {
                    for option in row {
                        box_ui(ui, cx, scope, path, option, marked, first);
                    }
                } else {
                    ui.horizontal_wrapped(|ui| {
                        for (column, option) in row.into_iter().enumerate() {
                            box_ui(ui, cx, scope, path, option, marked, first && column == 0);
                        }
                    });
                }
            }
        }
    });
}

/// One box; `first` is where a jump to the answer leads.
fn box_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    scope: Scope<'_>,
    path: &FieldPath,
    option: &BoxOption,
    marked: &Boxes,
    first: bool,
) {
    let mut on = marked.is_on(&option.key);
    let response = ui.push_id(cell_id(path, &option.key), |ui| ui.checkbox(&mut on, &option.label)).inner;
    if response.changed() {
        cx.edits.push(Edit::Box { at: path.clone(), key: option.key.clone(), on });
    }
    if first {
        cx.follow(&response, path);
    } else if response.gained_focus() || response.clicked() {
        cx.view.current = Some(path.clone());
    }
    let text = marked.texts.get(&option.key).map(String::as_str).unwrap_or_default();
    if option.free_text.is_some() && (on || !text.is_empty()) {
        free_text_ui(ui, cx, path, option, text, on, response.id);
    }
    if let (Some((before, after)), true) = (&option.count, on) {
        ui.horizontal(|ui| {
            ui.add_space(24.0);
            ui.label(before);
            let own = marked.counts.get(&option.key).copied().flatten();
            let derived = own.is_none().then(|| scope.counted(&path.item, &option.key)).flatten();
            let cell =
                NumberCell { id: cell_id(path, &format!("{} count", option.key)), label: response.id, own, derived };
            let key = option.key.clone();
            cell.ui(ui, cx, |count| Edit::BoxCount { at: path.clone(), key: key.clone(), count: Some(count) });
            ui.label(after);
        });
    }
}

/// The （　） behind a box; it stays when the box is off, and that is said.
fn free_text_ui(ui: &mut Ui, cx: &mut Cx<'_>, path: &FieldPath, option: &BoxOption, text: &str, on: bool, label: Id) {
    ui.horizontal_top(|ui| {
        ui.add_space(24.0);
        ui.vertical(|ui| {
            if !on {
                let kept = RichText::new("チェックがないため使われません。書いた内容は残っています").small().weak();
                ui.label(kept);
            }
            ui.add_enabled_ui(on, |ui| {
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
        });
    });
}

/// The boxes by printed row; boxes the grid forgets come last.
fn rows(group: &BoxGroup) -> Vec<Vec<&BoxOption>> {
    let find = |key: &String| group.options.iter().find(|option| option.key == *key);
    let mut rows: Vec<Vec<&BoxOption>> = group.grid.iter().map(|row| row.iter().filter_map(find).collect()).collect();
    let left = group.options.iter().filter(|option| !group.grid.iter().flatten().any(|key| *key == option.key));
    rows.extend(left.map(|option| vec![option]));
    rows
}
