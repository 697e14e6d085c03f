//! One save with all that belongs to it: the second copy first (this computer's disk is quick and stays), then the
//! document, unless somebody else changed or holds it: then ours is written beside it. Nothing is ever overwritten
//! that was not seen before.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, Links};
use super::version::Kind;
use super::{FileError, Shelf, Stamp, folder, keep_old_on, write_whole_on};

/// What a file held, in short: enough to tell that somebody changed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    length: u64,
    crc: u32,
}

impl Fingerprint {
    /// The fingerprint of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { length: u64::try_from(bytes.len()).unwrap_or(u64::MAX), crc: crc32fast::hash(bytes) }
    }
}

/// What is known of a document from one save to the next.
#[derive(Clone, Debug, Default)]
pub struct Track {
    /// What the document held when it was last read or written here; `None` = whatever is there is not ours.
    pub seen: Option<Fingerprint>,
    /// Where ours was written while the document was held.
    pub beside: Option<PathBuf>,
    /// The document is broken: it is set aside before anything is written in its place.
    pub broken: bool,
}

/// What is to be saved.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// The whole file.
    pub bytes: &'a [u8],
    /// The document; `None` for a draft without a file.
    pub document: Option<&'a Path>,
    /// Where copy and versions go.
    pub shelf: Option<&'a Shelf>,
    /// A version to keep besides the automatic ones.
    pub keep: Option<&'a Kind>,
    /// Whether a different file of that name is to be kept beside it: the document was just given this name.
    pub keep_old: bool,
    /// The time now.
    pub now: Stamp,
}

/// How the document fared.
#[derive(Debug)]
pub enum Ending {
    /// There is no document yet.
    Nameless,
    /// It is written.
    Written,
    /// Somebody else had changed it: ours stands there instead, and theirs is untouched.
    Changed(PathBuf),
    /// Another program holds it: ours stands there for the time being.
    Held(PathBuf),
    /// It is not written.
    Failed(FileError),
}

/// How a save ended.
#[derive(Debug)]
pub struct Saved {
    /// How the document fared.
    pub ending: Ending,
    /// Why there is no second copy, where one was asked for.
    pub copy: Result<(), FileError>,
    /// Where the file that was there before is kept.
    pub kept: Option<PathBuf>,
    /// Where the broken document was put.
    pub set_aside: Option<PathBuf>,
}

/// Saves.
pub fn save(disk: &dyn Disk, order: &Order<'_>, track: &mut Track) -> Saved {
    let copy = order.shelf.map_or(Ok(()), |shelf| copy(disk, order, shelf));
    let mut saved = Saved { ending: Ending::Nameless, copy, kept: None, set_aside: None };
    if let Some(document) = order.document {
        saved.ending = match write(disk, order, document, track, &mut saved.kept, &mut saved.set_aside) {
            Ok(ending) => ending,
            Err(error) => Ending::Failed(error),
        };
    }
    saved
}

fn copy(disk: &dyn Disk, order: &Order<'_>, shelf: &Shelf) -> Result<(), FileError> {
    shelf.write_copy(disk, order.bytes)?;
    if let Some(document) = order.document {
        shelf.place(disk, document)?;
    }
    match order.keep {
        Some(kind) => shelf.keep(disk, order.bytes, kind, order.now),
        None => shelf.keep_now_and_then(disk, order.bytes, order.now),
    }
}

fn write(
    disk: &dyn Disk,
    order: &Order<'_>,
    document: &Path,
    track: &mut Track,
    kept: &mut Option<PathBuf>,
    set_aside: &mut Option<PathBuf>,
) -> Result<Ending, FileError> {
    let there = match disk.read(document, u64::MAX - 1) {
        Ok(bytes) => Some(Fingerprint::of(&bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(FileError::read(document)(error)),
    };
    if order.keep_old {
        *kept = keep_old_on(disk, document, order.bytes)?;
    } else if track.broken && there.is_some() {
        let path = named(disk, document, &format!("壊れた {}", order.now.in_name()));
        disk.rename(document, &path).map_err(FileError::write(&path))?;
        *set_aside = Some(path);
    } else if there.is_some_and(|there| track.seen != Some(there)) {
        // The window takes theirs in, item by item.
        let path = named(disk, document, &format!("私の変更 {}", order.now.in_name()));
        write_whole_on(disk, &path, order.bytes)?;
        track.seen = Some(Fingerprint::of(order.bytes));
        return Ok(Ending::Changed(path));
    }
    match write_whole_on(disk, document, order.bytes) {
        // The new bytes are there; only the power cut of this second is not ruled out.
        Ok(()) | Err(FileError::Unconfirmed { .. }) => {
            track.seen = Some(Fingerprint::of(order.bytes));
            track.broken = false;
            track.beside = None;
            Ok(Ending::Written)
        }
        Err(FileError::Held { .. }) => {
            let beside = track.beside.clone();
            let path =
                beside.unwrap_or_else(|| named(disk, document, &format!("使用中のため別名 {}", order.now.in_name())));
            write_whole_on(disk, &path, order.bytes)?;
            track.beside = Some(path.clone());
            Ok(Ending::Held(path))
        }
        Err(error) => Err(error),
    }
}

/// A free name beside the document that says why there is another file.
fn named(disk: &dyn Disk, document: &Path, why: &str) -> PathBuf {
    let stem = document.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let extension = document.extension().map(|extension| format!(".{}", extension.to_string_lossy()));
    let path = document.with_file_name(format!("{stem}（{why}）{}", extension.unwrap_or_default()));
    folder::free_among(&path, |path| disk.facts(path, Links::Stay).is_err())
}
