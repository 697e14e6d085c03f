//! The screens and dialogs: each shows something and returns what the user asks for.

pub mod dialogs;
pub mod exported;
pub mod fill_in;
mod findings;
mod guide;
mod level;
mod recent;
pub mod start;
mod submission;
mod tree;
