//! The real window without a display, for the tests of the screens.

#[path = "spoken.rs"]
pub mod spoken;

use std::cell::Cell;

use egui::Ui;
use egui_kittest::Harness;
use hyoukasho::ui::{App, install_theme};

/// The size of a window in points, and the seconds from one frame to the next.
pub struct Look([f32; 2], f32);

impl From<[f32; 2]> for Look {
    fn from(size: [f32; 2]) -> Self {
        Self(size, 0.25)
    }
}

impl From<([f32; 2], f32)> for Look {
    fn from((size, frame_secs): ([f32; 2], f32)) -> Self {
        Self(size, frame_secs)
    }
}

/// The looks; and whatever is shown from now on, its controls have names.
fn first(ctx: &egui::Context) {
    install_theme(ctx);
    ctx.add_plugin(spoken::Named);
}

/// A window that looks so; its first frame takes our typefaces and colours.
pub fn shown(app: App, look: impl Into<Look>) -> Harness<'static, App> {
    let Look(size, frame_secs) = look.into();
    let themed = Cell::new(false);
    let show = move |ui: &mut Ui, app: &mut App| if themed.replace(true) { app.show(ui) } else { first(ui.ctx()) };
    let mut harness = Harness::builder()
        .with_size(size)
        .with_max_steps(16)
        .with_step_dt(frame_secs)
        .with_os(egui::os::OperatingSystem::Nix)
        .build_ui_state(show, app);
    harness.run_ok();
    harness
}
