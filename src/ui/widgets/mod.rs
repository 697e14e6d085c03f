//! The widgets: one file per kind of answer. Each shows what the draft says and sends edits; none keeps an answer.
//! Start with `item.rs`, which chooses the widget, and `text.rs`, which deals with Japanese input.

mod boxes;
mod choice;
mod contrast;
mod contrast_rows;
mod contrast_table;
mod date;
mod entries;
mod figure;
mod focus;
mod item;
mod number;
mod path;
mod radio;
mod room;
mod row;
mod table;
mod text;

use egui::accesskit::Role;
use egui::{Align, Id, Response, RichText, Ui};

pub use contrast::contrast_ui;
pub use contrast::{Version as TextVersion, marked_runs};
pub use contrast_table::{Ask as TableAsk, ContrastTable, Filter, Manner};
pub use focus::{keep_focus_in_sight, scroll_by_keys};
pub use item::items_ui;
pub use path::path_ui;
pub use radio::{Radios, choices_ui, radios_ui};
pub use room::{below_head_ui, fit_beside, is_narrow, kept_in};
pub use row::changed_ui;
pub use table::column_ui;
pub use text::{Lines, TextCell};

use super::view::View;
use crate::draft::Edit;
use crate::form::{FieldPath, Severity};
use crate::session::Session;

/// Frames until the cells of a page know their heights.
const SETTLED_AFTER: u8 = 2;

/// What every widget is given.
pub struct Cx<'a> {
    /// The draft and its findings.
    pub session: &'a Session,
    /// Where the user is.
    pub view: &'a mut View,
    /// The edits of this frame.
    pub edits: &'a mut Vec<Edit>,
}

impl Cx<'_> {
    /// Takes note of the focus, and goes to the cell where a jump leads here.
    pub fn follow(&mut self, response: &Response, path: &FieldPath) {
        self.view.writing.belongs(response.id, path);
        if response.gained_focus() || response.clicked() || response.changed() {
            self.view.current = Some(path.clone());
        }
        if self.view.jump.as_ref() == Some(path) {
            // On a page just turned to, heights are final only in the frame after the first.
            if self.view.jump_age >= SETTLED_AFTER {
                self.view.jump = None;
            }
            self.view.current = Some(path.clone());
            // Asking again would end what is selected in a text.
            if !response.has_focus() {
                response.request_focus();
            }
            response.scroll_to_me(Some(Align::Center));
        }
    }

    /// Goes to a place that cannot have the focus.
    pub fn follow_heading(&mut self, response: &Response, path: &FieldPath) {
        if self.view.jump.as_ref() == Some(path) {
            self.view.jump = None;
            self.view.current = Some(path.clone());
            response.scroll_to_me(Some(Align::TOP));
        }
    }
}

/// The id of the widget of one answer; `part` tells boxes and options of the same answer apart.
pub fn cell_id(path: &FieldPath, part: &str) -> Id {
    Id::unique(("cell", path, part))
}

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
        let color = super::theme::severity(ui.visuals(), finding.severity);
        let text = format!("{}　{}{}", finding.severity.name(), finding.message, finding.advice);
        ui.label(RichText::new(text).color(color).size(13.0));
    }
}
