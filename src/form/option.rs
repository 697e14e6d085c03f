//! What an item offers: options, boxes and columns, and how they are printed.

use serde::{Deserialize, Serialize};

use super::{Kind, Phase};

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceOption {
    /// Number of the option, from 1.
    pub n: u32,
    /// Exact printed wording.
    pub label: String,
    /// What a bracket option covers: from (included) and below (excluded; `None` = no upper end).
    #[serde(default)]
    pub range: Option<(u64, Option<u64>)>,
}

/// How a choice is printed.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ChoicePrint {
    /// Where the option list stands.
    pub list: ListPlace,
    /// Option numbers by printed row.
    pub grid: Vec<Vec<u32>>,
    /// Text before an option with the number 1 in it: `1） ` or `1) `.
    pub marker: String,
    /// Whether the number stands before the answer in the bracket too.
    #[serde(default)]
    pub number_in_bracket: bool,
    /// Where the arrangement was read.
    #[serde(default)]
    pub basis: Option<String>,
}

/// Where the option list of a choice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ListPlace {
    /// Right of the bracket.
    Right,
    /// Below the bracket.
    Below,
}

/// Boxes that stand together.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct BoxGroup {
    /// A line above the boxes, e.g. ・識別情報; empty where none is printed.
    #[serde(default)]
    pub label: String,
    /// The boxes.
    pub options: Vec<BoxOption>,
    /// Keys by printed row.
    pub grid: Vec<Vec<String>>,
    /// Where the arrangement was read.
    #[serde(default)]
    pub basis: Option<String>,
}

/// One box of a checks item.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct BoxOption {
    /// Stable key.
    pub key: String,
    /// Exact printed wording.
    pub label: String,
    /// `Some((open, close))` where a （　　） to be filled follows the label.
    #[serde(default)]
    pub free_text: Option<(String, String)>,
    /// `Some((before, after))` where a （　　）　件 follows the label.
    #[serde(default)]
    pub count: Option<(String, String)>,
    /// The repeat whose entries are counted for it.
    #[serde(default)]
    pub count_of: Option<String>,
}

/// One column of the change table.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Stable id.
    pub id: String,
    /// Exact printed head.
    pub label: String,
    /// What the column takes.
    pub kind: Kind,
    /// Whether a cell must be filled.
    #[serde(default)]
    pub required: bool,
    /// From which stage on.
    #[serde(default)]
    pub phase: Phase,
    /// Column width in em of body size, padding included.
    pub width_em: f32,
}
