//! One difference taken back: the edit that makes the draft of now say again what the version before said there.

use std::sync::Arc;

use crate::changes::compare::FILES;
use crate::changes::difference::{Difference, What};
use crate::changes::pairs::{Pairs, place_now};
use crate::draft::{Answer, Document, Edit, FilePart, Part};
use crate::form::{FieldPath, Form};

/// The edit that puts back what the version before said; always a step of its own for undo.
///
/// `pairs` and `difference` must be those of the two drafts. `None` where there is nothing to put back, because the
/// text follows from other answers.
pub fn revert(form: &Form, last: &Document, now: &Document, pairs: &Pairs, difference: &Difference) -> Option<Edit> {
    let edits = match &difference.what {
        What::Text(_) | What::Date(_) | What::Choice(_) | What::Boxes(_) | What::Count(_) | What::Figure(_) => {
            let (before, at) = (difference.last.as_ref()?, difference.now.clone()?);
            let answer = answer_at(form, last, before);
            let differs = answer != answer_at(form, now, &at);
            differs.then(|| Edit::Answer { at, answer: answer.cloned() }).into_iter().collect()
        }
        What::EntryAdded(index, _) => {
            vec![Edit::RemoveEntry { at: list(difference.now.as_ref()?), index: *index }]
        }
        What::EntryRemoved(index) => {
            let before = list(difference.last.as_ref()?);
            let entry = answer_at(form, last, &before)?.as_entries()?.get(*index).map(|entry| Part::clone(entry))?;
            let file = match before.file {
                Some(file) => Some(pairs.file_now(file)?),
                None => None,
            };
            let place = place_now(pairs.entries(file, &before.item), *index);
            vec![Edit::InsertEntry { at: FieldPath { file, ..before }, index: place, entry }]
        }
        What::FileAdded(index, _) => vec![Edit::RemoveFile { index: *index }],
        What::FileRemoved(index) => {
            let file = last.files.get(*index).map(|file| FilePart::clone(file))?;
            vec![Edit::InsertFile { index: place_now(pairs.files(), *index), file }]
        }
        What::FileRenamed(index) => {
            let name = last.files.get(*index)?.name.clone();
            vec![Edit::RenameFile { index: pairs.file_now(*index)?, name }]
        }
        What::Order(_) if difference.target.item == FILES => {
            let moved = |(from, to)| Edit::MoveFile { from, to };
            moves(pairs.files(), now.files.len()).into_iter().map(moved).collect()
        }
        What::Order(_) => {
            let at = difference.now.clone()?;
            let n_entries = answer_at(form, now, &at)?.as_entries()?.len();
            let moved = |(from, to)| Edit::MoveEntry { at: at.clone(), from, to };
            moves(pairs.entries(at.file, &at.item), n_entries).into_iter().map(moved).collect()
        }
    };
    (!edits.is_empty()).then_some(Edit::Many(edits))
}

/// The repeat around an entry.
fn list(entry: &FieldPath) -> FieldPath {
    FieldPath { entry: None, ..entry.clone() }
}

/// The answer as it stands in a draft.
pub(super) fn answer_at<'a>(form: &Form, document: &'a Document, at: &FieldPath) -> Option<&'a Answer> {
    part_at(form, document, at)?.answers.get(&at.item)
}

/// What holds the answer: the document, a file or an entry.
fn part_at<'a>(form: &Form, document: &'a Document, at: &FieldPath) -> Option<&'a Part> {
    let part = match at.file {
        Some(index) => &document.files.get(index)?.part,
        None => &document.common,
    };
    let Some(index) = at.entry else { return Some(part) };
    part.answers.get(&form.repeat_of(&at.item)?.id)?.as_entries()?.get(index).map(Arc::as_ref)
}

/// The moves (from, to) after which what is in both versions stands in the order of before; what is new keeps its place.
fn moves(pairs: &[(usize, usize)], length: usize) -> Vec<(usize, usize)> {
    let mut by_before = pairs.to_vec();
    by_before.sort_unstable();
    let mut wanted: Vec<usize> = (0..length).collect();
    for ((_, slot), (_, index)) in pairs.iter().zip(&by_before) {
        if let Some(place) = wanted.get_mut(*slot) {
            *place = *index;
        }
    }
    let mut present: Vec<usize> = (0..length).collect();
    let mut moves = Vec::new();
    for (to, index) in wanted.iter().enumerate() {
        let Some(from) = present.iter().position(|present| present == index) else { continue };
        if from != to {
            let moved = present.remove(from);
            present.insert(to, moved);
            moves.push((from, to));
        }
    }
    moves
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_bring_the_old_order_back_around_what_is_new() {
        // Before: a b c. Now: c, new, a, b.
        let pairs = [(2, 0), (0, 2), (1, 3)];
        let mut list = vec!['c', 'n', 'a', 'b'];
        for (from, to) in moves(&pairs, list.len()) {
            let moved = list.remove(from);
            list.insert(to, moved);
        }
        assert_eq!(list, ['a', 'n', 'b', 'c']);
        assert!(moves(&[(0, 0), (1, 1)], 2).is_empty());
    }
}
