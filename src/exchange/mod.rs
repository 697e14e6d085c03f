//! The exchange: documents in the formats of others, in and out, with a receipt of whatever did not fit.
//! Holds the JSON document of other programs.
//! Never: touches the disk, drops a word without a line in the receipt.
//! Start with [`json`].

pub mod json;
mod receipt;

pub use receipt::{Receipt, Remark};
