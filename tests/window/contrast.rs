//! Seeing what changed: 新旧対照 beside the publication before, versions and other documents; the marks in the form;
//! putting one difference or everything back.

use crate::harness;
use crate::wait;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use hyoukasho::disk::SystemDisk;
use hyoukasho::draft::{Answer, Base, ChangeRow, ChangeStyle, Draft, Edit, FilePart, ItemStyle, Stage, format};
use hyoukasho::form::FieldPath;
use hyoukasho::ui::App;
use hyoukasho::vault::{BackupStore, LocalDateTime, VersionKind};
use hyoukasho::workspace::environment::DataFolders;

struct Window {
    harness: Harness<'static, App>,
    folder: tempfile::TempDir,
}

fn sample() -> Draft {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.ron");
    format::read(&fs::read(path).unwrap()).unwrap().draft
}

fn text(text: &str) -> Option<Answer> {
    Some(Answer::Text(text.to_owned()))
}

fn unit() -> FieldPath {
    FieldPath::document("basic.department.unit")
}

/// This year's draft of the sample: one text, one ※ item, an entry, a file.
fn this_year() -> Draft {
    let last = sample();
    let base =
        Some(Arc::new(Base {
            state: last.state.clone(), published_on: "令和8年3月27日".to_owned(), taken_on: None
        }));
    let mut draft = Draft { base, ..last };
    let place = FieldPath::in_file(0, "overview.storage.place");
    let old = draft.state.document.files[0].part.answers["overview.storage.place"].as_text().unwrap().to_owned();
    for edit in [
        Edit::Answer { at: unit(), answer: text("財務部市民税課") },
        Edit::Answer { at: place, answer: text(&format!("{old}\n予備の書庫にも保管する。")) },
        Edit::RemoveEntry { at: FieldPath::document("basic.systems"), index: 2 },
        Edit::InsertFile {
            index: 0, file: FilePart { name: "減免情報ファイル".to_owned(), ..FilePart::default() }
        },
    ] {
        draft.apply(edit).unwrap();
    }
    draft
}

fn says(node: &AccessKitNode<'_>, words: &str) -> bool {
    node.label().is_some_and(|label| label.contains(words)) || node.value().is_some_and(|value| value.contains(words))
}

impl Window {
    fn on(draft: &Draft) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("評価書.ron"), format::write(draft)).unwrap();
        Self::within(folder)
    }

    fn within(folder: tempfile::TempDir) -> Self {
        let app = App::in_folders(&egui::Context::default(), &DataFolders::within(&folder.path().join("data")));
        let harness = harness::shown(app, [1366.0, 768.0]);
        let mut window = Self { harness, folder };
        let document = window.document();
        window.harness.state_mut().open(&document);
        window.harness.run_ok();
        window
    }

    fn document(&self) -> PathBuf {
        self.folder.path().join("評価書.ron")
    }

    fn backups(&self) -> BackupStore {
        BackupStore::of(&DataFolders::within(&self.folder.path().join("data")).copies.unwrap(), &self.document())
    }

    /// Closes the window in order and opens it again.
    fn again(mut self) -> Self {
        self.harness.state_mut().end();
        Self::within(self.folder)
    }

    fn draft(&self) -> &Draft {
        self.harness.state().session().unwrap().draft()
    }

    fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run_ok();
    }

    fn shows(&self, words: &str) -> bool {
        self.harness.query_all_by(|node| says(node, words)).next().is_some()
    }

    fn wait_for(&mut self, words: &str) {
        assert!(wait::comes(self, |window| &mut window.harness, |window| window.shows(words)), "{words}");
    }

    fn wait_gone(&mut self, words: &str) {
        assert!(wait::comes(self, |window| &mut window.harness, |window| !window.shows(words)), "there: {words}");
    }

    fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.harness.run_ok();
    }

    fn click_part(&mut self, words: &str) {
        self.harness.get_all_by(|node| says(node, words)).next().unwrap().click();
        self.harness.run_ok();
    }

    /// The button with that label in the group of an item.
    fn click_in(&mut self, item: &str, label: &str) {
        self.harness.get_by_role_and_label(Role::Group, item).get_by_label(label).click();
        self.harness.run_ok();
    }

    /// Pages through the table until the words are in view: what is not, does not exist.
    fn scroll_to(&mut self, words: &str) {
        self.key(Modifiers::NONE, Key::Home);
        for _ in 0..40 {
            if self.shows(words) {
                return;
            }
            self.key(Modifiers::NONE, Key::PageDown);
        }
        panic!("not in the table: {words}");
    }

    /// The name of an item in the table, with its ※.
    fn click_name(&mut self, name: &str) {
        self.harness.get_by_role_and_label(Role::Button, name).click();
        self.harness.run_ok();
    }

    /// Opens 新旧対照 and waits for what it finds.
    fn contrast(&mut self, first: &str) {
        self.key(Modifiers::NONE, Key::F4);
        self.wait_for(first);
    }

    fn x_of(&self, label: &str) -> f32 {
        self.harness.get_by_label(label).rect().center().x
    }

    fn texts(&self, file: usize, item: &str) -> &str {
        self.draft().state.document.files[file].part.answers[item].as_text().unwrap()
    }
}

#[test]
fn the_comparison_with_the_publication_before_opens_and_counts() {
    let mut window = Window::on(&this_year());
    window.contrast("違い 4件");
    for words in
        ["新旧対照", "前回の評価書（公表日 令和8年3月27日）", "Ⅰ　基本情報", "Ⅰ２　旧システム3", "Ⅰ６①　部署", "削除"]
    {
        assert!(window.shows(words), "{words}");
    }
    // Escape leads back to the form, the key that opened it does too, and so does what belongs to the form.
    for key in [Key::Escape, Key::F4, Key::F7] {
        window.key(Modifiers::NONE, key);
        assert!(!window.shows("比べる相手"));
        window.contrast("違い 4件");
    }
}

#[test]
fn the_sides_change_places_and_stay_so() {
    let mut window = Window::on(&this_year());
    window.contrast("違い 4件");
    assert!(window.x_of("変更前") < window.x_of("変更後"));
    window.click("左右を入れ替える");
    assert!(window.x_of("変更前") > window.x_of("変更後"));
    let mut window = window.again();
    window.contrast("違い 4件");
    assert!(window.x_of("変更前") > window.x_of("変更後"));
}

#[test]
fn a_filter_leaves_what_was_asked_for() {
    let mut window = Window::on(&this_year());
    window.contrast("違い 4件");
    window.click("※の項目だけ");
    assert!(window.shows("件を表示"));
    assert!(!window.shows("Ⅰ６①　部署"));
    window.click("すべて");
    assert!(window.shows("Ⅰ６①　部署"));
    // No row tells of them yet; the row of the department is written by hand.
    window.click("変更箇所に記載のない変更");
    assert!(window.shows("Ⅰ６①　部署"));
    let mut draft = this_year();
    let row = ChangeRow { item: "Ⅰ６①　部署".to_owned(), ..ChangeRow::default() };
    draft.apply(Edit::InsertRow { index: draft.state.document.rows.len(), row }).unwrap();
    let mut window = Window::on(&draft);
    window.contrast("違い 4件");
    window.click("変更箇所に記載のない変更");
    assert!(window.shows("違い 4件のうち 3件を表示"));
    assert!(!window.shows("Ⅰ６①　部署"));
}

#[test]
fn long_unchanged_paragraphs_are_left_out_or_shown() {
    let mut draft = this_year();
    let long = "この段落は変わらず、略しても読む人が困らないだけの長さを持っている。そのため略される。";
    let at = FieldPath::document("cover.notes");
    let base = Arc::make_mut(draft.base.as_mut().unwrap());
    base.state.document.common_mut().answers.insert(at.item.clone(), text(&format!("{long}\n前の段落")).unwrap());
    draft.state.document.common_mut().answers.insert(at.item.clone(), text(&format!("{long}\n今の段落")).unwrap());
    let mut window = Window::on(&draft);
    window.contrast("違い 5件");
    assert!(window.shows("（略）") && !window.shows(long));
    window.click("全文");
    assert!(window.shows(long));
}

#[test]
fn a_click_leads_to_the_cell() {
    let mut window = Window::on(&this_year());
    window.contrast("違い 4件");
    window.click_name("Ⅰ６①　部署");
    assert_eq!(window.harness.state().current(), Some(&unit()));
    assert!(!window.shows("比べる相手"));
    // What is gone leads to the list it was in.
    window.contrast("違い 4件");
    window.scroll_to("Ⅰ２　旧システム3");
    window.click_name("Ⅰ２　旧システム3");
    assert_eq!(window.harness.state().current().map(|path| path.item.as_str()), Some("basic.systems"));
}

#[test]
fn one_difference_is_put_back_as_one_step() {
    let mut window = Window::on(&this_year());
    let before = window.draft().clone();
    window.contrast("違い 4件");
    window.click_in("Ⅰ６①　部署", "前回の記載に戻す");
    assert_eq!(
        window.draft().state.document.common.answers.get("basic.department.unit"),
        sample().state.document.common.answers.get("basic.department.unit")
    );
    window.wait_for("違い 3件");
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.draft(), &before);
    window.wait_for("違い 4件");
}

#[test]
fn entries_and_files_are_put_back_too() {
    let mut window = Window::on(&this_year());
    window.contrast("違い 4件");
    window.click_in("Ⅰ２　旧システム3", "前回の記載に戻す");
    window.wait_for("違い 3件");
    assert_eq!(
        window.draft().state.document.common.answers["basic.systems"],
        sample().state.document.common.answers["basic.systems"]
    );
    window.click_in("Ⅰ３　特定個人情報ファイル名", "前回の記載に戻す");
    window.wait_for("違い 2件");
    assert_eq!(window.draft().state.document.files.len(), sample().state.document.files.len());
    assert!(window.texts(0, "overview.storage.place").ends_with("予備の書庫にも保管する。"));
    window.key(Modifiers::COMMAND, Key::Z);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.draft(), &this_year());
}

#[test]
fn a_draft_that_revises_nothing_says_what_can_be_done() {
    let mut window = Window::on(&sample());
    window.contrast("比べる前回の評価書がありません");
    assert!(window.shows("今年の見直しを始める…"));
}

#[test]
fn any_document_can_be_compared_with() {
    let mut window = Window::on(&sample());
    let mut other = sample();
    other.apply(Edit::Answer { at: unit(), answer: text("総務部") }).unwrap();
    let path = window.folder.path().join("ほかの評価書.ron");
    fs::write(&path, format::write(&other)).unwrap();
    window.contrast("比べる前回の評価書がありません");
    let (item, label) = ("ほかの評価書を開いて比べる…", "比べる評価書（.ron）。書き換えません");
    // The list closes when the screen below it changes.
    for _ in 0..20 {
        if window.harness.query_by_label(item).is_some() {
            window.click(item);
        } else if !window.shows(label) {
            window.click_part("選んでください");
        }
    }
    window.harness.get_by_role_and_label(Role::TextInput, label).focus();
    window.harness.run_ok();
    window.harness.event(Event::Text(path.display().to_string()));
    window.harness.run_ok();
    window.click("この評価書と比べる");
    window.wait_for("違い 1件");
    window.click_in("Ⅰ６①　部署", "この記載に戻す");
    assert_eq!(window.draft().state.document.common.answers["basic.department.unit"].as_text(), Some("総務部"));
    window.wait_for("記載はすべて同じです");
    // A file that is no document is refused in words, and nothing else happens.
    fs::write(&path, "これは評価書ではない").unwrap();
    window.click_part("ほかの評価書.ron");
    window.click("ほかの評価書を開いて比べる…");
    window.click("この評価書と比べる");
    window.wait_for("開けません");
}

#[test]
fn changed_cells_carry_a_mark_and_the_tree_counts_them() {
    let mut window = Window::on(&this_year());
    window.wait_for("変更 3");
    window.click_part("Ⅰ　基本情報");
    assert!(window.shows("前回の評価書にあった1件を削除しています"));
    let marks = |window: &Window| window.harness.query_all_by_label("変更").count();
    window.harness.get_by_role_and_label(Role::MultilineTextInput, "①部署").focus();
    window.harness.run_ok();
    assert_eq!(marks(&window), 1);
    // The guide has both texts and the way back.
    assert!(window.shows("前回の記載（令和8年3月27日）"));
    // It may stand below the edge of the panel.
    window.harness.get_by_label("前回の記載に戻す").click_accesskit();
    window.harness.run_ok();
    window.wait_gone("変更 3");
    window.wait_for("前回と同じです");
    assert_eq!(marks(&window), 0);
    // Typed again, the mark comes back after a short pause.
    window.harness.get_by_role_and_label(Role::MultilineTextInput, "①部署").focus();
    window.harness.run_ok();
    window.harness.event(Event::Text("新".to_owned()));
    window.harness.run_ok();
    window.wait_for("変更 3");
    assert_eq!(marks(&window), 1);
}

/// A version that differs in everything a draft holds.
fn other_in_everything() -> Draft {
    let mut draft = this_year();
    draft.state.stage = Stage::Hearing;
    draft.state.row_style = ChangeStyle { item: ItemStyle::Full, together: true, ..ChangeStyle::default() };
    let base = Arc::make_mut(draft.base.as_mut().unwrap());
    base.published_on = "令和7年3月28日".to_owned();
    draft.state.document.common_mut().notes.insert("cover.name".to_owned(), "前のメモ".to_owned());
    draft
        .state
        .document
        .file_mut(1)
        .unwrap()
        .part
        .notes
        .insert("overview.storage.place".to_owned(), "書庫を見る".to_owned());
    draft.state.document.rows.remove(0);
    draft.apply(Edit::Answer { at: FieldPath::document("cover.name"), answer: text("前の名") }).unwrap();
    draft
}

fn stamp() -> LocalDateTime {
    LocalDateTime::from_secs(1_790_000_000).unwrap()
}

#[test]
fn a_version_comes_back_whole_and_exactly() {
    let mut window = Window::on(&this_year());
    let present = window.draft().clone();
    let other = other_in_everything();
    let bytes = format::write(&other);
    window.backups().keep(&SystemDisk, bytes.as_bytes(), &VersionKind::Named("部長説明".to_owned()), stamp()).unwrap();
    window.click("ファイル");
    window.click_part("以前の版…");
    window.wait_for("部長説明");
    window.click_part("部長説明");
    window.wait_for("すべてこの版に戻す");
    for words in ["段階", "変更箇所の書き方", "比べる前回の評価書", "表紙 評価書名の内部メモ", "変更箇所 1行目（追加）"]
    {
        window.scroll_to(words);
    }
    window.click("すべてこの版に戻す");
    assert_eq!(window.draft(), &other);
    window.wait_for("今の内容と同じです");
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.draft(), &present);
}

#[test]
fn a_version_of_another_edition_comes_back_with_its_edition() {
    let mut window = Window::on(&this_year());
    let mut earlier = this_year();
    earlier.state.document.edition = "h30-5".to_owned();
    earlier.apply(Edit::Answer { at: FieldPath::document("cover.name"), answer: text("前の名") }).unwrap();
    let kind = VersionKind::Named("部長説明".to_owned());
    window.backups().keep(&SystemDisk, format::write(&earlier).as_bytes(), &kind, stamp()).unwrap();
    window.click("ファイル");
    window.click_part("以前の版…");
    window.wait_for("部長説明");
    window.click_part("部長説明");
    window.wait_for("すべてこの版に戻す");
    window.scroll_to("様式の版");
    window.click("すべてこの版に戻す");
    assert_eq!(window.draft(), &earlier);
    assert_eq!(window.harness.state().session().unwrap().form().revision, "h30-5");
    window.wait_for("今の内容と同じです");
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.draft(), &this_year());
}

#[test]
fn a_version_is_chosen_in_the_comparison_too() {
    let mut window = Window::on(&this_year());
    let mut earlier = this_year();
    earlier.apply(Edit::Answer { at: FieldPath::document("cover.name"), answer: text("前の名") }).unwrap();
    let kind = VersionKind::Named("部長説明".to_owned());
    window.backups().keep(&SystemDisk, format::write(&earlier).as_bytes(), &kind, stamp()).unwrap();
    window.contrast("違い 4件");
    window.click_part("前回の評価書（公表日");
    window.click_part("部長説明");
    window.wait_for("違い 1件");
    window.click_in("表紙　評価書名", "この記載に戻す");
    assert_eq!(window.draft(), &earlier);
}

#[test]
fn the_tab_key_walks_down_the_whole_table() {
    let mut window = Window::on(&all_changed());
    window.contrast("違い ");
    let mut names = std::collections::BTreeSet::new();
    for _ in 0..120 {
        window.key(Modifiers::NONE, Key::Tab);
        let focused = window.harness.query_all_by(|node| node.is_focused()).next().unwrap();
        let (top, bottom) = (focused.rect().min.y, focused.rect().max.y);
        assert!(top >= 0.0 && bottom <= 768.0, "{:?} {top} {bottom}", focused.accesskit_node().label());
        names.extend(focused.accesskit_node().label());
    }
    // Far below what was in view, and Enter does what a click does.
    assert!(names.iter().any(|name| name.starts_with("Ⅱ")), "{names:?}");
    let name = loop {
        window.key(Modifiers::NONE, Key::Tab);
        let focused = window.harness.query_all_by(|node| node.is_focused()).next().unwrap();
        if let Some(name) = focused.accesskit_node().label().filter(|name| name.starts_with('Ⅱ')) {
            break name;
        }
    };
    window.key(Modifiers::NONE, Key::Enter);
    assert!(window.harness.state().current().unwrap().item.starts_with("overview."), "{name}");
}

/// The publication a draft revises.
fn published(draft: &Draft) -> Draft {
    draft.base.as_ref().unwrap().state.clone().into()
}

/// Every text changed in the middle of each of its paragraphs.
fn all_changed() -> Draft {
    fn change(part: &mut hyoukasho::draft::Part) {
        for answer in part.answers.values_mut() {
            match answer {
                Answer::Text(text) => {
                    let middle = |line: &str| line.char_indices().nth(line.chars().count() / 2).map_or(0, |(at, _)| at);
                    let line = |line: &str| format!("{}令和九年の{}", &line[..middle(line)], &line[middle(line)..]);
                    *text = text.lines().map(line).collect::<Vec<_>>().join("\n");
                }
                Answer::Repeat(entries) => entries.iter_mut().map(Arc::make_mut).for_each(change),
                _ => {}
            }
        }
    }
    let last = sample();
    let mut draft = Draft {
        base: Some(Arc::new(Base { state: last.state.clone(), published_on: String::new(), taken_on: None })),
        ..last
    };
    change(draft.state.document.common_mut());
    draft.state.document.files_mut().for_each(|file| change(&mut file.part));
    draft
}

/// Milliseconds of processor time of this thread where the system tells them: others may be busy meanwhile.
fn processor_millis(start: std::time::Instant) -> f64 {
    // The count is brought up to date when the thread lets others run.
    std::thread::yield_now();
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|told| told.split_whitespace().next()?.parse::<f64>().ok());
    nanos.map_or_else(|| start.elapsed().as_secs_f64() * 1000.0, |nanos| nanos / 1e6)
}

/// In milliseconds of our own processor time (the graphics driver not counted):
/// `cargo test --release --test window contrast -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn how_long_a_frame_takes_on_the_sample_fully_changed() {
    const N_FRAMES: usize = 300;
    let started = std::time::Instant::now();
    let draft = all_changed();
    let before = processor_millis(started);
    let form = hyoukasho::form::shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap();
    for _ in 0..10 {
        let reach = hyoukasho::changes::Reach::Paper;
        hyoukasho::changes::Contrast::of(form, &published(&draft), &draft, reach);
    }
    eprintln!("a comparison, on its thread: {:.1} ms", (processor_millis(started) - before) / 10.0);
    let mut other = draft.clone();
    let words = ["税務課の", "職員が", "窓口で", "申告を", "受け付け、", "記録を", "点検する。"];
    let long = |step: usize| -> String { (0..5000).map(|index| words[index * index * step / 7 % 7]).collect() };
    other.state.document.common_mut().answers.insert("cover.notes".to_owned(), text(&long(3)).unwrap());
    let base = Arc::make_mut(other.base.as_mut().unwrap());
    base.state.document.common_mut().answers.insert("cover.notes".to_owned(), text(&long(5)).unwrap());
    let before = processor_millis(started);
    let last = published(&other);
    hyoukasho::changes::Contrast::of(form, &last, &other, hyoukasho::changes::Reach::Paper);
    let millis = processor_millis(started) - before;
    eprintln!("with a paragraph of 20,000 other characters: {millis:.0} ms");
    let mut window = Window::on(&draft);
    window.contrast("違い ");
    window.click("全文");
    let time = |what: &str, window: &mut Window, event: &dyn Fn(&mut Window)| {
        let mut millis = Vec::new();
        for _ in 0..N_FRAMES {
            event(window);
            let start = processor_millis(started);
            window.harness.step();
            millis.push(processor_millis(started) - start);
        }
        millis.sort_by(f64::total_cmp);
        let (p50, p99) = (millis[N_FRAMES / 2], millis[N_FRAMES * 99 / 100]);
        eprintln!("{what}: p50 {p50:.1} ms, p99 {p99:.1} ms, max {:.1} ms", millis[N_FRAMES - 1]);
    };
    time("新旧対照, at rest", &mut window, &|_| {});
    time("新旧対照, a page down", &mut window, &|window| window.harness.key_press(Key::PageDown));
    time("新旧対照, a page up", &mut window, &|window| window.harness.key_press(Key::PageUp));
    // Here every key is a pause in typing: a comparison begins as soon as the one before has ended.
    for (what, base) in [("a key, with marks", draft.base.clone()), ("a key, without", None)] {
        let mut window = Window::on(&Draft { base, ..draft.clone() });
        window.harness.get_by_role_and_label(Role::MultilineTextInput, "評価書名").focus();
        window.harness.run_ok();
        let key = |window: &mut Window| window.harness.event(Event::Text("あ".to_owned()));
        time(what, &mut window, &key);
    }
}
