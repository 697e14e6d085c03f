//! The last stage of a document: nothing becomes 提出・公表 by mistake while something stands against it.

use super::App;
use crate::checks;
use crate::draft::{Edit, Stage};
use crate::ui::dialogs::Dialog;
use crate::ui::dialogs::not_ready::NotReady;

impl App {
    /// Whether an edit waits for its user to say that it is meant: it makes a document final that is not ready.
    pub(super) fn asks_about_stage(&mut self, edit: &Edit) -> bool {
        let (Edit::Stage(Stage::Final), Some(work)) = (edit, &self.work) else { return false };
        let findings = work.document.session.findings();
        let open = findings.iter().filter(|finding| checks::stands_against(Stage::Final, finding));
        let dialog = NotReady::new(open, checks::open_errors(Stage::Final, findings));
        let waits = dialog.is_some();
        self.dialog = dialog.map(Dialog::NotReady).or(self.dialog.take());
        waits
    }

    /// Makes the document final all the same.
    pub(super) fn make_final(&mut self) {
        let edit = Edit::Stage(Stage::Final);
        self.keep_published(&edit);
        if let Some(work) = &mut self.work {
            work.apply(edit, self.now);
        }
    }
}
