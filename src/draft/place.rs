//! From the address of an answer to the part or row of the document that holds it.

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
    let part = match at.file {
        None => &mut document.common,
        Some(index) => {
            let n_files = document.files.len();
            let file =
                document.files.get_mut(index).ok_or(EditError::NoFile { number: index.saturating_add(1), n_files })?;
            &mut file.part
        }
    };
    let Some(entry) = at.entry else { return Ok(Place::Part(part)) };
    let missing = || EditError::NoEntry { item: at.item.clone(), number: entry.saturating_add(1) };
    match repeat_around(part, &at.item) {
        Some(repeat) => match part.answers.get_mut(&repeat) {
            Some(Answer::Repeat(entries)) => entries.get_mut(entry).map(Place::Part).ok_or_else(missing),
            _ => Err(missing()),
        },
        None if at.file.is_none() && at.item.starts_with("changes.") => {
            document.rows.get_mut(entry).map(Place::Row).ok_or_else(missing)
        }
        None => Err(missing()),
    }
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
    let mut repeats = outer.filter(|id| matches!(part.answers.get(*id), Some(Answer::Repeat(_))));
    repeats.next().map(str::to_owned)
}
