//! Opening a file or folder in the system's own program, only when the user asks for it.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use egui::Context;

use crate::disk;

/// A file or folder being opened.
pub struct Opening(Receiver<Option<String>>);

impl Opening {
    /// Asks the system to open it; the window is woken with the answer.
    ///
    /// On Linux the answer is only that the request was passed on: the system's helper says no more.
    pub fn start(ctx: &Context, path: &Path) -> Self {
        let (report, answer) = channel();
        let (ctx, path) = (ctx.clone(), path.to_owned());
        let ask = move || {
            let failed = opener::open(&path).err().map(|_| {
                let missing = disk::is_missing(&path);
                let reason = if missing {
                    "そこにありません"
                } else {
                    "開くプログラムが起動しませんでした"
                };
                format!("開けませんでした（{reason}）。パソコンのファイルの一覧から開いてください: {}", path.display())
            });
            let _ = report.send(failed);
            ctx.request_repaint();
        };
        let _ = thread::Builder::new().name("open".to_owned()).spawn(ask);
        Self(answer)
    }

    /// What went wrong, once it is known.
    pub fn failed(&self) -> Option<String> {
        self.0.try_recv().ok().flatten()
    }
}
