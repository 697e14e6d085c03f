//! The numbers of charts and the text below them, which explains each on a line: one without the other.

use std::collections::BTreeSet;

use super::draft_index::DraftIndex;
use super::kept::each;
use super::list_marks;
use crate::chart::{self, Chart};
use crate::draft::{Answer, Figure, Scope};
use crate::form::{Check, Item, Rule};

/// Numbers of arrows that no line explains, or of lines that no arrow has.
pub(super) fn numbers(draft: &mut DraftIndex<'_>, rule: &Rule) {
    match rule.check {
        Check::UnexplainedNumbers => tell(draft, rule, |drawn, explained, _| drawn - explained),
        // A picture may have those that the charts lack.
        _ => tell(draft, rule, |drawn, explained, figure| match figure.pictures.is_empty() {
            true => explained - drawn,
            false => BTreeSet::new(),
        }),
    }
}

/// One finding a figure, with all numbers of which that is said; of drawn ones, explained ones, and their figure.
fn tell(
    draft: &mut DraftIndex<'_>,
    rule: &Rule,
    missing: impl Fn(&BTreeSet<u32>, &BTreeSet<u32>, &Figure) -> BTreeSet<u32>,
) {
    each(draft, |draft, scope, item, answer| {
        let Answer::Figure(figure) = answer else { return };
        let charts: Vec<&Chart> = figure.charts.iter().filter(|chart| !chart.numbers().is_empty()).collect();
        if charts.is_empty() || is_told_of_the_text(draft, scope, item) {
            return;
        }
        let text = explaining(scope, item, figure);
        let n_figures = charts.len() + figure.pictures.len();
        let parts = chart::parts(&text);
        let found: Vec<u32> = if parts.len() == n_figures {
            let each = charts.iter().zip(parts);
            each.flat_map(|(chart, part)| missing(&chart.numbers(), &chart::explained(&text[part]), figure)).collect()
        } else {
            let drawn = charts.iter().flat_map(|chart| chart.numbers()).collect();
            missing(&drawn, &chart::explained(&text), figure).into_iter().collect()
        };
        if !found.is_empty() {
            let numbers: String = found.into_iter().map(chart::circled).collect();
            draft.add(rule, draft.path(scope, &item.id), &[("値", &numbers)]);
        }
    });
}

/// Whether the numbers of the text below a figure do not follow each other: that is the one cause, and is told there.
fn is_told_of_the_text(draft: &DraftIndex<'_>, scope: Scope<'_>, item: &Item) -> bool {
    let Some(below) = draft.form.text_below(&item.id).map(|below| draft.path(scope, &below.id)) else { return false };
    let mut texts = draft.texts.iter().filter(|text| draft.path(text.scope, text.item) == below);
    texts.any(|text| list_marks::first(draft.form, text).is_some())
}

/// What stands below the charts of a figure.
fn explaining(scope: Scope<'_>, item: &Item, figure: &Figure) -> String {
    let below = scope.form.text_below(&item.id).map(|below| scope.text(&below.id).into_owned());
    let texts = figure.note.iter().cloned().chain(below);
    texts.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("\n")
}
