//! What the window has done on the disk, and what it shows while a disk does not answer.

use std::time::Duration;

use egui::{Color32, Context, Frame, Id, Modal, RichText, ViewportCommand};

use super::{App, Screen};
use crate::exchange::worker::Waiting;
use crate::ui::dialogs::Dialog;
use crate::ui::state::words;
use crate::ui::widgets::waiting_ui;
use crate::workspace::task::Task;

/// At the end of the program a save is waited for a little longer.
const END_PATIENCE: Duration = Duration::from_secs(1);

/// What takes no longer than this is not talked about.
const SHOWN_AFTER: Duration = Duration::from_millis(300);

/// What is done with what the thread found.
type Landing = Box<dyn FnOnce(&mut App) + Send>;

/// Work on the disk that the user waits for.
pub struct Underway {
    /// What it is.
    words: String,
    task: Task<Landing>,
    kind: Kind,
    /// Work of another process, which ends when this is dropped.
    waiting: Option<Waiting>,
    since: Duration,
    /// What is asked again where it is given up: nothing that was entered is lost.
    back_to: Option<Dialog>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Usual,
    /// The last saves before the window closes.
    Ending,
}

impl App {
    /// Has something done on the disk, and goes on with what came of it. Whatever is given up is dropped on the thread.
    pub(super) fn send<T: Send + 'static>(
        &mut self,
        words: impl Into<String>,
        work: impl FnOnce() -> T + Send + 'static,
        land: impl FnOnce(&mut App, T) + Send + 'static,
    ) {
        self.send_for(None, words, work, land);
    }

    /// The same for work of another process, which ends when nobody waits for it.
    pub(super) fn send_for<T: Send + 'static>(
        &mut self,
        waiting: Option<Waiting>,
        words: impl Into<String>,
        work: impl FnOnce() -> T + Send + 'static,
        land: impl FnOnce(&mut App, T) + Send + 'static,
    ) {
        let run = move || {
            let found = work();
            Box::new(move |app: &mut App| land(app, found)) as Landing
        };
        let task = Task::start(&self.environment.waker, run);
        self.underway =
            Some(Underway { words: words.into(), task, kind: Kind::Usual, waiting, since: self.now, back_to: None });
        self.land();
    }

    /// Where the work that was begun last is given up, that dialog is shown again.
    pub(super) fn or_back_to(&mut self, dialog: Dialog) {
        if let Some(underway) = &mut self.underway {
            underway.back_to = Some(dialog);
        }
    }

    /// Goes on once everything handed over is on the disk, at the end of the program.
    pub(super) fn send_at_the_end(&mut self, land: impl FnOnce(&mut App) + Send + 'static) {
        let saved = self.saver.when_done();
        let run = move || {
            let _ = saved.recv();
            Box::new(land) as Landing
        };
        let task = Task::start(&self.environment.waker, run).at_least(END_PATIENCE);
        let words = "保存しています".to_owned();
        self.underway =
            Some(Underway { words, task, kind: Kind::Ending, waiting: None, since: self.now, back_to: None });
        self.land();
    }

    /// Goes on with what came of the work, once it is done.
    pub(super) fn land(&mut self) {
        let Some(answer) = self.underway.as_mut().and_then(|underway| underway.task.answer()) else { return };
        self.underway = None;
        match answer {
            Ok(landing) => landing(self),
            Err(words) => self.dialog = Some(Dialog::Message("できませんでした".to_owned(), vec![words])),
        }
    }

    /// Says what is waited for, with the way out.
    pub(super) fn underway_ui(&mut self, ctx: &Context) {
        let Some(underway) = &self.underway else { return };
        let kind = underway.kind;
        let shown_at = underway.since + SHOWN_AFTER;
        let modal = Modal::new(Id::unique("underway"));
        if self.now < shown_at {
            // Nothing else can be pressed meanwhile, and nothing blinks.
            modal.backdrop_color(Color32::TRANSPARENT).frame(Frame::NONE).show(ctx, |_| {});
            return ctx.request_repaint_after(shown_at - self.now);
        }
        let (mut stop, mut leave) = (false, false);
        let modal = modal.show(ctx, |ui| {
            ui.set_width(420.0);
            waiting_ui(ui, &underway.words);
            let saved = if self.work.is_some() {
                "。書いた内容はこのパソコンの控えにあります"
            } else {
                ""
            };
            let what = if underway.waiting.is_some() {
                "ファイルの中身を調べています"
            } else {
                "共有フォルダーなどの応答を待っています"
            };
            ui.label(RichText::new(format!("{what}{saved}")).small());
            ui.horizontal(|ui| {
                let words = if kind == Kind::Ending { "終了しない" } else { words::CANCEL };
                stop = ui.button(words).clicked();
                leave = kind == Kind::Ending && ui.button("待たずに終了").clicked();
            });
        });
        if leave {
            self.underway = None;
            self.leave(ctx);
        } else if stop || modal.should_close() {
            self.dialog = self.underway.take().and_then(|underway| underway.back_to).or(self.dialog.take());
            self.to_make.clear();
            // A comparison that is not of the draft as it is now is not gone on with.
            if self.screen == Screen::Merge && !self.compares_this_draft() {
                self.screen = Screen::FillIn;
            }
        }
    }

    /// Closes the window.
    pub(super) fn leave(&mut self, ctx: &Context) {
        self.leaving = true;
        ctx.send_viewport_cmd(ViewportCommand::Close);
    }
}
