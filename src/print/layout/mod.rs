//! Layout: a document → pages of placed runs, lines, fills, links and tags.
//! Never: knows a form or a draft; drops, shrinks or overlaps a text.
//! Start with `page.rs`, what a page is.

mod length;
mod page;

pub use length::{Mm, Pt};
pub use page::*;
