//! Opening a file or folder in the system's own program, only when the user asks for it.

use std::path::Path;

use egui::Context;

use super::waker;
use crate::disk;
use crate::workspace::task::Task;

/// A file or folder being opened.
pub struct Opening(Option<Task<Option<String>>>);

impl Opening {
    /// Asks the system to open it; the window is woken with the answer.
    ///
    /// On Linux the answer is only that the request was passed on: the system's helper says no more.
    pub fn start(ctx: &Context, path: &Path) -> Self {
        let path = path.to_owned();
        let ask = move || {
            opener::open(&path).err().map(|_| {
                let missing = disk::is_missing(&path);
                let reason = if missing {
                    "そこにありません"
                } else {
                    "開くプログラムが起動しませんでした"
                };
                format!("開けませんでした（{reason}）。パソコンのファイルの一覧から開いてください: {}", path.display())
            })
        };
        Self(Some(Task::start(&waker(ctx), ask).in_background()))
    }

    /// What went wrong, once it is known.
    pub fn failed(&mut self) -> Option<String> {
        Task::take_answer(&mut self.0)?.unwrap_or_else(Some)
    }
}
