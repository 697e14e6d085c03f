//! The change table: cells below a head row become rows, in their order.
//!
//! A row begins where its 項目 begins. What stands below without 項目, 変更日 and 提出時期 goes on from the row above;
//! a 変更日 beside several rows is that of each. 「同上」 says the 変更日 of the row above once more, and so does, in doubt,
//! an empty cell. A note below the table is no row.

use std::collections::{BTreeMap, BTreeSet};

use super::effort::Effort;
use super::key::{key, without_continued};
use super::ledger::{Fate, Ledger};
use super::receipt::{Doubt, DoubtKind};
use super::spans::Spans;
use super::text::is_note;
use super::trace::{Role, Saying};
use super::walk::Head;
use crate::draft::{ChangeRow, Span};
use crate::exchange::boxes::{Area, Ending, ForeignSource, Visibility, seam, seen_chars};
use crate::exchange::sheets::ABOUT;
use crate::form::{FieldPath, Form};

/// The columns in the order of [`ChangeRow::COLUMNS`].
const DATE: usize = 0;
const ITEM: usize = 1;
const TIMING: usize = 4;
/// Edges that are nearer than this are the same.
const NEAR: f32 = 0.05;

/// Rows that were read.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub rows: Vec<ChangeRow>,
    /// Characters of their texts that came from the sheet, and how many more they have because one cell is that of
    /// several rows.
    pub n_text: usize,
    pub n_doubled: usize,
    /// Rows with a cell of theirs that is in doubt.
    doubts: Vec<(usize, usize, DoubtKind)>,
    /// Row → its first cell.
    first_cells: Vec<usize>,
    /// Rows that say themselves that their 変更日 is that of the row above.
    ditto: BTreeSet<usize>,
    /// Rows with their cells, each with its column.
    cells: Vec<(usize, usize, usize)>,
}

impl Rows {
    /// Which boxes say what in the rows.
    pub fn sayings(&self, form: &Form) -> Vec<Saying> {
        let Some((table, columns)) = form.change_table() else { return Vec::new() };
        let mut sayings = Vec::new();
        for (row, column, one) in &self.cells {
            let items = columns.get(*column).map(|column| &column.id).into_iter().chain([&table.id]);
            for item in items {
                let at = FieldPath { file: None, item: item.clone(), entry: Some(*row) };
                sayings.push(Saying { at, boxes: vec![*one], role: Role::Answer });
            }
        }
        sayings
    }

    /// What is in doubt: cells that seem to be cut off, dates that were not written.
    pub fn doubts(&self, form: &Form, source: &ForeignSource) -> Vec<Doubt> {
        let Some((table, _)) = form.change_table() else { return Vec::new() };
        let doubt = |(row, one, kind): &(usize, usize, DoubtKind)| {
            let (sheet, cell) = source.place(&source.boxes[*one]);
            let at = FieldPath { file: None, item: table.id.clone(), entry: Some(*row) };
            Doubt { at, sheet, cell, kind: *kind }
        };
        self.doubts.iter().map(doubt).collect()
    }

    /// Takes a row out; the numbers of those behind it change.
    fn remove(&mut self, at: usize) -> ChangeRow {
        self.doubts.iter_mut().filter(|(row, ..)| *row >= at).for_each(|(row, ..)| *row -= 1);
        self.cells.iter_mut().filter(|(row, ..)| *row >= at).for_each(|(row, ..)| *row -= 1);
        self.ditto = self.ditto.iter().filter(|row| **row != at).map(|row| row - usize::from(*row > at)).collect();
        self.first_cells.remove(at);
        self.rows.remove(at)
    }

    /// Gives the rows from there on whose 変更日 is empty that of the row above. Our own books say so where it is empty;
    /// lines say nothing of cells.
    fn date(&mut self, first: usize, is_filled: bool) {
        for at in first.max(1)..self.rows.len() {
            let is_said = self.ditto.contains(&at);
            let row = &self.rows[at];
            let is_blank = row.date.is_empty() && !row.item.is_empty() && (is_said || is_filled);
            let above = self.rows[at - 1].date.clone();
            if !is_blank || above.is_empty() {
                continue;
            }
            self.n_doubled += seen_chars(&above);
            self.rows[at].date = above;
            if !is_said {
                self.doubts.push((at, self.first_cells[at], DoubtKind::DateAbove));
            }
        }
    }
}

/// Whether a cell says that it is as the cell above: 「同上」 or a sign for it.
pub(super) fn is_ditto(text: &str) -> bool {
    const SIGNS: &[&str] = &["同上", "同日", "〃", "々", "″", "\"", "”", "“", "''", "′′", "仝", "↑"];
    let bare = text.trim().trim_matches(['（', '）', '(', ')', '「', '」', '。']);
    SIGNS.contains(&bare)
}

/// A cell of the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    pub one: usize,
    pub column: usize,
    pub area: Area,
}

/// Reads the cells below one head; `rows` may go on from a head before.
pub(super) fn rows(
    source: &ForeignSource,
    head: &Head,
    boxes: &[usize],
    effort: &Effort,
    ledger: &mut Ledger<'_>,
    found: &mut Rows,
) {
    let mut cells: Vec<Cell> = Vec::new();
    for &one in boxes {
        let area = source.boxes[one].area;
        if let Some(column) = column_of(head, &area) {
            cells.push(Cell { one, column, area });
        }
    }
    // Areas on another sheet begin at the top again.
    for cells in cells.chunk_by(|a, b| source.boxes[a.one].sheet == source.boxes[b.one].sheet) {
        let kept = without_notes(source, cells, head.bottom, effort);
        read(source, &kept, effort, ledger, found);
    }
}

/// The cells of a sheet, from top to bottom, without what stands below a table and is none of it: alone on its line, a note,
/// or no date in the column of dates, or far from any row.
pub(super) fn without_notes(source: &ForeignSource, cells: &[Cell], bottom: f32, effort: &Effort) -> Vec<Cell> {
    /// How far below itself a row may go on: one row of the sheet may be empty.
    const LONGEST_GAP: f32 = 1.05;
    // What a page shows has no rows, and lines have no columns.
    if source.is_pages || source.is_lines {
        return cells.to_vec();
    }
    let spans = Spans::of(cells.iter().map(|cell| cell.area).enumerate());
    let mut kept: Vec<Cell> = Vec::with_capacity(cells.len());
    let mut bottom = bottom;
    for cell in cells {
        let text = &source.boxes[cell.one].text;
        let is_alone = || spans.between(cell.area.top + 0.05, cell.area.bottom - 0.05, effort).nth(1).is_none();
        let is_odd = match cell.column {
            DATE => is_note(text) || Span::read(text).is_none(),
            ITEM => is_note(text),
            _ => is_note(text) || cell.area.top - bottom > LONGEST_GAP,
        };
        if !(is_odd && is_alone()) {
            bottom = bottom.max(cell.area.bottom);
            kept.push(*cell);
        }
    }
    kept
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
    for (column, of_head) in &head.columns {
        // A head may be narrower than its column, which ends where the next begins, in whatever order they stand.
        let mut of_head = *of_head;
        let behind = head.columns.iter().map(|(_, other)| other.left).filter(|left| *left >= of_head.right);
        of_head.right = behind.reduce(f32::min).unwrap_or(of_head.right);
        let shared = area.shared_width(&of_head);
        if shared > best.map_or(0.0, |best| best.0) {
            best = Some((shared, *column));
        }
    }
    best.map(|best| best.1)
}

/// The rows that these cells make: what each covers, and of each cell whether it is that of all rows beside it.
pub(super) fn bands(cells: &[Cell], effort: &Effort) -> (Vec<Area>, Vec<bool>) {
    let of = |columns: &[usize]| {
        let cells = cells.iter().enumerate().filter(|(_, cell)| columns.contains(&cell.column));
        Spans::of(cells.map(|(at, cell)| (at, cell.area)).collect::<Vec<_>>().into_iter())
    };
    let (items, heads) = (of(&[ITEM]), of(&[DATE, ITEM, TIMING]));
    let begins = |spans: &Spans, cell: &Cell| spans.begins(cell.area.top - NEAR, cell.area.top + NEAR);
    let are_wide: Vec<bool> = cells.iter().map(|cell| has_rows_beside(cells, &items, cell, effort)).collect();
    let mut bands: Vec<Area> = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        let is_new = bands.last().is_none_or(|last| {
            let splits = || begins(&items, cell) && cell.area.top > last.top + NEAR;
            cell.area.top >= last.bottom - NEAR && begins(&heads, cell) || splits()
        });
        match bands.last_mut() {
            Some(last) if !is_new => {
                let is_wide = cell.column == DATE || cell.column == TIMING;
                // A date beside several rows does not make them one.
                if !is_wide || !are_wide[at] {
                    last.bottom = last.bottom.max(cell.area.bottom);
                }
            }
            _ => bands.push(band(cells, &are_wide, at, effort)),
        }
    }
    (bands, are_wide)
}

fn read(source: &ForeignSource, cells: &[Cell], effort: &Effort, ledger: &mut Ledger<'_>, found: &mut Rows) {
    let (bands, are_wide) = bands(cells, effort);
    let spans = Spans::of(bands.iter().copied().enumerate());
    let first = found.rows.len();
    found.rows.extend(bands.iter().map(|_| ChangeRow::default()));
    found.first_cells.resize(found.rows.len(), cells.first().map_or(0, |cell| cell.one));
    let mut is_dated = found.rows[..first].iter().any(|row| !row.date.is_empty());
    for (cell, is_wide) in cells.iter().zip(are_wide) {
        let text = source.boxes[cell.one].text.trim_end().trim_start_matches(['\n', '\r']);
        let beside: Vec<usize> = bands_of(&bands, &spans, cell, is_wide, effort);
        found.cells.extend(beside.iter().map(|band| (first + band, cell.column, cell.one)));
        if cell.column == DATE && is_ditto(text) && is_dated && !beside.is_empty() {
            found.ditto.extend(beside.iter().map(|band| first + band));
            ledger.all(cell.one, Fate::Sign);
            continue;
        }
        is_dated |= cell.column == DATE && !beside.is_empty();
        if cell.column == ITEM {
            beside.iter().for_each(|band| found.first_cells[first + band] = cell.one);
        }
        let known = &source.boxes[cell.one];
        for (n, band) in beside.iter().enumerate() {
            let row = &mut found.rows[first + band];
            let Some(column) = row.column_mut(ChangeRow::COLUMNS[cell.column.min(ChangeRow::COLUMNS.len() - 1)]) else {
                continue;
            };
            if !column.is_empty() {
                column.push('\n');
                // Beside one item two changes stand one below the other, or one that is too long for its cell.
                let is_told =
                    found.doubts.last().is_some_and(|last| (last.0, last.2) == (first + band, DoubtKind::Joined));
                if !source.is_pages && !source.is_lines && !is_told {
                    found.doubts.push((first + band, cell.one, DoubtKind::Joined));
                }
            }
            column.push_str(text);
            *(if n == 0 { &mut found.n_text } else { &mut found.n_doubled }) += seen_chars(text);
        }
        let kinds = [
            (known.ending == Ending::Cut, DoubtKind::Cut),
            (known.ending == Ending::Clipped, DoubtKind::Clipped),
            (known.sight == Visibility::Filtered && cell.column == ITEM, DoubtKind::Hidden),
        ];
        let kinds = kinds.into_iter().filter(|(is_so, _)| *is_so).map(|(_, kind)| kind);
        found.doubts.extend(
            beside.first().into_iter().flat_map(|band| kinds.clone().map(move |kind| (first + band, cell.one, kind))),
        );
        if !beside.is_empty() {
            ledger.all(cell.one, Fate::Text);
        }
    }
    let items: Vec<usize> = cells.iter().filter(|cell| cell.column == ITEM).map(|cell| cell.one).collect();
    go_on(first, &items, source, effort, ledger, found);
    let is_own = source.boxes.first().is_some_and(|one| one.text == ABOUT[0]);
    found.date(first, !source.is_lines && !is_own);
}

/// Rows whose 項目 says that they go on from the row above are a part of it.
fn go_on(
    first: usize,
    items: &[usize],
    source: &ForeignSource,
    effort: &Effort,
    ledger: &mut Ledger<'_>,
    found: &mut Rows,
) {
    let mut at = first.max(1);
    let mut of_items: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for one in items {
        of_items.entry(key(&source.boxes[*one].text)).or_default().push(*one);
    }
    while at < found.rows.len() && !effort.is_over() {
        let item = key(&found.rows[at].item);
        let is_same = without_continued(&item).is_some_and(|item| item == key(&found.rows[at - 1].item));
        // On a page that begins with the rest of a row, nobody says again when it was changed.
        let row = &found.rows[at];
        let is_rest = source.is_pages && at == first && row.date.is_empty() && row.timing.is_empty();
        if !is_same && !is_rest {
            at += 1;
            continue;
        }
        effort.spend(found.rows.len() - at + found.doubts.len() + found.cells.len());
        let row = found.remove(at);
        if is_same {
            // A long row may go on more than once.
            of_items.get(&item).into_iter().flatten().for_each(|one| ledger.all(*one, Fate::Form));
            found.n_text = found.n_text.saturating_sub(seen_chars(&row.item));
        }
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

/// The band a cell begins: as high as the cells that begin with it, wide ones aside. Cells stand from top to bottom.
fn band(cells: &[Cell], are_wide: &[bool], at: usize, effort: &Effort) -> Area {
    let mut area = cells[at].area;
    let first = cells.partition_point(|other| other.area.top < area.top - NEAR);
    let end = cells.partition_point(|other| other.area.top <= area.top + NEAR);
    effort.spend(end - first);
    let narrow = (first..end).filter(|other| !are_wide[*other]).map(|other| cells[other].area.bottom);
    area.bottom = narrow.reduce(f32::max).unwrap_or(area.bottom);
    area
}

/// Whether several rows stand beside a cell.
fn has_rows_beside(cells: &[Cell], items: &Spans, cell: &Cell, effort: &Effort) -> bool {
    let is_within = |other: &usize| {
        let other = &cells[*other].area;
        other.top >= cell.area.top - NEAR
            && other.bottom <= cell.area.bottom + NEAR
            && other.shared_height(&cell.area) > NEAR
    };
    cell.column != ITEM && items.between(cell.area.top, cell.area.bottom, effort).filter(is_within).nth(1).is_some()
}

/// The rows a cell belongs to: one, or all beside it.
fn bands_of(bands: &[Area], spans: &Spans, cell: &Cell, is_wide: bool, effort: &Effort) -> Vec<usize> {
    let shared = |band: usize| bands[band].shared_height(&cell.area);
    let mut beside: Vec<usize> =
        spans.between(cell.area.top, cell.area.bottom, effort).filter(|band| shared(*band) > NEAR).collect();
    beside.sort_unstable();
    if is_wide {
        return beside;
    }
    let best = beside.into_iter().max_by(|a, b| shared(*a).total_cmp(&shared(*b)).then(b.cmp(a)));
    best.into_iter().collect()
}
