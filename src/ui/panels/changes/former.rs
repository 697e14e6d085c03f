//! The rows of former years: kept as they were published, folded away.

use egui::accesskit::Role;
use egui::{CollapsingHeader, RichText, Ui};

use super::{TEXTS, Table, beside_ui};
use crate::changes::RowStanding;
use crate::draft::ChangeRow;
use crate::ui::state::Cx;
use crate::ui::state::theme;
use crate::ui::widgets::{column_ui, named};

/// Whether a row is one of a former year.
pub fn is_former(table: Table<'_>, index: usize) -> bool {
    table.overview.rows.get(index) == Some(&RowStanding::Former)
}

/// Shows the rows of former years.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>) {
    let rows: Vec<usize> = (0..table.now.document.rows.len()).filter(|index| is_former(table, *index)).collect();
    if rows.is_empty() {
        return;
    }
    let led_here = cx.view.jump.as_ref().and_then(|path| path.entry.filter(|_| path.item.starts_with(table.table_id)));
    let led_here = led_here.filter(|row| rows.contains(row));
    if let Some((row, old)) = led_here.and_then(|row| Some((row, table.now.document.rows.get(row)?))) {
        cx.view.changes.open(row, old, true);
    }
    let title = RichText::new(format!("前回までの行　{}件（書き換えません）", rows.len())).family(theme::bold());
    let header = CollapsingHeader::new(title).id_salt("former rows").open(led_here.map(|_| true));
    header.show(ui, |ui| {
        for index in rows {
            if let Some(row) = table.now.document.rows.get(index) {
                let name = format!("前回までの行{}", index + 1);
                ui.push_id(("former", index), |ui| {
                    named(ui, Role::Group, &name, |ui| row_ui(ui, cx, table, index, row));
                });
            }
        }
    });
    ui.add_space(theme::S);
}

fn row_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, index: usize, row: &ChangeRow) {
    let is_open = cx.view.changes.is_open(index, row);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(format!("{}　{}", index + 1, row.item.replace('\n', "、"))).family(theme::bold()));
        ui.label(RichText::new(format!("{}　{}", row.date, row.timing)).small());
        let hint = "誤記などで、公表した行そのものを直すときだけ使います";
        if !is_open && ui.button("この行を直す").on_hover_text(hint).clicked() {
            cx.view.changes.open(index, row, true);
        }
    });
    if is_open {
        table.columns.iter().for_each(|column| column_ui(ui, cx, column, index, row));
    } else {
        beside_ui(ui, TEXTS, &row.before, &row.after);
        ui.label(RichText::new(&row.reason).small());
    }
    ui.separator();
}
