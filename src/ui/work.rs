//! The document that is open in the window, and where the user is in it.

use crate::form::FieldPath;
use crate::ui::state::view::View;
use crate::workspace::open_document::OpenDocument;

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
    /// Goes to a cell of the form, from wherever the user is.
    pub fn go_to(&mut self, path: &FieldPath) {
        self.view.inspection = None;
        self.view.go_to(self.document.session.form(), path);
    }
}
