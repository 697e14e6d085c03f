//! 新しく作る: what is made, where, and that nothing is made or replaced unasked.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use hyoukasho::draft::format;
use hyoukasho::ui::App;
use hyoukasho::workspace::waker::TaskWork;

use crate::start::{NEW_PATH, START, Window, reply};

const MAKE: &str = "作って書き始める";

/// At the last step to the two documents that three answers lead to.
fn two_documents(window: &mut Window, affairs: &str) {
    window.click("新しく作る…");
    window.click("どの様式か調べる");
    reply(window, "対象人数", "1万人以上10万人未満");
    reply(window, "取扱者", "はい");
    reply(window, "過去1年", "いいえ");
    window.click("基礎項目評価書と重点項目評価書を作る");
    window.click("次へ");
    if !affairs.is_empty() {
        window.fill("事務の名称", affairs);
    }
    window.click("次へ");
}

fn form_of(path: &Path) -> String {
    format::read(&std::fs::read(path).unwrap()).unwrap().draft.state.document.form
}

/// Every document in the folder of the window, with its form.
fn documents(window: &Window) -> Vec<(String, String)> {
    let files = std::fs::read_dir(window.folder.path()).unwrap().map(|file| file.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "ron"));
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let mut found: Vec<_> = files.map(|path| (name(&path), form_of(&path))).collect();
    found.sort();
    found
}

fn is_disabled(window: &Window, name: &str) -> bool {
    let is_it = |node: &AccessKitNode<'_>| node.role() == Role::Button && node.label().as_deref() == Some(name);
    window.harness.get_by(is_it).accesskit_node().is_disabled()
}

#[test]
fn two_documents_that_would_have_one_name_get_two() {
    let mut window = Window::new();
    two_documents(&mut window, "");
    let path = window.folder.path().join("基礎項目評価書.ron");
    window.fill(NEW_PATH, &path.display().to_string());
    assert!(window.has("基礎項目評価書（2）.ron"), "what is said is what is made");
    window.click(MAKE);
    window.wait_until(|window| window.form() == Some("youshiki3") && documents(window).len() == 2);
    let wanted = [("基礎項目評価書.ron", "youshiki3"), ("基礎項目評価書（2）.ron", "youshiki2")];
    let wanted = wanted.map(|(name, form)| (name.to_owned(), form.to_owned()));
    let mut found = documents(&window);
    found.sort_by_key(|(_, form)| std::cmp::Reverse(form.clone()));
    assert_eq!(found, wanted);
}

#[test]
fn a_long_name_of_an_affair_leaves_room_for_that_of_the_form() {
    let mut window = Window::new();
    two_documents(&mut window, &"長い名称の".repeat(20));
    for form in ["基礎項目評価書.ron", "重点項目評価書.ron"] {
        let is_it = |node: &AccessKitNode<'_>| node.value().is_some_and(|name| name.ends_with(form));
        assert!(window.harness.query_all_by(is_it).next().is_some(), "{form}");
    }
}

#[test]
fn where_the_first_cannot_be_saved_it_stays_and_the_second_is_not_made() {
    let mut window = Window::new();
    two_documents(&mut window, "介護保険に関する事務");
    // There is no such folder.
    window.fill(NEW_PATH, &window.folder.path().join("無い/重点.ron").display().to_string());
    window.click(MAKE);
    window.wait_until(|window| window.has("「重点.ron」はまだ作っていません"));
    assert_eq!(window.form(), Some("youshiki2"));
    window.click("閉じる");
    assert!(window.harness.state().session().is_some());
    (0..20).for_each(|_| window.harness.step());
    assert_eq!(window.form(), Some("youshiki2"), "it is still there");
}

#[test]
fn the_next_document_has_a_name_of_its_own() {
    let mut window = Window::new();
    window.click("新しく作る…");
    window.click("次へ");
    window.click("次へ");
    window.fill("事務の名称", "国民年金に関する事務");
    window.click("次へ");
    let place = |window: &Window| {
        let field = window.harness.get_by_role_and_label(Role::TextInput, NEW_PATH);
        field.accesskit_node().value().unwrap_or_default()
    };
    assert!(place(&window).ends_with("国民年金に関する事務_重点項目評価書.ron"));
    let own = window.folder.path().join("自分の名前.ron");
    window.fill(NEW_PATH, &own.display().to_string());
    window.click(MAKE);
    window.wait_until(|window| window.form() == Some("youshiki3"));
    window.wait_until(|_| own.exists());
    window.go_home();
    window.click("新しく作る…");
    (0..3).for_each(|_| window.click("次へ"));
    let wanted = window.folder.path().join("重点項目評価書.ron");
    assert_eq!(Path::new(&place(&window)), wanted, "the folder stays, the name does not");
}

/// A window whose work on threads can be held up, as by a share that does not answer.
fn held_up() -> (Window, Arc<AtomicBool>, Arc<Mutex<Vec<TaskWork>>>) {
    let (holds, held) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::<TaskWork>::new())));
    let (does_hold, keep) = (holds.clone(), held.clone());
    let run = move |work: TaskWork| {
        if does_hold.load(Ordering::SeqCst) {
            keep.lock().unwrap().push(work);
        } else {
            work();
        }
    };
    let app = App::without_memory(&egui::Context::default()).running(run);
    let app = app.with_patience(Some(Duration::from_millis(1)));
    (Window::on(app, [1366.0, 768.0]), holds, held)
}

fn at_the_last_step(window: &mut Window) {
    window.click("新しく作る…");
    (0..3).for_each(|_| window.click("次へ"));
}

#[test]
fn a_place_that_does_not_answer_can_be_changed_for_another() {
    let (mut window, holds, held) = held_up();
    at_the_last_step(&mut window);
    let folder = window.folder.path().to_owned();
    window.fill(NEW_PATH, &folder.join("共有.ron").display().to_string());
    holds.store(true, Ordering::SeqCst);
    window.click(MAKE);
    assert!(is_disabled(&window, MAKE), "it is being looked for");
    window.fill(NEW_PATH, &folder.join("手元.ron").display().to_string());
    assert!(!is_disabled(&window, MAKE));
    holds.store(false, Ordering::SeqCst);
    // The share answers after all: nothing comes of it.
    held.lock().unwrap().drain(..).for_each(|work| work());
    (0..10).for_each(|_| window.harness.step());
    assert!(documents(&window).is_empty() && window.form().is_none());
    window.click(MAKE);
    window.wait_until(|window| window.form() == Some("youshiki3") && !documents(window).is_empty());
    assert_eq!(documents(&window)[0].0, "手元.ron");
}

#[test]
fn who_leaves_the_steps_finds_nothing_made_unasked() {
    for leave in ["← 評価書の一覧へ戻る", "戻る", ""] {
        let (mut window, holds, held) = held_up();
        at_the_last_step(&mut window);
        let path = window.folder.path().join("共有.ron");
        window.fill(NEW_PATH, &path.display().to_string());
        holds.store(true, Ordering::SeqCst);
        window.click(MAKE);
        if leave.is_empty() {
            window.keys((Modifiers::COMMAND, Key::N));
        } else {
            window.click(leave);
        }
        holds.store(false, Ordering::SeqCst);
        held.lock().unwrap().drain(..).for_each(|work| work());
        if leave.starts_with('←') {
            window.click("新しく作る…");
        }
        (0..10).for_each(|_| window.harness.step());
        assert!(documents(&window).is_empty() && window.form().is_none(), "{leave}");
    }
}

#[test]
fn who_has_to_make_none_can_make_one_or_choose() {
    let mut window = Window::new();
    let ask = |window: &mut Window| {
        window.click("どの様式か調べる");
        reply(window, "対象人数", "1,000人未満");
        reply(window, "取扱者", "いいえ");
        reply(window, "過去1年", "いいえ");
        assert!(window.has("義務なし"));
    };
    window.click("新しく作る…");
    ask(&mut window);
    window.click("ほかの様式を選ぶ");
    assert!(!is_disabled(&window, "次へ"));
    window.harness.get_by_label("全項目評価書").click();
    window.run();
    ask(&mut window);
    window.click("任意で基礎項目評価書を作る");
    window.click("次へ");
    let known = window.harness.get_by_role_and_label(Role::RadioButton, "1,000人未満");
    assert_eq!(known.accesskit_node().toggled(), Some(egui::accesskit::Toggled::True));
    // What was said can be left open again.
    window.harness.get_by_role_and_label(Role::RadioButton, "まだわからない").click();
    window.run();
    window.click("次へ");
    window.fill(NEW_PATH, &window.folder.path().join("任意.ron").display().to_string());
    window.click(MAKE);
    window.wait_until(|window| window.form() == Some("youshiki2"));
    let answers = &window.harness.state().session().unwrap().draft().state.document.common.answers;
    assert_eq!(answers.get("threshold_items.population.count"), None);
}

#[test]
fn another_document_is_not_asked_for_while_this_one_has_no_place() {
    let mut window = Window::new();
    window.click("記入例の写しを開く");
    window.wait_until(|window| window.form().is_some());
    window.run();
    let cell = window.harness.get_by_role_and_label(Role::MultilineTextInput, "評価書番号");
    cell.focus();
    window.run();
    window.harness.event(Event::Text("9".to_owned()));
    window.run();
    for keys in [START, (Modifiers::COMMAND, Key::R)] {
        window.keys(keys);
        assert!(window.has("ほかの評価書は、まだ開けません"), "{keys:?}");
        assert!(window.has("今の下書きがまだ保存されていません"));
        window.click("閉じる");
        assert!(window.form().is_some() && !window.has("ほかの評価書を開く"), "one is where one was");
    }
}
