//! From the address of an answer to the part or row of the document that holds it.

use std::sync::Arc;

use super::{Answer, ChangeRow, Document, EditError, Part};
use crate::form::FieldPath;

/// What an address leads to.
pub(super) enum Place<'a> {
    /// The document, one file, or one entry of a repeat.
    Part(&'a mut Part),
    /// One row of the change table.
    Row(&'a mut ChangeRow),
}

/// Finds the part or row of an address.
///
/// An address does not name the repeat: it is the one whose id the item id begins with. An answer with
/// another id in an entry is changed by replacing the entry. A column of the change table has an id
/// that begins with `changes.` and no repeat around it.
pub(super) fn find<'a>(document: &'a mut Document, at: &FieldPath) -> Result<Place<'a>, EditError> {
    let missing = |entry: usize| EditError::NoEntry { item: at.item.clone(), number: entry.saturating_add(1) };
    let Some(entry) = at.entry else { return Ok(Place::Part(part_mut(document, at.file)?)) };
    // Looked for before anything is about to be changed: what is changed is shared no more.
    let Some(repeat) = repeat_around(part(document, at.file)?, &at.item) else {
        let row = if at.is_in_change_table() { document.row_mut(entry) } else { None };
        return row.map(Place::Row).ok_or_else(|| missing(entry));
    };
    match part_mut(document, at.file)?.answers.get_mut(&repeat) {
        Some(Answer::Repeat(entries)) => {
            entries.get_mut(entry).map(Arc::make_mut).map(Place::Part).ok_or_else(|| missing(entry))
        }
        _ => Err(missing(entry)),
    }
}

/// The answers of the document or of one file.
fn part(document: &Document, file: Option<usize>) -> Result<&Part, EditError> {
    let Some(index) = file else { return Ok(&document.common) };
    document.files.get(index).map(|file| &file.part).ok_or_else(|| no_file(document, index))
}

fn part_mut(document: &mut Document, file: Option<usize>) -> Result<&mut Part, EditError> {
    match file {
        None => Ok(document.common_mut()),
        Some(index) if index >= document.files.len() => Err(no_file(document, index)),
        Some(index) => Ok(&mut Arc::make_mut(&mut document.files[index]).part),
    }
}

fn no_file(document: &Document, index: usize) -> EditError {
    EditError::NoFile { number: index.saturating_add(1), n_files: document.files.len() }
}

/// The part of an address that is no row of the change table.
pub(super) fn find_part<'a>(document: &'a mut Document, at: &FieldPath) -> Result<&'a mut Part, EditError> {
    match find(document, at)? {
        Place::Part(part) => Ok(part),
        Place::Row(_) => Err(EditError::OtherKind { item: at.item.clone() }),
    }
}

fn repeat_around(part: &Part, item: &str) -> Option<String> {
    let outer = item.rmatch_indices('.').map(|(dot, _)| &item[..dot]);
    let mut repeats = outer.filter(|id| matches!(part.answers.get(id), Some(Answer::Repeat(_))));
    repeats.next().map(str::to_owned)
}
