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
use crate::ui::panels::previous::PUT_BACK;
use crate::ui::state::comparing::with_rows;
use crate::ui::work::Work;

/// Said while what follows for the rows is looked for.
const LOOKING: &str = "変更箇所との関係を調べています";

/// Goes to the change table: to the row that tells of the cell in focus, else to what is to be done next there.
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
    let table = FieldPath::document(&table.id);
    work.view.go_to(form, &row.map_or_else(|| table.clone(), |row| table.clone().entry(row)));
}

/// Goes there and has every change that no row tells of written into the table.
pub(super) fn write_rows(work: &mut Work) {
    let form = work.document.session.form();
    let Some((table, _)) = form.change_table() else { return };
    work.view.inspection = None;
    work.view.go_to(form, &FieldPath::document(&table.id));
    // The act is done by the bar, which stands beside the rows alone.
    work.view.changes.pane = false;
    work.view.changes.writes = true;
}

impl App {
    /// Asks for the publication to compare with.
    pub(super) fn ask_for_base(&mut self) {
        if let Some(work) = &self.work {
            let session = &work.document.session;
            let compare = Compare::new(session.form(), &session.draft().state, &self.environment);
            self.dialog = Some(Dialog::Compare(Box::new(compare)));
        }
    }

    /// Does what was pressed in the change table or beside a cell, once it is found on a thread.
    pub(super) fn act_on_table(&mut self) {
        let Some(work) = &mut self.work else { return };
        let (form, draft) = (work.document.session.form(), work.document.session.draft());
        if let Some(act) = work.view.table_act.take() {
            let draft = draft.clone();
            let find = move || act.edit(form, &draft);
            self.send(LOOKING, find, |app, edit| app.apply(edit.into_iter().collect(), app.now));
        } else if let Some(edit) = work.view.put_back.take() {
            self.with_rows(PUT_BACK, edit, |app, edit, _| app.apply(vec![edit], app.now));
        }
    }

    /// Goes on with an edit that puts something back and what follows for the rows of the change table; and what that
    /// was, in words.
    pub(super) fn with_rows(
        &mut self,
        name: &'static str,
        edit: Edit,
        land: impl FnOnce(&mut Self, Edit, &'static str) + Send + 'static,
    ) {
        let Some(work) = &self.work else { return };
        let (form, draft) = (work.document.session.form(), work.document.session.draft().clone());
        let find = move || with_rows(form, &draft, name, edit);
        self.send(LOOKING, find, |app, (edit, words)| land(app, edit, words));
    }

    /// Compares with that publication from now on.
    pub(super) fn compare_with(&mut self, ctx: &Context, base: Arc<Base>) {
        let now = Duration::from_secs_f64(ctx.input(|input| input.time).max(0.0));
        if let Some(work) = &mut self.work {
            work.apply(Edit::Base(Some(base)), now);
            show(work);
        }
    }
}
