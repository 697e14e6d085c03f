//! The change table kept in step with the document: proposed rows follow, the author's words stay.
//!
//! A row is the author's where any of its cells no longer holds what was proposed. Such a cell is never changed; where
//! the proposal has moved on, the link says that the row is stale. Rows without a link, and rows of former years, are
//! never touched; what a row written by hand tells (`by_hand.rs`) gets no other row.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::changes::by_hand::ByHand;
use crate::changes::compare::compare;
use crate::changes::difference::Difference;
use crate::changes::pair::text_likeness;
use crate::changes::rows::{Fresh, Table};
use crate::changes::words::fingerprint;
use crate::draft::{ChangeLink, ChangeRow, ChangeStyle, Document, Draft, Edit, Questions, Spot, Stale, State, Target};
use crate::form::Form;

/// How alike the texts of a new entry under another name must be to be the same, in thousandths.
const ALIKE: u64 = 400;

/// The edits that bring `rows`, the rows of `now`, in step; none where they are.
pub fn update(form: &Form, last: &Document, now: &State) -> Vec<Edit> {
    step(Table::of(form, last, now), New::All, &|_| true)
}

/// The edits that set how rows are worded and word the untouched ones anew; nothing that had no row gets one.
pub fn restyle(form: &Form, last: &Document, now: &State, style: ChangeStyle) -> Vec<Edit> {
    let edits = step(Table { style, ..Table::of(form, last, now) }, New::Listed, &|_| true);
    std::iter::once(Edit::ChangeStyle(style)).chain(edits).collect()
}

/// What follows for the rows when an edit takes differences back: the untouched rows that told of these alone go, those
/// that tell of others too are worded anew, and those that the author has worded are marked.
pub fn after(form: &Form, last: &Document, now: &Draft, edit: &Edit) -> Vec<Edit> {
    let mut then = now.clone();
    if then.apply(edit.clone()).is_err() {
        return Vec::new();
    }
    let targets = |now: &Draft| -> BTreeSet<Target> {
        let told = compare(form, last, &now.state.document).into_iter().filter(Difference::makes_row);
        told.map(|difference| difference.target).collect()
    };
    let taken_back: BTreeSet<Target> = targets(now).difference(&targets(&then)).cloned().collect();
    let told = |link: &ChangeLink| link.targets.iter().any(|target| taken_back.contains(target));
    let is_meant = |row: usize| then.state.document.rows.get(row).and_then(|row| row.link.as_deref()).is_some_and(told);
    step(Table::of(form, last, &then.state), New::None, &is_meant)
}

/// Which differences get a row that have none of their own.
#[derive(Clone, Copy, PartialEq)]
enum New {
    /// All.
    All,
    /// Those that another row told of.
    Listed,
    /// None.
    None,
}

/// Brings the rows that are meant in step.
fn step(table: Table<'_>, new: New, is_meant: &dyn Fn(usize) -> bool) -> Vec<Edit> {
    let rows = table.now.document.rows.as_slice();
    let differences = compare(table.form, table.last, &table.now.document);
    let live = live(&table, rows);
    let fresh = table.fresh(&differences, rows);
    let partner = partners(&fresh, rows, &live);
    let linked = table.linked(rows);
    let listed = |proposal: &Fresh<'_>| proposal.targets().iter().any(|target| linked.contains(target));
    let mut edits = Vec::new();
    let mut gone = Vec::new();
    for &row in live.iter().filter(|row| is_meant(**row)) {
        match partner.iter().position(|partner| *partner == Some(row)) {
            Some(index) => edits.extend(follow(row, &rows[row], &fresh[index])),
            None if is_untouched(&rows[row]) => gone.push(row),
            None => edits.extend(mark_gone(row, &rows[row])),
        }
    }
    edits.extend(gone.iter().rev().map(|index| Edit::RemoveRow { index: *index }));
    if new == New::None {
        return edits;
    }
    // Which proposal each row that stays tells of: new rows are put where the paper has them.
    let mut told: Vec<Option<usize>> = (0..rows.len())
        .filter(|row| !gone.contains(row))
        .map(|row| partner.iter().position(|partner| *partner == Some(row)))
        .collect();
    for (index, proposal) in fresh.iter().enumerate().filter(|(index, _)| partner[*index].is_none()) {
        if new == New::Listed && !listed(proposal) {
            continue;
        }
        let after = told.iter().rposition(|told| told.is_some_and(|told| told < index)).map(|at| at + 1);
        let before = || told.iter().position(Option::is_some);
        let at = after.or_else(before).unwrap_or(told.len());
        told.insert(at, Some(index));
        edits.push(Edit::InsertRow { index: at, row: proposal.row(Questions::default()) });
    }
    edits
}

/// The differences that no row tells of.
pub fn unlisted(form: &Form, last: &Document, now: &State) -> Vec<Difference> {
    without_row(&Table::of(form, last, now), &compare(form, last, &now.document), &now.document.rows)
}

/// The rows that are meant for each of those differences, which none tells, by index.
pub fn meant_rows(form: &Form, last: &Document, now: &State, untold: &[&Difference]) -> Vec<Vec<usize>> {
    if untold.is_empty() {
        return Vec::new();
    }
    let by_hand = ByHand::of(&Table::of(form, last, now), &now.document.rows);
    untold.iter().map(|difference| by_hand.meant(difference)).collect()
}

/// The differences that need a row and have none.
pub(super) fn without_row(table: &Table<'_>, differences: &[Difference], rows: &[Arc<ChangeRow>]) -> Vec<Difference> {
    let (linked, by_hand) = (table.linked(rows), ByHand::of(table, rows));
    let told = by_hand.told(differences.iter().filter(|difference| difference.makes_row()));
    let needs_one = |difference: &&Difference| {
        let target = &difference.target;
        !difference.quiet && !linked.contains(target) && !told.contains(target)
    };
    differences.iter().filter(needs_one).cloned().collect()
}

/// The rows that were proposed for the version compared with.
pub(super) fn live(table: &Table<'_>, rows: &[Arc<ChangeRow>]) -> Vec<usize> {
    (0..rows.len()).filter(|row| table.is_live(&rows[*row])).collect()
}

/// Shows `see` the proposal that a row tells of, if there is one still.
pub(super) fn with_fresh<T>(table: Table<'_>, row: usize, see: impl FnOnce(&Fresh<'_>) -> T) -> Option<T> {
    let rows = table.now.document.rows.as_slice();
    let differences = compare(table.form, table.last, &table.now.document);
    let fresh = table.fresh(&differences, rows);
    let index = partners(&fresh, rows, &live(&table, rows)).iter().position(|partner| *partner == Some(row))?;
    fresh.get(index).map(see)
}

/// The row of each proposal: the one that tells of most of its differences.
pub(super) fn partners(fresh: &[Fresh<'_>], rows: &[Arc<ChangeRow>], live: &[usize]) -> Vec<Option<usize>> {
    let targets = |row: usize| rows[row].link.as_ref().map_or(&[][..], |link| link.targets.as_slice());
    let mut partner: Vec<Option<usize>> = vec![None; fresh.len()];
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (index, proposal) in fresh.iter().enumerate() {
        let wanted = proposal.targets();
        for row in live {
            let both = targets(*row).iter().filter(|target| wanted.contains(target)).count();
            if both > 0 {
                pairs.push((usize::MAX - both, index, *row));
            }
        }
    }
    pairs.sort_unstable();
    for (_, index, row) in pairs {
        if partner[index].is_none() && !partner.contains(&Some(row)) {
            partner[index] = Some(row);
        }
    }
    // A new entry whose name was changed since has another target, but the words of its row.
    for (index, proposal) in fresh.iter().enumerate() {
        if partner[index].is_some() {
            continue;
        }
        let text = proposal.row(Questions::default()).after;
        let same_list = |row: usize| {
            let (old, new) = (targets(row), proposal.targets());
            matches!((old, new.as_slice()), ([old], [new]) if renamed(old, new))
        };
        let open = live.iter().filter(|row| !partner.contains(&Some(**row)) && same_list(**row));
        let best = open
            .map(|row| (text_likeness(&rows[*row].after, &text), *row))
            .max_by_key(|(like, row)| (*like, std::cmp::Reverse(*row)));
        partner[index] = best.filter(|(like, _)| *like >= ALIKE).map(|(_, row)| row);
    }
    partner
}

/// Whether both are new entries of the same repeat, or new files.
fn renamed(old: &Target, new: &Target) -> bool {
    let is_new = |spot: &Option<Spot>| matches!(spot, Some(Spot::New(_)));
    let entry = is_new(&old.entry) && is_new(&new.entry) && old.file == new.file;
    let file = old.entry == new.entry && is_new(&old.file) && is_new(&new.file);
    old.item == new.item && (entry || file)
}

/// Untouched cells take the new proposal; the link says how the others stand to it.
pub(super) fn follow(index: usize, row: &ChangeRow, fresh: &Fresh<'_>) -> Vec<Edit> {
    let Some(old) = row.link.as_deref() else { return Vec::new() };
    let proposal = fresh.row(old.answers);
    let Some(mut link) = proposal.link.clone().map(|link| *link) else { return Vec::new() };
    let mut edits = Vec::new();
    for column in ChangeRow::COLUMNS {
        let (has, wanted) = (row.column(column).unwrap_or_default(), proposal.column(column).unwrap_or_default());
        let printed = old.proposed.get(column).cloned().unwrap_or_default();
        if has == wanted {
            continue;
        }
        if fingerprint(has) == printed {
            edits.push(Edit::Column { row: index, column: column.to_owned(), text: wanted.to_owned() });
            continue;
        }
        if matches!(column, "item" | "before" | "after") && fingerprint(wanted) != printed {
            link.stale = Some(Stale::Changed);
        }
        if matches!(column, "timing" | "reason") {
            link.decision.clone_from(&old.decision);
        }
        link.proposed.insert(column.to_owned(), printed);
    }
    if link != *old {
        edits.push(Edit::Link { row: index, link: Some(Box::new(link)) });
    }
    edits
}

/// Whether the row holds nothing of the author's. 変更日 is not counted: it is the same for all rows.
pub(super) fn is_untouched(row: &ChangeRow) -> bool {
    let Some(link) = row.link.as_deref() else { return false };
    let same = |column: &str| {
        let print = fingerprint(row.column(column).unwrap_or_default());
        column == "date" || link.proposed.get(column) == Some(&print)
    };
    let nothing_beside = row.note.is_empty() && row.waivers.is_empty() && row.comments.is_empty();
    nothing_beside && ChangeRow::COLUMNS.iter().all(|column| same(column))
}

fn mark_gone(index: usize, row: &ChangeRow) -> Option<Edit> {
    let old = row.link.as_deref().filter(|link| link.stale != Some(Stale::Gone))?;
    let link = ChangeLink { stale: Some(Stale::Gone), ..old.clone() };
    Some(Edit::Link { row: index, link: Some(Box::new(link)) })
}
