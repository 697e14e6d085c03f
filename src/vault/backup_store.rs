//! The backup store of a document: its folder in the user's own data, with a second copy of what is being written and the
//! versions of before. All of it plain files, so that nobody needs this program to get at them.

use std::io;
use std::path::{Path, PathBuf};

use super::save::LARGEST_BYTES;
use super::version::{self, Version, VersionKind};
use super::{LocalDateTime, thin};
use crate::disk::{self, Disk, FileError, Links, read_to_bytes_on, write_whole_on};
use crate::draft::Date;

/// The second copy.
const COPY: &str = "今の内容.ron";
/// Where the document stands.
pub(super) const PLACE: &str = "元の場所.txt";
/// The other file of a document that went on in two, and why.
pub(super) const OTHER: &str = "取り込んでいない相手.txt";
/// What both began with.
pub(super) const COMMON: &str = "分かれる前の内容.ron";
/// A mark that the document is open, or was when the program ended.
pub(super) const MARK: &str = "使用中.lock";
/// Characters of the document's name in the name of the folder.
const LONGEST_NAME: usize = 40;
/// Largest text with a path.
const MAX_PLACE_BYTES: u64 = 64 << 10;
/// While someone writes, a version is kept this often.
const VERSION_EVERY_SECS: i64 = 10 * 60;

/// The folder of one document in the user's data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupStore {
    folder: PathBuf,
}

/// Which side of a document that went on in two a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DivergenceSide {
    /// What a colleague wrote into the document stands in the other file; ours is beside it.
    Theirs,
    /// What was written here stands in the other file, beside the document.
    Ours,
    /// The other file is the document, of which this one is a copy because somebody had it open.
    Original,
}

const SIDES: [(DivergenceSide, &str); 3] = [
    (DivergenceSide::Theirs, "相手の内容"),
    (DivergenceSide::Ours, "自分の内容"),
    (DivergenceSide::Original, "写しの元"),
];

/// A document that went on in two files which are not brought together yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divergence {
    /// The other file.
    pub other: PathBuf,
    /// What stands there.
    pub side: DivergenceSide,
    /// What both began with, where it is known.
    pub common: Option<Vec<u8>>,
}

impl BackupStore {
    /// The backup store of the document with that path, as it is written: [`BackupStore::find`] knows the other ways.
    pub fn of(data: &Path, document: &Path) -> Self {
        let name = document.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let name: String = name.chars().take(LONGEST_NAME).collect();
        let place = crc32fast::hash(document.as_os_str().as_encoded_bytes());
        Self { folder: data.join(format!("{}-{place:08x}", name.trim())) }
    }

    /// A backup store for a draft that has no file yet.
    pub fn nameless(disk: &dyn Disk, data: &Path, now: LocalDateTime) -> Self {
        let first = data.join(format!("名前のない下書き {}", now.in_name()));
        Self { folder: disk::free_name_on(disk, &first) }
    }

    /// All backup stores of a user.
    pub fn all(disk: &dyn Disk, data: &Path) -> Vec<Self> {
        let folders = disk.list(data).unwrap_or_default();
        let is_shelf = |folder: &PathBuf| disk.facts(&folder.join(COPY), Links::Stay).is_ok();
        folders.into_iter().filter(is_shelf).map(Self::at).collect()
    }

    pub(super) fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the document of this backup store stands; `None` for a draft without a file.
    pub fn document(&self, disk: &dyn Disk) -> Option<PathBuf> {
        let bytes = read_to_bytes_on(disk, &self.folder.join(PLACE), MAX_PLACE_BYTES).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        Some(text.trim_end_matches(['\r', '\n'])).filter(|path| !path.is_empty()).map(PathBuf::from)
    }

    /// Notes where the document stands.
    pub fn place(&self, disk: &dyn Disk, document: &Path) -> Result<(), FileError> {
        if self.document(disk).as_deref() == Some(document) {
            return Ok(());
        }
        self.make(disk)?;
        write_whole_on(disk, &self.folder.join(PLACE), format!("{}\n", document.display()).as_bytes())
    }

    fn make(&self, disk: &dyn Disk) -> Result<(), FileError> {
        disk.make_folder(&self.folder).map_err(FileError::write(&self.folder))
    }

    // ------------------------------------------------------------ the copy

    /// The path of the second copy.
    pub fn copy_path(&self) -> PathBuf {
        self.folder.join(COPY)
    }

    /// Writes the second copy.
    pub fn write_copy(&self, disk: &dyn Disk, bytes: &[u8]) -> Result<(), FileError> {
        self.make(disk)?;
        write_whole_on(disk, &self.copy_path(), bytes)
    }

    /// Reads the second copy.
    pub fn read_copy(&self, disk: &dyn Disk, max: u64) -> Result<Vec<u8>, FileError> {
        read_to_bytes_on(disk, &self.copy_path(), max)
    }

    // ------------------------------------------------------------ the other file

    /// Notes that the document goes on in two files, until they are brought together.
    pub fn part(&self, disk: &dyn Disk, divergence: &Divergence) -> Result<(), FileError> {
        self.make(disk)?;
        if let Some(common) = &divergence.common {
            write_whole_on(disk, &self.folder.join(COMMON), common)?;
        }
        let words = SIDES.iter().find(|(side, _)| *side == divergence.side).map_or("", |(_, words)| words);
        let text = format!("{words}\n{}\n", divergence.other.display());
        write_whole_on(disk, &self.folder.join(OTHER), text.as_bytes())
    }

    /// The other file, where the document went on in two.
    pub fn divergence(&self, disk: &dyn Disk, max: u64) -> Option<Divergence> {
        let bytes = read_to_bytes_on(disk, &self.folder.join(OTHER), MAX_PLACE_BYTES).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (words, other) = text.split_once('\n')?;
        let side = SIDES.iter().find(|(_, known)| *known == words).map(|(side, _)| *side)?;
        let common = read_to_bytes_on(disk, &self.folder.join(COMMON), max).ok();
        Some(Divergence { other: PathBuf::from(other.trim_end_matches(['\r', '\n'])), side, common })
    }

    /// Both files are brought together, or shall stay two.
    pub fn join(&self, disk: &dyn Disk) {
        for name in [OTHER, COMMON] {
            let _ = disk.remove(&self.folder.join(name));
        }
    }

    // ------------------------------------------------------------ the versions

    /// The versions, newest first.
    pub fn versions(&self, disk: &dyn Disk) -> Vec<Version> {
        version::list(disk, &self.folder)
    }

    /// Keeps these bytes as a version; an automatic one only where the newest version is different.
    pub fn keep(&self, disk: &dyn Disk, bytes: &[u8], kind: &VersionKind, now: LocalDateTime) -> Result<(), FileError> {
        let newest = self.versions(disk).into_iter().next();
        let max = u64::try_from(bytes.len()).unwrap_or(u64::MAX - 1);
        let same = |version: Version| disk.read(&version.path, max).is_ok_and(|old| old == bytes);
        if matches!(kind, VersionKind::Automatic | VersionKind::Found) && newest.is_some_and(same) {
            return Ok(());
        }
        self.make(disk)?;
        let path = self.folder.join(kind.file_name(now));
        write_whole_on(disk, &disk::free_name_on(disk, &path), bytes)
    }

    /// Keeps as versions what the second copy says, where that is not what the document says, and what the document says:
    /// one of them is about to be replaced. Where the first cannot be kept, the second is all the same.
    pub fn keep_both(
        &self,
        disk: &dyn Disk,
        copy: Option<&[u8]>,
        document: &[u8],
        now: LocalDateTime,
    ) -> Result<(), FileError> {
        let copy = copy.filter(|copy| *copy != document);
        let kept = copy.map_or(Ok(()), |copy| self.keep(disk, copy, &VersionKind::Found, now));
        kept.and(self.keep(disk, document, &VersionKind::Automatic, now))
    }

    /// Keeps an automatic version where the last one is long enough ago, on whichever side of now it is dated.
    pub fn keep_now_and_then(&self, disk: &dyn Disk, bytes: &[u8], now: LocalDateTime) -> Result<(), FileError> {
        let distance = |version: &Version| (now.to_secs() - version.stamp.to_secs()).abs();
        let recent =
            |version: &Version| version.kind == VersionKind::Automatic && distance(version) < VERSION_EVERY_SECS;
        if self.versions(disk).iter().any(recent) {
            return Ok(());
        }
        self.keep(disk, bytes, &VersionKind::Automatic, now)
    }

    /// Gives a version a name, under which it stays for ever.
    pub fn name(&self, disk: &dyn Disk, version: &Version, name: &str) -> Result<PathBuf, FileError> {
        let path = self.folder.join(VersionKind::Named(name.to_owned()).file_name(version.stamp));
        let path = disk::free_name_on(disk, &path);
        disk.rename(&version.path, &path).map_err(FileError::write(&path))?;
        Ok(path)
    }

    /// Takes away the versions that are no longer needed; what cannot be removed stays.
    pub fn thin(&self, disk: &dyn Disk, today: Date) -> usize {
        let gone = thin(&self.versions(disk), today);
        gone.iter().filter(|version| disk.remove(&version.path).is_ok()).count()
    }

    /// Brings copy and versions to another backup store, once a draft has got its file; a copy that stands there becomes a
    /// version.
    pub fn bring_to(&self, disk: &dyn Disk, other: &Self, now: LocalDateTime) -> Result<(), FileError> {
        self.bring_versions(disk, other)?;
        let (mine, copy) = (self.copy_path(), other.copy_path());
        if disk.facts(&mine, Links::Stay).is_err() {
            return Ok(());
        }
        match disk.read(&copy, LARGEST_BYTES) {
            Ok(bytes) => other.keep(disk, &bytes, &VersionKind::Found, now)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            // What cannot be read is not replaced either.
            Err(_) => {
                let path = disk::free_name_on(disk, &other.folder.join(VersionKind::Found.file_name(now)));
                disk.rename(&copy, &path).map_err(FileError::write(&path))?;
            }
        }
        disk.rename(&mine, &copy).map_err(FileError::write(&copy))
    }

    /// Brings the versions to another backup store.
    pub(super) fn bring_versions(&self, disk: &dyn Disk, other: &Self) -> Result<(), FileError> {
        other.make(disk)?;
        for version in self.versions(disk) {
            let name = version.path.file_name().unwrap_or_default();
            let path = disk::free_name_on(disk, &other.folder.join(name));
            disk.rename(&version.path, &path).map_err(FileError::write(&path))?;
        }
        Ok(())
    }
}
