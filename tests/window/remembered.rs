//! What the window is given back at the next start: the widths of its panels, and its place where that is on a screen.

use egui::{Context, Event, Modifiers, PointerButton, Pos2, ViewportCommand, ViewportId, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use hyoukasho::ui::App;
use hyoukasho::workspace::environment::DataFolders;

use crate::harness;

const SIZE: [f32; 2] = [1366.0, 768.0];

fn window(folder: &std::path::Path) -> Harness<'static, App> {
    let folders = DataFolders { settings: Some(folder.join("settings.txt")), ..DataFolders::default() };
    let mut harness = harness::shown(App::in_folders(&Context::default(), &folders), SIZE);
    harness.state_mut().open(&folder.join("評価書.ron"));
    harness.run_ok();
    harness
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-kenkou.ron");
    std::fs::copy(sample, folder.path().join("評価書.ron")).unwrap();
    folder
}

/// Where the panel at the right begins.
fn side(harness: &Harness<'_, App>) -> f32 {
    harness.get_by_label("記載の要点").rect().left()
}

fn drag(harness: &mut Harness<'_, App>, from: Pos2, to: Pos2) {
    let press = |pos, pressed| {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        Event::PointerButton { pos, button, pressed, modifiers }
    };
    harness.hover_at(from);
    harness.step();
    harness.event(press(from, true));
    harness.step();
    harness.hover_at(to);
    harness.step();
    harness.event(press(to, false));
    harness.run_ok();
}

fn panels(folder: &std::path::Path) -> Vec<String> {
    let text = std::fs::read_to_string(folder.join("settings.txt")).unwrap();
    text.lines().filter(|line| line.starts_with("panel.")).map(str::to_owned).collect()
}

#[test]
fn a_panel_is_as_wide_as_somebody_made_it() {
    let folder = folder();
    let mut harness = window(folder.path());
    let usual = side(&harness);
    let edge = pos2(usual - 8.0, 500.0);
    drag(&mut harness, edge, edge - vec2(90.0, 0.0));
    let wider = side(&harness);
    assert!(wider < usual - 60.0, "{usual} {wider}");
    harness.state_mut().end();
    drop(harness);
    let written = panels(folder.path());
    assert!(written.len() == 1 && written[0].starts_with("panel.side="), "{written:?}");
    // Day after day the same.
    for _ in 0..3 {
        let mut harness = window(folder.path());
        assert!((side(&harness) - wider).abs() <= 1.0, "{} {wider}", side(&harness));
        harness.state_mut().end();
        assert_eq!(panels(folder.path()), written);
    }
}

/// The places the window was asked to go to.
fn asked(harness: &mut Harness<'_, App>) -> Vec<Pos2> {
    let mut asked = Vec::new();
    for _ in 0..4 {
        let window = harness.input_mut().viewports.entry(ViewportId::ROOT).or_default();
        window.monitor_size = Some(vec2(1920.0, 1080.0));
        harness.step();
        let commands = harness.output().viewport_output.values().flat_map(|output| &output.commands);
        asked.extend(commands.filter_map(|command| match command {
            ViewportCommand::OuterPosition(at) => Some(*at),
            _ => None,
        }));
    }
    asked
}

#[test]
fn the_window_goes_where_it_stood_and_not_off_the_screen() {
    let folder = folder();
    let settings = folder.path().join("settings.txt");
    for (line, places) in [
        ("window=1200,700,normal,100,50", vec![pos2(100.0, 50.0)]),
        ("window=1200,700,normal,5000,50", Vec::new()),
        ("window=1200,700,maximized,100,50", Vec::new()),
        ("window=1200,700,normal", Vec::new()),
    ] {
        std::fs::write(&settings, format!("{line}\n")).unwrap();
        let mut harness = window(folder.path());
        assert_eq!(asked(&mut harness), places, "{line}");
        harness.state_mut().end();
        assert!(std::fs::read_to_string(&settings).unwrap().contains(line));
    }
}
