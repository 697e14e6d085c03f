//! Room on the screen: what stands above a list gives way where the window is low, and what is in a panel never makes
//! it wider.

use egui::{ScrollArea, Ui, UiBuilder};

/// In a window lower than this (1366 × 768 at 150 %) nothing but the list can have its height.
const LOW: f32 = 520.0;

/// Room narrower than this has one thing a line.
const NARROW: f32 = 420.0;

/// Whether the room is that narrow.
pub fn is_narrow(ui: &Ui) -> bool {
    ui.available_width() < NARROW
}

/// Whether the window is that low.
pub fn is_low(ui: &Ui) -> bool {
    ui.ctx().content_rect().height() < LOW
}

/// Shows a head above a list that scrolls; in a low window the head scrolls with it. Both are given `state`.
pub fn below_head_ui<S>(
    ui: &mut Ui,
    area: ScrollArea,
    state: &mut S,
    head: impl FnOnce(&mut Ui, &mut S),
    list: impl FnOnce(&mut Ui, &mut S),
) {
    let scrolls = is_low(ui);
    let mut head = Some(head);
    if let Some(head) = head.take_if(|_| !scrolls) {
        head(ui, state);
    }
    area.show(ui, |ui| {
        if let Some(head) = head {
            head(ui, state);
        }
        list(ui, state);
    });
}

/// Shows what is in a panel: too wide for it, it is cut, and the panel keeps the width the user gave it.
pub fn kept_in<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let room = ui.available_rect_before_wrap();
    let mut inside = ui.new_child(UiBuilder::new().max_rect(room));
    inside.set_clip_rect(room.intersect(ui.clip_rect()));
    let shown = add(&mut inside);
    ui.advance_cursor_after_rect(room);
    shown
}
