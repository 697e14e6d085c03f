//! A packed folder of documents: each file of it, within bounds.

use std::io::Cursor;

use encoding_rs::SHIFT_JIS;
use zip::ZipArchive;

use super::write::whole;
use super::{BROKEN_FOLDER, TOO_LARGE_FOLDER};
use crate::exchange::worker::Pieces;

/// Most files.
const MAX_FILES: usize = 2_000;
/// Most that one unpacks to.
const MAX_FILE_BYTES: u64 = 64 << 20;
/// Most that all unpack to together.
pub(super) const MAX_ALL_BYTES: u64 = 200 << 20;

/// The worker's part: the names, then all files one behind the other.
pub fn packed_pieces(bytes: Vec<u8>) -> Result<Pieces, String> {
    let mut archive = ZipArchive::new(Cursor::new(&bytes)).map_err(|_| BROKEN_FOLDER.to_owned())?;
    if archive.len() > MAX_FILES {
        return Err(TOO_LARGE_FOLDER.to_owned());
    }
    let (mut names, mut files) = (String::new(), Vec::new());
    for at in 0..archive.len() {
        let Ok(part) = archive.by_index(at) else { return Err(BROKEN_FOLDER.to_owned()) };
        let name = name(part.name_raw());
        if part.is_dir() {
            continue;
        }
        // A file that is broken is given as far as it goes: its reader says what is wrong with it.
        let left = MAX_ALL_BYTES.saturating_sub(files.len() as u64);
        let file = whole(part, MAX_FILE_BYTES.min(left)).ok_or_else(|| TOO_LARGE_FOLDER.to_owned())?;
        names.push_str(&format!("{} {}\n", file.len(), name.replace(['\n', '\r'], " ")));
        files.extend(file);
    }
    Ok(vec![names.into_bytes(), files])
}

/// What the worker said.
pub(super) fn told(names: &[u8], files: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut rest = files;
    let mut all = Vec::new();
    for line in std::str::from_utf8(names).ok()?.lines() {
        let (length, name) = line.split_once(' ')?;
        let (file, others) = rest.split_at_checked(length.parse().ok()?)?;
        all.push((name.to_owned(), file.to_vec()));
        rest = others;
    }
    Some(all)
}

/// A name as it was written: old programs of Windows write Shift_JIS and do not say so.
fn name(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => SHIFT_JIS.decode_without_bom_handling(raw).0.into_owned(),
    }
}
