//! The widgets: one file per kind of answer. Each shows what the draft says and sends edits; none keeps an answer.
//! Start with `item.rs`, which chooses the widget, and `text.rs`, which deals with Japanese input.

mod badge;
mod bar;
mod below;
mod boxes;
mod button;
mod cell_menu;
mod chart_canvas;
mod chart_paint;
mod charts;
mod choice;
mod contrast;
mod contrast_rows;
mod contrast_table;
mod date;
mod derived;
mod elide;
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
mod place_name;
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
mod waiting;

use egui::Ui;
use egui::accesskit::Role;

pub use badge::{Tone, badge_ui, banner_ui, card_ui, kept_badge_ui};
pub use bar::undo_bar_ui;
pub use below::{CellRemark, below_ui, findings_beside_ui};
pub use button::{Sign, danger_ui, paint_lock, primary_ui, quiet_ui, sign_at, sign_ui};
pub use contrast::{TextVersion, contrast_ui, excerpt_ui, marked_runs};
pub use contrast_table::{Ask as TableAsk, ContrastTable, Filter, Manner};
pub use elide::cut_in_the_middle;
pub use focus::{keep_focus_in_sight, ring_ui, scroll_by_keys};
pub use grid::words_width;
pub use item::{Depth, items_ui};
pub use mark::{box_at, check_ui};
pub use path::path_ui;
pub use place_name::place_name_ui;
pub use radio::{Radios, choices_ui, radios_ui, segments_ui};
pub use read_only::read_only_ui;
pub use room::{below_head_ui, is_low, is_narrow, kept_in};
pub use row::changed_ui;
pub use stepper::{ShownStep, StepState, stepper_ui};
pub use table::column_ui;
pub use text::{Lines, TextCell};
pub use uncertain::uncertain_ui;
pub use waiting::waiting_ui;

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
