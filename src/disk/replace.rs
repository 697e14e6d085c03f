//! Replacing a file only where it still holds what was seen: between the look and the new name somebody else may save.

use std::io;
use std::path::{Path, PathBuf};

use super::calls::{Disk, Links};
use super::write::{Failed, folder_of, patiently, written};
use super::{FileError, target_of};

/// How a file fared that was to be replaced as it was seen.
#[derive(Debug, PartialEq, Eq)]
pub enum Replaced {
    /// The new bytes stand there. So many other names (hard links) lead to what stood there before.
    Done(u64),
    /// Somebody else wrote there meanwhile, and nothing of theirs is lost: it stands there, or in this file beside it
    /// where even that was written to once more.
    Changed(Option<PathBuf>),
}

/// Writes a file whole where it holds what was seen there, or where nothing was and is there.
///
/// The new file and the old one change places in one step, and what came out is looked at. Where the disk cannot do that,
/// as on most shares, the file is looked at immediately before the new one takes its name. That the system confirms the
/// name of the new file is asked for, but not waited for twice: the bytes are there.
pub fn replace_seen(disk: &dyn Disk, path: &Path, bytes: &[u8], seen: Option<&[u8]>) -> Result<Replaced, FileError> {
    let target = target_of(disk, path).map_err(FileError::write(path))?;
    let replaced = written(disk, path, &target, bytes, &|temporary, other_names| {
        let place = Place { disk, target: &target, bytes, other_names };
        match seen {
            Some(seen) => place.over(temporary, seen),
            None => place.where_nothing_is(temporary),
        }
    })?;
    let _ = disk.sync_folder(folder_of(&target));
    Ok(replaced)
}

/// What a look at the place finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// What was seen there.
    AsSeen,
    /// Something else.
    Other,
    /// Nothing.
    Nothing,
}

/// The place that a new file is to take.
struct Place<'a> {
    disk: &'a dyn Disk,
    target: &'a Path,
    bytes: &'a [u8],
    other_names: u64,
}

impl Place<'_> {
    fn over(&self, temporary: &Path, seen: &[u8]) -> Result<Replaced, Failed> {
        match patiently(self.disk, &|| self.disk.exchange(temporary, self.target)) {
            Ok(()) => return self.came_out(temporary, seen),
            Err(Failed::Held(error)) => return Err(Failed::Held(error)),
            // The disk cannot do it, or the file is gone: the call below says what is the matter.
            Err(_) => {}
        }
        let look = || match self.holds(self.target, seen) {
            Ok(true) => Ok(Look::AsSeen),
            Ok(false) => Ok(Look::Other),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Look::Nothing),
            Err(error) => Err(error),
        };
        match self.rename_where(Look::AsSeen, temporary, &look)? {
            Look::AsSeen => Ok(self.done()),
            // The answer of a share got lost, not what it did.
            Look::Other if self.holds(self.target, self.bytes)? => self.came_out(temporary, seen),
            Look::Other => self.leave(temporary),
            Look::Nothing => self.where_nothing_is(temporary),
        }
    }

    fn where_nothing_is(&self, temporary: &Path) -> Result<Replaced, Failed> {
        match patiently(self.disk, &|| self.disk.rename_new(temporary, self.target)) {
            Ok(()) => return Ok(self.done()),
            Err(Failed::Held(error)) => return Err(Failed::Held(error)),
            // The disk cannot do it, or something is there.
            Err(_) => {}
        }
        let look = || match self.disk.facts(self.target, Links::Stay) {
            Ok(_) => Ok(Look::Other),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Look::Nothing),
            Err(error) => Err(error),
        };
        match self.rename_where(Look::Nothing, temporary, &look)? {
            Look::Nothing => Ok(self.done()),
            // The answer of a share got lost, not what it did.
            _ if self.holds(self.target, self.bytes).unwrap_or(false) => self.without(temporary, self.done()),
            _ => self.leave(temporary),
        }
    }

    /// Renames where the look finds what is wanted. It looks before each try: whoever holds the file may be a colleague
    /// who saves just now.
    fn rename_where(
        &self,
        wanted: Look,
        temporary: &Path,
        look: &dyn Fn() -> io::Result<Look>,
    ) -> Result<Look, Failed> {
        patiently(self.disk, &|| match look()? {
            found if found == wanted => self.disk.rename(temporary, self.target).map(|()| found),
            found => Ok(found),
        })
    }

    /// The new file is in its place, and the old one under the temporary name.
    fn came_out(&self, temporary: &Path, seen: &[u8]) -> Result<Replaced, Failed> {
        if self.holds(temporary, seen).unwrap_or(false) {
            return self.without(temporary, self.done());
        }
        // Theirs gets its place back. What comes out then is ours, unless they saved once more.
        let is_back = patiently(self.disk, &|| self.disk.exchange(temporary, self.target)).is_ok();
        if is_back && self.holds(temporary, self.bytes).unwrap_or(false) {
            return self.leave(temporary);
        }
        Ok(Replaced::Changed(Some(temporary.to_owned())))
    }

    fn done(&self) -> Replaced {
        Replaced::Done(self.other_names)
    }

    fn leave(&self, temporary: &Path) -> Result<Replaced, Failed> {
        self.without(temporary, Replaced::Changed(None))
    }

    /// What cannot be removed is swept away another day.
    fn without(&self, temporary: &Path, replaced: Replaced) -> Result<Replaced, Failed> {
        let _ = self.disk.remove(temporary);
        Ok(replaced)
    }

    fn holds(&self, path: &Path, bytes: &[u8]) -> io::Result<bool> {
        match self.disk.read(path, u64::try_from(bytes.len()).unwrap_or(u64::MAX)) {
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => Ok(false),
            read => read.map(|there| there == bytes),
        }
    }
}
