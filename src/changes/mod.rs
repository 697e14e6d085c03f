//! The change table writes itself: what differs from the publication before, as differences and as rows.
//! Pure: the same form and drafts always give the same differences, in the order of the paper.
//! Never: changes a draft (it returns `Edit`s), rewrites a row of a former year, decides what the author must decide.
//! Start with [`compare`], then [`rows`] and [`update`]; what a screen shows is a [`Contrast`].
//!
//! What counts is what is printed. Every answer is printed, also one whose condition does not hold, so every answer
//! counts; notes, waivers, stage and answers to ids the form does not have are not printed and never count. White
//! space at the end of a line and blank lines at the end of an answer do not count. Two editions are compared by the
//! ids of their items in the words of the newer one: a new label is no new answer. A name of a file that the form
//! repeats by itself (Ⅰ３, Ⅱ１, Ⅲ１) is one difference, not four.

mod apply;
mod beside;
mod cells;
mod compare;
mod contrast;
mod decide;
mod difference;
mod item_name;
mod pair;
mod pairs;
mod paper;
mod paragraphs;
mod propose;
mod revert;
mod rows;
mod update;
mod words;

pub use apply::edits;
pub use beside::{Beside, beside};
pub use cells::cells;
pub use compare::compare;
pub use contrast::{Block, Contrast, Reach, Source};
pub use decide::{agree, answer, word};
pub use difference::{Difference, What};
pub use item_name::item_name;
pub use pairs::Pairs;
pub use paragraphs::{Mark, Paragraph, Run};
pub use propose::{Proposal, is_starred, propose};
pub use revert::revert;
pub use rows::rows;
pub use update::{unlisted, update};
pub use words::{Piece, pieces};
