//! The exchange: documents in the formats of others, in and out, with a receipt of whatever did not fit.
//! Holds the JSON document of other programs, the books and PDFs of the official forms, our own drawing of a form as a
//! book, and the draft that a 決裁用 PDF carries.
//!
//! JSON is bounded by its size. Whatever else another program wrote, or may have written, is read by a [`worker`], a
//! second process with little memory and little time: whatever is in the file, this program goes on. A new format is a
//! [`worker::WorkerTask`] and a line in [`work`].
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
    Some(task.to_str().and_then(work).map_or(ExitCode::FAILURE, worker::serve))
}

/// What a worker does: the bytes of a file to what is in them, or why not.
pub type WorkerPart = fn(Vec<u8>) -> Result<worker::Pieces, String>;

/// The work of that name, done by the process that calls it: only for files that are known to be harmless.
pub fn work(task: &str) -> Option<WorkerPart> {
    Some(match task {
        book::BOXES => book::pieces,
        book::FILLED => book::fill_pieces,
        book::PACKED => book::packed_pieces,
        pdf::pages::BOXES => pdf::page_pieces,
        pdf::DRAFT => pdf::draft_pieces,
        text::BOXES => text::pieces,
        #[cfg(feature = "gui")]
        bitmap::BITMAP => bitmap::bitmap_pieces,
        svg::DRAWING => svg::drawing_pieces,
        _ => return None,
    })
}
