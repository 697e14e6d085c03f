//! Before anything is written into a table with rows of people: which changes each of them was read to tell of. Nothing is
//! written until that is confirmed.

use std::sync::Arc;

use egui::{Align, Frame, Label, Layout, RichText, ScrollArea, Ui};

use super::{Table, act, bar};
use crate::changes::{Difference, RowStanding, item_name, update};
use crate::draft::{ChangeRow, ItemStyle};
use crate::ui::state::{Cx, theme, words};
use crate::ui::widgets::{Tone, badge_ui, card_ui, keep_focus_in_sight, primary_ui, scroll_by_keys};

/// What the button that writes is called; it says that this was seen.
const WRITE: &str = "この内容で書き入れる";
/// Share of the width for 項目 of a row.
const ITEM_SHARE: f32 = 0.4;

/// The rows that people wrote, with what each was read to tell of.
fn by_hand<'a>(table: Table<'a>) -> impl Iterator<Item = (usize, &'a Arc<ChangeRow>, &'a [Difference])> {
    let rows = table.overview.rows.iter().zip(&table.now.document.rows).enumerate();
    rows.filter_map(|(index, (standing, row))| Some((index, row, standing.told_by_hand()?)))
}

/// Whether there are such rows, and they were not confirmed as they are.
pub fn is_needed(cx: &Cx<'_>, table: Table<'_>) -> bool {
    by_hand(table).any(|(_, row, _)| !cx.view.changes.matched.contains(row))
}

/// Shows the rows and what is going to be written.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>) {
    let n_rows = by_hand(table).count();
    let n_unknown = by_hand(table).filter(|(_, _, told)| told.is_empty()).count();
    ui.label(RichText::new(format!("手で書いた行の読み取り　{n_rows}行")).size(theme::SECTION).family(theme::bold()));
    ui.label("手で書いた行が、どの変更を述べているかを読み取りました。まだ何も書き入れていません。");
    ui.add_space(theme::S);
    let foot = theme::MAIN_HEIGHT + 2.0 * theme::S;
    let height = (ui.available_height() - foot).max(foot);
    ScrollArea::vertical().id_salt("matching").max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        if n_unknown > 0 {
            let words = format!("読み取れない行が{n_unknown}行あります。そのまま残り、書き換えません");
            ui.label(RichText::new(words).color(theme::palette(ui.visuals()).caution));
        }
        for (index, row, told) in by_hand(table) {
            ui.push_id(index, |ui| row_ui(ui, cx, table, (index, row.as_ref()), told));
        }
        ui.add_space(theme::M);
        written_ui(ui, table);
        keep_focus_in_sight(ui);
        scroll_by_keys(ui);
    });
    ui.add_space(theme::S);
    ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
        if primary_ui(ui, WRITE).clicked() {
            cx.view.changes.matched = by_hand(table).map(|(_, row, _)| row.clone()).collect();
            cx.view.changes.matching = false;
            act(cx, "変更箇所への書き入れ", update);
        }
        if ui.button(words::CANCEL).clicked() {
            cx.view.changes.matching = false;
        }
    });
}

/// One row: its words, and the changes it tells of.
fn row_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, (index, row): (usize, &ChangeRow), told: &[Difference]) {
    Frame::new().inner_margin(theme::ROW_MARGIN).show(ui, |ui| {
        let width = ui.available_width();
        ui.horizontal_top(|ui| {
            ui.scope(|ui| {
                ui.set_width(width * ITEM_SHARE);
                let item = if row.item.trim().is_empty() { "（項目が未記入）" } else { row.item.trim() };
                let link = RichText::new(format!("{}　{}", index + 1, item.replace('\n', "、")));
                let button = ui.add(egui::Button::new(link).frame_when_inactive(false).truncate());
                if button.on_hover_text("この行を開きます").clicked() {
                    bar::go_to(cx, table, index, None);
                }
            });
            ui.label("→");
            ui.vertical(|ui| {
                if told.is_empty() {
                    badge_ui(ui, "読み取れません", Tone::Caution);
                }
                for difference in told {
                    ui.add(Label::new(item_name(table.form, difference, ItemStyle::Short)).wrap());
                }
            });
        });
    });
    ui.separator();
}

/// What is going to be written.
fn written_ui(ui: &mut Ui, table: Table<'_>) {
    card_ui(ui, |ui| {
        let (n_new, n_behind) = (table.overview.unlisted.len(), table.overview.n_behind());
        let title = format!("書き入れるもの　新しい行 {n_new}件、今の本文に合わせる行 {n_behind}件");
        ui.label(RichText::new(title).family(theme::bold()));
        for difference in &table.overview.unlisted {
            ui.add(Label::new(format!("＋ {}", item_name(table.form, difference, ItemStyle::Short))).wrap());
        }
        ui.label(
            RichText::new(
                "読み取りが違うときは、その行の「項目」を様式の言葉に直すと、読み取り直します。\
                 手で書いた行は、どれも書き換えません。",
            )
            .small()
            .weak(),
        );
    });
}

/// In the pane of a row that people wrote: what it was read to tell of.
pub fn here_ui(ui: &mut Ui, table: Table<'_>, index: usize) {
    let told = table.overview.rows.get(index).and_then(RowStanding::told_by_hand);
    let Some(told) = told else { return };
    let words = if told.is_empty() {
        "手で書いた行です。どの変更を述べているかは読み取れません".to_owned()
    } else {
        let names: Vec<String> =
            told.iter().map(|told| item_name(table.form, told, ItemStyle::Short).replace('\n', "、")).collect();
        format!("手で書いた行です。述べていると読み取った変更　{}", names.join("、"))
    };
    ui.label(RichText::new(words).small().weak());
}
