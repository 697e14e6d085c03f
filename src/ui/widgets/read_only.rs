//! Cells of a document that is only looked at.

use egui::Ui;

use crate::ui::state::view::View;

/// Where one only looks, the cells stand on the ground of the page and take nothing; their texts are as dark as usual.
pub fn read_only_ui(ui: &mut Ui, view: &View) {
    if view.read_only {
        let visuals = ui.visuals_mut();
        visuals.disabled_alpha = 0.85;
        visuals.text_edit_bg_color = Some(visuals.faint_bg_color);
        ui.disable();
    }
}
