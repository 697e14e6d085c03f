//! What every command stands on: options that several have, how documents are opened and written, what is said and asked.
//! Never: knows a command.
//! Start with `documents.rs`.

mod documents;
mod exit_code;
pub(super) mod options;
pub(super) mod overwrite;
mod say;

pub(super) use documents::{lock, must_be_draft, open, open_telling, open_to_write, open_unharmed, save, write};
pub(super) use exit_code::Exit;
pub(super) use say::{complain, complain_of, say, say_file, was_all_said};
