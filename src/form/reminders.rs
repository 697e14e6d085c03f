//! What no check can see in a document, told before it is submitted; read from `assets/rules/reminders.ron`.

use std::sync::OnceLock;

use serde::Deserialize;

use super::read::{self, DataError, DataSource};
use super::{Certainty, Form};

const TEXT: &str = include_str!("../../assets/rules/reminders.ron");

/// Something to see to before a document is submitted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reminder {
    /// What to see to.
    pub text: String,
    /// How sure it is.
    pub certainty: Certainty,
    /// Where it comes from.
    pub source: String,
    /// The only forms it is for; empty = all.
    pub forms: Vec<String>,
}

/// The reminders for a form.
pub fn reminders(form: &Form) -> Result<impl Iterator<Item = &'static Reminder>, DataError> {
    static ALL: OnceLock<Result<Vec<Reminder>, DataError>> = OnceLock::new();
    let read = || read::ron(DataSource { file: "rules/reminders.ron", text: TEXT });
    let all = ALL.get_or_init(read).as_ref().map_err(Clone::clone)?;
    let id = form.id.clone();
    Ok(all.iter().filter(move |reminder| reminder.forms.is_empty() || reminder.forms.contains(&id)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::form::shipped;

    #[test]
    fn every_form_has_its_own() {
        let texts = |form: &str| -> Vec<&str> {
            let form = shipped::newest_with_mark(form).unwrap();
            reminders(form).unwrap().map(|reminder| reminder.text.as_str()).collect()
        };
        let hearing = |text: &&str| text.contains("第三者点検");
        assert!(texts("youshiki4").iter().any(hearing));
        assert!(!texts("youshiki3").iter().any(hearing));
        assert!(texts("youshiki2").len() < texts("youshiki3").len());
    }

    #[test]
    fn no_form_is_told_by_the_explanations_of_another() {
        for (form, other) in [("youshiki2", "様式4"), ("youshiki3", "様式4")] {
            let form = shipped::newest_with_mark(form).unwrap();
            let cites = |reminder: &Reminder| reminder.source.contains("記載要領") && reminder.source.contains(other);
            assert_eq!(reminders(form).unwrap().find(|reminder| cites(reminder)), None);
        }
    }
}
