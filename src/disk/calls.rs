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

    /// The one path of a file or folder that is there: through all links, without `.` and `..`, with the server's name in
    /// place of a drive letter.
    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    /// The bytes of a file of at most `max`. What is no file (a pipe, a device, a socket) is refused before it is opened,
    /// what is larger before it is read: `FileTooLarge`.
    fn read(&self, path: &Path, max: u64) -> io::Result<Vec<u8>> {
        let fits = |length: u64| if length > max { Err(io::ErrorKind::FileTooLarge) } else { Ok(()) };
        let file = open_file(path, OpenOptions::new().read(true))?;
        fits(file.metadata()?.len())?;
        // The size is only what the system says beforehand: a file can grow.
        let mut bytes = Vec::new();
        file.take(max.saturating_add(1)).read_to_end(&mut bytes)?;
        fits(u64::try_from(bytes.len()).unwrap_or(u64::MAX))?;
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
        let file = open_file(path, OpenOptions::new().write(true).create(true).truncate(false))?;
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

    /// Lets two files change their names: on Linux in one step, though not on every disk; on Windows in several, none of
    /// which takes a name that something has.
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::{CWD, RenameFlags, renameat_with};
            Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
        }
        #[cfg(windows)]
        {
            super::steps::exchange_in_steps(self, one, other)
        }
        #[cfg(not(any(target_os = "linux", windows)))]
        {
            let _ = (one, other);
            Err(io::ErrorKind::Unsupported.into())
        }
    }

    /// Gives a file another name that nothing has; `AlreadyExists` where something has it. Windows has such a call, and
    /// Linux, though not on every disk.
    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::{CWD, RenameFlags, renameat_with};
            Ok(renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE)?)
        }
        #[cfg(windows)]
        {
            winsafe::MoveFile(&as_text(from)?, &as_text(to)?)
                .map_err(|error| io::Error::from_raw_os_error(error.raw().cast_signed()))
        }
        #[cfg(not(any(target_os = "linux", windows)))]
        {
            let _ = (from, to);
            Err(io::ErrorKind::Unsupported.into())
        }
    }

    /// The other names (hard links) that lead to a file of which these facts are known; none where the disk does not tell.
    fn other_names(&self, path: &Path, facts: &Metadata) -> u64 {
        #[cfg(unix)]
        let n_names = std::os::unix::fs::MetadataExt::nlink(facts);
        #[cfg(windows)]
        let n_names =
            File::open(path).and_then(winapi_util::file::information).map_or(1, |file| file.number_of_links());
        let _ = (path, facts);
        n_names.saturating_sub(1)
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

    /// Takes an empty folder away.
    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir(folder)
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

/// Refuses what is no file: a pipe holds whoever opens it, and a device does what it is for.
pub(super) fn must_be_file(facts: &Metadata) -> io::Result<()> {
    if facts.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if facts.is_file() { Ok(()) } else { Err(not_a_file()) }
}

/// A path as the calls of Windows take it: a long one with its `\\?\`, as the standard library writes it.
#[cfg(windows)]
fn as_text(path: &Path) -> io::Result<String> {
    /// A path of this length needs no `\\?\`.
    const SHORT: usize = 240;
    let long = match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) if path.as_os_str().len() > SHORT => Some(fs::canonicalize(folder)?.join(name)),
        _ => None,
    };
    let path = long.as_deref().unwrap_or(path);
    path.to_str().map(str::to_owned).ok_or_else(|| io::ErrorKind::InvalidFilename.into())
}

fn not_a_file() -> io::Error {
    let words = "これは文書のファイルではありません（パイプや装置など）。ほかのファイルを選んでください";
    io::Error::new(io::ErrorKind::InvalidInput, words)
}

/// Opens a file, or makes it where the options say so, and never anything else than a file.
fn open_file(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    if cfg!(windows) && is_device(path) {
        return Err(not_a_file());
    }
    match fs::metadata(path) {
        Ok(facts) => must_be_file(&facts)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let file = open_at_once(path, options)?;
    // Something else may have taken its place in between.
    must_be_file(&file.metadata()?)?;
    Ok(file)
}

/// Opens without waiting for whoever is at the other end of a pipe.
#[cfg(unix)]
fn open_at_once(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    match options.custom_flags(libc::O_NONBLOCK).open(path) {
        // Of a file: the system asks another program, as a file server, to give it free. That is waited for.
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => options.custom_flags(0).open(path),
        opened => opened,
    }
}

#[cfg(not(unix))]
fn open_at_once(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    options.open(path)
}

/// Whether Windows means a device by this path: under these names in every folder and with every extension.
fn is_device(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_uppercase()).unwrap_or_default();
    let stem = name.split(['.', ':']).next().unwrap_or_default().trim_end();
    let number = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    let is_numbered =
        number.is_some_and(|number| matches!(number, "¹" | "²" | "³") || matches!(number.as_bytes(), [b'1'..=b'9']));
    path.to_string_lossy().starts_with(r"\\.\")
        || is_numbered
        || matches!(stem, "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
}

/// The disk of this computer.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemDisk;

impl Disk for SystemDisk {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_devices_of_windows_are_known_by_name() {
        for device in ["NUL", "共有/nul.ron", "con .txt", "COM1", "lpt9.ron", "COM¹", r"\\.\pipe\a", "aux:"] {
            assert!(is_device(Path::new(device)), "{device}");
        }
        for file in ["nuls.ron", "COM.ron", "COM10.ron", "lpt.ron", "評価書.ron", "nul/評価書.ron", "COM１.ron"]
        {
            assert!(!is_device(Path::new(file)), "{file}");
        }
    }
}
