//! What wakes the window when a thread has something new: the next frame is shown at once.

use egui::Context;

use crate::workspace::waker::Waker;

/// Wakes the window of that context.
pub fn waker(ctx: &Context) -> Waker {
    let ctx = ctx.clone();
    Waker::new(move || ctx.request_repaint())
}
