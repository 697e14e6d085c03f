//! How far a section is filled in, and how many findings are open.

use crate::checks::{Finding, is_begun};
use crate::draft::{Document, Scope};
use crate::form::{Check, FieldPath, Form, RuleSet, Section, Severity};

/// A document and what was found in it.
#[derive(Clone, Copy)]
pub struct Checked<'a> {
    /// Its form.
    pub form: &'a Form,
    /// The document.
    pub document: &'a Document,
    /// The rules it was checked by.
    pub rules: &'a RuleSet,
    /// What was found, as it is listed.
    pub findings: &'a [Finding],
}

/// How far a section is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// 未着手: nothing is written in it yet.
    Untouched,
    /// 途中: something is missing or wrong.
    Begun,
    /// 記載なし: nothing has to stand there, as in the change table of a first edition or without a 別紙.
    Nothing,
    /// 済: something is written, and nothing is missing or wrong.
    Done,
}

impl Progress {
    /// How far a section is filled in, in one file where it stands once per file.
    pub(super) fn of(checked: Checked<'_>, section: (&str, Option<usize>)) -> Self {
        let Checked { form, document, rules, findings } = checked;
        let (id, file) = section;
        let counts = Counts::of_section(findings, id, file);
        let lacks_rows = is_change_table(form, id) && has_unlisted(rules, findings);
        if counts.total() == 0 && may_be_empty(form, document, id) && !lacks_rows {
            Progress::Nothing
        } else if !is_begun(form, document, id, file) {
            Progress::Untouched
        } else if counts.errors + counts.missing > 0 || lacks_rows {
            Progress::Begun
        } else {
            Progress::Done
        }
    }

    /// The Japanese name.
    pub fn name(self) -> &'static str {
        match self {
            Progress::Untouched => "未着手",
            Progress::Begun => "途中",
            Progress::Nothing => "記載なし",
            Progress::Done => "済",
        }
    }
}

/// Findings that nobody set aside, by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// 直す.
    pub errors: usize,
    /// 確かめる.
    pub warnings: usize,
    /// 未記入, in cells.
    pub missing: usize,
    /// 助言, counted with 確かめる.
    pub hints: usize,
}

impl Counts {
    /// Counts the findings that nobody set aside, folded as they are listed.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings.into_iter().filter(|finding| finding.waived.is_none()) {
            counts.add(finding.severity, finding.n_cells());
        }
        counts
    }

    /// Counts those of one section, in one file where it stands once per file. What is listed once for many cells counts
    /// in each section that has one of them.
    pub(super) fn of_section(findings: &[Finding], section_id: &str, file: Option<usize>) -> Self {
        let is_inside = |path: &FieldPath| {
            let rest = path.item.strip_prefix(section_id);
            path.file == file && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let mut counts = Self::default();
        for finding in findings.iter().filter(|finding| finding.waived.is_none()) {
            let n_parts = finding.parts.iter().filter(|part| is_inside(&part.path)).count();
            let n_cells = if finding.parts.is_empty() { usize::from(is_inside(&finding.path)) } else { n_parts };
            counts.add(finding.severity, n_cells);
        }
        counts
    }

    /// A finding about so many cells.
    fn add(&mut self, severity: Severity, n_cells: usize) {
        let n_findings = n_cells.min(1);
        match severity {
            Severity::Error => self.errors += n_findings,
            Severity::Warning => self.warnings += n_findings,
            Severity::Missing => self.missing += n_cells,
            Severity::Hint => self.hints += n_findings,
        }
    }

    /// 直す: what is wrong.
    pub fn to_mend(&self) -> usize {
        self.errors
    }

    /// 確かめる: what may stay as it is, once somebody has looked.
    pub fn to_confirm(&self) -> usize {
        self.warnings + self.hints
    }

    /// 未記入: the cells that are not written yet.
    pub fn unwritten(&self) -> usize {
        self.missing
    }

    /// The three numbers, the same in every place.
    pub fn words(&self) -> String {
        format!("直す {}　確かめる {}　未記入 {}", self.to_mend(), self.to_confirm(), self.unwritten())
    }

    /// All of them.
    pub fn total(&self) -> usize {
        self.errors + self.warnings + self.missing + self.hints
    }
}

/// Whether a section is a change table without a row, or that of the 別紙 where there is none.
fn may_be_empty(form: &Form, document: &Document, id: &str) -> bool {
    let is_empty_table = is_change_table(form, id) && document.rows.is_empty();
    let no_attachment = || Scope::document(form, document).attachments().next().is_none();
    is_empty_table || form.section(id).is_some_and(Section::is_attachments) && no_attachment()
}

/// Whether a section holds the change table.
fn is_change_table(form: &Form, id: &str) -> bool {
    let table = form.change_table().and_then(|(table, _)| form.section_of(&table.id));
    table.is_some_and(|table| table.id == id)
}

/// Whether something was changed that the change table does not tell of. That is found at the item that was changed.
fn has_unlisted(rules: &RuleSet, findings: &[Finding]) -> bool {
    let is_it = |finding: &Finding| {
        let rule = rules.rules.iter().find(|rule| rule.id == finding.rule);
        finding.waived.is_none() && rule.is_some_and(|rule| matches!(rule.check, Check::ChangeUnlisted))
    };
    findings.iter().any(is_it)
}

/// How many pages are done, and how many there are; an empty change table is no page, nor the 別紙 of a document
/// without any.
pub fn pages(checked: Checked<'_>) -> (usize, usize) {
    let Checked { form, document, .. } = checked;
    let assembly = &form.assembly;
    let once = assembly.order.iter().map(|id| (id.as_str(), None));
    let per_file = (0..document.files.len())
        .flat_map(|file| assembly.per_file_sections.iter().map(move |id| (id.as_str(), Some(file))));
    let is_page = |id: &str| {
        form.section(id).is_some_and(|section| !section.items.is_empty()) && !may_be_empty(form, document, id)
    };
    let pages: Vec<_> = once.chain(per_file).filter(|(id, _)| is_page(id)).collect();
    let is_done = |page: &&(&str, Option<usize>)| Progress::of(checked, **page) == Progress::Done;
    (pages.iter().filter(is_done).count(), pages.len())
}
