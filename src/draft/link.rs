//! What ties a change row to the difference it tells of, and how the change table is to be worded.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::format;

/// What a change row tells of, and what was proposed for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeLink {
    /// 公表日 of the version compared with, as written: a link to an older version says nothing any more.
    #[serde(default)]
    pub since: String,
    /// The differences the row tells of; several where one row lists the same change of several items.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// Whether the author joined or split these differences: no update groups them otherwise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub regrouped: bool,
    /// Column (`item`, `after` and so on) → fingerprint of the text proposed for it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "format::unique")]
    pub proposed: BTreeMap<String, String>,
    /// Set when the author's own words no longer agree with the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stale: Option<Stale>,
    /// The author's answers to the two questions.
    #[serde(default, skip_serializing_if = "Questions::is_open")]
    pub answers: Questions,
    /// Whether the change is a 重要な変更, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
}

/// One difference, named so that it stays the same when files and entries change places.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Target {
    /// Id of the item; of the repeat for a whole entry, `files` for a whole file.
    pub item: String,
    /// The file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Spot>,
    /// The entry of the repeat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<Spot>,
}

/// A file or an entry of a repeat.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    /// Its index in the version compared with, which never changes.
    Last(u32),
    /// The name of one that is new.
    New(String),
}

/// How a row that the author has worded fails to agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stale {
    /// The document was changed again after the author worded the row.
    Changed,
    /// The document says again what the version before said.
    Gone,
}

/// The two plain questions about a change to a ※ item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Questions {
    /// 実際の取扱い(業務・システム・委託・対策)は変わりますか.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub practice_changes: Option<bool>,
    /// その変更でリスクは明らかに小さくなるだけですか.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_reduces_risk: Option<bool>,
}

impl Questions {
    /// Whether the answers make it a 重要な変更; `None` while they are open.
    pub fn lead_to(&self) -> Option<bool> {
        match (self.practice_changes?, self.only_reduces_risk) {
            (false, _) => Some(false),
            (true, only_reduces_risk) => only_reduces_risk.map(|only| !only),
        }
    }

    fn is_open(&self) -> bool {
        *self == Self::default()
    }
}

/// A decision and what it rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Whether it is a 重要な変更; otherwise a 修正.
    pub important: bool,
    /// Id of the ground in `assets/rules/timing.ron`.
    #[serde(default)]
    pub ground: String,
    /// Id of the template the explanation was made from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub template: String,
}

/// How the rows of the change table are worded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeStyle {
    /// 項目.
    #[serde(default)]
    pub item: ItemStyle,
    /// 変更前の記載 and 変更後の記載.
    #[serde(default)]
    pub extent: Extent,
    /// Whether the same change of words in several items makes one row.
    #[serde(default)]
    pub together: bool,
}

/// How 項目 names an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemStyle {
    /// Ⅱ２③　対象となる本人の範囲.
    #[default]
    Short,
    /// With the full titles of section and heading.
    Full,
}

/// How much of a long cell is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// Long unchanged parts are （略）.
    #[default]
    Changed,
    /// The whole cell.
    Whole,
}
