//! What is known of the remarks of colleagues while one fills in a draft: where they are, and the one being written.
//! Nothing of it is saved; the remarks themselves stand in the draft.

use std::collections::BTreeMap;

use crate::draft::Comment;
use crate::form::{FieldPath, Form};
use crate::session::Session;

/// Remarks as the screens show them.
#[derive(Debug, Default)]
pub struct Remarks {
    /// The name under which this user writes.
    pub author: String,
    /// Whether the user has said that this is the name.
    pub is_named: bool,
    /// The name the user has just given, to be remembered.
    pub named: Option<String>,
    /// The name being changed.
    pub naming: Option<String>,
    /// What is being written, and where.
    pub text: String,
    /// The item at which it is written.
    pub at: Option<FieldPath>,
    /// The remark being reworded; by what it says, for its number at the item may change.
    pub rewording: Option<Comment>,
    begun: BTreeMap<FieldPath, BegunRemark>,
    /// A new remark that was begun before another one was taken up to be reworded.
    waiting: String,
    version: Option<u64>,
    open: BTreeMap<FieldPath, usize>,
}

/// What was begun at an item.
#[derive(Debug, Default)]
pub struct BegunRemark {
    /// The text so far.
    pub text: String,
    /// The remark it is to replace.
    pub rewording: Option<Comment>,
}

impl Remarks {
    /// Takes note of the remarks in the draft.
    pub fn look(&mut self, session: &Session) {
        if self.version == Some(session.version()) {
            return;
        }
        self.version = Some(session.version());
        let table = session.form().change_table().and_then(|(_, columns)| columns.first());
        let column = table.map(|column| column.id.as_str()).unwrap_or_default();
        self.open.clear();
        for (at, comment) in session.document().comments(column) {
            if !comment.done {
                *self.open.entry(at).or_default() += 1;
            }
        }
    }

    /// Remarks that are not settled yet, at one item.
    pub fn n_at(&self, path: &FieldPath) -> usize {
        self.open.get(path).copied().unwrap_or_default()
    }

    /// The same in a section, in one file where it stands once per file.
    pub fn n_in(&self, section: &str, file: Option<usize>) -> usize {
        let inside = |at: &FieldPath| at.file == file && at.item.split('.').next() == Some(section);
        self.open.iter().filter(|(at, _)| inside(at)).map(|(_, n)| n).sum()
    }

    /// The next item with such a remark in the order of the form; after the last comes the first.
    pub fn next(&self, form: &Form, current: Option<&FieldPath>) -> Option<FieldPath> {
        let rank = |at: &FieldPath| {
            let section = form.section_of(&at.item).map(|section| section.id.as_str());
            let section = form.assembly.order.iter().position(|id| Some(id.as_str()) == section);
            let order =
                if at.file.is_some() { form.assembly.order.iter().position(|id| id == "per_file") } else { section };
            (order, at.file, form.items().position(|item| item.id == at.item), at.entry)
        };
        let mut places: Vec<&FieldPath> = self.open.keys().collect();
        places.sort_by_key(|at| rank(at));
        let after = current.and_then(|current| places.iter().find(|at| rank(at) > rank(current)));
        after.or(places.first()).map(|at| (*at).clone())
    }

    /// Goes to another item; what was begun at the one before waits there.
    pub fn turn_to(&mut self, at: &FieldPath) {
        if self.at.as_ref() == Some(at) {
            return;
        }
        let begun = BegunRemark { text: std::mem::take(&mut self.text), rewording: self.rewording.take() };
        if let Some(before) = self.at.replace(at.clone()).filter(|_| !begun.text.is_empty()) {
            self.begun.insert(before, begun);
        }
        let BegunRemark { text, rewording } = self.begun.remove(at).unwrap_or_default();
        (self.text, self.rewording) = (text, rewording);
    }

    /// What was begun stays at its item when that has another place; with an item that is gone it goes.
    pub fn follow(&mut self, place: impl Fn(&FieldPath) -> Option<FieldPath>) {
        let begun = std::mem::take(&mut self.begun);
        self.begun = begun.into_iter().filter_map(|(at, begun)| Some((place(&at)?, begun))).collect();
        if let Some(at) = self.at.take() {
            self.at = place(&at);
            if self.at.is_none() {
                self.done();
                self.text.clear();
            }
        }
    }

    /// How many remarks were begun and are not finished.
    pub fn n_begun(&self) -> usize {
        let here = [&self.text, &self.waiting].into_iter().filter(|text| !text.trim().is_empty()).count();
        here + self.begun.values().filter(|begun| !begun.text.trim().is_empty()).count()
    }

    /// All of them, each with its item.
    pub fn take_begun(&mut self) -> Vec<(FieldPath, BegunRemark)> {
        let mut all: Vec<_> = std::mem::take(&mut self.begun).into_iter().collect();
        if let Some(at) = &self.at {
            let text = std::mem::take(&mut self.text);
            all.push((at.clone(), BegunRemark { text, rewording: self.rewording.take() }));
            all.push((at.clone(), BegunRemark { text: std::mem::take(&mut self.waiting), rewording: None }));
        }
        all.retain(|(_, begun)| !begun.text.trim().is_empty());
        all
    }

    /// Begins to reword a remark; a new one that was begun waits until that is done.
    pub fn reword(&mut self, comment: &Comment) {
        if self.rewording.is_none() {
            self.waiting = std::mem::take(&mut self.text);
        }
        self.text.clone_from(&comment.text);
        self.rewording = Some(comment.clone());
    }

    /// Ends writing or rewording; what waited comes back.
    pub fn done(&mut self) -> String {
        self.rewording = None;
        std::mem::replace(&mut self.text, std::mem::take(&mut self.waiting))
    }
}
