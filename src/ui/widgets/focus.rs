//! Whoever walks by the Tab key must see where the focus is: what takes it is brought into sight.

use egui::style::ScrollAnimation;
use egui::text_edit::TextEditState;
use egui::{Context, Key, Modifiers, Rect, StrokeKind, Ui, pos2};

use crate::ui::state::theme;

/// Of a tall cell only so much has to be seen; a text field follows its cursor by itself.
const SEEN_HEIGHT: f32 = 120.0;
/// Of a cell that is come back to so much has to be seen.
const SEEN_LINES: f32 = 2.0 * theme::LINE_HEIGHT;
/// Room left above and below, so that the label is seen too.
const AIR: f32 = 40.0;
/// A page up or down leaves a little of what was seen.
const PAGE_SHARE: f32 = 0.9;

/// To be called last inside a scroll area: scrolls to the widget in it that has just taken the focus.
pub fn keep_focus_in_sight(ui: &Ui) {
    // What the mouse presses must not move away under it.
    if ui.input(|input| input.pointer.any_down() || input.pointer.any_released()) {
        return;
    }
    let Some(focused) = ui.memory(|memory| memory.focused()) else { return };
    let Some(response) = ui.ctx().read_response(focused).filter(|response| response.gained_focus()) else { return };
    let mut rect = response.rect;
    let seen = rect.intersect(ui.clip_rect()).height();
    // Whoever comes back to a cell, from a menu or a dialog, finds it where it was left.
    if !ui.input(|input| input.key_pressed(Key::Tab)) && seen >= rect.height().min(SEEN_LINES) {
        return;
    }
    // A long text scrolls inside its cell, and reaches beyond it.
    rect.max.y = rect.max.y.min(rect.min.y + SEEN_HEIGHT);
    if response.layer_id != ui.layer_id() || !ui.min_rect().contains(rect.center()) {
        return;
    }
    ui.scroll_to_rect_animation(rect.expand2(egui::vec2(0.0, AIR)), None, ScrollAnimation::none());
}

/// To be called inside the main scroll area of a screen: the keys for a page up or down move it.
pub fn scroll_by_keys(ui: &Ui) {
    if !ui.memory(|memory| memory.allows_interaction(ui.layer_id())) {
        return;
    }
    for (key, sign) in [(Key::PageUp, 1.0), (Key::PageDown, -1.0)] {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            ui.scroll_with_delta_animation(
                egui::vec2(0.0, sign * ui.clip_rect().height() * PAGE_SHARE),
                ScrollAnimation::none(),
            );
        }
    }
}

/// To be called last in a frame: draws the ring around what has the focus. What is chosen is filled, and never looks like
/// that. A field of text has its own, thicker edge.
pub fn ring_ui(ctx: &Context) {
    let Some(focused) = ctx.memory(egui::Memory::focused) else { return };
    let Some(response) = ctx.read_response(focused) else { return };
    let (rect, seen) = (response.rect, response.interact_rect);
    if TextEditState::load(ctx, focused).is_some() || !seen.is_positive() {
        return;
    }
    // The ring stands outside; where the widget is cut off, so is the ring.
    let room = theme::RING * 2.0;
    let edge = |cut: bool| if cut { 0.0 } else { room };
    let clip = Rect::from_min_max(
        pos2(seen.left() - edge(seen.left() > rect.left()), seen.top() - edge(seen.top() > rect.top())),
        pos2(seen.right() + edge(seen.right() < rect.right()), seen.bottom() + edge(seen.bottom() < rect.bottom())),
    );
    let color = theme::accent(&ctx.global_style().visuals);
    let painter = ctx.layer_painter(response.layer_id).with_clip_rect(clip);
    painter.rect_stroke(rect.expand(theme::RING), theme::RADIUS, theme::ring(color), StrokeKind::Outside);
}
