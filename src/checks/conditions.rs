//! Conditions that must not hold, and results that must follow from other answers.

use std::borrow::Cow;

use super::draft_index::DraftIndex;
use super::sides;
use super::threshold::decided;
use crate::draft::{Answer, Scope};
use crate::form::{Case, FieldPath, Known, Rule, Where};

/// A finding wherever a case holds for certain; a case whose items the form lacks is not in force.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule, cases: &[Case]) {
    for case in cases {
        let other_form = !case.forms.is_empty() && !case.forms.contains(&draft.form.id);
        if other_form || !case.ids().into_iter().all(|id| draft.knows(id)) {
            continue;
        }
        for scope in scopes(draft, &case.scope) {
            if case.when.holds(&scope) == Known::Yes {
                report(draft, rule, case, scope);
            }
        }
    }
}

/// An answer that differs in that way from the one that follows from the others.
pub(super) fn derivation(draft: &mut DraftIndex<'_>, rule: &Rule, item: &str, differs: fn(i64, i64) -> bool) {
    for scope in draft.scopes(item) {
        let Some(Answer::Choice(Some(given))) = scope.answer(item) else { continue };
        if scope.derived_number(item).is_some_and(|derived| differs(i64::from(*given), derived)) {
            let line = decided(draft.form, &draft.state.document).map(|decided| decided.words()).unwrap_or_default();
            draft.add(rule, draft.path(scope, item), &[("行", &line)]);
        }
    }
}

fn report<'a>(draft: &mut DraftIndex<'a>, rule: &Rule, case: &Case, scope: Scope<'a>) {
    let numbers: Vec<(&str, String)> = case
        .numbers
        .iter()
        .map(|(key, number)| (key.as_str(), number.number(&scope).map_or("－".to_owned(), |n| n.to_string())))
        .collect();
    let answers: Vec<(&str, Cow<'_, str>)> =
        case.answers.iter().map(|(key, item)| (key.as_str(), scope.text(item))).collect();
    let words: Vec<(&str, &str)> = case
        .words
        .iter()
        .map(|(key, word)| (key.as_str(), word.as_str()))
        .chain(answers.iter().map(|(key, answer)| (*key, answer.as_ref())))
        .chain(numbers.iter().map(|(key, number)| (*key, number.as_str())))
        .collect();
    let path = match (&case.scope, scope.entry_index()) {
        (Where::Row, Some(row)) => draft.cell(case.at.rsplit('.').next().unwrap_or(&case.at), row),
        _ => draft.path(scope, &case.at),
    };
    let marks: Vec<FieldPath> = case.marks.iter().map(|id| draft.path(scope, id)).collect();
    draft.to_mark.extend(marks);
    let others = sides::of_case(draft, case, scope);
    if let Some(finding) = draft.add_as(rule, case.severity, path, &words) {
        finding.others = others;
    }
}

fn scopes<'a>(draft: &DraftIndex<'a>, place: &Where) -> Vec<Scope<'a>> {
    match place {
        Where::Document => vec![draft.document()],
        Where::File => draft.files(true),
        Where::Entry(repeat) => {
            let per_file = draft.position_of(repeat).is_some_and(|position| position.section.per_file);
            draft.files(per_file).into_iter().flat_map(|scope| draft.entries_of(scope, repeat)).collect()
        }
        Where::Row => (0..draft.state.document.rows.len()).map(|row| draft.document().row(row)).collect(),
    }
}
