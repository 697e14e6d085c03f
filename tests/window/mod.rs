//! The real window without a display, for the tests of the screens.

use std::cell::Cell;

use egui::Ui;
use egui_kittest::Harness;
use hyoukasho::ui::{App, install_theme};

/// A window of that size in points; its first frame takes our typefaces and colours.
pub fn shown(app: App, size: [f32; 2]) -> Harness<'static, App> {
    let themed = Cell::new(false);
    let show =
        move |ui: &mut Ui, app: &mut App| if themed.replace(true) { app.show(ui) } else { install_theme(ui.ctx()) };
    let mut harness = Harness::builder()
        .with_size(size)
        .with_max_steps(16)
        .with_os(egui::os::OperatingSystem::Nix)
        .build_ui_state(show, app);
    harness.run_ok();
    harness
}
