//! Where a place of the document stands after an edit that moves, puts in or takes out files, entries or rows: their
//! numbers change, and whoever is at one of them stays there.

use crate::draft::Edit;
use crate::form::{FieldPath, Form};

/// What becomes of the numbers of one list.
#[derive(Clone, Debug)]
pub struct Renumbering {
    list: List,
    change: Change,
}

/// Whose numbers they are.
#[derive(Clone, Debug)]
enum List {
    Files,
    /// Of the repeat at that place.
    Entries(FieldPath),
    /// Of the change table.
    Rows,
}

/// One change of a list.
#[derive(Clone, Copy, Debug)]
enum Change {
    Inserted(usize),
    Removed(usize),
    Moved(usize, usize),
}

/// What an edit does to the numbers of lists, in order; nothing for most.
pub fn renumberings(edit: &Edit) -> Vec<Renumbering> {
    let (list, change) = match edit {
        Edit::InsertFile { index, .. } => (List::Files, Change::Inserted(*index)),
        Edit::RemoveFile { index } => (List::Files, Change::Removed(*index)),
        Edit::MoveFile { from, to } => (List::Files, Change::Moved(*from, *to)),
        Edit::InsertEntry { at, index, .. } => (List::Entries(at.clone()), Change::Inserted(*index)),
        Edit::RemoveEntry { at, index } => (List::Entries(at.clone()), Change::Removed(*index)),
        Edit::MoveEntry { at, from, to } => (List::Entries(at.clone()), Change::Moved(*from, *to)),
        Edit::InsertRow { index, .. } => (List::Rows, Change::Inserted(*index)),
        Edit::RemoveRow { index } => (List::Rows, Change::Removed(*index)),
        Edit::MoveRow { from, to } => (List::Rows, Change::Moved(*from, *to)),
        Edit::Many(edits) | Edit::Act { edits, .. } => return edits.iter().flat_map(renumberings).collect(),
        _ => return Vec::new(),
    };
    vec![Renumbering { list, change }]
}

impl Renumbering {
    /// Whether they are those of the change table.
    pub fn is_of_rows(&self) -> bool {
        matches!(self.list, List::Rows)
    }

    /// The number that a file has now; `None` where it was taken out.
    pub fn file(&self, index: usize) -> Option<usize> {
        match self.list {
            List::Files => self.change.apply(index),
            List::Entries(_) | List::Rows => Some(index),
        }
    }

    /// Where that place stands now; `None` where it was taken out.
    pub fn place(&self, form: &Form, path: &FieldPath) -> Option<FieldPath> {
        let mut path = path.clone();
        match &self.list {
            List::Files => path.file = path.file.map_or(Some(None), |file| self.change.apply(file).map(Some))?,
            List::Entries(at) if path.file == at.file && is_inside(form, &at.item, &path.item) => {
                path.entry = path.entry.map_or(Some(None), |entry| self.change.apply(entry).map(Some))?;
            }
            List::Rows if is_column(form, &path.item) => {
                path.entry = path.entry.map_or(Some(None), |entry| self.change.apply(entry).map(Some))?;
            }
            List::Entries(_) | List::Rows => {}
        }
        Some(path)
    }
}

fn is_inside(form: &Form, repeat: &str, item: &str) -> bool {
    item == repeat || form.repeat_of(item).is_some_and(|around| around.id == repeat)
}

fn is_column(form: &Form, item: &str) -> bool {
    form.change_table()
        .is_some_and(|(table, columns)| table.id == item || columns.iter().any(|column| column.id == item))
}

impl Change {
    fn apply(self, index: usize) -> Option<usize> {
        match self {
            Change::Inserted(at) => Some(if index >= at { index + 1 } else { index }),
            Change::Removed(at) if index == at => None,
            Change::Removed(at) => Some(if index > at { index - 1 } else { index }),
            Change::Moved(from, to) if index == from => Some(to),
            Change::Moved(from, to) => {
                Change::Removed(from).apply(index).and_then(|left| Change::Inserted(to).apply(left))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_moved_has_the_number_it_has_in_the_list() {
        let names = ["甲", "乙", "丙", "丁"];
        for from in 0..names.len() {
            for to in 0..names.len() {
                let mut list = names.to_vec();
                let moved = list.remove(from);
                list.insert(to, moved);
                for (index, name) in names.iter().enumerate() {
                    let now = Change::Moved(from, to).apply(index);
                    assert_eq!(now.map(|now| list[now]), Some(*name), "{from} to {to}");
                }
            }
        }
        assert_eq!(Change::Removed(1).apply(1), None);
    }
}
