//! What a 重要な変更 asks for before it takes effect. Nothing is ticked off here: a draft has no place to keep it.

use egui::{Frame, Margin, RichText, Stroke, Ui};

use super::Table;
use crate::form::{Severity, Timing};
use crate::ui::theme;

/// Shows the steps in their order.
pub fn ui(ui: &mut Ui, table: Table<'_>, timing: &Timing) {
    let color = theme::severity(ui.visuals(), Severity::Warning);
    let frame = Frame::new().stroke(Stroke::new(1.0, color)).corner_radius(4).inner_margin(Margin::symmetric(10, 6));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(
            RichText::new("重要な変更は評価の再実施です。この順に進めます（変更を始めるのは最後です）")
                .family(theme::bold()),
        );
        for (number, step) in timing.again(table.form).enumerate() {
            let source = format!("{}　{}", step.certainty.sign(), step.source);
            ui.label(format!("{}. {}", number + 1, step.text)).on_hover_text(source);
        }
    });
}
