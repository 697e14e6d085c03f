//! The change table kept in step with the document: proposed rows follow, the author's words stay.
//!
//! A row is the author's where any of its cells no longer holds what was proposed. Such a cell is never changed; where
//! the proposal has moved on, the link says that the row is stale. Rows without a link, and rows of former years, are
//! never touched. A row written by hand tells of a difference when its 項目 is the name the program would give.

use crate::changes::compare::compare;
use crate::changes::difference::Difference;
use crate::changes::item_name::item_name;
use crate::changes::pair::text_likeness;
use crate::changes::rows::{COLUMNS, Fresh, Table};
use crate::changes::words::fingerprint;
use crate::draft::{ChangeLink, ChangeRow, Draft, Edit, ItemStyle, Questions, Spot, Stale, Target};
use crate::form::Form;

/// How alike the texts of a new entry under another name must be to be the same, in thousandths.
const ALIKE: u64 = 400;

/// The edits that bring `rows`, the rows of `now`, in step; none where they are.
pub fn update(form: &Form, last: &Draft, now: &Draft, rows: &[ChangeRow]) -> Vec<Edit> {
    let table = Table { form, last, now };
    let differences = compare(form, last, now);
    let fresh = table.fresh(&differences);
    let live: Vec<usize> = (0..rows.len()).filter(|row| is_live(&table, &rows[*row])).collect();
    let partner = partners(&fresh, rows, &live);
    let mut edits = Vec::new();
    let mut gone = Vec::new();
    for row in live {
        match partner.iter().position(|partner| *partner == Some(row)) {
            Some(index) => edits.extend(follow(row, &rows[row], &fresh[index])),
            None if is_untouched(&rows[row]) => gone.push(row),
            None => edits.extend(mark_gone(row, &rows[row])),
        }
    }
    edits.extend(gone.iter().rev().map(|index| Edit::RemoveRow { index: *index }));
    // Which proposal each row that stays tells of: new rows are put where the paper has them.
    let mut told: Vec<Option<usize>> = (0..rows.len())
        .filter(|row| !gone.contains(row))
        .map(|row| partner.iter().position(|partner| *partner == Some(row)))
        .collect();
    for (index, proposal) in fresh.iter().enumerate().filter(|(index, _)| partner[*index].is_none()) {
        if is_told_by_hand(&table, proposal, rows) {
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
pub fn unlisted(form: &Form, last: &Draft, now: &Draft, rows: &[ChangeRow]) -> Vec<Difference> {
    let table = Table { form, last, now };
    let live: Vec<&ChangeLink> =
        rows.iter().filter(|row| is_live(&table, row)).filter_map(|row| row.link.as_deref()).collect();
    let linked = |target: &Target| live.iter().any(|link| link.targets.contains(target));
    let mut differences = compare(form, last, now);
    differences
        .retain(|difference| !difference.quiet && !linked(&difference.target) && !names(&table, difference, rows));
    differences
}

/// Shows `see` the proposal that a row tells of, if there is one still.
pub(super) fn with_fresh<T>(
    table: Table<'_>,
    rows: &[ChangeRow],
    row: usize,
    see: impl FnOnce(&Fresh<'_>) -> T,
) -> Option<T> {
    let differences = compare(table.form, table.last, table.now);
    let fresh = table.fresh(&differences);
    let live: Vec<usize> = (0..rows.len()).filter(|row| is_live(&table, &rows[*row])).collect();
    let index = partners(&fresh, rows, &live).iter().position(|partner| *partner == Some(row))?;
    fresh.get(index).map(see)
}

/// Whether the row was proposed for the version compared with, and is no row of a former year.
fn is_live(table: &Table<'_>, row: &ChangeRow) -> bool {
    let since = table.since();
    row.link.as_ref().is_some_and(|link| link.since == since) && !is_former(table, row)
}

/// Whether the version before has the row already.
fn is_former(table: &Table<'_>, row: &ChangeRow) -> bool {
    let same = |old: &ChangeRow| COLUMNS.iter().all(|column| old.column(column) == row.column(column));
    table.last.changes.iter().any(same)
}

/// The row of each proposal: the one that tells of most of its differences.
fn partners(fresh: &[Fresh<'_>], rows: &[ChangeRow], live: &[usize]) -> Vec<Option<usize>> {
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
    for column in COLUMNS {
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
fn is_untouched(row: &ChangeRow) -> bool {
    let Some(link) = row.link.as_deref() else { return false };
    let same = |column: &str| {
        let print = fingerprint(row.column(column).unwrap_or_default());
        column == "date" || link.proposed.get(column) == Some(&print)
    };
    COLUMNS.iter().all(|column| same(column)) && row.note.is_empty() && row.waivers.is_empty()
}

fn mark_gone(index: usize, row: &ChangeRow) -> Option<Edit> {
    let old = row.link.as_deref().filter(|link| link.stale != Some(Stale::Gone))?;
    let link = ChangeLink { stale: Some(Stale::Gone), ..old.clone() };
    Some(Edit::Link { row: index, link: Some(Box::new(link)) })
}

fn is_told_by_hand(table: &Table<'_>, proposal: &Fresh<'_>, rows: &[ChangeRow]) -> bool {
    proposal.differences.iter().all(|difference| names(table, difference, rows))
}

/// Whether a row written by hand for this version has the name of the difference.
fn names(table: &Table<'_>, difference: &Difference, rows: &[ChangeRow]) -> bool {
    let names = [ItemStyle::Short, ItemStyle::Full].map(|style| folded(&item_name(table.form, difference, style)));
    let by_hand = rows.iter().filter(|row| row.link.is_none() && !is_former(table, row));
    by_hand.into_iter().any(|row| names.contains(&folded(&row.item)))
}

/// One width, no spaces, no hyphen between section and number.
fn folded(text: &str) -> String {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    let kept = text.chars().map(narrow).filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '－' | '―' | '※'));
    kept.collect()
}
