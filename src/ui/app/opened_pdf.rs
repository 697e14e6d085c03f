//! A PDF that carries a draft: it opens as a draft that has no file of its own yet.

use std::path::Path;

use crate::disk;
use crate::exchange::pdf::{self, MAX_PDF_BYTES};
use crate::exchange::worker::{Stop, Worker, WorkerError};
use crate::workspace::open_document::OpenDocument;

/// Whether a name is that of a PDF.
pub(super) fn is_pdf(path: &Path) -> bool {
    disk::has_extension(path, "pdf")
}

/// The draft inside a PDF; `None` where it carries none.
pub(super) fn opened_pdf(path: &Path, worker: &Worker, stop: &Stop) -> Result<Option<OpenDocument>, String> {
    let bytes = disk::read_to_bytes(path, MAX_PDF_BYTES).map_err(|error| error.to_string())?;
    let cannot = |error: WorkerError| format!("{} を開けません。{error}", path.display());
    let read = pdf::draft_inside(&bytes, worker, stop);
    if read.as_ref().is_err_and(pdf::has_no_draft) {
        return Ok(None);
    }
    let (_, opened) = read.map_err(cannot)?;
    OpenDocument::inside(path, opened).map(Some)
}
