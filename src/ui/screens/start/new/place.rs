//! Where the documents are kept.

use std::path::{Path, PathBuf};

use egui::{Label, RichText, Ui};

use super::{NewDocument, title_ui};
use crate::disk;
use crate::form::Form;
use crate::ui::screens::start::Ask;
use crate::ui::state::picker::{PickPurpose, with_extension};
use crate::ui::state::theme;
use crate::ui::widgets::path_ui;
use crate::workspace::export::as_file_name;
use crate::workspace::settings::documents_folder;

/// So many characters of the name of the 事務 stand in the name of a file.
const MOST_OF_AFFAIRS: usize = 45;

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
        // A long one leaves room for the title of the form.
        let affairs: String = self.beginning.affairs.trim().chars().take(MOST_OF_AFFAIRS).collect();
        let name = if affairs.is_empty() { String::new() } else { format!("{affairs}_") };
        format!("{}.ron", as_file_name(&format!("{name}{}", form.short_title)))
    }

    /// Where each document is kept: the last one at the path, the others beside it under names of their own.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        let last = with_extension(&self.path, "ron");
        let forms = self.forms();
        let mut paths = vec![last.clone()];
        for form in forms.iter().rev().skip(1) {
            paths.push(disk::name_beside(&last.with_file_name(self.file_name(form)), &paths));
        }
        paths.reverse();
        paths
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
        if self.path != before {
            self.has_own_path();
        }
        if !self.path.trim().is_empty() && typed.enter(ui) {
            return self.make();
        }
        typed.pick.map(Ask::Pick)
    }
}
