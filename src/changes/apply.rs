//! Differences → the edits that make the version of now out of the one before.

use std::collections::BTreeMap;

use crate::changes::compare::FILES;
use crate::changes::difference::{Difference, What};
use crate::draft::{Document, Edit, FilePart, Part, Spot};
use crate::form::FieldPath;

/// The edits that, applied to the version before in their order, print as now; empty entries and all.
///
/// What is not printed (notes, waivers, unknown ids) and the change table stay those of the version before.
pub fn edits(last: &Document, differences: &[Difference]) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut files = List::<FilePart>::default();
    let mut repeats: BTreeMap<FieldPath, List<Part>> = BTreeMap::new();
    for difference in differences {
        let repeat = FieldPath { file: last_file(difference), item: difference.target.item.clone(), entry: None };
        match &difference.what {
            What::Text(answer)
            | What::Date(answer)
            | What::Choice(answer)
            | What::Boxes(answer)
            | What::Count(answer)
            | What::Figure(answer) => {
                let at = difference.last.clone().map(|at| Edit::Answer { at, answer: answer.clone() });
                edits.extend(at);
            }
            What::EntryAdded(index, part) => repeats.entry(repeat).or_default().added.push((*index, part.clone())),
            What::EntryRemoved(index) => repeats.entry(repeat).or_default().removed.push(*index),
            What::FileAdded(index, file) => files.added.push((*index, (**file).clone())),
            What::FileRemoved(index) => files.removed.push(*index),
            What::FileRenamed(index) => {
                edits.push(Edit::RenameFile { index: *index, name: difference.after.clone() });
            }
            What::Order(pairs) => {
                let order = Some(pairs.iter().map(|(before, _)| *before).collect());
                match difference.target.item == FILES {
                    true => files.order = order,
                    false => repeats.entry(repeat).or_default().order = order,
                }
            }
        }
    }
    for (at, list) in repeats {
        edits.extend(list.steps(n_entries(last, &at)).into_iter().map(|step| entry_edit(&at, step)));
    }
    edits.extend(files.steps(last.files.len()).into_iter().map(file_edit));
    edits
}

/// Index of the file in the version before.
fn last_file(difference: &Difference) -> Option<usize> {
    match difference.target.file {
        Some(Spot::Last(index)) => usize::try_from(index).ok(),
        _ => None,
    }
}

fn n_entries(document: &Document, at: &FieldPath) -> usize {
    let part = match at.file {
        Some(index) => document.files.get(index).map(|file| &file.part),
        None => Some(&*document.common),
    };
    let answer = part.and_then(|part| part.answers.get(&at.item));
    answer.and_then(crate::draft::Answer::as_entries).map_or(0, <[_]>::len)
}

fn entry_edit(at: &FieldPath, step: Step<Part>) -> Edit {
    let at = at.clone();
    match step {
        Step::Insert(index, entry) => Edit::InsertEntry { at, index, entry },
        Step::Remove(index) => Edit::RemoveEntry { at, index },
        Step::Move(from, to) => Edit::MoveEntry { at, from, to },
    }
}

fn file_edit(step: Step<FilePart>) -> Edit {
    match step {
        Step::Insert(index, file) => Edit::InsertFile { index, file },
        Step::Remove(index) => Edit::RemoveFile { index },
        Step::Move(from, to) => Edit::MoveFile { from, to },
    }
}

/// What happened to one list.
struct List<T> {
    /// Index now and what is new.
    added: Vec<(usize, T)>,
    removed: Vec<usize>,
    order: Option<Vec<usize>>,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { added: Vec::new(), removed: Vec::new(), order: None }
    }
}

enum Step<T> {
    Insert(usize, T),
    Remove(usize),
    Move(usize, usize),
}

impl<T> List<T> {
    /// The steps from a list of `n_before` to the list of now: first what goes, then each place from the first on.
    fn steps(mut self, n_before: usize) -> Vec<Step<T>> {
        self.removed.sort_unstable();
        let mut steps: Vec<Step<T>> = self.removed.iter().rev().map(|index| Step::Remove(*index)).collect();
        let mut left: Vec<usize> = (0..n_before).filter(|index| !self.removed.contains(index)).collect();
        let mut wanted = self.order.unwrap_or_else(|| left.clone()).into_iter();
        self.added.sort_by_key(|(index, _)| *index);
        let mut added = self.added.into_iter().peekable();
        let mut place = 0;
        loop {
            if let Some((_, new)) = added.next_if(|(index, _)| *index == place) {
                steps.push(Step::Insert(place, new));
            } else if let Some(old) = wanted.next() {
                // `left` holds what stands at `place` and after it.
                let Some(at) = left.iter().position(|index| *index == old) else { continue };
                left.remove(at);
                if at > 0 {
                    steps.push(Step::Move(place + at, place));
                }
            } else if let Some((_, new)) = added.next() {
                steps.push(Step::Insert(place, new));
            } else {
                return steps;
            }
            place += 1;
        }
    }
}
