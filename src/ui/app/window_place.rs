//! Where the window stands and how wide its panels are: as the last time, unless that place is on no screen today.

use egui::{Context, Pos2, Rect, ViewportCommand};

use super::App;
use crate::ui::state::panel_width::{begin_with, panel_widths};
use crate::workspace::window_place::WindowPlace;

impl App {
    /// Takes note of where the window stands; in the first frame that knows its screen, goes where it stood the last time.
    pub(super) fn keep_window_place(&mut self, ctx: &Context) {
        if self.panels.is_none() {
            begin_with(ctx, self.settings.panels.clone());
        }
        self.panels = Some(panel_widths(ctx));
        let window = ctx.input(|input| input.viewport().clone());
        let zoom = ctx.zoom_factor();
        if let (Some(screen), Some(place)) =
            (window.monitor_size, self.place_wanted.filter(|place| !place.is_maximized))
        {
            self.place_wanted = None;
            let screen = screen * zoom;
            if let Some([x, y]) = place.at_on([whole(screen.x), whole(screen.y)]) {
                let at = Pos2::new(points(x), points(y)) / zoom;
                ctx.send_viewport_cmd(ViewportCommand::OuterPosition(at));
            }
            return;
        }
        let is_maximized = window.maximized.unwrap_or_default() || window.fullscreen.unwrap_or_default();
        if is_maximized {
            if let Some(place) = &mut self.place {
                place.is_maximized = true;
            }
        } else if let Some(inner) = window.inner_rect.filter(|_| window.minimized != Some(true)) {
            self.place = Some(stands(inner, window.outer_rect, zoom));
        }
    }

    /// Remembers place and widths, where they are others than the last time.
    pub(super) fn remember_window_place(&mut self) {
        let (place, Some(panels)) = (self.place, self.panels.clone()) else { return };
        if place != self.settings.place || panels != self.settings.panels {
            self.settings.change(|settings| {
                settings.place = place;
                settings.panels.clone_from(&panels);
            });
        }
    }
}

fn stands(inner: Rect, outer: Option<Rect>, zoom: f32) -> WindowPlace {
    let length = |length: f32| u16::try_from(whole(length * zoom)).unwrap_or(1).max(1);
    let at = outer.map(|outer| [whole(outer.left() * zoom), whole(outer.top() * zoom)]);
    WindowPlace { size: [length(inner.width()), length(inner.height())], is_maximized: false, at }
}

#[expect(clippy::cast_possible_truncation, reason = "a screen has some thousand points")]
fn whole(length: f32) -> i32 {
    length.round() as i32
}

#[expect(clippy::cast_precision_loss, reason = "a screen has some thousand points")]
fn points(length: i32) -> f32 {
    length as f32
}
