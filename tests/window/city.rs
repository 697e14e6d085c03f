//! The desk of a folder, by the words on the screen: what stands there, in which order, and that each document opens.

use crate::harness;
use crate::wait;

use std::path::Path;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hyoukasho::draft::{DocumentId, format};
use hyoukasho::ui::App;

const TAX: &str = "個人住民税の賦課徴収に関する事務　重点項目評価書";
const CARE: &str = "介護保険に関する事務　重点項目評価書";

fn city(folder: &Path, size: [f32; 2]) -> Harness<'static, App> {
    let copy = |sample: &str, name: &str| {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(sample), &path).unwrap();
        path
    };
    copy("aomine-juminzei.ron", "税.ron");
    copy("aomine-kenkou.ron", "健康部/健康.ron");
    copy("aomine-kaigo-draft.ron", "健康部/介護.ron");
    std::fs::write(folder.join("壊.ron"), "(format: 1, form: ").unwrap();
    let mut app = App::without_memory(&egui::Context::default());
    app.open(&folder.join("税.ron"));
    let mut harness = harness::shown(app, size);
    harness.run_ok();
    harness.get_by_label("表示").click();
    harness.run_ok();
    let is_it = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with("フォルダーの評価書…"))
    };
    harness.get_all_by(is_it).next().unwrap().click();
    wait_until(&mut harness, |harness| has(harness, "全4件"));
    wait_until(&mut harness, all_are_known);
    harness
}

fn wait_until(harness: &mut Harness<'static, App>, is_so: impl Fn(&Harness<'static, App>) -> bool) {
    assert!(wait::comes(harness, |harness| harness, |harness| is_so(harness)), "waited in vain");
}

const LOOK_BETWEEN: &str = "評価書の間を点検";

/// What is made of all documents together waits for them.
fn all_are_known(harness: &Harness<'static, App>) -> bool {
    !harness.get_by_label(LOOK_BETWEEN).accesskit_node().is_disabled()
}

fn look_between(harness: &mut Harness<'static, App>) {
    wait_until(harness, all_are_known);
    harness.get_by_label(LOOK_BETWEEN).click();
}

fn has(harness: &Harness<'static, App>, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

fn height(harness: &Harness<'static, App>, words: &str) -> f32 {
    let is_it = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.role() == Role::Button && node.label().is_some_and(|label| label.contains(words))
    };
    harness.get_all_by(is_it).next().unwrap().rect().top()
}

#[test]
fn a_folder_is_shown_sorted_filtered_and_by_department() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = city(folder.path(), [1366.0, 768.0]);
    for words in [TAX, CARE, "財務部税務課", "健康部介護保険課", "読めません", "作成中"] {
        assert!(has(&harness, words), "{words}");
    }
    let last = harness.get_by_label("使用中").rect();
    assert!(last.right() < 1350.0, "all columns stand in a window of 1366 points: {last:?}");
    assert!(height(&harness, TAX) < height(&harness, CARE), "12 before 27");
    assert!(height(&harness, "壊.ron") > height(&harness, CARE), "what cannot be read stands last");
    harness.get_by_label("番号").click();
    harness.run_ok();
    assert!(height(&harness, TAX) > height(&harness, CARE), "27 before 12");
    harness.get_by_label("部署ごとにまとめる").click();
    harness.run_ok();
    assert!(has(&harness, "財務部税務課　1件"));
    harness.get_by_label("絞り込み").focus();
    harness.run_ok();
    harness.event(egui::Event::Text("介護".to_owned()));
    harness.run_ok();
    assert!(has(&harness, CARE) && !has(&harness, TAX) && has(&harness, "1件を表示（全4件）"));
}

#[test]
fn a_document_opens_from_the_desk_and_escape_leads_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = city(folder.path(), [1366.0, 768.0]);
    harness.key_press(Key::Escape);
    harness.run_ok();
    assert!(!has(&harness, "全4件"));
    harness.get_by_label("表示").click();
    harness.run_ok();
    harness.get_all_by_label_contains("フォルダーの評価書…").next().unwrap().click();
    wait_until(&mut harness, |harness| has(harness, "全4件"));
    harness.get_by_label(CARE).click();
    wait_until(&mut harness, |harness| harness.state().path().is_some_and(|path| path.ends_with("健康部/介護.ron")));
}

/// A small window: nothing is lost, the table scrolls.
#[test]
fn the_desk_stands_in_a_small_window() {
    let folder = tempfile::tempdir().unwrap();
    let harness = city(folder.path(), [683.0, 480.0]);
    assert!(has(&harness, "このフォルダー") || has(&harness, "絞り込み"));
    assert!(has(&harness, TAX));
}

/// Two files of one document, told apart by their names: which of them counts is for who collects to say.
#[test]
fn files_of_one_document_are_marked_and_every_file_has_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = city(folder.path(), [1366.0, 768.0]);
    assert!(has(&harness, "健康部/介護.ron") && !has(&harness, "同じ評価書の写し"));
    let path = folder.path().join("健康部/介護.ron");
    let mut draft = format::read(&std::fs::read(&path).unwrap()).unwrap().draft;
    draft.id = Some(DocumentId::from_bits(1));
    for name in ["健康部/介護.ron", "介護_引渡し用_佐藤.ron"] {
        std::fs::write(folder.path().join(name), format::write(&draft)).unwrap();
    }
    harness.get_by_label("調べ直す").click();
    wait_until(&mut harness, |harness| has(harness, "全5件"));
    assert!(has(&harness, "介護_引渡し用_佐藤.ron"));
    assert_eq!(harness.query_all_by_label("同じ評価書の写し").count(), 2);
}

#[test]
fn an_empty_folder_and_a_filter_without_hits_say_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = city(folder.path(), [1366.0, 768.0]);
    harness.get_by_label("絞り込み").focus();
    harness.run_ok();
    harness.event(egui::Event::Text("どこにもない".to_owned()));
    harness.run_ok();
    assert!(has(&harness, "絞り込みに当てはまる評価書はありません"));
    for name in ["税.ron", "壊.ron"] {
        std::fs::remove_file(folder.path().join(name)).unwrap();
    }
    std::fs::remove_dir_all(folder.path().join("健康部")).unwrap();
    harness.get_by_label("調べ直す").click();
    wait_until(&mut harness, |harness| has(harness, "このフォルダーに評価書（.ron、.hyouka）はありません"));
    let said = harness.get_all_by_label_contains("このフォルダーに評価書").next().unwrap().rect();
    assert!(said.bottom() < 768.0, "{said:?}");
}

/// Who collects finds the folder on the first screen.
#[test]
fn the_first_screen_has_a_door_to_the_folder() {
    let mut harness = harness::shown(App::without_memory(&egui::Context::default()), [1366.0, 768.0]);
    harness.get_by_label("フォルダーの評価書を一覧にする…").click();
    harness.run_ok();
    assert!(has(&harness, "評価書の入ったフォルダー"));
}

#[test]
fn what_stands_between_the_documents_is_shown_and_each_opens_from_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = city(folder.path(), [1366.0, 768.0]);
    assert!(!has(&harness, "評価書の間の指摘"));
    look_between(&mut harness);
    wait_until(&mut harness, |harness| has(harness, "の基礎項目評価書（様式2）が、フォルダーにありません"));
    assert!(has(&harness, TAX), "the table stays");
    harness.get_by_label("閉じる").click();
    harness.run_ok();
    assert!(!has(&harness, "評価書の間の指摘"));
    look_between(&mut harness);
    wait_until(&mut harness, |harness| has(harness, "の基礎項目評価書（様式2）が、フォルダーにありません"));
    // What was found before is not shown of a folder that is looked at again.
    harness.get_by_label("調べ直す").click();
    wait_until(&mut harness, |harness| !has(harness, "評価書の間の指摘") && has(harness, "全4件"));
    look_between(&mut harness);
    wait_until(&mut harness, |harness| has(harness, "の基礎項目評価書（様式2）が、フォルダーにありません"));
    harness.get_all_by_role_and_label(Role::Button, "健康部/介護.ron").next().unwrap().click();
    wait_until(&mut harness, |harness| harness.state().path().is_some_and(|path| path.ends_with("健康部/介護.ron")));
}

#[test]
fn the_list_for_the_plan_is_written_in_any_kind_and_takes_the_place_of_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = city(folder.path(), [1366.0, 768.0]);
    let out = folder.path().join("一覧.xlsx");
    std::fs::write(&out, "書き込みのある表").unwrap();
    for (kind, expected, head) in [
        ("Excel（.xlsx）", "一覧（2）.xlsx", &b"PK"[..]),
        ("PDF（印刷用）", "一覧.pdf", b"%PDF"),
        ("CSV（ほかのソフト用）", "一覧.csv", "\u{feff}評価書番号".as_bytes()),
    ] {
        harness.get_by_label("計画管理書の一覧を書き出す…").click();
        harness.run_ok();
        assert!(has(&harness, "＊の付いた欄名は"), "what is not established is said");
        harness.get_by_label("書き出し先").focus();
        harness.run_ok();
        harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
        harness.run_ok();
        harness.event(egui::Event::Text(out.display().to_string()));
        harness.run_ok();
        harness.get_all_by_label_contains(kind).next().unwrap().click();
        harness.run_ok();
        harness.get_by_label("書き出す").click();
        wait_until(&mut harness, |harness| has(harness, "一覧を書き出しました"));
        let written = std::fs::read(folder.path().join(expected)).unwrap();
        assert!(written.starts_with(head), "{expected}");
        harness.key_press(Key::Escape);
        harness.run_ok();
    }
    harness.get_by_label("計画管理書の一覧を書き出す…").click();
    harness.run_ok();
    harness.get_by_label("書き出し先").focus();
    harness.run_ok();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    harness.run_ok();
    harness.event(egui::Event::Text(folder.path().join("ない/一覧_R8.11.28").display().to_string()));
    harness.run_ok();
    harness.get_all_by_label_contains("PDF（印刷用）").next().unwrap().click();
    harness.run_ok();
    let is_path = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.value().is_some_and(|value| value.ends_with("一覧_R8.11.28.pdf"))
    };
    assert!(harness.query_all_by(is_path).next().is_some(), "a day in a name is no ending");
    harness.get_by_label("書き出す").click();
    wait_until(&mut harness, |harness| has(harness, "書き出せませんでした"));
    harness.key_press(Key::Escape);
    harness.run_ok();
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "書き込みのある表");
    let listed = std::fs::read_to_string(folder.path().join("一覧.csv")).unwrap();
    assert_eq!(listed.lines().count(), 5);
}
