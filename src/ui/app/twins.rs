//! Other files of the open document: looked for when it is opened, and told.

use super::App;
use crate::workspace::task::Task;
use crate::workspace::twins;

impl App {
    /// Begins to look for other files of the document that has just been opened.
    pub(super) fn look_for_twins(&mut self) {
        let document = self.work.as_ref().map(|work| &work.document);
        self.twins = document.and_then(|document| {
            let path = document.path.as_deref()?;
            twins::look(&self.environment.waker, document.session.draft(), path, &self.settings.recent)
        });
    }

    /// Says where they are, once that is known.
    pub(super) fn tell_of_twins(&mut self) {
        let Some(Ok(paths)) = Task::take_answer(&mut self.twins) else { return };
        if let Some(work) = self.work.as_mut().filter(|_| !paths.is_empty()) {
            work.document.tell(twins::words(&paths));
        }
    }
}
