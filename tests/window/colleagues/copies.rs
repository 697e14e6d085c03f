//! Copies that go to a colleague and come back.

use std::fs;

use hyoukasho::draft::format;

use crate::colleagues::harness::{Share, Window, draft, read, text};

const NAME: &str = "評価書名";
const NUMBER: &str = "評価書番号";

fn menu(window: &mut Window, command: &str) {
    window.click("ファイル");
    window.click_part(command);
}

#[test]
fn a_copy_goes_out_and_comes_back_item_by_item() {
    let share = Share::new("住民基本台帳");
    let mut yamada = share.open("山田");
    menu(&mut yamada, "引渡し用に書き出す…");
    yamada.write("渡す相手の名前", "佐藤");
    yamada.write("自分の名前", "山田");
    yamada.click("書き出す");
    assert!(yamada.shows("引渡し用に書き出しました"));
    yamada.click("閉じる");
    let name = share.names().into_iter().find(|name| name.contains("引渡し用")).unwrap();
    assert!(name.starts_with("住民基本台帳_引渡し用_R") && name.ends_with("_佐藤.ron"), "{name}");
    let copy = share.folder().join(name);
    // The original goes on; the colleague works on the copy.
    yamada.write(NUMBER, "12");
    yamada.wait_saved();
    let mut sato = share.window("佐藤");
    sato.open(&copy);
    assert!(sato.shows("山田 さんから渡された写しです"));
    sato.write(NAME, "佐藤の名称");
    sato.wait_saved();
    sato.end();
    menu(&mut yamada, "同僚が直した写しを取り込む…");
    yamada.write("同僚が直したファイル（.ron）", &copy.display().to_string());
    yamada.click("違いを確かめる");
    assert!(yamada.shows("佐藤 さんの変更を取り込む"), "{:?}", yamada.all());
    assert!(yamada.shows("選ぶ項目はありません"));
    yamada.click("取り込んで保存");
    yamada.wait_saved();
    let there = read(&share.document());
    assert_eq!((text(&there, "cover.name"), text(&there, "cover.number")), ("佐藤の名称".into(), "12".into()));
    assert!(there.origin.is_none());
    assert_eq!(text(&read(&copy), "cover.number"), "");
    yamada.undo();
    assert_eq!(text(yamada.draft(), "cover.name"), "住民基本台帳");
}

#[test]
fn a_copy_without_a_record_is_asked_about_item_by_item() {
    let share = Share::new("住民基本台帳");
    let copy = share.folder().join("写し.ron");
    fs::write(&copy, format::write(&draft("佐藤の名称"))).unwrap();
    let mut yamada = share.open("山田");
    menu(&mut yamada, "同僚が直した写しを取り込む…");
    yamada.write("同僚が直したファイル（.ron）", &copy.display().to_string());
    yamada.click("違いを確かめる");
    assert!(yamada.shows("元になった評価書が分からないため") && yamada.shows("違いのある項目　1件"));
    yamada.click("すべて相手の記載にする");
    yamada.click("取り込んで保存");
    yamada.wait_saved();
    assert_eq!(text(&read(&share.document()), "cover.name"), "佐藤の名称");
    // The same copy once more says nothing new.
    menu(&mut yamada, "同僚が直した写しを取り込む…");
    yamada.write("同僚が直したファイル（.ron）", &copy.display().to_string());
    yamada.click("違いを確かめる");
    assert!(yamada.shows("取り込むものはありません"));
}
