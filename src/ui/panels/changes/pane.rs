//! The pane of the line that is selected: its head with what can be done, and below it everything about it, which scrolls.

use egui::accesskit::Role;
use egui::{Align, Frame, Label, Layout, RichText, ScrollArea, Ui};

use super::{Table, former, missing, row};
use crate::ui::state::change_table::TableLine;
use crate::ui::state::{Cx, theme};
use crate::ui::widgets::{Sign, is_low, keep_focus_in_sight, named, scroll_by_keys, sign_ui};

/// Shows the pane.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, line: TableLine) {
    let visuals = ui.visuals();
    let (fill, stroke) = (visuals.window_fill, theme::outline(theme::palette(visuals).soft));
    let frame = Frame::new().fill(fill).stroke(stroke).corner_radius(theme::CARD_RADIUS);
    frame.inner_margin(theme::HAIRLINE).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        let name = match line {
            TableLine::Unlisted(index) => format!("行のない変更{}", index + 1),
            TableLine::Row(index) if former::is_former(table, index) => format!("前回までの行{}", index + 1),
            TableLine::Row(index) => format!("変更箇所{}", index + 1),
        };
        ui.push_id(("change pane", line), |ui| {
            named(ui, Role::Group, &name, |ui| match line {
                TableLine::Unlisted(index) => missing::ui(ui, cx, table, index),
                TableLine::Row(index) if former::is_former(table, index) => former::ui(ui, cx, table, index),
                TableLine::Row(index) => row::ui(ui, cx, table, index),
            });
        });
    });
}

/// The head: a title, what stands below it, and the acts at its right end, the last one first.
pub fn head_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    title: &str,
    acts: impl FnOnce(&mut Ui, &mut Cx<'_>),
    below: impl FnOnce(&mut Ui),
) {
    Frame::new().fill(theme::palette(ui.visuals()).band).inner_margin(theme::BAND_MARGIN).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let close = if is_low(ui) { "表に戻る" } else { "行の詳しい内容を閉じる" };
                let is_closed = sign_ui(ui, Sign::Cross, close).clicked();
                if is_closed {
                    cx.view.changes.pane = false;
                    cx.view.changes.seek = true;
                }
                acts(ui, cx);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let words = RichText::new(title).family(theme::bold());
                    ui.add(Label::new(words).truncate()).on_hover_text(title);
                });
            });
        });
        ui.horizontal_wrapped(below);
    });
}

/// What stands below the head, and scrolls.
pub fn body_ui(ui: &mut Ui, cx: &mut Cx<'_>, add: impl FnOnce(&mut Ui, &mut Cx<'_>)) {
    ScrollArea::vertical().id_salt("change pane").auto_shrink(false).show(ui, |ui| {
        let jumps = cx.view.jump.is_some() || cx.view.writing.shows();
        Frame::new().inner_margin(theme::BOX_MARGIN).show(ui, |ui| {
            ui.set_width(ui.available_width());
            add(ui, cx);
        });
        if !jumps {
            keep_focus_in_sight(ui);
        }
        if is_low(ui) {
            scroll_by_keys(ui);
        }
    });
}
