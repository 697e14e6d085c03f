//! Remarks of colleagues: written at an item, counted, settled, brought together, never printed.

use egui_kittest::kittest::Queryable as _;
use hyoukasho::draft::{Comment, Draft, Edit, format};
use hyoukasho::exchange::json as exchange;
use hyoukasho::form::{FieldPath, shipped};
use hyoukasho::print;
use hyoukasho::print::layout::Options;

use crate::colleagues::harness::{Share, Window, read};

fn remark(window: &mut Window, text: &str) {
    window.focus("評価書名");
    window.write("コメントを書く", text);
}

fn at_name(draft: &Draft) -> Vec<Comment> {
    draft.state.document.comments_at(&FieldPath::document("cover.name")).unwrap().to_vec()
}

#[test]
fn a_remark_is_written_under_a_name_that_is_asked_once() {
    let share = Share::new("住民基本台帳");
    let mut sato = share.open("佐藤");
    sato.write("評価書名", "住民基本台帳事務");
    sato.write("コメントを書く", "条文を確かめてください");
    sato.write("あなたの名前（コメントと引渡しに使います）", "佐藤（総務課）");
    sato.click("コメントを付ける");
    assert!(sato.shows("佐藤（総務課）") && sato.shows("条文を確かめてください"));
    assert!(sato.shows("コメント 1") && sato.shows("コメント　1（印刷されません）"));
    sato.write("コメントを書く", "別件です");
    assert!(!sato.shows("あなたの名前") && sato.shows("佐藤（総務課） として"));
    sato.click("コメントを付ける");
    sato.wait_saved();
    let there = at_name(&read(&share.document()));
    assert_eq!(there.len(), 2);
    assert_eq!((there[1].author.as_str(), there[1].text.as_str()), ("佐藤（総務課）", "別件です"));
    // Settled, reworded, taken out; each is a step that can be taken back.
    sato.harness.get_all_by_label("済にする").next().unwrap().click();
    sato.harness.run_ok();
    assert!(at_name(sato.draft())[0].done && sato.shows("コメント 1"));
    sato.harness.get_all_by_label("直す").last().unwrap().click();
    sato.harness.run_ok();
    sato.write("コメントを直す", "別件でした");
    sato.click("直した内容にする");
    assert_eq!(at_name(sato.draft())[1].text, "別件でした");
    sato.undo();
    sato.undo();
    assert_eq!(at_name(sato.draft()), there);
    sato.wait_saved();
    sato.end();
    // The name is remembered.
    let mut sato = share.open("佐藤");
    remark(&mut sato, "三つめ");
    assert!(sato.shows("佐藤（総務課） として"));
    sato.click("点検");
    sato.click_part("次のコメントへ");
    assert_eq!(sato.harness.state().current().unwrap().item, "cover.name");
}

#[test]
fn a_remark_that_was_begun_goes_along_and_is_lost_with_no_document() {
    let share = Share::new("住民基本台帳");
    let other = share.folder().join("ほか.ron");
    std::fs::copy(share.document(), &other).unwrap();
    let mut sato = share.open("佐藤");
    remark(&mut sato, "書きかけ");
    // Another document does not take its place.
    sato.open(&other);
    assert_eq!(sato.harness.state().path().unwrap(), share.document());
    assert!(sato.harness.state().session().is_some());
    // Nor does the window close over it.
    sato.close();
    assert!(sato.shows("書きかけのコメントがあります"), "{}", sato.all());
    sato.click("やめる");
    sato.click("ファイル");
    sato.click_part("引渡し用に書き出す…");
    assert!(sato.shows("書きかけのコメント（1件）も"));
    sato.write("自分の名前", "");
    sato.click("書き出す");
    assert!(sato.shows("引渡し用に書き出す"), "a remark has a name");
    sato.write("自分の名前", "佐藤");
    sato.click("書き出す");
    let copy = share.names().into_iter().find(|name| name.contains("引渡し用")).unwrap();
    let there = at_name(&read(&share.folder().join(copy)));
    assert_eq!((there[0].author.as_str(), there[0].text.as_str()), ("佐藤", "書きかけ"));
    assert_eq!(at_name(sato.draft()), there);
}

#[test]
fn remarks_of_both_are_in_the_document() {
    let share = Share::new("住民基本台帳");
    let (mut sato, mut yamada) = (share.open("佐藤"), share.open("山田"));
    for (window, name) in [(&mut sato, "佐藤"), (&mut yamada, "山田")] {
        remark(window, &format!("{name}より"));
        window.write("あなたの名前（コメントと引渡しに使います）", name);
        window.click("コメントを付ける");
        window.wait_saved();
    }
    yamada.wait("compared", |window| window.shows("同僚の変更を取り込む"));
    assert!(yamada.shows("両方のコメントを残します") && yamada.shows("選ぶ項目はありません"));
    yamada.click("取り込んで保存");
    yamada.wait_saved();
    let there = at_name(&read(&share.document()));
    let authors: Vec<_> = there.iter().map(|comment| comment.author.as_str()).collect();
    assert_eq!(authors, ["山田", "佐藤"]);
}

#[test]
fn remarks_are_never_printed_and_not_in_json() {
    let sample = format::read(include_bytes!("../../../samples/aomine-juminzei.ron")).unwrap().draft;
    let mut remarked = sample.clone();
    let comment = Comment { author: "佐藤".to_owned(), text: "ここだけの話".to_owned(), ..Comment::default() };
    for at in [FieldPath::document("cover.name"), FieldPath::in_file(0, "overview.purpose")] {
        remarked.apply(Edit::Comments { at, comments: vec![comment.clone()] }).unwrap();
    }
    let row = FieldPath::document("changes.rows.before").entry(0);
    remarked.apply(Edit::Comments { at: row, comments: vec![comment] }).unwrap();
    let remarked = remarked.handed_over("山田", "佐藤", None);
    let form = shipped::find(&sample.state.document.form, &sample.state.document.edition).unwrap();
    let pdf = |draft: &Draft| print::export(form, draft, &Options::default(), None).unwrap().1;
    assert!(pdf(&sample) == pdf(&remarked));
    let json = exchange::export(&remarked.state, Some(form));
    assert_eq!(json, exchange::export(&sample.state, Some(form)));
    let left_out = exchange::left_out(&remarked);
    assert!(left_out.contains(&"コメント 3件".to_owned()) && left_out.contains(&"引渡し時の内容".to_owned()));
}
