//! What the program reads and writes, byte for byte: drafts, a data folder, the files of a user, the answers of the
//! command line. What stands in `tests/golden/` was made by version 0.1.0; `tests/golden/README.md` says how to read a
//! failure and when a file may change.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, missing_docs)]

#[path = "golden/command_line.rs"]
mod command_line;
#[path = "golden/data_folder.rs"]
mod data_folder;
#[path = "golden/drafts.rs"]
mod drafts;
#[cfg(feature = "gui")]
#[path = "window/harness.rs"]
mod harness;
#[path = "golden/kept.rs"]
mod kept;
#[path = "golden/user_files.rs"]
mod user_files;
#[cfg(feature = "gui")]
#[path = "golden/windows.rs"]
mod windows;
