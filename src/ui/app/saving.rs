//! Saving what is open: when it is due, and before the window closes.

use std::time::Duration;

use egui::{Context, ViewportCommand};

use super::App;
use crate::ui::ending;
use crate::ui::saver::Saver;
use crate::ui::screens::dialogs::Dialog;
use crate::ui::work::SaveState;

impl App {
    pub(super) fn save_when_due(&mut self, ctx: &Context, now: Duration) {
        let Some(work) = &mut self.work else { return };
        if work.session.save_due(now) {
            // A draft without a file goes into its copy.
            work.save(&self.saver, &self.desk);
        } else if work.session.next_copy().is_some_and(|due| due <= now) {
            work.save_copy(&self.saver);
        }
        for due in [work.session.next_save(), work.session.next_copy()].into_iter().flatten() {
            // An idle window paints no frames: it must be woken to save.
            ctx.request_repaint_after(due.saturating_sub(now));
        }
    }

    /// Notes what would be lost if the program died now.
    pub(super) fn note_pending(&mut self) {
        let work = self.work.as_mut();
        let version = work.as_ref().filter(|work| work.would_lose()).map_or(0, |work| work.session.version());
        if version != self.noted {
            self.noted = version;
            ending::set(&self.pending, work.and_then(|work| work.pending(&self.desk)));
        }
    }

    /// Hands over what is not saved yet.
    pub(super) fn save_now(&mut self) {
        if let Some(work) = &mut self.work
            && work.would_lose()
        {
            work.save(&self.saver, &self.desk);
        }
    }

    pub(super) fn close_when_asked(&mut self, ctx: &Context) {
        if self.leaving || !ctx.input(|input| input.viewport().close_requested()) {
            return;
        }
        if self.work.as_ref().is_some_and(|work| work.path.is_none() && work.would_lose()) {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.dialog = Some(Dialog::Leave);
            return;
        }
        let has_conflict = |app: &Self| app.work.as_ref().is_some_and(|work| work.conflict.is_some());
        let knew = has_conflict(self);
        self.finish(ctx);
        if !knew && has_conflict(self) {
            // A colleague changed the document, and nobody was told yet: the comparison opens by itself.
            return ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        }
        if let Some(work) = self.work.as_ref().filter(|work| work.would_lose()) {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            let reason = match &work.state {
                SaveState::Failed(error) => error.clone(),
                _ => String::new(),
            };
            let advice = "「名前を付けて保存」で別の場所に保存してください".to_owned();
            let title = "保存できなかったため、終了しませんでした".to_owned();
            self.dialog = Some(Dialog::Message(title, vec![reason, advice]));
        }
    }

    /// Saves what is open and waits until it is on the disk.
    pub(super) fn finish(&mut self, ctx: &Context) {
        self.save_now();
        let next = Saver::start(ctx, self.desk.owned.clone(), self.desk.me.clone());
        let saver = std::mem::replace(&mut self.saver, next);
        for done in saver.finish() {
            if let Some(work) = &mut self.work {
                work.note(done, &self.desk, Duration::ZERO);
            }
        }
    }
}
