//! What only a comparison with the version before shows: differences without a row, rows that say something else.

use super::draft_index::DraftIndex;
use super::{required, told};
use crate::form::{FieldPath, Pattern, Rule};

/// What a comparison of the draft with the version before has shown; empty where there was none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// The differences that no row of the change table tells of, in the order of the paper.
    pub unlisted: Vec<Unlisted>,
    /// The rows that do not say what the document says, by index.
    pub differing: Vec<usize>,
    /// The items of one publication that are still to be answered.
    pub awaited: Vec<FieldPath>,
    /// The rows whose 変更前の記載 is not what the version before says, by index, and what it says.
    pub misquoted: Vec<(usize, String)>,
    /// The rows of former years, by index; `None` where there is no version before.
    pub former: Option<Vec<usize>>,
}

/// A difference that no row of the change table tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlisted {
    /// Where it stands in the form; what is gone, at the list it was in.
    pub path: FieldPath,
    /// Its name in the change table.
    pub name: String,
    /// What stood there, in few words.
    pub before: String,
    /// What stands there now, in few words.
    pub after: String,
    /// The rows that are meant for it and say something else, by index.
    pub rows: Vec<usize>,
}

/// Differences without a row, one finding each, at the item that was changed.
pub(super) fn unlisted(draft: &mut DraftIndex<'_>, rule: &Rule) {
    if draft.form.change_table().is_none() {
        return;
    }
    for Unlisted { path, name, before, after, rows } in &draft.compared.unlisted {
        // What is wrong is told at the row.
        if rows.iter().any(|row| told::is_wrong(draft, *row)) {
            continue;
        }
        draft.add(rule, path.clone(), &[("項目", name), ("前", before), ("後", after)]);
    }
}

/// Rows that quote the version before wrongly.
pub(super) fn misquoted(draft: &mut DraftIndex<'_>, rule: &Rule) {
    for (row, said) in &draft.compared.misquoted {
        draft.add(rule, draft.cell("before", *row), &[("前", said)]);
    }
}

/// Items of one publication that nobody has answered yet, where no other rule asks for them.
pub(super) fn awaited(draft: &mut DraftIndex<'_>, rule: &Rule) {
    for path in &draft.compared.awaited {
        if !required::is_missing(draft, path) {
            draft.add(rule, path.clone(), &[]);
        }
    }
}

/// Rows of this year decided to be a 重要な変更 that have the wrong 提出時期.
pub(super) fn important(draft: &mut DraftIndex<'_>, rule: &Rule, timing: &Pattern) {
    for (row, change) in draft.rows() {
        let decision = change.link.as_ref().and_then(|link| link.decision.as_ref());
        let is_important = decision.is_some_and(|decision| decision.important);
        let is_wrong = is_important && timing.is_match(&change.timing);
        if is_wrong {
            draft.add(rule, draft.cell("timing", row), &[]);
        }
    }
}
