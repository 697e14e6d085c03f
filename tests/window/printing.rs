//! From the window: what is seen beside the form is what is printed, the choices stay, and what goes with a PDF.

use crate::harness;
use crate::painted::painted;
use crate::wait;
use crate::year;

use std::path::{Path, PathBuf};

use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use hyoukasho::draft::{Draft, format};
use hyoukasho::exchange::pdf::inside;
use hyoukasho::exchange::worker::Worker;
use hyoukasho::margin::Numbering;
use hyoukasho::print::layout::Page;
use hyoukasho::ui::App;
use hyoukasho::workspace::environment::DataFolders;

const PROGRAM: &str = env!("CARGO_BIN_EXE_hyoukasho");
const EXPORT: (Modifiers, Key) = (Modifiers::COMMAND, Key::P);
const PREVIEW: (Modifiers, Key) = (Modifiers::NONE, Key::F9);
const SUMMARY: &str = "決裁用の「変更の概要」も作る";
const INSIDE: &str = "下書きを PDF に入れる";
const TAKEN: &str = "同じ名前の PDF があります。このまま書き出すと置き換えます。";

struct Window {
    harness: Harness<'static, App>,
}

impl Window {
    fn on(folder: &Path, document: &Path) -> Self {
        Self::sized(folder, document, [1366.0, 768.0])
    }

    fn sized(folder: &Path, document: &Path, size: [f32; 2]) -> Self {
        let places = DataFolders { settings: Some(folder.join("settings.txt")), ..DataFolders::default() };
        let app = App::in_folders(&egui::Context::default(), &places).with_worker(Worker::at(PROGRAM));
        let mut harness = harness::shown(app, size);
        harness.state_mut().open(document);
        harness.run_ok();
        Self { harness }
    }

    fn keys(&mut self, (modifiers, key): (Modifiers, Key)) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run_ok();
    }

    fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.harness.run_ok();
    }

    /// Also where it is scrolled out of sight.
    fn choose(&mut self, label: &str) {
        self.harness.get_by_label(label).click_accesskit();
        self.harness.run_ok();
    }

    fn click_at(&mut self, pos: egui::Pos2) {
        self.harness.hover_at(pos);
        for pressed in [true, false] {
            let (button, modifiers) = (egui::PointerButton::Primary, Modifiers::NONE);
            self.harness.event(egui::Event::PointerButton { pos, button, pressed, modifiers });
            self.harness.step();
        }
        self.harness.run_ok();
    }

    fn has(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    fn is_on(&self, label: &str) -> bool {
        self.harness.get_by_label(label).accesskit_node().toggled() == Some(Toggled::True)
    }

    fn is_disabled(&self, label: &str) -> bool {
        self.harness.get_by_label(label).accesskit_node().is_disabled()
    }

    fn path(&self, label: &str) -> PathBuf {
        let input = self.harness.get_by_role_and_label(Role::TextInput, label);
        input.accesskit_node().value().unwrap_or_default().into()
    }

    fn wait_until(&mut self, done: impl Fn(&Self) -> bool) {
        assert!(wait::comes(self, |window| &mut window.harness, |window| done(window)), "it never came");
    }

    fn every_page(&self, is: impl Fn(&Page) -> bool) -> bool {
        self.harness.state().preview().is_some_and(|(pages, _)| pages.pages.iter().all(is))
    }
}

fn has_run(page: &Page, text: &str) -> bool {
    page.runs.iter().chain(&page.behind).any(|run| run.text == text)
}

fn document(draft: &Draft) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("今年.ron");
    std::fs::write(&path, format::write(draft)).unwrap();
    (folder, path)
}

#[test]
fn what_was_typed_stays_when_a_pdf_could_not_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("評価書.ron");
    std::fs::copy("samples/aomine-kaigo-draft.ron", &document).unwrap();
    let mut window = Window::on(folder.path(), &document);
    window.keys(EXPORT);
    let path = folder.path().join("年度/8年/評価書.pdf");
    window.harness.get_by_role_and_label(Role::TextInput, "保存先").focus();
    window.harness.run_ok();
    window.keys((Modifiers::COMMAND, Key::A));
    window.harness.event(egui::Event::Text(path.display().to_string()));
    window.wait_until(|window| window.has("フォルダー「8年」がありません"));
    window.click("書き出す");
    window.wait_until(|window| window.has("PDF を書き出せませんでした"));
    assert_eq!(window.path("保存先"), path);
    assert!(!window.has("元のファイルはそのまま"), "there was none");
    window.click("フォルダーを作る");
    window.wait_until(|window| !window.has("フォルダー「8年」"));
    window.click("書き出す");
    window.wait_until(|_| path.exists());
}

/// A click beside a dialog is a slip; only Escape and its own buttons close one that something was entered in.
#[test]
fn what_was_entered_in_a_dialog_stays_when_one_clicks_beside_it() {
    let (folder, path) = document(&year::revision());
    let mut window = Window::on(folder.path(), &path);
    let beside = |window: &mut Window| {
        window.click_at(egui::pos2(8.0, 700.0));
    };
    window.keys(EXPORT);
    window.harness.get_by_role_and_label(Role::TextInput, "保存先").focus();
    window.harness.run_ok();
    window.keys((Modifiers::COMMAND, Key::A));
    window.harness.event(egui::Event::Text("ここへ.pdf".to_owned()));
    window.harness.run_ok();
    beside(&mut window);
    assert!(window.has("書き出す") && window.path("保存先") == Path::new("ここへ.pdf"));
    window.keys((Modifiers::NONE, Key::Escape));
    assert!(window.harness.query_by_label("書き出す").is_none());

    // What only tells something holds nothing.
    window.keys((Modifiers::NONE, Key::F1));
    assert!(window.harness.query_by_label("閉じる").is_some());
    beside(&mut window);
    assert!(window.harness.query_by_label("閉じる").is_none());
}

/// Whatever is ticked, what is pressed next stands where it stood.
#[test]
fn the_buttons_of_the_dialog_stay_where_they_are() {
    let (folder, path) = document(&year::revision());
    let mut window = Window::on(folder.path(), &path);
    window.keys(EXPORT);
    let place = |window: &Window| window.harness.get_by_label("書き出す").rect();
    let before = place(&window);
    for name in ["決裁用", SUMMARY, "ページ番号を入れる", "ページの上と下に入れる文字", "公表用"]
    {
        window.choose(name);
        window.harness.run_ok();
        assert_eq!(place(&window), before, "{name}");
    }
}

#[test]
fn what_is_seen_is_what_is_printed_and_stays_so() {
    let (folder, path) = document(&year::revision());
    let mut window = Window::on(folder.path(), &path);
    window.keys(PREVIEW);
    window.wait_until(|window| window.every_page(|page| !has_run(page, "決裁用") && page.behind.is_empty()));
    window.click("決裁用");
    window.wait_until(|window| window.every_page(|page| has_run(page, "決裁用")));
    window.click("「案」を入れる");
    window.wait_until(|window| window.every_page(|page| has_run(page, "案")));
    window.click("ページ番号");
    let last = |window: &Window| {
        let (pages, _) = window.harness.state().preview().unwrap();
        has_run(pages.pages.last().unwrap(), &format!("{0} / {0}", pages.pages.len()))
    };
    window.wait_until(last);

    // The dialog begins with the same choices, in this window and in that of tomorrow.
    window.keys(PREVIEW);
    window.keys(EXPORT);
    assert!(window.is_on("決裁用") && window.is_on("ページ番号を入れる"));
    assert!(window.path("保存先").to_str().unwrap().contains("_決裁用_"));
    window.harness.state_mut().end();
    drop(window);
    let mut window = Window::on(folder.path(), &path);
    window.keys(EXPORT);
    assert!(window.is_on("決裁用") && window.is_on("ページ番号を入れる"));
    assert_eq!(window.path("背景に薄く入れる文字（例　案。なければ空欄）"), Path::new("案"));
    window.choose("公表用");
    assert_eq!(
        window.path("背景に薄く入れる文字（例　案。なければ空欄）"),
        Path::new(""),
        "what is remembered does not go out"
    );
}

/// One choice sets what belongs to it; a word behind the pages is never one of a publication.
#[test]
fn what_a_pdf_is_for_sets_frame_word_and_numbers() {
    let mut draft = year::revision();
    draft.state.document.margin.numbers = None;
    let (folder, path) = document(&draft);
    let mut window = Window::on(folder.path(), &path);
    window.keys(EXPORT);
    let word = "背景に薄く入れる文字（例　案。なければ空欄）";
    for (name, set, is_numbered, is_approval) in
        [("案を回す", "案", true, false), ("決裁用", "", true, true), ("公表用", "", false, false)]
    {
        window.choose(name);
        window.harness.run_ok();
        assert!(window.is_on(name));
        assert_eq!(window.path(word), Path::new(set), "{name}");
        assert_eq!(window.is_on("ページ番号を入れる"), is_numbered, "{name}");
        assert_eq!(window.path("保存先").to_str().unwrap().contains("_決裁用_"), is_approval, "{name}");
    }
    window.harness.get_by_role_and_label(Role::TextInput, word).focus();
    window.harness.run_ok();
    window.harness.event(egui::Event::Text("検討中".to_owned()));
    window.harness.run_ok();
    assert!(window.is_on("案を回す") && !window.is_on("公表用"), "with a word it is no publication");
    window.choose("案を回す");
    window.choose("書き出す");
    window.wait_until(|window| window.has("ページの PDF を書き出しました"));
    window.choose("閉じる");
    window.keys(PREVIEW);
    window.wait_until(|window| window.every_page(|page| has_run(page, "検討中")));
    window.click("公表用");
    window.wait_until(|window| window.every_page(|page| page.behind.is_empty()));
}

#[test]
fn looking_at_the_pages_changes_no_choice_and_no_way_of_numbering() {
    let mut draft = year::revision();
    draft.state.document.margin.numbers = None;
    let (folder, path) = document(&draft);
    let settings = folder.path().join("settings.txt");
    let chosen = || {
        let text = std::fs::read_to_string(&settings).unwrap();
        text.lines().find(|line| line.starts_with("printing=")).map(str::to_owned)
    };
    std::fs::write(&settings, "printing=publication,dashes,\n").unwrap();
    let mut window = Window::on(folder.path(), &path);
    window.keys(PREVIEW);
    window.wait_until(|window| window.has("ページ番号"));
    window.click("決裁用");
    assert_eq!(chosen().as_deref(), Some("printing=approval,dashes,"), "only what was chosen is another");
    window.click("公表用");
    drop(window);

    // Off and on again, the pages of a document are numbered as they were.
    draft.state.document.margin.numbers = Some(Numbering::OfAllPages);
    std::fs::write(&path, format::write(&draft)).unwrap();
    let mut window = Window::on(folder.path(), &path);
    window.keys(PREVIEW);
    window.wait_until(|window| window.has("ページ番号"));
    let numbers = |window: &Window| window.harness.state().session().unwrap().document().margin.numbers;
    window.click("ページ番号");
    assert_eq!(numbers(&window), None);
    window.click("ページ番号");
    assert_eq!(numbers(&window), Some(Numbering::OfAllPages));
    assert_eq!(chosen().as_deref(), Some("printing=publication,dashes,"));
}

#[test]
fn the_choices_of_the_dialog_are_seen_beside_the_form() {
    let (folder, path) = document(&year::revision());
    let mut window = Window::on(folder.path(), &path);
    window.keys(EXPORT);
    window.click("決裁用");
    window.click("書き出す");
    window.wait_until(|window| window.has("ページの PDF を書き出しました"));
    window.click("閉じる");
    window.keys(PREVIEW);
    window.wait_until(|window| window.every_page(|page| has_run(page, "決裁用")));
}

#[test]
fn of_a_long_path_the_name_of_the_file_is_seen() {
    let (folder, path) = document(&year::revision());
    let deep = folder
        .path()
        .join("令和八年度の特定個人情報保護評価に関する資料一式")
        .join("個人住民税の賦課徴収に関する事務の評価書");
    std::fs::create_dir_all(&deep).unwrap();
    let document = deep.join("今年.ron");
    std::fs::copy(&path, &document).unwrap();
    let mut window = Window::on(folder.path(), &document);
    window.keys(EXPORT);
    let whole = window.path("保存先").display().to_string();
    let shown = painted(&window.harness).into_iter().map(|(text, _)| text);
    let shown: Vec<String> = shown.filter(|text| text.ends_with(".pdf") && text.starts_with('…')).collect();
    assert!(shown.iter().any(|shown| whole.ends_with(shown.trim_start_matches('…'))), "{shown:?} of {whole}");
}

#[test]
fn the_steps_of_the_year_open_their_own_purpose_and_a_watermark_stays_with_its_document() {
    let (folder, path) = document(&year::revision());
    let other = folder.path().join("ほか.ron");
    std::fs::write(&other, format::write(&year::revision())).unwrap();
    let mut window = Window::on(folder.path(), &other);
    window.keys(PREVIEW);
    window.wait_until(|window| window.has("「案」を入れる"));
    window.click("「案」を入れる");
    window.harness.state_mut().end();
    drop(window);

    let word = "背景に薄く入れる文字（例　案。なければ空欄）";
    let step = |window: &mut Window, n: usize| {
        window.harness.get_by_label_contains(&format!("手順{n} ")).click();
        window.harness.run_ok();
    };
    let mut window = Window::on(folder.path(), &path);
    assert!(!window.has("手順4 決裁用の PDF　済"));
    step(&mut window, 5);
    assert!(window.is_on("公表用") && window.path(word) == Path::new(""), "the word is that of another document");
    window.keys((Modifiers::NONE, Key::Escape));
    step(&mut window, 4);
    assert!(window.is_on("決裁用"));
    assert!(window.path("保存先").to_str().unwrap().contains("_決裁用_"));
    window.choose("書き出す");
    window.wait_until(|window| window.has("ページの PDF を書き出しました"));
    let focused = window.harness.root().query_all_by(|node: &AccessKitNode<'_>| node.is_focused()).next();
    assert_eq!(focused.and_then(|node| node.accesskit_node().label()).as_deref(), Some("閉じる"), "the main act");
    window.choose("閉じる");
    assert!(window.has("手順4 決裁用の PDF　済"));
    window.harness.state_mut().end();
    drop(window);
    let mut window = Window::on(folder.path(), &path);
    assert!(window.has("手順4 決裁用の PDF　済"), "also tomorrow");
    step(&mut window, 5);
    assert!(window.is_on("公表用"));
    let window = Window::on(folder.path(), &other);
    assert!(!window.has("手順4 決裁用の PDF　済"));
}

/// What the PDF would be refused for is not shown either; the pages come as soon as it is mended.
#[test]
fn a_line_that_has_no_room_on_the_paper_is_said_beside_the_form() {
    let mut draft = year::revision();
    draft.state.document.margin.head_left = "資料".repeat(30);
    let (folder, path) = document(&draft);
    let mut window = Window::on(folder.path(), &path);
    window.keys(PREVIEW);
    window.wait_until(|window| window.has("ページの上と下に入れる文字が長すぎます"));
    assert!(window.harness.state().preview().is_none());
    window.keys(PREVIEW);
    window.keys(EXPORT);
    window.harness.get_by_role_and_label(Role::TextInput, "上の左").focus();
    window.harness.run_ok();
    window.keys((Modifiers::COMMAND, Key::A));
    window.harness.event(egui::Event::Text("資料".to_owned()));
    window.harness.run_ok();
    window.choose("書き出す");
    window.wait_until(|window| window.has("ページの PDF を書き出しました"));
    window.choose("閉じる");
    window.keys(PREVIEW);
    window.wait_until(|window| window.every_page(|page| has_run(page, "資料")));
}

#[test]
fn the_summary_and_the_draft_go_with_the_pdf() {
    let draft = year::revision();
    let (folder, path) = document(&draft);
    let mut window = Window::on(folder.path(), &path);
    window.keys(EXPORT);
    assert!(window.is_disabled(INSIDE) && window.has("公表用の PDF には入れられません。"));
    window.click("決裁用");
    window.click(INSIDE);
    window.click(SUMMARY);
    let (pdf, summary) = (window.path("保存先"), window.path("「変更の概要」の保存先"));
    assert!(summary.to_str().unwrap().contains("_変更の概要_") && summary.parent() == pdf.parent());
    window.click("書き出す");
    window.wait_until(|window| window.has("「変更の概要」も書き出しました"));
    assert!(window.has("組織の外へ出さないでください"));
    assert!(std::fs::read(&summary).unwrap().starts_with(b"%PDF-"));
    // The numbers that 決裁用 brings stay with the document.
    let mut draft = draft;
    draft.state.document.margin.numbers = Some(Numbering::OfAll);
    assert_eq!(inside(&std::fs::read(&pdf).unwrap()).unwrap().1.draft, draft);
    window.click("閉じる");

    // The draft comes out again, and has no file until it is given one.
    window.harness.state_mut().open(&pdf);
    window.harness.run_ok();
    assert!(window.has("に入っていた下書きを開きました"));
    assert_eq!(window.harness.state().session().unwrap().draft(), &draft);
    assert_eq!(window.harness.state().path(), None);
    window.keys((Modifiers::COMMAND, Key::S));
    assert_eq!(window.path("保存先"), pdf.with_extension("ron"));

    // What was chosen for 決裁用 does not go into a 公表用 PDF.
    window.harness.state_mut().end();
    drop(window);
    let mut window = Window::on(folder.path(), &path);
    window.keys(EXPORT);
    window.click(INSIDE);
    window.click("公表用");
    assert!(!window.is_on(INSIDE) && window.is_disabled(INSIDE));
    let pdf = window.path("保存先");
    window.click("書き出す");
    window.wait_until(|window| window.has("ページの PDF を書き出しました"));
    assert!(inside(&std::fs::read(&pdf).unwrap()).is_err());
}

#[test]
fn a_name_that_is_taken_is_said_before_it_is_replaced() {
    let (folder, path) = document(&year::revision());
    let mut window = Window::on(folder.path(), &path);
    window.keys(EXPORT);
    assert!(!window.has(TAKEN));
    let pdf = window.path("保存先");
    std::fs::write(&pdf, "前の PDF").unwrap();
    window.click("やめる");
    window.keys(EXPORT);
    assert!(window.has(TAKEN));
    let free = hyoukasho::disk::free_name(&pdf);
    window.click(&format!("「{}」にする", free.file_name().unwrap().to_str().unwrap()));
    assert_eq!(window.path("保存先"), free);
    assert!(!window.has(TAKEN));
    window.click("書き出す");
    window.wait_until(|window| window.has("ページの PDF を書き出しました"));
    assert!(free.exists());
    assert_eq!(std::fs::read(&pdf).unwrap(), "前の PDF".as_bytes());
}

#[test]
fn without_changes_there_is_no_summary_to_be_chosen() {
    let (folder, path) = document(&year::with_rows(Vec::new()));
    let mut window = Window::on(folder.path(), &path);
    window.keys(EXPORT);
    assert!(window.is_disabled(SUMMARY) && window.has("変更箇所に今回の変更の行がないため"));
}

#[test]
fn a_pdf_without_a_draft_is_refused_with_a_reason() {
    let (folder, path) = document(&year::published());
    let other = folder.path().join("ほかの.pdf");
    for (bytes, words) in [(b"%PDF-1.7\n".as_slice(), "壊れているか"), (b"text", "PDF ファイルではありません")]
    {
        std::fs::write(&other, bytes).unwrap();
        let mut window = Window::on(folder.path(), &path);
        window.harness.state_mut().open(&other);
        window.harness.run_ok();
        assert!(window.has(words), "{words}");
    }
}

/// 1366 × 768 at 200 %: what Tab leads to in the dialog can be seen, to the last button.
#[test]
fn every_choice_of_the_dialog_is_reached_by_tab_and_can_be_seen() {
    let (folder, path) = document(&year::revision());
    let mut window = Window::sized(folder.path(), &path, [683.0, 384.0]);
    window.keys(EXPORT);
    window.choose("決裁用");
    window.choose(SUMMARY);
    std::fs::write(window.path("保存先"), "前の PDF").unwrap();
    std::fs::write(window.path("「変更の概要」の保存先"), "前の PDF").unwrap();
    window.choose("公表用");
    window.choose("決裁用");
    window.choose("やめる");
    window.keys(EXPORT);
    window.choose("決裁用");
    window.choose(SUMMARY);
    let mut reached = std::collections::BTreeSet::new();
    for _ in 0..40 {
        window.keys((Modifiers::NONE, Key::Tab));
        window.harness.run_ok();
        let Some(focused) = window.harness.query_by(|node| node.is_focused()) else { continue };
        let (name, rect) = (focused.accesskit_node().label().unwrap_or_default(), focused.rect());
        assert!(rect.top() >= 0.0 && rect.bottom() <= 384.0, "{name} is out of sight at {rect}");
        reached.insert(name);
    }
    for name in [SUMMARY, INSIDE, "「変更の概要」の保存先", "保存先", "書き出す", "やめる"] {
        assert!(reached.contains(name), "{name} was not reached: {reached:?}");
    }
    assert_eq!(reached.iter().filter(|name| name.ends_with("」にする")).count(), 2, "{reached:?}");
}

#[test]
fn head_and_foot_belong_to_the_document_and_are_taken_back() {
    let (folder, path) = document(&year::revision());
    let mut window = Window::sized(folder.path(), &path, [1366.0, 1200.0]);
    window.keys(EXPORT);
    window.click("ページの上と下に入れる文字");
    window.harness.run_ok();
    window.harness.get_by_role_and_label(Role::TextInput, "上の右").focus();
    window.harness.run_ok();
    window.harness.event(egui::Event::Text("（案）".to_owned()));
    window.harness.run_ok();
    assert!(window.has("公表用のページに「（案）」が入ります。"), "what goes to the public is looked at twice");
    window.click("書き出す");
    window.wait_until(|window| window.has("ページの PDF を書き出しました"));
    window.click("閉じる");
    window.keys(PREVIEW);
    window.wait_until(|window| window.every_page(|page| has_run(page, "（案）")));
    let kept = |window: &Window| window.harness.state().session().unwrap().document().margin.head_right.clone();
    assert_eq!(kept(&window), "（案）");
    window.keys((Modifiers::COMMAND, Key::Z));
    assert_eq!(kept(&window), "");
    window.wait_until(|window| window.every_page(|page| !has_run(page, "（案）")));
    window.keys((Modifiers::COMMAND | Modifiers::SHIFT, Key::Z));
    assert_eq!(kept(&window), "（案）");
    window.harness.state_mut().end();
    drop(window);

    // The next day, and for whoever opens it.
    let mut window = Window::sized(folder.path(), &path, [1366.0, 1200.0]);
    window.keys(EXPORT);
    assert_eq!(window.path("上の右"), Path::new("（案）"));
    window.click("決裁用");
    assert!(!window.has("公表用のページに"));
}
