//! What can be known of a document that is half filled, and what a condition may ask of it.

use crate::form::Pattern;

/// What is known about a condition on a half-filled document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// An answer it depends on is missing.
    Unknown,
}

impl Known {
    pub(super) fn of(holds: bool) -> Self {
        if holds { Known::Yes } else { Known::No }
    }

    pub(super) fn not(self) -> Self {
        match self {
            Known::Yes => Known::No,
            Known::No => Known::Yes,
            Known::Unknown => Known::Unknown,
        }
    }

    /// The other side is asked only where it still decides something.
    pub(super) fn and(self, other: impl FnOnce() -> Self) -> Self {
        match self {
            Known::No => Known::No,
            Known::Yes => other(),
            Known::Unknown if other() == Known::No => Known::No,
            Known::Unknown => Known::Unknown,
        }
    }

    /// The same of two of which one suffices.
    pub(super) fn or(self, other: impl FnOnce() -> Self) -> Self {
        self.not().and(|| other().not()).not()
    }
}

/// What a condition may ask of a document, seen from one place in it.
///
/// An id is looked for in the same entry, then in the same file, then in the document.
pub trait Facts {
    /// The answer as a number: option number, count, or `None` when unanswered.
    fn number(&self, id: &str) -> Option<i64>;
    /// The answer as text, with derived and pre-printed answers filled in; empty when unanswered.
    fn text(&self, id: &str) -> String;
    /// Whether a check box is on; an untouched box is off.
    fn is_on(&self, id: &str) -> bool;
    /// Whether that box of a checks item is on.
    fn has(&self, id: &str, key: &str) -> bool;
    /// Whether any box of a checks item is on.
    fn any(&self, id: &str) -> bool;
    /// Whether the answer is not blank; 「-」「なし」 and the like count as blank.
    fn filled(&self, id: &str) -> bool;
    /// The range of the chosen option: from (included), below (excluded; `None` = no upper end).
    fn range(&self, id: &str) -> Option<(i64, Option<i64>)>;
    /// The answer as the first and last day it can mean, in days since an epoch; `None` where it is no right date.
    fn days(&self, id: &str) -> Option<(i64, i64)>;
    /// The latest day that a text names, months to their end; `None` where it names none.
    fn latest_named(&self, _id: &str) -> Option<i64> {
        None
    }
    /// The first day that the earliest date named in a text can mean; `None` where it names none.
    fn earliest_named(&self, _id: &str) -> Option<i64> {
        None
    }
    /// The number of entries of a repeat, of rows of the change table, or of `files`.
    fn count(&self, id: &str) -> usize;
    /// The same with those that stand in a 別紙.
    fn listed(&self, id: &str) -> usize {
        self.count(id)
    }
    /// How many rows the 別紙 that go on with a list have.
    fn attached(&self, _id: &str) -> usize {
        0
    }
    /// Whether a row of one of them matches.
    fn attached_says(&self, _id: &str, _pattern: &Pattern) -> bool {
        false
    }
    /// The （　）件 of a box: as written, else the number of entries it counts.
    fn counted(&self, id: &str, key: &str) -> Option<i64>;
    /// Whether the author has answered: not what the program fills in.
    fn written(&self, id: &str) -> bool;
    /// Whether the author has written the （　）件 of a box.
    fn entered(&self, id: &str, key: &str) -> bool;
    /// Whether any text of an item, or of the items of a group, repeat or section, matches.
    fn mentions(&self, id: &str, pattern: &Pattern) -> bool;
    /// The same document seen from entry `index` of a repeat, or from file `index` of `files`.
    fn enter(&self, id: &str, index: usize) -> Box<dyn Facts + '_>;
}
