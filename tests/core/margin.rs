//! Head and foot of the pages: kept with the document, printed, exchanged, compared, merged and renewed.

use std::sync::Arc;
use std::time::Duration;

use hyoukasho::changes::{Pairs, off_paper};
use hyoukasho::draft::format::{Access, read, write};
use hyoukasho::draft::{Base, Draft, Edit, History};
use hyoukasho::exchange::json::{export, import, left_out};
use hyoukasho::form::{Form, shipped};
use hyoukasho::margin::{Margin, Numbering};
use hyoukasho::merge::{Choices, Merge};
use hyoukasho::print;
use hyoukasho::print::layout::Options;
use hyoukasho::renewal::{Course, Last, start};

fn draft() -> Draft {
    read(include_bytes!("../../samples/aomine-kaigo-draft.ron")).unwrap().draft
}

fn form(draft: &Draft) -> &'static Form {
    shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap()
}

fn margin() -> Margin {
    Margin {
        numbers: Some(Numbering::Dashes),
        head_left: "介護保険の事務".to_owned(),
        head_right: "（案）".to_owned(),
        foot_left: "福祉部介護保険課".to_owned(),
        foot_right: String::new(),
        paper_number: "資料１－２".to_owned(),
    }
}

fn with(draft: &Draft, margin: Margin) -> Draft {
    let mut draft = draft.clone();
    draft.apply(Edit::Margin(Box::new(margin))).unwrap();
    draft
}

#[test]
fn a_draft_without_is_written_as_before_and_one_with_needs_format_2() {
    let without = draft();
    assert!(write(&without).contains("format: 1,") && !write(&without).contains("margin"));
    let with = with(&without, margin());
    let text = write(&with);
    assert!(text.contains("format: 2,"), "{text}");
    let opened = read(text.as_bytes()).unwrap();
    assert_eq!((opened.draft, opened.access), (with.clone(), Access::Write));
    // What a publication or a hand-over says counts too.
    let base = Base { state: with.state, published_on: String::new(), taken_on: None };
    let revision = Draft { base: Some(Arc::new(base)), ..without };
    assert!(write(&revision).contains("format: 2,"));
}

#[test]
fn it_is_an_edit_of_its_own_and_is_taken_back() {
    let mut changed = draft();
    let mut history = History::default();
    history.apply(&mut changed, Edit::Margin(Box::new(margin())), Duration::ZERO).unwrap();
    assert_eq!((&changed.state.document.margin, history.undo_name()), (&margin(), Some("ページの上と下の変更")));
    history.undo(&mut changed).unwrap();
    assert_eq!(changed, draft());
    history.redo(&mut changed).unwrap();
    assert_eq!(changed.state.document.margin, margin());
    let windows = Margin { head_left: "甲\r\n乙".to_owned(), ..Margin::default() };
    assert_eq!(with(&draft(), windows).state.document.margin.head_left, "甲\n乙");
}

#[test]
fn json_carries_it_and_leaves_out_only_what_it_does_not_know() {
    let with = with(&draft(), margin());
    let json = export(&with.state, Some(form(&with)));
    let find = |form: &str, edition: &str| shipped::find(form, edition).ok();
    let (back, receipt) = import(json.as_bytes(), find).unwrap();
    assert_eq!(back.state.document.margin, margin());
    assert!(receipt.remarks.is_empty(), "{receipt}");
    assert!(!left_out(&with).iter().any(|line| line.contains("ページ")));
    let odd = json.replace("\"dashes\"", "\"roman\"").replace("\"（案）\"", "3");
    let (back, receipt) = import(odd.as_bytes(), find).unwrap();
    assert_eq!(back.state.document.margin, Margin { numbers: None, head_right: String::new(), ..margin() });
    let said = receipt.to_string();
    assert!(said.contains("numbers") && said.contains("head_right"), "{said}");
    let error = import(br#"{"form": "youshiki3", "answers": {}, "margin": []}"#, find).unwrap_err();
    assert_eq!(error.to_string(), "margin は { } でなければなりません");
}

#[test]
fn pages_are_numbered_as_the_screen_shows_it() {
    for (numbering, _, looks) in Numbering::ALL {
        assert_eq!(numbering.text(1, 72), looks);
    }
}

#[test]
fn a_line_without_room_is_refused() {
    let draft = draft();
    let margin = Margin { foot_left: "長".repeat(51), ..Margin::default() };
    let error = print::export(form(&draft), &draft, &Options { margin, ..Options::default() }, None).unwrap_err();
    let said = error.to_string();
    assert!(said.contains("51文字。50文字まで") && said.contains("「長長長"), "{said}");
}

#[test]
fn two_versions_differ_by_it_and_each_can_be_put_back() {
    let (earlier, present) = (draft(), with(&draft(), margin()));
    let form = form(&earlier);
    let pairs = Pairs::of(form, &earlier.state.document, &present.state.document);
    let found = off_paper(form, &earlier, &present, &pairs);
    let found = found.iter().find(|found| found.name == "ページの上と下").unwrap();
    assert_eq!(found.before, "なし");
    assert!(found.after.starts_with("ページ番号　-1-\n上の左　介護保険の事務"), "{}", found.after);
    let mut back = present.clone();
    back.apply(found.edit.clone()).unwrap();
    assert_eq!(back, earlier);
    let mut back = present.clone();
    back.apply(hyoukasho::draft::restored(&earlier, &present)).unwrap();
    assert_eq!(back, earlier);
}

#[test]
fn two_peoples_lines_come_together_and_what_both_wrote_is_asked() {
    let base = with(&draft(), margin());
    let mine = with(&base, Margin { head_right: String::new(), ..margin() });
    let theirs = with(&base, Margin { foot_right: "青嶺市".to_owned(), numbers: Some(Numbering::OfAll), ..margin() });
    let form = form(&base);
    let merge = |mine: &Draft, theirs: &Draft| {
        let merge = Merge::new(form, Some(&base.state), mine, theirs).unwrap();
        let merged = merge.result(&Choices::default());
        (merged.state.document.margin, merge.items())
    };
    let (merged, _) = merge(&mine, &theirs);
    let both = Margin {
        head_right: String::new(),
        foot_right: "青嶺市".to_owned(),
        numbers: Some(Numbering::OfAll),
        ..margin()
    };
    assert_eq!(merged, both);
    let other = with(&base, Margin { head_right: "意見聴取案".to_owned(), ..margin() });
    let (merged, items) = merge(&mine, &other);
    assert_eq!(merged.head_right, "", "mine stays until it is chosen");
    let asked = items.iter().find(|item| item.place == "ページの上と下（上の右）").unwrap();
    assert_eq!(asked.theirs.as_deref(), Some("意見聴取案"));
}

#[test]
fn the_next_year_keeps_all_but_the_number_of_last_years_paper() {
    let last = with(&draft(), margin());
    let form = form(&last);
    let year = Last { state: &last.state, form, published_on: None };
    let started = start(year, form, Course::Correction, None);
    let kept = Margin { paper_number: String::new(), ..margin() };
    assert_eq!(started.draft.state.document.margin, kept);
    assert_eq!(started.draft.base.unwrap().state.document.margin, margin());
    assert!(started.receipt.to_string().contains("空にする会議資料の番号: 資料１－２"));
}
