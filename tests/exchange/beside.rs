//! The document a draft was taken over from, beside the form; and what is pasted on its way to a draft.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, TouchPhase};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hyoukasho::draft::{Document, Draft, State, format};
use hyoukasho::exchange::sheets;
use hyoukasho::exchange::worker::Worker;
use hyoukasho::form::{FieldPath, shipped};
use hyoukasho::print;
use hyoukasho::print::fonts::Fonts;
use hyoukasho::print::layout::{Options, layout};
use hyoukasho::print::pdf;
use hyoukasho::ui::App;

use crate::harness;
use crate::hostile;
use crate::processes::{PROGRAM, alone, wait_until};
use crate::traces::{book_of, document_of, source_of};

const SAMPLE: &str = "aomine-juminzei.ron";
const NOTE: &str = "庁舎の移転に合わせて来年見直す予定の覚え書き";

fn window() -> Harness<'static, App> {
    let app = App::without_memory(&egui::Context::default()).with_worker(Worker::at(PROGRAM));
    harness::shown(app, [1366.0, 768.0])
}

fn has(harness: &Harness<'_, App>, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

fn click(harness: &mut Harness<'_, App>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_ok();
}

/// The texts of the source that are on the screen, where they stand.
fn source_texts(harness: &Harness<'_, App>) -> Vec<(String, Pos2)> {
    let cells = harness.query_all_by(|node| node.role() == Role::Cell && node.label().is_some());
    let told = |node: egui_kittest::Node<'_>| (node.accesskit_node().label().unwrap_or_default(), node.rect().center());
    cells.map(told).collect()
}

/// Where a text of the source stands.
fn source_text(harness: &Harness<'_, App>, begins: &str) -> Pos2 {
    let all = source_texts(harness);
    let is_it = |text: &str| text.trim() == begins.trim();
    let found = all.iter().find(|(text, _)| is_it(text));
    let found = found.or_else(|| all.iter().find(|(text, _)| text.trim().starts_with(begins)));
    found.unwrap_or_else(|| panic!("no {begins} in {all:?}")).1
}

fn click_at(harness: &mut Harness<'_, App>, at: Pos2) {
    harness.hover_at(at);
    harness.step();
    for pressed in [true, false] {
        let button =
            Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE };
        harness.event(button);
        harness.step();
    }
    harness.run_ok();
}

fn drag(harness: &mut Harness<'_, App>, from: Pos2, to: Pos2) {
    harness.hover_at(from);
    harness.step();
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    harness.event(button(from, true));
    harness.step();
    for part in [0.1, 0.5, 0.9, 1.0] {
        harness.event(Event::PointerMoved(from + (to - from) * part));
        harness.step();
    }
    harness.event(button(to, false));
    harness.run_ok();
}

/// Takes over that file as a draft, in its folder.
fn take_over(harness: &mut Harness<'_, App>, path: &Path) {
    harness.state_mut().open(path);
    harness.run_ok();
    begin(harness);
}

/// Makes what was taken over a draft; where something is to be put right, that is what is proposed.
fn begin(harness: &mut Harness<'_, App>) {
    const AS_IT_IS: &str = "このまま下書きとして開く";
    assert!(has(harness, "を取り込みました"));
    if has(harness, AS_IT_IS) {
        click(harness, AS_IT_IS);
    }
    click(harness, "下書きとして開く");
    click(harness, "閉じる");
}

/// Writes a path into the field of that label.
fn type_path(harness: &mut Harness<'_, App>, label: &str, path: &Path) {
    let is_it = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.role() == Role::TextInput && node.label().is_some_and(|name| name.starts_with(label))
    };
    let at = harness.get_by(is_it).rect().center();
    click_at(harness, at);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run_ok();
    harness.event(Event::Text(path.display().to_string()));
    harness.run_ok();
}

/// Carries out a command of the menu 表示.
fn command(harness: &mut Harness<'_, App>, name: &str) {
    click(harness, "表示");
    // The tab of that name is on or off.
    let is_row = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.role() == Role::Button
            && node.toggled().is_none()
            && node.label().is_some_and(|label| label.starts_with(name))
    };
    let row = harness.get_by(is_row).rect().center();
    click_at(harness, row);
}

fn document<'h>(harness: &'h Harness<'_, App>) -> &'h Document {
    harness.state().session().unwrap().document()
}

fn text_at(harness: &Harness<'_, App>, item: &str) -> String {
    let answer = document(harness).common.answers.get(item);
    answer.and_then(|answer| answer.as_text()).unwrap_or_default().to_owned()
}

/// The sample as a table that was copied, with a note that no item claims.
fn copied() -> String {
    let mut rows: BTreeMap<(usize, u32), Vec<String>> = BTreeMap::new();
    for one in source_of(SAMPLE).boxes {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let row = rows.entry((one.sheet, one.area.top as u32)).or_default();
        row.push(format!("\"{}\"", one.text.replace('"', "\"\"")));
    }
    let rows: Vec<String> = rows.values().map(|cells| cells.join("\t")).collect();
    format!("{NOTE}\t\t\n{}\n", rows.join("\n"))
}

fn written(folder: &tempfile::TempDir, name: &str, content: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    path
}

#[test]
fn a_click_on_the_source_leads_to_the_item_and_the_item_is_marked_there() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let path = written(&folder, "昨年度.xlsx", &book_of(SAMPLE));
    let mut harness = window();
    take_over(&mut harness, &path);
    assert!(has(&harness, "昨年度.xlsx") && has(&harness, "確かめるところ"));
    let name = text_at(&harness, "cover.name");
    let at = source_text(&harness, &name);
    click_at(&mut harness, at);
    assert_eq!(harness.state().current().unwrap().item, "cover.name");
    // And the other way round: the sheet of an item comes into view with it.
    click(&mut harness, "次のシート");
    click(&mut harness, "次のシート");
    let affairs = text_at(&harness, "basic.affairs.name");
    let at = source_text(&harness, &affairs);
    click_at(&mut harness, at);
    assert_eq!(harness.state().current(), Some(&FieldPath::document("basic.affairs.name")));
    click(&mut harness, "前のシート");
    assert!(source_texts(&harness).iter().all(|(text, _)| *text != affairs));
    let content = text_at(&harness, "basic.affairs.content");
    let cell = harness
        .get_by(|node| node.role() == Role::MultilineTextInput && node.value().as_deref() == Some(content.as_str()))
        .rect();
    click_at(&mut harness, cell.left_top() + egui::vec2(20.0, 12.0));
    assert_eq!(harness.state().current().unwrap().item, "basic.affairs.content");
    assert!(source_texts(&harness).iter().any(|(text, _)| *text == affairs), "the sheet follows");
    let page = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with("Ⅲ"))
    };
    harness.get_all_by(page).next().unwrap().click_accesskit();
    harness.run_ok();
    assert!(
        source_texts(&harness).iter().any(|(text, _)| text.starts_with("Ⅲ")),
        "a page that is turned to is followed"
    );
}

/// A file that takes long to be read, or cannot be, holds up nothing: the window asks again.
#[test]
fn the_reading_of_a_source_can_be_given_up_and_what_was_entered_stays() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let slow = written(&folder, "共有.pdf", &hostile::slow());
    let app = App::without_memory(&egui::Context::default()).with_worker(Worker::at(PROGRAM));
    let app = app.with_patience(Some(Duration::from_millis(5)));
    let mut harness = harness::shown(app, [1366.0, 768.0]);
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(SAMPLE);
    let draft = folder.path().join("今年.ron");
    std::fs::copy(sample, &draft).unwrap();
    harness.state_mut().open(&draft);
    let until = |harness: &mut Harness<'_, App>, words: &str| {
        assert!(wait_until(|| {
            harness.step();
            has(harness, words)
        }));
    };
    until(&mut harness, "表紙");
    command(&mut harness, "もとの文書");
    type_path(&mut harness, "もとの文書", &slow);
    harness.get_by_label("横に表示する").click();
    until(&mut harness, "「共有.pdf」を読んでいます");
    harness.get_by_label("やめる").click();
    harness.run_ok();
    assert!(!has(&harness, "を読んでいます"));
    let field =
        harness.get_by(|node| node.role() == Role::TextInput && node.value().is_some_and(|text| !text.is_empty()));
    assert_eq!(field.accesskit_node().value().as_deref(), Some(slow.display().to_string().as_str()));
}

#[test]
fn a_text_left_over_is_put_into_the_cell_and_taken_back() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let path = written(&folder, "写し.txt", format!("評価書\n{}", copied()).as_bytes());
    let mut harness = window();
    take_over(&mut harness, &path);
    let n_left = document(&harness).unplaced.len();
    assert!(document(&harness).unplaced.iter().any(|left| left.text == NOTE));
    let item = "cover.name";
    let before = text_at(&harness, item);
    assert!(!before.is_empty());
    let at = source_text(&harness, &before);
    click_at(&mut harness, at);
    assert_eq!(harness.state().current().unwrap().item, item);
    let at = source_text(&harness, NOTE);
    click_at(&mut harness, at);
    assert_eq!(harness.state().current().unwrap().item, item, "the cell one is in stays");
    click(&mut harness, "いまの欄に入れる");
    let after = text_at(&harness, item);
    assert!(after.contains(NOTE) && after.contains(&before), "{after}");
    assert_eq!(document(&harness).unplaced.len(), n_left - 1, "it is left over no more");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_ok();
    assert_eq!((text_at(&harness, item), document(&harness).unplaced.len()), (before, n_left));
    click(&mut harness, "済んだ");
    assert_eq!(document(&harness).unplaced.len(), n_left - 1);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_ok();
    assert_eq!(document(&harness).unplaced.len(), n_left);
}

#[test]
fn what_is_settled_in_the_walk_leads_to_the_next() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let other = "覚え書き（どの項目でもない）";
    let path = written(&folder, "写し.txt", format!("評価書\n{other}\t\t\n{}", copied()).as_bytes());
    let mut harness = window();
    take_over(&mut harness, &path);
    let n_left = document(&harness).unplaced.len();
    click(&mut harness, "最初の箇所から確かめる");
    let mut n_put_away = 0;
    for _ in 0..6 {
        let name = if harness.query_by_label("済にする").is_some() { "済にする" } else { "済んだ" };
        n_put_away += usize::from(name == "済んだ");
        // Of a text that was left over the act stands beside it: without the next in its place there is none.
        click(&mut harness, name);
    }
    assert!(n_put_away > 1);
    assert_eq!(document(&harness).unplaced.len(), n_left - n_put_away);
}

#[test]
fn a_text_is_dragged_onto_a_cell() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let path = written(&folder, "写し.txt", format!("評価書\n{}", copied()).as_bytes());
    let mut harness = window();
    take_over(&mut harness, &path);
    let item = "cover.name";
    let before = text_at(&harness, item);
    let at = source_text(&harness, &before);
    click_at(&mut harness, at);
    let cell = harness
        .get_by(|node| node.role() == Role::MultilineTextInput && node.value().as_deref() == Some(before.as_str()))
        .rect();
    let from = source_text(&harness, NOTE);
    drag(&mut harness, from, cell.right_center() - egui::vec2(8.0, 0.0));
    assert_eq!(text_at(&harness, item), format!("{before}{NOTE}"));
    assert!(document(&harness).unplaced.iter().all(|left| left.text != NOTE));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_ok();
    assert_eq!(text_at(&harness, item), before);
}

#[test]
fn what_is_pasted_on_the_first_screen_becomes_a_draft() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window();
    harness.event(Event::Paste("住民税に関する事務".to_owned()));
    harness.run_ok();
    assert!(!has(&harness, "貼り付けた文章から取り込む"), "a few words are no document");
    harness.event(Event::Paste(copied()));
    harness.run_ok();
    assert!(has(&harness, "貼り付けた文章から取り込む"));
    click(&mut harness, "取り込む");
    assert!(has(&harness, "「貼り付けた文章」を取り込みました") && has(&harness, "置けなかった文章"));
    let path = folder.path().join("貼り付け.ron");
    type_path(&mut harness, "下書きの保存先", &path);
    click(&mut harness, "下書きとして開く");
    click(&mut harness, "閉じる");
    assert_eq!(harness.state().path(), Some(path.as_path()));
    assert!(document(&harness).unplaced.iter().any(|left| left.text == NOTE));
    assert!(source_texts(&harness).iter().any(|(text, _)| text == NOTE));
}

#[test]
fn what_is_no_document_is_said_and_stays_in_the_field() {
    let _alone = alone();
    let mut harness = window();
    click(&mut harness, "ファイル");
    harness.get_by_label_contains("貼り付けた文章から取り込む").click();
    harness.run_ok();
    harness.event(Event::Paste("これは評価書ではない\n買い物の一覧".to_owned()));
    harness.run_ok();
    click(&mut harness, "取り込む");
    assert!(has(&harness, "貼り付けた文章を取り込めません") && has(&harness, "様式とは認められません"));
    let field = harness.get_by(|node| node.role() == Role::MultilineTextInput);
    assert_eq!(field.accesskit_node().value().as_deref(), Some("これは評価書ではない\n買い物の一覧"));
    assert!(harness.state().session().is_none());
    harness.key_press(Key::Escape);
    harness.run_ok();
    assert!(!has(&harness, "貼り付けた文章を取り込めません"));
    click(&mut harness, "ファイル");
    harness.get_by_label_contains("貼り付けた文章から取り込む").click();
    harness.run_ok();
    let field = harness.get_by(|node| node.role() == Role::MultilineTextInput);
    assert!(field.accesskit_node().value().is_some_and(|text| text.contains("買い物の一覧")), "it is still there");
}

#[test]
fn a_long_text_that_is_pasted_on_the_first_screen_is_there_once() {
    let _alone = alone();
    let mut harness = window();
    let long = format!("{}\n", "長".repeat(70_000));
    assert!(long.len() > 200_000);
    harness.event(Event::Paste(long.clone()));
    harness.run_ok();
    let field = harness.get_by(|node| node.role() == Role::MultilineTextInput);
    assert_eq!(field.accesskit_node().value().map(|text| text.len()), Some(long.len()));
}

#[test]
fn a_draft_of_another_day_is_compared_with_the_file_it_came_from() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let book = written(&folder, "昨年度.xlsx", &book_of(SAMPLE));
    let other = written(&folder, "別の様式.xlsx", &book_of("aomine-kenkou.ron"));
    let moved = folder.path().join("移した先の昨年度.xlsx");
    let damaged = written(&folder, "途中まで.xlsx", &book_of(SAMPLE)[..9000]);
    let empty = written(&folder, "空.xlsx", b"");
    let json = written(&folder, "評価書.json", b"{\"form\": \"youshiki3\"}");
    let mut harness = window();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(SAMPLE);
    let draft = folder.path().join("今年.ron");
    std::fs::copy(sample, &draft).unwrap();
    harness.state_mut().open(&draft);
    harness.run_ok();
    let ask = |harness: &mut Harness<'_, App>, path: &Path| {
        type_path(harness, "もとの文書", path);
        click(harness, "横に表示する");
    };
    command(&mut harness, "もとの文書");
    let refused = [
        (&json, "テキスト・HTML・CSV のファイルを選んでください"),
        (&other, "別の様式の評価書です"),
        (&moved, "ファイルかフォルダーがありません"),
        (&damaged, "壊れて"),
        (&empty, "テキスト・HTML・CSV のファイルを選んでください"),
    ];
    for (path, words) in refused {
        ask(&mut harness, path);
        assert!(has(&harness, words), "{words}");
    }
    ask(&mut harness, &book);
    assert!(!source_texts(&harness).is_empty());
    let before = harness.state().session().unwrap().draft().clone();
    let name = text_at(&harness, "cover.name");
    let at = source_text(&harness, &name);
    click_at(&mut harness, at);
    assert_eq!(harness.state().current().unwrap().item, "cover.name");
    assert_eq!(harness.state().session().unwrap().draft(), &before, "looking changes nothing");
    command(&mut harness, "もとの文書");
    assert!(source_texts(&harness).is_empty(), "the same command takes it away");
}

/// How long a frame takes, in milliseconds of our own processor time.
fn time(harness: &mut Harness<'_, App>, what: &str, event: Option<&Event>) {
    const N_FRAMES: usize = 200;
    let mut millis: Vec<f64> = Vec::new();
    for _ in 0..N_FRAMES {
        harness.input_mut().events.extend(event.cloned());
        let start = Instant::now();
        harness.step();
        millis.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    millis.sort_by(f64::total_cmp);
    let [half, most, last] = [N_FRAMES / 2, N_FRAMES * 99 / 100, N_FRAMES - 1].map(|at| millis[at]);
    eprintln!("{what}: p50 {half:.1} ms, p99 {most:.1} ms, max {last:.1} ms");
}

/// The sample with its files and rows several times over, as a book and as a PDF.
#[test]
#[ignore = "a measurement"]
fn how_long_a_frame_beside_a_long_source_takes() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let mut document = document_of(SAMPLE);
    document.files = [document.files.as_slice(); 3].concat();
    document.rows = [document.rows.as_slice(); 3].concat();
    let form = shipped::find(&document.form, &document.edition).unwrap();
    let draft = folder.path().join("下書き.ron");
    std::fs::write(&draft, format::write(&Draft::from(State::from(document.clone())))).unwrap();
    let printout = print::resolve(form, &document);
    let mut fonts = Fonts::embedded_only();
    let pages = layout(&printout, &Options::default(), &mut fonts);
    eprintln!("{} pages", pages.pages.len());
    let sources = [
        ("長い本.xlsx", sheets::book(&printout)),
        ("長い本.pdf", pdf::write(&pages, &fonts, &pdf::Info::default()).unwrap()),
    ];
    for (name, bytes) in sources {
        let path = written(&folder, name, &bytes);
        let mut harness = window();
        harness.state_mut().open(&draft);
        harness.run_ok();
        time(&mut harness, "without it", None);
        command(&mut harness, "もとの文書");
        type_path(&mut harness, "もとの文書", &path);
        click(&mut harness, "横に表示する");
        let at = source_texts(&harness)[0].1;
        harness.hover_at(at);
        harness.run_ok();
        time(&mut harness, &format!("{name}, still"), None);
        let wheel = |y| Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: egui::vec2(0.0, y),
            phase: TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        };
        time(&mut harness, &format!("{name}, scrolled"), Some(&wheel(-60.0)));
    }
}
