//! Where the keyboard was on each screen: it is there again when a dialog closes or the screen comes back, and Tab goes
//! on from there after Escape.

use std::collections::BTreeMap;

use egui::{Context, Id, Key, Order};

use super::Screen;

/// The cell or button of each screen that had the focus last.
#[derive(Debug, Default)]
pub(super) struct LastFocus {
    last: BTreeMap<Screen, Id>,
    /// The screen of the frame before, unless a dialog stood over it.
    seen: Option<Screen>,
    /// What had the focus when a menu was opened by its key.
    left: Option<Id>,
}

impl LastFocus {
    /// A menu is opened by its key.
    pub(super) fn leave(&mut self, ctx: &Context) {
        // From one menu to the next, it is still the cell of before.
        let focused = ctx.memory(egui::Memory::focused);
        self.left = self.left.or(focused);
    }

    /// No menu is open any more: the focus goes back where it was.
    pub(super) fn come_back(&mut self, ctx: &Context, screen: Screen) {
        if let Some(left) = self.left.take() {
            ctx.memory_mut(|memory| memory.request_focus(left));
            self.last.insert(screen, left);
        }
    }

    /// To be called before anything is shown; `covered` says whether a dialog will stand over the screen, `jumps`
    /// whether something leads to another place of it.
    pub(super) fn keep(&mut self, ctx: &Context, screen: Screen, covered: bool, jumps: bool) {
        let (focused, modal) = ctx.memory(|memory| (memory.focused(), memory.top_modal_layer()));
        if covered || modal.is_some() {
            self.seen = None;
            if !covered {
                // Nothing below the dialog can have the focus before the next frame.
                ctx.request_repaint();
            }
            return;
        }
        let before = self.seen.replace(screen);
        let comes_back = before.is_some_and(|before| before != screen);
        let is_on_screen =
            |id: &Id| ctx.read_response(*id).is_some_and(|response| response.layer_id.order == Order::Background);
        if let Some(id) = focused.filter(|_| !comes_back) {
            if is_on_screen(&id) {
                self.last.insert(screen, id);
            }
        } else if ((comes_back || before.is_none()) && !jumps || ctx.input(|input| input.key_pressed(Key::Tab)))
            && let Some(last) = self.last.remove(&screen)
        {
            ctx.memory_mut(|memory| memory.request_focus(last));
        }
    }
}
