//! The JSON document that other programs write and read: answers alone, without notes, waivers, stage and
//! the publication before.
//!
//! What comes in goes out again with the same content: a value that does not fit its item, an id the
//! form does not have, a `null` and an absent key all stay what they were. Whatever is put right or
//! left out on the way stands in the [`Receipt`].
//! Start with [`import`], then [`export`]; the shape is [`SCHEMA`].

mod error;
mod export;
mod import;
mod receipt;
mod unique;

pub use error::ImportError;
pub use export::{export, left_out};
pub use import::{MAX_BYTES, import};
pub use receipt::{Receipt, Remark};

/// The JSON Schema of the document.
pub const SCHEMA: &str = include_str!("../../../../assets/interchange.schema.json");

/// A value that did not fit its item, as a person reads it: a JSON string without its quotes, nothing for `null`.
pub fn plain_text(json: &str) -> String {
    match serde_json::from_str(json) {
        Ok(serde_json::Value::String(text)) => text,
        Ok(serde_json::Value::Null) => String::new(),
        _ => json.to_owned(),
    }
}
