//! When a change is to be submitted: grounds, templates and what a 重要な変更 asks for, from `assets/rules/timing.ron`.

use std::sync::OnceLock;

use serde::Deserialize;

use super::read::{self, DataError, DataSource};
use super::{Certainty, Form, Pattern};

/// What is known about 提出時期.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timing {
    /// The question whether practice changes.
    pub practice_question: String,
    /// The question whether risk only gets smaller.
    pub risk_question: String,
    /// The explanations to choose from.
    pub templates: Vec<Template>,
    /// Practice does not change.
    pub no_change: Ground,
    /// Risk only gets smaller.
    pub less_risk: Ground,
    /// Practice changes, and not only for the better.
    pub important: Ground,
    /// The item has no ※.
    pub not_starred: Ground,
    /// What a change looks like and what is proposed for it; the first that fits counts.
    pub grounds: Vec<Ground>,
    /// What ties rows together.
    pub projects: Vec<Project>,
    /// Id of the template for a change that is submitted before though after would do.
    pub before_by_choice: String,
    /// What must happen before a 重要な変更.
    pub again: Vec<TimingStep>,
}

/// One explanation with blanks 【】.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// `T01` and so on.
    pub id: String,
    /// 事前 or 事後.
    pub timing: String,
    /// When it is used.
    pub scene: String,
    /// The explanation.
    pub text: String,
    /// Whether it says 重要な変更; `None` where it says either.
    pub important: Option<bool>,
}

/// A kind of change and what is proposed for it. All that is given must hold.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// Stable id.
    pub id: String,
    /// Whether it is a 重要な変更; otherwise a 修正.
    pub important: bool,
    /// Id of the template.
    pub template: String,
    /// Ids of items, or their beginnings with `*`; empty for all.
    #[serde(default)]
    pub items: Vec<String>,
    /// Kinds of differences; empty for all.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// What the text before matches.
    #[serde(default)]
    pub before: Option<Pattern>,
    /// What the text of now matches.
    #[serde(default)]
    pub after: Option<Pattern>,
    /// What the text of now matches and the text before does not.
    #[serde(default)]
    pub came: Option<Pattern>,
    /// Whether a box must be on that was off.
    #[serde(default)]
    pub box_added: bool,
    /// With one sign for each match, both texts (in one width, without spaces) are the same.
    #[serde(default)]
    pub same_without: Option<Pattern>,
    /// Whether nothing but citations changed, as an amended law moves them.
    #[serde(default)]
    pub citations_only: bool,
    /// What every line that went or came matches.
    #[serde(default)]
    pub changed_lines: Option<Pattern>,
    /// Whether it only words the answer that practice does not change, and takes the place of no question.
    #[serde(default)]
    pub after_asking: bool,
    /// Why, in Japanese.
    pub because: String,
    /// Where that was read.
    pub evidence: String,
    /// How certain it is.
    pub certainty: Certainty,
}

/// A project that changes many items at once.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// Stable id.
    pub id: String,
    /// What it is called, in Japanese.
    pub name: String,
    /// What the texts that come or go with it say.
    pub words: Pattern,
}

impl PartialEq for Project {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// One thing that must happen before a 重要な変更.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimingStep {
    /// Stable id.
    pub id: String,
    /// What is to be done, in Japanese.
    pub text: String,
    /// Ids of the forms it is for; empty for all.
    #[serde(default)]
    pub forms: Vec<String>,
    /// Where it is laid down.
    pub source: String,
    /// How certain that is.
    pub certainty: Certainty,
    /// Whether it is the submission itself or comes after it: it stands in the way of none.
    #[serde(default)]
    pub with_submission: bool,
}

impl Timing {
    /// What is known inside the program.
    pub fn shipped() -> Result<&'static Timing, DataError> {
        static TIMING: OnceLock<Result<Timing, DataError>> = OnceLock::new();
        let text = include_str!("../../assets/rules/timing.ron");
        let read = || read::ron(DataSource { file: "assets/rules/timing.ron", text });
        TIMING.get_or_init(read).as_ref().map_err(Clone::clone)
    }

    /// The template with that id.
    pub fn template(&self, id: &str) -> Option<&Template> {
        self.templates.iter().find(|template| template.id == id)
    }

    /// Every ground, those of the questions first.
    pub fn all_grounds(&self) -> impl Iterator<Item = &Ground> {
        [&self.no_change, &self.less_risk, &self.important, &self.not_starred].into_iter().chain(&self.grounds)
    }

    /// The ground with that id.
    pub fn ground(&self, id: &str) -> Option<&Ground> {
        self.all_grounds().find(|ground| ground.id == id)
    }

    /// What must happen before a 重要な変更 of a document of that form, in order.
    pub fn reassessment_steps<'a>(&'a self, form: &'a Form) -> impl Iterator<Item = &'a TimingStep> {
        self.again.iter().filter(|step| step.forms.is_empty() || step.forms.contains(&form.id))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::form::{is_listed, shipped};

    #[test]
    fn every_ground_has_a_template_and_items_of_a_form() {
        let timing = Timing::shipped().unwrap();
        let forms: Vec<&Form> = shipped::editions()
            .unwrap()
            .iter()
            .map(|edition| shipped::find(&edition.form, &edition.revision).unwrap())
            .collect();
        for ground in timing.all_grounds() {
            let template = timing.template(&ground.template);
            let timing = if ground.important { "事前" } else { "事後" };
            assert_eq!(template.map(|template| template.timing.as_str()), Some(timing), "{}", ground.id);
            for item in &ground.items {
                let list = std::slice::from_ref(item);
                let known = forms.iter().any(|form| form.items().any(|known| is_listed(list, &known.id)));
                assert!(known, "{}: {item}", ground.id);
            }
        }
    }

    #[test]
    fn ids_stand_once() {
        let timing = Timing::shipped().unwrap();
        let mut ids: Vec<&str> = timing.all_grounds().map(|ground| ground.id.as_str()).collect();
        ids.extend(timing.templates.iter().map(|template| template.id.as_str()));
        ids.extend(timing.again.iter().map(|step| step.id.as_str()));
        ids.extend(timing.projects.iter().map(|project| project.id.as_str()));
        assert!(timing.template(&timing.before_by_choice).is_some_and(|template| template.timing == "事前"));
        let n_ids = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((ids.len(), timing.templates.len()), (n_ids, 13));
    }
}
