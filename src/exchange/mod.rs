//! The exchange: documents in the formats of others, in and out, with a receipt of whatever did not fit.
//! Holds the JSON document of other programs, and the draft that a 決裁用 PDF carries.
//! Never: touches the disk, drops a word without a line in the receipt.
//! Start with [`json`].

pub mod json;
pub mod pdf;
mod receipt;

pub use receipt::{Receipt, Remark};
