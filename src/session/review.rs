//! What is found in a draft as it was at one moment: looked for on any thread, or here and now.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::changes::{BaseComparison, Difference, Overview, item_name, quotes};
use crate::checks::{self, Compared, Context, Finding, ReadTexts, Unlisted};
use crate::draft::{ChangeRow, Draft, ItemStyle, Stage, State};
use crate::form::{FieldPath, Form, RuleSet};

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
        let found = |state: &State, read| checks::check_again(form, rules, state, &context, &compared, read);
        let (of_cells, read) = found(&draft.state, &read);
        let fold = |findings: &[Finding]| checks::fold(form, &draft.state.document, findings);
        let findings = fold(&of_cells);
        let at_the_end = (draft.state.stage != Stage::Final).then(|| {
            let at_the_end = State { stage: Stage::Final, ..draft.state.clone() };
            fold(&found(&at_the_end, &read).0)
        });
        let mut by_path = BTreeMap::<FieldPath, Vec<usize>>::new();
        for (index, finding) in of_cells.iter().enumerate() {
            by_path.entry(finding.path.clone()).or_default().push(index);
        }
        let (rows, read) = (draft.state.document.rows, Arc::new(read));
        Review { version, findings, of_cells, by_path, at_the_end, comparison, rows, read }
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
    /// The findings as they would be listed at the stage 提出・公表, where it is at another.
    at_the_end: Option<Vec<Finding>>,
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

    /// The findings as they would be listed at the stage 提出・公表.
    pub(super) fn at_the_end(&self) -> &[Finding] {
        self.at_the_end.as_ref().unwrap_or(&self.findings)
    }
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
        unlisted: overview.untold().map(|difference| unlisted(form, difference)).collect(),
        differing: overview.differing(&draft.state.document.rows),
        awaited: overview.awaited.iter().filter_map(|difference| difference.now.clone()).collect(),
        former: Some(overview.former()),
    });
    told.unwrap_or_default()
}

fn unlisted(form: &Form, difference: &Difference) -> Unlisted {
    let (before, after) = quotes(difference);
    Unlisted { path: difference.place.clone(), name: item_name(form, difference, ItemStyle::Short), before, after }
}
