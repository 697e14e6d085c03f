//! Two people's work on one document brought together: what was common, mine and theirs → one list of what differs,
//! and the document that comes of what is chosen.
//! Pure: the same drafts and choices always give the same document.
//! Never: changes a draft (it returns an `Edit`), chooses where both wrote something else, drops what either wrote
//! without listing it.
//! Start with [`Merge`], then `walk.rs`; `align.rs` says which entry is which, `lines.rs` joins two texts.
//!
//! What only one of the two changed is taken; what both changed alike is no question; what both changed differently
//! must be chosen. Without a common state everything that differs must be chosen. Remarks of colleagues, and
//! texts that found no place, are never asked about: all of them are kept. Entries, files and change rows are known by what they say, not by their number.

mod align;
mod both;
mod boxes;
mod comments;
mod figures;
mod item;
mod lines;
mod list;
mod rows;
mod unplaced;
mod walk;
mod words;

use std::collections::BTreeMap;

use crate::draft::{self, Draft, Edit, State};
use crate::form::Form;

pub use both::tidied;
pub use item::{Changed, Combined, MergeChoice, MergeItem};
pub use lines::combine;

/// What was chosen, by [`MergeItem::id`].
pub type Choices = BTreeMap<usize, MergeChoice>;

/// Three states of one document.
#[derive(Clone, Copy)]
pub struct Merge<'a> {
    form: &'a Form,
    base: Option<&'a State>,
    mine: &'a Draft,
    theirs: &'a Draft,
}

impl<'a> Merge<'a> {
    /// The states of a document: last common one (where it is known), mine, theirs. `form` is that of mine.
    ///
    /// `None` where they are not of the same form.
    pub fn new(form: &'a Form, base: Option<&'a State>, mine: &'a Draft, theirs: &'a Draft) -> Option<Self> {
        let same = |state: &State| state.document.form == mine.state.document.form;
        (same(&theirs.state)).then_some(Self { form, base: base.filter(|base| same(base)), mine, theirs })
    }

    /// Everything that either changed, in the order of the paper.
    pub fn items(&self) -> Vec<MergeItem> {
        let mut items = walk::walk(self, &Choices::new()).1;
        items.sort_by_key(|item| words::rank(self.form, item));
        items
    }

    /// The document that comes of the choices; where none was made, one-sided changes are taken, and mine stays
    /// where both changed.
    pub fn result(&self, choices: &Choices) -> Draft {
        let mut merged = walk::walk(self, choices).0;
        if choices.values().any(|choice| *choice == MergeChoice::Both) {
            both::mark_both(&mut merged, &self.items(), choices);
        }
        merged
    }

    /// The one edit that makes mine that document.
    pub fn edit(&self, choices: &Choices) -> Edit {
        draft::restored(&self.result(choices), self.mine)
    }

    /// Whether the two compare with different publications; mine is kept then.
    pub fn has_other_publication(&self) -> bool {
        self.mine.base != self.theirs.base
    }
}
