//! The file for a new draft: where it goes, and whether that name is still free, before anything is written.

use std::path::{Path, PathBuf};

use egui::{RichText, Ui};

use crate::disk;
use crate::form::Severity;
use crate::ui::state::picker::{Pick, PickPurpose, with_extension};
use crate::ui::state::theme;
use crate::ui::widgets::path_ui;
use crate::workspace::task::Task;
use crate::workspace::waker::Waker;

/// A file that is to be made.
#[derive(Default)]
pub struct NewFile {
    path: String,
    /// A free name beside the wanted one, while it is looked for.
    looking: Option<Task<(PathBuf, PathBuf)>>,
    trouble: Option<String>,
}

impl NewFile {
    /// Begins with a proposal.
    pub fn proposed(path: &Path) -> Self {
        Self { path: path.display().to_string(), ..Self::default() }
    }

    /// Another proposal in the place of the one before, unless the author has given another name.
    pub fn follow(&mut self, before: &Path, now: &Path) {
        if self.path == before.display().to_string() {
            *self = Self::proposed(now);
        }
    }

    /// Takes a path over from the system's dialog.
    pub fn take_path(&mut self, path: &Path) {
        *self = Self::proposed(path);
    }

    /// Whether it has a name, and is not being looked for.
    pub fn is_ready(&self) -> bool {
        !self.path.trim().is_empty() && self.looking.is_none()
    }

    /// Shows the field of its path.
    pub fn ui(&mut self, ui: &mut Ui, label: &str) -> Option<Pick> {
        let label = ui.label(label).id;
        let pick = path_ui(ui, "new file", label, &mut self.path, PickPurpose::Create).pick;
        if let Some(trouble) = &self.trouble {
            ui.label(RichText::new(trouble).color(theme::severity(ui.visuals(), Severity::Error)));
        }
        pick
    }

    /// Begins to look whether the file is free.
    pub fn look(&mut self, waker: &Waker) {
        let path = with_extension(&self.path, "ron");
        self.looking = Some(Task::start(waker, move || (disk::free_name(&path), path)));
    }

    /// The file, once it is known that it is free; otherwise another name is proposed, and it is said why.
    pub fn found(&mut self) -> Option<PathBuf> {
        let answer = self.looking.as_mut()?.answer()?;
        self.looking = None;
        let (free, path) = answer.ok()?;
        if free == path {
            return Some(path);
        }
        self.trouble = Some(format!("{} はもうあります。上書きしません。別の名前にしました", path.display()));
        self.path = free.display().to_string();
        None
    }
}
