//! The file of a draft (RON), and the JSON document that other programs write and read.
//! Holds both readers and both writers, from and to text in memory.
//! Never: touches the disk, reads a clock, loses an answer without saying so.
//! Start with [`write()`], [`file()`] and [`read()`].

pub(crate) mod bytes;
mod check_value;
mod container;
mod edition;
mod error;
mod needed;
mod read;
pub(crate) mod shape;
mod steps;
mod tied;
mod unique;
mod write;

pub use bytes::NotText;
pub use check_value::CheckValue;
pub use error::ReadError;
pub use read::{Access, MAX_BYTES, MAX_FILE_BYTES, Opened, read};
pub use steps::CURRENT;
pub use write::{file, write};

/// How the name of a draft with pictures ends.
pub const WITH_PICTURES: &str = "hyouka";
/// How the name of a draft can end.
pub const EXTENSIONS: [&str; 2] = ["ron", WITH_PICTURES];
