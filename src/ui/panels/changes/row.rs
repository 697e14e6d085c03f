//! One row of this year: what it tells of, both texts, and what is to be decided.

use egui::accesskit::Role;
use egui::{Button, Frame, RichText, Ui};

use super::{TEXTS, Table, act, beside_ui, decide, said};
use crate::changes::{Agreement, Linked, RowStanding, is_starred, item_name, split};
use crate::draft::{ChangeRow, Edit, ItemStyle};
use crate::form::{Column, FieldPath, Severity};
use crate::ui::state::Cx;
use crate::ui::state::{theme, words};
use crate::ui::widgets::{check_ui, column_ui, named};

/// Shows a row.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, index: usize) {
    let Some(row) = table.now.document.rows.get(index) else { return };
    let told = table.overview.rows.get(index).and_then(RowStanding::linked);
    let is_stale = told.is_some_and(|told| matches!(told.agreement, Agreement::Stale(_)));
    let visuals = ui.visuals();
    let stroke = match is_stale {
        true => theme::ring(theme::severity(visuals, Severity::Error)),
        false => visuals.widgets.noninteractive.bg_stroke,
    };
    let name = format!("変更箇所{}", index + 1);
    ui.push_id(("change row", index), |ui| {
        named(ui, Role::Group, &name, |ui| {
            Frame::new().stroke(stroke).corner_radius(theme::CARD_RADIUS).inner_margin(theme::HAIRLINE).show(
                ui,
                |ui| {
                    head_ui(ui, cx, table, index, row, told);
                    Frame::new().inner_margin(theme::BOX_MARGIN).show(ui, |ui| {
                        ui.set_width(ui.available_width());
                        if let Some(told) = told {
                            said::ui(ui, cx, index, row, told);
                        }
                        texts_ui(ui, cx, table, index, row);
                        decide::ui(ui, cx, table, index, row, told);
                    });
                },
            );
        });
    });
    ui.add_space(theme::M);
}

fn head_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, index: usize, row: &ChangeRow, told: Option<&Linked>) {
    Frame::new().fill(ui.visuals().faint_bg_color).inner_margin(theme::BAND_MARGIN).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            let starred =
                told.is_some_and(|told| told.differences.iter().any(|difference| is_starred(table.form, difference)));
            let item = if row.item.trim().is_empty() { "（項目が未記入）" } else { row.item.trim() };
            let star = if starred { "　※" } else { "" };
            let title = format!("{}　{}{star}", index + 1, item.replace('\n', "、"));
            ui.label(RichText::new(title).family(theme::bold()));
            state_ui(ui, row, told);
        });
        ui.horizontal_wrapped(|ui| buttons_ui(ui, cx, table, index, row, told));
    });
}

/// What one should see of a row at a glance.
fn state_ui(ui: &mut Ui, row: &ChangeRow, told: Option<&Linked>) {
    let visuals = ui.visuals();
    let important =
        row.link.as_ref().and_then(|link| link.decision.as_ref()).is_some_and(|decision| decision.important);
    let mut states: Vec<(&str, egui::Color32)> = Vec::new();
    match row.timing.trim() {
        "" => states.push(("提出時期 未定", theme::severity(visuals, Severity::Missing))),
        timing => states.push((timing, visuals.text_color())),
    }
    if important {
        states.push(("重要な変更", theme::severity(visuals, Severity::Warning)));
    }
    match told.map(|told| told.agreement) {
        None => states.push(("手で書いた行", visuals.weak_text_color())),
        Some(Agreement::Behind) => states.push(("本文と合わない行", theme::severity(visuals, Severity::Warning))),
        Some(Agreement::Stale(_)) => states.push(("手直しが必要", theme::severity(visuals, Severity::Error))),
        Some(Agreement::Agrees) => {}
    }
    for (words, color) in states {
        ui.label(RichText::new(format!("［{words}］")).color(color));
    }
}

fn buttons_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, index: usize, row: &ChangeRow, told: Option<&Linked>) {
    let at = FieldPath::document(table.table_id).entry(index);
    let mut chosen = cx.view.changes.is_chosen(index, row);
    let can_join = told.is_some_and(|told| !told.differences.is_empty());
    let choose = ui.add_enabled_ui(can_join, |ui| check_ui(ui, &mut chosen, "選ぶ")).inner;
    if choose.on_hover_text("「選んだ行を1行にまとめる」で使います").changed() {
        cx.view.changes.choose(index, row, chosen);
    }
    let cell = told.and_then(|told| told.differences.iter().find(|difference| difference.now.is_some()));
    let response = ui.add_enabled(cell.is_some(), Button::new("欄へ移る"));
    let response = response
        .on_hover_text("この行が言っている欄を開きます")
        .on_disabled_hover_text("この行の欄は、今の評価書にありません");
    cx.follow(&response, &at);
    if response.clicked()
        && let Some(path) = cell.and_then(|difference| difference.now.as_ref())
    {
        cx.view.go_to(table.form, path);
    }
    let several = told.is_some_and(|told| told.differences.len() > 1);
    if several {
        cells_ui(ui, cx, table, told);
    }
    if several && ui.button("項目ごとの行に分ける").clicked() {
        act(cx, "行の分割", move |form, last, now| split(form, last, now, index));
    }
    let length = table.now.document.rows.len();
    let first = index == 0 || super::former::is_former(table, index - 1);
    if ui.add_enabled(!first, Button::new(words::UP)).clicked() {
        cx.edits.push(Edit::MoveRow { from: index, to: index.saturating_sub(1) });
    }
    if ui.add_enabled(index + 1 < length, Button::new(words::DOWN)).clicked() {
        cx.edits.push(Edit::MoveRow { from: index, to: index + 1 });
    }
    if row.link.is_some() && !cx.view.changes.is_open(index, row) {
        let hint = "変更日、項目、変更前・変更後の記載を直します";
        if ui.button("記載を手で直す").on_hover_text(hint).clicked() {
            cx.view.changes.open(index, row, true);
            super::bar::go_to(cx, table, index, Some("item"));
        }
    }
    if ui.button(words::REMOVE).on_hover_text(words::REMOVE_HINT).clicked() {
        cx.edits.push(Edit::RemoveRow { index });
    }
    let date = match row.date.trim() {
        "" => "変更日は、公表日を書くと入ります".to_owned(),
        date => format!("変更日　{date}"),
    };
    ui.label(RichText::new(date).small().weak());
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
fn texts_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, index: usize, row: &ChangeRow) {
    let columns: Vec<&Column> = table.columns.iter().filter(|column| !is_decided(column)).collect();
    let path = |column: &Column| FieldPath::document(&column.id).entry(index);
    if columns.iter().any(|column| cx.view.jump.as_ref() == Some(&path(column))) {
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
    beside_ui(ui, TEXTS, &row.before, &row.after);
    for column in columns {
        crate::ui::widgets::findings_ui(ui, cx, &path(column));
    }
}

/// Whether a column is about 提出時期.
pub fn is_decided(column: &Column) -> bool {
    matches!(column.id.rsplit('.').next(), Some("timing" | "reason"))
}
