//! The screens and dialogs: each shows something and returns what the user asks for.

pub mod changes;
pub mod comments;
pub mod contrast;
pub mod dialogs;
pub mod edition;
mod elsewhere;
pub mod exported;
pub mod fill_in;
pub mod find;
mod findings;
mod frame;
mod guide;
pub mod hand_over;
mod kept;
mod level;
pub mod merge;
pub mod phrases;
mod preview;
mod previous;
mod recent;
pub mod renew;
pub mod returned;
pub mod start;
mod submission;
mod tree;
pub mod versions;
pub mod with_pdf;
