//! The draft that a 決裁用 PDF carries, taken out again.

mod attached;

use thiserror::Error;

use crate::draft::format::{self, CheckValue, Opened, ReadError};

pub use attached::{Attached, AttachedError, MAX_PDF_BYTES, attached};

/// Why no draft could be taken out of a PDF.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum InsideError {
    /// The PDF has none, or cannot be read.
    #[error(transparent)]
    Pdf(#[from] AttachedError),
    /// What is in it cannot be read.
    #[error("PDF に入っている下書きを読めません。{0}")]
    Draft(#[from] ReadError),
    /// What is in it is not what was put in.
    #[error(
        "PDF に入っている下書きが壊れています（確認用の値が合いません）。もう一度受け取るか、元の .ron ファイルを開いてください"
    )]
    Damaged,
}

/// The name and the draft inside a PDF.
pub fn inside(pdf: &[u8]) -> Result<(String, Opened), InsideError> {
    let attached = attached(pdf, format::MAX_BYTES)?;
    let opened = format::read(&attached.bytes)?;
    // The program itself wrote it into the PDF: no hand has been at it since.
    if opened.check_value != CheckValue::Fits {
        return Err(InsideError::Damaged);
    }
    Ok((attached.name, opened))
}
