//! The system's own file dialogs, on a thread of their own. Where the system has none the answer is "nothing chosen",
//! so every place that asks for a file also takes a typed path.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;

use egui::Context;

/// What a file is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A draft to open.
    Open,
    /// A document to compare with.
    Compare,
    /// Where to save a new draft.
    Create,
    /// Where to save the draft.
    SaveAs,
    /// Where to write the PDF.
    Pdf,
}

/// A dialog that is open.
pub struct Picker {
    /// What it asks for.
    pub purpose: Purpose,
    chosen: Receiver<Option<PathBuf>>,
}

impl Picker {
    /// Opens the dialog; `proposed` is a folder, or a file to be written.
    pub fn open(ctx: &Context, purpose: Purpose, proposed: &Path) -> Self {
        let (send, chosen) = channel();
        let ctx = ctx.clone();
        let dialog = dialog(purpose, proposed);
        let ask = move || {
            let reads = matches!(purpose, Purpose::Open | Purpose::Compare);
            let path = if reads { dialog.pick_file() } else { dialog.save_file() };
            let _ = send.send(path);
            ctx.request_repaint();
        };
        let _ = thread::Builder::new().name("dialog".to_owned()).spawn(ask);
        Self { purpose, chosen }
    }

    /// What was chosen, once the dialog is closed.
    pub fn finished(&self) -> Option<Option<PathBuf>> {
        match self.chosen.try_recv() {
            Ok(path) => Some(path),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(None),
        }
    }
}

fn dialog(purpose: Purpose, proposed: &Path) -> rfd::FileDialog {
    let (title, kind, extension) = match purpose {
        Purpose::Open => ("下書きを開く", "評価書の下書き", "ron"),
        Purpose::Compare => ("比べる評価書を選ぶ", "評価書の下書き", "ron"),
        Purpose::Create | Purpose::SaveAs => ("下書きの保存先", "評価書の下書き", "ron"),
        Purpose::Pdf => ("PDF の保存先", "PDF", "pdf"),
    };
    let dialog = rfd::FileDialog::new().set_title(title).add_filter(kind, &[extension]);
    let (folder, name) = match purpose {
        Purpose::Open | Purpose::Compare => (Some(proposed), None),
        _ => (proposed.parent(), proposed.file_name()),
    };
    let dialog = match folder.filter(|folder| folder.is_absolute()) {
        Some(folder) => dialog.set_directory(folder),
        None => dialog,
    };
    let dialog = if purpose == Purpose::Open {
        dialog.add_filter("下書きの入った決裁用の PDF", &["pdf"])
    } else {
        dialog
    };
    match name {
        Some(name) => dialog.set_file_name(name.to_string_lossy()),
        None => dialog,
    }
}

/// The path with its extension, where the author left it out.
pub fn with_extension(text: &str, extension: &str) -> PathBuf {
    let path = PathBuf::from(text.trim());
    let has = path.extension().is_some_and(|given| given.eq_ignore_ascii_case(extension));
    if has || path.file_name().is_none() {
        return path;
    }
    let mut name = path.into_os_string();
    name.push(format!(".{extension}"));
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_is_added_once() {
        assert_eq!(with_extension(" 甲 ", "ron"), PathBuf::from("甲.ron"));
        assert_eq!(with_extension("甲.RON", "ron"), PathBuf::from("甲.RON"));
        assert_eq!(with_extension("甲.乙", "pdf"), PathBuf::from("甲.乙.pdf"));
        assert_eq!(with_extension("", "pdf"), PathBuf::from(""));
    }
}
