//! Documents: opening one, making one, giving it a file.

use std::path::{Path, PathBuf};

use super::opened_pdf::is_pdf;
use super::{App, Screen};
use crate::draft::Draft;
use crate::files::{self, SystemDisk};
use crate::form::shipped;
use crate::ui::clock;
use crate::ui::export;
use crate::ui::keeping::{Asked, Keeping};
use crate::ui::screens::dialogs::Dialog;
use crate::ui::screens::renew::Renew;
use crate::ui::work::Work;

impl App {
    /// Opens a draft, or says why not.
    pub fn open(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        if self.work.as_ref().is_some_and(|work| work.path.as_ref() == Some(&path)) {
            self.screen = Screen::FillIn;
            return;
        }
        if self.refuses_to_leave() {
            return;
        }
        if is_pdf(&path) {
            return self.open_pdf(&path);
        }
        if !files::is_there(&path) && !self.desk.has_shelf(&path) {
            // No mark is left where there is nothing.
            return self.enter(Work::open(&path, Keeping::default(), &self.desk, &self.saver));
        }
        let (keeping, told) = match Keeping::ask(&self.desk, &path) {
            Asked::Free(keeping, told) => (keeping, told),
            Asked::Taken(owner) => return self.dialog = Some(Dialog::Taken(path, owner)),
        };
        let mut opened = Work::open(&path, keeping, &self.desk, &self.saver);
        if let Ok(work) = &mut opened {
            work.notices.extend(told);
            self.settings.remember(&path);
            self.sweep_beside(&path);
        }
        self.enter(opened);
    }

    /// Takes away what a crash long ago left beside the document.
    fn sweep_beside(&self, path: &Path) {
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        let now = clock::system();
        self.saver.after(move || {
            files::sweep(&SystemDisk, &folder, now);
        });
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

    /// Whether the draft at work must stay: it has no file yet.
    fn refuses_to_leave(&mut self) -> bool {
        self.start.error = None;
        let refuses = self.work.as_ref().is_some_and(|work| work.path.is_none() && work.would_lose());
        if refuses {
            self.start.error = Some("今の下書きがまだ保存されていません。続きに戻って保存してください".to_owned());
        }
        refuses
    }

    /// Shows another draft; the one before is saved first, and stays where it cannot be.
    pub(super) fn enter(&mut self, work: Result<Work, String>) {
        if self.refuses_to_leave() {
            return;
        }
        match work {
            Ok(work) => {
                self.forget_sought();
                self.save_now();
                (self.contrast, self.merging, self.versions) = (None, None, None);
                if let Some(old) = self.work.replace(work) {
                    let version = old.session.version();
                    old.keeping.close(&self.desk, &self.saver, version);
                }
                if let Some(work) = &self.work {
                    work.keeping.is_at(&self.desk);
                }
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
            && files::is_missing(&old)
        {
            self.settings.forget(&old);
        }
    }

    /// Gives the draft a file and saves it there, unless somebody has that file open.
    pub(super) fn name(&mut self, path: PathBuf) {
        let path = std::path::absolute(&path).unwrap_or(path);
        let Some(work) = &mut self.work else { return };
        if work.path.as_ref() != Some(&path) {
            match Keeping::ask(&self.desk, &path) {
                Asked::Free(keeping, _) => work.name(path.clone(), keeping, &self.desk),
                Asked::Taken(owner) => {
                    let title = "その名前では保存できません".to_owned();
                    let lines = vec![format!("{owner}。"), "別の名前を付けて保存してください".to_owned()];
                    return self.dialog = Some(Dialog::Message(title, lines));
                }
            }
        }
        work.save(&self.saver, &self.desk);
        self.settings.remember(&path);
    }

    /// Asks for last year's document, beginning with that one or the one that is open.
    pub(super) fn ask_for_last_year(&mut self, ctx: &egui::Context, last: Option<&Path>) {
        self.finish(ctx);
        self.dialog = Some(Dialog::Renew(Box::new(Renew::new(last.or(self.path())))));
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
        let copy = |source: &PathBuf| {
            let stem = source.file_stem().unwrap_or_default().to_string_lossy();
            let suffix = if is_pdf(source) { "" } else { "（写し）" };
            files::free_name(&source.with_file_name(format!("{stem}{suffix}.ron")))
        };
        let proposed =
            work.path.clone().or_else(|| work.source.as_ref().map(copy)).unwrap_or_else(|| {
                files::free_name(&work.folder().join(export::draft_name(form, work.session.draft())))
            });
        self.dialog = Some(Dialog::SaveAs(proposed.display().to_string()));
    }
}
