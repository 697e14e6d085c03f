//! Differences → proposed rows of the change table.
//!
//! A new or removed entry (システム, 委託事項, 提供先, 移転先) makes one row for the whole entry, in the words of its items:
//! published tables do it both ways, and one row keeps together what was decided together. A new file is named, not
//! copied: its sections stand in the same document. Quiet differences make no row.

use std::collections::{BTreeMap, BTreeSet};

use crate::changes::cells::{DELETED, NOTHING, cells};
use crate::changes::compare::{PUBLISHED_ON, compare};
use crate::changes::difference::{Difference, What};
use crate::changes::item_name::item_name;
use crate::changes::propose::{is_starred, propose};
use crate::changes::words::{Piece, fingerprint};
use crate::draft::{ChangeLink, ChangeRow, ChangeStyle, Draft, Questions, Scope, Target};
use crate::form::Form;

/// The columns that are proposed, by their short ids.
pub(super) const COLUMNS: [&str; 6] = ["date", "item", "before", "after", "timing", "reason"];

/// The rows that tell of all differences, in the order of the paper and the wording of `now.change_style`.
pub fn rows(form: &Form, last: &Draft, now: &Draft) -> Vec<ChangeRow> {
    let differences = compare(form, last, now);
    let fresh = Table { form, last, now }.fresh(&differences);
    fresh.iter().map(|fresh| fresh.row(Questions::default())).collect()
}

/// The two versions a change table is about.
#[derive(Clone, Copy)]
pub(super) struct Table<'a> {
    pub form: &'a Form,
    pub last: &'a Draft,
    pub now: &'a Draft,
}

/// A row as it is proposed now, but for what depends on the author's answers.
pub(super) struct Fresh<'a> {
    table: Table<'a>,
    /// The differences it tells of, at least one.
    pub differences: Vec<&'a Difference>,
    item: String,
    before: String,
    after: String,
}

impl<'a> Table<'a> {
    /// 公表日 of the version before, as written.
    pub fn since(&self) -> String {
        Scope::document(self.form, self.last).text(PUBLISHED_ON).into_owned()
    }

    /// 変更日: 公表日 of now, once it is another one.
    fn date(&self) -> String {
        let now = Scope::document(self.form, self.now).text(PUBLISHED_ON).into_owned();
        if now == self.since() { String::new() } else { now }
    }

    /// The rows to be proposed.
    pub fn fresh(self, differences: &'a [Difference]) -> Vec<Fresh<'a>> {
        let style = self.now.change_style;
        let loud: Vec<&Difference> = differences.iter().filter(|difference| !difference.quiet).collect();
        let groups = if style.together { groups(self.form, &loud) } else { BTreeMap::new() };
        let told: BTreeSet<&Target> = groups.values().flat_map(|group| group.rest()).collect();
        let fresh = loud.iter().filter(|difference| !told.contains(&difference.target));
        fresh
            .map(|difference| match groups.get(&difference.target) {
                Some(group) => self.grouped(group, style),
                None => self.single(difference, style),
            })
            .collect()
    }

    fn single(self, difference: &'a Difference, style: ChangeStyle) -> Fresh<'a> {
        let (before, after) = match &difference.what {
            What::FileAdded(..) => (NOTHING.to_owned(), format!("「{}」を追加", difference.after)),
            What::FileRemoved(_) => (difference.before.clone(), DELETED.to_owned()),
            _ => cells(&difference.before, &difference.after, style.extent),
        };
        let item = item_name(self.form, difference, style.item);
        Fresh { table: self, differences: vec![difference], item, before, after }
    }

    fn grouped(self, group: &Group<'a>, style: ChangeStyle) -> Fresh<'a> {
        let names = group.differences.iter().map(|difference| item_name(self.form, difference, style.item));
        let item = names.collect::<Vec<_>>().join("\n");
        let (before, after) = (group.removed.to_owned(), group.added.to_owned());
        Fresh { table: self, differences: group.differences.clone(), item, before, after }
    }
}

impl Fresh<'_> {
    /// The row with its link, 提出時期 following the answers.
    pub fn row(&self, answers: Questions) -> ChangeRow {
        let proposal = match self.differences.first() {
            Some(difference) => propose(self.table.form, difference, answers),
            None => crate::changes::propose::Proposal::default(),
        };
        let mut row = ChangeRow {
            date: self.table.date(),
            item: self.item.clone(),
            before: self.before.clone(),
            after: self.after.clone(),
            timing: proposal.timing,
            reason: proposal.reason,
            ..ChangeRow::default()
        };
        let prints =
            COLUMNS.iter().map(|column| ((*column).to_owned(), fingerprint(row.column(column).unwrap_or_default())));
        row.link = Some(Box::new(ChangeLink {
            since: self.table.since(),
            targets: self.targets(),
            proposed: prints.collect(),
            stale: None,
            answers,
            decision: proposal.decision,
        }));
        row
    }

    /// The names of its differences.
    pub fn targets(&self) -> Vec<Target> {
        self.differences.iter().map(|difference| difference.target.clone()).collect()
    }
}

/// The same change of words in several items.
struct Group<'a> {
    differences: Vec<&'a Difference>,
    removed: &'a str,
    added: &'a str,
}

impl<'a> Group<'a> {
    /// The targets told of in the row of the first.
    fn rest(&self) -> impl Iterator<Item = &'a Target> {
        self.differences.iter().skip(1).map(|difference| &difference.target)
    }
}

/// Groups of two and more by the target of their first difference.
fn groups<'a>(form: &Form, differences: &[&'a Difference]) -> BTreeMap<Target, Group<'a>> {
    let mut found: BTreeMap<(String, &str, &str), Group<'a>> = BTreeMap::new();
    for difference in differences {
        let Some((removed, added)) = only_change(difference) else { continue };
        let (core_removed, core_added) = core(removed, added);
        // Rows are merged only where the same is proposed for them.
        let proposal = propose(form, difference, Questions::default());
        let about = format!("{}{}{}", is_starred(form, difference), proposal.timing, proposal.reason);
        let group = found.entry((about, core_removed, core_added)).or_insert_with(|| Group {
            differences: Vec::new(),
            removed,
            added,
        });
        if removed.len() < group.removed.len() {
            (group.removed, group.added) = (removed, added);
        }
        group.differences.push(difference);
    }
    let several = found.into_values().filter(|group| group.differences.len() > 1);
    several.filter_map(|group| Some((group.differences.first()?.target.clone(), group))).collect()
}

/// The words that went and those that came, where a text differs in these alone, once or several times.
fn only_change(difference: &Difference) -> Option<(&str, &str)> {
    if !matches!(difference.what, What::Text(_)) || difference.before.is_empty() || difference.after.is_empty() {
        return None;
    }
    let mut changes: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut removed = None;
    for piece in difference.pieces() {
        match (piece, removed.take()) {
            (Piece::Removed(text), None) => removed = Some(text),
            (Piece::Added(text), Some(gone)) => {
                changes.insert((gone, text));
            }
            (Piece::Same(_), None) => {}
            _ => return None,
        }
    }
    let only = changes.pop_first().filter(|(gone, _)| removed.is_none() && gone.chars().count() > 1)?;
    changes.is_empty().then_some(only)
}

/// What is left of both without what they begin and end with alike; both as they are if nothing would be left of one.
fn core<'a>(removed: &'a str, added: &'a str) -> (&'a str, &'a str) {
    let alike = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
    };
    let start = alike(&mut removed.chars().zip(added.chars()));
    let (gone, come) = (&removed[start..], &added[start..]);
    let end = alike(&mut gone.chars().rev().zip(come.chars().rev()));
    let (gone, come) = (&gone[..gone.len() - end], &come[..come.len() - end]);
    if gone.is_empty() || come.is_empty() { (removed, added) } else { (gone, come) }
}
