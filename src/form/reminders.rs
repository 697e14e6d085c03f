//! What no check can see in a document, told before it is submitted; read from `assets/rules/reminders.ron`.

use std::sync::OnceLock;

use serde::Deserialize;

use super::read::{self, DataError, DataSource};
use super::{Certainty, Form};

const TEXT: &str = include_str!("../../assets/rules/reminders.ron");

/// Something to see to before a document is submitted.
#[derive(Clone, Debug, Deserialize)]
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
}
