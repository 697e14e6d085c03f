//! The rules across items, as data read from `assets/rules`: what is looked for, how serious it is, what to say.
//!
//! A rule names items by id. Where a form lacks the items of a case, the case is not in force for that form;
//! nobody lists forms by hand unless the same ids mean different things in them.

use serde::Deserialize;

use super::read::Problem;
use super::{Certainty, Check, Condition, Form};

/// One rule: what it looks for and what it says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Stable id, e.g. `XC-N4`; drafts hold it in waivers.
    pub id: String,
    /// How serious a finding is in a document to be submitted.
    pub severity: Severity,
    /// How serious it is while the document is not yet to be submitted, where that is less.
    #[serde(default)]
    pub before: Option<Severity>,
    /// How sure the rule itself is.
    pub certainty: Certainty,
    /// Where the rule comes from.
    pub source: String,
    /// Ids of the same rule elsewhere (the form definitions' own list).
    #[serde(default)]
    pub also: Vec<String>,
    /// The only forms it is for, where ids mean different things in different forms; empty = wherever its items exist.
    #[serde(default)]
    pub forms: Vec<String>,
    /// Ids of editions in which it does not hold.
    #[serde(default)]
    pub not_in: Vec<String>,
    /// The day (2024-05-27) since which what it says holds: a document published before is not judged by it.
    #[serde(default)]
    pub since: Option<String>,
    /// The first stage in which it speaks.
    #[serde(default)]
    pub from: FromStage,
    /// Whether it is about something not yet filled in: how far the work is, not an error.
    #[serde(default)]
    pub blank: bool,
    /// Rules that say more of the same cause: silent where one of them speaks of the same answer.
    #[serde(default)]
    pub yields_to: Vec<String>,
    /// What it looks for.
    pub check: Check,
    /// What a person reads; `{…}` are filled in.
    pub message: String,
    /// What to do, where the message does not already say it.
    #[serde(default)]
    pub advice: String,
}

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// 直す: cannot be submitted.
    Error,
    /// 確かめる: very probably wrong; may stay with a reason.
    Warning,
    /// 未記入: not yet filled in; in the data only as what a rule says before the end.
    Missing,
    /// 助言: worth a look; counted with what is to be looked at.
    Hint,
}

impl Severity {
    /// The Japanese name.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "直す",
            Severity::Warning => "確かめる",
            Severity::Missing => "未記入",
            Severity::Hint => "助言",
        }
    }
}

/// The first stage of a document in which a rule speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FromStage {
    /// 作成中.
    #[default]
    Writing,
    /// 意見聴取案.
    Hearing,
    /// 提出・公表.
    Final,
}

impl Rule {
    /// Whether the rule is for that form at all.
    pub fn is_for(&self, form: &Form) -> bool {
        (self.forms.is_empty() || self.forms.contains(&form.id)) && !self.not_in.contains(&form.revision)
    }

    /// What the conditions in force ask of the form and it does not have: a box, an option, an item of that kind.
    pub fn misfits(&self, form: &Form) -> Vec<String> {
        let conditions: Vec<&Condition> = match &self.check {
            Check::Conditions(cases) => {
                let in_force = cases.iter().filter(|case| case.is_in_force(form));
                in_force.flat_map(|case| std::iter::once(&case.when).chain(case.numbers.values())).collect()
            }
            Check::Texts(patterns) => patterns.iter().filter_map(|pattern| pattern.when.as_ref()).collect(),
            Check::Statements(cases) => {
                let is_for = |forms: &[String]| forms.is_empty() || forms.contains(&form.id);
                cases.iter().filter(|case| is_for(&case.forms)).map(|case| &case.when).collect()
            }
            _ => Vec::new(),
        };
        let in_force = conditions.into_iter().filter(|condition| condition.items().iter().all(|id| form.knows(id)));
        let problems = in_force.filter_map(|condition| match form.resolves(condition) {
            // A column of the change table is no item, but can be asked like one.
            Err(Problem::UnknownItem(id)) if form.knows(&id) => None,
            Err(problem) => Some(format!("{problem} in {condition}")),
            Ok(()) => None,
        });
        problems.collect()
    }

    /// Every id the rule names, patterns with `*` included.
    pub fn ids(&self) -> Vec<&str> {
        self.check.ids()
    }
}

impl Form {
    /// Whether that id is an item, a section, a column of the change table, or `files` of a form with files.
    pub fn knows(&self, id: &str) -> bool {
        (id == "files" && self.has_files)
            || self.section(id).is_some()
            || self.item(id).is_some()
            || self.change_table().is_some_and(|(_, columns)| columns.iter().any(|column| column.id == id))
    }
}
