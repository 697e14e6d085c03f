//! What holds for any two people and any document.

use std::collections::BTreeSet;
use std::sync::Arc;

use hyoukasho::draft::{Answer, ChangeRow, Draft, Edit, Part, Stage};
use hyoukasho::form::FieldPath;
use hyoukasho::merge::{Changed, Choices, Merge, MergeChoice, MergeItem};
use proptest::prelude::*;

use crate::changes::made::{Step, after, aomine, at_figures, form, full, steps};

/// What an author does beside answering: notes, findings set aside, change rows, the stage.
#[derive(Clone, Debug)]
struct Aside {
    kind: u8,
    place: usize,
    other: usize,
}

fn asides() -> impl Strategy<Value = Vec<Aside>> {
    let aside = (any::<u8>(), 0..60_usize, 0..60_usize);
    prop::collection::vec(aside.prop_map(|(kind, place, other)| Aside { kind, place, other }), 0..8)
}

impl Aside {
    fn edit(&self, draft: &Draft) -> Option<Edit> {
        let n_rows = draft.state.document.rows.len();
        let words = ["確認中", "前年のまま", "一\n二", ""][self.other % 4].to_owned();
        let items = ["cover.name", "basic.affairs.name", "procedure.basic_assessment.date"];
        let at = FieldPath::document(items[self.place % 3]);
        Some(match self.kind % 8 {
            0 => Edit::Note { at, note: Some(words).filter(|words| !words.is_empty()) },
            1 => {
                let what = ["", "3件", "4件"][self.other % 3].to_owned();
                let reason = Some(words).filter(|words| !words.is_empty());
                Edit::Waive { at, rule: "XC-F11".to_owned(), what, reason }
            }
            2 => {
                let row = ChangeRow { item: format!("{words}{}", self.place), ..ChangeRow::default() };
                Edit::InsertRow { index: self.other % (n_rows + 1), row }
            }
            3 if n_rows > 0 => Edit::RemoveRow { index: self.place % n_rows },
            4 if n_rows > 0 => Edit::MoveRow { from: self.place % n_rows, to: self.other % n_rows },
            5 if n_rows > 0 => {
                let column = ["changes.rows.after", "changes.rows.reason"][self.other % 2].to_owned();
                Edit::Column { row: self.place % n_rows, column, text: words }
            }
            6 => Edit::Stage(Stage::ALL[self.place % 3]),
            _ => return None,
        })
    }
}

fn work(draft: &Draft, steps: &[Step], asides: &[Aside]) -> Draft {
    let mut draft = after(draft, steps);
    for aside in asides {
        if let Some(edit) = aside.edit(&draft) {
            draft.apply(edit).unwrap();
        }
    }
    draft
}

fn all(items: &[MergeItem], choice: MergeChoice) -> Choices {
    items.iter().map(|item| (item.id, choice)).collect()
}

/// Both where that can be, and nothing that either has taken away is gone where the other wrote on in it.
fn keeping(items: &[MergeItem]) -> Choices {
    let asked = items.iter().filter(|item| item.changed == Changed::Both);
    let choice = |item: &MergeItem| match (&item.combined, &item.mine) {
        (Some(_), _) => MergeChoice::Both,
        (None, None) => MergeChoice::Theirs,
        _ => MergeChoice::Mine,
    };
    asked.map(|item| (item.id, choice(item))).collect()
}

/// Without lists in which nothing stands: whether such a list is there is no question to anybody.
fn bare(mut draft: Draft) -> Draft {
    for part in draft.state.document.parts_mut() {
        part.answers.retain(|_, answer| answer.as_entries().is_none_or(|entries| !entries.is_empty()));
    }
    draft
}

/// Every line anybody wrote.
fn lines(draft: &Draft) -> BTreeSet<String> {
    let mut texts: Vec<String> = Vec::new();
    let mut parts: Vec<&Part> = vec![&draft.state.document.common];
    for file in &draft.state.document.files {
        texts.push(file.name.clone());
        parts.push(&file.part);
    }
    while let Some(part) = parts.pop() {
        texts.extend(part.notes.values().cloned());
        texts.extend(part.waivers.iter().map(|waiver| waiver.reason.clone()));
        for answer in part.answers.values() {
            match answer {
                Answer::Text(text) => texts.push(text.clone()),
                Answer::Checks(boxes) => texts.extend(boxes.texts.values().cloned()),
                Answer::Repeat(entries) => parts.extend(entries.iter().map(Arc::as_ref)),
                _ => {}
            }
        }
    }
    for row in &draft.state.document.rows {
        let cells = [&row.date, &row.item, &row.before, &row.after, &row.timing, &row.reason, &row.note];
        texts.extend(cells.map(Clone::clone));
    }
    texts.iter().flat_map(|text| text.lines()).map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Who worked alone gets what they wrote, whichever side they are.
    #[test]
    fn one_side_alone_is_taken_whole(steps in steps(20), asides in asides()) {
        let base = aomine();
        let changed = work(&base, &steps, &asides);
        let form = form(&base);
        let merge = Merge::new(form, Some(&base.state), &changed, &base).unwrap();
        prop_assert_eq!(&merge.result(&Choices::new()), &changed);
        prop_assert!(merge.items().iter().all(|item| item.changed == Changed::Mine));
        let merge = Merge::new(form, Some(&base.state), &base, &changed).unwrap();
        prop_assert_eq!(&merge.result(&Choices::new()), &changed);
        prop_assert!(merge.items().iter().all(|item| item.changed == Changed::Theirs));
        let merge = Merge::new(form, Some(&base.state), &changed, &changed).unwrap();
        prop_assert_eq!(&merge.result(&Choices::new()), &changed);
        prop_assert!(merge.items().iter().all(|item| item.changed == Changed::Alike));
    }

    /// The edit makes the result of any choices, and its inverse takes it back.
    #[test]
    fn one_edit_makes_the_result_and_is_taken_back(
        mine in steps(15), theirs in steps(15), asides in (asides(), asides()), seed in any::<u64>(),
    ) {
        let base = aomine();
        let (mine, theirs) = (work(&base, &mine, &asides.0), work(&base, &theirs, &asides.1));
        let merge = Merge::new(form(&base), Some(&base.state), &mine, &theirs).unwrap();
        let items = merge.items();
        let choice = |id: usize| [MergeChoice::Mine, MergeChoice::Theirs, MergeChoice::Both][(seed >> (id % 60)) as usize % 3];
        let choices: Choices = items.iter().map(|item| (item.id, choice(item.id))).collect();
        let mut draft = mine.clone();
        let inverse = draft.apply(merge.edit(&choices)).unwrap();
        prop_assert_eq!(&draft, &merge.result(&choices));
        draft.apply(inverse).unwrap();
        prop_assert_eq!(&draft, &mine);
    }

    /// All of mine is mine, all of theirs is theirs; with a common state and without.
    #[test]
    fn all_of_one_side_is_that_side(mine in steps(15), theirs in steps(15), asides in (asides(), asides())) {
        let base = aomine();
        let (mine, theirs) = (work(&base, &mine, &asides.0), work(&base, &theirs, &asides.1));
        for base in [Some(&base.state), None] {
            let merge = Merge::new(form(&mine), base, &mine, &theirs).unwrap();
            let items = merge.items();
            prop_assert_eq!(bare(merge.result(&all(&items, MergeChoice::Mine))), bare(mine.clone()));
            prop_assert_eq!(bare(merge.result(&all(&items, MergeChoice::Theirs))), bare(theirs.clone()));
            prop_assert!(base.is_some() || items.iter().all(|item| item.changed == Changed::Both));
            // The numbers under which choices are given are those of the list.
            let mut ids: Vec<usize> = items.iter().map(|item| item.id).collect();
            ids.sort_unstable();
            prop_assert_eq!(ids, (0..items.len()).collect::<Vec<_>>());
        }
    }

    /// Every line that either wrote is in the result, or was shown as what one must choose between.
    #[test]
    fn no_line_is_lost(mine in steps(15), theirs in steps(15), asides in (asides(), asides())) {
        let base = aomine();
        let (mine, theirs) = (work(&base, &mine, &asides.0), work(&base, &theirs, &asides.1));
        let merge = Merge::new(form(&base), Some(&base.state), &mine, &theirs).unwrap();
        let items = merge.items();
        let choices = keeping(&items);
        let result = lines(&merge.result(&choices));
        let (old, ours, others) = (lines(&base), lines(&mine), lines(&theirs));
        let not_taken = |choice: &MergeChoice| match choice {
            MergeChoice::Mine => |item: &MergeItem| item.theirs.clone(),
            _ => |item: &MergeItem| item.mine.clone(),
        };
        // What both changed in one line is woven into one.
        let woven = items.iter().filter(|item| choices.get(&item.id) == Some(&MergeChoice::Both));
        let woven = woven.filter_map(|item| item.theirs.clone().filter(|text| !text.contains('\n')));
        let shown: Vec<String> = items
            .iter()
            .filter_map(|item| choices.get(&item.id).and_then(|choice| not_taken(choice)(item)))
            .chain(woven)
            .collect();
        for line in ours.union(&others).filter(|line| !old.contains(*line)) {
            let is_shown = shown.iter().any(|text| text.contains(line.as_str()));
            prop_assert!(result.contains(line) || is_shown, "{line}");
        }
    }

    /// Who is called mine and who theirs makes no difference where nothing is asked.
    #[test]
    fn the_sides_can_be_exchanged(mine in steps(8), theirs in steps(8)) {
        let base = aomine();
        let (mine, theirs) = (after(&base, &mine), after(&base, &theirs));
        let form = form(&base);
        let one = Merge::new(form, Some(&base.state), &mine, &theirs).unwrap();
        let other = Merge::new(form, Some(&base.state), &theirs, &mine).unwrap();
        let choices = (keeping(&one.items()), keeping(&other.items()));
        if choices.0.is_empty() {
            prop_assert!(choices.1.is_empty());
            prop_assert_eq!(lines(&one.result(&choices.0)), lines(&other.result(&choices.1)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    /// Figures and tables of two people: one alone is taken whole, all of one side is that side, and one edit makes it.
    #[test]
    fn figures_and_tables_are_merged_as_all_else(mine in steps(8), theirs in steps(8)) {
        let base = full();
        let (mine, theirs) = (at_figures(&base, &mine), at_figures(&base, &theirs));
        let form = form(&base);
        let merge = Merge::new(form, Some(&base.state), &mine, &base).unwrap();
        prop_assert_eq!(&merge.result(&Choices::new()), &mine);
        let merge = Merge::new(form, Some(&base.state), &mine, &theirs).unwrap();
        let items = merge.items();
        prop_assert_eq!(bare(merge.result(&all(&items, MergeChoice::Mine))), bare(mine.clone()));
        let choices = all(&items, MergeChoice::Theirs);
        prop_assert_eq!(bare(merge.result(&choices)), bare(theirs.clone()));
        let mut draft = mine.clone();
        let inverse = draft.apply(merge.edit(&choices)).unwrap();
        prop_assert_eq!(&draft, &merge.result(&choices));
        draft.apply(inverse).unwrap();
        prop_assert_eq!(&draft, &mine);
    }
}
