//! Two people who have the same document open, and one who waits for the other.

use std::fs;

use hyoukasho::disk::SystemDisk;
use hyoukasho::form::FieldPath;
use hyoukasho::vault::owner::{Operator, claim, owner_path};
use hyoukasho::vault::{LocalDateTime, VersionKind};

use crate::colleagues::harness::{Share, Window, draft, now, read, text};

const NAME: &str = "評価書名";
const NUMBER: &str = "評価書番号";

fn said(window: &Window) -> (String, String) {
    (text(window.draft(), "cover.name"), text(window.draft(), "cover.number"))
}

fn pair(name: &str, number: &str) -> (String, String) {
    (name.to_owned(), number.to_owned())
}

#[cfg(unix)]
#[test]
fn the_open_document_opened_by_another_path_keeps_its_mark() {
    let share = Share::new("住民基本台帳");
    let shortcut = share.folder().with_file_name("近道");
    std::os::unix::fs::symlink(share.folder(), &shortcut).unwrap();
    let mut sato = share.open("佐藤");
    sato.open(&shortcut.join(share.document().file_name().unwrap()));
    sato.write(NAME, "佐藤の名称");
    sato.wait_saved();
    assert!(share.is_marked());
    assert_eq!(sato.harness.state().path().unwrap(), share.document());
    assert_eq!(text(&read(&share.document()), "cover.name"), "佐藤の名称");
    assert_eq!(share.names().len(), 1);
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
    let kept = |kind: VersionKind| {
        let versions = share.backups("山田").versions(&SystemDisk);
        read(&versions.into_iter().find(|version| version.kind == kind).unwrap().path)
    };
    assert_eq!(text(&kept(VersionKind::BeforeMerge), "cover.name"), "山田の名称");
    assert_eq!(text(&kept(VersionKind::Theirs), "cover.name"), "佐藤の名称");
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
    // The cell is marked until somebody makes one text of the two; one step takes both back.
    let marks =
        |window: &Window| window.draft().state.document.comments_at(&FieldPath::document("cover.name")).unwrap().len();
    yamada.focus(NAME);
    assert!(yamada.shows("二人の記載が並んでいます") && yamada.shows("コメント 1"), "{}", yamada.all());
    yamada.write(NAME, "二人の名称");
    assert_eq!(marks(&yamada), 0);
    yamada.undo();
    assert_eq!((text(yamada.draft(), "cover.name"), marks(&yamada)), ("山田の名称　佐藤の名称".to_owned(), 1));
}

/// Both wrote, and 山田 goes on without taking in what 佐藤 wrote.
fn put_off() -> (Share, Window) {
    let share = Share::new("住民基本台帳");
    let mut yamada = share.open("山田");
    share.write("佐藤の名称");
    yamada.write(NUMBER, "12");
    yamada.wait("compared", |window| window.shows("同僚の変更を取り込む"));
    yamada.click("あとで（記入に戻る）");
    (share, yamada)
}

#[test]
fn what_was_not_taken_in_today_is_asked_tomorrow_with_what_both_began_with() {
    let (share, mut yamada) = put_off();
    yamada.wait_saved();
    let beside = yamada.harness.state().path().unwrap().to_owned();
    yamada.end();
    // Whoever opens the document itself is told of what lies beside it.
    let mut yamada = share.open("山田");
    assert!(yamada.shows("保存した自分の変更を、まだ取り込んでいません"), "{}", yamada.all());
    yamada.wait("compared", |window| window.shows("同僚の変更を取り込む"));
    assert!(yamada.shows("選ぶ項目はありません"), "the common state is known");
    yamada.click("取り込んで保存");
    yamada.wait_saved();
    let there = read(&share.document());
    assert_eq!((text(&there, "cover.name"), text(&there, "cover.number")), pair("佐藤の名称", "12"));
    yamada.wait("tidy", |_| !beside.exists());
    yamada.end();
    let yamada = share.open("山田");
    assert!(!yamada.shows("まだ取り込んでいません"));
}

#[test]
fn the_file_beside_the_document_is_brought_back_another_day() {
    let (share, yamada) = put_off();
    let beside = yamada.harness.state().path().unwrap().to_owned();
    yamada.end();
    let mut yamada = share.window("山田");
    yamada.open(&beside);
    yamada.write(NUMBER, "13");
    yamada.wait("compared", |window| window.shows("同僚の変更を取り込む"));
    assert!(yamada.shows("選ぶ項目はありません"));
    yamada.click("取り込んで保存");
    yamada.wait_saved();
    let there = read(&share.document());
    assert_eq!((text(&there, "cover.name"), text(&there, "cover.number")), pair("佐藤の名称", "13"));
    yamada.wait("tidy", |_| !beside.exists());
}

#[test]
fn it_can_wait_and_what_is_written_meanwhile_is_safe() {
    let (share, mut yamada) = put_off();
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
    let sato = Operator { machine: "PC-2".to_owned(), user: "佐藤".to_owned(), process: 7 };
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
    let sato = Operator { machine: "PC-2".to_owned(), user: "佐藤".to_owned(), process: 7 };
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
fn what_was_written_into_a_copy_while_waiting_comes_back_into_the_document() {
    let share = Share::new("住民基本台帳");
    let mut yamada = waiting(&share);
    yamada.click("写しを作って書く…");
    yamada.click("保存する");
    assert!(yamada.shows("これは「住民基本台帳　評価書.ron」の写しです"), "{}", yamada.all());
    yamada.write(NUMBER, "12");
    yamada.wait_saved();
    yamada.end();
    assert_eq!(share.names(), ["住民基本台帳　評価書.ron", "住民基本台帳　評価書（写し）.ron"]);
    // Another day: the colleague has written and closed.
    share.write("佐藤の名称");
    fs::remove_file(owner_path(&share.document())).unwrap();
    let mut yamada = share.window("山田");
    yamada.open(&share.folder().join("住民基本台帳　評価書（写し）.ron"));
    yamada.wait("free", |window| window.shows("元の評価書は閉じられている"));
    yamada.click("元の評価書に取り込む…");
    assert!(yamada.shows("選ぶ項目はありません"), "{}", yamada.all());
    yamada.click("取り込んで保存");
    yamada.wait_saved();
    let there = read(&share.document());
    assert_eq!((text(&there, "cover.name"), text(&there, "cover.number")), pair("佐藤の名称", "12"));
    yamada.wait("tidy", |_| share.names().len() == 1);
    assert_eq!(yamada.harness.state().path().unwrap(), share.document());
}

#[test]
fn who_does_not_answer_any_more_is_taken_over_from() {
    let share = Share::new("住民基本台帳");
    let mut yamada = waiting(&share);
    let sato = Operator { machine: "PC-2".to_owned(), user: "佐藤".to_owned(), process: 7 };
    fs::remove_file(owner_path(&share.document())).unwrap();
    let long_ago = LocalDateTime::from_secs(now().to_secs() - 3600).unwrap();
    claim(&SystemDisk, &share.document(), &sato, long_ago);
    yamada.wait("gone", |window| window.shows("応答がありません"));
    yamada.click("引き継いで書き込めるようにする");
    yamada.write(NUMBER, "12");
    yamada.wait_saved();
    assert_eq!(text(&read(&share.document()), "cover.number"), "12");
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

#[test]
fn who_takes_the_document_over_meanwhile_is_named() {
    let share = Share::new("住民基本台帳");
    let mut yamada = share.open("山田");
    // A colleague whose clock is far ahead found it silent.
    fs::remove_file(owner_path(&share.document())).unwrap();
    let sato = Operator { machine: "PC-2".to_owned(), user: "佐藤".to_owned(), process: 7 };
    claim(&SystemDisk, &share.document(), &sato, now());
    yamada.wait("told", |window| window.shows("からこの評価書を開いています"));
    assert!(yamada.shows("相手の記載は上書きしません"));
    yamada.write(NUMBER, "12");
    yamada.wait_saved();
    assert_eq!(text(&read(&share.document()), "cover.number"), "12");
    yamada.end();
    assert!(owner_path(&share.document()).exists(), "the mark is theirs");
}
