//! A name that is still free, looked for on a thread: the folder may lie on a share that does not answer.

use std::path::PathBuf;

use egui::Context;

use super::task::Task;
use crate::disk;

/// A search for a free name.
#[derive(Debug, Default)]
pub struct FreeName {
    wanted: Option<PathBuf>,
    looking: Option<Task<(PathBuf, PathBuf)>>,
}

impl FreeName {
    /// Wants a free name like this one; an earlier wish is forgotten.
    pub fn want(&mut self, path: PathBuf) {
        *self = Self { wanted: Some(path), looking: None };
    }

    /// The name that was wanted and the free one, once that is known.
    pub fn found(&mut self, ctx: &Context) -> Option<(PathBuf, PathBuf)> {
        if let Some(path) = self.wanted.take() {
            self.looking = Some(Task::start(ctx, move || (path.clone(), disk::free_name(&path))));
        }
        let answer = self.looking.as_mut()?.answer()?;
        self.looking = None;
        answer.ok()
    }
}
