//! What the screens look like, as pictures: few, small, of the light theme on a desk of 1366×768.
//! `cargo test --features pictures --test pictures` compares; `UPDATE_SNAPSHOTS=1` before it makes all of them anew.
//! Needs Mesa's software driver (`libegl1 libgl1-mesa-dri`), no display. Differences are put beside the pictures.
#![cfg(feature = "pictures")]
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, SnapshotOptions, SnapshotResults};
use hyoukasho::ui::{App, install_theme};

/// How far a pixel may differ, and how many pixels may differ more: another Mesa draws edges a little differently.
const THRESHOLD: f32 = 1.5;
const MOST_DIFFERENT_PIXELS: usize = 60;

const HALF_DONE: &str = "aomine-kaigo-draft.ron";

fn window() -> Harness<'static, App> {
    let mut harness = Harness::builder()
        .with_size([1366.0, 768.0])
        .with_max_steps(16)
        .with_os(egui::os::OperatingSystem::Nix)
        .with_theme(egui::Theme::Light)
        .wgpu()
        .build_ui_state(
            |ui, app: &mut App| {
                if !ui.ctx().data(|data| data.get_temp(egui::Id::unique("themed")).unwrap_or(false)) {
                    install_theme(ui.ctx());
                    ui.data_mut(|data| data.insert_temp(egui::Id::unique("themed"), true));
                    return;
                }
                app.show(ui);
            },
            App::without_memory(&egui::Context::default()),
        );
    harness.run_ok();
    harness
}

fn on(sample: &str) -> Harness<'static, App> {
    let mut harness = window();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(sample);
    harness.state_mut().open(&sample);
    harness.run_ok();
    harness
}

fn press(harness: &mut Harness<'static, App>, key: Key) {
    harness.key_press_modifiers(Modifiers::NONE, key);
    harness.run_ok();
}

fn turn_to(harness: &mut Harness<'static, App>, title: &str) {
    let page = harness
        .get_all_by(|node| node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with(title)));
    page.into_iter().next().unwrap().click_accesskit();
    harness.run_ok();
}

#[test]
fn the_screens_look_as_before() {
    let mut results = SnapshotResults::new();
    let options = SnapshotOptions::new().threshold(THRESHOLD).max_failed_pixels(MOST_DIFFERENT_PIXELS);
    let mut picture = |harness: &mut Harness<'static, App>, name: &str| {
        results.add(harness.try_snapshot_options(name, &options));
    };
    let mut harness = window();
    // The folder proposed is that of the user.
    harness.get_all_by_role(Role::TextInput).next().unwrap().focus();
    harness.run_ok();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.event(egui::Event::Text("/書類/評価書.ron".to_owned()));
    harness.run_ok();
    picture(&mut harness, "start");
    picture(&mut on(HALF_DONE), "fill_in");
    let mut harness = on(HALF_DONE);
    press(&mut harness, Key::F7);
    picture(&mut harness, "findings");
    let mut harness = on("aomine-juminzei.ron");
    turn_to(&mut harness, "（別添２）");
    picture(&mut harness, "change_table");
    let mut harness = on(HALF_DONE);
    press(&mut harness, Key::F1);
    picture(&mut harness, "help");
}
