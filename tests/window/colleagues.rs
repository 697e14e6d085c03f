//! Colleagues at one document, in the window: two who have it open, one who waits, copies handed over and back.

mod copies;
#[cfg(target_os = "linux")]
mod hanging;
pub mod harness;
mod office;
mod one_document;
mod remarks;
