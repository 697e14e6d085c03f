//! What the keyboard leads to can be seen: egui moves the focus with Tab but leaves the page where it is.

use egui::{Id, Ui};

/// Scrolls to what has the focus, once, when it has just got it. To be called at the end of what scrolls.
pub fn follow(ui: &mut Ui) {
    let seen = ui.scope_id().with("focus seen");
    let focused = ui.memory(|memory| memory.focused());
    let before: Option<Id> = ui.data(|data| data.get_temp(seen)).flatten();
    if focused == before {
        return;
    }
    ui.data_mut(|data| {
        data.insert_temp(seen, focused);
    });
    let response = focused.and_then(|id| ui.ctx().read_response(id));
    // The menu above has the focus as well, and does not scroll.
    let Some(response) = response.filter(|response| ui.min_rect().intersects(response.rect)) else { return };
    if !ui.clip_rect().shrink(2.0).contains_rect(response.rect) {
        ui.scroll_to_rect(response.rect.expand(8.0), None);
        ui.ctx().request_repaint();
    }
}
