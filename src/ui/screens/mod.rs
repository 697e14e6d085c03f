//! The screens and dialogs: each shows something and returns what the user asks for.

pub mod dialogs;
pub mod exported;
pub mod fill_in;
mod findings;
mod guide;
mod level;
mod preview;
mod previous;
mod recent;
pub mod renew;
pub mod start;
mod submission;
mod tree;
