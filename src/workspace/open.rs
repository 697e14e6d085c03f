//! Reading a draft from its file.

use std::path::Path;

use crate::disk;
use crate::draft::{Draft, format};

/// A draft that is only looked at.
pub fn read(path: &Path) -> Result<Draft, String> {
    let bytes = disk::read_to_bytes(path, format::MAX_FILE_BYTES as u64).map_err(|error| error.to_string())?;
    let opened = format::read(&bytes).map_err(|error| format!("{} を開けません。{error}", path.display()))?;
    Ok(opened.draft)
}
