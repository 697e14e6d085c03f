//! The widgets: one file per kind of answer. Each shows what the draft says and sends edits; none keeps an answer.
//! Start with `item.rs`, which chooses the widget, and `text.rs`, which deals with Japanese input.

mod badge;
mod bar;
mod boxes;
mod button;
mod cell_menu;
mod choice;
mod contrast;
mod contrast_rows;
mod contrast_table;
mod date;
mod derived;
mod entries;
mod figure;
mod focus;
mod free_table;
mod grid;
mod item;
mod mark;
mod names;
mod number;
mod paste_offer;
mod path;
mod radio;
mod read_only;
mod records;
mod room;
mod row;
mod segments;
mod stepper;
mod table;
mod text;
mod uncertain;

use egui::accesskit::Role;
use egui::{Align, Label, Layout, Rect, RichText, Ui, UiBuilder, vec2};

pub use badge::{Tone, badge_ui, banner_ui, card_ui, kept_badge_ui};
pub use bar::undo_bar_ui;
pub use button::{Sign, danger_ui, paint_lock, primary_ui, quiet_ui, sign_at, sign_ui};
pub use contrast::{TextVersion, contrast_ui, excerpt_ui, marked_runs};
pub use contrast_table::{Ask as TableAsk, ContrastTable, Filter, Manner};
pub use focus::{keep_focus_in_sight, ring_ui, scroll_by_keys};
pub use item::{Depth, items_ui};
pub use mark::{box_at, check_ui};
pub use path::path_ui;
pub use radio::{Radios, choices_ui, radios_ui, segments_ui};
pub use read_only::read_only_ui;
pub use room::{below_head_ui, is_low, is_narrow, kept_in};
pub use row::changed_ui;
pub use stepper::{ShownStep, StepState, stepper_ui};
pub use table::column_ui;
pub use text::{Lines, TextCell};
pub use uncertain::uncertain_ui;

use crate::checks::Finding;
use crate::form::{FieldPath, Severity};
use crate::ui::state::{Cx, theme};

/// A group of widgets with a name for screen readers: the same labels stand in many groups.
pub fn named<R>(ui: &mut Ui, role: Role, name: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    let scope = ui.scope(|ui| {
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(role);
            node.set_label(name);
        });
        add(ui)
    });
    scope.inner
}

/// The findings of one answer in a line below its cell, in the air that is there anyway: nothing moves when they come or
/// go. What is merely missing is said beside the label; the guide has every word.
pub fn findings_ui(ui: &mut Ui, cx: &Cx<'_>, path: &FieldPath, cell: Rect) {
    if let Some((words, all)) = told(ui, cx, path) {
        below_ui(ui, cell, |ui| drop(ui.add(Label::new(words).truncate()).on_hover_text(all)));
    }
}

/// The same in what is left of a line.
pub fn findings_beside_ui(ui: &mut Ui, cx: &Cx<'_>, path: &FieldPath) {
    if let Some((words, all)) = told(ui, cx, path) {
        ui.add(Label::new(words).truncate()).on_hover_text(all);
    }
}

/// The findings of one answer in a line, and in full.
fn told(ui: &Ui, cx: &Cx<'_>, path: &FieldPath) -> Option<(RichText, String)> {
    let is_told = |finding: &&Finding| finding.waived.is_none() && finding.severity != Severity::Missing;
    let findings: Vec<&Finding> = cx.session.findings_at(path).filter(is_told).collect();
    let first = findings.first()?;
    let says = |finding: &&Finding| format!("{}　{}{}", finding.severity.name(), finding.message, finding.advice);
    let all: Vec<String> = findings.iter().map(says).collect();
    let more = if all.len() > 1 { format!("（ほか{}件）", all.len() - 1) } else { String::new() };
    let color = theme::severity(ui.visuals(), first.severity);
    let words = RichText::new(format!("{}{more}", all.first().map_or("", String::as_str))).small().color(color);
    Some((words, all.join("\n")))
}

/// Shows one line below a cell, in the air that is there anyway.
pub fn below_ui(ui: &mut Ui, cell: Rect, add: impl FnOnce(&mut Ui)) {
    let air = Rect::from_min_size(cell.left_bottom(), vec2(cell.width(), theme::AIR));
    let mut inside =
        ui.new_child(UiBuilder::new().id_salt("below").max_rect(air).layout(Layout::left_to_right(Align::Min)));
    add(&mut inside);
}
