//! Documents: opening one, making one, giving it a file.

use std::path::{Path, PathBuf};

use super::{App, Screen};
use crate::draft::Draft;
use crate::form::shipped;
use crate::ui::export;
use crate::ui::screens::dialogs::Dialog;
use crate::ui::screens::renew::Renew;
use crate::ui::work::Work;

impl App {
    /// Opens a draft, or says why not.
    pub fn open(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let opened = Work::open(&path);
        if opened.is_ok() {
            self.settings.remember(&path);
        }
        self.enter(opened);
    }

    pub(super) fn create(&mut self, form: &str, revision: &str, path: PathBuf) {
        let form = match shipped::find(form, revision) {
            Ok(form) => form,
            Err(error) => return self.start.error = Some(error.to_string()),
        };
        self.enter(Work::create(form));
        if self.screen != Screen::Start {
            self.name(path);
        }
    }

    /// Shows another draft; the one before is saved first, and stays where it cannot be.
    pub(super) fn enter(&mut self, work: Result<Work, String>) {
        self.start.error = None;
        if self.work.as_ref().is_some_and(|work| work.path.is_none() && work.would_lose()) {
            self.start.error = Some("今の下書きがまだ保存されていません。続きに戻って保存してください".to_owned());
            return;
        }
        match work {
            Ok(work) => {
                self.forget_sought();
                self.save_now();
                self.work = Some(work);
                self.screen = Screen::FillIn;
            }
            Err(error) => {
                self.screen = Screen::Start;
                self.start.error = Some(error);
            }
        }
    }

    /// A document that had moved is found again: its old place leaves the list.
    fn forget_sought(&mut self) {
        if let Some(old) = self.start.sought.take()
            && crate::files::is_missing(&old)
        {
            self.settings.forget(&old);
        }
    }

    /// Gives the draft a file and saves it there.
    pub(super) fn name(&mut self, path: PathBuf) {
        if let Some(work) = &mut self.work {
            work.name(path.clone());
            work.save(&self.saver);
            self.settings.remember(&path);
        }
    }

    /// Asks for last year's document, beginning with the one that is open.
    pub(super) fn ask_for_last_year(&mut self, ctx: &egui::Context) {
        self.finish(ctx);
        self.dialog = Some(Dialog::Renew(Box::new(Renew::new(self.path()))));
    }

    /// Shows this year's draft, saves it there, and says what became of last year's document.
    pub(super) fn begin_this_year(&mut self, draft: Draft, path: PathBuf, receipt: &str) {
        self.enter(Work::of(draft));
        if self.screen == Screen::FillIn {
            self.name(path);
            let lines = receipt.lines().map(str::to_owned).collect();
            self.dialog = Some(Dialog::Message("今年の下書きを作りました".to_owned(), lines));
        }
    }

    pub(super) fn ask_for_name(&mut self) {
        let Some(work) = &self.work else { return };
        let form = work.session.form();
        let proposed = work.path.clone().unwrap_or_else(|| {
            crate::files::free_name(&work.folder().join(export::draft_name(form, work.session.draft())))
        });
        self.dialog = Some(Dialog::SaveAs(proposed.display().to_string()));
    }
}
