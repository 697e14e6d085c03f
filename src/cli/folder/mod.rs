//! What the commands do on all documents of a folder: list, plan, check, export, import. The documents are worked at by one pool; what
//! is said stands in the order of their names.

mod check;
mod csv;
mod export;
mod import;
mod list;
mod plan;

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::bail;

pub(super) use check::check;
pub(super) use export::export;
pub(super) use import::import;
pub(super) use list::List;
pub(super) use plan::{CSV_HEAD, Plan};

use crate::cli::{Exit, complain};
use crate::workspace::document_folder;

/// The documents of a folder; a folder without any is an error: another one was meant.
fn documents(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut problems = Vec::new();
    let found = document_folder::drafts(folder, &mut problems)?;
    problems.iter().for_each(|problem| complain(problem));
    if found.is_empty() {
        bail!("評価書（.ron、.hyouka）がありません: {}", folder.display());
    }
    Ok(found)
}

/// A document by its place in the folder, the same on every system.
fn name_in(folder: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(folder).unwrap_or(path);
    inner.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// How far the work is, on one line that is written over, where somebody sits at a terminal.
struct Progress {
    n_all: usize,
    is_shown: bool,
}

impl Progress {
    fn of(documents: &[PathBuf]) -> Self {
        Self { n_all: documents.len(), is_shown: std::io::stderr().is_terminal() }
    }

    fn tell(&self, n_done: usize) {
        if self.is_shown {
            let end = if n_done == self.n_all { "\r\u{1b}[K" } else { "" };
            let mut terminal = std::io::stderr();
            let _ = write!(terminal, "\r{n_done} / {}{end}", self.n_all).and_then(|()| terminal.flush());
        }
    }
}

/// The worse of two ends.
fn worse(a: Exit, b: Exit) -> Exit {
    match (a, b) {
        (Exit::Failure, _) | (_, Exit::Failure) => Exit::Failure,
        (Exit::Findings, _) | (_, Exit::Findings) => Exit::Findings,
        (Exit::Success, Exit::Success) => Exit::Success,
    }
}

/// Said of a document at which the work broke off.
const BROKE_OFF: &str = "この評価書の処理が途中で止まりました";
