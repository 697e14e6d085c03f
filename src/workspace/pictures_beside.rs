//! The files of pictures beside a JSON document: read where the document names them, written where it is exported.

use std::path::{Component, Path, PathBuf};

use crate::disk::{self, Disk, FileError, SystemDisk};
use crate::draft::Draft;
use crate::exchange::json::{self, MAX_PICTURE_BYTES};

/// Reads a picture that the document `json` names: a file below its folder, by a plain relative path.
pub fn read_beside(json: &Path, named: &str) -> Result<Vec<u8>, String> {
    let folder = match json.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // `\` and `:` are paths of Windows: shares, drives, streams.
    let relative = Path::new(named);
    let is_plain = !named.contains(['\\', ':', '\0'])
        && !named.trim().is_empty()
        && relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !is_plain {
        return Err(format!(
            "「{named}」は読みません。JSON と同じフォルダーより下にある画像を「図/流れ.png」のように書いてください"
        ));
    }
    let path = folder.join(relative);
    // A link may lead elsewhere.
    let real = |path: &Path| SystemDisk.real_path(path).map_err(|_| format!("「{named}」が見つかりません"));
    if !real(&path)?.starts_with(real(folder)?) {
        return Err(format!("「{named}」は JSON のフォルダーの外にあるため読みません"));
    }
    disk::read_to_bytes(&path, MAX_PICTURE_BYTES).map_err(|error| error.to_string())
}

/// The folder for the pictures of a document, and its name as the document tells it.
pub fn folder_beside(json: &Path) -> (PathBuf, String) {
    let stem = json.file_stem().unwrap_or_default().to_string_lossy();
    let name = format!("{stem}.files");
    (json.with_file_name(&name), name)
}

/// Writes the pictures of a draft beside its document; what is there already under its name is the same picture.
pub fn write_beside(folder: &Path, draft: &Draft) -> Result<usize, FileError> {
    let files = json::picture_files(draft);
    if !files.is_empty() {
        disk::make_folder(folder)?;
    }
    for (name, bytes) in &files {
        disk::write_whole(&folder.join(name), bytes)?;
    }
    Ok(files.len())
}
