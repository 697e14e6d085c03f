//! Ruled lines → cells: what is closed in by them is one.
//!
//! A table that goes on over the page has no rule at its end: the end of its upright lines is one, and the cells above it
//! are open.

use super::marks::{Marks, Rule};
use super::matrix::Frame;

/// Lines nearer than this are one.
const SAME: f32 = 2.0;
/// A line shorter than this is no rule.
const SHORT: f32 = 4.0;
/// Parts of a line with no more than this between them are one: dashes.
const DASH: f32 = 4.0;

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell {
    pub frame: Frame,
    /// Whether it may go on over the page before, and over the page behind.
    pub is_open_above: bool,
    pub is_open_below: bool,
}

/// The cells of a page and the lines they lie between.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    pub cells: Vec<Cell>,
    pub columns: Vec<f32>,
    pub rows: Vec<f32>,
}

impl Grid {
    /// The cells of a page.
    pub fn of(marks: &Marks) -> Self {
        const FEW: usize = 4;
        let drawn = if marks.rules.len() < FEW { &marks.edges } else { &marks.rules };
        let mut rules = joined(drawn);
        let (above, below) =
            (End::of(&mut rules, |rule| rule.from, f32::min), End::of(&mut rules, |rule| rule.to, f32::max));
        let columns = places(rules.iter().filter(|rule| !rule.is_level).map(|rule| rule.at));
        let rows = places(rules.iter().filter(|rule| rule.is_level).map(|rule| rule.at));
        let mut grid = Self { cells: Vec::new(), columns, rows };
        if grid.columns.len() > 1 && grid.rows.len() > 1 {
            grid.cells = grid.closed(&rules, &above, &below);
        }
        grid
    }

    /// The cell a point is in.
    pub fn cell_at(&self, point: (f32, f32)) -> Option<usize> {
        let around = (0..self.cells.len()).filter(|cell| self.cells[*cell].frame.contains(point));
        // One that is not straight reaches around others.
        let size = |cell: &usize| self.cells[*cell].frame.width() * self.cells[*cell].frame.height();
        around.min_by(|a, b| size(a).total_cmp(&size(b)))
    }

    /// What no rule parts is one cell; what no rule parts from the margin is none.
    fn closed(&self, rules: &[Rule], above: &End, below: &End) -> Vec<Cell> {
        let (width, height) = (self.columns.len() + 1, self.rows.len() + 1);
        // Field (i, j) lies before column line i and above row line j.
        let at = |i: usize, j: usize| j * width + i;
        let mut is_ruled_right = vec![false; width * height];
        let mut is_ruled_below = vec![false; width * height];
        for rule in rules {
            let (lines, others) = if rule.is_level { (&self.rows, &self.columns) } else { (&self.columns, &self.rows) };
            let line = nearest(lines, rule.at);
            for (field, ends) in others.windows(2).enumerate() {
                let middle = (ends[0] + ends[1]) / 2.0;
                if rule.from <= middle && middle <= rule.to {
                    let (place, sides) = if rule.is_level {
                        (at(field + 1, line), &mut is_ruled_below)
                    } else {
                        (at(line, field + 1), &mut is_ruled_right)
                    };
                    sides[place] = true;
                }
            }
        }
        let mut of_field: Vec<Option<usize>> = vec![None; width * height];
        let mut cells = Vec::new();
        for first in 0..width * height {
            if of_field[first].is_some() {
                continue;
            }
            let number = cells.len();
            let (mut to_see, mut fields) = (vec![first], Vec::new());
            of_field[first] = Some(number);
            while let Some(field) = to_see.pop() {
                fields.push(field);
                let (i, j) = (field % width, field / width);
                let next = [
                    (i + 1 < width && !is_ruled_right[field], field + 1),
                    (i > 0 && !is_ruled_right[field.saturating_sub(1)], field.wrapping_sub(1)),
                    (j + 1 < height && !is_ruled_below[field], field + width),
                    (j > 0 && !is_ruled_below[field.saturating_sub(width)], field.wrapping_sub(width)),
                ];
                for (_, other) in next.into_iter().filter(|(is_open, _)| *is_open) {
                    if of_field[other].is_none() {
                        of_field[other] = Some(number);
                        to_see.push(other);
                    }
                }
            }
            cells.push(self.cell(&fields, width, above, below));
        }
        cells.into_iter().flatten().collect()
    }

    fn cell(&self, fields: &[usize], width: usize, above: &End, below: &End) -> Option<Cell> {
        let columns = || fields.iter().map(|field| field % width);
        let rows = || fields.iter().map(|field| field / width);
        let (first, last) = (columns().min()?, columns().max()?);
        let (top, bottom) = (rows().min()?, rows().max()?);
        let frame = Frame {
            left: *self.columns.get(first.checked_sub(1)?)?,
            right: *self.columns.get(last)?,
            top: *self.rows.get(top.checked_sub(1)?)?,
            bottom: *self.rows.get(bottom)?,
        };
        let (is_open_above, is_open_below) = (above.is_open(frame.top, &frame), below.is_open(frame.bottom, &frame));
        Some(Cell { frame, is_open_above, is_open_below })
    }
}

/// Lines that lie on one another or go on after each other, as one.
fn joined(rules: &[Rule]) -> Vec<Rule> {
    let mut all: Vec<Rule> = rules.to_vec();
    all.sort_by(|a, b| a.is_level.cmp(&b.is_level).then(a.at.total_cmp(&b.at)).then(a.from.total_cmp(&b.from)));
    let mut joined: Vec<Rule> = Vec::new();
    for band in all.chunk_by(|a, b| a.is_level == b.is_level && (a.at - b.at).abs() < SAME / 2.0) {
        let mut band = band.to_vec();
        band.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut open: Option<Rule> = None;
        for rule in band {
            match &mut open {
                Some(last) if rule.from <= last.to + DASH => last.to = last.to.max(rule.to),
                _ => joined.extend(open.replace(rule)),
            }
        }
        joined.extend(open);
    }
    joined.retain(|rule| rule.to - rule.from >= SHORT);
    joined
}

/// An end of what is ruled on a page, and which parts of it have a rule.
#[derive(Debug, Default)]
struct End {
    at: Option<f32>,
    ruled: Vec<(f32, f32)>,
}

impl End {
    /// Where upright lines end, with a rule there from now on.
    fn of(rules: &mut Vec<Rule>, end: impl Fn(&Rule) -> f32, outer: fn(f32, f32) -> f32) -> Self {
        let upright: Vec<Rule> = rules.iter().filter(|rule| !rule.is_level).copied().collect();
        let Some(at) = upright.iter().map(&end).reduce(outer) else { return Self::default() };
        let ending: Vec<f32> =
            upright.iter().filter(|rule| (end(rule) - at).abs() < SAME).map(|rule| rule.at).collect();
        let from = ending.iter().copied().fold(f32::MAX, f32::min);
        let to = ending.iter().copied().fold(f32::MIN, f32::max);
        let level = rules.iter().filter(|rule| rule.is_level && (rule.at - at).abs() < SAME);
        let ruled = level.map(|rule| (rule.from, rule.to)).collect();
        if to - from > SHORT {
            rules.push(Rule { is_level: true, at, from, to });
        }
        Self { at: Some(at), ruled }
    }

    /// Whether a cell ends there without a rule.
    fn is_open(&self, line: f32, frame: &Frame) -> bool {
        let is_here = self.at.is_some_and(|at| (at - line).abs() < SAME);
        let shared = |(from, to): &(f32, f32)| (to.min(frame.right) - from.max(frame.left)).max(0.0);
        is_here && self.ruled.iter().map(shared).sum::<f32>() < frame.width() / 2.0
    }
}

/// Places, those that are nearly the same as one.
fn places(all: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut all: Vec<f32> = all.collect();
    all.sort_by(f32::total_cmp);
    all.chunk_by(|a, b| b - a < SAME).map(|near| near.iter().sum::<f32>() / near.len() as f32).collect()
}

fn nearest(lines: &[f32], at: f32) -> usize {
    let distance = |line: usize| (lines[line] - at).abs();
    (0..lines.len()).min_by(|a, b| distance(*a).total_cmp(&distance(*b))).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(at: f32, from: f32, to: f32) -> Rule {
        Rule { is_level: true, at, from, to }
    }

    fn upright(at: f32, from: f32, to: f32) -> Rule {
        Rule { is_level: false, at, from, to }
    }

    #[test]
    fn what_is_closed_in_is_a_cell_and_a_table_without_end_is_open() {
        let rules = vec![
            level(10.0, 10.0, 200.0),
            level(40.0, 10.0, 100.0),
            level(40.3, 102.0, 200.0),
            upright(10.0, 10.0, 90.0),
            upright(80.0, 40.0, 90.0),
            upright(200.0, 10.0, 90.0),
        ];
        let grid = Grid::of(&Marks { rules, ..Marks::default() });
        let open: Vec<bool> = grid.cells.iter().map(|cell| cell.is_open_below).collect();
        assert_eq!(open, [false, true, true]);
        assert_eq!(grid.cells[0].frame.right, 200.0);
        assert_eq!(grid.cell_at((150.0, 60.0)), Some(2));
        assert_eq!(grid.cell_at((150.0, 95.0)), None);
    }
}
