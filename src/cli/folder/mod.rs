//! What the commands do on all documents of a folder: list, plan, ledger, check, review, export, fill, import,
//! replace, paragraphs.
//! The documents are worked at by one pool; what is said stands in the order of their names.

mod at_work;
mod check;
mod export;
mod fill;
mod import;
mod ledger;
mod list;
mod paragraphs;
mod plan;
mod replace;
mod review;

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::bail;

pub(super) use check::check;
pub(super) use export::export;
pub(super) use fill::fill;
pub(super) use import::import;
pub(super) use ledger::Ledger;
pub(super) use list::List;
pub(super) use paragraphs::Paragraphs;
pub(super) use plan::Plan;
pub(super) use replace::Replace;
pub(super) use review::Review;

use crate::cli::terminal::overwrite::{self, Foreign, Kind};
use crate::cli::terminal::{Exit, complain};
use crate::disk::{self, SystemDisk};
use crate::draft::{Date, Draft};
use crate::form::{Form, shipped};
use crate::print::printout::PlainTable;
use crate::workspace::document_folder::{self, name_in};
use crate::workspace::folder_tables::TableFile;

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

/// Those of the documents that are named, by their places in the folder or by their paths; all where none is.
fn only(folder: &Path, documents: Vec<PathBuf>, named: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    if named.is_empty() {
        return Ok(documents);
    }
    let is_it = |path: &PathBuf, name: &PathBuf| {
        disk::is_same(&SystemDisk, path, &folder.join(name)) || disk::is_same(&SystemDisk, path, name)
    };
    if let Some(unknown) = named.iter().find(|name| !documents.iter().any(|path| is_it(path, name))) {
        bail!("--only の評価書がフォルダーにありません: {}", unknown.display());
    }
    Ok(documents.into_iter().filter(|path| named.iter().any(|name| is_it(path, name))).collect())
}

/// The form of a draft.
fn form_of(draft: &Draft) -> anyhow::Result<&'static Form> {
    Ok(shipped::find(&draft.state.document.form, &draft.state.document.edition)?)
}

/// Says no where something else stands in the place of a table.
fn check_place(out: &Path, kind: TableFile, is_forced: bool) -> anyhow::Result<()> {
    let kind = match kind {
        TableFile::Pdf => Kind::Pdf,
        TableFile::Book => Kind::Book,
        TableFile::Csv => Kind::Table,
    };
    overwrite::check(out, kind, if is_forced { Foreign::IsReplaced } else { Foreign::Stays })
}

fn write_table(table: &PlainTable, kind: TableFile, out: &Path, today: Option<Date>) -> anyhow::Result<()> {
    Ok(disk::write_whole(out, &kind.bytes(table, today)?)?)
}

/// A place for what is made of each document: that of the document with `ending` for its own; with the document's ending
/// before it where that is taken, and a number where that is taken too.
fn outputs(input: &Path, out: &Path, documents: &[PathBuf], ending: &str) -> Vec<PathBuf> {
    let mut taken = BTreeSet::new();
    let mut is_free = |stem: &Path| taken.insert(stem.to_string_lossy().to_lowercase());
    let output = |path: &PathBuf| {
        let inner = path.strip_prefix(input).unwrap_or(path);
        let with = |end: String| {
            let mut name = inner.as_os_str().to_owned();
            name.push(end);
            out.join(name)
        };
        let numbered = (2..).map(|n| with(format!(" ({n})")));
        let mut stems = [out.join(inner.with_extension("")), with(String::new())].into_iter().chain(numbered);
        let stem = stems.find(|stem| is_free(stem)).unwrap_or_else(|| with(String::new()));
        let mut name = stem.into_os_string();
        name.push(ending);
        PathBuf::from(name)
    };
    documents.iter().map(output).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_documents_share_a_place() {
        let (folder, out) = (Path::new("市"), Path::new("出"));
        let named = |names: &[&str], ending| {
            let documents: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
            let places = outputs(folder, out, &documents, ending);
            places.iter().map(|path| name_in(out, path)).collect::<Vec<_>>()
        };
        assert_eq!(
            named(&["様式.docx", "様式.pdf", "様式.pdf.xlsx", "様式.PDF.XLSX"], ""),
            ["様式", "様式.pdf", "様式.pdf.xlsx", "様式.PDF.XLSX (2)"]
        );
        assert_eq!(
            named(&["税/a.hyouka", "税/a.ron", "税/a.ron.hyouka", "a.ron"], ".pdf"),
            ["税/a.pdf", "税/a.ron.pdf", "税/a.ron.hyouka.pdf", "a.pdf"]
        );
    }
}
