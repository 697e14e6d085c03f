//! The files of `tests/golden/`, and the comparison with them.

use std::fs;
use std::path::{Path, PathBuf};

/// Where it is set, what the program says now takes the place of what is kept.
const UPDATE: &str = "UPDATE_GOLDEN";

/// Whether what is kept is being written anew.
pub fn is_updated() -> bool {
    std::env::var_os(UPDATE).is_some()
}

/// A file or folder of `tests/golden/`.
pub fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

/// A sample, as it is shipped.
pub fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)
}

pub fn bytes(name: &str) -> Vec<u8> {
    fs::read(path(name)).unwrap_or_else(|error| panic!("tests/golden/{name}: {error}"))
}

/// Names of a folder of `tests/golden/`, in order.
pub fn names(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(path(folder)).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// What the program says now is what is kept, byte for byte.
pub fn check(name: &str, now: impl AsRef<[u8]>) {
    let (path, now) = (path(name), now.as_ref());
    let kept = fs::read(&path).ok();
    if kept.as_deref() == Some(now) {
        return;
    }
    if is_updated() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        return fs::write(&path, now).unwrap();
    }
    let Some(kept) = kept else { panic!("tests/golden/{name} is missing") };
    let at = kept.iter().zip(now).position(|(kept, now)| kept != now).unwrap_or(kept.len().min(now.len()));
    let line = kept[..at].iter().filter(|byte| **byte == b'\n').count();
    let shown = |bytes: &[u8]| {
        String::from_utf8_lossy(bytes)
            .lines()
            .skip(line)
            .take(3)
            .map(|line| format!("    {line}\n"))
            .collect::<String>()
    };
    panic!(
        "tests/golden/{name} differs from byte {at} on, in line {}. It is\n{}and now would be\n{}See tests/golden/README.md",
        line + 1,
        shown(&kept),
        shown(now)
    );
}

/// Every file below a folder with its content, by its path there.
pub fn tree(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    collect(folder, "", &mut files);
    files.sort();
    files
}

fn collect(folder: &Path, around: &str, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = format!("{around}{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else {
            files.push((name, fs::read(entry.path()).unwrap()));
        }
    }
}

/// Writes such a tree below a folder.
pub fn plant(folder: &Path, files: &[(String, Vec<u8>)]) {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}
