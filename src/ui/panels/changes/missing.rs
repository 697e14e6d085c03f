//! A difference that no row tells of: nothing changed may be overlooked.

use egui::{RichText, Ui};

use super::pane::{body_ui, head_ui};
use super::{TEXTS, Table, beside_ui};
use crate::changes::{DELETED, NOTHING, is_starred, item_name};
use crate::draft::ItemStyle;
use crate::ui::state::{Cx, theme};

/// Shows both texts of a difference, and the way to its cell.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, index: usize) {
    let Some(difference) = table.overview.unlisted.get(index) else { return };
    let name = item_name(table.form, difference, ItemStyle::Short);
    let star = if is_starred(table.form, difference) { "　※" } else { "" };
    head_ui(
        ui,
        cx,
        &format!("{name}{star}"),
        |ui, cx| {
            let Some(path) = &difference.now else { return };
            let button = ui.button("欄へ移る").on_hover_text(format!("{name}の欄を開きます"));
            if button.clicked() {
                cx.view.go_to(table.form, path);
            }
        },
        |ui| {
            let color = theme::palette(ui.visuals()).error;
            ui.label(RichText::new("［まだ表に行がありません］").color(color));
        },
    );
    body_ui(ui, cx, |ui, _| {
        let or = |text: &str, empty: &str| if text.is_empty() { empty.to_owned() } else { text.to_owned() };
        let (before, after) = (or(&difference.before, NOTHING), or(&difference.after, DELETED));
        beside_ui(ui, TEXTS, &before, &after, difference.differs());
        ui.add_space(theme::S);
        ui.label(
            "「まとめて書き入れる」を押すと、変更前と変更後を入れた行ができます。\
             変えるつもりがなかった欄は、欄へ移って前回の記載に戻してください。",
        );
    });
}
