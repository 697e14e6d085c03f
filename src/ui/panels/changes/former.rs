//! The rows of former years: kept as they were published, behind a filter of their own.

use egui::{RichText, Ui};

use super::pane::{body_ui, head_ui};
use super::{TEXTS, Table, beside_ui};
use crate::changes::{Differs, RowStanding};
use crate::form::Column;
use crate::ui::state::{Cx, theme};
use crate::ui::widgets::{column_ui, read_only_ui};

/// Whether a row is one of a former year.
pub fn is_former(table: Table<'_>, index: usize) -> bool {
    table.overview.rows.get(index) == Some(&RowStanding::Former)
}

/// Shows everything about such a row.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, index: usize) {
    let Some(row) = table.now.document.rows.get(index) else { return };
    let is_here = |path: &crate::form::FieldPath| {
        path.entry == Some(index) && table.columns.iter().any(|column: &Column| column.id == path.item)
    };
    let led_here = [&cx.view.jump, &cx.view.changes.shown_for].into_iter().flatten().any(is_here);
    if led_here {
        cx.view.changes.open(index, row, true);
    }
    let is_open = cx.view.changes.is_open(index, row);
    let title = format!("{}　{}", index + 1, row.item.replace('\n', "、"));
    head_ui(
        ui,
        cx,
        &title,
        |ui, cx| {
            let hint = "誤記などで、公表した行そのものを直すときだけ使います";
            let button = ui.add_enabled(!is_open && !cx.view.read_only, egui::Button::new("この行を直す"));
            if button.on_hover_text(hint).clicked() {
                cx.view.changes.open(index, row, true);
            }
        },
        |ui| {
            ui.label(RichText::new(format!("{}　{}", row.date, row.timing)).small());
            ui.label(RichText::new("公表済みの行です。ふつうは直しません").small().weak());
        },
    );
    body_ui(ui, cx, |ui, cx| {
        read_only_ui(ui, cx.view);
        if is_open {
            table.columns.iter().for_each(|column| column_ui(ui, cx, column, index, row));
            return;
        }
        beside_ui(ui, TEXTS, &row.before, &row.after, Differs::InWords);
        ui.add_space(theme::S);
        ui.label(RichText::new("提出時期に係る説明").small().weak());
        ui.label(&row.reason);
    });
}
