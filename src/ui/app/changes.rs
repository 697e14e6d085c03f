//! The change table: the way to it, and the publication a draft is compared with.

use std::sync::Arc;
use std::time::Duration;

use egui::Context;

use super::App;
use crate::changes::About;
use crate::draft::{Base, Edit};
use crate::form::FieldPath;
use crate::ui::dialogs::Dialog;
use crate::ui::dialogs::compare::Compare;
use crate::ui::state::view::SectionPage;
use crate::ui::work::Work;

/// Goes to the change table: to the row that tells of the cell in focus, where there is one.
pub(super) fn show(work: &mut Work) {
    let form = work.document.session.form();
    let Some((table, _)) = form.change_table() else { return };
    work.view.inspection = None;
    let current = work.view.current.clone();
    let about = work.document.session.overview().zip(current).and_then(|(overview, path)| overview.about(form, &path));
    let row = match about {
        Some(About::Row(row)) => Some(row),
        _ => None,
    };
    match (row, form.section_of(&table.id)) {
        (Some(row), _) => work.view.go_to(form, &FieldPath::document(&table.id).entry(row)),
        (None, Some(section)) => work.view.turn_to(SectionPage { section: section.id.clone(), file: None }),
        (None, None) => {}
    }
}

impl App {
    /// Asks for the publication to compare with.
    pub(super) fn ask_for_base(&mut self) {
        if let Some(work) = &self.work {
            let compare =
                Compare::new(work.document.session.form(), &work.document.session.draft().state, self.waker());
            self.dialog = Some(Dialog::Compare(Box::new(compare)));
        }
    }

    /// Compares with that publication from now on.
    pub(super) fn compare_with(&mut self, ctx: &Context, base: Arc<Base>) {
        let now = Duration::from_secs_f64(ctx.input(|input| input.time).max(0.0));
        if let Some(work) = &mut self.work {
            work.document.apply(Edit::Base(Some(base)), now);
            show(work);
        }
    }
}
