//! A document and how far it is: what is kept of a publication, of a hand-over and of the present.

use std::collections::BTreeSet;

use super::{ChangeStyle, Document};

/// A document with what the author works by; nothing of it is printed but the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The document.
    pub document: Document,
    /// How far it is.
    pub stage: Stage,
    /// How proposed rows of the change table are worded.
    pub row_style: ChangeStyle,
    /// What of a 再実施 is done: ids of its steps in `assets/rules/timing.ron`.
    pub reassessment_steps: BTreeSet<String>,
}

impl From<Document> for State {
    /// A document just begun.
    fn from(document: Document) -> Self {
        Self { document, ..Self::default() }
    }
}

/// How far a document is; it decides how serious a missing answer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
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
