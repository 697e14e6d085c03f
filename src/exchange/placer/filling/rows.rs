//! The change table: its rows one after the other into the rows of the book, under every head there is.

use super::cells::number;
use super::said::{same_row, trimmed};
use super::{Filler, ProblemKind};
use crate::draft::ChangeRow;
use crate::exchange::boxes::Area;
use crate::exchange::placer::ledger::Ledger;
use crate::exchange::placer::table::{self, Rows, column_of};
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
            table::rows(walk.source, head, boxes, &mut ledger, &mut old);
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

    /// The rows below one head.
    fn bands(&self, at: usize, head: &Head, boxes: Vec<usize>, bands: &mut Vec<Band>) {
        let source = self.walk.source;
        let mut cells: Vec<(usize, usize, Area, usize)> = Vec::new();
        for one in boxes {
            let known = &source.boxes[one];
            if let Some(column) = column_of(head, &known.area).filter(|_| known.is_cell()) {
                cells.push((known.sheet, column, known.area, one));
            }
        }
        cells.sort_by(|a, b| a.0.cmp(&b.0).then(a.2.top.total_cmp(&b.2.top)).then(a.2.left.total_cmp(&b.2.left)));
        let first = bands.len();
        let mut here: Vec<Band> = Vec::new();
        let band = |sheet: usize, area: &Area| Band {
            head: at,
            sheet,
            top: area.top,
            bottom: area.bottom,
            boxes: vec![Vec::new(); ChangeRow::COLUMNS.len()],
        };
        for (sheet, _, area, _) in cells.iter().filter(|cell| cell.1 == ITEM) {
            here.push(band(*sheet, area));
        }
        for (sheet, _, area, _) in &cells {
            let is_in =
                |band: &Band| band.sheet == *sheet && band.top < area.bottom - SAME && band.bottom > area.top + SAME;
            if !here.iter().any(is_in) {
                here.push(band(*sheet, area));
            }
        }
        here.sort_by(|a, b| a.sheet.cmp(&b.sheet).then(a.top.total_cmp(&b.top)));
        for (sheet, column, area, one) in cells {
            for band in &mut here {
                if band.sheet == sheet && band.top < area.bottom - SAME && band.bottom > area.top + SAME {
                    band.boxes[column.min(ChangeRow::COLUMNS.len() - 1)].push(one);
                }
            }
        }
        bands.extend(here);
        bands[first..].iter_mut().for_each(|band| band.head = at);
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
        let is_below = |one: &crate::exchange::boxes::TextBox| one.sheet == sheet && one.area.top >= bottom - SAME;
        if n == 0 && walk.source.boxes.iter().any(is_below) {
            return false;
        }
        let at = number(bottom) + u32::try_from(n).unwrap_or_default();
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
