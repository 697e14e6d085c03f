//! One thing that differs, and what can be chosen for it.

use crate::form::FieldPath;

/// Who changed it since the common state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Changed {
    /// Both, each in another way: one must choose.
    Both,
    /// Only they.
    Theirs,
    /// Only I.
    Mine,
    /// Both in the same way.
    Alike,
}

/// What is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeChoice {
    /// What I have.
    Mine,
    /// What they have.
    Theirs,
    /// Both together.
    Both,
}

/// Both texts together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Combined {
    /// What it says then.
    pub text: String,
    /// Whether the two changed different lines, so that nothing stands there twice.
    pub is_clean: bool,
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeItem {
    /// Its number, under which a choice is given.
    pub id: usize,
    /// Where it stands in mine, else in theirs; `None` where it is no answer.
    pub at: Option<FieldPath>,
    /// The same in words.
    pub place: String,
    /// Who changed it.
    pub changed: Changed,
    /// What was common; `None` where it was not there, or nothing common is known.
    pub base: Option<String>,
    /// What I have; `None` where I have none.
    pub mine: Option<String>,
    /// What they have; `None` where they have none.
    pub theirs: Option<String>,
    /// Both together, where that makes sense.
    pub combined: Option<Combined>,
    /// Whether nothing is asked: all of it is kept, and `theirs` says what it is then.
    pub is_kept: bool,
}

impl MergeItem {
    /// What is taken unless something else is chosen; `None` where one must choose.
    pub fn usual(&self) -> Option<MergeChoice> {
        match self.changed {
            Changed::Both => None,
            Changed::Theirs => Some(MergeChoice::Theirs),
            Changed::Mine | Changed::Alike => Some(MergeChoice::Mine),
        }
    }
}
