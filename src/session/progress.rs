//! How far a section is filled in, and how many findings are open.

use crate::checks::Finding;
use crate::form::Severity;

/// How far a section is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// 未確認: nothing is written in it yet.
    Untouched,
    /// 途中: something is missing or wrong.
    Begun,
    /// 済: something is written, and nothing is missing or wrong.
    Done,
}

impl Progress {
    /// The Japanese name.
    pub fn name(self) -> &'static str {
        match self {
            Progress::Untouched => "未確認",
            Progress::Begun => "途中",
            Progress::Done => "済",
        }
    }
}

/// Findings that nobody set aside, by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// 誤り.
    pub errors: usize,
    /// 注意.
    pub warnings: usize,
    /// 未入力.
    pub missing: usize,
    /// 助言.
    pub hints: usize,
}

impl Counts {
    /// Counts the findings that nobody set aside.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings.into_iter().filter(|finding| finding.waived.is_none()) {
            match finding.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Missing => counts.missing += 1,
                Severity::Hint => counts.hints += 1,
            }
        }
        counts
    }

    /// How many there are of one severity.
    pub fn get(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.warnings,
            Severity::Missing => self.missing,
            Severity::Hint => self.hints,
        }
    }

    /// All of them.
    pub fn total(&self) -> usize {
        self.errors + self.warnings + self.missing + self.hints
    }
}
