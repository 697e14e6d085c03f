//! Colleagues at the same document: what they do with it meanwhile is noticed, said, and answered with one press.

use std::time::Duration;

use egui::{Context, Panel, RichText, Ui};

use super::{App, Screen};
use crate::draft::format;
use crate::files::owner::Standing;
use crate::files::{self};
use crate::ui::keeping::{Asked, Keeping};
use crate::ui::screens::dialogs::Dialog;
use crate::ui::theme;
use crate::ui::watch::{Sight, Watch};
use crate::ui::work::{Conflict, Work};

/// What is known of colleagues at the open document.
#[derive(Default)]
pub struct Colleagues {
    watch: Option<Watch>,
    sight: Option<Sight>,
}

/// What the line above the form offers.
#[derive(Clone, Copy)]
enum Offer {
    TakeIn,
    TakeOver,
    Reload,
}

impl App {
    /// Watches the open document, and goes to the comparison where a colleague has changed it.
    pub(super) fn look_after_colleagues(&mut self, ctx: &Context, now: Duration) {
        self.introduce();
        self.show_conflict(ctx, now);
        let watched = self.work.as_ref().and_then(|work| {
            let document = if work.is_taken { work.source.as_ref() } else { work.path.as_ref() };
            Some((document?.clone(), work.keeping.known.clone()))
        });
        let Colleagues { watch, sight } = &mut self.colleagues;
        let Some((document, known)) = watched else {
            (*watch, *sight) = (None, None);
            return;
        };
        if !watch.as_ref().is_some_and(|watch| watch.is_of(&document, &known)) {
            *sight = None;
            *watch = Some(Watch::start(ctx, document, known, self.desk.me.clone()));
        }
        if let Some(seen) = watch.as_ref().and_then(Watch::seen) {
            *sight = Some(seen);
        }
    }

    /// The line above the form that says what a colleague did, with a button for the next step.
    pub(super) fn colleagues_ui(&mut self, ui: &mut Ui) {
        let Some((words, button, offer)) = self.offer() else { return };
        let mut is_taken = false;
        Panel::top("colleagues").show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(words).family(theme::bold()));
                is_taken = ui.button(button).clicked();
            });
        });
        if !is_taken {
            return;
        }
        match offer {
            Offer::TakeIn => self.compare_document(),
            Offer::TakeOver => self.take_over(),
            Offer::Reload => self.reload(),
        }
    }

    fn offer(&self) -> Option<(String, &'static str, Offer)> {
        let work = self.work.as_ref()?;
        if let Some(conflict) = &work.conflict {
            let name = conflict.document.file_name().unwrap_or_default().to_string_lossy();
            let words = format!("「{name}」に書かれたほかの人の変更を、まだ取り込んでいません");
            return Some((words, "相手の変更を取り込む…", Offer::TakeIn));
        }
        let sight = self.colleagues.sight.as_ref()?;
        if !work.is_taken {
            let words = "ほかの人がこの評価書を書き換えました".to_owned();
            return (sight.is_changed && !work.would_lose()).then_some((words, "読み直す", Offer::Reload));
        }
        match &sight.standing {
            Standing::Free => {
                let words = "使っていた人が閉じました。書き込めるように開き直せます".to_owned();
                Some((words, "書き込めるようにする", Offer::TakeOver))
            }
            Standing::Gone(owner) => {
                let words = format!("{}開いたままですが、応答がありません", owner.words());
                Some((words, "引き継いで書き込めるようにする", Offer::TakeOver))
            }
            Standing::Held(_) if sight.is_changed && !work.would_lose() => {
                let words = "使っている人が保存しました。新しい内容を見られます".to_owned();
                Some((words, "読み直す", Offer::Reload))
            }
            Standing::Held(_) => None,
        }
    }

    /// Opens for writing what was only looked at; what was written meanwhile comes along.
    fn take_over(&mut self) {
        let Some(work) = &mut self.work else { return };
        let Some(document) = work.source.clone() else { return };
        if !work.would_lose() {
            self.leave_quietly();
            return self.open(&document);
        }
        let known = work.keeping.known.clone();
        let common = crate::ui::saver::lock(&known).common.clone();
        match Keeping::ask(&self.desk, &document) {
            Asked::Taken(owner) => {
                let lines = vec![format!("{owner}。"), "閉じてもらってから、もう一度押してください".to_owned()];
                self.dialog = Some(Dialog::Message("まだ使われています".to_owned(), lines));
            }
            Asked::Free(keeping, _) => match files::read_to_bytes(&document, format::MAX_BYTES as u64) {
                Ok(bytes) if common.as_deref() == Some(&bytes) => {
                    work.rejoin(document, &bytes, keeping, &self.desk);
                    work.save(&self.saver, &self.desk);
                }
                Ok(_) => {
                    keeping.give_back(&self.desk);
                    work.conflict = Some(Conflict { document, common, is_shown: false });
                }
                Err(error) => {
                    keeping.give_back(&self.desk);
                    work.notices.push(error.to_string());
                }
            },
        }
        self.colleagues = Colleagues::default();
    }

    /// Reads the document again; nothing of ours is in it that is not on the disk.
    fn reload(&mut self) {
        let Some(work) = &self.work else { return };
        let (page, source) = (work.view.page.clone(), work.source.clone());
        let read = match (&work.path, source.filter(|_| work.is_taken)) {
            (Some(path), _) => {
                let path = path.clone();
                self.leave_quietly();
                self.open(&path);
                None
            }
            (None, Some(source)) => Some(Work::read_only(&source, "ほかの人が使用中です")),
            (None, None) => None,
        };
        if let Some(read) = read {
            self.leave_quietly();
            self.enter(read);
        }
        if let (Some(work), Screen::FillIn) = (&mut self.work, self.screen) {
            work.view.turn_to(page);
        }
        self.colleagues = Colleagues::default();
    }

    /// Closes a document in which nothing is unsaved.
    fn leave_quietly(&mut self) {
        if let Some(work) = self.work.take_if(|work| !work.would_lose()) {
            // At once: the same document may be opened again in this very frame.
            work.keeping.give_back(&self.desk);
        }
    }
}
