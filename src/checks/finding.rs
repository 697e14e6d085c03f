//! One finding: what is missing or wrong, where, how serious it is and what to do.

use crate::draft::{Date, Waiver};
use crate::form::{Certainty, FieldPath, Severity};

/// What the checks are told besides the draft.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The day of the check; rules about today are silent without it.
    pub today: Option<Date>,
}

/// Something missing or wrong in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Id of the rule, e.g. `XC-N4`.
    pub rule: String,
    /// How serious it is at the stage of the document.
    pub severity: Severity,
    /// Whether the document cannot be submitted with it: an error, or something missing that must be there.
    pub stops: bool,
    /// How sure the rule is.
    pub certainty: Certainty,
    /// What the rule rests on.
    pub source: String,
    /// The answer to jump to.
    pub path: FieldPath,
    /// The place as printed, e.g. 「Ⅱ4 委託事項2 ③委託先名」.
    pub place: String,
    /// What is missing or wrong, and what to do.
    pub message: String,
    /// What of the document was filled into the message.
    pub words: Vec<String>,
    /// What to do, where the message does not already say it; may be empty.
    pub advice: String,
    /// The author's reason why it may stay; such a finding stays in the list.
    pub waived: Option<String>,
    /// What was set aside before the finding said something else.
    pub former: Option<Waiver>,
    /// What stands at the answer, shortened; empty where nothing does.
    pub says: String,
    /// The other answers it speaks of: the other side of a contradiction.
    pub others: Vec<OtherSide>,
    /// What would put it right, where the program can do that.
    pub remedy: Option<Remedy>,
    /// The findings it stands for, where it unfolds; empty for one that stands for itself.
    pub parts: Vec<Finding>,
}

/// An answer that a finding speaks of besides its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherSide {
    /// Where it stands.
    pub path: FieldPath,
    /// The place as printed.
    pub place: String,
    /// What it says, shortened; empty where nothing is written.
    pub says: String,
}

/// What would put a finding right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// What it does, for a button.
    pub name: String,
    /// The text cells it sets, each with its new text.
    pub cells: Vec<(FieldPath, String)>,
}

impl Finding {
    /// The answers it speaks of: its own, and the other sides of a contradiction.
    pub fn paths(&self) -> impl Iterator<Item = &FieldPath> {
        std::iter::once(&self.path).chain(self.others.iter().map(|other| &other.path))
    }

    /// How many cells it is about.
    pub fn n_cells(&self) -> usize {
        self.parts.len().max(1)
    }
}
