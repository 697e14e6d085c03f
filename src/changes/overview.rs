//! The change table at a glance: which differences have no row, and how each row stands to the document.

use std::sync::Arc;

use crate::changes::by_hand::{ByHand, is_number};
use crate::changes::compare::{FILES, compared};
use crate::changes::difference::{Difference, What};
use crate::changes::excerpt::Differs;
use crate::changes::pairs::Pairs;
use crate::changes::rows::{Fresh, Table};
use crate::changes::update::{is_untouched, live, partners, without_row};
use crate::changes::words::fingerprint;
use crate::draft::{ChangeRow, Document, Questions, Stale, State, Target};
use crate::form::{Derived, FieldPath, Form};

/// The change table at a glance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// How many differences need a row.
    pub n_differences: usize,
    /// The differences that no row tells of, in the order of the paper.
    pub unlisted: Vec<Difference>,
    /// Items of one publication that are still to be answered: they need a row once they are, be it with nothing.
    pub awaited: Vec<Difference>,
    /// How each row stands.
    pub rows: Vec<RowStanding>,
}

/// What the table says of one answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The row with that index tells of it.
    Row(usize),
    /// It differs, and no row tells of it.
    Unlisted,
    /// It was emptied for this year and is still to be answered.
    Awaited,
}

/// How a row stands to the document.
#[derive(Clone, Debug, PartialEq)]
pub enum RowStanding {
    /// A row of a former year: never rewritten.
    Former,
    /// Written by hand, or proposed for a version that is not compared with; with the differences it was read to tell of.
    ByHand(Vec<Difference>),
    /// Proposed for a difference.
    Linked(Box<Linked>),
}

/// What a proposed row tells of.
#[derive(Clone, Debug, PartialEq)]
pub struct Linked {
    /// The differences it tells of; none where the document says again what it said.
    pub differences: Vec<Difference>,
    /// The answers it told of that say again what they said.
    pub back: Vec<FieldPath>,
    /// The row as it would be proposed now.
    pub proposed: Option<ChangeRow>,
    /// Whether it agrees with the document.
    pub agreement: Agreement,
}

/// Whether a row agrees with the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// It does, or the author has said that its words may stay.
    Agrees,
    /// It does not, and nothing in the way it differs is the author's: an update words it anew or takes it out.
    Behind,
    /// It does not, and the author has worded it.
    Stale(Stale),
}

impl Overview {
    /// The differences that no row tells of, each cause once: where an entry came or went without a word, how many there are
    /// now is no second cause. The rows that are missing are those of all of them.
    pub fn untold(&self) -> impl Iterator<Item = &Difference> {
        let entries =
            || self.unlisted.iter().filter(|other| matches!(other.what, What::EntryAdded(..) | What::EntryRemoved(_)));
        let is_of = move |number: &Difference, entry: &Difference| {
            let around = number.target.item.rsplit_once('.').map_or("", |(around, _)| around);
            let is_around = entry.target.item.strip_prefix(around).is_some_and(|rest| rest.starts_with('.'));
            is_around && number.place.file == entry.place.file
        };
        let goes_along = move |number: &Difference| is_number(number) && entries().any(|entry| is_of(number, entry));
        self.unlisted.iter().filter(move |difference| !goes_along(difference))
    }

    /// What the table says of an answer; nothing where it is as in the version before.
    pub fn about(&self, form: &Form, path: &FieldPath) -> Option<About> {
        let is_name = form.item(&path.item).is_some_and(|item| item.derived == Some(Derived::FileName));
        let in_file = |now: &FieldPath| now.item == FILES && now.file == path.file;
        let is_it = |now: &FieldPath| now == path || is_inside(now, path) || is_name && in_file(now);
        let is_new_file = |difference: &Difference| matches!(difference.what, What::FileAdded(..));
        let is_at = |difference: &Difference| {
            difference.now.as_ref().is_some_and(|now| is_it(now) || is_new_file(difference) && in_file(now))
        };
        let row = |tells: &dyn Fn(&Linked) -> bool| {
            self.rows.iter().position(|row| row.linked().is_some_and(tells)).map(About::Row)
        };
        row(&|told| told.differences.iter().any(is_at))
            .or_else(|| self.unlisted.iter().any(is_at).then_some(About::Unlisted))
            .or_else(|| self.awaited.iter().any(is_at).then_some(About::Awaited))
            .or_else(|| row(&|told| told.back.iter().any(is_it)))
    }

    /// The first row of this year that is a 重要な変更, as decided.
    pub fn important(&self, rows: &[Arc<ChangeRow>]) -> Option<usize> {
        let is_so = |(standing, row): (&RowStanding, &Arc<ChangeRow>)| {
            let decision = row.link.as_ref().and_then(|link| link.decision.as_ref());
            *standing != RowStanding::Former && decision.is_some_and(|decision| decision.important)
        };
        self.rows.iter().zip(rows).position(is_so)
    }

    /// The rows whose 項目, 変更前 or 変更後 is not what the document says.
    pub fn differing(&self, rows: &[Arc<ChangeRow>]) -> Vec<usize> {
        let differs = |(standing, row): (&RowStanding, &Arc<ChangeRow>)| match standing
            .linked()
            .map(|told| (told.agreement, &told.proposed))
        {
            Some((Agreement::Stale(_), _) | (Agreement::Behind, None)) => true,
            Some((Agreement::Behind, Some(wanted))) => {
                SAID.iter().any(|column| row.column(column) != wanted.column(column))
            }
            _ => false,
        };
        let pairs = self.rows.iter().zip(rows).enumerate();
        pairs.filter(|(_, pair)| differs(*pair)).map(|(index, _)| index).collect()
    }

    /// The rows of former years, by index.
    pub fn former(&self) -> Vec<usize> {
        let rows = self.rows.iter().enumerate().filter(|(_, row)| **row == RowStanding::Former);
        rows.map(|(index, _)| index).collect()
    }

    /// How many rows an update would word anew or take out.
    pub fn n_behind(&self) -> usize {
        self.rows.iter().filter_map(RowStanding::linked).filter(|told| told.agreement == Agreement::Behind).count()
    }
}

impl Linked {
    /// How the texts of the row differ: as answers where it tells of these alone.
    pub fn differs(&self) -> Differs {
        let all_are = |differences: &[Difference]| {
            !differences.is_empty() && differences.iter().all(|told| told.differs() == Differs::AsAnswers)
        };
        if all_are(&self.differences) { Differs::AsAnswers } else { Differs::InWords }
    }
}

impl RowStanding {
    /// What a row written by hand was read to tell of.
    pub fn told_by_hand(&self) -> Option<&[Difference]> {
        match self {
            RowStanding::ByHand(told) => Some(told),
            _ => None,
        }
    }

    /// What a proposed row tells of.
    pub fn linked(&self) -> Option<&Linked> {
        match self {
            RowStanding::Linked(told) => Some(told),
            _ => None,
        }
    }
}

/// The columns that say what was changed.
const SAID: [&str; 3] = ["item", "before", "after"];

/// Compares both versions with the rows of `now`.
pub fn overview(form: &Form, last: &Document, now: &State) -> Overview {
    let (differences, pairs) = compared(form, last, &now.document);
    of_differences(form, last, now, &differences, &pairs)
}

/// The same, where the differences of both versions are known.
pub(super) fn of_differences(
    form: &Form,
    last: &Document,
    now: &State,
    differences: &[Difference],
    pairs: &Pairs,
) -> Overview {
    let (table, rows) = (Table::of(form, last, now), now.document.rows.as_slice());
    let fresh = table.fresh(differences, rows);
    let live = live(&table, rows);
    let partner = partners(&fresh, rows, &live);
    let former = table.former(rows);
    let tellers = ByHand::of(&table, rows).tellers(differences.iter().filter(|difference| difference.makes_row()));
    let standing = |(index, row): (usize, &Arc<ChangeRow>)| {
        if former[index] {
            return RowStanding::Former;
        } else if !live.contains(&index) {
            let told = tellers.iter().filter(|(_, rows)| rows.contains(&index));
            return RowStanding::ByHand(told.map(|(difference, _)| (*difference).clone()).collect());
        }
        let fresh = partner.iter().position(|partner| *partner == Some(index)).and_then(|told| fresh.get(told));
        RowStanding::Linked(Box::new(Linked { back: back(form, pairs, row, differences), ..linked(row, fresh) }))
    };
    Overview {
        n_differences: differences.iter().filter(|difference| !difference.quiet).count(),
        awaited: differences.iter().filter(|difference| difference.is_awaited).cloned().collect(),
        unlisted: without_row(&table, differences, rows),
        rows: rows.iter().enumerate().map(standing).collect(),
    }
}

fn linked(row: &ChangeRow, fresh: Option<&Fresh<'_>>) -> Linked {
    let Some(fresh) = fresh else {
        let agreement = if is_untouched(row) { Agreement::Behind } else { Agreement::Stale(Stale::Gone) };
        return Linked { differences: Vec::new(), back: Vec::new(), proposed: None, agreement };
    };
    let answers = row.link.as_ref().map_or(Questions::default(), |link| link.answers);
    let proposed = fresh.row(answers);
    let agreement = agreement(row, &proposed);
    let differences = fresh.differences.iter().map(|difference| (*difference).clone()).collect();
    Linked { differences, back: Vec::new(), proposed: Some(proposed), agreement }
}

/// Where the answers stand that a row told of and that differ no more; what was new stands nowhere.
fn back(form: &Form, pairs: &Pairs, row: &ChangeRow, differences: &[Difference]) -> Vec<FieldPath> {
    let targets = row.link.as_ref().map(|link| link.targets.as_slice()).unwrap_or_default();
    let is_open = |target: &&Target| differences.iter().any(|difference| difference.target == **target);
    targets.iter().filter(|target| !is_open(target)).filter_map(|target| pairs.now(form, target)).collect()
}

fn agreement(row: &ChangeRow, proposed: &ChangeRow) -> Agreement {
    let printed = |column: &str| row.link.as_ref().and_then(|link| link.proposed.get(column));
    let mut agreement = Agreement::Agrees;
    for column in ChangeRow::COLUMNS {
        let (has, wanted) = (row.column(column).unwrap_or_default(), proposed.column(column).unwrap_or_default());
        if has == wanted {
            continue;
        }
        if printed(column) == Some(&fingerprint(has)) {
            agreement = Agreement::Behind;
        } else if SAID.contains(&column) && printed(column) != Some(&fingerprint(wanted)) {
            return Agreement::Stale(Stale::Changed);
        }
    }
    agreement
}

/// Whether an answer stands in the entry that a difference is.
fn is_inside(whole: &FieldPath, path: &FieldPath) -> bool {
    let rest = path.item.strip_prefix(whole.item.as_str());
    let in_entry = whole.entry.is_some() && whole.entry == path.entry && rest.is_some_and(|rest| rest.starts_with('.'));
    whole.file == path.file && in_entry
}
