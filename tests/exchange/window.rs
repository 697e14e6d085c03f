//! The window and a PDF that keeps its reader busy: the window goes on, and 「やめる」 ends the work.

use std::path::Path;
use std::time::Duration;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use hyoukasho::exchange::worker::Worker;
use hyoukasho::ui::App;

use crate::harness;
use crate::hostile;
use crate::processes::{PROGRAM, alone, is_alive, wait_until, workers_of};

/// A window that waits for nothing, with that file being opened.
fn opening(path: &Path) -> Harness<'static, App> {
    let app = App::without_memory(&egui::Context::default()).with_worker(Worker::at(PROGRAM));
    let app = app.with_patience(Some(Duration::from_millis(5)));
    let mut harness = harness::shown(app, [1366.0, 768.0]);
    harness.state_mut().open(path);
    harness.run_steps(4);
    harness
}

fn has(harness: &Harness<'_, App>, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

#[test]
fn opening_a_hostile_pdf_can_be_given_up() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("評価書.pdf");
    std::fs::write(&path, hostile::slow()).unwrap();
    let mut harness = opening(&path);
    assert!(has(&harness, "「評価書.pdf」を開いています") && has(&harness, "ファイルの中身を調べています"));
    let worker = || workers_of(std::process::id()).into_iter().next();
    if cfg!(target_os = "linux") {
        assert!(wait_until(|| worker().is_some()));
    }
    let worker = worker();
    harness.get_by_label("やめる").click();
    harness.run_ok();
    assert!(!has(&harness, "を開いています") && harness.state().session().is_none());
    assert!(wait_until(|| !worker.is_some_and(is_alive)), "the work goes on");
}

#[test]
fn a_hostile_pdf_is_refused_in_words() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("評価書.pdf");
    std::fs::write(&path, hostile::greedy()).unwrap();
    let mut harness = opening(&path);
    // Too much memory; on a busy computer the time is over before.
    let told = "評価書.pdf を開けません。中身を読むのに";
    let is_refused = || {
        harness.step();
        has(&harness, told)
    };
    assert!(wait_until(is_refused));
    assert!(harness.state().session().is_none());
}
