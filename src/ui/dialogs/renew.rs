//! 今年の見直しを始める: last year's file, the edition, the new file, and what will happen, before it happens.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;

use egui::{Button, RichText, Ui};

use super::Ask;
use super::edition::editions_ui;
use super::frame::{body, foot, main_act};
use super::new_file::NewFile;
use crate::clock;
use crate::disk;
use crate::draft::{DocumentId, State};
use crate::exchange::worker::{Stop, Worker};
use crate::form::{Form, shipped};
use crate::renewal::{self, Last, Started};
use crate::ui::state::picker::{Pick, PickPurpose};
use crate::ui::state::{theme, words};
use crate::ui::widgets::{check_ui, path_ui};
use crate::workspace::environment::Environment;
use crate::workspace::export::day_in_name;
use crate::workspace::import::{self, ImportReceipt, Imported};
use crate::workspace::open_document::OpenDocument;
use crate::workspace::task::Task;
use crate::workspace::waker::Waker;

/// What has been chosen so far.
pub struct Renew {
    last_path: String,
    new_file: NewFile,
    /// The document in `last_path`, or why it cannot be used; `None` when it has not been looked at.
    last: Option<Result<Plan, String>>,
    wants_look: bool,
    /// What is still being saved is read only when it is there.
    saved: Option<Receiver<()>>,
    reading: Option<Task<(Result<Plan, String>, PathBuf)>>,
    waker: Waker,
    worker: Worker,
}

/// Last year's document and what this year's draft will be.
struct Plan {
    id: Option<DocumentId>,
    state: State,
    /// What was taken of it, where another program wrote it.
    imported: Option<ImportReceipt>,
    form: &'static Form,
    to: &'static Form,
    receipt: String,
    /// Rows of the change table that the other edition causes, and whether they are to be written.
    n_rows: usize,
    add_rows: bool,
}

impl Renew {
    /// Begins with that file where one is open, once what was written is saved.
    pub fn new(last: Option<&Path>, saved: Receiver<()>, environment: &Environment) -> Self {
        let last_path = last.map(|path| path.display().to_string()).unwrap_or_default();
        let (wants_look, saved) = (last.is_some(), Some(saved));
        let (waker, worker) = (environment.waker.clone(), environment.worker.clone());
        let new_file = NewFile::default();
        Self { last_path, new_file, last: None, wants_look, saved, reading: None, waker, worker }
    }

    /// Begins with a document that was imported from that file.
    pub fn imported(imported: Imported, path: &Path, environment: &Environment) -> Self {
        let (waker, worker) = (environment.waker.clone(), environment.worker.clone());
        let (last_path, proposed) = (path.display().to_string(), path.to_owned());
        let reading = Some(Task::start(&waker, move || (Plan::of_imported(imported), proposed_path(&proposed))));
        let new_file = NewFile::default();
        Self { last_path, new_file, last: None, wants_look: false, saved: None, reading, waker, worker }
    }

    /// Takes a path over from the system's dialog.
    pub fn take_path(&mut self, path: &Path, purpose: PickPurpose) {
        match purpose {
            PickPurpose::Open => {
                self.last_path = path.display().to_string();
                self.wants_look = true;
            }
            _ => self.new_file.take_path(path),
        }
    }

    /// Reads last year's document on a thread, where that is wanted, and proposes edition and file.
    fn look(&mut self) {
        if std::mem::take(&mut self.wants_look) {
            let (path, saved) = (PathBuf::from(self.last_path.trim()), self.saved.take());
            let worker = self.worker.clone();
            self.reading = Some(Task::start(&self.waker, move || {
                let _ = saved.map(|saved| saved.recv());
                (Plan::read(&path, &worker), proposed_path(&path))
            }));
        }
        match self.reading.as_mut().and_then(Task::answer) {
            None => return,
            Some(Ok((plan, new_path))) => {
                (self.last, self.new_file) = (Some(plan), NewFile::proposed(&new_path));
            }
            Some(Err(error)) => self.last = Some(Err(error)),
        }
        self.reading = None;
    }

    /// Shows the dialog.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let pick = body(ui, |ui| self.body_ui(ui));
        let ready = matches!(self.last, Some(Ok(_))) && self.new_file.is_ready();
        let asked = foot(ui, |ui| {
            if main_act(ui, ready, "見直しを始める") {
                self.new_file.look(&self.waker);
            }
            ui.button(words::CANCEL).clicked().then_some(Ask::Close)
        });
        asked.or_else(|| self.begin()).or(pick.map(Ask::Pick))
    }

    fn body_ui(&mut self, ui: &mut Ui) -> Option<Pick> {
        ui.heading(words::RENEW);
        ui.label("前年度に公表した評価書をもとに、今年の下書きを作ります。前年度のファイルは書き換えません。");
        let label = ui.label("1. 前年度の評価書（下書き .ron、Excel、JSON）").id;
        let before = self.last_path.clone();
        let typed = path_ui(ui, "last path", label, &mut self.last_path, PickPurpose::Open);
        if self.last_path != before {
            (self.last, self.reading) = (None, None);
        }
        let has_path = !self.last_path.trim().is_empty();
        if self.reading.is_some() {
            ui.spinner();
        } else if self.last.is_none() {
            let read = ui.add_enabled(has_path, Button::new("内容を読む")).clicked();
            self.wants_look |= read || has_path && typed.enter(ui);
        }
        self.look();
        match &mut self.last {
            None => typed.pick,
            Some(Err(error)) => {
                let color = theme::severity(ui.visuals(), crate::form::Severity::Error);
                ui.label(RichText::new(&*error).color(color));
                typed.pick
            }
            Some(Ok(plan)) => {
                plan.choices_ui(ui);
                let pick = self.new_file.ui(ui, "3. 今年の下書きの保存先");
                ui.label(RichText::new("始めるとこうなります").family(theme::bold()));
                ui.label(&plan.receipt);
                typed.pick.or(pick)
            }
        }
    }

    /// Begins once it is known that the file is free.
    fn begin(&mut self) -> Option<Ask> {
        let path = self.new_file.found()?;
        let Some(Ok(plan)) = &self.last else { return None };
        let Started { draft, receipt } = plan.start();
        let same = if plan.id.is_some() {
            "前年度と同じ評価書の続きです（文書の識別子は同じままです）"
        } else {
            ""
        };
        let receipt = format!("{receipt}{same}");
        Some(Ask::Begin(Box::new(draft), path, "今年の下書きを作りました", receipt))
    }
}

/// A free file for this year's draft, beside that of last year.
fn proposed_path(last: &Path) -> PathBuf {
    let stem = last.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let day = clock::today().and_then(day_in_name);
    let year = day.map(|day| format!("_見直し_{day}")).unwrap_or_default();
    disk::free_name(&last.with_file_name(format!("{stem}{year}.ron")))
}

impl Plan {
    /// What comes of that document of last year.
    fn read(path: &Path, worker: &Worker) -> Result<Self, String> {
        if let Some(bytes) = import::foreign(path) {
            return Self::of_imported(import::import(path, &bytes, worker, &Stop::never())?);
        }
        let document = OpenDocument::look(path)?;
        let (state, form) = (document.session.draft().state.clone(), document.session.form());
        let to = renewal::proposed(form).map_err(|error| error.to_string())?;
        if document.unwritable.is_some() {
            return Err(document.notices.words());
        }
        Ok(Self { id: document.session.draft().id.clone(), ..Self::new(state, form, to) })
    }

    /// What comes of a document of last year that another program wrote.
    fn of_imported(imported: Imported) -> Result<Self, String> {
        let Imported { draft, receipt } = imported;
        let document = &draft.state.document;
        let form = shipped::find(&document.form, &document.edition).map_err(|error| error.to_string())?;
        let to = renewal::proposed(form).map_err(|error| error.to_string())?;
        Ok(Self { id: draft.id, imported: Some(receipt), ..Self::new(draft.state, form, to) })
    }

    fn new(state: State, form: &'static Form, to: &'static Form) -> Self {
        let mut plan =
            Self { id: None, state, imported: None, form, to, receipt: String::new(), n_rows: 0, add_rows: true };
        let receipt = plan.start().receipt;
        plan.n_rows = receipt.moved.as_ref().map_or(0, |moved| moved.causes.len());
        plan.receipt = receipt.to_string();
        plan
    }

    fn start(&self) -> Started {
        let last = Last { state: &self.state, form: self.form, published_on: None };
        let mut started = renewal::start(last, self.to, clock::today());
        // It is the same document in its next year.
        started.draft.id.clone_from(&self.id);
        if self.add_rows {
            started.add_rows();
        }
        if let Some(receipt) = &self.imported {
            receipt.remark(&mut started.draft, self.to, &clock::now().in_name());
        }
        started
    }

    fn choices_ui(&mut self, ui: &mut Ui) {
        ui.label("2. 様式の版");
        let chosen = editions_ui(ui, self.form, self.to, "前年度と同じ");
        if let Some(form) = chosen {
            let (id, imported) = (self.id.take(), self.imported.take());
            *self = Self { id, imported, ..Self::new(std::mem::take(&mut self.state), self.form, form) };
        }
        if self.n_rows > 0 {
            let text = format!("様式の版の違いによる記載（{}件）を変更箇所に書き入れる", self.n_rows);
            check_ui(ui, &mut self.add_rows, text);
        }
    }
}
