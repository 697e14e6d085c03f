//! What the screens look like, as pictures: few, small, on a desk of 1366×768; by day, and the form by night as well.
//! `cargo test --features pictures --test pictures` compares; `UPDATE_SNAPSHOTS=1` before it makes all of them anew.
//! Needs Mesa's software driver (`libegl1 libgl1-mesa-dri`), no display. Differences are put beside the pictures.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

use std::path::Path;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, SnapshotOptions, SnapshotResults};
use hyoukasho::changes;
use hyoukasho::draft::{Answer, Draft, Edit, format};
use hyoukasho::exchange::boxes::{CellText, Rewriting};
use hyoukasho::exchange::worker::Worker;
use hyoukasho::exchange::{book, placer, sheets};
use hyoukasho::form::{FieldPath, shipped};
use hyoukasho::print;
use hyoukasho::renewal::{self, Course, Last};
use hyoukasho::ui::{App, install_theme};

/// How far a pixel may differ, and how many pixels may differ more: another Mesa draws edges a little differently.
const THRESHOLD: f32 = 1.5;
const MOST_DIFFERENT_PIXELS: usize = 60;

const HALF_DONE: &str = "aomine-kaigo-draft.ron";

fn window() -> Harness<'static, App> {
    window_of(App::without_memory(&egui::Context::default()))
}

fn window_of(app: App) -> Harness<'static, App> {
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
            app,
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

fn choose_dark(harness: &mut Harness<'static, App>) {
    harness.get_by_label("表示").click();
    harness.run_ok();
    harness.get_by_label_contains("明るい・暗い").click();
    harness.run_ok();
}

/// This year's draft of the finished sample, with three answers written anew and their rows.
fn this_year() -> Draft {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.ron");
    let last = format::read(&std::fs::read(sample).unwrap()).unwrap().draft;
    let form = shipped::find(&last.state.document.form, &last.state.document.edition).unwrap();
    let mut draft =
        renewal::start(Last { state: &last.state, form, published_on: None }, form, Course::Reassessment, None).draft;
    let mut replace = |at: FieldPath, old: &str, new: &str| {
        let part = at.file.map_or(&*draft.state.document.common, |file| &draft.state.document.files[file].part);
        let text = part.answers[&at.item].as_text().unwrap().replace(old, new);
        draft.apply(Edit::Answer { at, answer: Some(Answer::Text(text)) }).unwrap();
    };
    replace(FieldPath::document("basic.department.unit"), "税務課", "市民税課");
    replace(FieldPath::document("basic.number_use.legal_basis"), "別表の24の項", "別表の25の項");
    replace(FieldPath::in_file(1, "overview.storage.place"), "溶解処理", "焼却処理");
    for edit in changes::update(form, &last.state.document, &draft.state) {
        draft.apply(edit).unwrap();
    }
    draft
}

fn on_this_year(folder: &Path) -> Harness<'static, App> {
    let path = folder.join("今年.ron");
    std::fs::write(&path, format::write(&this_year())).unwrap();
    let mut harness = window();
    harness.state_mut().open(&path);
    harness.run_ok();
    harness
}

/// A draft that was taken over from a book of the finished sample in which somebody had left a note, beside that book.
fn beside_its_source(folder: &Path) -> Harness<'static, App> {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.ron");
    let document = format::read(&std::fs::read(sample).unwrap()).unwrap().draft.state.document;
    let form = shipped::find(&document.form, &document.edition).unwrap();
    let text = "庁舎の移転に合わせて来年見直す（覚え書き）".to_owned();
    let note = CellText { sheet: 4, row: 2, column: 62, text, ..CellText::default() };
    let rewriting = Rewriting { cells: vec![note], ..Rewriting::default() };
    let book = book::rewrite(&sheets::book(&print::resolve(form, &document)), &rewriting).unwrap();
    let (state, _) = placer::place(&book::boxes(&book).unwrap()).unwrap();
    let (path, draft) = (folder.join("昨年度.xlsx"), folder.join("昨年度.ron"));
    std::fs::write(&path, book).unwrap();
    std::fs::write(&draft, format::write(&Draft::from(state))).unwrap();
    let app = App::without_memory(&egui::Context::default());
    let mut harness = window_of(app.with_worker(Worker::at(env!("CARGO_BIN_EXE_hyoukasho"))));
    harness.state_mut().open(&draft);
    harness.run_ok();
    harness.get_by_label("表示").click();
    harness.run_ok();
    harness.get_by_label_contains("もとの文書").click();
    harness.run_ok();
    harness.event(egui::Event::Text(path.display().to_string()));
    harness.run_ok();
    harness.get_by_label("横に表示する").click();
    harness.run_ok();
    // The source follows the page and the cell.
    turn_to(&mut harness, "Ⅱ");
    harness.get_all_by_role(Role::MultilineTextInput).next().unwrap().focus();
    harness.run_ok();
    harness.get_by_label("最初の箇所から確かめる").click();
    harness.run_ok();
    harness
}

/// Steps until it is so; threads need their time.
fn wait_until(harness: &mut Harness<'static, App>, is_so: impl Fn(&Harness<'static, App>) -> bool) {
    let start = Instant::now();
    while !is_so(harness) {
        assert!(start.elapsed() < Duration::from_secs(60), "waited in vain");
        std::thread::sleep(Duration::from_millis(10));
        harness.step();
    }
    harness.run_ok();
}

#[test]
fn the_screens_look_as_before() {
    let mut results = SnapshotResults::new();
    let options = SnapshotOptions::new().threshold(THRESHOLD).max_failed_pixels(MOST_DIFFERENT_PIXELS);
    let mut picture = |harness: &mut Harness<'static, App>, name: &str| {
        results.add(harness.try_snapshot_options(name, &options));
    };
    picture(&mut window(), "start");
    let mut harness = window();
    harness.get_by_label("新しく作る…").click();
    harness.run_ok();
    picture(&mut harness, "new");
    picture(&mut on(HALF_DONE), "fill_in");
    let mut harness = on(HALF_DONE);
    press(&mut harness, Key::F10);
    picture(&mut harness, "submission");
    let mut harness = on("aomine-juminzei.ron");
    turn_to(&mut harness, "Ⅱ");
    picture(&mut harness, "form");
    choose_dark(&mut harness);
    picture(&mut harness, "form_dark");
    let mut harness = on(HALF_DONE);
    press(&mut harness, Key::F7);
    picture(&mut harness, "findings");
    let mut harness = on("aomine-juminzei.ron");
    turn_to(&mut harness, "Ⅱ");
    press(&mut harness, Key::F9);
    wait_until(&mut harness, |harness| harness.state().preview().is_some());
    picture(&mut harness, "preview");
    let folder = tempfile::tempdir().unwrap();
    let mut harness = on_this_year(folder.path());
    press(&mut harness, Key::F5);
    // The tree says how much of each page was changed.
    wait_until(&mut harness, |harness| harness.query_all_by_label_contains("変更 1").next().is_some());
    let line = harness.get_all_by_role(Role::Row).next().unwrap().rect().center();
    harness.hover_at(line);
    harness.drag_at(line);
    harness.run_ok();
    harness.drop_at(line);
    harness.run_ok();
    picture(&mut harness, "change_table");
    press(&mut harness, Key::F4);
    wait_until(&mut harness, |harness| harness.query_by_label("変更前").is_some());
    picture(&mut harness, "contrast");
    let mut harness = beside_its_source(folder.path());
    picture(&mut harness, "source");
    let mut harness = on(HALF_DONE);
    press(&mut harness, Key::F1);
    picture(&mut harness, "help");
}
