//! A PDF that carries a draft: it opens as a draft that has no file of its own yet.

use std::path::Path;

use super::App;
use crate::files;
use crate::print;
use crate::print::pdf::MAX_PDF_BYTES;
use crate::ui::work::Work;

/// Whether a name is that of a PDF.
pub(super) fn is_pdf(path: &Path) -> bool {
    files::has_extension(path, "pdf")
}

impl App {
    /// Opens the draft inside a PDF, or says why not.
    pub(super) fn open_pdf(&mut self, path: &Path) {
        let opened = files::read_to_bytes(path, MAX_PDF_BYTES).map_err(|error| error.to_string()).and_then(|bytes| {
            let cannot = |error: print::InsideError| format!("{} を開けません。{error}", path.display());
            let (_, opened) = print::inside(&bytes).map_err(cannot)?;
            Work::inside(path, opened)
        });
        self.enter(opened);
    }
}
