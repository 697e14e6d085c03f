//! The draft: what the author has written, finished or not, of any form.
//! Holds answers, files, change rows, internal notes, remarks of colleagues and waivers; every change goes through an [`Edit`].
//! Never: reads a clock, touches the disk, drops an answer it does not know.
//! Start with [`Draft`], then `edit.rs`.

mod answer;
mod base;
mod comment;
mod date;
mod edit;
mod edit_name;
mod foreign;
pub mod format;
mod former;
mod history;
pub(crate) mod line_ends;
mod link;
mod origin;
mod place;
mod restore;
mod scope;

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

pub use answer::{Answer, Boxes, Figure, is_blank};
pub use base::Base;
pub use comment::Comment;
pub use date::{Date, Span};
pub use edit::{Edit, EditError};
pub use foreign::plain_text;
pub use former::former_rows;
pub use history::History;
pub use link::{ChangeLink, ChangeStyle, Decision, Extent, ItemStyle, Questions, Spot, Stale, Target};
pub use origin::Origin;
pub use restore::restored;
pub use scope::Scope;

use crate::form::FileOrder;

/// One document in the making.
///
/// Strings hold every character as typed; the only thing normalised is the line end (`\n`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Id of the form, e.g. `youshiki3`.
    pub form: String,
    /// Id of the edition, e.g. `r6-10`.
    pub revision: String,
    /// How far the document is.
    #[serde(default)]
    pub stage: Stage,
    /// Printing order of the per-file sections; `None` = as the form says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_order: Option<FileOrder>,
    /// Answers of the sections that stand once.
    #[serde(default)]
    pub document: Part,
    /// The 特定個人情報ファイル in printed order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FilePart>,
    /// The change table in printed order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ChangeRow>,
    /// The publication this draft revises, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Box<Base>>,
    /// How proposed rows of the change table are worded.
    #[serde(default)]
    pub change_style: ChangeStyle,
    /// What of a 再実施 is done: ids of its steps in `assets/rules/timing.ron`.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub again: BTreeSet<String>,
    /// The state in which this copy was handed over, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Box<Origin>>,
}

/// How far a document is; it decides how serious a missing answer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 作成中: being written.
    #[default]
    Writing,
    /// 意見聴取案: the draft shown to residents or to the board.
    Hearing,
    /// 提出・公表: to be submitted and published.
    Final,
}

impl Stage {
    /// All stages in order.
    pub const ALL: [Stage; 3] = [Stage::Writing, Stage::Hearing, Stage::Final];

    /// The Japanese name, as on screen and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Writing => "作成中",
            Stage::Hearing => "意見聴取案",
            Stage::Final => "提出・公表",
        }
    }
}

/// Answers that stand together: of the document, of one file, or of one entry of a repeat.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Item id → answer; also of items the form does not have (kept, never printed, reported).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "format::unique")]
    pub answers: BTreeMap<String, Answer>,
    /// Item id → the author's internal note; never printed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "format::unique")]
    pub notes: BTreeMap<String, String>,
    /// Item id → what colleagues remarked; never printed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "format::unique")]
    pub comments: BTreeMap<String, Vec<Comment>>,
    /// Findings set aside with a reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waivers: Vec<Waiver>,
}

/// One 特定個人情報ファイル: its name and the answers of the sections that stand once per file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FilePart {
    /// Name of the file.
    #[serde(default)]
    pub name: String,
    /// Its answers.
    #[serde(default)]
    pub part: Part,
}

/// One row of the change table, in the columns of the form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ChangeRow {
    /// 変更日 as written.
    #[serde(default)]
    pub date: String,
    /// 項目.
    #[serde(default)]
    pub item: String,
    /// 変更前の記載.
    #[serde(default)]
    pub before: String,
    /// 変更後の記載.
    #[serde(default)]
    pub after: String,
    /// 提出時期: 事前, 事後 or what the author wrote; empty when open.
    #[serde(default)]
    pub timing: String,
    /// 提出時期に係る説明.
    #[serde(default)]
    pub reason: String,
    /// The author's internal note; never printed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What colleagues remarked; never printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<Comment>,
    /// Findings set aside with a reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waivers: Vec<Waiver>,
    /// The difference the row tells of; `None` for a row of a former year or one written by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Box<ChangeLink>>,
}

impl ChangeRow {
    /// The columns, by the last part of their ids.
    pub const COLUMNS: [&str; 6] = ["date", "item", "before", "after", "timing", "reason"];

    /// The text of a column by its id in the form, e.g. `changes.rows.before`.
    pub fn column(&self, id: &str) -> Option<&str> {
        Some(match id.rsplit('.').next()? {
            "date" => &self.date,
            "item" => &self.item,
            "before" => &self.before,
            "after" => &self.after,
            "timing" => &self.timing,
            "reason" => &self.reason,
            _ => return None,
        })
    }

    /// Whether both print the same.
    pub fn prints_as(&self, other: &Self) -> bool {
        Self::COLUMNS.iter().all(|column| self.column(column) == other.column(column))
    }

    /// The text of a column by its id in the form, to be changed.
    pub(crate) fn column_mut(&mut self, id: &str) -> Option<&mut String> {
        Some(match id.rsplit('.').next()? {
            "date" => &mut self.date,
            "item" => &mut self.item,
            "before" => &mut self.before,
            "after" => &mut self.after,
            "timing" => &mut self.timing,
            "reason" => &mut self.reason,
            _ => return None,
        })
    }
}

/// A finding set aside by the author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// Rule id, e.g. `XC-F11`.
    pub rule: String,
    /// The item (or column) the finding points at.
    pub item: String,
    /// What the finding said; empty in older drafts, where whatever the rule says of the item is set aside.
    #[serde(default)]
    pub what: String,
    /// Why it may stay.
    pub reason: String,
}
