//! The bar at the bottom: what was just taken out, and the way back, for ten seconds or until anything else is done: the
//! way back takes back the last step, whatever that is.

use egui::{Align2, Area, Frame, Id, Order, Ui, vec2};

use super::{Sign, sign_ui};
use crate::ui::state::command::Command;
use crate::ui::state::view::View;
use crate::ui::state::{theme, words};

/// How long the way back is offered.
const SECS: f64 = 10.0;

/// Shows the bar while there is something to say; `version` is that of the draft. Returns whether the way back was taken.
pub fn undo_bar_ui(ui: &Ui, view: &mut View, version: u64) -> bool {
    let Some(offer) = &mut view.undo_offer else { return false };
    let now = ui.input(|input| input.time);
    // The edit is made at the end of the frame in which the bar is shown first.
    let is_new = offer.until.is_none();
    let until = *offer.until.get_or_insert(now + SECS);
    let is_passed = !is_new && *offer.made.get_or_insert(version) != version;
    if now >= until || is_passed {
        view.undo_offer = None;
        return false;
    }
    ui.ctx().request_repaint_after_secs(seconds(until - now));
    let (mut undo, mut close) = (false, false);
    let area = Area::new(Id::unique("undo bar"))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -theme::XXL));
    area.show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(theme::BOX_MARGIN).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.add(egui::Label::new(&offer.words).extend());
                undo = ui.button(Command::Undo.name()).clicked();
                close = sign_ui(ui, Sign::Cross, words::CLOSE).clicked();
            });
        });
    });
    if undo || close {
        view.undo_offer = None;
    }
    undo
}

#[expect(clippy::cast_possible_truncation, reason = "a few seconds")]
fn seconds(seconds: f64) -> f32 {
    seconds as f32
}
