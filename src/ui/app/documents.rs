//! Documents: opening one, giving it a file. Making one is `making.rs`.

use std::path::{Path, PathBuf};

use super::opened_pdf::{OpenedPdf, is_pdf, opened_pdf};
use super::{App, Screen, making};
use crate::clock;
use crate::disk::{self, SystemDisk};
use crate::draft::format;
use crate::draft::{Draft, visible_name};
use crate::exchange::worker::{Stop, Waiting};
use crate::ui::dialogs::Dialog;
use crate::ui::dialogs::import::ImportDialog;
use crate::ui::dialogs::newer_backup::NewerBackupDialog;
use crate::ui::work::Work;
use crate::workspace::document_lock::{Asked, DocumentLock};
use crate::workspace::environment::Environment;
use crate::workspace::export;
use crate::workspace::import::{self, Imported};
use crate::workspace::newer_backup::{self, BackupChoice, NewerBackup, Times};
use crate::workspace::open_document::{OpenDocument, SaveState};
use crate::workspace::recovery::Found;
use crate::workspace::settings::documents_folder;

/// What came of asking the disk for a document.
enum Fetched {
    /// It may be entered, with what its backup says where that was chosen, and that is what the user should be told.
    Document(Box<Arriving>, Option<Box<Draft>>, Option<String>),
    /// It is the one that is open, by another way to write its path.
    Open,
    /// Its backup is newer.
    Newer(Times),
    /// Another program wrote it: it was imported and is not kept yet.
    Imported(Box<Imported>),
    /// Somebody has it open: who, since when.
    Taken(String),
    /// It cannot be opened, and why.
    Failed(String),
}

/// A document on its way into the window. Where nobody waits for it any more, its marks are given back.
pub(super) struct Arriving {
    document: Option<Box<OpenDocument>>,
    environment: Environment,
}

impl Arriving {
    /// On the way into the window of that environment.
    pub(super) fn new(document: OpenDocument, environment: Environment) -> Self {
        Self { document: Some(Box::new(document)), environment }
    }

    /// The document, where it was not taken before.
    pub(super) fn take(&mut self) -> Option<OpenDocument> {
        self.document.take().map(|document| *document)
    }
}

impl Drop for Arriving {
    fn drop(&mut self) {
        if let Some(document) = self.document.take() {
            document.document_lock.give_back(&self.environment);
        }
    }
}

/// What becomes of another file that has the name under which the draft is to be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Existing {
    /// The user is asked first.
    AskedAbout,
    /// Its content is kept beside it: the user has said so.
    Replaced,
    /// It stays as it is: the draft is new, and gets another name like this one where it is no longer free.
    Stays,
}

/// What came of a name for the draft.
enum Named {
    /// It is the file it has already, by another way to write its path.
    Open,
    /// Another file has it.
    Existing,
    /// It was asked for, or another one like it.
    Asked(PathBuf, Asked),
}

/// What follows when a document is open.
pub(super) type Then = Box<dyn FnOnce(&mut App) + Send>;

impl App {
    /// Opens a draft, or says why not.
    pub fn open(&mut self, path: &Path) {
        self.open_with(path, BackupChoice::Ask, |_| {});
    }

    /// Opens a draft with its backup or without, and goes on with it.
    pub(super) fn open_with(
        &mut self,
        path: &Path,
        choice: BackupChoice,
        then: impl FnOnce(&mut App) + Send + 'static,
    ) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        if self.work.as_ref().is_some_and(|work| work.document.path.as_ref() == Some(&path)) {
            self.screen = Screen::FillIn;
            return then(self);
        }
        if !self.refuses_to_leave() {
            self.fetch(path, None, choice, then);
        }
    }

    /// Opens a document as its user has chosen.
    pub(super) fn open_as_chosen(&mut self, path: PathBuf, choice: BackupChoice) {
        let then = self.after_choice.take();
        self.fetch(path, None, choice, move |app| then.into_iter().for_each(|then| then(app)));
    }

    /// Reads a document on the disk and enters it; what was open before of the same document is given back first.
    pub(super) fn fetch(
        &mut self,
        path: PathBuf,
        before: Option<DocumentLock>,
        choice: BackupChoice,
        then: impl FnOnce(&mut App) + Send + 'static,
    ) {
        let (environment, sought) = (self.environment.clone(), self.start.sought.clone());
        let open = self.path().filter(|_| before.is_none()).map(Path::to_owned);
        let (wanted, folder) = (path.clone(), path.parent().map(Path::to_owned).unwrap_or_default());
        let is_own = format::EXTENSIONS.iter().any(|own| disk::has_extension(&wanted, own));
        let waiting = (!is_own).then(Waiting::default);
        let stop = waiting.as_ref().map_or_else(Stop::never, Waiting::stop);
        let read = move || {
            before.into_iter().for_each(|before| before.give_back(&environment));
            // Asked for once more, it would lose its own mark when it makes room for itself.
            let is_open = open.is_some_and(|open| disk::is_same(&SystemDisk, &open, &path));
            let fetched = if is_open { Fetched::Open } else { fetched(&path, &environment, choice, &stop) };
            // A document that had moved is found again: its old place leaves the list.
            (fetched, sought.filter(|old| disk::is_missing(old)))
        };
        let words = format!("「{}」を開いています", visible_name(&wanted));
        self.send_for(waiting, words, read, move |app, (fetched, gone)| {
            match fetched {
                Fetched::Open => {
                    app.screen = Screen::FillIn;
                    then(app);
                }
                Fetched::Imported(imported) => {
                    let dialog = ImportDialog::new(wanted, *imported, app.waker());
                    app.dialog = dialog.map(|dialog| Dialog::Import(Box::new(dialog)));
                }
                Fetched::Taken(owner) => app.dialog = Some(Dialog::Taken(wanted, owner)),
                Fetched::Failed(error) => {
                    app.enter(Err(error));
                }
                Fetched::Newer(times) => {
                    app.after_choice = Some(Box::new(then));
                    app.dialog = Some(Dialog::NewerBackup(Box::new(NewerBackupDialog::new(wanted, times))));
                }
                Fetched::Document(mut arriving, backup, told) => {
                    let Some(mut document) = arriving.take() else { return };
                    told.into_iter().for_each(|words| document.tell(words));
                    if let Some(backup) = backup {
                        document.go_on_with(&backup, app.now);
                    }
                    if choice != BackupChoice::Ask {
                        let is_it = |found: &Found| found.leftover.document.as_ref() == Some(&wanted);
                        app.start.found.retain(|found| !is_it(found));
                    }
                    if document.path.is_some() || document.source.is_some() && !is_pdf(&wanted) {
                        app.settings.remember(&wanted);
                        let now = clock::system();
                        // Takes away what a crash long ago left beside the document.
                        app.saver.after(move || {
                            disk::sweep(&SystemDisk, &folder, now);
                        });
                    }
                    gone.into_iter().for_each(|old| app.settings.forget(&old));
                    app.start.sought = None;
                    if app.enter(Ok(document)) {
                        then(app);
                    }
                }
            }
        });
    }

    /// Shows a document that somebody else has open.
    pub(super) fn look_at(&mut self, path: &Path, owner: String, then: impl FnOnce(&mut App) + Send + 'static) {
        let path = path.to_owned();
        let words = format!("「{}」を開いています", visible_name(&path));
        self.send(
            words,
            move || OpenDocument::read_only(&path, owner),
            |app, document| {
                if app.enter(document) {
                    then(app);
                }
            },
        );
    }

    /// Whether the draft at work must stay, which is then said: it has no file yet, or a comment was begun.
    pub(super) fn refuses_to_leave(&mut self) -> bool {
        self.start.error = None;
        let Some(work) = &self.work else { return false };
        let is_elsewhere = matches!(self.screen, Screen::Start | Screen::City);
        let back = if is_elsewhere { "続きに戻って" } else { "" };
        let words = if work.document.path.is_none() && work.document.would_lose() {
            format!("今の下書きがまだ保存されていません。{back}保存先を決めて保存してください")
        } else if work.view.remarks.n_begun() > 0 {
            format!("書きかけのコメントがあります。{back}「コメントを付ける」を押すか、消してください")
        } else {
            return false;
        };
        if is_elsewhere {
            self.start.error = Some(words);
        } else {
            self.dialog = Some(Dialog::Message("ほかの評価書は、まだ開けません".to_owned(), vec![words]));
        }
        true
    }

    /// Shows another draft; the one before is saved first, and stays where it cannot be. Whether the other one is shown.
    pub(super) fn enter(&mut self, document: Result<OpenDocument, String>) -> bool {
        if self.refuses_to_leave() {
            document.into_iter().for_each(|document| document.document_lock.give_back(&self.environment));
            return false;
        }
        let is_there = document.is_ok();
        match document {
            Ok(document) => {
                self.save_now();
                (self.contrast, self.shared, self.merging, self.versions) = (None, None, None, None);
                if let Some(old) = self.work.replace(Work::from(document)) {
                    let old = old.document;
                    let version = old.session.version();
                    old.document_lock.close(&self.environment, &self.saver, version);
                    self.pass_by_what_hangs();
                }
                // What a crash left is kept before the first save.
                self.work.iter().for_each(|work| work.document.document_lock.keep_found(&self.saver));
                if let Some(work) = &self.work {
                    work.document.document_lock.is_at(&self.environment);
                }
                self.look_for_twins();
                // Each page begins at its top, not where that of another document stood.
                self.ctx.data_mut(|data| data.remove_by_type::<egui::scroll_area::State>());
                self.screen = Screen::FillIn;
            }
            Err(error) => {
                self.screen = Screen::Start;
                self.start.error = Some(error);
            }
        }
        is_there
    }

    /// Gives the draft a file and saves it there, unless somebody has that file open.
    pub(super) fn name(&mut self, path: PathBuf, existing: Existing) {
        let path = std::path::absolute(&path).unwrap_or(path);
        let Some(work) = &mut self.work else { return };
        let path = format::named_for(work.document.session.draft(), path);
        if work.document.path.as_ref() == Some(&path) {
            work.document.save(&self.saver, &self.environment);
            return self.settings.remember(&path);
        }
        let (environment, wanted, open) = (self.environment.clone(), path.clone(), work.document.path.clone());
        let words = format!("「{}」に保存します", visible_name(&path));
        self.send(
            words,
            move || {
                let is_open = open.is_some_and(|open| disk::is_same(&SystemDisk, &open, &wanted));
                if is_open {
                    return Named::Open;
                }
                let wanted = if existing == Existing::Stays { disk::free_name(&wanted) } else { wanted };
                match DocumentLock::ask(&environment, &wanted) {
                    Asked::Free(..) if existing == Existing::AskedAbout && disk::is_there(&wanted) => Named::Existing,
                    asked => Named::Asked(wanted, asked),
                }
            },
            move |app, named| match named {
                Named::Existing => {
                    app.to_make.clear();
                    app.dialog = Some(Dialog::Replace(path));
                }
                Named::Open => {
                    app.to_make.clear();
                    let Some(work) = &mut app.work else { return };
                    work.document.save(&app.saver, &app.environment);
                }
                Named::Asked(free, Asked::Free(pending_lock, _)) => {
                    app.pass_by_what_hangs();
                    let Some(work) = &mut app.work else { return };
                    let document = &mut work.document;
                    if free != path {
                        document.tell(making::made_beside(&visible_name(&path), &free));
                    }
                    let path = free;
                    let name = if document.is_read_only() { OpenDocument::name_copy } else { OpenDocument::name };
                    let before = document.path.clone();
                    name(document, path.clone(), pending_lock.keep(), &app.environment, &app.saver);
                    document.save(&app.saver, &app.environment);
                    app.settings.renamed(before.as_deref(), &path);
                    app.settings.remember(&path);
                    app.make_next_when_saved();
                }
                Named::Asked(_, Asked::Taken(owner)) => {
                    app.to_make.clear();
                    let title = "その名前では保存できません".to_owned();
                    let lines = vec![format!("{owner}。"), "別の名前を付けて保存してください".to_owned()];
                    app.dialog = Some(Dialog::Message(title, lines));
                }
            },
        );
    }

    pub(super) fn ask_for_name(&mut self) {
        let Some(work) = &self.work else { return };
        let copy = |source: &PathBuf| {
            let stem = source.file_stem().unwrap_or_default().to_string_lossy();
            let suffix = if is_pdf(source) { "" } else { "（写し）" };
            source.with_file_name(format!("{stem}{suffix}.ron"))
        };
        let cannot_save = matches!(work.document.state, SaveState::Failed(_));
        if let Some(path) = work.document.path.as_ref().filter(|_| !cannot_save) {
            return self.dialog = Some(Dialog::SaveAs(path.display().to_string()));
        }
        let named = || {
            work.document.folder().join(export::draft_name(work.document.session.form(), work.document.session.draft()))
        };
        let elsewhere = || Some(documents_folder().join(work.document.path.as_ref()?.file_name()?));
        let proposed = elsewhere().unwrap_or_else(|| work.document.source.as_ref().map_or_else(named, copy));
        self.send(
            "保存先を調べています",
            move || disk::free_name(&proposed),
            |app, free| {
                app.dialog = Some(Dialog::SaveAs(free.display().to_string()));
            },
        );
    }
}

/// Asks for a document and reads it. Where its backup is newer, the user is asked first.
fn fetched(path: &Path, environment: &Environment, choice: BackupChoice, stop: &Stop) -> Fetched {
    let opened = |document: Result<OpenDocument, String>, backup, told| match document {
        Ok(document) => Fetched::Document(Box::new(Arriving::new(document, environment.clone())), backup, told),
        Err(error) => Fetched::Failed(error),
    };
    if is_pdf(path) {
        return match opened_pdf(path, &environment.worker, stop) {
            Ok(OpenedPdf::Document(document)) => opened(Ok(*document), None, None),
            Ok(OpenedPdf::Imported(imported)) => Fetched::Imported(imported),
            Err(error) => Fetched::Failed(error),
        };
    }
    if let Some(bytes) = import::foreign(path) {
        return match import::import(path, &bytes, &environment.worker, stop) {
            Ok(imported) => Fetched::Imported(Box::new(imported)),
            Err(error) => Fetched::Failed(error),
        };
    }
    if !disk::is_there(path) && !environment.has_backup(path) {
        // No mark is left where there is nothing.
        return Fetched::Failed(OpenDocument::look(path).err().unwrap_or_else(|| "もう一度開いてください".to_owned()));
    }
    let (pending_lock, mut told) = match DocumentLock::ask(environment, path) {
        Asked::Free(pending_lock, told) => (pending_lock, told),
        Asked::Taken(owner) => return Fetched::Taken(owner),
    };
    let newer = NewerBackup::of(environment, path);
    let backup = match (choice, newer) {
        (BackupChoice::Ask, Some(newer)) => return Fetched::Newer(newer.times),
        (BackupChoice::Backup, Some(newer)) => Some(newer.draft),
        (BackupChoice::Document, Some(_)) => {
            let failed = newer_backup::prefer_document(environment, path).err();
            told = told.or(failed.map(|error| format!("控えを「以前の版」に残せませんでした。{error}")));
            None
        }
        (_, None) | (BackupChoice::Both, _) => None,
    };
    opened(OpenDocument::open(path, *pending_lock), backup, told)
}
