//! What stands between the documents of a folder, for the window: read and compared in the background when it is asked for.

use std::path::PathBuf;

use super::task::{Task, Wanted};
use super::waker::Waker;
use crate::across::{self, AcrossFinding, Member};
use crate::checks::{self, Context};
use crate::clock;
use crate::disk;
use crate::draft::format;
use crate::form::{RuleSet, shipped};
use crate::parallel;

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
    let context = Context { today: clock::today() };
    let told = |at: usize| {
        let (path, draft) = read.get(at).filter(|_| wanted.is_still())?;
        let document = &draft.state.document;
        let form = shipped::find(&document.form, &document.edition).ok()?;
        let findings = checks::check(form, rules, &draft.state, &context).into_iter();
        let open = findings.filter(|finding| finding.waived.is_none());
        Some((*path, Member::of(form, draft).told_by(open.map(|finding| finding.rule))))
    };
    let known = parallel::in_order(read.len(), || (), |(), at| told(at));
    let (paths, members): (Vec<&PathBuf>, Vec<Member<'_>>) = known.into_iter().flatten().unzip();
    let named = |finding: AcrossFinding| {
        let paths = finding.documents.iter().filter_map(|at| paths.get(*at).map(|path| (*path).clone())).collect();
        Between { finding, paths }
    };
    Ok(across::check(rules, &members).into_iter().map(named).collect())
}
