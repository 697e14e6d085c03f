//! What is chosen and open in the change table. Nothing of it is saved.

use std::sync::Arc;

use crate::draft::{ChangeRow, Target};
use crate::form::FieldPath;

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

/// What the rows of people were read to tell of, in words.
#[derive(Debug)]
pub struct RowReading {
    /// The version of the draft that it was made of, and whether that was compared.
    pub made_of: (u64, bool),
    /// The rows.
    pub rows: Vec<ReadRow>,
    /// How many of them tell of nothing that is known.
    pub n_unknown: usize,
    /// The changes without a row, which are going to be written.
    pub written: Vec<String>,
    /// How many rows are going to be brought up to date.
    pub n_behind: usize,
}

/// A row of people: its words, and the changes it tells of.
#[derive(Debug)]
pub struct ReadRow {
    /// Its place in the table.
    pub index: usize,
    /// Its number and 項目.
    pub title: String,
    /// The changes it was read to tell of.
    pub told: Vec<String>,
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
    /// The cell that a search leads to: its row is selected and opened, and the focus stays where it is.
    pub shown_for: Option<FieldPath>,
    /// Whether every change without a row is to be written into the table when it is next shown.
    pub writes: bool,
    /// That in words, as it was read last.
    pub reading: Option<Arc<RowReading>>,
    /// The rows of people for which that was confirmed.
    pub matched: Vec<Arc<ChangeRow>>,
    /// The line that is selected; a row is known by what it tells of.
    selected: Option<(TableLine, Option<Key>)>,
    /// The rows chosen to be joined.
    chosen: Vec<Key>,
    /// The rows whose cells are open to be edited.
    open: Vec<Key>,
    /// The rows as they were in the last frame: those known by their place alone are followed from there.
    rows: Vec<Arc<ChangeRow>>,
}

impl TableView {
    /// Follows the rows, which may have been moved, taken out and put in since the last frame: by a press, by 元に戻す.
    /// `current` is the row one is in.
    pub fn keep_up(&mut self, rows: &[Arc<ChangeRow>], current: Option<&mut usize>) {
        let is_same = |(old, new): (&Arc<ChangeRow>, &Arc<ChangeRow>)| Arc::ptr_eq(old, new);
        if self.rows.len() == rows.len() && self.rows.iter().zip(rows).all(is_same) {
            return;
        }
        let moves = Moves::between(&self.rows, rows);
        let follow = |key: &mut Key| match key {
            Key::Told(..) => true,
            Key::Place(place) => moves.of(*place).map(|now| *place = now).is_some(),
        };
        self.chosen.retain_mut(follow);
        self.open.retain_mut(follow);
        if let Some((TableLine::Row(at), Some(Key::Place(place)))) = &mut self.selected
            && let Some(now) = moves.of(*place)
        {
            (*at, *place) = (now, now);
        }
        if let Some(current) = current
            && let Some(now) = moves.of(*current)
        {
            *current = now;
        }
        self.rows = rows.to_vec();
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

/// Where rows of before are now.
struct Moves<'a> {
    old: &'a [Arc<ChangeRow>],
    new: &'a [Arc<ChangeRow>],
    /// So many are the same at the beginning, and at the end.
    n_first: usize,
    n_last: usize,
}

impl<'a> Moves<'a> {
    fn between(old: &'a [Arc<ChangeRow>], new: &'a [Arc<ChangeRow>]) -> Self {
        let is_same = |(old, new): &(&Arc<ChangeRow>, &Arc<ChangeRow>)| Arc::ptr_eq(old, new) || old == new;
        let n_first = old.iter().zip(new).take_while(is_same).count();
        let rest = old.len().min(new.len()) - n_first;
        let n_last = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(is_same).count();
        Self { old, new, n_first, n_last }
    }

    /// Where that row is now; `None` where it is gone.
    fn of(&self, place: usize) -> Option<usize> {
        let row = self.old.get(place)?;
        if place < self.n_first {
            return Some(place);
        }
        if place >= self.old.len() - self.n_last {
            return Some(place + self.new.len() - self.old.len());
        }
        let found = self.new.iter().position(|now| Arc::ptr_eq(now, row));
        let found = found.or_else(|| self.new.iter().position(|now| now == row));
        // Another text is the same row.
        found.or((self.old.len() == self.new.len()).then_some(place))
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn rows(items: &str) -> Vec<Arc<ChangeRow>> {
        items.chars().map(|item| Arc::new(ChangeRow { item: item.to_string(), ..ChangeRow::default() })).collect()
    }

    /// Selects a row, brings the rows into that order, and says what is selected then.
    fn check(before: &str, selected: usize, after: &str, wanted: Option<char>) {
        let before = rows(before);
        let mut view = TableView::default();
        view.keep_up(&before, None);
        view.select(TableLine::Row(selected), &before);
        view.open(selected, &before[selected], true);
        let find = |item: char| before.iter().find(|row| row.item == item.to_string()).cloned();
        let after: Vec<_> =
            after.chars().map(|item| find(item).unwrap_or_else(|| rows(&item.to_string())[0].clone())).collect();
        let mut current = selected;
        view.keep_up(&after, Some(&mut current));
        let Some(wanted) = wanted else {
            return assert!(after.iter().enumerate().all(|(index, row)| !view.is_open(index, row)));
        };
        let Some(TableLine::Row(at)) = view.selected(&after, 0) else { return assert!(after.is_empty()) };
        assert_eq!((after[at].item.as_str(), at), (wanted.to_string().as_str(), current));
        assert!(view.is_open(at, &after[at]));
    }

    #[test]
    fn a_row_by_hand_is_the_same_wherever_it_is_moved() {
        check("abcd", 1, "acbd", Some('b'));
        check("abcd", 2, "acbd", Some('c'));
        check("abcd", 3, "dabc", Some('d'));
        check("abcd", 2, "abxcd", Some('c'));
        check("abcd", 2, "bcd", Some('c'));
        check("abcd", 1, "axcd", Some('x'));
        check("abcd", 1, "acd", None);
        // All rows say the same: the places around them tell.
        check("aaba", 2, "aaaba", Some('b'));
    }
}
