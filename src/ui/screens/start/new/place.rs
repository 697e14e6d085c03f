//! Where the documents are kept.

use std::path::{Path, PathBuf};

use egui::{Label, RichText, Ui};

use super::{NewDocument, title_ui};
use crate::form::Form;
use crate::ui::screens::start::Ask;
use crate::ui::state::picker::{PickPurpose, with_extension};
use crate::ui::state::theme;
use crate::ui::widgets::path_ui;
use crate::workspace::export::as_file_name;
use crate::workspace::settings::documents_folder;

impl NewDocument {
    /// A name made of what is known, in the folder that was chosen last; a name of the author's own stays.
    pub(super) fn propose_path(&mut self) {
        if self.is_own_path {
            return;
        }
        let Some(form) = self.forms().pop() else { return };
        let folder = Path::new(self.path.trim()).parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.map_or_else(documents_folder, Path::to_owned);
        self.path = folder.join(self.file_name(form)).display().to_string();
    }

    fn file_name(&self, form: &Form) -> String {
        let affairs = self.beginning.affairs.trim();
        let name = if affairs.is_empty() { String::new() } else { format!("{affairs}_") };
        format!("{}.ron", as_file_name(&format!("{name}{}", form.short_title)))
    }

    /// Where each document is kept: the last one at the path, the others beside it under names of their own.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        let last = with_extension(&self.path, "ron");
        let forms = self.forms();
        let n_others = forms.len().saturating_sub(1);
        let others = forms.iter().take(n_others).map(|form| last.with_file_name(self.file_name(form)));
        others.chain([last.clone()]).collect()
    }

    pub(super) fn place_ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let label = title_ui(ui, "保存先を確かめる（以後、自動で保存されます）");
        for (form, path) in self.forms().into_iter().zip(self.paths()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let folder = path.parent().unwrap_or(Path::new("")).display().to_string();
            ui.label(RichText::new(&form.short_title).small().weak());
            ui.add(Label::new(RichText::new(&name).family(theme::bold())).truncate()).on_hover_text(&name);
            ui.add(Label::new(RichText::new(&folder).small().weak()).truncate()).on_hover_text(&folder);
            ui.add_space(theme::S);
        }
        let before = self.path.clone();
        let typed = path_ui(ui, "new path", label, &mut self.path, PickPurpose::Create);
        self.is_own_path |= self.path != before;
        if !self.path.trim().is_empty() && typed.enter(ui) {
            return self.make();
        }
        typed.pick.map(Ask::Pick)
    }
}
