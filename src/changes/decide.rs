//! What the author decides about one row: the answers to the questions, a template, or that its words may stay or go.
//!
//! `row` counts all rows of the table, from 0. A row without a difference of its own gets no edit.

use crate::changes::propose::filled;
use crate::changes::rows::Table;
use crate::changes::update::{follow, with_fresh};
use crate::draft::{ChangeLink, ChangeRow, Decision, Document, Edit, Questions, State};
use crate::form::{Form, Timing};

/// Stores the answers to the two questions; 提出時期 and its explanation follow where they are not the author's own.
pub fn answer(form: &Form, last: &Document, now: &State, row: usize, answers: Questions) -> Vec<Edit> {
    let Some(mut asked) = now.document.rows.get(row).map(|row| ChangeRow::clone(row)) else { return Vec::new() };
    let Some(link) = asked.link.as_deref_mut() else { return Vec::new() };
    link.answers = answers;
    let edits = with_fresh(Table::of(form, last, now), row, |fresh| {
        let mut edits = follow(row, &asked, fresh);
        let decided = fresh.proposal(answers).decision;
        let followed = edits.iter().rposition(|edit| matches!(edit, Edit::Link { .. }));
        let link = match followed.map(|at| edits.remove(at)) {
            Some(Edit::Link { link, .. }) => link,
            _ => asked.link.clone(),
        };
        let link = link.map(|link| Box::new(ChangeLink { decision: decided, ..*link }));
        edits.push(Edit::Link { row, link });
        edits
    });
    edits.unwrap_or_default()
}

/// Takes a template for 提出時期 and its explanation: the author's choice, which no update changes.
pub fn word(form: &Form, last: &Document, now: &State, row: usize, template: &str) -> Vec<Edit> {
    let template = Timing::shipped().ok().and_then(|timing| timing.template(template));
    let (Some(template), Some(old)) = (template, now.document.rows.get(row)) else { return Vec::new() };
    let column = |column: &str, text: String| Edit::Column { row, column: column.to_owned(), text };
    let edits = with_fresh(Table::of(form, last, now), row, |fresh| {
        let lead = fresh.lead(old.link.as_ref().map(|link| link.answers).unwrap_or_default());
        let text = lead.map_or_else(|| template.text.clone(), |(difference, _)| filled(template, form, difference));
        let mut edits = vec![column("timing", template.timing.clone()), column("reason", text)];
        let link = old.link.as_deref().map(|link| {
            let before = link.decision.as_ref().is_some_and(|decision| decision.important);
            let important = template.important.unwrap_or(before);
            let decision = Decision { important, ground: String::new(), template: template.id.clone() };
            Box::new(ChangeLink { decision: Some(decision), ..link.clone() })
        });
        edits.push(Edit::Link { row, link });
        edits
    });
    // A row written by hand has no difference that could fill the blanks.
    edits.unwrap_or_else(|| vec![column("timing", template.timing.clone()), column("reason", template.text.clone())])
}

/// Words a row that no longer agrees anew, as the document says now; 提出時期 and explanation stay where they are the
/// author's own. A row whose difference is gone is taken out.
pub fn reword(form: &Form, last: &Document, now: &State, row: usize) -> Vec<Edit> {
    let Some((old, link)) = now.document.rows.get(row).and_then(|old| Some((old, old.link.as_deref()?))) else {
        return Vec::new();
    };
    let edits = with_fresh(Table::of(form, last, now), row, |fresh| {
        let wanted = fresh.row(link.answers);
        let mut edits: Vec<Edit> = ["item", "before", "after"]
            .into_iter()
            .filter(|column| old.column(column) != wanted.column(column))
            .map(|column| Edit::Column {
                row,
                column: column.to_owned(),
                text: wanted.column(column).unwrap_or_default().to_owned(),
            })
            .collect();
        let own_words = old.timing != wanted.timing || old.reason != wanted.reason;
        let link = wanted.link.map(|fresh| match own_words {
            true => Box::new(ChangeLink { decision: link.decision.clone(), ..*fresh }),
            false => fresh,
        });
        edits.push(Edit::Link { row, link });
        edits
    });
    edits.unwrap_or_else(|| vec![Edit::RemoveRow { index: row }])
}

/// Says that the author has seen the present text and keeps the row's own words.
///
/// A row whose difference is gone becomes a row written by hand.
pub fn agree(form: &Form, last: &Document, now: &State, row: usize) -> Option<Edit> {
    let old = now.document.rows.get(row)?.link.as_deref()?;
    let link = with_fresh(Table::of(form, last, now), row, |fresh| {
        let link = fresh.row(old.answers).link?;
        Some(Box::new(ChangeLink { decision: old.decision.clone(), ..*link }))
    });
    Some(Edit::Link { row, link: link.flatten() })
}
