//! The widgets: one file per kind of answer. Each shows what the draft says and sends edits; none keeps an answer.
//! Start with `item.rs`, which chooses the widget, and `text.rs`, which deals with Japanese input.

mod boxes;
mod cell_menu;
mod choice;
mod contrast;
mod contrast_rows;
mod contrast_table;
mod date;
mod entries;
mod figure;
mod focus;
mod item;
mod names;
mod number;
mod paste_offer;
mod path;
mod radio;
mod read_only;
mod room;
mod row;
mod table;
mod text;

use egui::accesskit::Role;
use egui::{RichText, Ui};

pub use contrast::contrast_ui;
pub use contrast::{TextVersion, marked_runs};
pub use contrast_table::{Ask as TableAsk, ContrastTable, Filter, Manner};
pub use focus::{keep_focus_in_sight, scroll_by_keys};
pub use item::items_ui;
pub use path::path_ui;
pub use radio::{Radios, choices_ui, radios_ui};
pub use read_only::read_only_ui;
pub use room::{below_head_ui, fit_beside, is_narrow, kept_in};
pub use row::changed_ui;
pub use table::column_ui;
pub use text::{Lines, TextCell};

use crate::form::{FieldPath, Severity};
use crate::ui::state::Cx;

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

/// The findings of one answer in words, below its cell; what is merely missing is said beside the label.
pub fn findings_ui(ui: &mut Ui, cx: &Cx<'_>, path: &FieldPath) {
    for finding in cx.session.findings_at(path) {
        if finding.waived.is_some() || finding.severity == Severity::Missing {
            continue;
        }
        let color = crate::ui::state::theme::severity(ui.visuals(), finding.severity);
        let text = format!("{}　{}{}", finding.severity.name(), finding.message, finding.advice);
        ui.label(RichText::new(text).color(color).size(13.0));
    }
}
