//! What is chosen and open in the change table. Nothing of it is saved.

use std::sync::Arc;

use crate::draft::{ChangeRow, Target};

/// Which rows of the table are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowFilter {
    /// The changes without a row, and the rows of this year.
    #[default]
    ThisYear,
    /// Of these, the rows in which something is left to decide.
    Undecided,
    /// The rows of former years.
    Former,
}

/// A line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TableLine {
    /// A change that no row tells of, by its place among them.
    Unlisted(usize),
    /// A row, by its index.
    Row(usize),
}

/// What is chosen and open in the change table.
#[derive(Debug, Default)]
pub struct TableView {
    /// Which rows are shown.
    pub filter: RowFilter,
    /// Whether what is selected stands in the pane.
    pub pane: bool,
    /// Whether the line that is selected is to be brought into sight.
    pub seek: bool,
    /// Whether what the rows of people were read to tell of is shown, to be confirmed.
    pub matching: bool,
    /// The rows of people for which that was confirmed.
    pub matched: Vec<Arc<ChangeRow>>,
    /// The line that is selected; a row is known by what it tells of.
    selected: Option<(TableLine, Option<Key>)>,
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
            let has_name = |key: &Key| matches!(key, Key::Told(..));
            self.chosen.retain(has_name);
            self.open.retain(has_name);
        }
    }

    /// Selects a line.
    pub fn select(&mut self, line: TableLine, rows: &[Arc<ChangeRow>]) {
        let key = match line {
            TableLine::Row(index) => rows.get(index).map(|row| Key::of(index, row)),
            TableLine::Unlisted(_) => None,
        };
        self.selected = Some((line, key));
    }

    /// The line that is selected: where its row is now; where it is gone, what stands in its place.
    pub fn selected(&self, rows: &[Arc<ChangeRow>], n_unlisted: usize) -> Option<TableLine> {
        let (line, key) = self.selected.as_ref()?;
        let at = match line {
            TableLine::Unlisted(at) => return (*at < n_unlisted).then_some(*line),
            TableLine::Row(at) => *at,
        };
        let is_it = |index: usize| rows.get(index).zip(key.as_ref()).is_some_and(|(row, key)| key.is_of(index, row));
        if is_it(at) {
            return Some(*line);
        }
        let found = (0..rows.len()).find(|index| is_it(*index));
        found.or(rows.len().checked_sub(1).map(|last| at.min(last))).map(TableLine::Row)
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

/// A row is known by what it tells of since when, so that it is the same after it was moved.
#[derive(Debug)]
enum Key {
    Told(String, Vec<Target>),
    Place(usize),
}

impl Key {
    fn of(index: usize, row: &ChangeRow) -> Self {
        match targets(row) {
            None => Key::Place(index),
            Some((since, targets)) => Key::Told(since.to_owned(), targets.to_vec()),
        }
    }

    fn is_of(&self, index: usize, row: &ChangeRow) -> bool {
        match (self, targets(row)) {
            (Key::Place(place), None) => *place == index,
            (Key::Told(known, told), Some((since, targets))) => known == since && told == targets,
            _ => false,
        }
    }
}

fn targets(row: &ChangeRow) -> Option<(&str, &[Target])> {
    let link = row.link.as_ref().filter(|link| !link.targets.is_empty())?;
    Some((&link.since, &link.targets))
}

fn set(keys: &mut Vec<Key>, index: usize, row: &ChangeRow, on: bool) {
    keys.retain(|key| !key.is_of(index, row));
    if on {
        keys.push(Key::of(index, row));
    }
}
