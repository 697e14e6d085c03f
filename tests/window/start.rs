//! From the start screen to the submission, by the words on the screens: which form is needed, what the documents of
//! the list look like, what still stops a submission, and what can be done with a PDF.

use crate::harness;
use crate::painted::{ACCENT, filled};
use crate::wait;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hyoukasho::draft::{Answer, Stage, format};
use hyoukasho::form::shipped;
use hyoukasho::session::Counts;
use hyoukasho::ui::App;
use hyoukasho::workspace::environment::DataFolders;

const SAMPLE: &str = "samples/aomine-juminzei.ron";
const DRAFT: &str = "samples/aomine-kaigo-draft.ron";
pub const NEW_PATH: &str = "保存先を確かめる（以後、自動で保存されます）";
const OPEN_PATH: &str = "ほかの評価書を開く";
pub const START: (Modifiers, Key) = (Modifiers::COMMAND, Key::O);
const INSPECT: (Modifiers, Key) = (Modifiers::NONE, Key::F10);

pub struct Window {
    pub harness: Harness<'static, App>,
    pub folder: tempfile::TempDir,
}

impl Window {
    pub fn new() -> Self {
        Self::sized(1366.0, 768.0)
    }

    pub fn sized(width: f32, height: f32) -> Self {
        Self::on(App::without_memory(&egui::Context::default()), [width, height])
    }

    pub fn on(app: App, size: [f32; 2]) -> Self {
        Self { harness: harness::shown(app, size), folder: tempfile::tempdir().unwrap() }
    }

    pub fn run(&mut self) {
        self.harness.run_ok();
    }

    pub fn keys(&mut self, (modifiers, key): (Modifiers, Key)) {
        self.harness.key_press_modifiers(modifiers, key);
        self.run();
    }

    pub fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.run();
    }

    /// A button whose words begin so.
    pub fn click_beginning(&mut self, words: &str) {
        let words = words.to_owned();
        let is_it = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
            node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with(&words))
        };
        self.harness.get_all_by(is_it).next().unwrap().click();
        self.run();
    }

    /// The first screen, its documents read; no desk of a test has a dialog of the system, and then it leads there.
    pub fn go_home(&mut self) {
        self.harness.key_press_modifiers(START.0, START.1);
        self.wait_until(|window| window.has(OPEN_PATH) && !window.has("読んでいます"));
        self.run();
    }

    pub fn fill(&mut self, label: &str, text: &str) {
        self.harness.get_by_role_and_label(Role::TextInput, label).focus();
        self.run();
        self.keys((Modifiers::COMMAND, Key::A));
        self.harness.event(Event::Text(text.to_owned()));
        self.run();
    }

    pub fn has(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    pub fn answer(&mut self, question: &str, answer: &str) {
        let is_it = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
            node.role() == Role::RadioGroup && node.label().is_some_and(|label| label.starts_with(question))
        };
        // It may stand below the edge of the window.
        self.harness.get_by(is_it).get_by_label(answer).click_accesskit();
        self.run();
    }

    pub fn copy(&self, sample: &str, name: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(sample), &path).unwrap();
        path
    }

    pub fn open(&mut self, path: &Path) {
        self.harness.state_mut().open(path);
        self.run();
    }

    /// Steps until it is so; threads need their time.
    pub fn wait_until(&mut self, is_so: impl Fn(&Self) -> bool) {
        assert!(wait::comes(self, |window| &mut window.harness, |window| is_so(window)), "waited in vain");
    }

    pub fn form(&self) -> Option<&str> {
        self.harness.state().session().map(|session| session.form().id.as_str())
    }

    pub fn stage(&self) -> Stage {
        self.harness.state().session().unwrap().draft().state.stage
    }
}

#[test]
fn the_first_start_says_what_to_do() {
    let window = Window::new();
    for line in ["はじめての方へ", "1. 「新しく作る」", "2. 保存先を", "3. 書き方は"] {
        assert!(window.has(line), "{line}");
    }
}

/// A button the screen is for, as tall as one.
fn main_buttons(window: &Window) -> Vec<egui::Rect> {
    filled(&window.harness, ACCENT).into_iter().filter(|rect| rect.height() > 24.0).collect()
}

#[test]
fn the_first_screen_is_for_one_thing_and_the_years_work_is_the_first_of_those_who_have_documents() {
    let places = |window: &Window| {
        let tiles = ["新しく作る…", "前年度の評価書を選ぶ…"];
        tiles.map(|name| window.harness.get_by_role_and_label(Role::Button, name).rect())
    };
    let window = Window::new();
    let [new, renew] = places(&window);
    assert!(new.left() < renew.left());
    let is_new =
        |window: &Window| main_buttons(window).iter().map(|main| new.contains(main.center())).collect::<Vec<_>>();
    assert_eq!(is_new(&window), [true]);

    let mut window = Window::new();
    let path = window.copy(SAMPLE, "住民税.ron");
    let settings = window.folder.path().join("settings.txt");
    std::fs::write(&settings, format!("recent={}\n", path.display())).unwrap();
    let folders = DataFolders { settings: Some(settings), ..DataFolders::default() };
    window.harness = harness::shown(App::in_folders(&egui::Context::default(), &folders), [1366.0, 768.0]);
    window.wait_until(|window| window.has("公表日") && !window.has("読んでいます"));
    let [new, renew] = places(&window);
    assert!(renew.left() < new.left());
    let is_renew: Vec<_> = main_buttons(&window).iter().map(|main| renew.contains(main.center())).collect();
    assert_eq!(is_renew, [true]);
    let card = window.harness.get_by_role_and_label(Role::Group, "最近の評価書 住民税.ron");
    assert!(card.query_all_by_label_contains("青嶺市長").next().is_some(), "whose it is");

    // While one is open, the way back to it is what the screen is for.
    window.open(&path);
    window.go_home();
    assert_eq!(main_buttons(&window).len(), 1);
}

/// Answers the question that is shown, and goes on.
pub fn reply(window: &mut Window, question: &str, answer: &str) {
    window.answer(question, answer);
    let next = if question == "過去1年" { "結果を見る" } else { "次の質問へ" };
    window.click(next);
}

#[test]
fn three_answers_lead_to_the_forms_and_stand_in_both_documents() {
    let mut window = Window::new();
    window.click("新しく作る…");
    window.click("どの様式か調べる");
    reply(&mut window, "対象人数", "1万人以上10万人未満");
    reply(&mut window, "取扱者", "はい");
    window.click("くわしく");
    assert!(window.has("101人以上") && window.has("番号法第29条の4"), "both descriptions of an accident");
    reply(&mut window, "過去1年", "いいえ");
    let result = window.harness.get_by_role_and_label(Role::Group, "しきい値判断の結果");
    assert!(result.query_by_label("基礎項目評価と重点項目評価").is_some());
    assert!(result.query_by_label("基礎項目評価").is_none());
    window.click("基礎項目評価書と重点項目評価書を作る");
    window.click("次へ");
    for (name, text) in [("評価実施機関名", "青嶺市長"), ("事務の名称", "介護保険に関する事務")]
    {
        window.fill(name, text);
    }
    window.click("次へ");
    assert!(window.has("介護保険に関する事務_基礎項目評価書.ron"));
    window.fill(NEW_PATH, &window.folder.path().join("介護.ron").display().to_string());
    window.click("作って書き始める");
    window.wait_until(|window| window.form() == Some("youshiki3"));
    window.run();
    let made = window.harness.state().path().unwrap().to_owned();
    assert_eq!(made, window.folder.path().join("介護.ron"));
    let basic = window.folder.path().join("介護保険に関する事務_基礎項目評価書.ron");
    window.wait_until(|_| basic.exists() && made.exists());
    let answers = |path: &Path| {
        let draft = format::read(&std::fs::read(path).unwrap()).unwrap().draft;
        let common = draft.state.document.common.clone();
        move |id: &str| match common.answers.get(id) {
            Some(Answer::Text(text)) => text.clone(),
            Some(Answer::Choice(Some(n))) => n.to_string(),
            other => format!("{other:?}"),
        }
    };
    let (basic, focus) = (answers(&basic), answers(&made));
    let of_basic = ["cover.name", "cover.agency", "threshold_items.population.count", "threshold_items.handlers.count"];
    assert_eq!(of_basic.map(&basic), ["介護保険に関する事務　基礎項目評価書", "青嶺市長", "3", "1"]);
    assert_eq!(basic("threshold_items.incident.occurred"), "2");
    let of_focus = ["cover.name", "cover.agency", "basic.affairs.name", "basic.affairs.headcount"];
    assert_eq!(of_focus.map(&focus), ["介護保険に関する事務　重点項目評価書", "青嶺市長", "介護保険に関する事務", "3"]);
    let chosen = focus("procedure.basic_assessment.threshold");
    let form = shipped::newest_with_mark("youshiki3").unwrap();
    let option = form.item("procedure.basic_assessment.threshold").unwrap().options();
    let option = option.iter().find(|option| option.n.to_string() == chosen).unwrap();
    assert!(option.label.contains("重点項目評価の実施が義務付けられる"), "{}", option.label);
}

#[test]
fn the_steps_go_on_and_back_and_their_buttons_stay() {
    let mut window = Window::new();
    window.click("新しく作る…");
    window.harness.get_by_label("全項目評価書").click();
    window.run();
    let place = window.harness.get_by_label("次へ").rect();
    window.click("次へ");
    assert!(window.has("ふつうはこのまま進みます"));
    assert_eq!(window.harness.get_by_label("次へ").rect(), place);
    window.click("次へ");
    assert_eq!(window.harness.get_by_label("次へ").rect(), place);
    window.harness.get_by_label("30万人以上").click();
    window.run();
    window.click("次へ");
    window.click("戻る");
    window.click("次へ");
    window.fill(NEW_PATH, &window.folder.path().join("全.ron").display().to_string());
    window.click("作って書き始める");
    window.wait_until(|window| window.form() == Some("youshiki4"));
    let draft = window.harness.state().session().unwrap().draft();
    assert_eq!(draft.state.document.common.answers.get("basic.affairs.headcount"), Some(&Answer::Choice(Some(5))));
    assert_eq!(draft.state.document.edition, "r6-10");
}

#[test]
fn enter_goes_on_from_the_form_that_was_chosen() {
    let mut window = Window::new();
    window.click("新しく作る…");
    window.harness.get_by_label("全項目評価書").click();
    window.run();
    window.keys((Modifiers::NONE, Key::Enter));
    assert!(window.has("ふつうはこのまま進みます"));
    window.click("戻る");
    assert!(window.has("どの評価書ですか"));
}

#[test]
fn what_is_not_known_leaves_both_results() {
    let mut window = Window::new();
    window.click("新しく作る…");
    window.click("どの様式か調べる");
    reply(&mut window, "対象人数", "10万人以上30万人未満");
    reply(&mut window, "取扱者", "わからない");
    reply(&mut window, "過去1年", "いいえ");
    assert!(window.has("次のどちらか"));
    assert!(window.has("基礎項目評価と重点項目評価") && window.has("基礎項目評価と全項目評価"));
    // Each of the two settles it.
    window.click("戻る");
    reply(&mut window, "過去1年", "はい");
    assert!(!window.has("次のどちらか") && !window.has("基礎項目評価と重点項目評価"));
    (0..3).for_each(|_| window.click("戻る"));
    reply(&mut window, "対象人数", "1,000人未満");
    for question in ["取扱者", "過去1年"] {
        window.click(if question == "過去1年" { "結果を見る" } else { "次の質問へ" });
    }
    assert!(window.has("義務なし"));
}

#[test]
fn documents_are_shown_at_a_glance_and_lost_ones_are_told() {
    let mut window = Window::new();
    let (whole, gone, broken) =
        (window.copy(SAMPLE, "住民税.ron"), window.copy(DRAFT, "介護.ron"), window.copy(DRAFT, "壊れた.ron"));
    for path in [&broken, &gone, &whole] {
        window.open(path);
    }
    std::fs::remove_file(&gone).unwrap();
    std::fs::write(&broken, "(format: 1, x").unwrap();
    window.go_home();
    window.wait_until(|window| !window.has("読んでいます"));
    let [whole_card, gone_card, broken_card] =
        ["住民税.ron", "介護.ron", "壊れた.ron"].map(|name| format!("最近の評価書 {name}"));
    let card = window.harness.get_by_role_and_label(Role::Group, &whole_card);
    // The columns have their titles at their head: the row says the stage, how far it is, the day.
    for words in ["個人住民税の賦課徴収に関する事務", "作成中", "節", "令和8年3月27日", "最後の保存"]
    {
        assert!(card.query_all_by_label_contains(words).next().is_some(), "{words}");
    }
    for name in [&gone_card, &broken_card] {
        let card = window.harness.get_by_role_and_label(Role::Group, name);
        assert!(card.query_by_label("場所を探す…").is_some());
    }
    let lost = window.harness.get_by_role_and_label(Role::Group, &gone_card);
    assert!(lost.query_all_by_label_contains("ファイルが見つかりません").next().is_some());
    lost.get_by_label("一覧から外す").click();
    window.run();
    assert!(window.harness.query_by_role_and_label(Role::Group, &gone_card).is_none());
    assert!(broken.exists());
}

#[test]
fn the_inspection_counts_what_stops_the_submission_and_leads_there() {
    let mut window = Window::new();
    let path = window.copy(DRAFT, "介護.ron");
    window.open(&path);
    let before = window.stage();
    assert_ne!(before, Stage::Final);
    window.keys(INSPECT);
    let session = window.harness.state().session().unwrap();
    let n_errors = hyoukasho::checks::open_errors(Stage::Final, session.findings());
    assert!(n_errors > hyoukasho::checks::open_errors(before, session.findings()), "empty cells stop a submission");
    let numbers = Counts::of(session.findings()).words();
    assert!(n_errors > 0 && window.has("まだ提出できません") && window.has(&numbers), "{numbers}");
    assert!(window.has("このプログラムでは確かめられないこと"));
    assert_eq!(window.stage(), before, "looking changes nothing");
    let finding = session.findings().to_vec();
    let first = finding.iter().find(|finding| finding.severity == hyoukasho::form::Severity::Warning).unwrap();
    window.click_beginning(&format!("{}　{}", first.place, first.message));
    assert!(!window.has("まだ提出できません"), "the cell is shown");
    window.keys(INSPECT);
    window.click("段階を「提出・公表」にする");
    assert!(window.has(&format!("提出を妨げる指摘が {n_errors}件あります")));
    window.click("戻る");
    assert_eq!(window.stage(), before, "it is asked first");
    window.click("段階を「提出・公表」にする");
    window.click("このまま「提出・公表」にする");
    assert_eq!(window.stage(), Stage::Final);
    assert!(window.has("まだ提出できません"));
    window.click("記入に戻る");
    assert!(!window.has("まだ提出できません"));
    // It can be written as a draft only, and its name says so.
    window.keys((Modifiers::COMMAND, Key::P));
    let paths = window.harness.query_all_by_role(Role::TextInput);
    let paths: Vec<String> = paths.filter_map(|field| field.value()).filter(|value| value.ends_with(".pdf")).collect();
    assert!(!paths.is_empty() && paths.iter().all(|path| path.contains("_案_")), "{paths:?}");
}

#[test]
fn a_finished_document_is_told_to_be_one() {
    let mut window = Window::new();
    let path = window.copy(SAMPLE, "住民税.ron");
    window.open(&path);
    window.keys(INSPECT);
    let found = window.harness.state().session().unwrap().findings().to_vec();
    assert_eq!(hyoukasho::checks::open_errors(Stage::Final, &found), 0);
    assert!(window.has("提出を妨げる指摘はありません"));
}

#[test]
fn a_pdf_can_be_looked_at_when_asked_for() {
    let mut window = Window::new();
    let path = window.copy(DRAFT, "介護.ron");
    window.open(&path);
    window.keys((Modifiers::COMMAND, Key::P));
    let proposed = |window: &Window| {
        let input = window.harness.get_by_role_and_label(Role::TextInput, "保存先");
        input.accesskit_node().value().unwrap_or_default()
    };
    let public = proposed(&window);
    assert!(public.contains("27_介護保険に関する事務_重点項目評価書"), "{public}");
    window.click("決裁用");
    assert!(proposed(&window).contains("_決裁用_"), "{}", proposed(&window));
    window.click("公表用");
    assert_eq!(proposed(&window), public);
    window.click("書き出す");
    window.wait_until(|window| window.has("ページの PDF を書き出しました"));
    assert!(Path::new(&public).exists());
    assert!(window.harness.query_by_label("PDF を開く").is_some());
    assert!(window.harness.query_by_label("フォルダーを開く").is_some());
    window.click("閉じる");
    assert!(!window.has("PDF を開く"));
}

/// 1366 × 768 at 200 %: what Tab leads to can be seen.
#[test]
fn every_control_of_the_start_screen_is_reached_by_tab_and_can_be_seen() {
    let mut window = Window::sized(683.0, 384.0);
    let first = ["新しく作る…", "前年度の評価書を選ぶ…", "評価書を取り込む…", "記入例の写しを開く"];
    every_control_is_reached(&mut window, &first);
    window.harness.get_by_label("新しく作る…").click_accesskit();
    window.run();
    every_control_is_reached(&mut window, &["どの様式か調べる", "次へ", "重点項目評価書"]);
    window.harness.get_by_label("どの様式か調べる").click_accesskit();
    window.run();
    every_control_is_reached(&mut window, &["くわしく", "戻る"]);
    window.harness.get_by_label("戻る").click_accesskit();
    window.run();
    for _ in 0..3 {
        window.harness.get_by_label("次へ").click_accesskit();
        window.run();
    }
    every_control_is_reached(&mut window, &[NEW_PATH, "作って書き始める", "戻る"]);
}

fn every_control_is_reached(window: &mut Window, names: &[&str]) {
    let mut reached = std::collections::BTreeSet::new();
    for _ in 0..70 {
        window.keys((Modifiers::NONE, Key::Tab));
        let Some(focused) = window.harness.query_by(|node| node.is_focused()) else { continue };
        let name = focused.accesskit_node().label().unwrap_or_default();
        let rect = focused.rect();
        assert!(rect.top() >= 0.0 && rect.bottom() <= 384.0, "{name} is out of sight at {rect}");
        reached.insert(name);
    }
    for name in names {
        assert!(reached.contains(*name), "{name} was not reached: {reached:?}");
    }
}

/// Not a promise but a measurement: run with `-- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
#[allow(clippy::print_stderr)]
fn how_long_a_frame_takes_while_ten_long_documents_are_read() {
    let mut window = Window::new();
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(SAMPLE)).unwrap();
    let long = "漢字仮名交じりの長い文章。".repeat(16_000);
    let notes = "\"cover.notes\": text(\"";
    assert!(text.contains(notes));
    let text = text.replace(notes, &format!("{notes}{long}"));
    for n in 0..10 {
        let path = window.folder.path().join(format!("{n}.ron"));
        std::fs::write(&path, &text).unwrap();
        window.open(&path);
    }
    window.harness.key_press_modifiers(START.0, START.1);
    // This frame still shows the long document; the next one begins to read.
    window.harness.step();
    let (start, mut frames) = (Instant::now(), Vec::new());
    while frames.len() < 20 || window.has("読んでいます") {
        let frame = Instant::now();
        window.harness.step();
        frames.push(frame.elapsed().as_secs_f64() * 1000.0);
        std::thread::sleep(Duration::from_millis(5));
    }
    let took = start.elapsed();
    assert!(!window.has("場所を探す"), "every document is read");
    frames.sort_by(f64::total_cmp);
    let (p50, max) = (frames[frames.len() / 2], frames[frames.len() - 1]);
    eprintln!(
        "{} characters each; all read after {took:?}; frame p50 {p50:.1} ms, max {max:.1} ms",
        text.chars().count()
    );
}

/// A desk of 1366×768 at 200 %.
#[test]
fn in_a_narrow_window_one_side_at_a_time_stands_beside_the_page() {
    let mut window = Window::sized(683.0, 384.0);
    let path = window.copy(SAMPLE, "青嶺市.ron");
    window.open(&path);
    // The page after this one is named at its end as well.
    let tree = "Ⅳ　開示請求";
    assert!(!window.has(tree) && !window.has("前の指摘へ"));
    window.click("目次");
    assert!(window.has(tree));
    window.keys((Modifiers::NONE, Key::F7));
    assert!(window.has("前の指摘へ") && !window.has(tree));
    window.click("要点・指摘・印刷の見え方");
    assert!(!window.has("前の指摘へ") && window.has("評価書番号"));
}
