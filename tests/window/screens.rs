//! The screens by the words on them, without a display: a draft is made, filled in, undone; Japanese input; entries;
//! the walk through the findings.

use crate::harness;
use crate::wait;

use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hyoukasho::draft::{Answer, Draft};
use hyoukasho::ui::App;

struct Window {
    harness: Harness<'static, App>,
    folder: tempfile::TempDir,
}

/// Undo, redo and the findings are asked for by the keys people use.
const UNDO: (Modifiers, Key) = (Modifiers::COMMAND, Key::Z);
const REDO: (Modifiers, Key) = (Modifiers::COMMAND, Key::Y);

impl Window {
    /// A new draft, made the way people make it.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let context = egui::Context::default();
        let app = App::without_memory(&context);
        let harness = harness::shown(app, [1366.0, 768.0]);
        let mut window = Self { harness, folder };
        let path = window.folder.path().join("評価書.ron").display().to_string();
        // A new document has steps of its own, behind its tile.
        window.harness.get_by_label("新しく作る…").click();
        window.run();
        for _ in 0..3 {
            window.harness.get_by_label("次へ").click();
            window.run();
        }
        let input =
            window.harness.get_by_role_and_label(Role::TextInput, "保存先を確かめる（以後、自動で保存されます）");
        input.focus();
        window.run();
        window.keys(Modifiers::COMMAND, Key::A);
        window.harness.event(Event::Text(path));
        window.run();
        window.harness.get_by_label("作って書き始める").click();
        window.run();
        assert!(window.harness.state().session().is_some());
        window
    }

    fn run(&mut self) {
        self.harness.run_ok();
    }

    fn keys(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.run();
    }

    fn focus(&mut self, label: &str) {
        self.harness.get_by_role_and_label(Role::MultilineTextInput, label).focus();
        self.run();
    }

    fn type_text(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.run();
    }

    fn compose(&mut self, text: &str) {
        let end = text.chars().count();
        self.harness.event(Event::Ime(ImeEvent::Preedit { text: text.to_owned(), active_range_chars: Some(end..end) }));
        self.run();
    }

    fn commit(&mut self, text: &str) {
        self.harness.event(Event::Ime(ImeEvent::Preedit { text: String::new(), active_range_chars: None }));
        self.harness.event(Event::Ime(ImeEvent::Commit(text.to_owned())));
        self.run();
    }

    fn place_of_candidates(&self) -> egui::Rect {
        self.harness.output().platform_output.ime.as_ref().expect("a cell has the focus").cursor_rect
    }

    fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.run();
    }

    fn draft(&self) -> &Draft {
        self.harness.state().session().unwrap().draft()
    }

    fn text(&self, item: &str) -> &str {
        self.draft().state.document.common.answers.get(item).and_then(Answer::as_text).unwrap_or_default()
    }

    fn version(&self) -> u64 {
        self.harness.state().session().unwrap().version()
    }

    fn n_findings(&self, item: &str) -> usize {
        let findings = self.harness.state().session().unwrap().findings();
        findings.iter().filter(|finding| finding.path.item == item).count()
    }

    /// Turns to the page whose title begins so.
    fn turn_to(&mut self, title: &str) {
        let title = title.to_owned();
        self.harness.get_all_by(|node| is_page(node, &title)).next().unwrap().click();
        self.run();
    }
}

fn is_page(node: &egui_kittest::kittest::AccessKitNode<'_>, title: &str) -> bool {
    node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with(title))
}

#[test]
fn a_text_is_filled_in_and_its_finding_goes() {
    let mut window = Window::new();
    assert_eq!(window.n_findings("cover.number"), 1);
    window.focus("評価書番号");
    window.type_text("12");
    assert_eq!(window.text("cover.number"), "12");
    assert_eq!(window.n_findings("cover.number"), 0);
    window.keys(UNDO.0, UNDO.1);
    assert_eq!(window.text("cover.number"), "");
    assert_eq!(window.n_findings("cover.number"), 1);
    window.keys(REDO.0, REDO.1);
    assert_eq!(window.text("cover.number"), "12");
}

#[test]
fn an_option_is_chosen_and_taken_back() {
    let mut window = Window::new();
    window.turn_to("Ⅰ");
    window.click("2) 1,000人以上1万人未満");
    assert_eq!(window.draft().state.document.common.answers["basic.affairs.headcount"], Answer::Choice(Some(2)));
    window.keys(UNDO.0, UNDO.1);
    assert_eq!(window.draft().state.document.common.answers.get("basic.affairs.headcount"), None);
}

#[test]
fn composing_is_no_edit_and_a_commit_is_one() {
    let mut window = Window::new();
    window.focus("特記事項");
    let before = window.version();
    for composed in ["ｎ", "に", "にほん", "日本"] {
        window.compose(composed);
        assert_eq!(window.version(), before, "{composed}");
        assert_eq!(window.text("cover.notes"), "");
    }
    window.commit("日本");
    assert_eq!((window.version(), window.text("cover.notes")), (before + 1, "日本"));
    window.keys(UNDO.0, UNDO.1);
    assert_eq!(window.text("cover.notes"), "");
}

#[test]
fn the_candidates_stay_where_the_composition_began_until_it_runs_on_to_another_line() {
    let mut window = Window::new();
    window.focus("特記事項");
    window.type_text("税");
    let begun = window.place_of_candidates();
    for composed in ["ｎ", "に", "にほん"] {
        window.compose(composed);
        assert_eq!(window.place_of_candidates(), begun, "{composed}");
    }
    window.compose(&"にほん".repeat(40));
    assert!(window.place_of_candidates().top() > begun.top(), "on the line that is written");
    window.commit("日本");
    assert!(window.place_of_candidates().left() > begun.left(), "behind what was committed");
    assert_eq!(window.place_of_candidates().top(), begun.top());
}

#[test]
fn the_enter_that_commits_is_no_line_break_and_the_next_one_is() {
    let mut window = Window::new();
    window.focus("特記事項");
    window.compose("にほん");
    // All in one frame, as an input method sends it that does not keep the key to itself.
    let enter =
        Event::Key { key: Key::Enter, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
    let end = Event::Ime(ImeEvent::Preedit { text: String::new(), active_range_chars: None });
    let commit = Event::Ime(ImeEvent::Commit("日本".to_owned()));
    window.harness.input_mut().events.extend([end, commit, enter]);
    window.run();
    assert_eq!(window.text("cover.notes"), "日本");
    window.keys(Modifiers::NONE, Key::Enter);
    assert_eq!(window.text("cover.notes"), "日本\n");
}

#[test]
fn text_being_composed_stays_where_it_was_when_the_focus_moves() {
    let mut window = Window::new();
    window.focus("特記事項");
    window.compose("みかん");
    window.focus("評価書番号");
    assert_eq!(window.text("cover.notes"), "みかん");
    // Some input methods commit it once more: it must not land in the other field.
    window.commit("みかん");
    assert_eq!((window.text("cover.notes"), window.text("cover.number")), ("みかん", ""));
    window.compose("１");
    window.commit("1");
    assert_eq!(window.text("cover.number"), "1");
}

#[test]
fn text_being_composed_stays_when_the_page_is_turned() {
    let mut window = Window::new();
    window.focus("特記事項");
    window.type_text("前");
    window.compose("みかん");
    window.turn_to("Ⅰ");
    assert_eq!(window.text("cover.notes"), "前みかん");
}

#[test]
fn keys_are_no_commands_while_text_is_composed() {
    let mut window = Window::new();
    window.focus("特記事項");
    window.type_text("前");
    window.compose("みかん");
    window.keys(UNDO.0, UNDO.1);
    assert_eq!(window.text("cover.notes"), "前");
}

#[test]
fn entries_are_added_removed_and_brought_back() {
    let mut window = Window::new();
    window.turn_to("Ⅰ");
    window.click("＋ システムを追加");
    window.focus("①システムの名称");
    window.type_text("税務システム");
    // What can be done with an entry stands behind a sign of its own.
    window.harness.get_by_role_and_label(Role::Group, "システム1").get_by_label("操作").click();
    window.run();
    window.click("複製");
    let entries = |window: &Window| {
        let entries = window.draft().state.document.common.answers.get("basic.systems").and_then(Answer::as_entries);
        entries.map_or(0, <[_]>::len)
    };
    assert_eq!(entries(&window), 2);
    let second = window.harness.get_by_role_and_label(Role::Group, "システム2");
    second.get_by_label("操作").scroll_to_me();
    window.run();
    let second = window.harness.get_by_role_and_label(Role::Group, "システム2");
    second.get_by_label("操作").click();
    window.run();
    window.click("削除");
    assert_eq!(entries(&window), 1);
    window.keys(UNDO.0, UNDO.1);
    assert_eq!(entries(&window), 2);
    window.keys(UNDO.0, UNDO.1);
    assert_eq!(entries(&window), 1);
}

#[test]
fn nothing_is_called_needless_before_its_question_is_answered() {
    let mut window = Window::new();
    window.turn_to("Ⅱ");
    let says = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.value().is_some_and(|value| value.starts_with("移転先") && value.ends_with("（記載不要）"))
    };
    assert_eq!(window.harness.query_all_by(says).count(), 0);
    window.harness.get_by_label("行っていない").click_accesskit();
    window.run();
    assert_eq!(window.harness.query_all_by(says).count(), 1);
}

#[test]
fn f8_leads_to_the_cell_of_the_next_finding() {
    let mut window = Window::new();
    // The first cell has the focus.
    window.keys(Modifiers::NONE, Key::F8);
    window.type_text("市民税の評価書");
    assert_eq!(window.text("cover.name"), "市民税の評価書");
    window.keys(Modifiers::SHIFT, Key::F8);
    window.type_text("7");
    assert_eq!(window.text("cover.number"), "7");
    window.keys(Modifiers::NONE, Key::F8);
    let focused = window.harness.root().get_by(|node| node.is_focused());
    assert!(focused.accesskit_node().label().is_some());
}

#[test]
fn the_change_table_takes_rows() {
    let mut window = Window::new();
    window.turn_to("（別添２）");
    window.click("＋ 変更箇所を追加");
    window.focus("変更前の記載");
    window.type_text("旧");
    window.click("事前");
    let row = &window.draft().state.document.rows[0];
    assert_eq!((row.before.as_str(), row.timing.as_str()), ("旧", "事前"));
}

#[test]
fn a_draft_is_on_the_disk_two_seconds_after_a_change() {
    let mut window = Window::new();
    window.focus("評価書番号");
    window.type_text("42");
    for _ in 0..40 {
        window.harness.step();
    }
    let path = window.harness.state().path().unwrap().to_owned();
    let is_saved = |window: &mut Window| !window.harness.state().session().unwrap().is_dirty();
    assert!(wait::comes(&mut window, |window| &mut window.harness, is_saved), "it is not saved");
    #[allow(clippy::disallowed_methods)]
    let bytes = std::fs::read(path).unwrap();
    let saved = hyoukasho::draft::format::read(&bytes).unwrap().draft;
    assert_eq!(&saved, window.draft());
}

#[test]
fn every_page_of_a_full_document_can_be_shown() {
    let mut window = Window::new();
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.ron");
    window.harness.state_mut().open(&sample);
    window.run();
    for title in ["Ⅰ", "Ⅱ", "（別添１）", "Ⅲ", "Ⅳ", "Ⅴ", "（別添２）", "表紙"] {
        window.turn_to(title);
        let unfilled =
            |node: &egui_kittest::kittest::AccessKitNode<'_>| node.label().is_some_and(|label| label.contains("{n}"));
        assert_eq!(window.harness.query_all_by(unfilled).count(), 0, "{title}");
    }
}

/// Not a promise but a measurement: run with `--release -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
#[allow(clippy::disallowed_methods, clippy::print_stderr)]
fn how_long_a_frame_takes() {
    let mut window = Window::new();
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.ron");
    let copy = window.folder.path().join("記入例.ron");
    std::fs::copy(sample, &copy).unwrap();
    window.harness.state_mut().open(&copy);
    window.run();
    let time = |window: &mut Window, what: &str, typing: bool| {
        let mut millis = Vec::new();
        for _ in 0..60 {
            if typing {
                window.harness.input_mut().events.push(Event::Text("あ".to_owned()));
            }
            let start = std::time::Instant::now();
            window.harness.step();
            millis.push(start.elapsed().as_secs_f64() * 1000.0);
        }
        millis.sort_by(f64::total_cmp);
        eprintln!("{what}: p50 {:.1} ms, p95 {:.1} ms, max {:.1} ms", millis[30], millis[57], millis[59]);
    };
    time(&mut window, "cover, idle", false);
    window.focus("特記事項");
    time(&mut window, "cover, typing (with all checks)", true);
    window.harness.input_mut().events.push(Event::Text("漢字仮名交じりの長い文章。\n".repeat(1430)));
    window.harness.step();
    time(&mut window, "cover, typing into 20,000 characters (with all checks)", true);
    window.turn_to("Ⅱ");
    time(&mut window, "Ⅱ, idle", false);
    window.turn_to("Ⅲ");
    time(&mut window, "Ⅲ, idle", false);
    window.turn_to("（別添２）");
    time(&mut window, "change table, idle", false);
}
