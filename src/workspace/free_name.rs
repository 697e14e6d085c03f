//! A name that is still free, looked for on a thread: the folder may lie on a share that does not answer.

use std::path::PathBuf;

use super::task::Task;
use super::waker::Waker;
use crate::disk;

/// A search for a free name.
#[derive(Debug)]
pub struct FreeName {
    waker: Waker,
    looking: Option<Task<(PathBuf, PathBuf)>>,
}

impl FreeName {
    /// No search yet; `waker` wakes whoever waits for one.
    pub fn new(waker: Waker) -> Self {
        Self { waker, looking: None }
    }

    /// Wants a free name like this one; an earlier wish is forgotten.
    pub fn want(&mut self, path: PathBuf) {
        self.want_beside(path, Vec::new());
    }

    /// The same, and none of those names, which are promised already.
    pub fn want_beside(&mut self, path: PathBuf, promised: Vec<PathBuf>) {
        let look = move || (path.clone(), disk::free_name_beside(&path, &promised));
        self.looking = Some(Task::start(&self.waker, look));
    }

    /// No name is wanted any more.
    pub fn forget(&mut self) {
        self.looking = None;
    }

    /// The name that was wanted and the free one, once that is known.
    pub fn found(&mut self) -> Option<(PathBuf, PathBuf)> {
        let answer = self.looking.as_mut()?.answer()?;
        self.looking = None;
        answer.ok()
    }
}
