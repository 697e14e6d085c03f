//! The document that is open in the window, and where the user is in it.

use std::time::Duration;

use crate::draft::{Edit, EditError, Scope, visible};
use crate::form::FieldPath;
use crate::ui::state::follow::renumberings;
use crate::ui::state::view::View;
use crate::workspace::open_document::OpenDocument;

/// One step along the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UndoStep {
    /// Takes back.
    Back,
    /// Makes again.
    Again,
}

/// The document that is open in the window.
pub struct Work {
    /// The document: the work on it, its file, how saving stands.
    pub document: OpenDocument,
    /// Where the user is in it.
    pub view: View,
}

impl From<OpenDocument> for Work {
    /// Begins on the first page.
    fn from(document: OpenDocument) -> Self {
        let view = View::new(document.session.form());
        Self { document, view }
    }
}

impl Work {
    /// What the document calls itself; empty where it says nothing yet.
    pub fn name(&self) -> String {
        let session = &self.document.session;
        let scope = Scope::document(session.form(), session.document());
        visible(scope.text(&session.form().key_items.name).trim()).into_owned()
    }

    /// Makes one change, or tells why not; whether it was made.
    pub fn apply(&mut self, edit: Edit, now: Duration) -> bool {
        let changes = renumberings(&edit);
        let is_made = self.document.apply(edit, now);
        if is_made {
            self.view.follow(self.document.session.form(), &changes);
        }
        self.view.added = None;
        is_made
    }

    /// Takes the last step back, or makes it again; `false` when there is none.
    pub fn step(&mut self, step: UndoStep, now: Duration) -> Result<bool, EditError> {
        let session = &mut self.document.session;
        let edit = match step {
            UndoStep::Back => session.undo_edit(),
            UndoStep::Again => session.redo_edit(),
        };
        let changes = edit.map(renumberings).unwrap_or_default();
        let is_made = match step {
            UndoStep::Back => session.undo(now)?,
            UndoStep::Again => session.redo(now)?,
        };
        self.view.follow(session.form(), &changes);
        Ok(is_made)
    }

    /// Goes to a cell of the form, from wherever the user is.
    pub fn go_to(&mut self, path: &FieldPath) {
        self.view.inspection = None;
        self.view.go_to(self.document.session.form(), path);
    }
}
