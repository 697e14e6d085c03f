//! Finding and replacing: a text in everything the author has written, in the order of the paper.
//! Pure: hits come out of form and draft, and a replacement is an [`Edit`](crate::draft::Edit) like any other.
//! Never: changes a draft, looks into what the program fills in itself, splits a character that stands for several.
//! Start with [`find`], then `fold.rs` (what counts as the same) and `passage.rs` (where texts stand).

mod elsewhere;
mod fold;
mod headings;
mod hit;
mod names;
mod passage;
mod replace;

pub use elsewhere::{Elsewhere, elsewhere, section_from};
pub use fold::{Folded, Folding};
pub use headings::{Heading, headings};
pub use hit::{Hit, find};
pub use names::{known_names, starting_with};
pub use passage::{Passage, TextPart, TextSpot, passages};
pub use replace::replace;
