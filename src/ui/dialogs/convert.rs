//! 別の様式の評価書にする: the form, the new file, and what will become of the document, before it happens.

use std::path::{Path, PathBuf};

use egui::{Id, RichText, Ui};

use super::Ask;
use super::frame::{body, foot, main_act};
use crate::between_forms::{self, Converted};
use crate::disk;
use crate::draft::Draft;
use crate::form::{Crossing, Form, shipped};
use crate::ui::state::picker::{Pick, PickPurpose, with_extension};
use crate::ui::state::{theme, words};
use crate::ui::widgets::{path_ui, radios_ui};
use crate::workspace::task::Task;
use crate::workspace::waker::Waker;

/// What has been chosen so far.
pub struct Convert {
    draft: Draft,
    from: &'static Form,
    /// The editions that the document can go to, the proposed one first.
    editions: Vec<&'static Form>,
    chosen: usize,
    converted: Option<Converted>,
    path: String,
    /// The file for the new draft, while it is looked whether it is free.
    beginning: Option<Task<(PathBuf, PathBuf)>>,
    trouble: Option<String>,
    waker: Waker,
}

impl Convert {
    /// Begins with the draft that is open; its file is proposed with the name of the other form behind it.
    pub fn new(from: &'static Form, draft: &Draft, path: &Path, waker: Waker) -> Self {
        let mut editions = Vec::new();
        for target in Crossing::targets(&from.id) {
            editions.extend(between_forms::edition_of(from, target).ok());
            let all = shipped::editions().unwrap_or_default();
            let others = all.iter().filter(|edition| edition.form == target);
            editions.extend(others.filter_map(|edition| shipped::find(&edition.form, &edition.revision).ok()));
        }
        let mut seen = Vec::new();
        editions.retain(|form| {
            let is_new = !seen.contains(&(&form.id, &form.revision));
            seen.push((&form.id, &form.revision));
            is_new
        });
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let name = editions.first().map_or("", |form| &*form.short_title);
        let path = path.with_file_name(format!("{stem}_{name}.ron")).display().to_string();
        let (draft, trouble) = (draft.clone(), None);
        let mut dialog =
            Self { draft, from, editions, chosen: 0, converted: None, path, beginning: None, trouble, waker };
        dialog.convert();
        dialog
    }

    /// Takes a path over from the system's dialog.
    pub fn take_path(&mut self, path: &Path) {
        self.path = path.display().to_string();
    }

    fn convert(&mut self) {
        let to = self.editions.get(self.chosen);
        self.converted = to.and_then(|to| between_forms::convert(&self.draft, self.from, to));
    }

    /// Shows the dialog.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let pick = body(ui, |ui| self.body_ui(ui));
        let ready = self.converted.is_some() && !self.path.trim().is_empty() && self.beginning.is_none();
        let asked = foot(ui, |ui| {
            if main_act(ui, ready, "新しい下書きを作る") {
                let path = with_extension(&self.path, "ron");
                self.beginning = Some(Task::start(&self.waker, move || (disk::free_name(&path), path)));
            }
            ui.button(words::CANCEL).clicked().then_some(Ask::Close)
        });
        asked.or_else(|| self.begin()).or(pick.map(Ask::Pick))
    }

    fn body_ui(&mut self, ui: &mut Ui) -> Option<Pick> {
        ui.heading("別の様式の評価書にする");
        if self.editions.is_empty() {
            let words = format!("{}を別の様式の評価書にすることはできません。", self.from.short_title);
            ui.label(words);
            return None;
        }
        ui.label("この評価書をもとに、別の様式の下書きを作ります。この評価書はそのまま残り、書き換えません。");
        let editions = self.editions.clone();
        let chosen = Some(self.chosen);
        let picked = radios_ui(ui, Id::unique("forms"), "新しい様式", editions.len(), chosen, |ui, radios| {
            for form in &editions {
                radios.option(ui, format!("{}　{}", form.short_title, form.edition_name()));
            }
        });
        if let Some(picked) = picked.filter(|picked| *picked != self.chosen) {
            self.chosen = picked;
            self.convert();
        }
        let label = ui.label("新しい下書きの保存先").id;
        let pick = path_ui(ui, "converted path", label, &mut self.path, PickPurpose::Create).pick;
        if let Some(trouble) = &self.trouble {
            let color = theme::severity(ui.visuals(), crate::form::Severity::Error);
            ui.label(RichText::new(trouble).color(color));
        }
        if let Some(converted) = &self.converted {
            ui.label(RichText::new("作るとこうなります").family(theme::bold()));
            ui.label(converted.receipt.to_string());
        }
        pick
    }

    /// Begins once it is known that the file is free.
    fn begin(&mut self) -> Option<Ask> {
        let answer = self.beginning.as_mut()?.answer()?;
        self.beginning = None;
        let (free, path) = answer.ok()?;
        if free != path {
            self.trouble = Some(format!("{} はもうあります。上書きしません。別の名前にしました", path.display()));
            self.path = free.display().to_string();
            return None;
        }
        let Converted { draft, receipt } = self.converted.clone()?;
        Some(Ask::Begin(Box::new(draft), path, "別の様式の下書きを作りました", receipt.to_string()))
    }
}
