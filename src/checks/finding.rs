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
    /// What to do, where the message does not already say it; may be empty.
    pub advice: String,
    /// The author's reason why it may stay; such a finding stays in the list.
    pub waived: Option<String>,
    /// What was set aside before the finding said something else.
    pub former: Option<Waiver>,
}
