//! The disk: bytes from and to it, and nothing about what they mean. The one room that touches it.
//! Holds reading with a size limit; writing whole, the old file or the new one, never half of one; folders and names.
//! Never: knows what is inside a file, asks a clock.
//! Start with `calls.rs`, where every call on the disk is, then `write.rs`.

mod calls;
mod error;
mod folder;
mod read;
mod replace;
mod spelling;
mod steps;
mod temporary;
mod write;

pub use calls::{Disk, File, Links, Mode, SystemDisk};
pub use error::FileError;
pub use folder::{
    free_name, free_name_beside, has_extension, is_folder, is_there, list, make_folder, name_beside, write_new_on,
};
pub(crate) use folder::{free_name_on, is_short_enough, name_within, rename_free_on};
pub use read::{is_missing, is_write_protected, modified, read_to_bytes, read_to_bytes_on};
pub use replace::{Replaced, replace_seen};
pub(crate) use spelling::{cleaned, target_of};
pub use spelling::{is_same, resolved};
pub use steps::exchange_in_steps;
pub use temporary::sweep;
pub use write::{write_whole, write_whole_on};
