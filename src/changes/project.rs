//! Rows that one project ties together (標準準拠システム, ガバメントクラウド): one answer serves them all.

use crate::changes::decide::{answer, word};
use crate::changes::overview::{Overview, RowStanding};
use crate::changes::propose::changed_lines;
use crate::draft::{Document, Edit, Questions, State};
use crate::form::{Form, Project, Timing};

/// Rows of one project.
#[derive(Clone, Debug, PartialEq)]
pub struct Tied {
    /// The project.
    pub project: &'static Project,
    /// Its rows, from 0, the one asked for among them.
    pub rows: Vec<usize>,
}

/// The rows of this revision that tell of the same project as `row`; none where it is the only one.
pub fn tied(overview: &Overview, row: usize) -> Option<Tied> {
    let project = project(overview.rows.get(row)?)?;
    let same = |standing: &RowStanding| self::project(standing).is_some_and(|other| other.id == project.id);
    let rows = overview.rows.iter().enumerate().filter(|(_, standing)| same(standing)).map(|(row, _)| row);
    let rows: Vec<usize> = rows.collect();
    (rows.len() > 1).then_some(Tied { project, rows })
}

/// The project that a line speaks of which came or went with what a row tells of.
fn project(standing: &RowStanding) -> Option<&'static Project> {
    let RowStanding::Linked(linked) = standing else { return None };
    let timing = Timing::shipped().ok()?;
    let lines = linked.differences.iter().flat_map(|told| changed_lines(&told.before, &told.after));
    timing.projects.iter().find(|project| lines.clone().any(|line| project.words.is_match(line)))
}

/// Stores the same answers to the two questions in all these rows.
pub fn answer_all(form: &Form, last: &Document, now: &State, rows: &[usize], answers: Questions) -> Vec<Edit> {
    rows.iter().flat_map(|row| answer(form, last, now, *row, answers)).collect()
}

/// Words the rows among these that are decided to be no 重要な変更 as submitted before by choice.
pub fn before_by_choice(form: &Form, last: &Document, now: &State, rows: &[usize]) -> Vec<Edit> {
    let Ok(timing) = Timing::shipped() else { return Vec::new() };
    let decision = |row: usize| now.document.rows.get(row)?.link.as_ref()?.decision.as_ref();
    let may = rows.iter().filter(|row| decision(**row).is_some_and(|decision| !decision.important));
    may.flat_map(|row| word(form, last, now, *row, &timing.before_by_choice)).collect()
}
