//! The five steps of a year's revision, from the first change to the publication, and how each stands.

use std::sync::Arc;

use super::Session;
use crate::changes::{Agreement, RowStanding};
use crate::checks;
use crate::draft::{ChangeRow, Stage};
use crate::form::{Timing, TimingStep};

/// A step of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearStep {
    /// 変わったところを直す.
    Write,
    /// 変更箇所を整える.
    Table,
    /// 点検する.
    Inspect,
    /// 決裁用の PDF と変更の概要.
    Approve,
    /// 公表用の PDF.
    Publish,
}

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearStanding {
    /// The step.
    pub step: YearStep,
    /// Whether nothing is left to do in it.
    pub is_done: bool,
    /// How much is left to do in it, where that can be counted.
    pub n_open: usize,
}

impl YearStep {
    /// The Japanese name.
    pub fn name(self) -> &'static str {
        match self {
            YearStep::Write => "変わったところを直す",
            YearStep::Table => "変更箇所を整える",
            YearStep::Inspect => "点検する",
            YearStep::Approve => "決裁用の PDF",
            YearStep::Publish => "公表用の PDF",
        }
    }
}

impl Session {
    /// What of a 再実施 is still to be done before the submission; nothing where no row is a 重要な変更.
    pub fn reassessment_left(&self) -> usize {
        let asked = self.overview().and_then(|overview| overview.important(&self.document().rows));
        let Some(timing) = Timing::shipped().ok().filter(|_| asked.is_some()) else { return 0 };
        let done = &self.draft().state.reassessment_steps;
        let is_left = |step: &&TimingStep| !step.with_submission && !done.contains(&step.id);
        timing.reassessment_steps(self.form()).filter(is_left).count()
    }

    /// The steps of the year in their order; `None` where there is no publication before, or it is not compared yet.
    /// What happens to a PDF is not known here: the last two are done with the stage 提出・公表, at the latest.
    pub fn year(&self) -> Option<[YearStanding; 5]> {
        let overview = self.overview()?;
        let rows = &self.document().rows;
        let of_this_year = || overview.rows.iter().zip(rows).filter(|(standing, _)| **standing != RowStanding::Former);
        let is_open = |(standing, row): &(&RowStanding, &Arc<ChangeRow>)| {
            let agrees = standing.linked().is_none_or(|told| told.agreement == Agreement::Agrees);
            !agrees || row.timing.trim().is_empty()
        };
        let n_in_table = overview.unlisted.len() + of_this_year().filter(is_open).count();
        let has_begun = overview.n_differences > 0;
        let n_stopping = checks::open_errors(Stage::Final, self.findings()) + self.reassessment_left();
        let is_final = self.draft().state.stage == Stage::Final;
        let standing = |step, is_done, n_open| YearStanding { step, is_done, n_open };
        Some([
            standing(YearStep::Write, has_begun && overview.awaited.is_empty(), overview.awaited.len()),
            standing(YearStep::Table, has_begun && n_in_table == 0, n_in_table),
            standing(YearStep::Inspect, n_stopping == 0, n_stopping),
            standing(YearStep::Approve, is_final, 0),
            standing(YearStep::Publish, is_final, 0),
        ])
    }
}
