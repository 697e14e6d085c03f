//! The JSON document that other programs write and read: the answers, and those of the publication before; without
//! notes, waivers and stage.
//!
//! What comes in goes out again with the same content: a value that does not fit its item, an id the
//! form does not have, a `null` and an absent key all stay what they were. Whatever is put right or
//! left out on the way stands in the [`Receipt`](super::Receipt).
//! Start with [`import`], then [`export`]; the shape is [`SCHEMA`].

mod error;
mod export;
mod import;
mod own;
mod unique;

pub use error::ImportError;
pub use export::{export, export_with_base, left_out};
pub use import::{MAX_BYTES, import};
pub use own::is_own;

/// The JSON Schema of the document.
pub const SCHEMA: &str = include_str!("../../../assets/interchange.schema.json");
