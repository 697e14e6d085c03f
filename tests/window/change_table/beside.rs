//! What is said beside a cell of the form, what goes with a text put back, and what stays where it is.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{AccessKitNode, Queryable as _};
use hyoukasho::draft::{Answer, Draft, Edit, Part, Stage};
use hyoukasho::form::FieldPath;

use crate::painted::{ACCENT, colors_of};

use super::harness::{N_FORMER, NONE, Window, sample, this_year, two_changes};

#[test]
fn what_was_emptied_for_this_year_is_the_same_at_all_stages() {
    let mut window = Window::on(&this_year());
    window.keys(NONE, Key::F5);
    assert!(window.says_soon("見直しの開始で空にした欄（書くと行になります）"));
    assert!(window.says_soon("✓ 記載のない変更はありません"));
    window.keys(NONE, Key::F10);
    assert!(!window.says("変更箇所に記載がありません。"), "no difference is unlisted at a later stage only");
    assert!(window.says_soon("見直しの開始で空にした欄が空のままです"));
    window.press("段階を「提出・公表」にする");
    window.press("このまま「提出・公表」にする");
    window.keys(NONE, Key::F5);
    assert!(window.says_soon("✓ 記載のない変更はありません"));
    let (begun, before) = (window.draft().clone(), sample().state.document.common);
    window.of_awaited("すべて前回の記載に戻す");
    assert_eq!(
        window.draft().state.document.common.answers["procedure.hearing.method"],
        before.answers["procedure.hearing.method"]
    );
    assert!(!window.says("見直しの開始で空にした欄"));
    window.undo();
    assert_eq!(*window.draft(), begun);
    window.of_awaited("すべて空のままにする");
    assert!(window.says_soon("見直しの開始で空にした欄（書くと行になります）　1件"), "実施日 must be written");
    window.listed();
    window.keys(NONE, Key::F10);
    assert!(!window.says("見直しの開始で空にした欄が空のままです"));
    assert_eq!(window.draft().state.stage, Stage::Final);
}

#[test]
fn a_former_row_stays_in_its_fold_while_it_is_corrected() {
    let mut window = two_changes();
    window.listed();
    window.press("過去 21");
    window.line("3　").click();
    window.run();
    let name = "前回までの行3";
    let in_group = |window: &mut Window, role: Role, label: &str| {
        let group = window.harness.get_by_role_and_label(Role::Group, name);
        group.get_by_role_and_label(role, label).click();
        window.run();
    };
    in_group(&mut window, Role::Button, "この行を直す");
    for cell in ["変更前の記載", "変更後の記載"] {
        in_group(&mut window, Role::MultilineTextInput, cell);
        window.replace("誤記を直した");
        assert!(window.says_soon("前回までの行　21件（書き換えません）"), "{cell}");
    }
    assert_eq!(window.draft().state.document.rows[2].after, "誤記を直した");
    assert!(!window.says("手で書いた行"));
    assert_eq!(window.rows().len(), 2);
}

/// The cell of 所属長, its row listed and in the words of the program.
fn listed() -> Window {
    let mut window = two_changes();
    window.listed();
    window.in_row("Ⅰ６②", Role::Button, "欄へ移る");
    window.run();
    window
}

fn put_back(window: &mut Window) {
    // Until the comparison is of the text as it stands, the button is not to be pressed.
    let is_ready = |node: &AccessKitNode<'_>| {
        node.role() == Role::Button && !node.is_disabled() && node.label().as_deref() == Some("前回の記載に戻す")
    };
    assert!(window.soon(|window| window.harness.query_all_by(is_ready).next().is_some()));
    window.harness.get_by(is_ready).click_accesskit();
    window.run();
}

#[test]
fn an_untouched_row_goes_with_the_text_put_back() {
    let mut window = listed();
    let before = window.draft().clone();
    put_back(&mut window);
    assert_eq!(window.items(), ["Ⅰ６①　部署"]);
    assert!(!window.says("変更箇所の23行目"));
    window.undo();
    assert_eq!(*window.draft(), before, "one step");
}

#[test]
fn a_row_worded_by_hand_is_kept_and_marked() {
    let mut window = listed();
    window.keys(NONE, Key::F5);
    window.in_row("Ⅰ６②", Role::Button, "記載を手で直す");
    window.write_in_row("Ⅰ６②", "変更後の記載", "市民税課の課長");
    window.in_row("Ⅰ６②", Role::Button, "欄へ移る");
    window.run();
    put_back(&mut window);
    assert_eq!(window.row("Ⅰ６②").after, "市民税課の課長");
    assert!(
        window.says_soon("前回の記載に戻りましたが、手で直した変更箇所の23行目（Ⅰ６②　所属長の役職名）が残っています")
    );
    assert!(!window.says("指摘はありません"));
    window.keys(NONE, Key::F5);
    assert_eq!(window.harness.state().current().and_then(|path| path.entry), Some(N_FORMER + 1));
    assert!(!window.says("指摘はありません"), "the row says that it no longer agrees");
}

#[test]
fn a_text_typed_back_offers_to_take_its_row_out() {
    let mut window = listed();
    window.write("②所属長の役職名", "税務課長");
    assert!(window.says_soon("前回の記載に戻ったため、変更箇所の23行目（Ⅰ６②　所属長の役職名）は要らなくなりました"));
    window.press("この行を取り除く");
    assert_eq!(window.items(), ["Ⅰ６①　部署"]);
    window.write("①部署", "財務部住民税課");
    assert!(window.says_soon("変更箇所の22行目（Ⅰ６①　部署）は、今の記載と合っていません"));
    window.press("行を今の記載に合わせる");
    assert_eq!(window.row("Ⅰ６①").after, "財務部住民税課");
    assert!(window.says_soon("に書いてあります"));
}

#[test]
fn the_guide_finds_nothing_only_where_there_is_nothing() {
    let mut window = Window::on(&this_year());
    window.turn_to("Ⅰ");
    window.focused("①部署");
    assert!(window.says_soon("指摘はありません"));
    window.write("①部署", "財務部市民税課");
    assert!(window.says_soon("前回から変えましたが、変更箇所にまだ記載がありません"));
    assert!(!window.says("指摘はありません"));
}

/// To change a cell is the work itself: nothing that tells of a row still to come is red.
#[test]
fn a_change_without_a_row_is_a_fact_and_no_fault() {
    let mut window = Window::on(&this_year());
    window.turn_to("Ⅰ");
    window.write("①部署", "財務部市民税課");
    let beside = "前回から変えましたが、変更箇所にまだ記載がありません";
    assert!(window.says_soon(beside));
    assert_eq!(colors_of(&window.harness, beside), [ACCENT]);
    assert_eq!(colors_of(&window.harness, "行なし 1"), [ACCENT]);
    window.keys(NONE, Key::F5);
    assert!(window.says_soon("変えたのに、この表に行がない項目　1件"));
    assert_eq!(colors_of(&window.harness, "変えたのに、この表に行がない項目"), [ACCENT]);
}

#[test]
fn a_cell_of_a_new_entry_says_what_its_row_says() {
    let mut draft: Draft = this_year();
    let mut entry = Part::default();
    entry.answers.insert("basic.systems.name".to_owned(), Answer::Text("収納管理システム".to_owned()));
    let at = FieldPath::document("basic.systems");
    let index = sample().state.document.common.answers["basic.systems"].as_entries().unwrap().len();
    draft.apply(Edit::InsertEntry { at, index, entry }).unwrap();
    let mut window = Window::on(&draft);
    window.turn_to("Ⅰ");
    let is_it = |node: &AccessKitNode<'_>| {
        let is_cell = matches!(node.role(), Role::TextInput | Role::MultilineTextInput);
        is_cell && node.value().is_some_and(|text| text == "収納管理システム")
    };
    window.harness.get_by(is_it).focus();
    window.run();
    assert_eq!(window.harness.state().current(), Some(&FieldPath::document("basic.systems.name").entry(index)));
    assert!(window.says_soon("前回から変えましたが、変更箇所にまだ記載がありません"));
    window.keys(NONE, Key::F5);
    window.listed();
    window.in_row("Ⅰ２", Role::Button, "欄へ移る");
    window.run();
    assert!(window.says_soon(&format!("変更箇所の{}行目（Ⅰ２　システム{}）に書いてあります", N_FORMER + 1, index + 1)));
}

#[test]
fn undo_says_what_it_takes_back() {
    let mut window = two_changes();
    window.listed();
    let name = |window: &Window| window.harness.state().session().unwrap().undo_name();
    assert_eq!(name(&window), Some("変更箇所への書き入れ"));
    window.choose("Ⅰ６①");
    window.choose("Ⅰ６②");
    window.of_table("選んだ行を1行にまとめる（2）");
    assert_eq!(name(&window), Some("行のまとめ"));
    window.in_row("Ⅰ６①", Role::Button, "項目ごとの行に分ける");
    assert_eq!(name(&window), Some("行の分割"));
}
