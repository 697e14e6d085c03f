//! What was kept: earlier versions, what a crash left, the folder of the document.

use std::time::Duration;

use super::documents::Arriving;
use super::{App, Screen};
use crate::disk::SystemDisk;
use crate::draft::{Edit, Stage};
use crate::print::layout::{Options, Purpose};
use crate::ui::screens::versions::{Ask, Versions};
use crate::ui::state::reveal;
use crate::ui::work::Work;
use crate::vault::VersionKind;
use crate::workspace::document_lock::DocumentLock;
use crate::workspace::newer_backup::BackupChoice;
use crate::workspace::open_document::OpenDocument;
use crate::workspace::recovery::{self, Found};
use crate::workspace::saver::Saver;

impl App {
    /// Shows the versions of the draft at work.
    pub(super) fn show_versions(&mut self) {
        let Some(work) = &mut self.work else { return };
        work.document.document_lock.settle(&self.environment);
        // What is on the screen shall be in the list.
        if work.document.would_lose() {
            work.document.save(&self.saver, &self.environment);
        }
        let Some(backups) = work.document.document_lock.backups.clone() else { return };
        self.versions = Some(Versions::new(backups, self.saver.when_done()));
        self.screen = Screen::Versions;
    }

    pub(super) fn versions_ui(&mut self, ui: &mut egui::Ui, now: Duration) {
        let (Some(versions), Some(work)) = (&mut self.versions, &mut self.work) else {
            self.screen = Screen::FillIn;
            return;
        };
        match versions.ui(ui, &work.document.session, self.settings.now_left) {
            None => {}
            Some(Ask::Back) => self.screen = Screen::FillIn,
            Some(Ask::Folder(folder)) => self.reveal(&folder),
            Some(Ask::GoTo(path)) => {
                work.view.go_to(work.document.session.form(), &path);
                self.screen = Screen::FillIn;
            }
            Some(Ask::Name(version, name)) => {
                let named = work
                    .document
                    .document_lock
                    .backups
                    .as_ref()
                    .map(|backups| backups.name(&SystemDisk, &version, &name));
                if let Some(Err(error)) = named {
                    work.document.tell(error.to_string());
                }
                versions.refresh(self.saver.when_done());
            }
            Some(Ask::Keep(name)) => {
                work.document.document_lock.keep = Some(VersionKind::Named(name));
                work.document.save(&self.saver, &self.environment);
                versions.refresh(self.saver.when_done());
            }
            Some(Ask::PutAllBack(edit)) => self.put_version_back(edit, now),
            Some(Ask::PutBack(name, edit)) => {
                self.with_rows(name, edit, |app, edit, _| app.put_version_back(edit, app.now));
            }
        }
    }

    /// Puts something of a version back as one step; the present is kept as a version first.
    fn put_version_back(&mut self, edit: Edit, now: Duration) {
        let Some(work) = &mut self.work else { return };
        work.document.document_lock.keep = Some(VersionKind::BeforeRestore);
        work.document.save(&self.saver, &self.environment);
        if work.apply(edit, now) {
            work.document.tell("以前の版の内容に戻しました。「元に戻す」で取り消せます");
        }
        if let Some(versions) = &mut self.versions {
            versions.refresh(self.saver.when_done());
        }
    }

    /// Keeps what is submitted or published: when the stage is reached, and when its PDF is made.
    pub(super) fn keep_published(&mut self, edit: &Edit) {
        if let (Edit::Stage(Stage::Final), Some(work)) = (edit, &mut self.work) {
            work.document.document_lock.keep = Some(VersionKind::Published);
        }
    }

    /// The same for a PDF.
    pub(super) fn keep_printed(&mut self, options: &Options) {
        self.remember_printing(options);
        let Some(work) = &mut self.work else { return };
        if options.purpose == Purpose::Publication && work.document.session.draft().state.stage == Stage::Final {
            work.document.document_lock.keep = Some(VersionKind::Published);
            work.document.save(&self.saver, &self.environment);
        }
    }

    // ------------------------------------------------------------ what a crash left

    /// Goes on with what was found; a document opens as it is, with what was found beside it as a version.
    pub(super) fn recover(&mut self, found: &Found) {
        match &found.leftover.document {
            Some(document) => {
                self.open_with(document, BackupChoice::Both, |app| {
                    app.show_versions();
                    app.versions = app.versions.take().map(Versions::at_what_was_found);
                });
            }
            None => self.enter_recovered(found),
        }
        self.start.found.retain(|other| other.leftover != found.leftover);
    }

    fn enter_recovered(&mut self, found: &Found) {
        let (environment, backups) = (self.environment.clone(), found.leftover.backups.clone());
        let read = move || {
            let document = OpenDocument::recovered(DocumentLock::go_on(backups));
            document.map(|document| Arriving::new(document, environment))
        };
        self.send("前回の下書きを開いています", read, |app, arriving| match arriving {
            Ok(mut arriving) => {
                let document = arriving.take();
                document.into_iter().for_each(|document| _ = app.enter(Ok(document)));
            }
            Err(error) => _ = app.enter(Err(error)),
        });
    }

    /// The user does not want what was found.
    pub(super) fn decline(&mut self, found: &Found) {
        self.start.found.retain(|other| other.leftover != found.leftover);
        let found = found.clone();
        self.saver.after(move || recovery::decline(&found));
    }

    // ------------------------------------------------------------ places, and the end

    pub(super) fn show_place(&mut self) {
        if let Some(folder) = self.work.as_ref().map(|work| work.document.folder()) {
            self.reveal(&folder);
        }
    }

    fn reveal(&mut self, folder: &std::path::Path) {
        if let (Err(error), Some(work)) = (reveal::folder(folder), &mut self.work) {
            work.document.tell(error);
        }
    }

    /// Closes the document in order: the next start has nothing to offer of it.
    pub fn end(&mut self) {
        // What is still being composed is no longer asked for.
        if let Some(work) = &mut self.work
            && let Some(held) = work.view.held.take()
        {
            work.apply(held.edit, self.now);
        }
        self.remember_window_place();
        let at_most = self.patience_at_the_end();
        self.finish();
        let Some(Work { document, .. }) = self.work.take() else { return };
        let version = if document.would_lose() || document.path.is_some() { document.session.version() } else { 0 };
        document.document_lock.close(&self.environment, &self.saver, version);
        let next = Saver::start(&self.environment);
        std::mem::replace(&mut self.saver, next).finish(at_most);
    }
}
