//! Items of one publication that were emptied for this year and are still empty, such as 実施日: what can be done there.

use egui::Ui;

use super::bar::{FirstAct, begin_at};
use super::here::{LEAVE_EMPTY, leave_empty};
use super::{Table, send};
use crate::changes::{Pairs, item_name, revert};
use crate::draft::{Edit, ItemStyle};
use crate::ui::state::Cx;

/// The button that puts the texts of before back.
const PUT_BACK: &str = "すべて前回の記載に戻す";
/// The button for cells that stay empty this year.
const LEAVE_ALL_EMPTY: &str = "すべて空のままにする";

/// Shows them in a line; nothing where there are none.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>) {
    let awaited = &table.overview.awaited;
    if awaited.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let words = "提出・公表の段階で空のままの欄は、提出前の点検に出ます";
        let title = format!("見直しの開始で空にした欄（書くと行になります）　{}件", awaited.len());
        ui.label(title).on_hover_text(words);
        let menu = ui.menu_button("空にした欄へ…", |ui| menu_ui(ui, cx, table)).response;
        begin_at(cx, table, FirstAct::Awaited, &menu);
    });
}

fn menu_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>) {
    let awaited = &table.overview.awaited;
    for difference in awaited {
        let button = ui.button(item_name(table.form, difference, ItemStyle::Short));
        if let Some(path) = difference.now.as_ref().filter(|_| button.clicked()) {
            cx.view.go_to(table.form, path);
        }
    }
    if cx.view.read_only {
        return;
    }
    ui.separator();
    let hint = "評価を再実施せず、修正だけを行うときに使います。書いてある欄は変えません";
    if ui.button(PUT_BACK).on_hover_text(hint).clicked() {
        // An answer is found without knowing which file or entry is which.
        let pairs = Pairs::default();
        let back = awaited.iter().filter_map(|one| revert(table.form, table.last, &table.now.document, &pairs, one));
        send(cx, PUT_BACK, back.collect());
    }
    let paths = awaited.iter().filter_map(|difference| difference.now.as_ref());
    let empty: Vec<Edit> = paths.filter_map(|path| leave_empty(table.form, path)).collect();
    let hint = "今年は書くことのない欄を空のままと決め、変更箇所の行にできるようにします。必須の欄は変えません";
    if !empty.is_empty() && ui.button(LEAVE_ALL_EMPTY).on_hover_text(hint).clicked() {
        send(cx, LEAVE_EMPTY, empty);
    }
}
