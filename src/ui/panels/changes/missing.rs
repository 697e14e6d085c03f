//! The differences that no row tells of: nothing changed may be overlooked.

use egui::{Frame, RichText, Ui};

use super::Table;
use crate::changes::{DELETED, Difference, NOTHING, is_starred, item_name};
use crate::draft::ItemStyle;
use crate::form::Severity;
use crate::ui::state::Cx;
use crate::ui::state::theme;

/// Characters of a text that are shown.
const FIRST_CHARS: usize = 50;

/// Shows the list; nothing where every difference has a row.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>) {
    if table.overview.unlisted.is_empty() {
        return;
    }
    let color = theme::severity(ui.visuals(), Severity::Error);
    let frame =
        Frame::new().stroke(theme::outline(color)).corner_radius(theme::CARD_RADIUS).inner_margin(theme::BOX_MARGIN);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let title = format!("変えたのに、この表に行がない項目　{}件", table.overview.unlisted.len());
        ui.label(RichText::new(title).color(color).family(theme::bold()));
        ui.label("上の「まとめて書き入れる」を押すと、変更前と変更後を入れた行ができます。変えるつもりがなかった欄は、欄へ移って前回の記載に戻してください。");
        for (index, difference) in table.overview.unlisted.iter().enumerate() {
            ui.push_id(index, |ui| difference_ui(ui, cx, table, difference));
        }
    });
    ui.add_space(theme::S);
}

fn difference_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, difference: &Difference) {
    let name = item_name(table.form, difference, ItemStyle::Short);
    ui.horizontal_wrapped(|ui| {
        let star = if is_starred(table.form, difference) { "　※" } else { "" };
        ui.label(RichText::new(format!("{name}{star}")).family(theme::bold()));
        cell_button_ui(ui, cx, table, difference, &name);
        let text = format!("{}　→　{}", beginning(&difference.before, NOTHING), beginning(&difference.after, DELETED));
        ui.label(RichText::new(text).small().weak());
    });
}

/// The button that leads to the cell a difference is in; nothing where the cell is no longer there.
pub fn cell_button_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, difference: &Difference, name: &str) {
    let Some(path) = &difference.now else { return };
    let button = ui.button("欄へ移る").on_hover_text(format!("{name}の欄を開きます"));
    if button.clicked() {
        cx.view.go_to(table.form, path);
    }
}

fn beginning(text: &str, empty: &str) -> String {
    if text.is_empty() {
        return empty.to_owned();
    }
    let line = text.replace('\n', " ");
    let first: String = line.chars().take(FIRST_CHARS).collect();
    if line.chars().nth(FIRST_CHARS).is_some() { format!("{first}…") } else { first }
}
