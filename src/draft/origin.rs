//! What a document said when it was handed to a colleague: what the colleague changed is told from it later.

use std::sync::Arc;

use super::{Draft, State};

/// The state in which a document was handed over; never edited, printed, checked or searched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The document as it was then, without the publication before it: that one is the same.
    pub state: State,
    /// Who handed it over.
    pub from: String,
    /// To whom.
    pub to: String,
    /// The day, `2026-04-01`, where it is known.
    pub on: Option<String>,
}

impl Draft {
    /// The copy that is given to a colleague.
    ///
    /// It is the same document, with the same id. What was handed over itself keeps the state of that time, so that it can still go back to where it came from.
    pub fn handed_over(&self, from: &str, to: &str, on: Option<String>) -> Draft {
        let state = self.origin.as_ref().map_or(&self.state, |origin| &origin.state).clone();
        let origin = Origin { state, from: from.to_owned(), to: to.to_owned(), on };
        Draft { origin: Some(Arc::new(origin)), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Document;

    #[test]
    fn what_is_handed_on_keeps_its_first_state() {
        let draft = Draft::from(Document { form: "youshiki3".to_owned(), ..Document::default() });
        let mut copy = draft.handed_over("山田", "佐藤", Some("2026-11-21".to_owned()));
        assert_eq!(copy.origin.as_ref().map(|origin| &origin.state), Some(&draft.state));
        copy.state.document.edition = "r6-10".to_owned();
        let next = copy.handed_over("佐藤", "鈴木", None);
        let origin = next.origin.unwrap_or_default();
        assert_eq!((&origin.state, origin.to.as_str()), (&draft.state, "鈴木"));
    }
}
