//! Edit then inverse = before; undo all = start; redo all = end.

use std::sync::Arc;
use std::time::Duration;

use hyoukasho::draft::format::write;
use hyoukasho::draft::{Answer, ChangeRow, Draft, Edit, FilePart, History, Part, Unplaced, Waiver, restored};
use hyoukasho::form::FieldPath;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::malformed;

/// Ids that meet: repeats, items in them, boxes, columns of the change table.
pub const ITEMS: &[&str] =
    &["a", "a.b", "a.b.c", "x", "marked", "changes.rows.before", "changes.rows", "basic.systems", "basic.systems.name"];

fn index() -> impl Strategy<Value = usize> {
    prop_oneof![9 => 0..4_usize, 1 => Just(usize::MAX)]
}

fn path() -> impl Strategy<Value = FieldPath> {
    let item = proptest::sample::select(ITEMS).prop_map(str::to_owned);
    (option::weighted(0.3, index()), item, option::of(index())).prop_map(|(file, item, entry)| FieldPath {
        file,
        item,
        entry,
    })
}

/// A repeat that is there, mostly.
fn repeat() -> impl Strategy<Value = FieldPath> {
    prop_oneof![3 => Just(FieldPath::document("basic.systems")), 1 => path()]
}

/// A draft with something at the places the edits go to.
fn start() -> impl Strategy<Value = Draft> {
    (malformed::draft(), vec(malformed::entry(), 2..4), vec(malformed::row(), 2..4)).prop_map(
        |(mut draft, entries, rows)| {
            draft.state.document.common_mut().answers.insert("basic.systems".to_owned(), Answer::repeat(entries));
            draft.state.document.rows.extend(rows.into_iter().map(Arc::new));
            draft
        },
    )
}

/// An entry whose texts may carry `\r`.
fn entry() -> impl Strategy<Value = Part> {
    (malformed::entry(), typed()).prop_map(|(mut entry, text)| {
        entry.answers.insert("basic.systems.name".to_owned(), Answer::Text(text));
        entry
    })
}

fn key() -> impl Strategy<Value = String> {
    proptest::sample::select(ITEMS).prop_map(str::to_owned)
}

/// New text, also with `\r`.
fn typed() -> impl Strategy<Value = String> {
    (malformed::text(), prop_oneof![Just(""), Just("\r\n"), Just("\r")]).prop_map(|(text, end)| format!("{text}{end}"))
}

fn file() -> impl Strategy<Value = FilePart> {
    (malformed::file(), typed(), entry()).prop_map(|(file, name, part)| FilePart { name: name + &file.name, part })
}

fn row() -> impl Strategy<Value = ChangeRow> {
    (malformed::row(), typed()).prop_map(|(row, before)| ChangeRow { before, ..row })
}

fn field_edit() -> impl Strategy<Value = Edit> {
    let waiver =
        (key(), key(), typed(), typed()).prop_map(|(rule, item, what, reason)| Waiver { rule, item, what, reason });
    prop_oneof![
        (path(), option::of(malformed::answer())).prop_map(|(at, answer)| Edit::Answer { at, answer }),
        (path(), key(), any::<bool>()).prop_map(|(at, key, on)| Edit::Box { at, key, on }),
        (path(), key(), option::of(typed())).prop_map(|(at, key, text)| Edit::BoxText { at, key, text }),
        (path(), key(), option::of(option::of(any::<u32>()))).prop_map(|(at, key, count)| Edit::BoxCount {
            at,
            key,
            count
        }),
        (path(), option::of(typed())).prop_map(|(at, note)| Edit::Note { at, note }),
        (path(), vec(malformed::comment(), 0..3)).prop_map(|(at, comments)| Edit::Comments { at, comments }),
        (path(), key(), typed(), option::of(typed())).prop_map(|(at, rule, what, reason)| Edit::Waive {
            at,
            rule,
            what,
            reason
        }),
        (path(), vec(waiver, 0..3)).prop_map(|(at, waivers)| Edit::Waivers { at, waivers }),
        (index(), key(), typed()).prop_map(|(row, column, text)| Edit::Column { row, column, text }),
        (index(), typed()).prop_map(|(row, text)| Edit::Why { row, text }),
        vec((typed(), typed()), 0..3).prop_map(|list| {
            Edit::Unplaced(list.into_iter().map(|(source, text)| Arc::new(Unplaced { source, text })).collect())
        }),
        (index(), option::of(malformed::link())).prop_map(|(row, link)| Edit::Link { row, link: link.map(Box::new) }),
        malformed::style().prop_map(Edit::ChangeStyle),
        option::of(malformed::base().prop_map(Arc::new)).prop_map(Edit::Base),
        (index(), typed()).prop_map(|(index, name)| Edit::RenameFile { index, name }),
        malformed::stage().prop_map(Edit::Stage),
        proptest::collection::btree_set(key(), 0..3).prop_map(Edit::ReassessmentSteps),
        malformed::order().prop_map(Edit::FileOrder),
        malformed::margin().prop_map(|margin| Edit::Margin(Box::new(margin))),
        (key(), key()).prop_map(|(form, edition)| Edit::Form { form, edition }),
    ]
}

fn list_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (index(), file()).prop_map(|(index, file)| Edit::InsertFile { index, file }),
        index().prop_map(|index| Edit::RemoveFile { index }),
        (index(), index()).prop_map(|(from, to)| Edit::MoveFile { from, to }),
        (repeat(), index(), entry()).prop_map(|(at, index, entry)| Edit::InsertEntry { at, index, entry }),
        (repeat(), index()).prop_map(|(at, index)| Edit::RemoveEntry { at, index }),
        (repeat(), index(), index()).prop_map(|(at, from, to)| Edit::MoveEntry { at, from, to }),
        (index(), row()).prop_map(|(index, row)| Edit::InsertRow { index, row }),
        index().prop_map(|index| Edit::RemoveRow { index }),
        (index(), index()).prop_map(|(from, to)| Edit::MoveRow { from, to }),
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    let one = prop_oneof![field_edit(), list_edit()].boxed();
    let act = vec(one.clone(), 0..4).prop_map(|edits| Edit::Act { name: "まとめ", edits });
    prop_oneof![5 => one.clone(), 1 => vec(one, 0..4).prop_map(Edit::Many), 1 => act]
}

/// Whether any text of the draft holds a `\r`: the file shows it as an escape.
fn has_carriage_return(draft: &Draft) -> bool {
    write(draft).replace("\\\\", "").contains("\\r")
}

proptest! {
    /// An earlier draft comes back whole, whatever it was, and undo gives the present one again.
    #[test]
    fn an_earlier_draft_comes_back_exactly(earlier in malformed::draft(), present in malformed::draft()) {
        // Where a copy was handed over from, and what names it, stays as it is.
        let earlier = Draft { id: present.id.clone(), origin: present.origin.clone(), ..earlier };
        let mut draft = present.clone();
        let back = draft.apply(restored(&earlier, &present)).unwrap();
        prop_assert_eq!(&draft, &earlier);
        draft.apply(back).unwrap();
        prop_assert_eq!(&draft, &present);
        prop_assert_eq!(restored(&earlier, &earlier), Edit::Many(Vec::new()));
    }

    #[test]
    fn inverse_gives_the_draft_back(before in start(), edits in vec(edit(), 1..12)) {
        let mut draft = before;
        for edit in edits {
            let start = draft.clone();
            match draft.apply(edit) {
                Err(_) => prop_assert_eq!(&draft, &start),
                Ok(inverse) => {
                    prop_assert!(!has_carriage_return(&draft));
                    let mut back = draft.clone();
                    let again = back.apply(inverse).unwrap();
                    prop_assert_eq!(&back, &start);
                    back.apply(again).unwrap();
                    prop_assert_eq!(&back, &draft);
                }
            }
        }
    }

    #[test]
    fn undo_all_is_the_start_and_redo_all_the_end(
        start in start(),
        edits in vec((edit(), 0..1500_u64), 1..16),
    ) {
        let sets_base = format!("{edits:?}").contains("Base(");
        let (mut draft, mut history, mut now) = (start.clone(), History::default(), Duration::ZERO);
        for (edit, millis) in edits {
            now += Duration::from_millis(millis);
            let before = draft.clone();
            if history.apply(&mut draft, edit, now).is_err() {
                prop_assert_eq!(&draft, &before);
            }
        }
        // Only the edit made for it sets the publication before.
        prop_assert!(sets_base || draft.base == start.base);
        let end = draft.clone();
        while history.undo(&mut draft).unwrap() {}
        prop_assert_eq!(&draft, &start);
        while history.redo(&mut draft).unwrap() {}
        prop_assert_eq!(&draft, &end);
        prop_assert!(!history.can_redo());
    }
}
