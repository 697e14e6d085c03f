//! A document of another program in the window: opened or dropped, looked at, and made this year's draft or a draft as
//! it is.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use hyoukasho::draft::format;
use hyoukasho::ui::App;

use crate::figures::Dropped;
use crate::harness;
use crate::wait;

const DOCUMENT: &str = "samples/aomine-juminzei.json";

/// A window, and a folder with the document under that name.
fn window(name: &str) -> (Harness<'static, App>, tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(DOCUMENT), &path).unwrap();
    (harness::shown(App::without_memory(&egui::Context::default()), [1366.0, 768.0]), folder, path)
}

fn has(harness: &Harness<'_, App>, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

fn click(harness: &mut Harness<'_, App>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_ok();
}

#[test]
fn last_years_json_becomes_this_years_draft() {
    let (mut harness, folder, path) = window("昨年度.json");
    let before = std::fs::read(&path).unwrap();
    harness.state_mut().open(&path);
    harness.run_ok();
    assert!(has(&harness, "「昨年度.json」を取り込みました") && has(&harness, "特定個人情報ファイル"));
    assert!(harness.state().session().is_none(), "nothing is opened before its user has said so");
    click(&mut harness, "見直しへ進む");
    assert!(has(&harness, "始めるとこうなります"));
    click(&mut harness, "見直しを始める");
    let draft = harness.state().session().unwrap().draft().clone();
    let base = draft.base.unwrap();
    assert!(!base.published_on.is_empty());
    assert_eq!(base.state.document.files.len(), draft.state.document.files.len());
    let made = harness.state().path().unwrap().to_owned();
    assert_eq!(made.parent(), Some(folder.path()));
    assert!(made.file_name().unwrap().to_string_lossy().starts_with("昨年度_見直し"));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn it_opens_as_a_draft_where_that_is_wanted_and_replaces_nothing() {
    let (mut harness, folder, path) = window("評価書.json");
    let other = folder.path().join("評価書.ron");
    std::fs::write(&other, "別のもの").unwrap();
    harness.state_mut().open(&path);
    harness.run_ok();
    click(&mut harness, "このまま下書きとして開く");
    click(&mut harness, "下書きとして開く");
    assert!(has(&harness, "はもうあります。上書きしません"));
    click(&mut harness, "下書きとして開く");
    assert!(has(&harness, "取り込んだ評価書を開きました"));
    let made = harness.state().path().unwrap().to_owned();
    assert_ne!(made, other);
    assert_eq!(std::fs::read_to_string(&other).unwrap(), "別のもの");
    click(&mut harness, "閉じる");
    let wanted = harness.state().session().unwrap().draft().clone();
    let is_saved = || {
        std::fs::read(&made)
            .ok()
            .and_then(|bytes| format::read(&bytes).ok())
            .is_some_and(|opened| opened.draft == wanted)
    };
    assert!(wait::comes(&mut harness, |harness| harness, |_| is_saved()), "waited in vain");
}

#[test]
fn whatever_else_stands_in_a_json_is_refused_in_words() {
    let (mut harness, folder, _) = window("評価書.json");
    for (name, content) in
        [("空.json", "{}"), ("別物.json", "{\"name\": \"a\"}"), ("切れた.json", "{\"form\": \"youshiki3\", ")]
    {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        harness.state_mut().open(&path);
        harness.run_ok();
        assert!(has(&harness, &format!("{name} を取り込めません")), "{name}");
        assert!(harness.state().session().is_none());
    }
}

#[test]
fn a_file_dropped_on_the_window_is_opened() {
    let (mut harness, _folder, path) = window("評価書.json");
    harness.input_mut().dropped_files.push(Arc::new(Dropped(path)));
    harness.run_ok();
    assert!(has(&harness, "「評価書.json」を取り込みました"));
    click(&mut harness, "やめる");
    assert!(!has(&harness, "取り込みました"));
}
