//! Differences → proposed rows of the change table.
//!
//! A new or removed entry (システム, 委託事項, 提供先, 移転先) makes one row for the whole entry, in the words of its items:
//! published tables do it both ways, and one row keeps together what was decided together. A new file is named, not
//! copied: its sections stand in the same document. Quiet differences make no row.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::changes::by_hand::ByHand;
use crate::changes::compare::compare;
use crate::changes::difference::{Difference, What};
use crate::changes::item_name::item_name;
use crate::changes::propose::{Proposal, is_starred, propose};
use crate::changes::words::{Piece, fingerprint};
use crate::draft::{
    ChangeLink, ChangeRow, ChangeStyle, Document, ItemStyle, Questions, Scope, State, Target, former_rows,
};
use crate::form::Form;

/// The rows that tell of all differences, in the order of the paper and the wording of `now.row_style`.
pub fn rows(form: &Form, last: &Document, now: &State) -> Vec<ChangeRow> {
    let differences = compare(form, last, &now.document);
    let fresh = Table::of(form, last, now).fresh(&differences, &[]);
    fresh.iter().map(|fresh| fresh.row(Questions::default())).collect()
}

/// The two versions a change table is about.
#[derive(Clone, Copy)]
pub(super) struct Table<'a> {
    pub form: &'a Form,
    pub last: &'a Document,
    pub now: &'a State,
    /// How rows are worded.
    pub style: ChangeStyle,
}

/// A row as it is proposed now, but for what depends on the author's answers.
pub(super) struct Fresh<'a> {
    table: Table<'a>,
    /// The differences it tells of, at least one.
    pub differences: Vec<&'a Difference>,
    /// Whether the author joined or split them.
    regrouped: bool,
    item: String,
    before: String,
    after: String,
}

impl<'a> Table<'a> {
    /// The table of `now`, in its wording.
    pub fn of(form: &'a Form, last: &'a Document, now: &'a State) -> Self {
        Self { form, last, now, style: now.row_style }
    }

    /// Which rows are those of a former year.
    pub fn former(&self, rows: &[Arc<ChangeRow>]) -> Vec<bool> {
        former_rows(&self.last.rows, rows)
    }

    /// Whether the row was proposed for the version compared with, and is no row of a former year.
    pub fn is_live(&self, row: &ChangeRow) -> bool {
        let is_of_this = row.link.as_ref().is_some_and(|link| link.since == self.since());
        is_of_this && !self.last.rows.iter().any(|old| old.prints_as(row))
    }

    /// What the rows proposed for the version compared with tell of.
    pub fn linked<'r>(&self, rows: &'r [Arc<ChangeRow>]) -> BTreeSet<&'r Target> {
        let links = rows.iter().filter(|row| self.is_live(row)).filter_map(|row| row.link.as_ref());
        links.flat_map(|link| &link.targets).collect()
    }

    /// 公表日 of the version before, as written.
    pub fn since(&self) -> String {
        Scope::document(self.form, self.last).text(&self.form.key_items.published_on).into_owned()
    }

    /// 変更日: 公表日 of now, once it is another one.
    fn date(&self) -> String {
        let now = Scope::document(self.form, &self.now.document).text(&self.form.key_items.published_on).into_owned();
        if now == self.since() { String::new() } else { now }
    }

    /// The rows to be proposed; what the author joined or split in `rows` stays so.
    pub fn fresh(self, differences: &'a [Difference], rows: &[Arc<ChangeRow>]) -> Vec<Fresh<'a>> {
        let (linked, by_hand) = (self.linked(rows), ByHand::of(&self, rows));
        let told = by_hand.told(differences.iter().filter(|difference| difference.makes_row()));
        // A row never tells what a row written by hand tells already.
        let is_open = |difference: &&Difference| {
            let target = &difference.target;
            difference.makes_row() && (linked.contains(target) || !told.contains(target))
        };
        let loud: Vec<&Difference> = differences.iter().filter(is_open).collect();
        let own = self.regrouped(&loud, rows);
        let free: Vec<&Difference> =
            loud.iter().copied().filter(|difference| !own.iter().flatten().any(|own| *own == *difference)).collect();
        let groups = if self.style.together { groups(self.form, &free) } else { BTreeMap::new() };
        let in_others = groups.values().flat_map(|group| group.rest());
        let told: BTreeSet<&Target> =
            in_others.chain(own.iter().flat_map(|own| own.iter().skip(1).map(|told| &told.target))).collect();
        let fresh = loud.iter().filter(|difference| !told.contains(&difference.target));
        fresh
            .map(|difference| match own.iter().find(|own| own.first() == Some(difference)) {
                Some(own) => self.joined(own),
                None => match groups.get(&difference.target) {
                    Some(group) => self.grouped(group),
                    None => self.single(difference),
                },
            })
            .collect()
    }

    /// The differences of each row that the author joined or split, in the order of the paper.
    fn regrouped(&self, loud: &[&'a Difference], rows: &[Arc<ChangeRow>]) -> Vec<Vec<&'a Difference>> {
        let mut own: Vec<Vec<&'a Difference>> = Vec::new();
        for link in rows.iter().filter(|row| self.is_live(row)).filter_map(|row| row.link.as_deref()) {
            if link.regrouped {
                let told = |difference: &&&Difference| link.targets.contains(&difference.target);
                let free = |difference: &&&Difference| !own.iter().flatten().any(|own| own == *difference);
                let group: Vec<&Difference> = loud.iter().filter(told).filter(free).copied().collect();
                own.extend((!group.is_empty()).then_some(group));
            }
        }
        own
    }

    fn single(self, difference: &'a Difference) -> Fresh<'a> {
        let (before, after) = difference.cells(self.style.extent);
        let item = item_name(self.form, difference, self.style.item);
        Fresh { table: self, differences: vec![difference], regrouped: false, item, before, after }
    }

    fn grouped(self, group: &Group<'a>) -> Fresh<'a> {
        let names = group.differences.iter().map(|difference| item_name(self.form, difference, self.style.item));
        let item = names.collect::<Vec<_>>().join("\n");
        let (before, after) = group.words();
        Fresh { table: self, differences: group.differences.clone(), regrouped: false, item, before, after }
    }

    /// The row of differences that the author wants in one, at least one.
    pub fn joined(self, differences: &[&'a Difference]) -> Fresh<'a> {
        let same = groups(self.form, differences).into_values().find(|group| group.differences == differences);
        let singles: Vec<Fresh<'a>> = differences.iter().map(|difference| self.single(difference)).collect();
        let fresh = match (same, singles.as_slice()) {
            (Some(group), _) => self.grouped(&group),
            (None, singles) => {
                let item = singles.iter().map(|single| single.item.as_str()).collect::<Vec<_>>().join("\n");
                let before = self.in_blocks(singles, |single| &single.before);
                let after = self.in_blocks(singles, |single| &single.after);
                Fresh { table: self, differences: differences.to_vec(), regrouped: true, item, before, after }
            }
        };
        Fresh { regrouped: true, ..fresh }
    }

    /// The cells of several differences in one: once where all say the same, else each below the name of its item.
    fn in_blocks(&self, singles: &[Fresh<'a>], cell: for<'x> fn(&'x Fresh<'a>) -> &'x String) -> String {
        let first = singles.first().map(cell).cloned().unwrap_or_default();
        if singles.iter().all(|single| *cell(single) == first) {
            return first;
        }
        let block = |single: &Fresh<'a>| {
            let names = single.differences.iter().map(|told| item_name(self.form, told, ItemStyle::Short));
            format!("「{}」\n{}", names.collect::<Vec<_>>().join("、"), cell(single))
        };
        singles.iter().map(block).collect::<Vec<_>>().join("\n")
    }
}

impl Fresh<'_> {
    /// The row with its link, 提出時期 following the answers.
    pub fn row(&self, answers: Questions) -> ChangeRow {
        let proposal = self.proposal(answers);
        let mut row = ChangeRow {
            date: self.table.date(),
            item: self.item.clone(),
            before: self.before.clone(),
            after: self.after.clone(),
            timing: proposal.timing,
            reason: proposal.reason,
            ..ChangeRow::default()
        };
        let prints = ChangeRow::COLUMNS
            .iter()
            .map(|column| ((*column).to_owned(), fingerprint(row.column(column).unwrap_or_default())));
        row.link = Some(Box::new(ChangeLink {
            since: self.table.since(),
            targets: self.targets(),
            regrouped: self.regrouped,
            proposed: prints.collect(),
            stale: None,
            answers,
            decision: proposal.decision,
        }));
        row
    }

    /// What is proposed for the row: where several differences stand in it, what the most demanding of them needs.
    pub fn proposal(&self, answers: Questions) -> Proposal {
        self.lead(answers).map(|(_, proposal)| proposal).unwrap_or_default()
    }

    /// The difference that decides about the row, and what is proposed for it.
    pub fn lead(&self, answers: Questions) -> Option<(&Difference, Proposal)> {
        let rank = |proposal: &Proposal| match &proposal.decision {
            Some(decision) => u8::from(decision.important) * 2,
            None => 1,
        };
        let mut lead: Option<(&Difference, Proposal)> = None;
        for difference in &self.differences {
            let proposal = propose(self.table.form, difference, answers);
            if lead.as_ref().is_none_or(|(_, known)| rank(known) < rank(&proposal)) {
                lead = Some((difference, proposal));
            }
        }
        lead
    }

    /// The names of its differences.
    pub fn targets(&self) -> Vec<Target> {
        self.differences.iter().map(|difference| difference.target.clone()).collect()
    }
}

/// The same change of words in several items.
struct Group<'a> {
    differences: Vec<&'a Difference>,
    change: Core<'a>,
}

/// What went and what came, without what both begin and end with.
#[derive(Clone, Copy)]
struct Core<'a> {
    left: &'a str,
    gone: &'a str,
    come: &'a str,
    right: &'a str,
}

impl<'a> Group<'a> {
    /// What was written and what is written instead, with as much around it as is the same everywhere.
    fn words(&self) -> (String, String) {
        let Core { left, gone, come, right } = self.change;
        (format!("{left}{gone}{right}"), format!("{left}{come}{right}"))
    }

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
        let change = core(removed, added);
        // Rows are merged only where the same is proposed for them.
        let proposal = propose(form, difference, Questions::default());
        let about = format!("{}{}{}", is_starred(form, difference), proposal.timing, proposal.reason);
        let new = || Group { differences: Vec::new(), change };
        let group = found.entry((about, change.gone, change.come)).or_insert_with(new);
        let (left, right) = (group.change.left, group.change.right);
        group.change.left = &left[left.len() - alike(left.chars().rev(), change.left.chars().rev())..];
        group.change.right = &right[..alike(right.chars(), change.right.chars())];
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
fn core<'a>(removed: &'a str, added: &'a str) -> Core<'a> {
    let start = alike(removed.chars(), added.chars());
    let (gone, come) = (&removed[start..], &added[start..]);
    let end = alike(gone.chars().rev(), come.chars().rev());
    let (gone, come, right) = (&gone[..gone.len() - end], &come[..come.len() - end], &gone[gone.len() - end..]);
    if gone.is_empty() || come.is_empty() {
        return Core { left: "", gone: removed, come: added, right: "" };
    }
    Core { left: &removed[..start], gone, come, right }
}

/// How many bytes both begin with alike.
fn alike(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
}
