//! The screens and dialogs: each shows something and returns what the user asks for.

pub mod dialogs;
mod elsewhere;
pub mod fill_in;
pub mod find;
mod findings;
mod guide;
pub mod phrases;
pub mod start;
mod tree;
