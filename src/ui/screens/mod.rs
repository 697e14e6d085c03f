//! The screens and dialogs: each shows something and returns what the user asks for.

pub mod dialogs;
mod elsewhere;
pub mod exported;
pub mod fill_in;
pub mod find;
mod findings;
mod guide;
mod level;
pub mod phrases;
mod preview;
mod previous;
mod recent;
pub mod renew;
pub mod start;
mod submission;
mod tree;
pub mod versions;
pub mod with_pdf;
