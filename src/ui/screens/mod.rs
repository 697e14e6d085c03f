//! The screens and dialogs: each shows something and returns what the user asks for.

pub mod dialogs;
pub mod fill_in;
mod findings;
mod guide;
mod preview;
mod previous;
pub mod renew;
pub mod start;
mod tree;
