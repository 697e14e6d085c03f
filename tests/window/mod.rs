//! The real window without a display, for the tests of the screens.

use std::cell::Cell;

use egui::Ui;
use egui_kittest::Harness;
use hyoukasho::ui::{App, install_theme};

/// How much time passes from one frame to the next unless a test says otherwise.
const FRAME_SECS: f32 = 0.25;

/// A window of that size in points; its first frame takes our typefaces and colours.
pub fn shown(app: App, size: [f32; 2]) -> Harness<'static, App> {
    shown_every(FRAME_SECS, app, size)
}

/// The same with so many seconds from one frame to the next.
pub fn shown_every(frame_secs: f32, app: App, size: [f32; 2]) -> Harness<'static, App> {
    let themed = Cell::new(false);
    let show =
        move |ui: &mut Ui, app: &mut App| if themed.replace(true) { app.show(ui) } else { install_theme(ui.ctx()) };
    let mut harness = Harness::builder()
        .with_size(size)
        .with_max_steps(16)
        .with_step_dt(frame_secs)
        .with_os(egui::os::OperatingSystem::Nix)
        .build_ui_state(show, app);
    harness.run_ok();
    harness
}
