//! The draft: what the author has written, finished or not, of any form.
//! Three layers: a [`Document`] (what is printed, and what is noted at it), its [`State`] (the document, how far it is and
//! how the author works on it), and the [`Draft`] (the state, with the publication and the hand-over it comes from).
//! Every change goes through an [`Edit`].
//! Never: reads a clock, touches the disk, drops an answer it does not know.
//! Start with [`Draft`], then `document.rs` and `edit.rs`.

mod answer;
mod attached;
mod base;
mod by_item;
mod charts;
mod comment;
mod date;
mod document;
mod document_id;
mod edit;
mod edit_name;
mod edit_size;
mod ended;
mod foreign;
pub mod format;
mod former;
mod free_table;
mod history;
pub(crate) mod line_ends;
mod link;
mod origin;
mod picture;
mod pictures;
mod place;
mod restore;
mod scope;
mod state;
mod visible;
pub mod walk;

use std::sync::Arc;

use crate::form::Form;

pub use answer::{Answer, Boxes, Figure, is_blank};
pub use base::Base;
pub use by_item::ByItem;
pub use charts::renumber_arrow;
pub use comment::Comment;
pub use date::{Date, Span};
pub use document::{ChangeRow, Document, FilePart, Part, Unplaced, Waiver};
pub use document_id::DocumentId;
pub use edit::{Edit, EditError};
pub use ended::Ended;
pub use foreign::{as_value, plain_text};
pub use former::{former_rows, published_rows};
pub use free_table::FreeTable;
pub use history::History;
pub use link::{ChangeLink, ChangeStyle, Decision, Extent, ItemStyle, Questions, Spot, Stale, Target};
pub use origin::Origin;
pub use picture::{FigurePicture, KeptPicture, PictureBytes};
pub use restore::restored;
pub use scope::Scope;
pub use state::{Stage, State};
pub use visible::{visible, visible_name, visible_path};

/// One document in the making: its present state, and the states it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// What names the document, where it has been given a name: no edit changes it.
    pub id: Option<DocumentId>,
    /// The state the author works on.
    pub state: State,
    /// The publication this draft revises, where there is one.
    pub base: Option<Arc<Base>>,
    /// The state in which this copy was handed over, where it is one.
    pub origin: Option<Arc<Origin>>,
}

impl Draft {
    /// Which rows of the change table are published history.
    pub fn published_rows(&self, form: &Form) -> Vec<bool> {
        let last = self.base.as_ref().map(|base| base.state.document.rows.as_slice());
        let published_on = Scope::document(form, &self.state.document).text(&form.key_items.published_on);
        published_rows(last, &self.state.document.rows, Span::certain(&published_on).map(|span| span.first))
    }
}

impl From<State> for Draft {
    /// A draft that comes from nowhere.
    fn from(state: State) -> Self {
        Self { id: None, state, base: None, origin: None }
    }
}

impl From<Document> for Draft {
    /// A document just begun.
    fn from(document: Document) -> Self {
        Self::from(State::from(document))
    }
}
