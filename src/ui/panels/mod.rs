//! The panels: parts of a screen, each with one subject. They show the draft and send edits and commands.
//! Never: opens a dialog, changes the screen.
//! Start with `guide.rs`, what stands beside the cell in focus, and `changes/`, the change table.

pub mod changes;
pub mod comments;
pub mod elsewhere;
pub mod find;
pub mod findings;
pub mod guide;
pub mod kept;
pub mod preview;
pub mod previous;
pub mod source;
pub mod submission;
pub mod tree;
mod unplaced;
pub mod walk;
pub mod year;
