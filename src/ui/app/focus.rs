//! Where the keyboard was: it is there again when a dialog closes, and Tab goes on from there after Escape.

use egui::{Context, Id, Key, Order};

/// The cell or button on the screen that had the focus last.
#[derive(Debug, Default)]
pub(super) struct LastFocus {
    last: Option<Id>,
    /// Whether a dialog stood over the screen.
    covered: bool,
}

impl LastFocus {
    /// To be called before anything is shown; `covered` says whether a dialog will be.
    pub(super) fn keep(&mut self, ctx: &Context, covered: bool) {
        self.covered |= covered;
        let (focused, modal) = ctx.memory(|memory| (memory.focused(), memory.top_modal_layer()));
        if covered {
            return;
        }
        if modal.is_some() {
            // Nothing below the dialog can have the focus before the next frame.
            return ctx.request_repaint();
        }
        let returns = std::mem::take(&mut self.covered);
        if let Some(id) = focused {
            let on_screen =
                |id| ctx.read_response(id).is_some_and(|response| response.layer_id.order == Order::Background);
            if on_screen(id) {
                self.last = Some(id);
            }
        } else if (returns || ctx.input(|input| input.key_pressed(Key::Tab)))
            && let Some(last) = self.last.take()
        {
            ctx.memory_mut(|memory| memory.request_focus(last));
        }
    }
}
