//! Beside an answer that follows from others: what decided it, the way to it, and where an author went another way.

use std::cmp::Ordering;

use egui::{RichText, Ui};

use super::CellRemark;
use crate::changes::redate;
use crate::checks::decided;
use crate::draft::{Answer, Edit, Scope};
use crate::form::{Derived, Facts, FieldPath, Item, Kind, Known, Severity};
use crate::ui::state::Cx;

/// Said where the result is lower than that of the table; the finding says what to do.
const LOWER_RESULT: &str = "表の結果より低くなっています";
/// Said where it is higher.
const HIGHER_RESULT: &str = "表の結果より高くなっています";
/// Said where the program chose.
const BY_OTHERS: &str = "ほかの回答から自動で選ばれています";
/// Said at 公表日 while rows have another day.
const OTHER_DATES: &str = "今年の変更箇所の変更日が、この公表日と違います";
/// The button that puts them right.
const REDATE: &str = "変更日も直す";

/// しきい値判断: the line of the table that decided.
pub fn decided_ui(ui: &mut Ui, scope: Scope<'_>, item: &Item) {
    if !matches!(item.derived, Some(Derived::Threshold { .. })) {
        return;
    }
    match decided(scope.form, scope.document) {
        Some(decided) => ui.label(RichText::new(format!("表: {}", decided.words())).small()),
        None => ui.label(RichText::new("Ⅱの回答がそろうと、表から自動で決まります").small().weak()),
    };
}

/// What is said below an answer that follows from others, or would, with the way to what they ask for.
pub fn remark_of(scope: Scope<'_>, item: &Item, path: &FieldPath) -> Option<CellRemark> {
    match item.kind {
        Kind::Choice { .. } => of_choice(scope, item, path),
        Kind::Check => of_box(scope, item, path),
        _ => None,
    }
}

/// Said below 公表日 while rows of this year have another day as their 変更日 that the program wrote there: all of them
/// are put right in one act. It is offered and not done, for while one types a day each sign would rewrite the rows.
pub fn dated_rows_remark(cx: &Cx<'_>, item: &Item) -> Option<CellRemark> {
    let session = cx.session;
    if item.id != session.form().key_items.published_on || cx.view.read_only || !session.is_reviewed() {
        return None;
    }
    let edits = redate(session.overview()?, &session.document().rows);
    if edits.is_empty() {
        return None;
    }
    let act = (REDATE, Edit::Act { name: "変更日の修正", edits });
    Some(CellRemark { words: OTHER_DATES, severity: Some(Severity::Warning), act: Some(act) })
}

fn of_choice(scope: Scope<'_>, item: &Item, path: &FieldPath) -> Option<CellRemark> {
    let derived = item.derived.as_ref()?;
    let Some(Answer::Choice(Some(own))) = scope.answer(&item.id) else {
        return Facts::number(&scope, &item.id).map(|_| CellRemark::quiet(BY_OTHERS));
    };
    let of_table = scope.derived_number(&item.id).filter(|_| matches!(derived, Derived::Threshold { .. }))?;
    let (words, severity) = match i64::from(*own).cmp(&of_table) {
        Ordering::Less => (LOWER_RESULT, Severity::Error),
        Ordering::Equal => return None,
        Ordering::Greater => (HIGHER_RESULT, Severity::Warning),
    };
    let act = Some(("表の結果に戻す", Edit::Answer { at: path.clone(), answer: None }));
    Some(CellRemark { words, severity: Some(severity), act })
}

/// A box that other answers ask for: what asks, and the box in one act.
fn of_box(scope: Scope<'_>, item: &Item, path: &FieldPath) -> Option<CellRemark> {
    let is_on = matches!(scope.answer(&item.id), Some(Answer::Check(true)));
    let (words, name) = match (item.proposed_if.as_ref()?.holds(&scope), is_on) {
        (Known::Yes, false) => ("ほかの回答から、○が付くところです", "○を付ける"),
        (Known::No, true) => ("ほかの回答からは、○が付かないところです", "○を外す"),
        _ => return None,
    };
    let edit = Edit::Answer { at: path.clone(), answer: Some(Answer::Check(!is_on)) };
    Some(CellRemark { act: Some((name, edit)), ..CellRemark::quiet(words) })
}
