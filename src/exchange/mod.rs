//! The exchange: documents in the formats of others, in and out, with a receipt of whatever did not fit.
//! Holds the JSON document of other programs, the books and PDFs of the official forms, our own drawing of a form as a
//! book, and the draft that a 決裁用 PDF carries.
//!
//! JSON is bounded by its size. Whatever else another program wrote, or may have written, is read by a [`worker`], a
//! second process with little memory and little time: whatever is in the file, this program goes on. A new format is a
//! [`worker::WorkerTask`] and a line in [`serve`].
//! Never: touches the disk, drops a word without a line in the receipt.
//! Start with [`json`] and [`pdf`].

#[cfg(feature = "gui")]
pub mod bitmap;
pub mod book;
pub mod boxes;
mod cell_text;
pub mod json;
pub mod pdf;
pub mod placer;
mod receipt;
pub mod sheets;
pub mod svg;
pub mod text;
pub mod worker;

use std::ffi::OsString;
use std::process::ExitCode;

pub use receipt::{Receipt, Remark};

/// Does the work of a worker, where the arguments of the program ask for it.
pub fn serve(arguments: &[OsString]) -> Option<ExitCode> {
    let [_, first, task] = arguments else { return None };
    if first != worker::ARGUMENT {
        return None;
    }
    Some(match task.to_str() {
        Some(book::BOXES) => worker::serve(book::pieces),
        Some(book::FILLED) => worker::serve(book::fill_pieces),
        Some(book::PACKED) => worker::serve(book::packed_pieces),
        Some(pdf::pages::BOXES) => worker::serve(pdf::page_pieces),
        Some(pdf::DRAFT) => worker::serve(pdf::draft_pieces),
        Some(text::BOXES) => worker::serve(text::pieces),
        #[cfg(feature = "gui")]
        Some(bitmap::BITMAP) => worker::serve(bitmap::bitmap_pieces),
        Some(svg::DRAWING) => worker::serve(svg::drawing_pieces),
        _ => ExitCode::FAILURE,
    })
}
