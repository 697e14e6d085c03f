//! 前回の評価書と比べる: last year's file becomes the publication that the draft revises.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Button, RichText, Ui};

use super::ask::Ask;
use crate::changes;
use crate::clock;
use crate::draft::{Base, Scope, Stage, State};
use crate::form::{Form, Severity};
use crate::ui::dialogs::frame::{body, foot, main_act};
use crate::ui::state::picker::{Pick, PickPurpose};
use crate::ui::state::{theme, words};
use crate::ui::widgets::{path_ui, waiting_ui};
use crate::workspace::environment::Environment;
use crate::workspace::newer_backup;
use crate::workspace::task::Task;

/// What has been chosen so far.
pub struct Compare {
    path: String,
    /// The draft that shall be compared.
    form: &'static Form,
    now: State,
    /// The document in `path`, or why it cannot be used; `None` when it has not been looked at.
    read: Option<Result<Found, String>>,
    wants_look: bool,
    reading: Option<Task<Result<Found, String>>>,
    environment: Environment,
}

/// The publication before, and what is to be known of it.
struct Found {
    base: Arc<Base>,
    lines: Vec<String>,
}

impl Compare {
    /// Begins with no file.
    pub fn new(form: &'static Form, now: &State, environment: &Environment) -> Self {
        let (now, environment) = (now.clone(), environment.clone());
        Self { path: String::new(), form, now, read: None, wants_look: false, reading: None, environment }
    }

    /// Takes a path over from the system's dialog.
    pub fn take_path(&mut self, path: &Path) {
        self.path = path.display().to_string();
        self.wants_look = true;
    }

    /// Reads the document on a thread, where that is wanted.
    fn look(&mut self) {
        if std::mem::take(&mut self.wants_look) {
            let (path, form, now) = (PathBuf::from(self.path.trim()), self.form, self.now.clone());
            let environment = self.environment.clone();
            let read = move || Found::read(&environment, &path, form, &now);
            self.reading = Some(Task::start(&self.environment.waker, read));
        }
        if let Some(answer) = self.reading.as_mut().and_then(Task::answer) {
            self.reading = None;
            self.read = Some(answer.flatten());
        }
    }

    /// Shows the dialog.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let pick = body(ui, |ui| self.body_ui(ui));
        let found = self.read.as_ref().and_then(|read| read.as_ref().ok());
        foot(ui, |ui| {
            if main_act(ui, found.is_some(), "この評価書と比べる") {
                return found.map(|found| Ask::Base(Arc::clone(&found.base)));
            }
            ui.button(words::CANCEL).clicked().then_some(Ask::Close)
        })
        .or(pick.map(Ask::Pick))
    }

    fn body_ui(&mut self, ui: &mut Ui) -> Option<Pick> {
        ui.heading("前回の評価書と比べる");
        ui.label("前回公表した評価書を控えとして下書きに入れ、変わった項目を見つけます。下書きの回答と、選んだファイルは書き換えません。「元に戻す」で取り消せます。");
        let label = ui.label("前回公表した評価書（.ron）").id;
        let before = self.path.clone();
        let typed = path_ui(ui, "base path", label, &mut self.path, PickPurpose::Open);
        if self.path != before {
            (self.read, self.reading) = (None, None);
        }
        let has_path = !self.path.trim().is_empty();
        if self.reading.is_some() {
            waiting_ui(ui, words::READING);
        } else if self.read.is_none() {
            let read = ui.add_enabled(has_path, Button::new("内容を読む")).clicked();
            self.wants_look |= read || has_path && typed.enter(ui);
        }
        self.look();
        match &self.read {
            None => {}
            Some(Err(error)) => {
                let color = theme::severity(ui.visuals(), Severity::Error);
                ui.label(RichText::new(error).color(color));
            }
            Some(Ok(found)) => found.lines.iter().for_each(|line| drop(ui.label(line))),
        }
        typed.pick
    }
}

impl Found {
    /// Reads the publication before a draft of that form.
    fn read(environment: &Environment, path: &Path, now_form: &Form, now: &State) -> Result<Self, String> {
        let document = newer_backup::source(environment, path)?;
        let (form, last) = (document.session.form(), &document.session.draft().state);
        if form.id != now_form.id {
            return Err("様式が違うため比べられません。同じ様式の、前回公表した評価書を選んでください".to_owned());
        }
        let scope = Scope::document(form, &last.document);
        let published_on = scope.text(&form.key_items.published_on).trim().to_owned();
        let overview = changes::overview(now_form, &last.document, now);
        let day = if published_on.is_empty() { "記載なし" } else { &published_on };
        let mut lines = vec![
            format!("評価書名　{}", scope.text(&form.key_items.name).trim()),
            format!("公表日　{day}"),
            format!("この下書きとの違い　{}件", overview.n_differences),
            format!("前回までの変更箇所　{}行", last.document.rows.len()),
        ];
        if last.stage != Stage::Final {
            lines.push(format!("段階が「{}」のままです。公表した内容と同じか確かめてください", last.stage.name()));
        }
        let taken_on = clock::today().map(|today| today.to_iso());
        let base = Base { state: last.clone(), published_on, taken_on };
        Ok(Self { base: Arc::new(base), lines })
    }
}
