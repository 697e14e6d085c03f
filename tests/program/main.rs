//! The real program, and what it does on a disk: commands, saving at every fault, crashes, rough treatment.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, missing_docs)]

mod cli;
mod files;
mod merge;
mod torture;
