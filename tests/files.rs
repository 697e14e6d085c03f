//! Nothing is ever lost: saving at every fault of the disk.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, missing_docs)]

#[path = "files/faulty.rs"]
mod faulty;
#[path = "files/save.rs"]
mod save;
