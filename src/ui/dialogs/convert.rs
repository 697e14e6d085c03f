//! 別の様式の評価書にする: the form, the new file, and what will become of the document, before it happens.

use std::path::Path;

use egui::{Id, RichText, Ui};

use super::frame::{body, foot, main_act};
use super::new_file::NewFile;
use super::{Ask, NewWork};
use crate::between_forms::{self, Converted};
use crate::draft::Draft;
use crate::form::{Crossing, Form, shipped};
use crate::ui::state::picker::Pick;
use crate::ui::state::{theme, words};
use crate::ui::widgets::radios_ui;
use crate::workspace::waker::Waker;

/// What has been chosen so far.
pub struct Convert {
    draft: Draft,
    from: &'static Form,
    /// The editions that the document can go to, the proposed one first.
    editions: Vec<&'static Form>,
    chosen: usize,
    converted: Option<Converted>,
    new_file: NewFile,
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
        let new_file = NewFile::proposed(&path.with_file_name(format!("{stem}_{name}.ron")));
        let mut dialog = Self { draft: draft.clone(), from, editions, chosen: 0, converted: None, new_file, waker };
        dialog.convert();
        dialog
    }

    /// Takes a path over from the system's dialog.
    pub fn take_path(&mut self, path: &Path) {
        self.new_file.take_path(path);
    }

    fn convert(&mut self) {
        let to = self.editions.get(self.chosen);
        self.converted = to.and_then(|to| between_forms::convert(&self.draft, self.from, to));
    }

    /// Shows the dialog.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let pick = body(ui, |ui| self.body_ui(ui));
        let ready = self.converted.is_some() && self.new_file.is_ready();
        let asked = foot(ui, |ui| {
            if main_act(ui, ready, "新しい下書きを作る") {
                self.new_file.look(&self.waker);
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
        let pick = self.new_file.ui(ui, "新しい下書きの保存先");
        if let Some(converted) = &self.converted {
            ui.label(RichText::new("作るとこうなります").family(theme::bold()));
            ui.label(converted.receipt.to_string());
        }
        pick
    }

    /// Begins once it is known that the file is free.
    fn begin(&mut self) -> Option<Ask> {
        let path = self.new_file.found()?;
        let Converted { draft, receipt } = self.converted.clone()?;
        let (title, told) = ("別の様式の下書きを作りました", receipt.to_string());
        Some(Ask::Begin(Box::new(NewWork { draft, path, title, told, source: None })))
    }
}
