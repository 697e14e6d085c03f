//! Reading a file whole.

use std::io;
use std::path::Path;
use std::time::SystemTime;

use super::FileError;
use super::calls::{Disk, Links, SystemDisk};

/// Reads a file of at most `max` bytes.
pub fn read_to_bytes(path: &Path, max: u64) -> Result<Vec<u8>, FileError> {
    read_to_bytes_on(&SystemDisk, path, max)
}

/// Reads a file of at most `max` bytes from that disk.
pub fn read_to_bytes_on(disk: &dyn Disk, path: &Path, max: u64) -> Result<Vec<u8>, FileError> {
    disk.read(path, max).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => FileError::TooLarge { path: path.to_owned(), max },
        _ => FileError::read(path)(error),
    })
}

/// Whether nothing stands at that path; what cannot be looked at is not called missing.
pub fn is_missing(path: &Path) -> bool {
    SystemDisk.facts(path, Links::Follow).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

/// Whether a file is there and may not be written.
pub fn is_write_protected(path: &Path) -> bool {
    SystemDisk.facts(path, Links::Follow).is_ok_and(|metadata| metadata.permissions().readonly())
}

/// When a file was written last, where the system knows.
pub fn modified(path: &Path) -> Option<SystemTime> {
    SystemDisk.facts(path, Links::Follow).and_then(|metadata| metadata.modified()).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::disallowed_methods)]
    use super::*;

    #[test]
    fn reads_up_to_the_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("あ.ron");
        std::fs::write(&path, b"12345").unwrap();
        assert_eq!(read_to_bytes(&path, 5).unwrap(), b"12345");
        let message = read_to_bytes(&path, 4).unwrap_err().to_string();
        assert_eq!(message, format!("ファイルが大きすぎます（4バイトまで読めます）: {}", path.display()));
    }

    #[test]
    fn says_what_is_wrong_and_the_path_last() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("none");
        let expected = "読み込めませんでした。ファイルかフォルダーがありません。場所を確かめてください";
        assert_eq!(read_to_bytes(&path, 1).unwrap_err().to_string(), format!("{expected}: {}", path.display()));
        let message = read_to_bytes(folder.path(), 1).unwrap_err().to_string();
        assert!(message.contains("これはフォルダーです"), "{message}");
    }
}
