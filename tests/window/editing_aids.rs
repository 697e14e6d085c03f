//! The comforts of writing, by the words on the screen: find and replace, the menu of a cell, the offer after a paste,
//! copying from other files, standard paragraphs, known names.

use crate::harness;

use std::path::Path;

use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hyoukasho::draft::{Answer, Draft};
use hyoukasho::ui::App;

struct Window {
    harness: Harness<'static, App>,
    _folder: tempfile::TempDir,
}

const NONE: Modifiers = Modifiers::NONE;
const UNDO: (Modifiers, Key) = (Modifiers::COMMAND, Key::Z);

impl Window {
    /// A copy of the example with two files.
    fn sample() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("評価書.ron");
        std::fs::copy("samples/aomine-juminzei.ron", &path).unwrap();
        let mut harness = harness::shown(App::without_memory(&egui::Context::default()), [1366.0, 768.0]);
        harness.state_mut().open(Path::new(&path));
        let mut window = Self { harness, _folder: folder };
        window.run();
        window
    }

    fn run(&mut self) {
        self.harness.run_ok();
    }

    fn keys(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.run();
    }

    fn undo(&mut self) {
        self.keys(UNDO.0, UNDO.1);
    }

    fn event(&mut self, event: Event) {
        self.harness.event(event);
        self.run();
    }

    fn type_text(&mut self, text: &str) {
        self.event(Event::Text(text.to_owned()));
    }

    fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.run();
    }

    /// Clicks the last of several: the one in the dialog.
    fn click_in_dialog(&mut self, label: &str) {
        self.harness.get_all_by_role_and_label(Role::Button, label).last().unwrap().click();
        self.run();
    }

    /// Clicks the button whose words begin so.
    fn click_beginning(&mut self, label: &str) {
        let label = label.to_owned();
        let found = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
            node.role() == Role::Button && node.label().is_some_and(|name| name.starts_with(&label))
        };
        self.harness.get_all_by(found).next().unwrap().click();
        self.run();
    }

    fn says(&self, label: &str) -> bool {
        self.harness.query_all_by_label_contains(label).next().is_some()
    }

    fn focus(&mut self, label: &str) {
        self.harness.get_all_by_role_and_label(Role::MultilineTextInput, label).next().unwrap().focus();
        self.run();
    }

    fn field(&mut self, label: &str, text: &str) {
        self.harness.get_by_role_and_label(Role::TextInput, label).focus();
        self.run();
        self.keys(Modifiers::COMMAND, Key::A);
        self.type_text(text);
    }

    /// Turns to a page by the first words of its title; `n` tells the pages of the files apart.
    fn turn_to(&mut self, title: &str, n: usize) {
        let title = title.to_owned();
        let page = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
            node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with(&title))
        };
        self.harness.get_all_by(page).nth(n).unwrap().click();
        self.run();
    }

    fn draft(&self) -> &Draft {
        self.harness.state().session().unwrap().draft()
    }

    fn text(&self, item: &str) -> &str {
        self.draft().state.document.common.answers.get(item).and_then(Answer::as_text).unwrap_or_default()
    }

    fn in_file(&self, file: usize, item: &str) -> &str {
        self.draft().state.document.files[file].part.answers.get(item).and_then(Answer::as_text).unwrap_or_default()
    }

    fn set(&mut self, label: &str, text: &str) {
        self.focus(label);
        self.keys(Modifiers::COMMAND, Key::A);
        self.keys(NONE, Key::Delete);
        if !text.is_empty() {
            self.type_text(text);
        }
    }
}

// ------------------------------------------------------------ find and replace

#[test]
fn a_text_is_found_and_gone_to() {
    let mut window = Window::sample();
    window.keys(Modifiers::COMMAND, Key::F);
    assert!(window.says("文書全体から探します"));
    window.type_text("国税連携ｼｽﾃﾑ");
    assert!(window.says("件"));
    window.keys(NONE, Key::F3);
    assert!(window.says("1件目"));
    let page = window.harness.state().session().is_some();
    assert!(page && window.says("システム3"), "the page of the hit is shown");
    window.keys(NONE, Key::F3);
    assert!(window.says("2件目"));
    window.keys(Modifiers::SHIFT, Key::F3);
    assert!(window.says("1件目"));
    // The hit is selected in its cell: typing replaces it.
    window.type_text("×");
    assert!(window.says("国税連携システム"));
    window.undo();
    window.keys(NONE, Key::Escape);
    assert!(!window.says("探す文字"));
}

#[test]
fn enter_walks_through_the_hits_without_leaving_the_field() {
    let mut window = Window::sample();
    let before = window.draft().clone();
    window.keys(Modifiers::COMMAND, Key::F);
    window.type_text("青嶺市");
    for n in 1..=3 {
        window.keys(NONE, Key::Enter);
        assert!(window.says(&format!("{n}件目")), "{n}");
    }
    window.type_text("に");
    assert_eq!(window.draft(), &before);
    assert!(window.says("件"));
}

#[test]
fn chosen_hits_are_replaced_in_one_step() {
    let mut window = Window::sample();
    let before = window.draft().clone();
    let count = |draft: &Draft, word: &str| hyoukasho::draft::format::write(draft).matches(word).count();
    let form = window.harness.state().session().unwrap().form();
    let hits = hyoukasho::find::find(form, &before, "青嶺市", hyoukasho::find::Folding::LOOSE);
    // What was published is found, and has no box to be chosen by.
    let n_published = hits.iter().filter(|hit| hit.is_published).count();
    let n_hits = count(&before, "青嶺市") - n_published;
    assert!(n_published > 0);
    window.keys(Modifiers::COMMAND, Key::H);
    window.field("探す文字", "青嶺市");
    window.field("置き換える文字（空欄なら消します）", "白嶺市");
    assert!(window.says(&format!("選んだ{n_hits}件を置き換える")));
    assert!(window.says(&format!("前回までの変更箇所と「変更前」の{n_published}件は")));
    let first = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.role() == Role::CheckBox && node.label().is_some_and(|label| label.ends_with("を置き換える"))
    };
    window.harness.get_all_by(first).next().unwrap().click();
    window.run();
    window.click(&format!("選んだ{}件を置き換える", n_hits - 1));
    assert_eq!(count(window.draft(), "白嶺市"), n_hits - 1);
    assert_eq!(count(window.draft(), "青嶺市"), n_published + 1);
    assert!(window.says(&format!("{}件置き換えました（残り{}件）", n_hits - 1, n_published + 1)));
    window.undo();
    assert!(!window.says("置き換えました"));
    assert_eq!(window.draft(), &before);
    window.keys(NONE, Key::F3);
    window.click("この1件を置き換える");
    assert_eq!(count(window.draft(), "白嶺市"), 1);
}

#[test]
fn a_date_is_written_as_the_form_wants_it_when_its_cell_is_left() {
    let mut window = Window::sample();
    let date = |window: &Window| window.draft().state.document.common.answers["cover.published_on"].clone();
    let before = date(&window);
    let text = |text: &str| hyoukasho::draft::Answer::Text(text.to_owned());
    let write = |window: &mut Window, text: &str| {
        window.focus("公表日");
        window.keys(Modifiers::COMMAND, Key::A);
        window.type_text(text);
    };
    for (typed, kept) in
        [("R7.4.1", "令和7年4月1日"), ("2025/4/1", "令和7年4月1日"), ("令和七年四月一日", "令和7年4月1日")]
    {
        write(&mut window, typed);
        assert_eq!(date(&window), text(typed), "while it is being written");
        window.keys(NONE, Key::Tab);
        assert_eq!(date(&window), text(kept), "{typed}");
        window.undo();
        assert_eq!(date(&window), text(typed), "one step back");
        window.undo();
        assert_eq!(date(&window), before);
    }
    write(&mut window, "未定");
    window.keys(NONE, Key::Tab);
    assert_eq!(date(&window), text("未定"));
}

#[test]
fn a_date_is_put_right_where_a_jump_led_to_it() {
    let mut window = Window::sample();
    window.focus("公表日");
    window.keys(Modifiers::COMMAND, Key::A);
    window.keys(NONE, Key::Backspace);
    window.turn_to("Ⅳ", 0);
    let is_there = |window: &Window| {
        let focused = window.harness.root().query_by(|node| node.is_focused());
        focused.and_then(|node| node.accesskit_node().label()).is_some_and(|label| label.starts_with("公表日"))
    };
    assert!(!is_there(&window));
    for _ in 0..9 {
        if !is_there(&window) {
            window.keys(Modifiers::SHIFT, Key::F8);
        }
    }
    assert!(is_there(&window), "F8 does not lead to 公表日");
    window.type_text("R8.12.15");
    window.keys(NONE, Key::Tab);
    let date = &window.draft().state.document.common.answers["cover.published_on"];
    assert_eq!(*date, Answer::Text("令和8年12月15日".to_owned()));
}

#[test]
fn after_the_last_hit_was_replaced_it_is_not_said_that_nothing_was_found() {
    let mut window = Window::sample();
    window.keys(Modifiers::COMMAND, Key::H);
    window.field("探す文字", "青嶺市");
    window.field("置き換える文字（空欄なら消します）", "白嶺市");
    window.click_beginning("選んだ");
    assert!(window.says("件置き換えました") && !window.says("見つかりません"));
    window.field("探す文字", "青嶺市役所");
    assert!(window.says("見つかりません"));
}

#[test]
fn what_was_set_aside_is_said_again_when_it_says_something_else() {
    const NAME: &str = "白嶺市役所が行う。";
    let mut window = Window::sample();
    window.turn_to("Ⅰ", 0);
    window.focus("②事務の内容");
    window.keys(Modifiers::COMMAND, Key::End);
    window.type_text(NAME);
    window.keys(NONE, Key::F1);
    window.keys(NONE, Key::Escape);
    assert!(
        window.says("「白嶺市」が出てきます") && window.says("Ⅰ　基本情報　直す 0　確かめる 1　未記入 0"),
        "done, but for a warning"
    );
    window.click("確認済みにする…");
    window.focus("このままでよい理由");
    window.type_text("委託元の名称のため");
    window.click("確認済みにする");
    assert!(window.says("理由: 委託元の名称のため") && !window.says("基本情報　確かめる"));
    window.focus("②事務の内容");
    window.keys(Modifiers::COMMAND, Key::End);
    NAME.chars().for_each(|_| window.keys(NONE, Key::Backspace));
    window.type_text("黒嶺市役所が行う。");
    window.keys(NONE, Key::F1);
    window.keys(NONE, Key::Escape);
    assert!(
        window.says("基本情報　直す 0　確かめる 1　未記入 0")
            && window.says("は確認済みでした。理由: 委託元の名称のため")
    );
    window.click("確認済みにする…");
    window.click("確認済みにする");
    assert!(!window.says("基本情報　確かめる") && !window.says("は確認済みでした"));
    let waivers = window.draft().state.document.common.waivers.iter().filter(|waiver| waiver.rule == "TX-02");
    assert_eq!(waivers.map(|waiver| waiver.what.contains("黒嶺市")).collect::<Vec<_>>(), [true]);
}

// ------------------------------------------------------------ the menu of a cell

#[test]
fn the_menu_opens_by_key_and_selects_everything() {
    let mut window = Window::sample();
    window.turn_to("Ⅰ", 0);
    window.focus("①部署");
    window.keys(Modifiers::SHIFT, Key::F10);
    for name in ["切り取り", "コピー", "貼り付け", "すべて選択", "定型文を入れる…", "他のファイルの記載を写す…"]
    {
        assert!(window.says(name), "{name}");
    }
    window.click_beginning("すべて選択");
    window.type_text("総務課");
    assert_eq!(window.text("basic.department.unit"), "総務課");
    window.focus("①部署");
    window.keys(Modifiers::COMMAND, Key::A);
    window.keys(Modifiers::SHIFT, Key::F10);
    window.click_beginning("切り取り");
    assert_eq!(window.text("basic.department.unit"), "");
    window.focus("①部署");
    window.keys(NONE, Key::Escape);
    window.focus("①部署");
    window.keys(Modifiers::SHIFT, Key::F10);
    window.click("元に戻す Ctrl+Z");
    assert_eq!(window.text("basic.department.unit"), "総務課");
}

#[test]
fn the_right_button_inside_a_selection_keeps_it() {
    let mut window = Window::sample();
    window.set("評価書名", "住民税");
    window.keys(Modifiers::COMMAND, Key::A);
    // The middle of the cell is behind the short text: the cursor would go to its end.
    window.harness.get_by_role_and_label(Role::MultilineTextInput, "評価書名").click_secondary();
    window.run();
    window.click("切り取り Ctrl+X");
    assert_eq!(window.text("cover.name"), "");
    window.undo();
    assert_eq!(window.text("cover.name"), "住民税");
}

// ------------------------------------------------------------ the offer after a paste

#[test]
fn wrapped_lines_are_joined_only_when_asked_for() {
    let mut window = Window::sample();
    window.turn_to("Ⅰ", 0);
    window.set("②事務の内容", "頭。");
    let pasted = "窓口で受け付けた届出書は、その日のうちに担当者が内容を\n確かめ、別の職員が入力の結果を照らし合わせる。届出書は鍵\nの掛かる棚に保管する。";
    window.event(Event::Paste(pasted.to_owned()));
    assert_eq!(window.text("basic.affairs.content"), format!("頭。{pasted}"));
    window.click("改行をつなげる");
    assert_eq!(window.text("basic.affairs.content"), format!("頭。{}", pasted.replace('\n', "")));
    assert!(!window.says("改行をつなげる"));
    window.undo();
    assert_eq!(window.text("basic.affairs.content"), format!("頭。{pasted}"));
    // Any other change takes the offer away.
    window.event(Event::Paste(pasted.to_owned()));
    assert!(window.says("改行をつなげる"));
    window.type_text("甲");
    assert!(!window.says("改行をつなげる"));
}

#[test]
fn what_only_another_program_can_mean_is_put_right_when_it_is_pasted() {
    let mut window = Window::sample();
    window.turn_to("Ⅰ", 0);
    window.set("②事務の内容", "");
    window.event(Event::Paste("この⽅法_x000D_\n二行目\u{B}三\u{AD}行目".to_owned()));
    assert_eq!(window.text("basic.affairs.content"), "この方法\n二行目\n三\u{AD}行目");
    assert!(!window.says("このまま"));
}

#[test]
fn copied_cells_lose_their_quotes_when_asked_for() {
    let mut window = Window::sample();
    window.turn_to("Ⅰ", 0);
    window.set("②事務の内容", "");
    window.event(Event::Paste("\"市民課\n税務課\"\t甲".to_owned()));
    window.click("引用符とタブを取る");
    assert_eq!(window.text("basic.affairs.content"), "市民課\n税務課　甲");
    window.event(Event::Paste("ただの文。".to_owned()));
    assert!(!window.says("このまま"));
}

// ------------------------------------------------------------ other files

#[test]
fn an_answer_is_copied_from_another_file() {
    let mut window = Window::sample();
    window.turn_to("Ⅱ", 1);
    let first = window.in_file(0, "overview.base.department").to_owned();
    let second = window.in_file(1, "overview.base.department").to_owned();
    assert_ne!(first, second);
    window.focus("⑥事務担当部署");
    window.keys(NONE, Key::Escape);
    window.focus("⑥事務担当部署");
    window.keys(Modifiers::SHIFT, Key::F10);
    window.click_beginning("他のファイルの記載を写す");
    assert!(window.says("1．課税情報ファイル"));
    window.click("この記載を写す");
    assert_eq!(window.in_file(1, "overview.base.department"), first);
    window.undo();
    assert_eq!(window.in_file(1, "overview.base.department"), second);
}

#[test]
fn a_section_is_made_the_same_as_in_another_file() {
    let mut window = Window::sample();
    let before = window.draft().clone();
    window.turn_to("Ⅲ", 1);
    window.click("他のファイルと同じにする…");
    window.click_beginning("1．課税情報ファイル");
    let risk = |file: usize| {
        let answers = &window.draft().state.document.files[file].part.answers;
        answers.iter().filter(|(id, _)| id.starts_with("risk.")).collect::<Vec<_>>()
    };
    assert_eq!(risk(0), risk(1));
    assert_eq!(window.draft().state.document.files[1].name, "収納滞納情報ファイル");
    assert_ne!(window.draft(), &before);
    window.undo();
    assert_eq!(window.draft(), &before);
}

// ------------------------------------------------------------ standard paragraphs

#[test]
fn a_standard_paragraph_goes_where_the_cursor_is() {
    let mut window = Window::sample();
    window.turn_to("Ⅰ", 0);
    window.set("②事務の内容", "前後");
    window.keys(NONE, Key::ArrowLeft);
    window.keys(Modifiers::COMMAND, Key::T);
    window.click("別添１を参照");
    window.click("欄に入れる");
    assert_eq!(window.text("basic.affairs.content"), "前別添１を参照。後");
    window.undo();
    assert_eq!(window.text("basic.affairs.content"), "前後");
}

#[test]
fn a_standard_paragraph_goes_nowhere_but_into_the_cell_in_focus() {
    let mut window = Window::sample();
    window.turn_to("Ⅱ", 1);
    window.set("⑥事務担当部署", "財務部");
    let before = window.draft().clone();
    window.harness.get_all_by_role(Role::RadioButton).next().unwrap().focus();
    window.run();
    window.keys(Modifiers::COMMAND, Key::T);
    assert!(window.says("文章の欄で使えます"));
    window.keys(NONE, Key::Enter);
    assert_eq!(window.draft(), &before);
    window.keys(NONE, Key::Escape);
    window.focus("⑥事務担当部署");
    window.keys(Modifiers::COMMAND, Key::T);
    assert!(window.says("入れる欄　Ⅱ2 ⑥事務担当部署"), "the dialog names the cell");
    window.keys(NONE, Key::ArrowDown);
    window.keys(NONE, Key::Enter);
    let second = &hyoukasho::phrases::starters()[1];
    assert!(window.in_file(1, "overview.base.department").contains(&second.text), "chosen by key");
}

#[test]
fn the_cell_becomes_a_standard_paragraph_and_taking_it_out_can_be_undone() {
    let mut window = Window::sample();
    window.turn_to("Ⅰ", 0);
    window.set("②事務の内容", "自分の決まり文句。");
    window.keys(Modifiers::COMMAND, Key::T);
    window.click("今の欄の記載を加える…");
    window.click("決定");
    assert!(window.says("● 自分の決まり文句。"), "it is meant for this item and comes first");
    window.click_in_dialog("削除");
    assert!(!window.says("● 自分の決まり文句。"));
    window.click_in_dialog("元に戻す");
    assert!(window.says("● 自分の決まり文句。"));
    window.keys(NONE, Key::Escape);
    assert!(!window.says("欄に入れる"));
}

// ------------------------------------------------------------ known names

#[test]
fn a_known_name_is_taken_by_key() {
    let mut window = Window::sample();
    window.turn_to("Ⅱ", 1);
    window.set("⑥事務担当部署", "財");
    assert!(window.says("この文書にある名前"));
    // Enter is not for the list until it is entered.
    window.keys(NONE, Key::ArrowDown);
    window.keys(NONE, Key::Enter);
    assert_eq!(window.in_file(1, "overview.base.department"), "財務部税務課");
    assert!(!window.says("この文書にある名前"));
    window.undo();
    assert_eq!(window.in_file(1, "overview.base.department"), "財");
}

#[test]
fn the_list_of_names_keeps_out_of_the_way() {
    let mut window = Window::sample();
    window.turn_to("Ⅱ", 1);
    window.set("⑥事務担当部署", "財");
    window.keys(NONE, Key::Escape);
    assert!(!window.says("この文書にある名前"));
    window.type_text("務");
    assert_eq!(window.in_file(1, "overview.base.department"), "財務", "the cell still has the focus");
    assert!(window.says("この文書にある名前"));
    window.event(Event::Ime(ImeEvent::Preedit { text: "ぶ".to_owned(), active_range_chars: Some(1..1) }));
    assert!(!window.says("この文書にある名前"), "not while text is composed");
    window.harness.event(Event::Ime(ImeEvent::Preedit { text: String::new(), active_range_chars: None }));
    window.event(Event::Ime(ImeEvent::Commit("部".to_owned())));
    assert_eq!(window.in_file(1, "overview.base.department"), "財務部");
    assert!(window.says("この文書にある名前"));
    window.click("財務部税務課");
    assert_eq!(window.in_file(1, "overview.base.department"), "財務部税務課");
}

#[test]
fn enter_is_a_line_break_while_the_list_is_not_entered() {
    let mut window = Window::sample();
    window.turn_to("Ⅱ", 1);
    window.set("使用部署", "財務");
    assert!(window.says("この文書にある名前"));
    window.keys(NONE, Key::Enter);
    assert_eq!(window.in_file(1, "overview.acquire.user.department"), "財務\n");
}
