//! The file of a draft (RON), and the JSON document that other programs write and read.
//! Holds both readers and both writers, from and to text in memory.
//! Never: touches the disk, reads a clock, loses an answer without saying so.
//! Start with [`write()`] and [`read()`].

pub(crate) mod bytes;
mod check_value;
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
pub use read::{Access, MAX_BYTES, Opened, read};
pub use steps::CURRENT;
pub use write::write;
