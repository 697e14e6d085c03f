//! The files: bytes from and to the disk. The one room that touches it.
//! Holds reading with a size limit; writing whole, the old file or the new one, never half of one; the second copy and
//! the versions of a document in the user's data; who has a document open.
//! Never: knows what is inside a file, asks a clock.
//! Start with [`save()`], then `write.rs` and `shelf.rs`. Every call on the disk is in `disk.rs`.

#![allow(clippy::disallowed_methods, reason = "this is the room that touches the disk")]

mod disk;
mod error;
mod folder;
mod hold;
mod keep;
pub mod owner;
mod read;
mod save;
mod shelf;
mod stamp;
mod temporary;
mod thin;
mod version;
mod write;

pub use disk::{Disk, Links, Mode, SystemDisk};
pub use error::FileError;
pub use folder::{free_name, has_extension, is_folder, is_there, make_folder};
pub use hold::{Hold, Leftover, leftover, marked};
pub use keep::{keep_old, keep_old_on};
pub use read::{is_missing, is_write_protected, modified, read_to_bytes, read_to_bytes_on};
pub use save::{Ending, Fingerprint, Order, Saved, Track, save};
pub use shelf::{Parting, Shelf, Side};
pub use stamp::Stamp;
pub use temporary::sweep;
pub use thin::thin;
pub use version::{Kind, Version};
pub use write::{write_whole, write_whole_on};
