//! Conditions that must not hold, and results that must follow from other answers.

use super::sheet::Sheet;
use crate::draft::{Answer, Scope};
use crate::form::{Case, Known, Rule, Where};

/// A finding wherever a case holds for certain; a case whose items the form lacks is not in force.
pub(super) fn check(sheet: &mut Sheet<'_>, rule: &Rule, cases: &[Case]) {
    for case in cases {
        let other_form = !case.forms.is_empty() && !case.forms.contains(&sheet.form.id);
        if other_form || !case.ids().into_iter().all(|id| sheet.knows(id)) {
            continue;
        }
        for scope in scopes(sheet, &case.scope) {
            if case.when.holds(&scope) == Known::Yes {
                report(sheet, rule, case, scope);
            }
        }
    }
}

/// An answer other than the one that follows from the others.
pub(super) fn derivation(sheet: &mut Sheet<'_>, rule: &Rule, item: &str) {
    for scope in sheet.scopes(item) {
        let Some(Answer::Choice(Some(given))) = scope.answer(item) else { continue };
        if scope.derived_number(item).is_some_and(|derived| derived != i64::from(*given)) {
            sheet.add(rule, sheet.path(scope, item), &[]);
        }
    }
}

fn report<'a>(sheet: &mut Sheet<'a>, rule: &Rule, case: &Case, scope: Scope<'a>) {
    let numbers: Vec<(&str, String)> = case
        .numbers
        .iter()
        .map(|(key, number)| (key.as_str(), number.number(&scope).map_or("－".to_owned(), |n| n.to_string())))
        .collect();
    let words: Vec<(&str, &str)> = case
        .words
        .iter()
        .map(|(key, word)| (key.as_str(), word.as_str()))
        .chain(numbers.iter().map(|(key, number)| (*key, number.as_str())))
        .collect();
    let path = match (&case.scope, scope.entry_index()) {
        (Where::Row, Some(row)) => sheet.cell(case.at.rsplit('.').next().unwrap_or(&case.at), row),
        _ => sheet.path(scope, &case.at),
    };
    sheet.add_as(rule, case.severity, path, &words);
}

fn scopes<'a>(sheet: &Sheet<'a>, place: &Where) -> Vec<Scope<'a>> {
    match place {
        Where::Document => vec![sheet.document()],
        Where::File => sheet.files(true),
        Where::Entry(repeat) => {
            let per_file = sheet.entry(repeat).is_some_and(|entry| entry.per_file);
            sheet.files(per_file).into_iter().flat_map(|scope| sheet.entries_of(scope, repeat)).collect()
        }
        Where::Row => (0..sheet.state.document.rows.len()).map(|row| sheet.document().row(row)).collect(),
    }
}
