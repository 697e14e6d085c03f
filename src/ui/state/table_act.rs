//! What a press asks of the change table: found by comparing the whole document, so on a thread and not in a frame.

use std::fmt;

use crate::draft::{Document, Draft, Edit, State};
use crate::form::Form;

/// How the edits of an act are found: form, publication before, draft as it is now.
type Find = Box<dyn FnOnce(&Form, &Document, &State) -> Vec<Edit> + Send>;

/// One act on the change table.
pub struct TableAct {
    name: &'static str,
    find: Find,
}

impl TableAct {
    /// An act with that name in 元に戻す.
    pub fn new(name: &'static str, find: impl FnOnce(&Form, &Document, &State) -> Vec<Edit> + Send + 'static) -> Self {
        Self { name, find: Box::new(find) }
    }

    /// Its edits as one step; none where nothing is to be done.
    pub fn edit(self, form: &Form, draft: &Draft) -> Option<Edit> {
        let base = draft.base.as_ref()?;
        let edits = (self.find)(form, &base.state.document, &draft.state);
        (!edits.is_empty()).then_some(Edit::Act { name: self.name, edits })
    }
}

impl fmt::Debug for TableAct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TableAct").field("name", &self.name).finish_non_exhaustive()
    }
}
