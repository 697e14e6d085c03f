//! A draft moves to another edition of its form in the window, and back with undo; what the edition has no place for
//! is shown, never lost.

use crate::opened::opened;

use std::path::Path;

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use hyoukasho::draft::{Answer, Draft, format};
use hyoukasho::form::shipped;
use hyoukasho::renewal::{self, Course, Last};
use hyoukasho::ui::App;

struct Window {
    harness: Harness<'static, App>,
    _folder: tempfile::TempDir,
}

impl Window {
    fn on(draft: &Draft) -> Self {
        let (harness, folder) = opened(draft, [1366.0, 768.0]);
        Self { harness, _folder: folder }
    }

    fn click_beginning(&mut self, words: &str) {
        let words = words.to_owned();
        let found = self.harness.get_all_by(move |node| node.label().is_some_and(|label| label.starts_with(&words)));
        found.into_iter().next().unwrap().click_accesskit();
        self.harness.run_ok();
    }

    fn has(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    fn draft(&self) -> Draft {
        self.harness.state().session().unwrap().draft().clone()
    }

    fn revision_of_form(&self) -> &'static str {
        &self.harness.state().session().unwrap().form().revision
    }
}

fn sample() -> Draft {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.ron");
    format::read(&std::fs::read(sample).unwrap()).unwrap().draft
}

/// This year's draft of the sample in the edition of last year.
fn this_year() -> Draft {
    let last = sample();
    let form = shipped::find(&last.state.document.form, &last.state.document.edition).unwrap();
    renewal::start(Last { state: &last.state, form, published_on: None }, form, Course::Reassessment, None).draft
}

#[test]
fn a_draft_moves_to_another_edition_with_its_rows_and_back() {
    let draft = this_year();
    let mut window = Window::on(&draft);
    window.click_beginning("ファイル");
    window.click_beginning("様式の版を移す");
    window.click_beginning("令和7年の版");
    assert!(window.has("4情報"), "the receipt says what differs");
    window.click_beginning("この版に移す");
    let moved = window.draft();
    assert_eq!((&*moved.state.document.edition, window.revision_of_form()), ("r7", "r7"));
    assert_eq!(
        (&moved.state.document.common, &moved.state.document.files),
        (&draft.state.document.common, &draft.state.document.files)
    );
    let rows = &moved.state.document.rows[draft.state.document.rows.len()..];
    assert_eq!(rows.len(), draft.state.document.files.len(), "one row for each file");
    assert!(rows.iter().all(|row| row.before.contains("4情報") && row.after.contains("5情報")));
    assert!(rows.iter().all(|row| row.timing == "事後" && !row.reason.is_empty()));

    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.harness.run_ok();
    assert_eq!((window.draft(), window.revision_of_form()), (draft, "r6-10"));
}

#[test]
fn what_moved_since_the_last_publication_can_be_read_later() {
    let last = sample();
    let form = shipped::find(&last.state.document.form, &last.state.document.edition).unwrap();
    let to = shipped::find("youshiki3", "r7").unwrap();
    let mut window = Window::on(
        &renewal::start(Last { state: &last.state, form, published_on: None }, to, Course::Reassessment, None).draft,
    );
    window.click_beginning("ファイル");
    window.click_beginning("様式の版を移す");
    window.click_beginning("前回の公表から今の版へ");
    assert!(window.has("5情報"));
}

#[test]
fn what_the_edition_has_no_place_for_is_shown_and_can_be_taken_out() {
    let mut draft = sample();
    // An item of 様式4, which 様式3 does not have.
    let text = "旧様式に書いていた記載".to_owned();
    draft.state.document.common_mut().answers.insert("basic.former".to_owned(), Answer::Text(text.clone()));
    let mut window = Window::on(&draft);
    window.click_beginning("旧様式の欄　1件");
    assert!(window.has(&text));
    window.click_beginning("削除");
    assert!(!window.draft().state.document.common.answers.contains_key("basic.former"));
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.harness.run_ok();
    assert_eq!(window.draft(), draft);
}

#[test]
fn a_document_of_another_form_is_a_new_draft_beside_the_old_one() {
    let draft = sample();
    let mut window = Window::on(&draft);
    let folder = window._folder.path().to_owned();
    window.click_beginning("ファイル");
    window.click_beginning("別の様式の評価書にする");
    assert!(window.has("選択肢の文言が変わる項目"), "the receipt says what differs");
    window.click_beginning("新しい下書きを作る");
    let made = folder.join("評価書_全項目評価書.ron");
    while !made.exists() {
        window.harness.run_ok();
    }
    assert_eq!(window.draft().state.document.form, "youshiki4");
    let before = format::read(&std::fs::read(folder.join("評価書.ron")).unwrap()).unwrap().draft;
    assert_eq!(before, draft);
}

/// What the two forms share is taken over, and said; all of 様式３ and 様式４ goes to the other (above).
#[test]
fn a_basic_document_is_made_of_a_larger_one_and_back() {
    let draft = sample();
    let mut window = Window::on(&draft);
    let folder = window._folder.path().to_owned();
    window.click_beginning("ファイル");
    window.click_beginning("別の様式の評価書にする");
    window.click_beginning("基礎項目評価書　[令和６年10月　様式２]");
    assert!(window.has("引き継いだ共通の記載") && window.has("Ⅰ1 ①事務の名称"));
    window.click_beginning("新しい下書きを作る");
    let made = folder.join("評価書_基礎項目評価書.ron");
    while !made.exists() {
        window.harness.run_ok();
    }
    let basic = window.draft();
    assert_eq!(basic.state.document.form, "youshiki2");
    let unit = |draft: &Draft, item: &str| draft.state.document.common.answers[item].clone();
    assert_eq!(unit(&basic, "related.department.unit"), unit(&draft, "basic.department.unit"));
    assert!(basic.id != draft.id, "it is another document");
    let mut window = Window::on(&basic);
    let second = window._folder.path().to_owned();
    window.click_beginning("ファイル");
    window.click_beginning("別の様式の評価書にする");
    for form in ["重点項目評価書", "全項目評価書"] {
        assert!(window.has(&format!("{form}　[令和６年10月")), "{form}");
    }
    window.click_beginning("全項目評価書　[令和６年10月");
    window.click_beginning("新しい下書きを作る");
    let full = second.join("評価書_全項目評価書.ron");
    while !full.exists() {
        window.harness.run_ok();
    }
    let full = window.draft();
    assert_eq!(full.state.document.form, "youshiki4");
    assert_eq!(unit(&full, "basic.department.unit"), unit(&draft, "basic.department.unit"));
    let before = format::read(&std::fs::read(folder.join("評価書.ron")).unwrap()).unwrap().draft;
    assert_eq!(before, draft);
}
