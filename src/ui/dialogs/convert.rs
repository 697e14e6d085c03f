//! 別の様式の評価書にする: the form, the new file, and what will become of the document, before it happens.

use std::path::{Path, PathBuf};

use egui::{Id, RichText, Ui};

use super::ask::{Ask, NewWork};
use super::frame::{body, foot, main_act};
use super::new_file::NewFile;
use crate::between_forms;
use crate::draft::Draft;
use crate::form::{Form, shipped};
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
    /// The draft in that form, and the receipt.
    made: Option<(Draft, String)>,
    /// The file of the document: that of the new one is named after it.
    path: PathBuf,
    new_file: NewFile,
    waker: Waker,
}

impl Convert {
    /// Begins with the draft that is open; its file is proposed with the name of the other form behind it.
    pub fn new(from: &'static Form, draft: &Draft, path: &Path, waker: Waker) -> Self {
        let mut editions = Vec::new();
        for target in between_forms::targets(&from.id) {
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
        let mut dialog = Self {
            draft: draft.clone(),
            from,
            editions,
            chosen: 0,
            made: None,
            path: path.to_owned(),
            new_file: NewFile::default(),
            waker,
        };
        dialog.new_file = NewFile::proposed(&dialog.named(0));
        dialog.convert();
        dialog
    }

    /// The file of the document with the name of that form behind it.
    fn named(&self, chosen: usize) -> PathBuf {
        let stem = self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let name = self.editions.get(chosen).map_or("", |form| &*form.short_title);
        self.path.with_file_name(format!("{stem}_{name}.ron"))
    }

    /// Takes a path over from the system's dialog.
    pub fn take_path(&mut self, path: &Path) {
        self.new_file.take_path(path);
    }

    fn convert(&mut self) {
        let to = self.editions.get(self.chosen);
        self.made = to.and_then(|to| between_forms::made(&self.draft, self.from, to));
    }

    /// Shows the dialog.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let pick = body(ui, |ui| self.body_ui(ui));
        let ready = self.made.is_some() && self.new_file.is_ready();
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
            // A name that the author gave stays.
            self.new_file.follow(&self.named(self.chosen), &self.named(picked));
            self.chosen = picked;
            self.convert();
        }
        let pick = self.new_file.ui(ui, "新しい下書きの保存先");
        if let Some((_, receipt)) = &self.made {
            ui.label(RichText::new("作るとこうなります").family(theme::bold()));
            ui.label(receipt);
        }
        pick
    }

    /// Begins once it is known that the file is free.
    fn begin(&mut self) -> Option<Ask> {
        let path = self.new_file.found()?;
        let (draft, told) = self.made.clone()?;
        let title = "別の様式の下書きを作りました";
        Some(Ask::Begin(Box::new(NewWork { draft, path, title, told, source: None })))
    }
}
