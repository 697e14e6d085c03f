//! What is found in a draft as it was at one moment: looked for on any thread, or here and now.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::changes::{BaseComparison, Difference, Overview, item_name, meant_rows, misquoted, quotes};
use crate::checks::{self, Compared, Context, Finding, ReadTexts, Unlisted};
use crate::draft::{ChangeRow, Draft, ItemStyle, Stage, State};
use crate::form::{FieldPath, Form, RuleSet, Severity};

/// A draft as it is at one moment, to be looked through elsewhere while the work on it goes on.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub(super) form: &'static Form,
    pub(super) rules: &'static RuleSet,
    pub(super) context: Context,
    pub(super) draft: Draft,
    pub(super) version: u64,
    /// What its texts said when they were looked through last.
    pub(super) read: Arc<ReadTexts>,
}

impl Snapshot {
    /// Compares it with the publication it revises, and checks it.
    pub fn review(self) -> Review {
        let Self { form, rules, context, draft, version, read } = self;
        let comparison = comparison(form, &draft);
        let compared = told(form, &draft, comparison.as_ref().map(|comparison| &comparison.overview));
        let (of_cells, read) = open_findings(form, rules, &draft.state, context, &compared, &read);
        let findings = checks::fold(form, &draft.state.document, &of_cells);
        let mut by_path = BTreeMap::<FieldPath, Vec<usize>>::new();
        for (index, finding) in of_cells.iter().enumerate() {
            by_path.entry(finding.path.clone()).or_default().push(index);
        }
        let (rows, read) = (draft.state.document.rows, Arc::new(read));
        Review { version, findings, of_cells, by_path, comparison, rows, read }
    }
}

/// What was found in a draft at one moment.
#[derive(Debug)]
pub struct Review {
    pub(super) version: u64,
    /// As they are listed: many of one cause in one.
    pub(super) findings: Vec<Finding>,
    /// The same, each cell with its own.
    pub(super) of_cells: Vec<Finding>,
    by_path: BTreeMap<FieldPath, Vec<usize>>,
    /// Where there is a version before.
    pub(super) comparison: Option<BaseComparison>,
    /// The rows of the change table that were compared.
    pub(super) rows: Vec<Arc<ChangeRow>>,
    /// What the texts said, for the next one.
    pub(super) read: Arc<ReadTexts>,
}

impl Review {
    /// The findings of one answer.
    pub(super) fn at(&self, path: &FieldPath) -> impl Iterator<Item = &Finding> {
        let indices = self.by_path.get(path).map(Vec::as_slice).unwrap_or_default();
        indices.iter().filter_map(|index| self.of_cells.get(*index))
    }
}

/// All that is open until the document is submitted, cell by cell: what is found at its stage, and in its place what is
/// found only at 提出・公表. There is no other list: whoever counts findings of a draft counts these.
fn open_findings(
    form: &Form,
    rules: &RuleSet,
    state: &State,
    context: Context,
    compared: &Compared,
    read: &ReadTexts,
) -> (Vec<Finding>, ReadTexts) {
    let (now, read) = checks::check_again(form, rules, state, &context, compared, read);
    if state.stage == Stage::Final {
        return (now, read);
    }
    let at_the_end = State { stage: Stage::Final, ..state.clone() };
    let (end, read) = checks::check_again(form, rules, &at_the_end, &context, compared, &read);
    let place = |finding: &Finding| form.place_on_paper(&finding.path, state.document.file_order);
    let mut open = to_the_end(now, end);
    open.sort_by_key(place);
    (open, read)
}

/// What is found now, followed by what comes at the end. What is found both times stays as serious as it is now, for what
/// is not written yet is no fault; but it stops the submission where it will.
fn to_the_end(now: Vec<Finding>, end: Vec<Finding>) -> Vec<Finding> {
    let mut at = BTreeMap::<(String, FieldPath), Vec<usize>>::new();
    for (index, finding) in now.iter().enumerate().rev() {
        at.entry((finding.rule.clone(), finding.path.clone())).or_default().push(index);
    }
    let mut open = now;
    for mut coming in end {
        let known = at.get_mut(&(coming.rule.clone(), coming.path.clone())).and_then(Vec::pop);
        if let Some(known) = known.and_then(|index| open.get_mut(index)) {
            known.stops |= coming.stops;
            continue;
        }
        // An advice waits for the stage it is for: nothing hangs on it.
        if coming.severity == Severity::Hint {
            continue;
        }
        // Of a blank there is nothing to be put right yet.
        if coming.stops && coming.says.trim().is_empty() {
            coming.severity = Severity::Missing;
        }
        open.push(coming);
    }
    open
}

/// The findings of a draft as a session lists them, for those who only look at it: many of one cause in one.
pub fn listed(form: &Form, rules: &RuleSet, draft: &Draft, context: Context) -> Vec<Finding> {
    let compared = compared(form, draft);
    let (open, _) = open_findings(form, rules, &draft.state, context, &compared, &ReadTexts::default());
    checks::fold(form, &draft.state.document, &open)
}

fn comparison(form: &Form, draft: &Draft) -> Option<BaseComparison> {
    draft.base.as_ref().map(|base| BaseComparison::of(form, &base.state.document, &draft.state))
}

/// What the checks are told of the comparison of a draft with the publication before.
pub fn compared(form: &Form, draft: &Draft) -> Compared {
    let base = draft.base.as_ref();
    let overview = base.map(|base| crate::changes::overview(form, &base.state.document, &draft.state));
    told(form, draft, overview.as_ref())
}

fn told(form: &Form, draft: &Draft, overview: Option<&Overview>) -> Compared {
    let told = overview.map(|overview| Compared {
        unlisted: unlisted(form, draft, overview),
        differing: overview.differing(&draft.state.document.rows),
        awaited: overview.awaited.iter().filter_map(|difference| difference.now.clone()).collect(),
        former: Some(overview.former()),
        misquoted: misquoted_rows(form, draft, overview),
    });
    told.unwrap_or_default()
}

fn misquoted_rows(form: &Form, draft: &Draft, overview: &Overview) -> Vec<(usize, String)> {
    let Some(base) = &draft.base else { return Vec::new() };
    let rows = misquoted(form, &base.state.document, &draft.state, overview);
    rows.into_iter().map(|row| (row.row, row.said)).collect()
}

fn unlisted(form: &Form, draft: &Draft, overview: &Overview) -> Vec<Unlisted> {
    let untold: Vec<&Difference> = overview.untold().collect();
    let rows = draft.base.as_ref().map(|base| meant_rows(form, &base.state.document, &draft.state, &untold));
    let mut rows = rows.unwrap_or_default().into_iter();
    let unlisted = untold.into_iter().map(|difference| {
        let (before, after) = quotes(difference);
        let name = item_name(form, difference, ItemStyle::Short);
        Unlisted { path: difference.place.clone(), name, before, after, rows: rows.next().unwrap_or_default() }
    });
    unlisted.collect()
}
