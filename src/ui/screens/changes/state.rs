//! What is chosen and open in the change table. Nothing of it is saved.

use std::collections::BTreeSet;

use crate::draft::ChangeRow;

/// What is chosen and open in the change table.
#[derive(Debug, Default)]
pub struct TableView {
    /// The rows chosen to be joined.
    chosen: BTreeSet<String>,
    /// The rows whose cells are open to be edited.
    open: BTreeSet<String>,
    /// How many rows there were: rows known by their place alone are forgotten when that changes.
    n_rows: usize,
}

impl TableView {
    /// Forgets what is known by a place that may have changed.
    pub fn keep_inside(&mut self, n_rows: usize) {
        if self.n_rows != n_rows {
            self.n_rows = n_rows;
            let has_name = |key: &String| !key.starts_with(BY_PLACE);
            self.chosen.retain(has_name);
            self.open.retain(has_name);
        }
    }

    /// Whether a row is chosen.
    pub fn is_chosen(&self, index: usize, row: &ChangeRow) -> bool {
        self.chosen.contains(&key(index, row))
    }

    /// Chooses a row or not.
    pub fn choose(&mut self, index: usize, row: &ChangeRow, on: bool) {
        set(&mut self.chosen, key(index, row), on);
    }

    /// The rows that are chosen.
    pub fn chosen(&self, rows: &[ChangeRow]) -> Vec<usize> {
        (0..rows.len()).filter(|index| self.is_chosen(*index, &rows[*index])).collect()
    }

    /// Chooses none.
    pub fn choose_none(&mut self) {
        self.chosen.clear();
    }

    /// Whether the cells of a row are open.
    pub fn is_open(&self, index: usize, row: &ChangeRow) -> bool {
        self.open.contains(&key(index, row))
    }

    /// Opens the cells of a row, or closes them.
    pub fn open(&mut self, index: usize, row: &ChangeRow, on: bool) {
        set(&mut self.open, key(index, row), on);
    }
}

const BY_PLACE: &str = "row ";

/// A row is known by what it tells of, so that it is the same after it was moved.
fn key(index: usize, row: &ChangeRow) -> String {
    match row.link.as_deref().filter(|link| !link.targets.is_empty()) {
        Some(link) => format!("{:?}", link.targets),
        None => format!("{BY_PLACE}{index}"),
    }
}

fn set(keys: &mut BTreeSet<String>, key: String, on: bool) {
    if on {
        keys.insert(key);
    } else {
        keys.remove(&key);
    }
}
