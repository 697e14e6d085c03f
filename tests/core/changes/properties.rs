//! What holds for any two versions.

use hyoukasho::changes::{Piece, compare, edits, join, sort, split, unlisted, update};
use hyoukasho::draft::{Draft, Edit, Extent};
use hyoukasho::print::resolve;
use proptest::prelude::*;

use crate::changes::made::{after, aomine, at_figures, form, full, repeats, steps};

/// The version before with all differences applied.
pub fn reconstructed(last: &Draft, now: &Draft) -> Draft {
    let mut made = last.clone();
    for edit in edits(&last.state.document, &compare(form(now), &last.state.document, &now.state.document)) {
        made.apply(edit).unwrap();
    }
    made.state.document.rows.clone_from(&now.state.document.rows);
    made
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// The version before and the differences make the paper of now.
    #[test]
    fn old_and_differences_make_new(first in steps(12), second in steps(25)) {
        let last = after(&aomine(), &first);
        let now = after(&last, &second);
        let made = reconstructed(&last, &now);
        prop_assert_eq!(compare(form(&now), &made.state.document, &now.state.document), Vec::new());
        prop_assert_eq!(resolve(form(&now), &made.state.document), resolve(form(&now), &now.state.document));
    }

    #[test]
    fn pieces_make_both_texts(first in steps(10)) {
        let last = aomine();
        for difference in compare(form(&last), &last.state.document, &after(&last, &first).state.document) {
            let (mut before, mut now) = (String::new(), String::new());
            for piece in difference.pieces() {
                match piece {
                    Piece::Same(text) => { before.push_str(text); now.push_str(text); }
                    Piece::Removed(text) => before.push_str(text),
                    Piece::Added(text) => now.push_str(text),
                }
            }
            prop_assert_eq!(before, difference.before);
            prop_assert_eq!(now, difference.after);
        }
    }

    /// Whatever is written and changed again: every difference has a row, and a second update has nothing to do.
    #[test]
    fn every_difference_has_a_row_and_update_rests(
        first in steps(12), second in steps(12), words in any::<usize>(), together in any::<bool>(), whole in any::<bool>(),
    ) {
        let last = aomine();
        let mut now = last.clone();
        now.state.row_style.together = together;
        now.state.row_style.extent = if whole { Extent::Whole } else { Extent::Changed };
        for steps in [&first, &second] {
            now = after(&now, steps);
            for edit in update(form(&now), &last.state.document, &now.state) {
                now.apply(edit).unwrap();
            }
            prop_assert_eq!(unlisted(form(&now), &last.state.document, &now.state), Vec::new());
            prop_assert_eq!(update(form(&now), &last.state.document, &now.state), Vec::new());
            prop_assert_eq!(&now.state.document.rows[..last.state.document.rows.len()], &last.state.document.rows[..]);
            // The author words one of the rows.
            if now.state.document.rows.len() > last.state.document.rows.len() {
                let row = last.state.document.rows.len() + words % (now.state.document.rows.len() - last.state.document.rows.len());
                let column = ["item", "before", "after", "timing", "reason"][words % 5].to_owned();
                now.apply(Edit::Column { row, column, text: "著者の言葉".to_owned() }).unwrap();
            }
        }
    }

    /// The same with rows joined, split, moved and sorted; each act is one step of undo.
    #[test]
    fn what_the_author_joined_or_split_stays_so(
        first in steps(20), second in steps(8), acts in prop::collection::vec((0_usize..5, any::<usize>(), any::<usize>()), 1..8),
    ) {
        let last = aomine();
        let mut now = after(&last, &first);
        let step = |now: &mut Draft, edits: Vec<Edit>| {
            let before = now.clone();
            let back = now.apply(Edit::Many(edits)).unwrap();
            let mut undone = now.clone();
            undone.apply(back).unwrap();
            assert_eq!(undone, before);
        };
        let edits = update(form(&now), &last.state.document, &now.state);
        step(&mut now, edits);
        for (index, (act, one, other)) in acts.into_iter().enumerate() {
            let n_former = last.state.document.rows.len();
            let n_rows = now.state.document.rows.len() - n_former;
            if n_rows == 0 { break; }
            let (one, other) = (n_former + one % n_rows, n_former + other % n_rows);
            let edits = match act {
                0 => join(form(&now), &last.state.document, &now.state, &[one, other, n_former]),
                1 => split(form(&now), &last.state.document, &now.state, one),
                2 => sort(form(&now), &last.state.document, &now.state),
                3 => vec![Edit::MoveRow { from: one, to: other }],
                _ => vec![Edit::Column { row: one, column: "after".to_owned(), text: "著者の言葉".to_owned() }],
            };
            step(&mut now, edits);
            if index == 2 {
                now = after(&now, &second);
            }
            let grouped = now.state.document.rows.iter().filter(|row| row.link.as_ref().is_some_and(|link| link.regrouped && link.targets.len() == 1)).count();
            let edits = update(form(&now), &last.state.document, &now.state);
            step(&mut now, edits);
            prop_assert_eq!(unlisted(form(&now), &last.state.document, &now.state), Vec::new());
            prop_assert_eq!(update(form(&now), &last.state.document, &now.state), Vec::new());
            prop_assert_eq!(&now.state.document.rows[..n_former], &last.state.document.rows[..]);
            if index != 2 {
                let after = now.state.document.rows.iter().filter(|row| row.link.as_ref().is_some_and(|link| link.regrouped && link.targets.len() == 1)).count();
                prop_assert_eq!(after, grouped);
            }
        }
    }

    /// Entries and files in another order are no change.
    #[test]
    fn another_order_needs_no_row(moves in prop::collection::vec((any::<usize>(), any::<usize>(), any::<usize>()), 1..12)) {
        let last = aomine();
        let mut now = last.clone();
        for (place, from, to) in moves {
            let repeats = repeats(&now);
            let edit = match place % (repeats.len() + 1) {
                0 => Edit::MoveFile { from: from % now.state.document.files.len(), to: to % now.state.document.files.len() },
                n => {
                    let (at, entries) = repeats[n - 1].clone();
                    if entries.is_empty() { continue; }
                    Edit::MoveEntry { at, from: from % entries.len(), to: to % entries.len() }
                }
            };
            now.apply(edit).unwrap();
        }
        let loud: Vec<_> = compare(form(&now), &last.state.document, &now.state.document).into_iter().filter(|difference| !difference.quiet).collect();
        prop_assert_eq!(loud, Vec::new());
    }
}

#[test]
fn notes_and_waivers_are_no_difference() {
    let last = aomine();
    let mut now = last.clone();
    now.state.document.common_mut().notes.insert("basic.affairs.name".to_owned(), "確認中".to_owned());
    now.state.document.file_mut(0).unwrap().part.notes.insert("overview.storage.place".to_owned(), "確認中".to_owned());
    now.state.stage = hyoukasho::draft::Stage::Writing;
    now.state.reassessment_steps.insert("AG-1".to_owned());
    assert_eq!(compare(form(&now), &last.state.document, &now.state.document), Vec::new());
    assert_eq!(
        hyoukasho::print::resolve(form(&now), &now.state.document),
        hyoukasho::print::resolve(form(&last), &last.state.document)
    );
}

#[test]
fn another_edition_of_the_form_is_no_difference() {
    let last = aomine();
    let mut now = last.clone();
    now.state.document.edition = "r7".to_owned();
    assert_eq!(compare(form(&now), &last.state.document, &now.state.document), Vec::new());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// The same with figures and tables: no other picture is taken for the one before, and no row tells of a picture by
    /// its bytes.
    #[test]
    fn figures_and_tables_are_compared_as_all_else(first in steps(6), second in steps(10)) {
        let last = at_figures(&full(), &first);
        let mut now = at_figures(&last, &second);
        let made = reconstructed(&last, &now);
        prop_assert_eq!(compare(form(&now), &made.state.document, &now.state.document), Vec::new());
        prop_assert_eq!(resolve(form(&now), &made.state.document), resolve(form(&now), &now.state.document));
        for edit in update(form(&now), &last.state.document, &now.state) {
            now.apply(edit).unwrap();
        }
        prop_assert_eq!(unlisted(form(&now), &last.state.document, &now.state), Vec::new());
        prop_assert_eq!(update(form(&now), &last.state.document, &now.state), Vec::new());
        let kept: Vec<String> = [0, 1, 2].map(|n| hyoukasho::draft::KeptPicture::new(vec![b'P', n]).id().to_owned()).to_vec();
        for row in &now.state.document.rows[last.state.document.rows.len()..] {
            let cells = format!("{}{}", row.before, row.after);
            prop_assert!(kept.iter().all(|id| !cells.contains(&id[..8])), "{cells}");
            prop_assert!(!cells.contains('\u{FDD0}') && row.before != row.after, "{cells}");
        }
    }
}
