//! もとの文書: the document that the draft was taken over from, painted beside the form. The place of the item in focus is
//! marked, what is to be looked at can be walked through, and any text of it can be put into a cell.
//!
//! What is painted are the boxes that were read when it was taken over. Only what is seen of a sheet is laid out.
//! Never: reads a file; changes anything but by an edit that can be undone.
//! Start with [`ui`]; `todo.rs` is the walk, `sheet.rs` paints, `piece.rs` shows what is chosen.

mod piece;
mod sheet;
mod todo;

use std::sync::Arc;

use egui::{Button, ComboBox, Label, Panel, RichText, ScrollArea, Ui};

use crate::draft::visible;
use crate::ui::state::Cx;
use crate::ui::state::source::{SourceBeside, ZOOM};
use crate::ui::state::theme;

/// One step of the buttons.
const ZOOM_STEP: f32 = 1.2;
/// Room for the name of a sheet.
const LEAST_SHEET_NAME: f32 = 120.0;
const MOST_SHEET_NAME: f32 = 240.0;
/// Height of what is said of the chosen text: it is there whether one is chosen or not, and nothing moves.
const PIECE_HEIGHT: f32 = 112.0;

/// Shows the document, where one is at hand.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    ui.take_available_width();
    let Some(mut beside) = cx.view.source.take() else {
        ui.label("もとの文書はまだ選ばれていません。「表示」の「もとの文書」から選んでください。");
        return;
    };
    beside.look(cx.session, &cx.view.page, cx.view.current.as_ref());
    Panel::bottom("source piece").exact_size(PIECE_HEIGHT).resizable(false).show(ui, |ui| {
        ScrollArea::vertical().id_salt("source piece").auto_shrink(false).show(ui, |ui| piece::ui(ui, cx, &beside));
    });
    todo::ui(ui, cx, &mut beside);
    ui.separator();
    tools_ui(ui, &mut beside);
    sheet::ui(ui, cx, &mut beside);
    cx.view.source = Some(beside);
}

/// Which sheet, and how large.
fn tools_ui(ui: &mut Ui, beside: &mut SourceBeside) {
    let trace = Arc::clone(&beside.trace);
    let sheets = &trace.source.sheets;
    let name = visible(&beside.name).into_owned();
    ui.add(Label::new(RichText::new(&name).small().weak()).truncate()).on_hover_text(name);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = theme::XS;
        let last = sheets.len().saturating_sub(1);
        let before = beside.sheet;
        if ui.add_enabled(before > 0, Button::new("前のシート")).clicked() {
            beside.sheet = before.saturating_sub(1);
        }
        if ui.add_enabled(before < last, Button::new("次のシート")).clicked() {
            beside.sheet = before + 1;
        }
        ui.separator();
        for (name, factor) in [("縮小", 1.0 / ZOOM_STEP), ("拡大", ZOOM_STEP)] {
            if ui.button(name).clicked() {
                beside.zoom = (beside.zoom * factor).clamp(ZOOM.0, ZOOM.1);
            }
        }
        ui.separator();
        // Whatever the sheet is called, nothing moves.
        let name = sheets.get(before).map(|sheet| visible(&sheet.name).into_owned()).unwrap_or_default();
        let room = ui.available_width().clamp(LEAST_SHEET_NAME, MOST_SHEET_NAME);
        let combo = ComboBox::from_id_salt("source sheet").width(room).truncate().selected_text(name);
        let shown = combo.show_ui(ui, |ui| {
            for (index, sheet) in sheets.iter().enumerate() {
                ui.selectable_value(&mut beside.sheet, index, visible(&sheet.name).into_owned());
            }
        });
        shown.response.on_hover_text("もとの文書のシート（PDF ではページ）");
        if beside.sheet != before {
            (beside.reveal, beside.chosen) = (None, None);
        }
    });
}
