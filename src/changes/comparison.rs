//! A draft beside the publication it revises: compared once, for the change table, the 新旧対照表 and the checks alike.

use std::sync::Arc;

use crate::changes::compare::compared;
use crate::changes::contrast::Contrast;
use crate::changes::overview::{self, Overview};
use crate::draft::{Document, State};
use crate::form::Form;

/// A draft beside the publication it revises.
#[derive(Clone, Debug)]
pub struct BaseComparison {
    /// The change table at a glance.
    pub overview: Overview,
    /// Both versions beside each other, as printed.
    pub contrast: Arc<Contrast>,
}

impl BaseComparison {
    /// Compares `now` with the publication before.
    pub fn of(form: &Form, last: &Document, now: &State) -> Self {
        let (differences, pairs) = compared(form, last, &now.document);
        let overview = overview::of_differences(form, last, now, &differences, &pairs);
        let contrast = Contrast::of_differences(form, last, &now.document, differences, pairs, &overview.unlisted);
        Self { overview, contrast: Arc::new(contrast) }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::changes::{Reach, overview};
    use crate::draft::{Answer, Edit, format};
    use crate::form::{FieldPath, shipped};

    #[test]
    fn what_is_compared_once_is_what_each_would_find_alone() {
        let last = format::read(include_bytes!("../../samples/aomine-juminzei.ron")).unwrap().draft;
        let mut now = last.clone();
        let answer = Some(Answer::Text("別の名称".to_owned()));
        now.apply(Edit::Answer { at: FieldPath::document("cover.name"), answer }).unwrap();
        now.apply(Edit::MoveFile { from: 1, to: 0 }).unwrap();
        let form = shipped::find(&now.state.document.form, &now.state.document.edition).unwrap();
        let once = BaseComparison::of(form, &last.state.document, &now.state);
        assert_eq!(once.overview, overview(form, &last.state.document, &now.state));
        let alone = Contrast::of(form, &last, &now, Reach::Paper);
        assert_eq!(format!("{:?}", once.contrast), format!("{:?}", Arc::new(alone)));
        assert!(once.contrast.blocks.iter().any(|block| block.is_unlisted));
    }
}
