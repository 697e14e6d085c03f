//! What ties a change row to the difference it tells of, and how the change table is to be worded.

use std::collections::BTreeMap;

/// What a change row tells of, and what was proposed for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeLink {
    /// 公表日 of the version compared with, as written: a link to an older version says nothing any more.
    pub since: String,
    /// The differences the row tells of; several where one row lists the same change of several items.
    pub targets: Vec<Target>,
    /// Whether the author joined or split these differences: no update groups them otherwise.
    pub regrouped: bool,
    /// Column (`item`, `after` and so on) → fingerprint of the text proposed for it.
    pub proposed: BTreeMap<String, String>,
    /// Set when the author's own words no longer agree with the document.
    pub stale: Option<Stale>,
    /// The author's answers to the two questions.
    pub answers: Questions,
    /// Whether the change is a 重要な変更, and why.
    pub decision: Option<Decision>,
}

/// One difference, named so that it stays the same when files and entries change places.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// Id of the item; of the repeat for a whole entry, `files` for a whole file.
    pub item: String,
    /// The file.
    pub file: Option<Spot>,
    /// The entry of the repeat.
    pub entry: Option<Spot>,
}

/// A file or an entry of a repeat.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// Its index in the version compared with, which never changes.
    Last(u32),
    /// The name of one that is new.
    New(String),
}

/// How a row that the author has worded fails to agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stale {
    /// The document was changed again after the author worded the row.
    Changed,
    /// The document says again what the version before said.
    Gone,
}

/// The two plain questions about a change to a ※ item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Questions {
    /// 実際の取扱い(業務・システム・委託・対策)は変わりますか.
    pub practice_changes: Option<bool>,
    /// その変更でリスクは明らかに小さくなるだけですか.
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
}

/// A decision and what it rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// Whether it is a 重要な変更; otherwise a 修正.
    pub important: bool,
    /// Id of the ground in `assets/rules/timing.ron`.
    pub ground: String,
    /// Id of the template the explanation was made from.
    pub template: String,
}

/// How the rows of the change table are worded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChangeStyle {
    /// 項目.
    pub item: ItemStyle,
    /// 変更前の記載 and 変更後の記載.
    pub extent: Extent,
    /// Whether the same change of words in several items makes one row.
    pub together: bool,
}

/// How 項目 names an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ItemStyle {
    /// Ⅱ２③　対象となる本人の範囲.
    #[default]
    Short,
    /// With the full titles of section and heading.
    Full,
}

/// How much of a long cell is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// Long unchanged parts are （略）.
    #[default]
    Changed,
    /// The whole cell.
    Whole,
}
