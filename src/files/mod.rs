//! The files: bytes from and to the disk. The one room that touches it.
//! Holds reading with a size limit and writing whole: the old file or the new one, never half of one.
//! Never: knows what is inside a file.
//! Start with [`read_to_bytes`] and [`write_whole`].

#![allow(clippy::disallowed_methods, reason = "this is the room that touches the disk")]

mod disk;
mod error;
mod folder;
mod keep;
mod read;
mod temporary;
mod write;

pub use disk::{Disk, Links, Mode, SystemDisk};
pub use error::FileError;
pub use folder::{free_name, make_folder};
pub use keep::{keep_old, keep_old_on};
pub use read::{is_missing, modified, read_to_bytes, read_to_bytes_on};
pub use temporary::sweep;
pub use write::{write_whole, write_whole_on};
