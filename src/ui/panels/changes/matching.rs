//! Before anything is written into a table with rows of people: which changes each of them was read to tell of. Nothing is
//! written until that is confirmed.

use std::sync::Arc;

use egui::{Align, Label, Layout, Rect, RichText, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::{Table, act, bar};
use crate::changes::{Difference, RowStanding, item_name, update};
use crate::draft::{ChangeRow, ItemStyle};
use crate::form::FieldPath;
use crate::ui::state::change_table::{ReadRow, RowReading};
use crate::ui::state::{Cx, theme, words};
use crate::ui::widgets::{Tone, badge_ui, card_ui, keep_focus_in_sight, primary_ui, scroll_by_keys};

/// What the button that writes is called; it says that this was seen.
const WRITE: &str = "この内容で書き入れる";
/// What stands so far above and below what is seen is laid out too.
const NEAR: f32 = 120.0;
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

/// What is shown, in words, of the table as it is: no frame reads it again while nothing changes.
fn reading(cx: &mut Cx<'_>, table: Table<'_>) -> Arc<RowReading> {
    let made_of = (cx.session.version(), cx.session.is_reviewed());
    let kept = cx.view.changes.reading.take().filter(|kept| kept.made_of == made_of);
    let reading = kept.unwrap_or_else(|| Arc::new(read(table, made_of)));
    cx.view.changes.reading = Some(reading.clone());
    reading
}

fn read(table: Table<'_>, made_of: (u64, bool)) -> RowReading {
    let name = |difference: &Difference| item_name(table.form, difference, ItemStyle::Short).replace('\n', "、");
    let rows = by_hand(table).map(|(index, row, told)| {
        let item = if row.item.trim().is_empty() { "（項目が未記入）" } else { row.item.trim() };
        let title = format!("{}　{}", index + 1, item.replace('\n', "、"));
        ReadRow { index, title, told: told.iter().map(name).collect() }
    });
    let rows: Vec<ReadRow> = rows.collect();
    let n_unknown = rows.iter().filter(|row| row.told.is_empty()).count();
    let written = table.overview.unlisted.iter().map(name).collect();
    RowReading { made_of, rows, n_unknown, written, n_behind: table.overview.n_behind() }
}

/// Each change that a row tells of has a line.
fn height(row: &ReadRow) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a row tells of some changes")]
    let n_lines = row.told.len().max(1) as f32;
    theme::CONTROL_HEIGHT + (n_lines - 1.0) * theme::LINE_HEIGHT + 2.0 * theme::XS
}

/// Shows the rows and what is going to be written.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>) {
    let reading = reading(cx, table);
    let title = format!("手で書いた行の読み取り　{}行", reading.rows.len());
    ui.label(RichText::new(title).size(theme::SECTION).family(theme::bold()));
    ui.label("手で書いた行が、どの変更を述べているかを読み取りました。まだ何も書き入れていません。");
    ui.add_space(theme::S);
    let foot = theme::MAIN_HEIGHT + 2.0 * theme::S;
    let room = (ui.available_height() - foot).max(foot);
    ScrollArea::vertical().id_salt("matching").max_height(room).auto_shrink([false, true]).show(ui, |ui| {
        if reading.n_unknown > 0 {
            let words = format!("読み取れない行が{}行あります。そのまま残り、書き換えません", reading.n_unknown);
            ui.label(RichText::new(words).color(theme::palette(ui.visuals()).caution));
        }
        in_sight_ui(ui, "rows", reading.rows.iter().map(|row| (height(row), row)), |ui, row| {
            row_ui(ui, cx, table, row);
        });
        ui.add_space(theme::M);
        written_ui(ui, &reading);
        keep_focus_in_sight(ui);
        scroll_by_keys(ui);
    });
    ui.add_space(theme::S);
    ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
        let write = primary_ui(ui, WRITE);
        cx.follow(&write, &FieldPath::document(table.table_id));
        if write.clicked() {
            cx.view.changes.matched = by_hand(table).map(|(_, row, _)| row.clone()).collect();
            cx.view.changes.matching = false;
            bar::begin_again(cx, table);
            act(cx, "変更箇所への書き入れ", update);
        }
        if ui.button(words::CANCEL).clicked() {
            cx.view.changes.matching = false;
            bar::begin_again(cx, table);
        }
    });
}

/// Shows a list of things with their heights, of which only those in sight and their neighbours are laid out: Tab leads to
/// the next one, which then comes into sight.
fn in_sight_ui<T>(ui: &mut Ui, salt: &str, things: impl Iterator<Item = (f32, T)>, mut add: impl FnMut(&mut Ui, T)) {
    let (corner, width) = (ui.cursor().min, ui.available_width());
    let near = ui.clip_rect().expand2(vec2(0.0, NEAR));
    let mut height = 0.0;
    for (index, (own, thing)) in things.enumerate() {
        let place = Rect::from_min_size(corner + vec2(0.0, height), vec2(width, own));
        height += own;
        if place.intersects(near) {
            // The same row has the same id wherever it stands: the focus stays while the rows move.
            let id = ui.scope_id().with((salt, index));
            let builder = UiBuilder::new().scope_id(id).max_rect(place).layout(Layout::top_down(Align::Min));
            add(&mut ui.new_child(builder), thing);
        }
    }
    ui.allocate_exact_size(vec2(width, height), Sense::hover());
}

fn row_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, row: &ReadRow) {
    let whole = ui.max_rect();
    ui.painter().hline(whole.x_range(), whole.bottom(), theme::outline(theme::palette(ui.visuals()).line));
    ui.add_space(theme::XS);
    ui.horizontal_top(|ui| {
        ui.scope(|ui| {
            ui.set_width(whole.width() * ITEM_SHARE);
            let button = ui.add(egui::Button::new(&row.title).frame_when_inactive(false).truncate());
            if button.on_hover_text("この行を開きます").clicked() {
                bar::go_to(cx, table, row.index, None);
            }
        });
        ui.label("→");
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if row.told.is_empty() {
                badge_ui(ui, "読み取れません", Tone::Caution);
            }
            for name in &row.told {
                line_ui(ui, name);
            }
        });
    });
}

/// A name in one line of the height of a line.
fn line_ui(ui: &mut Ui, words: &str) {
    let size = vec2(ui.available_width(), theme::LINE_HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(size);
        ui.add(Label::new(words).truncate()).on_hover_text(words);
    });
}

/// What is going to be written.
fn written_ui(ui: &mut Ui, reading: &RowReading) {
    card_ui(ui, |ui| {
        let (n_new, n_behind) = (reading.written.len(), reading.n_behind);
        let title = format!("書き入れるもの　新しい行 {n_new}件、今の本文に合わせる行 {n_behind}件");
        ui.label(RichText::new(title).family(theme::bold()));
        in_sight_ui(ui, "written", reading.written.iter().map(|name| (theme::LINE_HEIGHT, name)), |ui, name| {
            line_ui(ui, &format!("＋ {name}"));
        });
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
