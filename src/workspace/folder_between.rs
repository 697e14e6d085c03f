//! What stands between the documents of a folder, for the window: read and compared in the background when it is asked for.

use std::path::PathBuf;

use super::task::{Task, Wanted};
use super::waker::Waker;
use crate::across::{self, AcrossFinding, Member};
use crate::disk;
use crate::draft::format;
use crate::form::{RuleSet, shipped};

/// One thing that was found between documents.
#[derive(Debug)]
pub struct Between {
    /// What it is.
    pub finding: AcrossFinding,
    /// The documents it is about.
    pub paths: Vec<PathBuf>,
}

/// Begins to look; documents that cannot be read are left out, as the list tells of them.
pub fn look(waker: &Waker, paths: Vec<PathBuf>) -> Task<Result<Vec<Between>, String>> {
    Task::start_while_wanted(waker, move |wanted| found(wanted, &paths)).in_background()
}

fn found(wanted: &Wanted, paths: &[PathBuf]) -> Result<Vec<Between>, String> {
    let rules = RuleSet::shipped().map_err(|error| error.to_string())?;
    let mut read = Vec::new();
    for path in paths {
        if !wanted.is_still() {
            return Ok(Vec::new());
        }
        let bytes = disk::read_to_bytes(path, format::MAX_FILE_BYTES as u64);
        if let Some(opened) = bytes.ok().and_then(|bytes| format::read(&bytes).ok()) {
            read.push((path, opened.draft));
        }
    }
    let known = read.iter().filter_map(|(path, draft)| {
        let document = &draft.state.document;
        Some((*path, Member::of(shipped::find(&document.form, &document.edition).ok()?, draft)))
    });
    let (paths, members): (Vec<&PathBuf>, Vec<Member<'_>>) = known.unzip();
    let named = |finding: AcrossFinding| {
        let paths = finding.documents.iter().filter_map(|at| paths.get(*at).map(|path| (*path).clone())).collect();
        Between { finding, paths }
    };
    Ok(across::check(rules, &members).into_iter().map(named).collect())
}
