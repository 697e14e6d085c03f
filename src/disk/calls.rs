//! The calls on the disk that reading, saving, locking and keeping are made of: the one file that touches it. A test
//! puts a disk in place that fails.

#![allow(clippy::disallowed_methods, reason = "this is the file that touches the disk")]

pub use std::fs::File;
use std::fs::{self, Metadata, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Who may read a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Whom the system lets read new files.
    Usual,
    /// Only this user, until another mode is set.
    Private,
}

/// A disk. Each call is what its name says and nothing more; all of them can fail.
pub trait Disk: Send + Sync {
    /// What the system knows of a file; `follow` through links or not.
    fn facts(&self, path: &Path, follow: Links) -> io::Result<Metadata> {
        match follow {
            Links::Follow => fs::metadata(path),
            Links::Stay => fs::symlink_metadata(path),
        }
    }

    /// Where a link leads.
    fn link(&self, path: &Path) -> io::Result<PathBuf> {
        fs::read_link(path)
    }

    /// The bytes of a file, at most `max` and one more.
    fn read(&self, path: &Path, max: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(max.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The names in a folder.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
        paths.sort();
        Ok(paths)
    }

    /// Makes a folder and those around it.
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    /// Makes a file that must not be there yet.
    fn create(&self, path: &Path, mode: Mode) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if mode == Mode::Private {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let _ = mode;
        options.open(path)
    }

    /// Opens a file, makes it where it is missing, and locks it until it is closed or the process ends; `WouldBlock`
    /// while another has locked it.
    fn lock(&self, path: &Path) -> io::Result<File> {
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
        file.try_lock()?;
        Ok(file)
    }

    /// Writes all bytes into a file just made.
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    /// Sets who may read and write a file.
    fn set_mode(&self, file: &File, permissions: Permissions) -> io::Result<()> {
        file.set_permissions(permissions)
    }

    /// Waits until a file is on the medium.
    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    /// Gives a file another name; a file of that name is replaced in one step.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    /// Waits until the names in a folder are on the medium. Only Unix has such a call.
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        #[cfg(unix)]
        File::open(folder)?.sync_all()?;
        let _ = folder;
        Ok(())
    }

    /// Takes a file away.
    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    /// Whether a rename failed because another program holds the target: Windows says 5 (access denied) or 32
    /// (sharing violation) while a virus scanner, an indexer or a colleague reads the file.
    fn is_held(&self, error: &io::Error) -> bool {
        cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32))
    }

    /// Waits before another try.
    fn pause(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// Whether a link is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// The file it leads to is meant.
    Follow,
    /// The link itself is meant.
    Stay,
}

/// The disk of this computer.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemDisk;

impl Disk for SystemDisk {}
