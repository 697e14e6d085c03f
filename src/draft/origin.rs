//! What a document said when it was handed to a colleague: what the colleague changed is told from it later.

use serde::{Deserialize, Serialize};

use super::Draft;
use super::base::{frozen, frozen_copy};

/// The state in which a document was handed over; never edited, printed, checked or searched.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// The document as it was then, without the publication before it: that one is the same.
    #[serde(deserialize_with = "frozen")]
    pub draft: Draft,
    /// Who handed it over.
    #[serde(default)]
    pub from: String,
    /// To whom.
    #[serde(default)]
    pub to: String,
    /// The day, `2026-04-01`, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
}

impl Draft {
    /// The copy that is given to a colleague.
    ///
    /// What was handed over itself keeps the state of that time, so that it can still go back to where it came from.
    pub fn handed_over(&self, from: &str, to: &str, on: Option<String>) -> Draft {
        let first = self.origin.as_ref().map_or_else(|| frozen_copy(self), |origin| origin.draft.clone());
        let origin = Origin { draft: first, from: from.to_owned(), to: to.to_owned(), on };
        Draft { origin: Some(Box::new(origin)), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_handed_on_keeps_its_first_state() {
        let draft = Draft { form: "youshiki3".to_owned(), ..Draft::default() };
        let mut copy = draft.handed_over("山田", "佐藤", Some("2026-11-21".to_owned()));
        assert_eq!(copy.origin.as_ref().map(|origin| &origin.draft), Some(&draft));
        copy.revision = "r6-10".to_owned();
        let next = copy.handed_over("佐藤", "鈴木", None);
        let origin = next.origin.unwrap_or_default();
        assert_eq!((&origin.draft, origin.to.as_str()), (&draft, "鈴木"));
    }
}
