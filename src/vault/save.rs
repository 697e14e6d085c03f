//! One save with all that belongs to it: the second copy first (this computer's disk is quick and stays), then the
//! document, unless somebody else changed or holds it: then ours is written beside it. Nothing is ever overwritten
//! that was not seen before.

use std::path::{Path, PathBuf};

use md5::{Digest, Md5};

use super::version::VersionKind;
use super::{BackupStore, LocalDateTime, keep_old_on};
use crate::disk::{self, Disk, FileError, Replaced, read_to_bytes_on, replace_seen, write_new_on, write_whole_on};
use crate::draft::format;

/// Longest name of a file on the usual disks, with room for a number.
const LONGEST_NAME_BYTES: usize = 240;

/// Largest file that is read before it is replaced: more than any document has, and no trouble for the memory.
pub(super) const LARGEST_BYTES: u64 = 2 * format::MAX_FILE_BYTES as u64;

/// What a file held, in short: 128 bits tell that somebody changed it, whatever was changed. It is never written anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// The fingerprint of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Md5::digest(bytes).into())
    }
}

/// What is known of a document from one save to the next.
#[derive(Clone, Debug, Default)]
pub struct Track {
    /// What the document held when it was last read or written here; `None` = whatever is there is not ours.
    pub seen: Option<Fingerprint>,
    /// What was to be written last. It may stand there although the disk said no: the answer of a share gets lost.
    pub tried: Option<Fingerprint>,
    /// Where ours was written while the document was held, and what.
    pub beside: Option<(PathBuf, Fingerprint)>,
    /// The document is broken: it is set aside before anything is written in its place.
    pub broken: bool,
}

impl Track {
    /// A document that is broken and holds these bytes.
    pub fn of_broken(bytes: &[u8]) -> Self {
        Self { seen: Some(Fingerprint::of(bytes)), broken: true, ..Self::default() }
    }
}

/// What is to be saved.
#[derive(Clone, Copy, Debug)]
pub struct SaveRequest<'a> {
    /// The whole file.
    pub bytes: &'a [u8],
    /// The document; `None` for a draft without a file.
    pub document: Option<&'a Path>,
    /// Where copy and versions go.
    pub backups: Option<&'a BackupStore>,
    /// A version to keep besides the automatic ones.
    pub keep: Option<&'a VersionKind>,
    /// Whether a different file of that name is to be kept beside it: the document was just given this name.
    pub keep_old: bool,
    /// The time now.
    pub now: LocalDateTime,
}

/// How the document fared.
#[derive(Debug)]
pub enum SaveOutcome {
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
    pub outcome: SaveOutcome,
    /// Why there is no second copy, where one was asked for.
    pub copy: Result<(), FileError>,
    /// Where the file that was there before is kept.
    pub kept: Option<PathBuf>,
    /// Where the broken document was put.
    pub set_aside: Option<PathBuf>,
    /// Whether the document was no longer in its place, because somebody moved or deleted it.
    pub was_gone: bool,
    /// How many other names (hard links) lead to what the document held before, and no longer to the document.
    pub other_names: u64,
}

/// Saves.
pub fn save(disk: &dyn Disk, request: &SaveRequest<'_>, track: &mut Track) -> Saved {
    let copy = save_copy(disk, request);
    let outcome = SaveOutcome::Nameless;
    let mut saved = Saved { outcome, copy, kept: None, set_aside: None, was_gone: false, other_names: 0 };
    if let Some(document) = request.document {
        saved.outcome = write(disk, request, document, track, &mut saved).unwrap_or_else(SaveOutcome::Failed);
    }
    saved
}

/// Writes the second copy alone, and a version where one is due.
pub fn save_copy(disk: &dyn Disk, request: &SaveRequest<'_>) -> Result<(), FileError> {
    let Some(backups) = request.backups else { return Ok(()) };
    backups.write_copy(disk, request.bytes)?;
    if let Some(document) = request.document {
        backups.place(disk, document)?;
    }
    match request.keep {
        Some(kind) => backups.keep(disk, request.bytes, kind, request.now),
        None => backups.keep_now_and_then(disk, request.bytes, request.now),
    }
}

fn write(
    disk: &dyn Disk,
    request: &SaveRequest<'_>,
    document: &Path,
    track: &mut Track,
    saved: &mut Saved,
) -> Result<SaveOutcome, FileError> {
    let ours = Fingerprint::of(request.bytes);
    let mut looked = match read_to_bytes_on(disk, document, LARGEST_BYTES) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.is_missing() => None,
        // What is no file, or larger than any document, is neither read nor replaced.
        Err(error) => return Err(error),
    };
    let there = looked.as_deref().map(Fingerprint::of);
    if there.is_some() && (there == track.tried || there == Some(ours)) {
        track.seen = there;
    }
    let is_seen = there.is_none_or(|there| track.seen == Some(there));
    // A document just given this name was not read here: what stands there is kept. Where it was, it is a colleague's.
    let is_strange = !is_seen && (!request.keep_old || track.seen.is_some());
    if track.broken && there.is_some() && (is_seen || track.seen.is_none()) {
        let like = named(document, &format!("壊れた {}", request.now.in_name()));
        saved.set_aside = Some(disk::rename_free_on(disk, document, &like)?);
        looked = None;
    } else if is_strange {
        return beside(disk, request, document, track);
    } else if request.keep_old {
        saved.kept = keep_old_on(disk, document, request.bytes)?;
    }
    track.tried = Some(ours);
    match replace_seen(disk, document, request.bytes, looked.as_deref()) {
        Ok(Replaced::Changed(displaced)) => {
            let theirs = displaced.map(|displaced| {
                let like = named(document, &format!("ほかの人の内容 {}", request.now.in_name()));
                disk::rename_free_on(disk, &displaced, &like)
            });
            let ours = beside(disk, request, document, track)?;
            theirs.transpose().map(|_| ours)
        }
        Ok(Replaced::Done(other_names)) => {
            saved.other_names = other_names;
            saved.was_gone = there.is_none() && track.seen.is_some() && !track.broken;
            tidy_beside(disk, track);
            *track = Track { seen: Some(ours), ..Track::default() };
            Ok(SaveOutcome::Written)
        }
        Err(FileError::Held { .. }) => {
            let path = match track.beside.take() {
                Some((path, _)) => put(disk, &path, request.bytes).map(|()| path)?,
                None => {
                    let like = named(document, &format!("使用中のため別名 {}", request.now.in_name()));
                    write_new_on(disk, &like, request.bytes)?
                }
            };
            track.beside = Some((path.clone(), ours));
            Ok(SaveOutcome::Held(path))
        }
        Err(error) => Err(error),
    }
}

/// Somebody else changed the document: ours goes beside it, and the window takes theirs in, item by item.
fn beside(
    disk: &dyn Disk,
    request: &SaveRequest<'_>,
    document: &Path,
    track: &mut Track,
) -> Result<SaveOutcome, FileError> {
    let like = named(document, &format!("私の変更 {}", request.now.in_name()));
    let path = write_new_on(disk, &like, request.bytes)?;
    *track = Track { seen: Some(Fingerprint::of(request.bytes)), ..Track::default() };
    Ok(SaveOutcome::Changed(path))
}

/// Writes a file whole. The bytes are there also where only the power cut of this second is not ruled out.
fn put(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    match write_whole_on(disk, path, bytes) {
        Err(FileError::Unconfirmed { .. }) => Ok(()),
        other => other,
    }
}

/// What was written beside the document while that was held is in it now; unless somebody changed it, it goes.
fn tidy_beside(disk: &dyn Disk, track: &Track) {
    let Some((path, written)) = &track.beside else { return };
    if disk.read(path, LARGEST_BYTES).is_ok_and(|bytes| Fingerprint::of(&bytes) == *written) {
        let _ = disk.remove(path);
    }
}

/// A name beside the document that says why there is another file.
fn named(document: &Path, why: &str) -> PathBuf {
    let mut stem = document.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let extension = document.extension().map(|extension| format!(".{}", extension.to_string_lossy()));
    let rest = format!("（{why}）{}", extension.unwrap_or_default());
    while stem.len() + rest.len() > LONGEST_NAME_BYTES && stem.pop().is_some() {}
    document.with_file_name(format!("{stem}{rest}"))
}
