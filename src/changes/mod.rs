//! The change table writes itself: what differs from the publication before, as differences and as rows.
//! Pure: the same form and drafts always give the same differences, in the order of the paper.
//! Never: changes a draft (it returns `Edit`s), rewrites a row of a former year, decides what the author must decide.
//! Start with [`compare`], then [`rows`] and [`update`]; what a screen shows is a [`Contrast`],
//! and beside the publication before all of it at once a [`BaseComparison`].
//!
//! What counts is what is printed. Every answer is printed, also one whose condition does not hold, so every answer
//! counts; notes, waivers, stage and answers to ids the form does not have are not printed and never count. White
//! space at the end of a line and blank lines at the end of an answer do not count. Two editions are compared by the
//! ids of their items in the words of the newer one: a new label is no new answer. A name of a file that the form
//! repeats by itself (Ⅰ３, Ⅱ１, Ⅲ１) is one difference, not four.

mod apply;
mod by_hand;
mod cells;
mod compare;
mod decide;
mod difference;
mod entry_in_cell;
mod item_name;
mod misquoted;
mod pair;
mod pairs;
mod paper;
mod picture_marks;
mod propose;
mod quotes;
mod rows;
mod this_revision;
mod told_in_cells;
mod update;
mod words;

// The table as the author works in it.
mod blanks;
mod carry;
mod dates;
mod overview;
mod project;
mod regroup;

// Two versions beside each other.
mod comparison;
mod contrast;
mod excerpt;
mod off_paper;
mod paragraphs;
mod revert;

pub use apply::edits;
pub use blanks::blanks;
pub use cells::{DELETED, LEFT_OUT, NOTHING, cells};
pub use compare::compare;
pub(crate) use compare::{entries, entry_name, files};
pub use comparison::BaseComparison;
pub use contrast::{Block, Contrast, Reach, Source};
pub use dates::redate;
pub use decide::{agree, answer, reword, word};
pub use difference::{Difference, What};
pub use excerpt::{Differs, Excerpt, excerpt};
pub use item_name::item_name;
pub use misquoted::{Misquoted, misquoted};
pub use off_paper::{OffPaper, off_paper};
pub use overview::{About, Agreement, Linked, Overview, RowStanding, overview};
pub(crate) use pair::{Profile, pairs};
pub use pairs::Pairs;
pub use paper::printed;
pub use paragraphs::{Mark, MarkedText, Paragraph};
pub use project::{Tied, answer_all, before_by_choice, tied};
pub use propose::{Proposal, is_starred, propose};
pub use quotes::quotes;
pub use regroup::{join, sort, split};
pub use revert::revert;
pub use rows::rows;
pub use this_revision::this_revision;
pub use update::{after, meant_rows, restyle, unlisted, update};
pub use words::{Piece, pieces};
