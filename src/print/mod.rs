//! The print-out: form + draft → [`printout`] → [`layout`] → pages → PDF.
//! Each step decides something and no later step looks back: `resolve` what is printed,
//! `layout` where it stands, `pdf` only draws what is placed.
//! Never: reads a clock or the disk, shrinks or cuts a text.
//! Start with `resolve.rs`, then `layout/mod.rs`.

mod export;
pub mod fonts;
mod guide;
pub mod layout;
pub mod pdf;
pub mod printout;
mod resolve;
mod size;
mod substituted;
mod summary;

pub use export::{export, export_guide, export_summary, export_table, export_with_draft, lines_fit};
pub use resolve::resolve;
pub use size::{MAX_CELLS, MAX_CHARS, TooMuch, fits};
pub use substituted::substituted;
pub use summary::summary;
