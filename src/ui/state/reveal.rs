//! Shows a folder in the system's own file manager.

use std::path::Path;
use std::process::{Command, Stdio};

/// The program that shows a folder.
const PROGRAM: &str = if cfg!(windows) {
    "explorer"
} else if cfg!(target_os = "macos") {
    "open"
} else {
    "xdg-open"
};

/// Opens the folder, or says in Japanese where it is.
pub fn folder(folder: &Path) -> Result<(), String> {
    let mut command = Command::new(PROGRAM);
    command.arg(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let started = command.spawn();
    started.map(drop).map_err(|_| format!("フォルダーを表示できませんでした。場所は {} です", folder.display()))
}
