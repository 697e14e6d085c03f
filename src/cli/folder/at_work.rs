//! A document of a folder that a command changes: marked as open from before it is read until it is written, so that
//! each is written whole or not at all and a run that broke off is simply begun again.

use std::path::{Path, PathBuf};

use anyhow::anyhow;

use super::{Progress, form_of, name_in, worse};
use crate::changes;
use crate::cli::terminal::options::Backup;
use crate::cli::terminal::{Exit, complain, lock, open_unharmed, write};
use crate::draft::{Draft, Edit};
use crate::form::Form;
use crate::workspace::environment::Environment;
use crate::workspace::saver::Owned;
use crate::workspace::write_target::{IfNewer, WriteTarget, check_backup_before};

/// Said where documents were written over.
pub(super) const BROUGHT_BACK: &str = "書き換える前の内容は、評価書を画面で開いて「ファイル」の「以前の版」で戻せます";

/// The document with its lock.
pub(super) struct AtWork<'a> {
    path: &'a Path,
    target: WriteTarget,
    if_newer: IfNewer,
    pub draft: Draft,
    pub form: &'static Form,
}

impl<'a> AtWork<'a> {
    pub fn open(path: &'a Path, backup: &Backup) -> anyhow::Result<Self> {
        let target = lock(path, IfNewer::AskLater)?;
        let draft = open_unharmed(path)?;
        let form = form_of(&draft)?;
        Ok(Self { path, target, if_newer: backup.if_newer(), draft, form })
    }

    pub fn apply(&mut self, edit: Edit) -> anyhow::Result<()> {
        self.draft.apply(edit).map(|_| ()).map_err(|error| anyhow!("直せませんでした。{error}"))
    }

    /// The rows of the change table brought in step where the publication before is known, the new ones with that reason
    /// why; how many edits that took.
    pub fn update_rows(&mut self, why: Option<&str>) -> anyhow::Result<usize> {
        let Some(base) = self.draft.base.clone() else { return Ok(0) };
        let before = self.draft.state.document.rows.clone();
        let rows = changes::update(self.form, &base.state.document, &self.draft.state);
        let n_rows = rows.len();
        self.apply(Edit::Many(rows))?;
        if let Some(why) = why {
            let now = self.draft.state.document.rows.iter().enumerate();
            let new = now.filter(|(_, row)| !before.contains(row) && row.why.is_empty());
            let reasons: Vec<Edit> = new.map(|(row, _)| Edit::Why { row, text: why.to_owned() }).collect();
            self.apply(Edit::Many(reasons))?;
        }
        Ok(n_rows)
    }

    /// Leaves the document as it is.
    pub fn leave(self) -> anyhow::Result<()> {
        self.check_backup()
    }

    pub fn write(self) -> anyhow::Result<()> {
        self.check_backup()?;
        write(self.target, &self.draft, self.path)
    }

    /// Says no where a newer backup of the document says something else than what is written now.
    fn check_backup(&self) -> anyhow::Result<()> {
        let environment = Environment::of_command(Owned::default());
        Ok(check_backup_before(&environment, self.path, &self.draft, self.if_newer)?)
    }
}

/// What is done with each of the documents, one after the other; one that fails is told and keeps no other from its turn.
pub(super) fn each(
    folder: &Path,
    documents: &[PathBuf],
    mut act: impl FnMut(&str, &Path) -> anyhow::Result<()>,
) -> Exit {
    let progress = Progress::of(documents);
    let mut exit = Exit::Success;
    for (nth, path) in documents.iter().enumerate() {
        let name = name_in(folder, path);
        if let Err(problem) = act(&name, path) {
            complain(&format!("エラー: {name}: {problem}"));
            exit = worse(exit, Exit::Failure);
        }
        progress.tell(nth + 1);
    }
    exit
}
