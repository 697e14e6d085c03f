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
/// The path of a draft: one with pictures does not call itself a text.
pub fn named_for(draft: &super::Draft, path: std::path::PathBuf) -> std::path::PathBuf {
    let is_text = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron"));
    if is_text && draft.has_pictures() { path.with_extension(WITH_PICTURES) } else { path }
}

/// How the name of a draft can end.
pub const EXTENSIONS: [&str; 2] = ["ron", WITH_PICTURES];
