//! What ties a change row to its difference, in the file and in the JSON document, which has it as it stands in the file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::draft;
use crate::draft::format::unique::unique;

/// See [`draft::ChangeLink`].
#[derive(Deserialize, Serialize)]
pub(crate) struct ChangeLink {
    #[serde(default)]
    since: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    targets: Vec<Target>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    regrouped: bool,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "unique")]
    proposed: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stale: Option<Stale>,
    #[serde(default, skip_serializing_if = "Questions::is_open")]
    answers: Questions,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    decision: Option<Decision>,
}

#[derive(Deserialize, Serialize)]
struct Target {
    item: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<Spot>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    entry: Option<Spot>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Spot {
    Last(u32),
    New(String),
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Stale {
    Changed,
    Gone,
}

#[derive(Default, Deserialize, Serialize)]
struct Questions {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    practice_changes: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    only_reduces_risk: Option<bool>,
}

impl Questions {
    fn is_open(&self) -> bool {
        self.practice_changes.is_none() && self.only_reduces_risk.is_none()
    }
}

#[derive(Deserialize, Serialize)]
struct Decision {
    important: bool,
    #[serde(default)]
    ground: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    template: String,
}

impl From<ChangeLink> for draft::ChangeLink {
    fn from(link: ChangeLink) -> Self {
        let ChangeLink { since, targets, regrouped, proposed, stale, answers, decision } = link;
        let target = |Target { item, file, entry }| draft::Target {
            item,
            file: file.map(Into::into),
            entry: entry.map(Into::into),
        };
        let stale = stale.map(|stale| match stale {
            Stale::Changed => draft::Stale::Changed,
            Stale::Gone => draft::Stale::Gone,
        });
        let Questions { practice_changes, only_reduces_risk } = answers;
        let decision =
            decision.map(|Decision { important, ground, template }| draft::Decision { important, ground, template });
        Self {
            since,
            targets: targets.into_iter().map(target).collect(),
            regrouped,
            proposed,
            stale,
            answers: draft::Questions { practice_changes, only_reduces_risk },
            decision,
        }
    }
}

impl From<draft::ChangeLink> for ChangeLink {
    fn from(link: draft::ChangeLink) -> Self {
        let draft::ChangeLink { since, targets, regrouped, proposed, stale, answers, decision } = link;
        let target = |draft::Target { item, file, entry }| Target {
            item,
            file: file.map(Into::into),
            entry: entry.map(Into::into),
        };
        let stale = stale.map(|stale| match stale {
            draft::Stale::Changed => Stale::Changed,
            draft::Stale::Gone => Stale::Gone,
        });
        let draft::Questions { practice_changes, only_reduces_risk } = answers;
        let decision =
            decision.map(|draft::Decision { important, ground, template }| Decision { important, ground, template });
        Self {
            since,
            targets: targets.into_iter().map(target).collect(),
            regrouped,
            proposed,
            stale,
            answers: Questions { practice_changes, only_reduces_risk },
            decision,
        }
    }
}

impl From<Spot> for draft::Spot {
    fn from(spot: Spot) -> Self {
        match spot {
            Spot::Last(index) => Self::Last(index),
            Spot::New(name) => Self::New(name),
        }
    }
}

impl From<draft::Spot> for Spot {
    fn from(spot: draft::Spot) -> Self {
        match spot {
            draft::Spot::Last(index) => Self::Last(index),
            draft::Spot::New(name) => Self::New(name),
        }
    }
}
