//! A window with a draft opened in it, in a folder of its own.

use egui_kittest::Harness;
use hyoukasho::draft::{Draft, format};
use hyoukasho::ui::App;

use crate::harness::{self, Look};

/// Opens the draft as the one document of a folder, which is gone when it is let go.
pub fn opened(draft: &Draft, look: impl Into<Look>) -> (Harness<'static, App>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = format::named_for(draft, folder.path().join("評価書.ron"));
    std::fs::write(&path, format::file(draft)).unwrap();
    let mut harness = harness::shown(App::without_memory(&egui::Context::default()), look);
    harness.state_mut().open(&path);
    harness.run_ok();
    (harness, folder)
}
