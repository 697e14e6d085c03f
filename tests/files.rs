//! Nothing is ever lost: saving at every fault of the disk, copies and versions, crashes, shared folders.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, missing_docs)]

#[path = "files/backups.rs"]
mod backups;
#[path = "files/faulty.rs"]
mod faulty;
#[path = "files/kill.rs"]
mod kill;
#[path = "files/owner.rs"]
mod owner;
#[path = "files/save.rs"]
mod save;
#[cfg(unix)]
#[path = "files/special.rs"]
mod special;
#[path = "files/vanishing.rs"]
mod vanishing;
#[path = "files/words.rs"]
mod words;
