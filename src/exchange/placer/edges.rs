//! Where a form stands on its sheet: its right end, behind which others note something, and the column of its values.

use super::script::Opens;
use super::walk::{Found, Walk};
use super::zones::{SAME, is_row};
use crate::exchange::boxes::TextBox;

/// Cells narrower than this, in columns, tell of no edge.
const WIDE: f32 = 3.0;

/// Where the form ends at the right. Its titles and headings go over its whole width; where they do not, it is where the
/// ruled lines of a page end, or its widest cells. Where no cells are merged, nobody knows.
/// `boxes` are those of the sheet.
pub(super) fn right_end(walk: &Walk<'_, '_>, sheet: usize, boxes: &[usize], found: &[usize]) -> Option<f32> {
    let cells: Vec<&TextBox> = boxes
        .iter()
        .map(|one| &walk.source.boxes[*one])
        .filter(|one| one.is_cell() && !one.is_upright_place())
        .collect();
    of_headings(walk, sheet, &cells, found)
        .or_else(|| walk.source.sheets.get(sheet)?.right_end)
        .or_else(|| of_wide_cells(&cells))
        .or_else(|| before_gap(walk, &cells, found))
}

/// Where no cells are merged: the end of what stands before many empty columns, if behind them are a few short words alone.
fn before_gap(walk: &Walk<'_, '_>, cells: &[&TextBox], found: &[usize]) -> Option<f32> {
    const WIDEST: f32 = 5.0;
    const MOST: usize = 8;
    const FEWEST: usize = 3;
    const LONGEST: usize = 30;
    let top = found.iter().map(|at| walk.found[*at].area.top).reduce(f32::min)?;
    let mut here: Vec<&TextBox> = cells.to_vec();
    here.retain(|one| one.area.top >= top && !one.text.trim().is_empty());
    here.sort_by(|a, b| a.area.left.total_cmp(&b.area.left));
    let at = (1..here.len()).rev().find(|at| here[*at].area.left - here[at - 1].area.right >= WIDEST)?;
    let offered = super::edition::all_words(walk.script.form);
    let is_offered = |line: &str| {
        let words = super::key::key(line);
        offered.contains(words.trim_start_matches(|c: char| c.is_ascii_digit() || c == ')'))
    };
    let is_note = |one: &&TextBox| {
        let n_chars = one.text.chars().count();
        let is_short = (2..=LONGEST).contains(&n_chars) && !one.text.contains(['[', ']', '［', '］', '（', '）']);
        is_short && !one.text.lines().any(is_offered)
    };
    let end = here[at].area.left;
    // Answers must stand before the gap, else they are what stands behind it.
    let is_answered = |label: &&usize| {
        let area = &walk.found[**label].area;
        let is_next = |one: &&&TextBox| one.area.left >= area.right - SAME && one.area.shared_height(area) > SAME;
        here.iter().find(is_next).is_some_and(|one| one.area.left < end)
    };
    if here.len() - at > MOST || !here[at..].iter().all(is_note) {
        return None;
    }
    let looks = found.iter().take_while(|_| {
        walk.effort.spend(here.len());
        !walk.effort.is_over()
    });
    (looks.filter(is_answered).take(FEWEST).count() >= FEWEST).then_some(end)
}

/// The end of the titles and headings, unless other cells of the form go on behind it.
fn of_headings(walk: &Walk<'_, '_>, sheet: usize, cells: &[&TextBox], found: &[usize]) -> Option<f32> {
    let is_heading = |found: &&Found| match walk.label_of(found).opens {
        Opens::Section => true,
        Opens::Heading(item) => is_row(item.layout),
        Opens::Item(_) | Opens::Entry(_) => false,
    };
    let met = || found.iter().map(|at| &walk.found[*at]);
    let wide = met().filter(is_heading).filter(|found| found.area.right - found.area.left >= WIDE - SAME);
    let end = wide.map(|found| found.area.right).reduce(f32::max)?;
    let top = met().map(|found| found.area.top).reduce(f32::min)?;
    let is_across = |one: &TextBox| one.area.left < end - SAME && one.area.right > end + SAME;
    if cells.iter().filter(|one| one.area.top >= top).any(|one| is_across(one)) {
        return None;
    }
    let (mut n_labels, mut n_behind) = (0, 0);
    let is_item =
        |found: &&Found| matches!(walk.label_of(found).opens, Opens::Item(_)) && found.area.right < end - SAME;
    for label in met().filter(is_item) {
        let is_next =
            |one: &&TextBox| one.area.left >= label.area.right - SAME && one.area.shared_height(&label.area) > SAME;
        let beside = walk.beside(sheet, &label.area).map(|one| &walk.source.boxes[one]);
        let first = beside.filter(|one| one.area.top >= top).filter(is_next).map(|one| one.area.left).reduce(f32::min);
        n_labels += usize::from(first.is_some());
        n_behind += usize::from(first.is_some_and(|first| first >= end - SAME));
    }
    (n_behind * 4 <= n_labels).then_some(end)
}

fn of_wide_cells(cells: &[&TextBox]) -> Option<f32> {
    const LEAST: usize = 3;
    let wide = cells.iter().filter(|one| one.area.right - one.area.left >= WIDE - SAME);
    let ends: Vec<f32> = wide.map(|one| one.area.right).collect();
    (ends.len() >= LEAST).then(|| ends.iter().copied().fold(0.0, f32::max))
}

/// The column in which most first values right of a label begin.
pub(super) fn value_column(walk: &Walk<'_, '_>, sheet: usize, found: &[usize]) -> Option<f32> {
    let mut columns: Vec<f32> = Vec::new();
    for at in found {
        let area = &walk.found[*at].area;
        if walk.effort.is_over() {
            break;
        }
        let beside = walk.beside(sheet, area).map(|one| (one, &walk.source.boxes[one])).filter(|(one, known)| {
            let is_value = !walk.is_label[*one] && !walk.keys[*one].is_empty();
            is_value && known.area.left >= area.right - SAME && known.area.shared_height(area) > SAME
        });
        columns.extend(beside.map(|(_, known)| known.area.left).min_by(f32::total_cmp));
    }
    columns.sort_by(f32::total_cmp);
    // Of equal numbers in order, the longest run.
    let mut best: Option<(usize, f32)> = None;
    for run in columns.chunk_by(|a, b| a == b) {
        if run.len() > best.map_or(0, |(n, _)| n) {
            best = Some((run.len(), run[0]));
        }
    }
    best.map(|(_, column)| column)
}
