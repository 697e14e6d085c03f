//! The change table: cells below a head row become rows, in their order.
//!
//! A row begins where its 項目 begins. What stands below without 項目, 変更日 and 提出時期 goes on from the row above;
//! a 変更日 beside several rows is that of each.

use super::key::{key, without_continued};
use super::ledger::{Fate, Ledger};
use super::receipt::{Doubt, DoubtKind};
use super::walk::Head;
use crate::draft::ChangeRow;
use crate::exchange::boxes::{Area, Ending, ForeignSource, seam, seen_chars};
use crate::form::{FieldPath, Form};

/// The columns in the order of [`ChangeRow::COLUMNS`].
const DATE: usize = 0;
const ITEM: usize = 1;
const TIMING: usize = 4;

/// Rows that were read.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub rows: Vec<ChangeRow>,
    /// Characters of their texts that came from the sheet, and how many more they have because one cell is that of
    /// several rows.
    pub n_text: usize,
    pub n_doubled: usize,
    /// Rows with the cells of theirs that seem to be cut off.
    cut: Vec<(usize, usize)>,
}

impl Rows {
    /// A doubt for each cell that seems to be cut off.
    pub fn cut_doubts(&self, form: &Form, source: &ForeignSource) -> Vec<Doubt> {
        let Some((table, _)) = form.change_table() else { return Vec::new() };
        let doubt = |(row, one): &(usize, usize)| {
            let (sheet, cell) = source.place(&source.boxes[*one]);
            let at = FieldPath { file: None, item: table.id.clone(), entry: Some(*row) };
            let is_cut = source.boxes[*one].ending == Ending::Cut;
            Doubt { at, sheet, cell, kind: if is_cut { DoubtKind::Cut } else { DoubtKind::Clipped } }
        };
        self.cut.iter().map(doubt).collect()
    }
}

/// A cell of the table.
struct Cell {
    one: usize,
    column: usize,
    area: Area,
}

/// Reads the cells below one head; `rows` may go on from a head before.
pub(super) fn rows(source: &ForeignSource, head: &Head, boxes: &[usize], ledger: &mut Ledger<'_>, found: &mut Rows) {
    let mut cells: Vec<Cell> = Vec::new();
    for &one in boxes {
        let area = source.boxes[one].area;
        if let Some(column) = column_of(head, &area) {
            cells.push(Cell { one, column, area });
        }
    }
    let mut bands: Vec<Area> = Vec::new();
    let mut sheet = None;
    let mut start = 0;
    // Areas on another sheet begin at the top again.
    for at in 0..=cells.len() {
        let here = cells.get(at).map(|cell| source.boxes[cell.one].sheet);
        if here != sheet {
            if at > start {
                read(source, &cells[start..at], &mut bands, ledger, found);
            }
            (sheet, start) = (here, at);
        }
    }
}

/// The column of the form a cell stands in: the one it shares most with.
pub(super) fn column_of(head: &Head, area: &Area) -> Option<usize> {
    const MOST: usize = 2;
    let covered = head.columns.iter().filter(|(_, of_head)| of_head.shared_width(area) > 0.0).count();
    // What lies over the whole table is a note.
    if covered > MOST {
        return None;
    }
    let mut best: Option<(f32, usize)> = None;
    for (index, (column, of_head)) in head.columns.iter().enumerate() {
        // A head may be narrower than its column.
        let mut of_head = *of_head;
        of_head.right = head.columns.get(index + 1).map_or(of_head.right, |next| next.1.left.max(of_head.right));
        let shared = area.shared_width(&of_head);
        if shared > best.map_or(0.0, |best| best.0) {
            best = Some((shared, *column));
        }
    }
    best.map(|best| best.1)
}

fn read(source: &ForeignSource, cells: &[Cell], bands: &mut Vec<Area>, ledger: &mut Ledger<'_>, found: &mut Rows) {
    bands.clear();
    for cell in cells {
        let is_new = bands.last().is_none_or(|last| {
            cell.area.top >= last.bottom - 0.05 && begins_row(cells, cell) || splits(cells, cell, last)
        });
        match bands.last_mut() {
            Some(last) if !is_new => {
                let is_wide = cell.column == DATE || cell.column == TIMING;
                // A date beside several rows does not make them one.
                if !is_wide || !has_rows_beside(cells, cell) {
                    last.bottom = last.bottom.max(cell.area.bottom);
                }
            }
            _ => bands.push(band(cells, cell)),
        }
    }
    let first = found.rows.len();
    found.rows.extend(bands.iter().map(|_| ChangeRow::default()));
    for cell in cells {
        let text = source.boxes[cell.one].text.trim_end().trim_start_matches(['\n', '\r']);
        let beside: Vec<usize> = bands_of(bands, cell, has_rows_beside(cells, cell));
        for (n, band) in beside.iter().enumerate() {
            let row = &mut found.rows[first + band];
            let Some(column) = row.column_mut(ChangeRow::COLUMNS[cell.column.min(ChangeRow::COLUMNS.len() - 1)]) else {
                continue;
            };
            if !column.is_empty() {
                column.push('\n');
            }
            column.push_str(text);
            *(if n == 0 { &mut found.n_text } else { &mut found.n_doubled }) += seen_chars(text);
        }
        if source.boxes[cell.one].ending != Ending::Whole {
            found.cut.extend(beside.first().map(|band| (first + band, cell.one)));
        }
        if !beside.is_empty() {
            ledger.all(cell.one, Fate::Text);
        }
    }
    let items: Vec<usize> = cells.iter().filter(|cell| cell.column == ITEM).map(|cell| cell.one).collect();
    go_on(first, &items, source, ledger, found);
}

/// Rows whose 項目 says that they go on from the row above are a part of it.
fn go_on(first: usize, items: &[usize], source: &ForeignSource, ledger: &mut Ledger<'_>, found: &mut Rows) {
    let mut at = first.max(1);
    while at < found.rows.len() {
        let item = key(&found.rows[at].item);
        let is_same = without_continued(&item).is_some_and(|item| item == key(&found.rows[at - 1].item));
        // On a page that begins with the rest of a row, nobody says again when it was changed.
        let row = &found.rows[at];
        let is_rest = source.is_pages && at == first && row.date.is_empty() && row.timing.is_empty();
        if !is_same && !is_rest {
            at += 1;
            continue;
        }
        let row = found.rows.remove(at);
        if is_same {
            // A long row may go on more than once.
            let own = items.iter().filter(|one| key(&source.boxes[**one].text) == item);
            own.for_each(|one| ledger.all(*one, Fate::Form));
            found.n_text = found.n_text.saturating_sub(seen_chars(&row.item));
        }
        found.cut.iter_mut().filter(|(cut, _)| *cut >= at).for_each(|(cut, _)| *cut -= 1);
        for column in ChangeRow::COLUMNS {
            let (Some(more), Some(text)) = (row.column(column), found.rows[at - 1].column_mut(column)) else {
                continue;
            };
            let is_said = is_same && column == ChangeRow::COLUMNS[ITEM] || more.is_empty();
            if !is_said {
                let between = seam(text, more);
                text.push_str(between);
                text.push_str(more);
            }
        }
    }
}

/// Whether a row begins with the cells beside this one.
fn begins_row(cells: &[Cell], cell: &Cell) -> bool {
    cells.iter().any(|other| {
        let is_head = matches!(other.column, DATE | ITEM | TIMING);
        is_head && (other.area.top - cell.area.top).abs() < 0.05
    })
}

/// Whether a cell begins a row inside a band that a wide cell has made.
fn splits(cells: &[Cell], cell: &Cell, last: &Area) -> bool {
    let is_item = cells.iter().any(|other| other.column == ITEM && (other.area.top - cell.area.top).abs() < 0.05);
    is_item && cell.area.top > last.top + 0.05
}

/// The band a cell begins: as high as the cells that begin with it, wide ones aside.
fn band(cells: &[Cell], cell: &Cell) -> Area {
    let mut area = cell.area;
    let with_it = cells.iter().filter(|other| (other.area.top - cell.area.top).abs() < 0.05);
    let narrow: Vec<&Cell> = with_it.filter(|other| !has_rows_beside(cells, other)).collect();
    if let Some(first) = narrow.first() {
        area.bottom = narrow.iter().map(|other| other.area.bottom).fold(first.area.bottom, f32::max);
    }
    area
}

/// Whether several rows stand beside a cell.
fn has_rows_beside(cells: &[Cell], cell: &Cell) -> bool {
    let beside = |other: &&Cell| {
        other.column == ITEM
            && other.area.top >= cell.area.top - 0.05
            && other.area.bottom <= cell.area.bottom + 0.05
            && other.area.shared_height(&cell.area) > 0.05
    };
    cell.column != ITEM && cells.iter().filter(beside).count() > 1
}

/// The rows a cell belongs to: one, or all beside it.
fn bands_of(bands: &[Area], cell: &Cell, is_wide: bool) -> Vec<usize> {
    let shared = |band: &Area| band.shared_height(&cell.area);
    let beside = || (0..bands.len()).filter(|band| shared(&bands[*band]) > 0.05);
    if is_wide {
        return beside().collect();
    }
    let best = beside().max_by(|a, b| shared(&bands[*a]).total_cmp(&shared(&bands[*b])).then(b.cmp(a)));
    best.into_iter().collect()
}
