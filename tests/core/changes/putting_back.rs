//! What differs is put back one by one: each edit fits the draft of now alone, and after all of them nothing differs.

use hyoukasho::changes::{self, Block, Contrast, Linked, Reach, RowStanding, overview, update};
use hyoukasho::draft::{
    Base, ChangeRow, ChangeStyle, Comment, Draft, Edit, FilePart, ItemStyle, Part, Stage, Stale, Waiver,
};
use hyoukasho::form::FieldPath;
use proptest::prelude::*;
use std::sync::Arc;

use crate::changes::made::{after, aomine, form, steps};
use crate::changes::year::year_later;

fn contrast(last: &Draft, now: &Draft) -> Contrast {
    Contrast::of(form(now), last, now, Reach::Everything)
}

/// Puts the block back and says whether there was something to do.
fn put_back(last: &Draft, now: &mut Draft, contrast: &Contrast, index: usize) -> bool {
    let edit = contrast.put_back(form(now), &last.state.document, &now.state.document, &contrast.blocks[index]);
    edit.is_some_and(|edit| {
        let before = now.clone();
        let back = now.apply(edit).unwrap();
        let mut undone = now.clone();
        undone.apply(back).unwrap();
        assert_eq!(undone, before);
        true
    })
}

/// Puts everything back one by one, each time the first that can be.
fn put_all_back(last: &Draft, now: &mut Draft) -> usize {
    for n in 0..400 {
        let contrast = contrast(last, now);
        if contrast.blocks.is_empty() {
            return n;
        }
        let done = (0..contrast.blocks.len()).any(|index| put_back(last, now, &contrast, index));
        let names: Vec<_> = contrast.blocks.iter().map(|block| (&block.name, block.kind())).collect();
        assert!(done, "nothing to put back: {names:?}");
    }
    panic!("it never ends");
}

/// A draft with something beside the answers everywhere.
fn noted(mut draft: Draft, words: &str) -> Draft {
    let [rule, item, what, reason] = ["LW-01", "basic.systems.name", words, words].map(str::to_owned);
    let waiver = Waiver { rule, item, what, reason };
    draft.state.document.common_mut().notes.insert("cover.name".to_owned(), words.to_owned());
    draft.state.document.common_mut().waivers.push(waiver.clone());
    if let Some(hyoukasho::draft::Answer::Repeat(systems)) =
        draft.state.document.common_mut().answers.get_mut("basic.systems")
        && let Some(first) = systems.first_mut().map(Arc::make_mut)
    {
        first.notes.insert("basic.systems.name".to_owned(), words.to_owned());
        first.waivers.push(waiver);
    }
    let remark = Comment { author: "税務課".to_owned(), text: words.to_owned(), ..Comment::default() };
    draft.state.document.common_mut().comments.insert("cover.name".to_owned(), vec![remark.clone()]);
    for file in draft.state.document.files_mut() {
        file.part.comments.insert("overview.storage.place".to_owned(), vec![remark.clone()]);
        file.part.notes.insert("overview.storage.place".to_owned(), words.to_owned());
    }
    draft.state.document.rows.push(Arc::new(ChangeRow {
        item: words.to_owned(),
        note: words.to_owned(),
        ..ChangeRow::default()
    }));
    draft
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn one_by_one_everything_comes_back(first in steps(8), second in steps(16), notes in any::<bool>()) {
        let last = after(&aomine(), &first);
        let mut now = after(&last, &second);
        let last = if notes { noted(last, "確認中") } else { last };
        if notes {
            now = noted(now, "確認済み");
        }
        put_all_back(&last, &mut now);
        prop_assert_eq!(&now, &last);
    }
}

/// Whatever is put back, its row goes with it, and no other row changes; one that was worded by hand stays, marked.
#[test]
fn rows_go_with_what_is_put_back() {
    let last = aomine();
    let mut listed = year_later(&last);
    listed.apply(Edit::Many(update(form(&listed), &last.state.document, &listed.state))).unwrap();
    let all = Contrast::of(form(&listed), &last, &listed, Reach::Paper);
    for block in &all.blocks {
        let Some(edit) = all.put_back(form(&listed), &last.state.document, &listed.state.document, block) else {
            continue;
        };
        let rows = changes::after(form(&listed), &last.state.document, &listed, &edit);
        let mut now = listed.clone();
        now.apply(Edit::Many(vec![edit, Edit::Many(rows)])).unwrap();
        let seen = overview(form(&now), &last.state.document, &now.state);
        let is_gone = |told: &&Linked| told.proposed.is_none();
        assert_eq!(seen.rows.iter().filter_map(RowStanding::linked).filter(is_gone).count(), 0, "{}", block.name);
        assert!(seen.unlisted.is_empty(), "{}", block.name);
        assert!(now.state.document.rows.iter().all(|row| listed.state.document.rows.contains(row)), "{}", block.name);
        // With an entry goes the row for the numbers that it changed.
        let n_gone = listed.state.document.rows.len() - now.state.document.rows.len();
        let is_entry = matches!(block.kind(), "追加" | "削除");
        assert!(n_gone == usize::from(!block.is_quiet()) || is_entry && n_gone == 2, "{}: {n_gone}", block.name);
    }
    let mut by_hand = listed.clone();
    let row = by_hand.state.document.rows.iter().position(|row| row.item.starts_with("Ⅰ６①")).unwrap();
    by_hand.state.document.row_mut(row).unwrap().after.push_str("（手で直した）");
    let block = all.blocks.iter().find(|block| block.name.starts_with("Ⅰ６①")).unwrap();
    let edit = all.put_back(form(&by_hand), &last.state.document, &by_hand.state.document, block).unwrap();
    let rows = changes::after(form(&by_hand), &last.state.document, &by_hand, &edit);
    by_hand.apply(Edit::Many(vec![edit, Edit::Many(rows)])).unwrap();
    assert_eq!(by_hand.state.document.rows.len(), listed.state.document.rows.len());
    assert_eq!(by_hand.state.document.rows[row].link.as_ref().unwrap().stale, Some(Stale::Gone));
}

#[test]
fn what_is_kept_beside_the_answers_is_told_and_comes_back() {
    let mut last = noted(aomine(), "前のメモ");
    last.base = Some(Arc::new(Base {
        state: aomine().state.clone(),
        published_on: "令和8年3月27日".to_owned(),
        taken_on: None,
    }));
    let mut now = noted(aomine(), "今のメモ");
    now.state.stage = Stage::Hearing;
    now.state.reassessment_steps.insert("AG-1".to_owned());
    now.state.row_style = ChangeStyle { item: ItemStyle::Full, ..ChangeStyle::default() };
    now.apply(Edit::RemoveRow { index: 0 }).unwrap();
    let contrast = contrast(&last, &now);
    let names: Vec<&str> = contrast.blocks.iter().map(|block| block.name.as_str()).collect();
    for name in [
        "段階",
        "変更箇所の書き方",
        "再実施で済んだ手順",
        "比べる前回の評価書",
        "表紙 評価書名の内部メモ",
        "表紙 評価書名のコメント",
        "確認済みにした指摘",
    ] {
        assert!(names.contains(&name), "{name}: {names:?}");
    }
    assert!(names.iter().any(|name| name.starts_with("変更箇所 1行目")), "{names:?}");
    put_all_back(&last, &mut now);
    assert_eq!(now, last);
}

#[test]
fn what_no_page_shows_is_a_difference_all_the_same() {
    let last = aomine();
    let mut now = last.clone();
    let name =
        now.state.document.common.answers.get("cover.name").and_then(|answer| answer.as_text()).unwrap().to_owned();
    let answer = Some(hyoukasho::draft::Answer::Text(format!("{name}　")));
    now.apply(Edit::Answer { at: FieldPath::document("cover.name"), answer }).unwrap();
    assert_eq!(contrast(&last, &now).blocks.len(), 1);
    assert_eq!(put_all_back(&last, &mut now), 1);
    assert_eq!(now, last);
}

#[test]
fn whole_entries_and_files_come_back_where_they_were() {
    let last = aomine();
    let mut now = last.clone();
    let systems = FieldPath::document("basic.systems");
    now.apply(Edit::RemoveEntry { at: systems.clone(), index: 2 }).unwrap();
    now.apply(Edit::InsertEntry { at: systems, index: 0, entry: Part::default() }).unwrap();
    now.apply(Edit::RemoveFile { index: 0 }).unwrap();
    now.apply(Edit::InsertFile { index: 0, file: FilePart { name: "減免".to_owned(), ..FilePart::default() } })
        .unwrap();
    let contrast = contrast(&last, &now);
    let told: Vec<(&str, &str)> = contrast.blocks.iter().map(|block| (block.kind(), block.name.as_str())).collect();
    assert!(told.contains(&("削除", "Ⅰ２　旧システム3")), "{told:?}");
    // The new file is put back last of all: what is removed then has its old place already.
    for _ in 0..told.len() {
        let contrast = self::contrast(&last, &now);
        // Other numbers go with the entries that came and went.
        let can_be =
            |block: &Block| contrast.put_back(form(&now), &last.state.document, &now.state.document, block).is_some();
        if let Some(index) = contrast.blocks.iter().rposition(can_be) {
            put_back(&last, &mut now, &contrast, index);
        }
    }
    assert_eq!(now, last);
}
