//! The change table in the window, by the words on it: rows offered, questions answered, rows worded by hand, rows that
//! no longer agree, joined and split rows, and all of it undone step by step. Whatever was done, after
//! 「まとめて書き入れる」 no change is without a row.

mod begins;
mod beside;
mod harness;
mod important;
mod table;

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key};
use egui_kittest::kittest::Queryable as _;
use harness::{N_FORMER, NONE, Window, purpose_changed, sample, this_year, two_changes};
use hyoukasho::changes::{rows, update};
use hyoukasho::draft::{Answer, Document, Draft, Edit, Extent, Part, Questions, format};
use hyoukasho::form::{FieldPath, shipped};

#[test]
fn rows_are_offered_and_written_in_one_step() {
    let mut window = two_changes();
    let before = window.draft().clone();
    assert!(window.says("記載のない変更　2件"));
    assert!(window.says("変えたのに、この表に行がない項目　2件"));
    assert!(window.says("前回までの行　21件（書き換えません）"));
    window.listed();
    assert_eq!(window.items(), ["Ⅰ６①　部署", "Ⅰ６②　所属長の役職名"]);
    assert_eq!((window.rows()[0].before.as_str(), window.rows()[0].after.as_str()), ("財務部税務課", "財務部市民税課"));
    assert_eq!(window.rows()[0].timing, "事後");
    window.undo();
    assert_eq!(*window.draft(), before);
    assert!(window.says("記載のない変更　2件"));
}

#[test]
fn a_change_without_a_row_is_in_the_tree_and_in_the_inspection() {
    let mut window = two_changes();
    let message = "「Ⅰ６①　部署」を変えていますが、変更箇所に記載がありません。前回は";
    window.turn_to("Ⅰ");
    assert!(window.says("記載のない変更　2件"), "the tree says so on every page");
    window.keys(NONE, Key::F10);
    assert!(window.says(message));
    assert!(window.says("未記入　"), "not written yet is no fault");
    window.press("Ⅰ6 ①部署　「Ⅰ６①");
    let changed = FieldPath::document("basic.department.unit");
    assert_eq!(window.harness.state().current(), Some(&changed), "the finding leads to the item that was changed");
    window.turn_to("（別添２）");
    window.listed();
    window.keys(NONE, Key::F10);
    assert!(!window.says(message));
}

#[test]
fn the_questions_decide_and_an_important_change_shows_what_comes_first() {
    let (mut window, item) = purpose_changed();
    assert_eq!(window.row(&item).timing, "", "a ※ item about which nothing is known stays open");
    assert!(window.says("提出時期が未定　1件"));
    let practice = "実際の取扱い（業務・システム・委託・対策）は変わりますか";
    let risk = "その変更でリスクは明らかに小さくなるだけですか";
    window.answer(&item, practice, "はい");
    assert_eq!(window.row(&item).timing, "");
    window.answer(&item, risk, "いいえ");
    assert_eq!(window.row(&item).timing, "事前");
    let asked = Questions { practice_changes: Some(true), only_reduces_risk: Some(false) };
    assert_eq!(window.row(&item).link.as_ref().unwrap().answers, asked);
    assert!(window.says("重要な変更です（事前に提出・公表）"));
    assert!(window.says("重要な変更は評価の再実施です"));
    assert!(window.says("基礎項目評価（しきい値判断）をやり直し、実施日を改める"));
    window.answer(&item, practice, "いいえ");
    assert_eq!(window.row(&item).timing, "事後");
    assert!(!window.says("重要な変更は評価の再実施です"));
    window.undo();
    assert_eq!((window.row(&item).timing.as_str(), window.says(risk)), ("事前", true));
}

#[test]
fn a_template_fills_the_explanation_and_its_blank_is_reached() {
    let mut window = two_changes();
    window.listed();
    let index = window.draft().state.document.rows.len();
    window.in_row("Ⅰ６②", Role::Button, "文例から選ぶ…");
    window.press("T08　事後　対策の強化");
    assert_eq!(
        window.row("Ⅰ６②").reason,
        "【対策】を追加し、リスクを明らかに軽減させる変更であるため、重要な変更に当たらない。"
    );
    assert_eq!(window.draft().state.document.rows.len(), index);
    window.in_row("Ⅰ６②", Role::Button, "【対策】を埋める（あと1か所）");
    window.run();
    window.harness.event(Event::Text("入退室の記録".to_owned()));
    window.run();
    assert!(window.row("Ⅰ６②").reason.starts_with("入退室の記録を追加し"), "{}", window.row("Ⅰ６②").reason);
    window.in_row("Ⅰ６②", Role::RadioButton, "事前");
    assert_eq!(window.row("Ⅰ６②").timing, "事前");
}

#[test]
fn the_bar_leads_from_blank_to_blank_and_chooses_each() {
    let mut window = two_changes();
    window.listed();
    for row in ["Ⅰ６①", "Ⅰ６②"] {
        window.in_row(row, Role::Button, "文例から選ぶ…");
        window.press(if row == "Ⅰ６①" { "T04" } else { "T08" });
        // The list of a row is left before one goes to another row.
        window.keys(NONE, Key::Escape);
    }
    for words in ["番号法", "令和8年4月1日", "入退室の記録"] {
        window.of_table("説明の【　】");
        window.run();
        window.harness.event(Event::Text(words.to_owned()));
        window.run();
    }
    assert!(
        window.row("Ⅰ６①").reason.starts_with("番号法の改正（令和8年4月1日施行）に"),
        "{}",
        window.row("Ⅰ６①").reason
    );
    assert!(window.row("Ⅰ６②").reason.starts_with("入退室の記録を追加し"), "{}", window.row("Ⅰ６②").reason);
    assert!(!window.says("説明の【"));
}

#[test]
fn a_row_worded_by_hand_is_marked_when_the_document_changes_again() {
    let mut window = two_changes();
    window.listed();
    window.in_row("Ⅰ６②", Role::Button, "記載を手で直す");
    window.write_in_row("Ⅰ６②", "変更後の記載", "市民税課の課長");
    assert!(!window.says("手直しが必要な行"), "the author's words alone make nothing stale");
    window.in_row("Ⅰ６②", Role::Button, "直し終わる");
    window.in_row("Ⅰ６②", Role::Button, "欄へ移る");
    window.run();
    assert_eq!(window.harness.state().current(), Some(&FieldPath::document("basic.department.head_title")));
    assert!(window.says("変更箇所の23行目（Ⅰ６②　所属長の役職名）に書いてあります"));
    window.write("②所属長の役職名", "住民税課長");
    window.keys(NONE, Key::F5);
    assert_eq!(window.harness.state().current(), Some(&FieldPath::document("changes.rows").entry(N_FORMER + 1)));
    assert!(window.says("手直しが必要な行　1件"));
    assert!(window.says("この行を手で直した後に、本文がまた変わりました"));

    window.click("このままにする");
    assert_eq!(window.row("Ⅰ６②").after, "市民税課の課長");
    assert!(!window.says("手直しが必要な行"));
    window.undo();
    assert!(window.says("手直しが必要な行　1件"));
    window.click("今の記載に合わせる");
    assert_eq!(window.row("Ⅰ６②").after, "住民税課長");
    assert!(!window.says("手直しが必要な行"));
    assert_eq!(window.unlisted(), 0);
}

#[test]
fn an_untouched_row_follows_and_a_gone_one_can_be_removed() {
    let mut window = two_changes();
    window.listed();
    window.in_row("Ⅰ６②", Role::Button, "記載を手で直す");
    window.write_in_row("Ⅰ６②", "変更後の記載", "市民税課の課長");
    window.turn_to("Ⅰ");
    window.write("①部署", "財務部住民税課");
    window.write("②所属長の役職名", "税務課長");
    window.keys(NONE, Key::F5);
    assert!(window.says("本文と合わない行　1件"));
    assert!(window.says("この変更はなくなりました"));
    window.listed();
    assert_eq!(window.row("Ⅰ６①").after, "財務部住民税課");
    window.click("この行を削除する");
    assert_eq!(window.items(), ["Ⅰ６①　部署"]);
}

#[test]
fn rows_are_joined_split_moved_sorted_added_and_all_of_it_undone() {
    let mut window = two_changes();
    window.turn_to("Ⅰ");
    window.write("７．他の評価実施機関", "青嶺県");
    window.keys(NONE, Key::F5);
    window.listed();
    let listed = window.draft().clone();
    let mut n_steps = 0;
    window.choose("Ⅰ６①");
    window.choose("Ⅰ７");
    window.of_table("選んだ行を1行にまとめる（2）");
    n_steps += 1;
    assert_eq!(window.items(), ["Ⅰ６①　部署\nⅠ７　他の評価実施機関", "Ⅰ６②　所属長の役職名"]);
    window.in_row("Ⅰ６②", Role::Button, "上へ");
    n_steps += 1;
    assert_eq!(window.items()[0], "Ⅰ６②　所属長の役職名");
    window.of_table("様式の順に並べる");
    n_steps += 1;
    assert_eq!(window.items()[1], "Ⅰ６②　所属長の役職名");
    window.in_row("Ⅰ６①", Role::Button, "項目ごとの行に分ける");
    n_steps += 1;
    assert_eq!(window.items(), ["Ⅰ６①　部署", "Ⅰ７　他の評価実施機関", "Ⅰ６②　所属長の役職名"]);
    assert_eq!(window.unlisted(), 0);
    window.of_table("行の書き方…");
    window.click("見出しも含めて（例　Ⅱ　特定個人情報ファイルの概要　２．基本情報　…）");
    n_steps += 1;
    assert!(window.items().iter().all(|item| item.starts_with("Ⅰ　基本情報")), "{:?}", window.items());
    window.keys(NONE, Key::Escape);
    window.of_table("＋ 行を手で加える");
    n_steps += 1;
    assert_eq!((window.rows().len(), window.says("手で書いた行")), (4, true));
    (0..n_steps).for_each(|_| window.undo());
    assert_eq!(*window.draft(), listed);
    assert_eq!(window.unlisted(), 0);
}

#[test]
fn a_draft_without_a_publication_before_gets_one_and_can_lose_it_again() {
    let last = sample();
    let mut now = this_year();
    now.base = None;
    let mut window = Window::on(&now);
    std::fs::write(window.path("前回.ron"), format::write(&last)).unwrap();
    window.keys(NONE, Key::F5);
    assert!(window.says("比べる前回の評価書がありません"));
    window.click("前回の評価書と比べる…");
    let path = window.path("前回.ron").display().to_string();
    window.harness.get_by_role_and_label(Role::TextInput, "前回公表した評価書（.ron）").focus();
    window.run();
    window.harness.event(Event::Text(path));
    window.run();
    window.click("内容を読む");
    assert!(window.says("公表日　令和8年3月27日"));
    window.click("この評価書と比べる");
    let base = window.draft().base.as_ref().unwrap();
    assert_eq!((base.published_on.as_str(), &base.state.document), ("令和8年3月27日", &last.state.document));
    assert!(window.says("前回までの行　21件（書き換えません）"));
    window.undo();
    assert_eq!(*window.draft(), now);
}

#[test]
fn a_document_of_another_form_is_not_compared_with() {
    let mut now = this_year();
    now.base = None;
    let mut window = Window::on(&now);
    let form = shipped::newest_with_mark("youshiki2").unwrap();
    let other = Draft::from(Document { form: form.id.clone(), edition: form.revision.clone(), ..Document::default() });
    std::fs::write(window.path("別.ron"), format::write(&other)).unwrap();
    window.keys(NONE, Key::F5);
    window.click("前回の評価書と比べる…");
    let path = window.path("別.ron").display().to_string();
    window.harness.get_by_role_and_label(Role::TextInput, "前回公表した評価書（.ron）").focus();
    window.run();
    window.harness.event(Event::Text(path));
    window.run();
    window.click("内容を読む");
    assert!(window.says("様式が違うため比べられません"));
}

#[test]
fn everything_is_reached_by_keys() {
    let mut window = two_changes();
    window.tab_to("まとめて書き入れる");
    window.keys(NONE, Key::Enter);
    assert_eq!(window.rows().len(), 2);
    window.tab_to("22　Ⅰ６①　部署　事後");
    window.keys(NONE, Key::ArrowDown);
    window.keys(NONE, Key::ArrowUp);
    window.keys(NONE, Key::Space);
    assert!(window.chosen("22行目を選ぶ"));
    window.keys(NONE, Key::Enter);
    window.tab_to("文例から選ぶ…");
    window.keys(NONE, Key::Enter);
    window.tab_to("T06　事後　誤記");
    window.keys(NONE, Key::Enter);
    assert_eq!(window.row("Ⅰ６①").reason, "誤記の訂正であり、重要な変更に当たらない。");
    window.tab_to("行の操作");
    window.keys(NONE, Key::Enter);
    window.tab_to("下へ");
    window.keys(NONE, Key::Enter);
    assert_eq!(window.items(), ["Ⅰ６②　所属長の役職名", "Ⅰ６①　部署"]);
    window.tab_to("欄へ移る");
    window.keys(NONE, Key::Enter);
    let cell = window.harness.state().current().cloned();
    assert!(cell.is_some_and(|cell| cell.item.starts_with("basic.department.")));
}

#[test]
fn what_the_table_proposes_is_what_the_rows_say() {
    let mut window = two_changes();
    window.listed();
    let draft = window.draft();
    let form = shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap();
    let proposed = rows(form, &draft.base.as_ref().unwrap().state.document, &draft.state);
    assert_eq!(proposed.into_iter().map(Arc::new).collect::<Vec<_>>(), window.rows());
}

/// A part with every second longer text changed in its middle and at its end.
fn revise(part: &mut Part, n_texts: &mut usize) {
    for answer in part.answers.values_mut() {
        match answer {
            Answer::Text(text) if text.chars().count() > 60 => {
                *n_texts += 1;
                if n_texts.is_multiple_of(2) {
                    let middle = text.char_indices().nth(30).map_or(0, |(at, _)| at);
                    text.insert_str(middle, "（今年から変わる）");
                    text.push_str("\n付け足した段落である。");
                }
            }
            Answer::Repeat(entries) => entries.iter_mut().for_each(|entry| revise(Arc::make_mut(entry), n_texts)),
            _ => {}
        }
    }
}

/// Not a promise but a measurement: `cargo test --release --test window change_table -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
#[allow(clippy::print_stderr)]
fn how_long_a_frame_of_the_table_takes() {
    let (last, mut draft) = (sample(), this_year());
    let mut n_texts = 0;
    revise(draft.state.document.common_mut(), &mut n_texts);
    draft.state.document.files_mut().for_each(|file| revise(&mut file.part, &mut n_texts));
    draft.state.row_style.extent = Extent::Whole;
    let form = shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap();
    draft.apply(Edit::Many(update(form, &last.state.document, &draft.state))).unwrap();
    let start = std::time::Instant::now();
    let n_rows = hyoukasho::changes::overview(form, &last.state.document, &draft.state).rows.len();
    eprintln!("{n_rows} rows, whole cells; one comparison {:.1} ms", start.elapsed().as_secs_f64() * 1000.0);
    let mut window = Window::on(&draft);
    window.harness.set_size(egui::vec2(1366.0, 768.0));
    window.keys(NONE, Key::F5);
    let mut millis = Vec::new();
    for _ in 0..200 {
        let start = std::time::Instant::now();
        window.harness.step();
        millis.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    millis.sort_by(f64::total_cmp);
    eprintln!("a frame: p50 {:.1} ms, p99 {:.1} ms, max {:.1} ms", millis[100], millis[198], millis[199]);
}
