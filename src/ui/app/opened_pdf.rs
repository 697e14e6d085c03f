//! A PDF: one that carries a draft opens as a draft that has no file of its own yet, any other one is imported.

use std::path::Path;

use crate::disk;
use crate::exchange::pdf::MAX_PDF_BYTES;
use crate::exchange::worker::{Stop, Worker};
use crate::workspace::import::{self, FromPdf, Imported};
use crate::workspace::open_document::OpenDocument;

/// Whether a name is that of a PDF.
pub(super) fn is_pdf(path: &Path) -> bool {
    disk::has_extension(path, "pdf")
}

/// What a PDF is opened as.
pub(super) enum OpenedPdf {
    /// The draft that it carries.
    Document(Box<OpenDocument>),
    /// What is printed on its pages, imported like what other programs wrote.
    Imported(Box<Imported>),
}

/// Opens a PDF.
pub(super) fn opened_pdf(path: &Path, worker: &Worker, stop: &Stop) -> Result<OpenedPdf, String> {
    let bytes = disk::read_to_bytes(path, MAX_PDF_BYTES).map_err(|error| error.to_string())?;
    match import::from_pdf(path, &bytes, worker, stop) {
        Ok(FromPdf::Draft(_, opened)) => {
            OpenDocument::inside(path, *opened).map(|document| OpenedPdf::Document(Box::new(document)))
        }
        Ok(FromPdf::Placed(imported)) => imported.map(OpenedPdf::Imported),
        Err(error) => Err(format!("{} を開けません。{error}", path.display())),
    }
}
