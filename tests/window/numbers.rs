//! One truth: 直す, 確かめる and 未記入 are the same numbers in every place of the window that shows them.

use std::path::Path;

use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use hyoukasho::checks;
use hyoukasho::draft::{Draft, Edit, Stage, format};
use hyoukasho::form::{RuleSet, shipped};
use hyoukasho::session::{Counts, listed};
use hyoukasho::ui::App;

use crate::harness;

fn sample(name: &str) -> Draft {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
    format::read(&std::fs::read(path).unwrap()).unwrap().draft
}

/// A window on that draft, and the file it is in.
fn window(draft: &Draft) -> (Harness<'static, App>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("評価書.ron");
    std::fs::write(&path, format::write(draft)).unwrap();
    let mut harness = harness::shown(App::without_memory(&egui::Context::default()), [1366.0, 768.0]);
    harness.state_mut().open(&path);
    harness.run_ok();
    (harness, folder)
}

fn counts(harness: &Harness<'_, App>) -> Counts {
    Counts::of(harness.state().session().unwrap().findings())
}

fn n_with(harness: &Harness<'_, App>, words: &str) -> usize {
    harness.query_all_by_label_contains(words).count()
}

fn drafts() -> Vec<Draft> {
    let begun = sample("aomine-kaigo-draft.ron");
    let blank = |form: &str| {
        let form = shipped::newest_with_mark(form).unwrap();
        Draft::from(hyoukasho::draft::Document {
            form: form.id.clone(),
            edition: form.revision.clone(),
            ..hyoukasho::draft::Document::default()
        })
    };
    let mut wrong = begun.clone();
    let answer = Some(hyoukasho::draft::Answer::Text("きのう".to_owned()));
    wrong.apply(Edit::Answer { at: hyoukasho::form::FieldPath::document("cover.published_on"), answer }).unwrap();
    vec![begun, wrong, blank("youshiki2"), blank("youshiki3")]
}

#[test]
fn the_three_numbers_are_equal_in_every_place() {
    for draft in drafts() {
        let (mut harness, _folder) = window(&draft);
        let numbers = counts(&harness);
        let words = numbers.words();
        assert!(numbers.total() > 0);
        assert_eq!(n_with(&harness, &words), 1, "the button: {words}");
        harness.key_press(Key::F7);
        harness.run_ok();
        assert_eq!(n_with(&harness, &words), 2, "the panel: {words}");
        for (name, n) in
            [("直す", numbers.to_mend()), ("確かめる", numbers.to_confirm()), ("未記入", numbers.unwritten())]
        {
            assert_eq!(n_with(&harness, &format!("{name}　{n}件")), usize::from(n > 0), "the list: {name}");
        }
        harness.key_press(Key::F10);
        harness.run_ok();
        assert_eq!(n_with(&harness, &words), 2, "the inspection: {words}");
    }
}

#[test]
fn the_outline_and_the_first_screen_count_what_the_list_shows() {
    for draft in drafts() {
        let (harness, _folder) = window(&draft);
        let session = harness.state().session().unwrap();
        let form = session.form();
        let mut of_pages = Counts::default();
        let n_files = session.document().files.len();
        for section in &form.sections {
            let files: Vec<Option<usize>> =
                if section.per_file { (0..n_files).map(Some).collect() } else { vec![None] };
            for file in files {
                let counts = session.counts(&section.id, file);
                of_pages.errors += counts.errors;
                of_pages.warnings += counts.warnings;
                of_pages.missing += counts.missing;
                of_pages.hints += counts.hints;
            }
        }
        assert_eq!(of_pages, counts(&harness));
        let context = checks::Context { today: hyoukasho::clock::today() };
        let seen = listed(form, RuleSet::shipped().unwrap(), session.draft(), context);
        assert_eq!(seen, session.findings());
    }
}

#[test]
fn the_stage_changes_no_number_but_what_is_wrong_at_the_end() {
    for draft in drafts() {
        let (harness, _folder) = window(&draft);
        let before = counts(&harness);
        let session = harness.state().session().unwrap();
        let mut at_the_end = session.draft().clone();
        at_the_end.state.stage = Stage::Final;
        let context = checks::Context { today: hyoukasho::clock::today() };
        let after = Counts::of(&listed(session.form(), RuleSet::shipped().unwrap(), &at_the_end, context));
        let needed = |counts: Counts| counts.total() - counts.hints;
        assert_eq!(needed(before), needed(after), "{before:?} {after:?}");
        assert!(before.to_mend() <= after.to_mend());
    }
}
