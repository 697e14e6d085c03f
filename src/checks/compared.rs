//! What only a comparison with the version before shows: differences without a row, rows that say something else.

use super::sheet::Sheet;
use crate::draft::ChangeRow;
use crate::form::{FieldPath, Pattern, Rule};

/// What a comparison of the draft with the version before has shown; empty where there was none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// The names of the differences that no row of the change table tells of, in the order of the paper.
    pub unlisted: Vec<String>,
    /// The rows that do not say what the document says, by index.
    pub differing: Vec<usize>,
}

/// Differences without a row, one finding each, at the table.
pub(super) fn unlisted(sheet: &mut Sheet<'_>, rule: &Rule) {
    let Some((table, _)) = sheet.form.change_table() else { return };
    for name in sheet.compared.map(|compared| compared.unlisted.as_slice()).unwrap_or_default() {
        sheet.add(rule, FieldPath::document(&table.id), &[("項目", name)]);
    }
}

/// Whether the version before has the row already: it is history.
pub(super) fn is_former(sheet: &Sheet<'_>, change: &ChangeRow) -> bool {
    let base = sheet.draft.base.as_ref();
    base.is_some_and(|base| base.draft.changes.iter().any(|old| old.prints_as(change)))
}

/// Rows of this year decided to be a 重要な変更 that have the wrong 提出時期.
pub(super) fn important(sheet: &mut Sheet<'_>, rule: &Rule, timing: &Pattern) {
    for (row, change) in sheet.rows() {
        let decision = change.link.as_ref().and_then(|link| link.decision.as_ref());
        let is_important = decision.is_some_and(|decision| decision.important);
        let is_wrong = is_important && timing.0.is_match(&change.timing);
        if is_wrong && !is_former(sheet, change) {
            sheet.add(rule, sheet.cell("timing", row), &[]);
        }
    }
}
