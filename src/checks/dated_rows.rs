//! Dates in the change table: later than 公表日, in the cells of a date item, and one after the other.

use super::draft_index::DraftIndex;
use crate::draft::{Date, Span};
use crate::form::{FieldPath, Kind, Rule};
use crate::item_names::Named;

/// Longest cell that is a date and nothing else, in bytes.
const LONGEST_CELL: usize = 60;

/// 変更日 later than the date of the item. One is told at its row; several have one cause, which is the date itself.
pub(super) fn later(draft: &mut DraftIndex<'_>, rule: &Rule, item: &str) {
    let document = draft.document();
    let published = document.text(item);
    let Some(last) = Span::certain(&published).map(|span| span.last) else { return };
    let dated = draft.rows().filter_map(|(row, change)| Some((row, Span::certain(&change.date)?.first)));
    let later: Vec<(usize, Date)> = dated.filter(|(_, date)| *date > last).collect();
    let Some((newest, date)) = later.iter().max_by_key(|(_, date)| *date) else { return };
    let rows = match later.as_slice() {
        [_] => format!("{}行目({})", newest + 1, date.in_era()),
        _ => format!("{}行(いちばん後は{}行目の{})", later.len(), newest + 1, date.in_era()),
    };
    let path = match later.as_slice() {
        [_] => draft.cell("date", *newest),
        _ => draft.path(document, item),
    };
    draft.add(rule, path, &[("公表日", published.trim()), ("行", &rows)]);
}

/// The rows about a date, in the order of time: each begins with what the one before has made of it.
pub(super) fn chain(draft: &mut DraftIndex<'_>, rule: &Rule, item: &str) {
    if !draft.knows(item) {
        return;
    }
    let mut rows: Vec<_> = draft
        .rows()
        .filter_map(|(row, change)| {
            let (before, after) = (Span::certain(&change.before)?, Span::certain(&change.after)?);
            Some((Span::read(&change.date)?.last, row, (before.first, &change.before), (after.first, &change.after)))
        })
        .collect();
    if rows.len() < 2 {
        return;
    }
    let abouts = draft.abouts();
    rows.retain(|(_, row, ..)| abouts.get(*row).is_some_and(|about| is_about(&about.named, item)));
    rows.sort_by_key(|(day, ..)| *day);
    for pair in rows.windows(2) {
        let [(_, first, _, (made, said)), (_, second, (found, quoted), _)] = pair else { continue };
        if made != found {
            let words = [("前", quoted.trim()), ("後", said.trim()), ("先", &(first + 1).to_string())];
            draft.add(rule, draft.cell("before", *second), &words);
        }
    }
}

/// 変更後の記載 of this publication's rows about date items.
pub(super) fn after(draft: &DraftIndex<'_>) -> Vec<(FieldPath, String)> {
    let cells = draft.rows().map(|(row, change)| (row, draft.cell("after", row), change.after.trim()));
    let dates: Vec<_> = cells
        .filter(|(_, path, text)| text.len() < LONGEST_CELL && !draft.is_history(path) && Span::read(text).is_some())
        .collect();
    if dates.is_empty() {
        return Vec::new();
    }
    let abouts = draft.abouts();
    let is_date = |row: usize| match abouts.get(row).map(|about| &about.named) {
        Some(Named::Items(items)) => items.iter().all(|item| matches!(item.kind, Kind::Date { .. })),
        _ => false,
    };
    dates.into_iter().filter(|(row, ..)| is_date(*row)).map(|(_, path, text)| (path, text.to_owned())).collect()
}

fn is_about(named: &Named<'_>, item: &str) -> bool {
    matches!(named, Named::Items(items) if matches!(items.as_slice(), [only] if only.id == item))
}
