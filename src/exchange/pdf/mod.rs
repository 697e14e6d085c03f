//! PDFs: the draft that a 決裁用 PDF carries, taken out again; and the pages of any other one, as boxes.
//! Start with [`draft_inside`] and [`pages::read`]; `attached.rs` finds the draft among what is in the PDF.

mod attached;
mod open;
pub mod pages;

use std::time::Duration;

use thiserror::Error;

use crate::draft::format::{self, CheckValue, Opened, ReadError};
use crate::exchange::worker::{Pieces, Stop, Worker, WorkerError, WorkerTask};

pub use attached::{Attached, AttachedError, MAX_PDF_BYTES, attached};

/// Why no draft could be taken out of a PDF.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum InsideError {
    /// The PDF has none, or cannot be read.
    #[error(transparent)]
    Pdf(#[from] AttachedError),
    /// What is in it cannot be read.
    #[error("PDF に入っている下書きを読めません（{0}）。もう一度受け取るか、元の .ron ファイルを開いてください")]
    Draft(#[from] ReadError),
    /// What is in it is not what was put in.
    #[error(
        "PDF に入っている下書きが壊れています（確認用の値が合いません）。もう一度受け取るか、元の .ron ファイルを開いてください"
    )]
    Damaged,
}

/// The draft inside a PDF, as a task of a worker.
pub const DRAFT: &str = "draft-in-pdf";
const TASK: WorkerTask = WorkerTask {
    name: DRAFT,
    // The draft is then read once more outside, which takes no longer than it took inside.
    time: Duration::from_secs(5),
    max_bytes: MAX_DRAFT_BYTES + MAX_NAME_BYTES,
};
/// Largest draft that is taken out, with its pictures.
const MAX_DRAFT_BYTES: usize = 2 * format::MAX_BYTES;
/// Longest name of a draft.
const MAX_NAME_BYTES: usize = 64 << 10;

/// The name and the draft inside a PDF, whatever else is in it.
pub fn draft_inside(pdf: &[u8], worker: &Worker, stop: &Stop) -> Result<(String, Opened), WorkerError> {
    let pieces = worker.read(&TASK, pdf, stop)?;
    let [name, draft] = pieces.as_slice() else { return Err(WorkerError::Broken) };
    let name = String::from_utf8_lossy(name).into_owned();
    Ok((name, sound(draft).map_err(|error| WorkerError::Refused(error.to_string()))?))
}

/// The worker's part: the boxes of pages.
pub(super) fn page_pieces(pdf: Vec<u8>) -> Result<Pieces, String> {
    pages::pieces(pdf)
}

/// Whether a PDF was read and carries no draft.
pub fn has_no_draft(error: &WorkerError) -> bool {
    matches!(error, WorkerError::Refused(why) if *why == AttachedError::NoDraft.to_string())
}

/// The worker's part: the name and the bytes of a draft that is sound.
pub(super) fn draft_pieces(pdf: Vec<u8>) -> Result<Pieces, String> {
    let attached = attached(&pdf, MAX_DRAFT_BYTES).map_err(|error| InsideError::from(error).to_string())?;
    drop(pdf);
    // Whoever waits reads it again, and needs as much memory for it as it takes here.
    sound(&attached.bytes).map_err(|error| error.to_string())?;
    Ok(vec![attached.name.into_bytes(), attached.bytes])
}

/// The name and the draft inside a PDF, read by this process: only for PDFs that are known to be harmless.
pub fn inside(pdf: &[u8]) -> Result<(String, Opened), InsideError> {
    let attached = attached(pdf, MAX_DRAFT_BYTES)?;
    Ok((attached.name, sound(&attached.bytes)?))
}

/// A draft out of a PDF, where it is as it was put in.
fn sound(bytes: &[u8]) -> Result<Opened, InsideError> {
    let opened = format::read(bytes)?;
    // The program itself wrote it into the PDF: no hand has been at it since.
    if opened.check_value != CheckValue::Fits {
        return Err(InsideError::Damaged);
    }
    Ok(opened)
}
