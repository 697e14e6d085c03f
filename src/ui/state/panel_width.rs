//! How wide the panels beside the page are: kept by their names while the window is open, remembered when it closes.

use std::collections::BTreeMap;

use egui::{Context, Id};

/// Widths in points, by the name of the panel.
pub type PanelWidths = BTreeMap<String, u16>;

fn id() -> Id {
    Id::unique("panel widths")
}

/// Those that are known.
pub fn panel_widths(ctx: &Context) -> PanelWidths {
    ctx.data(|data| data.get_temp(id())).unwrap_or_default()
}

/// Begins with those of the last time.
pub fn begin_with(ctx: &Context, widths: PanelWidths) {
    ctx.data_mut(|data| data.insert_temp(id(), widths));
}

/// Takes note of a panel; one that has its usual width is not remembered.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a panel is some hundred points wide")]
pub fn note(ctx: &Context, name: &str, width: f32, usual: f32) {
    ctx.data_mut(|data| {
        let widths: &mut PanelWidths = data.get_temp_mut_or_default(id());
        let width = width.round().max(0.0) as u16;
        if (f32::from(width) - usual).abs() <= 1.0 {
            widths.remove(name);
        } else if widths.get(name) != Some(&width) {
            widths.insert(name.to_owned(), width);
        }
    });
}
