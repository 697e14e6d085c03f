//! The JSON document that other programs write and read: the answers, and those of the publication before; without
//! notes, waivers and stage.
//!
//! What comes in goes out again with the same content: a value that does not fit its item, an id the
//! form does not have, a `null` and an absent key all stay what they were. Whatever is put right or
//! left out on the way stands in the [`Receipt`](super::Receipt).
//! Start with [`import`], then [`export`]; the shape is [`SCHEMA`].

mod charts;
mod data_uri;
mod error;
mod export;
mod import;
mod margin;
mod own;
mod pictures;
mod unique;

pub use charts::{copied, pasted};
pub use error::ImportError;
pub use export::{export, export_with_base, export_with_pictures, left_out};
pub use import::{MAX_BYTES, MAX_FILE_BYTES, import, import_with};
pub use own::is_own;
pub use pictures::{MAX_PICTURE_BYTES, PicturesAs, ReadPicture, file_name, picture_files};

/// The JSON Schema of the document.
pub const SCHEMA: &str = include_str!("../../../assets/interchange.schema.json");
