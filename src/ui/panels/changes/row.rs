//! One row of this year: what it tells of, both texts, and what is to be decided.

use egui::{Button, Popup, RichText, Ui};

use super::pane::{body_ui, head_ui};
use super::{TEXTS, Table, act, beside_ui, decide, line, matching, said};
use crate::changes::{Linked, RowStanding, item_name, split};
use crate::draft::{ChangeRow, Edit, ItemStyle};
use crate::form::{Column, FieldPath, Severity};
use crate::ui::state::Cx;
use crate::ui::state::{theme, words};
use crate::ui::widgets::{Sign, column_ui, danger_ui, findings_beside_ui, read_only_ui, sign_ui};

/// Shows everything about a row.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, index: usize) {
    let Some(row) = table.now.document.rows.get(index) else { return };
    let told = table.overview.rows.get(index).and_then(RowStanding::linked);
    let star = if line::is_of_star(table, index) { "　※" } else { "" };
    let item = if row.item.trim().is_empty() { "（項目が未記入）" } else { row.item.trim() };
    let title = format!("{}　{}{star}", index + 1, item.replace('\n', "、"));
    head_ui(ui, cx, &title, |ui, cx| acts_ui(ui, cx, table, index, row, told), |ui| states_ui(ui, table, index, row));
    body_ui(ui, cx, |ui, cx| {
        read_only_ui(ui, cx.view);
        if let Some(told) = told {
            said::ui(ui, cx, index, row, told);
        }
        matching::here_ui(ui, table, index);
        texts_ui(ui, cx, table, index, row, told);
        decide::ui(ui, cx, table, index, row, told);
    });
}

/// What one should see of a row at a glance.
fn states_ui(ui: &mut Ui, table: Table<'_>, index: usize, row: &ChangeRow) {
    let timing = match row.timing.trim() {
        "" => ("提出時期 未定", theme::severity(ui.visuals(), Severity::Missing)),
        timing => (timing, ui.visuals().text_color()),
    };
    let states = line::states(table, index, row, ui).into_iter().map(|(_, words, color)| (words, color));
    for (words, color) in std::iter::once(timing).chain(states) {
        ui.label(RichText::new(format!("［{words}］")).color(color));
    }
    let date = match row.date.trim() {
        "" => "変更日は、公表日を書くと入ります".to_owned(),
        date => format!("変更日　{date}"),
    };
    ui.label(RichText::new(date).small().weak());
}

/// What can be done with the row, the last act first.
fn acts_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, index: usize, row: &ChangeRow, told: Option<&Linked>) {
    let can_change = !cx.view.read_only;
    ui.add_enabled_ui(can_change, |ui| {
        let sign = sign_ui(ui, Sign::More, "行の操作");
        Popup::menu(&sign).show(|ui| menu_ui(ui, cx, table, index, told));
    });
    if row.link.is_some() {
        let is_open = cx.view.changes.is_open(index, row);
        let hint = "変更日、項目、変更前・変更後の記載を直します";
        let button = ui.add_enabled(can_change && !is_open, Button::new("記載を手で直す"));
        if button.on_hover_text(hint).clicked() {
            cx.view.changes.open(index, row, true);
            super::bar::go_to(cx, table, index, Some("item"));
        }
    }
    let by_hand = table.overview.rows.get(index).and_then(RowStanding::told_by_hand);
    let told = told.map(|told| told.differences.as_slice()).or(by_hand).unwrap_or_default();
    let cell = told.iter().find(|difference| difference.now.is_some());
    let response = ui.add_enabled(cell.is_some(), Button::new("欄へ移る"));
    let response = response
        .on_hover_text("この行が言っている欄を開きます")
        .on_disabled_hover_text("この行の欄は、今の評価書にありません");
    if response.clicked()
        && let Some(path) = cell.and_then(|difference| difference.now.as_ref())
    {
        cx.view.go_to(table.form, path);
    }
}

fn menu_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, index: usize, told: Option<&Linked>) {
    let length = table.now.document.rows.len();
    let first = index == 0 || super::former::is_former(table, index - 1);
    if ui.add_enabled(!first, Button::new(words::UP)).clicked() {
        cx.edits.push(Edit::MoveRow { from: index, to: index.saturating_sub(1) });
        cx.view.changes.seek = true;
    }
    if ui.add_enabled(index + 1 < length, Button::new(words::DOWN)).clicked() {
        cx.edits.push(Edit::MoveRow { from: index, to: index + 1 });
        cx.view.changes.seek = true;
    }
    if told.is_some_and(|told| told.differences.len() > 1) {
        cells_ui(ui, cx, table, told);
        if ui.button("項目ごとの行に分ける").clicked() {
            act(cx, "行の分割", move |form, last, now| split(form, last, now, index));
        }
    }
    ui.separator();
    if danger_ui(ui, words::REMOVE).on_hover_text(words::REMOVE_HINT).clicked() {
        cx.view.offer_undo(&format!("変更箇所の{}行目", index + 1));
        cx.edits.push(Edit::RemoveRow { index });
    }
}

/// The cells of a row that tells of several.
fn cells_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, told: Option<&Linked>) {
    ui.menu_button("ほかの欄へ…", |ui| {
        for difference in told.into_iter().flat_map(|told| &told.differences) {
            let button = Button::new(item_name(table.form, difference, ItemStyle::Short));
            let clicked = ui.add_enabled(difference.now.is_some(), button).clicked();
            if let Some(path) = difference.now.as_ref().filter(|_| clicked) {
                cx.view.go_to(table.form, path);
            }
        }
    });
}

/// Both texts beside each other, or the cells to be edited.
fn texts_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, index: usize, row: &ChangeRow, told: Option<&Linked>) {
    let columns: Vec<&Column> = table.columns.iter().filter(|column| !is_decided(column)).collect();
    let path = |column: &Column| FieldPath::document(&column.id).entry(index);
    let leads_to = |path: &FieldPath| [&cx.view.jump, &cx.view.changes.shown_for].contains(&&Some(path.clone()));
    if columns.iter().any(|column| leads_to(&path(column))) {
        cx.view.changes.open(index, row, true);
    }
    let by_hand = row.link.is_none();
    if by_hand || cx.view.changes.is_open(index, row) {
        columns.iter().for_each(|column| column_ui(ui, cx, column, index, row));
        if !by_hand && ui.button("直し終わる").clicked() {
            cx.view.changes.open(index, row, false);
        }
        return;
    }
    beside_ui(ui, TEXTS, &row.before, &row.after, told.map(Linked::differs).unwrap_or_default());
    // The texts are a quotation that is not typed into here: their findings may stand below them.
    for column in columns {
        findings_beside_ui(ui, cx, &path(column));
    }
}

/// Whether a column is about 提出時期.
pub fn is_decided(column: &Column) -> bool {
    matches!(column.id.rsplit('.').next(), Some("timing" | "reason"))
}
