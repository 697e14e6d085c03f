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

/// What is put right in this year's draft would stand in the change table as a change of this year.
#[test]
fn what_is_to_be_put_right_is_so_before_this_year_begins() {
    let (mut harness, _folder, path) = window("昨年度.json");
    let mut json: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    json["unplaced"] = serde_json::json!([{ "source": "別紙", "text": "行き場のない文" }]);
    std::fs::write(&path, json.to_string()).unwrap();
    harness.state_mut().open(&path);
    harness.run_ok();
    assert!(
        has(&harness, "まず下書きとして開いて直す（おすすめ）") && has(&harness, "今年の変更として変更箇所に出ます")
    );
    click(&mut harness, "下書きとして開く");
    assert!(wait::comes(&mut harness, |harness| harness, |harness| harness.state().session().is_some()));
    let draft = harness.state().session().unwrap().draft().clone();
    assert!(draft.base.is_none() && draft.state.document.unplaced.len() == 1);
}

/// Who begins the year all the same is told, before and where the text is put.
#[test]
fn a_year_begun_with_left_overs_says_what_becomes_of_them() {
    let (mut harness, _folder, path) = window("昨年度.json");
    let mut json: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    json["unplaced"] = serde_json::json!([{ "source": "別紙", "text": "行き場のない文" }]);
    std::fs::write(&path, json.to_string()).unwrap();
    harness.state_mut().open(&path);
    harness.run_ok();
    click(&mut harness, "前年度に公表した評価書として、今年の見直しを始める");
    click(&mut harness, "見直しへ進む");
    assert!(wait::comes(&mut harness, |harness| harness, |harness| has(harness, "始めるとこうなります")));
    assert!(has(&harness, "先に前年度の評価書の下書きで直してください"));
    click(&mut harness, "見直しを始める");
    assert!(wait::comes(&mut harness, |harness| harness, |harness| harness.state().session().is_some()));
    click(&mut harness, "置けなかった文章　1件");
    assert!(has(&harness, "ここで入れると今年の変更として変更箇所に出ます"));
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
