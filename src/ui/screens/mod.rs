//! The screens and dialogs: each shows something and returns what the user asks for.

pub mod dialogs;
pub mod fill_in;
mod findings;
mod guide;
pub mod start;
mod tree;
pub mod versions;
