//! 今年の見直しを始める: last year's file, the edition, the new file, and what will happen, before it happens.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use egui::{Button, CollapsingHeader, Grid, Id, RichText, Ui};

use super::ask::{Ask, NewWork};
use super::edition::editions_ui;
use super::frame::{foot, main_act, steady_body};
use super::new_file::NewFile;
use crate::checks::{self, Clock};
use crate::clock;
use crate::disk;
use crate::draft::{DocumentId, Draft, State};
use crate::exchange::placer::Trace;
use crate::exchange::worker::Stop;
use crate::form::{Form, shipped};
use crate::renewal::{self, Course, Last, StartReceipt, Started};
use crate::ui::state::picker::{Pick, PickPurpose};
use crate::ui::state::{theme, words};
use crate::ui::widgets::{card_ui, check_ui, path_ui, radios_ui, waiting_ui};
use crate::workspace::environment::Environment;
use crate::workspace::export::day_in_name;
use crate::workspace::import::{self, ImportReceipt, Imported};
use crate::workspace::newer_backup;
use crate::workspace::task::Task;

/// Height of what is asked and told.
const BODY_HEIGHT: f32 = 480.0;
/// What the year can ask for, each with what it means.
const COURSES: [(Course, &str); 2] = [
    (Course::Correction, "修正だけする（評価は再実施しない）。実施日・意見聴取・点検の記載は前回のまま残します"),
    (Course::Reassessment, "評価を再実施する（5年ごと、重要な変更）。実施日・意見聴取・点検の欄を空にします"),
];

/// What has been chosen so far.
pub struct Renew {
    last_path: String,
    /// Whether the document was pasted: no other one is chosen.
    is_pasted: bool,
    new_file: NewFile,
    /// The document in `last_path`, or why it cannot be used; `None` when it has not been looked at.
    last: Option<Result<Plan, String>>,
    wants_look: bool,
    /// What is still being saved is read only when it is there.
    saved: Option<Receiver<()>>,
    reading: Option<Task<(Result<Plan, String>, PathBuf)>>,
    environment: Environment,
}

/// Last year's document and what this year's draft will be.
struct Plan {
    id: Option<DocumentId>,
    state: State,
    /// What was taken of it, where another program wrote it.
    imported: Option<ImportReceipt>,
    /// Its texts and what became of them, where it was placed.
    trace: Option<Arc<Trace>>,
    form: &'static Form,
    to: &'static Form,
    /// What is done this year; nothing is emptied but for this.
    course: Course,
    /// When the 評価 is to be made again.
    again: Clock,
    receipt: StartReceipt,
    /// Rows of the change table that the other edition causes, and whether they are to be written.
    n_rows: usize,
    add_rows: bool,
}

impl Renew {
    /// Begins with that file where one is open, once what was written is saved.
    pub fn new(last: Option<&Path>, saved: Receiver<()>, environment: &Environment) -> Self {
        let last_path = last.map(|path| path.display().to_string()).unwrap_or_default();
        let (wants_look, saved) = (last.is_some(), Some(saved));
        let (new_file, environment) = (NewFile::default(), environment.clone());
        Self { last_path, is_pasted: false, new_file, last: None, wants_look, saved, reading: None, environment }
    }

    /// Begins with a document that was imported from that file.
    pub fn imported(imported: Imported, path: &Path, environment: &Environment) -> Self {
        let (last_path, proposed) = (path.display().to_string(), path.to_owned());
        let read = move || (Plan::of_imported(imported), proposed_path(&proposed));
        let reading = Some(Task::start(&environment.waker, read));
        let (new_file, environment, is_pasted) = (NewFile::default(), environment.clone(), false);
        Self { last_path, is_pasted, new_file, last: None, wants_look: false, saved: None, reading, environment }
    }

    /// The same of a document that was pasted.
    #[must_use]
    pub fn pasted(self) -> Self {
        Self { is_pasted: true, ..self }
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
            let environment = self.environment.clone();
            self.reading = Some(Task::start(&self.environment.waker, move || {
                let _ = saved.map(|saved| saved.recv());
                (Plan::read(&path, &environment), proposed_path(&path))
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
        let pick = steady_body(ui, BODY_HEIGHT, |ui| self.body_ui(ui));
        let ready = matches!(self.last, Some(Ok(_))) && self.new_file.is_ready();
        let asked = foot(ui, |ui| {
            if main_act(ui, ready, "見直しを始める") {
                self.new_file.look(&self.environment.waker);
            }
            ui.button(words::CANCEL).clicked().then_some(Ask::Close)
        });
        asked.or_else(|| self.begin()).or(pick.map(Ask::Pick))
    }

    fn body_ui(&mut self, ui: &mut Ui) -> Option<Pick> {
        ui.heading(words::RENEW);
        ui.label("前年度に公表した評価書をもとに、今年の下書きを作ります。前年度のファイルは書き換えません。");
        let picked = self.last_ui(ui);
        self.look();
        match &mut self.last {
            None => picked,
            Some(Err(error)) => {
                let color = theme::severity(ui.visuals(), crate::form::Severity::Error);
                ui.label(RichText::new(&*error).color(color));
                picked
            }
            Some(Ok(plan)) => {
                plan.course_ui(ui);
                plan.choices_ui(ui);
                let pick = self.new_file.ui(ui, "4. 今年の下書きの保存先");
                plan.receipt_ui(ui);
                picked.or(pick)
            }
        }
    }

    /// Which document of last year it is.
    fn last_ui(&mut self, ui: &mut Ui) -> Option<Pick> {
        if self.is_pasted {
            ui.label("1. 前年度の評価書：貼り付けた文章");
            if self.reading.is_some() {
                waiting_ui(ui, words::READING);
            }
            return None;
        }
        let label = ui.label("1. 前年度の評価書（下書き .ron・.hyouka、Excel、PDF、Word、JSON）").id;
        let before = self.last_path.clone();
        let typed = path_ui(ui, "last path", label, &mut self.last_path, PickPurpose::Open);
        if self.last_path != before {
            (self.last, self.reading) = (None, None);
        }
        let has_path = !self.last_path.trim().is_empty();
        if self.reading.is_some() {
            waiting_ui(ui, words::READING);
        } else if self.last.is_none() {
            let read = ui.add_enabled(has_path, Button::new("内容を読む")).clicked();
            self.wants_look |= read || has_path && typed.enter(ui);
        }
        typed.pick
    }

    /// Begins once it is known that the file is free.
    fn begin(&mut self) -> Option<Ask> {
        let path = self.new_file.found()?;
        let Some(Ok(plan)) = &self.last else { return None };
        let source = plan.trace.clone().map(|trace| (PathBuf::from(self.last_path.trim()), trace));
        let draft = plan.start().draft;
        Some(Ask::Begin(Box::new(NewWork { draft, path, title: BEGUN, told: String::new(), source })))
    }
}

/// Said once the year has begun; what became of last year's document was told before.
const BEGUN: &str = "今年の下書きを作りました。前年度と同じ評価書の続きです。上の5つの手順のとおりに進めます";

/// A free file for this year's draft, beside that of last year.
fn proposed_path(last: &Path) -> PathBuf {
    let stem = last.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let day = clock::today().and_then(day_in_name);
    let year = day.map(|day| format!("_見直し_{day}")).unwrap_or_default();
    disk::free_name(&last.with_file_name(format!("{stem}{year}.ron")))
}

impl Plan {
    /// What comes of that document of last year.
    fn read(path: &Path, environment: &Environment) -> Result<Self, String> {
        if let Some(bytes) = import::foreign(path) {
            return Self::of_imported(import::import(path, &bytes, &environment.worker, &Stop::never())?);
        }
        let document = newer_backup::source(environment, path)?;
        let (state, form) = (document.session.draft().state.clone(), document.session.form());
        let to = renewal::proposed(form).map_err(|error| error.to_string())?;
        Ok(Self { id: document.session.draft().id.clone(), ..Self::new(state, form, to) })
    }

    /// What comes of a document of last year that another program wrote.
    fn of_imported(imported: Imported) -> Result<Self, String> {
        let Imported { draft, receipt, trace } = imported;
        let document = &draft.state.document;
        let form = shipped::find(&document.form, &document.edition).map_err(|error| error.to_string())?;
        let to = renewal::proposed(form).map_err(|error| error.to_string())?;
        Ok(Self { id: draft.id, imported: Some(receipt), trace, ..Self::new(draft.state, form, to) })
    }

    fn new(state: State, form: &'static Form, to: &'static Form) -> Self {
        let published = Draft { id: None, state, base: None, origin: None };
        let [_, again] = checks::clocks(form, &published, clock::today());
        let course = if again.is_due() { Course::Reassessment } else { Course::Correction };
        let (state, receipt) = (published.state, StartReceipt::default());
        let mut plan = Self {
            id: None,
            state,
            imported: None,
            trace: None,
            form,
            to,
            course,
            again,
            receipt,
            n_rows: 0,
            add_rows: true,
        };
        plan.look_again();
        plan
    }

    /// What becomes of last year's document as it is chosen now.
    fn look_again(&mut self) {
        self.receipt = self.start().receipt;
        self.n_rows = self.receipt.moved.as_ref().map_or(0, |moved| moved.causes.len());
    }

    fn start(&self) -> Started {
        let last = Last { state: &self.state, form: self.form, published_on: None };
        let mut started = renewal::start(last, self.to, self.course, clock::today());
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

    /// Asked before anything is emptied.
    fn course_ui(&mut self, ui: &mut Ui) {
        ui.label(RichText::new("2. 今年、評価を再実施しますか").family(theme::bold()));
        let chosen = COURSES.iter().position(|(course, _)| *course == self.course);
        let picked = radios_ui(ui, Id::unique("course"), "今年行うこと", COURSES.len(), chosen, |ui, radios| {
            for (_, words) in COURSES {
                radios.option(ui, words);
            }
        });
        if !self.again.words.is_empty() {
            let words = RichText::new(format!("この評価書の場合：{}", self.again.words)).small();
            let color = if self.again.is_due() {
                theme::severity(ui.visuals(), crate::form::Severity::Warning)
            } else {
                ui.visuals().weak_text_color()
            };
            ui.label(words.color(color)).on_hover_text(self.again.source);
        }
        if let Some((course, _)) = picked.and_then(|index| COURSES.get(index)).filter(|(it, _)| *it != self.course) {
            self.course = *course;
            self.look_again();
        }
    }

    fn choices_ui(&mut self, ui: &mut Ui) {
        ui.label(RichText::new("3. 様式の版").family(theme::bold()));
        let chosen = editions_ui(ui, self.form, self.to, "前年度と同じ");
        if let Some(form) = chosen {
            self.to = form;
            self.look_again();
        }
        if self.n_rows > 0 {
            let text = format!("様式の版の違いによる記載（{}件）を変更箇所に書き入れる", self.n_rows);
            check_ui(ui, &mut self.add_rows, text);
        }
    }

    /// What will be, at a glance; all of it behind a fold.
    fn receipt_ui(&self, ui: &mut Ui) {
        ui.add_space(theme::S);
        let is_doubtful = self.imported.as_ref().is_some_and(|receipt| !receipt.doubts().is_empty());
        if is_doubtful || !self.state.document.unplaced.is_empty() {
            let color = theme::severity(ui.visuals(), crate::form::Severity::Warning);
            ui.label(RichText::new(renewal::PUT_RIGHT_FIRST).color(color));
        }
        ui.label(RichText::new("始めるとこうなります").family(theme::bold()));
        let receipt = &self.receipt;
        let names: Vec<&str> = receipt.cleared.iter().map(|(item, _)| item.as_str()).collect();
        let emptied = format!("{}欄　{}", names.len(), names.join("、"));
        let lines = [
            (
                "引き継ぐ",
                format!(
                    "{}欄（{}文字）、変更箇所 {}行（書き換えません）",
                    receipt.n_carried, receipt.n_chars, receipt.n_rows
                ),
            ),
            ("空にする", emptied),
            ("確認済みの指摘", format!("{}件（理由が今年も当てはまるか確かめてください）", receipt.n_waivers)),
        ];
        card_ui(ui, |ui| {
            Grid::new("what will be").num_columns(2).show(ui, |ui| {
                for (title, says) in
                    lines.iter().filter(|(title, _)| *title != "確認済みの指摘" || receipt.n_waivers > 0)
                {
                    ui.label(RichText::new(*title).weak());
                    ui.add(egui::Label::new(says).wrap());
                    ui.end_row();
                }
            });
        });
        CollapsingHeader::new("くわしく").id_salt("all that will be").show(ui, |ui| ui.label(receipt.to_string()));
    }
}
