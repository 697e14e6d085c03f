//! What is chosen and open in the change table. Nothing of it is saved.

use std::sync::Arc;

use crate::draft::{ChangeRow, Target};

/// What is chosen and open in the change table.
#[derive(Debug, Default)]
pub struct TableView {
    /// The rows chosen to be joined.
    chosen: Vec<Key>,
    /// The rows whose cells are open to be edited.
    open: Vec<Key>,
    /// How many rows there were: rows known by their place alone are forgotten when that changes.
    n_rows: usize,
}

impl TableView {
    /// Forgets what is known by a place that may have changed.
    pub fn keep_inside(&mut self, n_rows: usize) {
        if self.n_rows != n_rows {
            self.n_rows = n_rows;
            let has_name = |key: &Key| matches!(key, Key::Told(_));
            self.chosen.retain(has_name);
            self.open.retain(has_name);
        }
    }

    /// Whether a row is chosen.
    pub fn is_chosen(&self, index: usize, row: &ChangeRow) -> bool {
        self.chosen.iter().any(|key| key.is_of(index, row))
    }

    /// Chooses a row or not.
    pub fn choose(&mut self, index: usize, row: &ChangeRow, on: bool) {
        set(&mut self.chosen, index, row, on);
    }

    /// The rows that are chosen.
    pub fn chosen(&self, rows: &[Arc<ChangeRow>]) -> Vec<usize> {
        (0..rows.len()).filter(|index| self.is_chosen(*index, &rows[*index])).collect()
    }

    /// Chooses none.
    pub fn choose_none(&mut self) {
        self.chosen.clear();
    }

    /// Whether the cells of a row are open.
    pub fn is_open(&self, index: usize, row: &ChangeRow) -> bool {
        self.open.iter().any(|key| key.is_of(index, row))
    }

    /// Opens the cells of a row, or closes them.
    pub fn open(&mut self, index: usize, row: &ChangeRow, on: bool) {
        set(&mut self.open, index, row, on);
    }
}

/// A row is known by what it tells of, so that it is the same after it was moved.
#[derive(Debug)]
enum Key {
    Told(Vec<Target>),
    Place(usize),
}

impl Key {
    fn of(index: usize, row: &ChangeRow) -> Self {
        match targets(row) {
            [] => Key::Place(index),
            targets => Key::Told(targets.to_vec()),
        }
    }

    fn is_of(&self, index: usize, row: &ChangeRow) -> bool {
        match (self, targets(row)) {
            (Key::Place(place), []) => *place == index,
            (Key::Told(told), targets) => told == targets,
            (Key::Place(_), _) => false,
        }
    }
}

fn targets(row: &ChangeRow) -> &[Target] {
    row.link.as_ref().map(|link| link.targets.as_slice()).unwrap_or_default()
}

fn set(keys: &mut Vec<Key>, index: usize, row: &ChangeRow, on: bool) {
    keys.retain(|key| !key.is_of(index, row));
    if on {
        keys.push(Key::of(index, row));
    }
}
