//! Two people who have the same document open, and one who waits for the other.

use std::fs;

use hyoukasho::files::owner::{Person, claim, owner_path};
use hyoukasho::files::{Kind, SystemDisk};

use crate::desk::{Share, Window, draft, now, read, text};

const NAME: &str = "評価書名";
const NUMBER: &str = "評価書番号";

fn said(window: &Window) -> (String, String) {
    (text(window.draft(), "cover.name"), text(window.draft(), "cover.number"))
}

fn pair(name: &str, number: &str) -> (String, String) {
    (name.to_owned(), number.to_owned())
}

#[test]
fn both_write_and_the_document_has_both() {
    let share = Share::new("住民基本台帳");
    let (mut sato, mut yamada) = (share.open("佐藤"), share.open("山田"));
    sato.write(NAME, "佐藤の名称");
    sato.wait_saved();
    yamada.write(NAME, "山田の名称");
    yamada.write(NUMBER, "12");
    yamada.wait("compared", |window| window.shows("同僚の変更を取り込む"));
    // Nothing is overwritten, and nothing is taken in before one has chosen.
    assert_eq!(text(&read(&share.document()), "cover.name"), "佐藤の名称");
    assert!(yamada.shows("両方で書き換えた項目　1件"));
    assert!(yamada.shows("表紙 評価書名") && yamada.shows("まだ選んでいない項目　1件"));
    yamada.click("取り込んで保存");
    assert!(yamada.shows("まだ選んでいない項目　1件"));
    yamada.click("相手の記載");
    yamada.click("取り込んで保存");
    yamada.wait_saved();
    assert_eq!(said(&yamada), pair("佐藤の名称", "12"));
    let there = read(&share.document());
    assert_eq!(
        (text(&there, "cover.name"), text(&there, "cover.number")),
        pair("佐藤の名称", "12"),
        "{:?} {:?}",
        share.names(),
        yamada.all()
    );
    assert_eq!(yamada.harness.state().path().unwrap(), share.document());
    // What both had is kept, and what was written beside the document is tidied away.
    yamada.wait("tidy", |_| share.names().len() == 1);
    let kept = |kind: Kind| {
        let versions = share.shelf("山田").versions(&SystemDisk);
        read(&versions.into_iter().find(|version| version.kind == kind).unwrap().path)
    };
    assert_eq!(text(&kept(Kind::BeforeMerge), "cover.name"), "山田の名称");
    assert_eq!(text(&kept(Kind::Theirs), "cover.name"), "佐藤の名称");
    // One step takes it back, and the document follows.
    yamada.undo();
    assert_eq!(said(&yamada), pair("山田の名称", "12"));
    yamada.wait_saved();
    assert_eq!(text(&read(&share.document()), "cover.name"), "山田の名称");
    assert_eq!(share.names().len(), 1);
}

#[test]
fn both_texts_can_stay() {
    let share = Share::new("住民基本台帳");
    let (mut sato, mut yamada) = (share.open("佐藤"), share.open("山田"));
    sato.write(NAME, "佐藤の名称");
    sato.wait_saved();
    yamada.write(NAME, "山田の名称");
    yamada.wait("compared", |window| window.shows("同僚の変更を取り込む"));
    yamada.click("両方を残す");
    assert!(yamada.shows("合わせるとこうなります"));
    yamada.click("取り込んで保存");
    yamada.wait_saved();
    assert_eq!(text(&read(&share.document()), "cover.name"), "山田の名称　佐藤の名称");
}

#[test]
fn it_can_wait_and_what_is_written_meanwhile_is_safe() {
    let share = Share::new("住民基本台帳");
    let mut yamada = share.open("山田");
    share.write("佐藤の名称");
    yamada.write(NUMBER, "12");
    yamada.wait("compared", |window| window.shows("同僚の変更を取り込む"));
    yamada.click("あとで（記入に戻る）");
    assert!(yamada.shows("まだ取り込んでいません"));
    yamada.write(NUMBER, "13");
    yamada.wait_saved();
    assert_eq!(text(&read(&share.document()), "cover.number"), "");
    let beside = yamada.harness.state().path().unwrap().to_owned();
    assert_eq!(text(&read(&beside), "cover.number"), "13");
    yamada.click("相手の変更を取り込む…");
    assert!(yamada.shows("選ぶ項目はありません"));
    // Once more somebody writes before the button is pressed.
    share.write("佐藤の新しい名称");
    yamada.click("取り込んで保存");
    assert!(yamada.shows("比べ直しました"));
    yamada.click("取り込んで保存");
    yamada.wait_saved();
    let there = read(&share.document());
    assert_eq!((text(&there, "cover.name"), text(&there, "cover.number")), pair("佐藤の新しい名称", "13"));
    yamada.wait("tidy", |_| !beside.exists());
}

#[test]
fn while_the_colleague_has_it_open_one_waits_with_all_choices() {
    let share = Share::new("住民基本台帳");
    let mut yamada = share.open("山田");
    share.write("佐藤の名称");
    yamada.write(NUMBER, "12");
    yamada.wait("compared", |window| window.shows("同僚の変更を取り込む"));
    fs::remove_file(owner_path(&share.document())).ok();
    let sato = Person { machine: "PC-2".to_owned(), user: "佐藤".to_owned(), process: 7 };
    claim(&SystemDisk, &share.document(), &sato, now());
    yamada.click("取り込んで保存");
    assert!(yamada.shows("閉じてもらってから"));
    assert_eq!(text(&read(&share.document()), "cover.number"), "");
    fs::remove_file(owner_path(&share.document())).unwrap();
    yamada.click("取り込んで保存");
    yamada.wait_saved();
    assert_eq!(text(&read(&share.document()), "cover.number"), "12");
}

fn waiting(share: &Share) -> Window {
    let sato = Person { machine: "PC-2".to_owned(), user: "佐藤".to_owned(), process: 7 };
    claim(&SystemDisk, &share.document(), &sato, now());
    let mut yamada = share.open("山田");
    yamada.click("読み取り専用で開く");
    yamada
}

#[test]
fn who_waits_is_told_when_the_document_is_free() {
    let share = Share::new("住民基本台帳");
    let mut yamada = waiting(&share);
    share.write("佐藤の名称");
    fs::remove_file(owner_path(&share.document())).unwrap();
    yamada.wait("free", |window| window.shows("使っていた人が閉じました"));
    yamada.click("書き込めるようにする");
    assert_eq!(said(&yamada), pair("佐藤の名称", ""));
    yamada.write(NUMBER, "12");
    yamada.wait_saved();
    assert_eq!(text(&read(&share.document()), "cover.number"), "12");
}

#[test]
fn what_was_written_while_waiting_comes_along() {
    let share = Share::new("住民基本台帳");
    let mut yamada = waiting(&share);
    yamada.write(NUMBER, "12");
    share.write("佐藤の名称");
    fs::remove_file(owner_path(&share.document())).unwrap();
    yamada.wait("free", |window| window.shows("使っていた人が閉じました"));
    yamada.click("書き込めるようにする");
    yamada.wait("compared", |window| window.shows("同僚の変更を取り込む"));
    yamada.click("取り込んで保存");
    yamada.wait_saved();
    let there = read(&share.document());
    assert_eq!((text(&there, "cover.name"), text(&there, "cover.number")), pair("佐藤の名称", "12"));
    yamada.end();
    assert_eq!(share.names().len(), 1);
}

#[test]
fn a_new_state_can_be_read_again() {
    let share = Share::new("住民基本台帳");
    let mut yamada = share.open("山田");
    fs::write(share.document(), hyoukasho::draft::format::write(&draft("佐藤の名称"))).unwrap();
    yamada.wait("told", |window| window.shows("ほかの人がこの評価書を書き換えました"));
    yamada.click("読み直す");
    assert_eq!(said(&yamada), pair("佐藤の名称", ""));
    assert!(!yamada.shows("ほかの人がこの評価書を書き換えました"));
}
