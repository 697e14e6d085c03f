//! Saving what is open: when it is due, and before the window closes.

use std::time::Duration;

use egui::{Context, Event, ViewportCommand};

use super::App;
use crate::ui::dialogs::Dialog;
use crate::workspace::open_document::SaveState;
use crate::workspace::saver::Saver;
use crate::workspace::shutdown;

/// A disk that answers nothing for so long is waited for no longer at the end of the program.
const END_AT_LATEST: Duration = Duration::from_secs(3);
/// The same where it has not answered for long already.
const END_OF_WAITING: Duration = Duration::from_millis(100);

impl App {
    pub(super) fn save_when_due(&mut self, ctx: &Context, now: Duration) {
        let Some(work) = &mut self.work else { return };
        work.document.is_waiting = self.saver.is_held_up();
        if work.document.state == SaveState::Pending && !work.document.is_waiting {
            // Nothing else wakes the window to say that the disk does not answer.
            ctx.request_repaint_after(Duration::from_secs(1));
        }
        if work.document.session.save_due(now) {
            // A draft without a file goes into its copy.
            work.document.save(&self.saver, &self.environment);
        } else if work.document.session.next_copy().is_some_and(|due| due <= now) {
            work.document.save_copy(&self.saver);
        }
        for due in [work.document.session.next_save(), work.document.session.next_copy()].into_iter().flatten() {
            // An idle window paints no frames: it must be woken to save.
            ctx.request_repaint_after(due.saturating_sub(now));
        }
    }

    /// Notes what would be lost if the program died now.
    pub(super) fn note_pending(&mut self) {
        let work = self.work.as_mut();
        let version =
            work.as_ref().filter(|work| work.document.would_lose()).map_or(0, |work| work.document.session.version());
        if version != self.noted {
            self.noted = version;
            shutdown::set(&self.pending, work.and_then(|work| work.document.pending(&self.environment)));
        }
    }

    /// Hands over what is not saved yet.
    pub(super) fn save_now(&mut self) {
        if let Some(work) = &mut self.work
            && work.document.would_lose()
        {
            work.document.save(&self.saver, &self.environment);
        }
    }

    pub(super) fn close_when_asked(&mut self, ctx: &Context) {
        if self.leaving || !ctx.input(|input| input.viewport().close_requested()) {
            return;
        }
        let n_begun = self.work.as_ref().map_or(0, |work| work.view.remarks.n_begun());
        if n_begun > 0 {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.dialog = Some(Dialog::Begun(n_begun, self.author()));
            return;
        }
        if self.work.as_ref().is_some_and(|work| work.document.path.is_none() && work.document.would_lose()) {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.dialog = Some(Dialog::Leave);
            return;
        }
        let knew = self.has_conflict();
        self.save_now();
        let ctx_then = ctx.clone();
        self.send_at_the_end(move |app| app.leave_when_saved(&ctx_then, knew));
        if !self.leaving {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        }
    }

    fn has_conflict(&self) -> bool {
        self.work.as_ref().is_some_and(|work| work.document.conflict.is_some())
    }

    /// Closes the window after the last save, unless there is something to be said.
    fn leave_when_saved(&mut self, ctx: &Context, knew_conflict: bool) {
        self.note_saves(self.now);
        if !knew_conflict && self.has_conflict() {
            // A colleague changed the document, and nobody was told yet: the comparison opens by itself.
            return;
        }
        let Some(work) = self.work.as_ref().filter(|work| work.document.would_lose()) else { return self.leave(ctx) };
        let reason = match &work.document.state {
            SaveState::Failed(error) => error.clone(),
            _ => String::new(),
        };
        self.dialog = Some(Dialog::Unsaved(reason, work.document.is_copied));
    }

    /// While it is said that the window stays open because something could not be saved, saving is tried again; once that
    /// succeeds, as where there is room again, the window closes as it was asked to.
    pub(super) fn leave_once_saved(&mut self, ctx: &Context) {
        let Some(Dialog::Unsaved(reason, is_copied)) = &mut self.dialog else { return };
        let Some(work) = &self.work else { return };
        if let (SaveState::Failed(error), true) = (&work.document.state, work.document.would_lose()) {
            reason.clone_from(error);
            *is_copied = work.document.is_copied;
        }
        if work.document.would_lose() {
            return;
        }
        self.dialog = None;
        // A colleague's change is to be seen first: the comparison opens by itself.
        if !self.has_conflict() {
            self.leave(ctx);
        }
    }

    /// What is typed is saved when the window goes out of the focus: the end of a session, of which Windows says nothing
    /// to the window, begins so.
    pub(super) fn save_when_left(&mut self, ctx: &Context) {
        if ctx.input(|input| input.events.contains(&Event::WindowFocused(false))) {
            self.save_now();
        }
    }

    /// Takes note of the saves that have ended.
    pub(super) fn note_saves(&mut self, now: Duration) {
        while let Some(done) = self.saver.finished().or_else(|| self.hung.iter().find_map(Saver::finished)) {
            if let Some(work) = &mut self.work {
                work.document.note(done, &self.environment, &self.saver, now);
                self.start.catalog.look_again();
            }
        }
    }

    /// A thread that waits for a share that does not answer holds up no other document.
    pub(super) fn pass_by_what_hangs(&mut self) {
        if self.saver.is_held_up() {
            let next = Saver::start(&self.environment);
            self.hung.push(std::mem::replace(&mut self.saver, next));
        }
    }

    /// How long the end of the program waits for the disk.
    pub(super) fn patience_at_the_end(&self) -> Duration {
        if self.saver.is_held_up() { END_OF_WAITING } else { END_AT_LATEST }
    }

    /// Saves what is open and waits until it is on the disk, or until the disk has not answered for some seconds.
    pub(super) fn finish(&mut self) {
        self.save_now();
        let at_most = self.patience_at_the_end();
        let next = Saver::start(&self.environment);
        let saver = std::mem::replace(&mut self.saver, next);
        for done in saver.finish(at_most) {
            if let Some(work) = &mut self.work {
                work.document.note(done, &self.environment, &self.saver, Duration::ZERO);
            }
        }
        if self.work.as_ref().is_some_and(|work| work.document.would_lose()) {
            // Then at least the copy on this computer has everything.
            shutdown::flush(&self.pending);
        }
    }
}
