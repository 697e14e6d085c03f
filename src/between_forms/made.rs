//! A new draft of another form out of a document, as much of it as the two forms have in common: all of it between 様式３ and
//! 様式４, the shared facts between 様式２ and those.

use super::convert::convert;
use super::fill::filled;
use super::shared::{BASIC, OfForm};
use crate::draft::Draft;
use crate::form::{Crossing, Form, shipped};

/// The forms that a document of a form can be made into: those that take all of it first, then those that take the
/// shared facts alone.
pub fn targets(from: &str) -> Vec<&'static str> {
    let mut targets = Crossing::targets(from);
    for edition in shipped::editions().unwrap_or_default() {
        let shares = (edition.form == BASIC) != (from == BASIC);
        let form = shipped::find(&edition.form, &edition.revision).ok().map(|form| &*form.id);
        if let Some(form) = form.filter(|form| shares && !targets.contains(form)) {
            targets.push(form);
        }
    }
    targets
}

/// The new draft and its receipt in Japanese; `None` where the two forms have nothing in common. The document stays as
/// it is.
pub fn made(draft: &Draft, from: &Form, to: &Form) -> Option<(Draft, String)> {
    if let Some(converted) = convert(draft, from, to) {
        return Some((converted.draft, converted.receipt.to_string()));
    }
    let filled = filled(OfForm { form: from, document: &draft.state.document }, to)?;
    let receipt = filled.to_string();
    Some((Draft::from(filled.document), receipt))
}
