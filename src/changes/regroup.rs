//! Rows joined into one, split into several, or put in the order of the paper, as the author wants it.
//!
//! The link of such a row says so, and no update groups its differences otherwise. Words of the author are never lost:
//! a cell that is the author's stays, and where several are joined their words stand below each other.
//! `row` counts all rows of the table, from 0. Rows of former years and rows without a difference stay as they are.

use crate::changes::compare::compare;
use crate::changes::difference::Difference;
use crate::changes::rows::Table;
use crate::changes::update::{live, partners};
use crate::changes::words::fingerprint;
use crate::draft::{ChangeLink, ChangeRow, Decision, Document, Edit, Questions, State, Target};
use crate::form::Form;

/// Joins the chosen rows into the first of them; none where there are not two that tell of a difference.
pub fn join(form: &Form, last: &Document, now: &State, chosen: &[usize]) -> Vec<Edit> {
    let rows = now.document.rows.as_slice();
    let table = Table::of(form, last, now);
    let chosen: Vec<(usize, &ChangeRow, &ChangeLink)> = live(&table, rows)
        .into_iter()
        .filter(|index| chosen.contains(index))
        .filter_map(|index| Some((index, &**rows.get(index)?, rows.get(index)?.link.as_deref()?)))
        .collect();
    let targets: Vec<&Target> = chosen.iter().flat_map(|(_, _, link)| &link.targets).collect();
    let differences = compare(form, last, &now.document);
    let told = differences_of(&differences, &targets);
    let [(first, ..), others @ ..] = chosen.as_slice() else { return Vec::new() };
    if others.is_empty() || told.is_empty() {
        return Vec::new();
    }
    let answers = chosen.iter().map(|(_, _, link)| link.answers).find(|answers| *answers != Questions::default());
    let mut made = table.joined(&told).row(answers.unwrap_or_default());
    let rows: Vec<(&ChangeRow, &ChangeLink)> = chosen.iter().map(|(_, row, link)| (*row, *link)).collect();
    keep_words(&mut made, &rows);
    let mut edits: Vec<Edit> = others.iter().rev().map(|(index, ..)| Edit::RemoveRow { index: *index }).collect();
    edits.extend([Edit::RemoveRow { index: *first }, Edit::InsertRow { index: *first, row: made }]);
    edits
}

/// Splits a row into one for each of its differences; none where it tells of one only.
pub fn split(form: &Form, last: &Document, now: &State, row: usize) -> Vec<Edit> {
    let rows = now.document.rows.as_slice();
    let table = Table::of(form, last, now);
    let Some(old) = rows.get(row).filter(|row| table.is_live(row)) else { return Vec::new() };
    let Some(link) = old.link.as_deref() else { return Vec::new() };
    let differences = compare(form, last, &now.document);
    let told = differences_of(&differences, &link.targets.iter().collect::<Vec<_>>());
    if told.len() < 2 {
        return Vec::new();
    }
    let mut edits = vec![Edit::RemoveRow { index: row }];
    for (offset, difference) in told.into_iter().enumerate() {
        let mut made = table.joined(&[difference]).row(link.answers);
        if offset == 0 {
            keep_words(&mut made, &[(old, link)]);
        } else {
            let decided = ["timing", "reason"].into_iter().filter(|column| is_own(old, link, column));
            let decided: Vec<&str> = decided.collect();
            decided.iter().for_each(|column| set(&mut made, column, old.column(column).unwrap_or_default()));
            keep_decision(&mut made, !decided.is_empty(), link.decision.clone());
        }
        edits.push(Edit::InsertRow { index: row + offset, row: made });
    }
    edits
}

/// Puts the rows of this year in the order of the paper, behind those of former years; none where they are.
///
/// A row that tells of no difference stays behind the one it stands behind.
pub fn sort(form: &Form, last: &Document, now: &State) -> Vec<Edit> {
    let rows = now.document.rows.as_slice();
    let table = Table::of(form, last, now);
    let differences = compare(form, last, &now.document);
    let fresh = table.fresh(&differences, rows);
    let partner = partners(&fresh, rows, &live(&table, rows));
    let former = table.former(rows);
    let mut place = 0;
    let mut wanted: Vec<(usize, usize)> = Vec::new();
    for (index, former) in former.into_iter().enumerate() {
        let told = partner.iter().position(|partner| *partner == Some(index));
        place = told.map_or(place, |told| told + 1);
        wanted.push((if former { 0 } else { place }, index));
    }
    wanted.sort_by_key(|(place, _)| *place);
    let mut present: Vec<usize> = (0..rows.len()).collect();
    let mut edits = Vec::new();
    for (to, (_, index)) in wanted.iter().enumerate() {
        if let Some(from) = present.iter().position(|known| known == index).filter(|from| *from != to) {
            let row = present.remove(from);
            present.insert(to, row);
            edits.push(Edit::MoveRow { from, to });
        }
    }
    edits
}

/// The differences with those names that need a row, in the order of the paper.
fn differences_of<'a>(differences: &'a [Difference], targets: &[&Target]) -> Vec<&'a Difference> {
    let told = |difference: &&Difference| difference.makes_row() && targets.contains(&&difference.target);
    differences.iter().filter(told).collect()
}

/// Whether a cell holds the author's words.
fn is_own(row: &ChangeRow, link: &ChangeLink, column: &str) -> bool {
    link.proposed.get(column) != Some(&fingerprint(row.column(column).unwrap_or_default()))
}

/// Puts the author's words into a row made of others, with notes and findings set aside.
fn keep_words(made: &mut ChangeRow, rows: &[(&ChangeRow, &ChangeLink)]) {
    let mut is_decided = false;
    for column in ChangeRow::COLUMNS {
        if !rows.iter().any(|(row, link)| is_own(row, link, column)) {
            continue;
        }
        // Beside words of the author, what was proposed for the other rows is part of what the row says.
        let all = matches!(column, "item" | "before" | "after");
        let kept = rows.iter().filter(|(row, link)| all || is_own(row, link, column));
        let mut texts: Vec<&str> = Vec::new();
        for text in kept.filter_map(|(row, _)| row.column(column)) {
            if !texts.contains(&text) && !text.is_empty() {
                texts.push(text);
            }
        }
        let text = match column {
            "date" => texts.first().copied().unwrap_or_default().to_owned(),
            // Submitted before is right for both.
            "timing" => {
                texts.iter().find(|text| **text == "事前").or(texts.first()).copied().unwrap_or_default().to_owned()
            }
            _ => texts.join("\n"),
        };
        is_decided |= matches!(column, "timing" | "reason");
        set(made, column, &text);
    }
    let notes: Vec<&str> = rows.iter().map(|(row, _)| row.note.as_str()).filter(|note| !note.is_empty()).collect();
    made.note = notes.join("\n");
    made.waivers = rows.iter().flat_map(|(row, _)| row.waivers.clone()).collect();
    made.comments = rows.iter().flat_map(|(row, _)| row.comments.clone()).collect();
    let decisions = || rows.iter().filter_map(|(_, link)| link.decision.as_ref());
    let decision = decisions().find(|decision| decision.important).or_else(|| decisions().next());
    keep_decision(made, is_decided, decision.cloned());
}

/// A decision goes with the author's words for it.
fn keep_decision(made: &mut ChangeRow, is_decided: bool, decision: Option<Decision>) {
    if let Some(link) = made.link.as_deref_mut().filter(|_| is_decided) {
        link.decision = decision;
    }
}

fn set(row: &mut ChangeRow, column: &str, text: &str) {
    if let Some(cell) = row.column_mut(column) {
        text.clone_into(cell);
    }
}
