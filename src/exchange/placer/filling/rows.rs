//! The change table: its rows one after the other into the rows of the book, under every head there is.

use std::collections::BTreeSet;

use super::cells::number;
use super::said::{same_row, trimmed};
use super::{Filler, ProblemKind};
use crate::draft::ChangeRow;
use crate::exchange::boxes::TextBox;
use crate::exchange::placer::ledger::Ledger;
use crate::exchange::placer::spans::Spans;
use crate::exchange::placer::table::{self, Cell, Rows, column_of};
use crate::exchange::placer::walk::Head;
use crate::exchange::placer::zones::{SAME, Zones};
use crate::form::FieldPath;

/// A row of the book.
struct Band {
    head: usize,
    sheet: usize,
    top: f32,
    bottom: f32,
    /// Column of the form → its boxes, empty or not.
    boxes: Vec<Vec<usize>>,
}

/// The column that says which rows there are.
const ITEM: usize = 1;

impl Filler<'_, '_, '_> {
    /// Writes the rows of the draft, where the book has others.
    pub(super) fn rows(&mut self, zones: &Zones) {
        let walk = self.walk;
        let Some((table_item, _)) = self.form.change_table() else { return };
        let whole = FieldPath::document(&table_item.id);
        let mut old = Rows::default();
        let mut ledger = Ledger::of(walk.source);
        for (at, head) in walk.heads.iter().enumerate() {
            let boxes = zones.of_head.get(&at).map_or(&[][..], Vec::as_slice);
            table::rows(walk.source, head, boxes, walk.effort, &mut ledger, &mut old);
        }
        let rows = &self.document.rows;
        let is_same =
            rows.len() == old.rows.len() && rows.iter().zip(&old.rows).all(|(one, other)| same_row(one, other));
        if is_same {
            return;
        }
        if walk.heads.is_empty() {
            return self.problem(&whole, ProblemKind::NoLabel);
        }
        let mut bands: Vec<Band> = Vec::new();
        for (at, head) in walk.heads.iter().enumerate() {
            let boxes = [&zones.of_head, &zones.free_of_head].into_iter().flat_map(|zones| zones.get(&at)).flatten();
            self.bands(at, head, boxes.copied().collect(), &mut bands);
        }
        let n_places = bands.len();
        for (at, band) in bands.iter().enumerate() {
            walk.effort.spend(bands.len());
            if walk.effort.is_over() {
                return;
            }
            if !self.row(rows.get(at).map(|row| &**row), at, band, &bands) {
                let at = FieldPath { entry: Some(at), ..whole.clone() };
                return self.problem(&at, ProblemKind::SharedCell);
            }
        }
        for (n, row) in rows.iter().skip(n_places).enumerate() {
            if !self.add_row(n, row, bands.last()) {
                return self.problem(&whole, ProblemKind::Rows { n_places: n_places + n });
            }
        }
        self.filling.n_added_rows = rows.len().saturating_sub(n_places);
        self.filling.n_items += 1;
    }

    /// The rows below one head: those that are read there, and the places where one may be written. What is no row stays
    /// as it is, and nothing is written beside it.
    fn bands(&self, at: usize, head: &Head, boxes: Vec<usize>, bands: &mut Vec<Band>) {
        let (source, effort) = (self.walk.source, self.walk.effort);
        let mut cells: Vec<Cell> = Vec::new();
        for one in boxes {
            let area = source.boxes[one].area;
            if let Some(column) = column_of(head, &area).filter(|_| source.boxes[one].is_cell()) {
                cells.push(Cell { one, column, area });
            }
        }
        let sheet_of = |cell: &Cell| source.boxes[cell.one].sheet;
        cells.sort_by(|a, b| {
            let places = a.area.top.total_cmp(&b.area.top).then(a.area.left.total_cmp(&b.area.left));
            sheet_of(a).cmp(&sheet_of(b)).then(places)
        });
        for cells in cells.chunk_by(|a, b| sheet_of(a) == sheet_of(b)) {
            let sheet = sheet_of(&cells[0]);
            let (mut free, written): (Vec<Cell>, Vec<Cell>) =
                cells.iter().copied().partition(|cell: &Cell| source.boxes[cell.one].text.trim().is_empty());
            let rows = table::without_notes(source, &written, head.bottom, effort);
            let mut kept: BTreeSet<usize> = rows.iter().map(|cell| cell.one).collect();
            let notes =
                Spans::of(written.iter().filter(|cell| !kept.contains(&cell.one)).map(|cell| (cell.one, cell.area)));
            free.retain(|cell| notes.between(cell.area.top + SAME, cell.area.bottom - SAME, effort).next().is_none());
            let mut areas = table::bands(&rows, effort).0;
            // A place over several rows does not make them one: the narrow ones come first.
            free.sort_by(|a, b| {
                let height = |cell: &Cell| cell.area.bottom - cell.area.top;
                (a.column != ITEM).cmp(&(b.column != ITEM)).then(height(a).total_cmp(&height(b)))
            });
            for cell in &free {
                effort.spend(areas.len());
                if effort.is_over() {
                    return;
                }
                if !areas.iter().any(|area| area.shared_height(&cell.area) > SAME) {
                    areas.push(cell.area);
                }
            }
            areas.sort_by(|a, b| a.top.total_cmp(&b.top));
            let first = bands.len();
            bands.extend(areas.iter().map(|area| Band {
                head: at,
                sheet,
                top: area.top,
                bottom: area.bottom,
                boxes: vec![Vec::new(); ChangeRow::COLUMNS.len()],
            }));
            let spans = Spans::of(areas.into_iter().enumerate());
            kept.extend(free.iter().map(|cell| cell.one));
            for cell in cells.iter().filter(|cell| kept.contains(&cell.one)) {
                let beside: Vec<usize> = spans.between(cell.area.top + SAME, cell.area.bottom - SAME, effort).collect();
                for band in beside {
                    bands[first + band].boxes[cell.column.min(ChangeRow::COLUMNS.len() - 1)].push(cell.one);
                }
            }
        }
    }

    /// Writes one row, or clears it. Not where one cell would have to say two things.
    fn row(&mut self, row: Option<&ChangeRow>, at: usize, band: &Band, all: &[Band]) -> bool {
        for (column, name) in ChangeRow::COLUMNS.iter().enumerate() {
            let words =
                |row: Option<&ChangeRow>| trimmed(row.and_then(|row| row.column(name)).unwrap_or_default()).to_owned();
            let wanted = words(row);
            let Some((first, others)) = band.boxes[column].split_first() else {
                let area = self.walk.heads[band.head].columns.iter().find(|(known, _)| *known == column);
                let is_done = wanted.is_empty()
                    || area.is_some_and(|(_, area)| {
                        self.cells.add(band.sheet, number(band.top), number(area.left), &wanted, None)
                    });
                if !is_done {
                    return false;
                }
                continue;
            };
            // One cell beside several rows says the same of all.
            let rows = &self.document.rows;
            let beside: Vec<usize> = (0..all.len()).filter(|other| all[*other].boxes[column].contains(first)).collect();
            let is_same =
                |other: &usize| words(rows.get(*other).map(|row| &**row)) == wanted || rows.get(*other).is_none();
            if beside.len() > 1 && !beside.iter().all(is_same) && row.is_some() {
                return false;
            }
            if beside.first() != Some(&at) && beside.len() > 1 {
                continue;
            }
            if !self.cells.whole(*first, &wanted) {
                return false;
            }
            for other in others {
                let is_of_next =
                    all.iter().any(|next| next.top > band.top + SAME && next.boxes[column].contains(other));
                if !is_of_next && !self.cells.whole(*other, "") {
                    return false;
                }
            }
        }
        true
    }

    /// A row below the last one, looking like it.
    fn add_row(&mut self, n: usize, row: &ChangeRow, last: Option<&Band>) -> bool {
        let walk = self.walk;
        let Some(head) = last.map_or_else(|| walk.heads.last(), |last| walk.heads.get(last.head)) else { return false };
        let (sheet, bottom) = last.map_or((head.sheet, head.bottom), |last| (last.sheet, last.bottom));
        let at = number(bottom) + u32::try_from(n).unwrap_or_default();
        // What stands below bounds the room, a shape as much as a note.
        let is_in_the_way =
            |one: &TextBox| one.sheet == sheet && one.area.top >= bottom - SAME && number(one.area.top) <= at;
        walk.effort.spend(walk.source.boxes.len());
        if walk.effort.is_over() || walk.source.boxes.iter().any(is_in_the_way) {
            return false;
        }
        for (column, area) in &head.columns {
            let like = last.and_then(|last| last.boxes[*column].first()).map(|one| &walk.source.boxes[*one].area);
            let area = like.unwrap_or(area);
            let words = ChangeRow::COLUMNS.get(*column).and_then(|name| row.column(name)).unwrap_or_default();
            let like = (number(area.top), number(area.left));
            if !self.cells.add(sheet, at, number(area.left), trimmed(words), Some(like)) {
                return false;
            }
            if area.right - area.left > 1.0 + SAME {
                let corners = [at, number(area.left), at, number(area.right).saturating_sub(1)];
                self.filling.rewriting.merges.push((sheet, corners));
            }
        }
        true
    }
}
