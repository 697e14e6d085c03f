//! Colleagues at the same document: what they do with it meanwhile is noticed, said, and answered with one press.

use std::sync::Arc;
use std::time::Duration;

use egui::{Context, Panel, RichText, Ui};

use super::App;
use crate::draft::format;
use crate::files;
use crate::files::owner::Standing;
use crate::ui::keeping::{Asked, Keeping};
use crate::ui::saver::lock;
use crate::ui::screens::dialogs::Dialog;
use crate::ui::theme;
use crate::ui::watch::{Sight, Watch};
use crate::ui::work::Conflict;

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
        let Some(document) = self.work.as_ref().and_then(|work| work.source.clone()) else { return };
        self.colleagues = Colleagues::default();
        if self.leave_quietly().is_some() {
            return self.fetch(document, None, |_| {});
        }
        let Some(known) = self.work.as_ref().map(|work| work.keeping.known.clone()) else { return };
        let (desk, asked) = (self.desk.clone(), document.clone());
        let ask = move || {
            let common = lock(&known).common.clone();
            let lent = match Keeping::ask(&desk, &asked) {
                Asked::Taken(owner) => return Err(Refused::Taken(owner)),
                Asked::Free(lent, _) => lent,
            };
            match files::read_to_bytes(&asked, format::MAX_BYTES as u64) {
                Ok(bytes) if common.as_deref() == Some(&bytes) => Ok((lent, bytes)),
                Ok(_) => Err(Refused::Changed(common)),
                Err(error) => Err(Refused::Unread(error.to_string())),
            }
        };
        self.send("書き込めるか確かめています", ask, move |app, asked| {
            let Some(work) = &mut app.work else { return };
            match asked {
                Ok((lent, bytes)) => {
                    work.rejoin(document, &bytes, lent.keep(), &app.desk, &app.saver);
                    work.save(&app.saver, &app.desk);
                }
                Err(Refused::Changed(common)) => {
                    work.conflict = Some(Conflict { document, common, is_shown: false });
                }
                Err(Refused::Unread(error)) => work.notices.push(error),
                Err(Refused::Taken(owner)) => {
                    let lines = vec![format!("{owner}。"), "閉じてもらってから、もう一度押してください".to_owned()];
                    app.dialog = Some(Dialog::Message("まだ使われています".to_owned(), lines));
                }
            }
        });
    }

    /// Reads the document again; nothing of ours is in it that is not on the disk.
    fn reload(&mut self) {
        let Some(work) = &self.work else { return };
        let page = work.view.page.clone();
        let turn = move |app: &mut App| app.work.iter_mut().for_each(|work| work.view.turn_to(page.clone()));
        let (path, source) = (work.path.clone(), work.source.clone().filter(|_| work.is_taken));
        self.colleagues = Colleagues::default();
        match (path, source) {
            (Some(path), _) => {
                let before = self.leave_quietly();
                self.fetch(path, before, turn);
            }
            (None, Some(source)) if self.leave_quietly().is_some() => {
                self.look_at(&source, "ほかの人が使用中です".to_owned(), turn);
            }
            (None, _) => {}
        }
    }

    /// Closes a document in which nothing is unsaved; its marks are still to be given back.
    fn leave_quietly(&mut self) -> Option<Keeping> {
        self.work.take_if(|work| !work.would_lose()).map(|work| work.keeping)
    }
}

/// Why a document cannot be written to yet.
enum Refused {
    /// Somebody has it open: who, since when.
    Taken(String),
    /// It says something else than when it was read: that.
    Changed(Option<Arc<Vec<u8>>>),
    /// It cannot be read.
    Unread(String),
}
