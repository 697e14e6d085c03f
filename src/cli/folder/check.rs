//! `check` of a folder: the findings of each document, and the worst of all ends.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::{BROKE_OFF, Progress, documents, name_in, worse};
use crate::across::{self, AcrossFinding, Member};
use crate::cli::commands::check::{Asked, Check, Checked, certainty_key, severity_key};
use crate::cli::terminal::{Exit, say};
use crate::form::{RuleSet, Severity, shipped};
use crate::workspace::document_folder;

/// A document as it was checked, with what was said of its file; or why it could not be.
pub(super) type Outcome = Result<(Checked, Vec<String>), String>;

/// Checks all documents of a folder.
pub(in crate::cli) fn check(command: &Check) -> anyhow::Result<Exit> {
    let outcomes = look_through(&command.draft, &documents(&command.draft)?, command.asked());
    let across = across(&outcomes)?;
    if command.json {
        let list: Vec<_> = outcomes.iter().map(|(file, outcome)| as_object(file, outcome, &across)).collect();
        say(&serde_json::to_string_pretty(&list)?);
    } else {
        outcomes.iter().for_each(|(file, outcome)| as_text(file, outcome));
        across.iter().for_each(|finding| say(&between(finding)));
    }
    let exit = |outcome: &Outcome| outcome.as_ref().map_or(Exit::Failure, |(checked, _)| checked.exit());
    let between = across.iter().any(|finding| finding.0.severity == Severity::Error).then_some(Exit::Findings);
    let exits: Vec<Exit> = outcomes.iter().map(|(_, outcome)| exit(outcome)).collect();
    if !command.json {
        let n = |end: Exit| exits.iter().filter(|exit| **exit == end).count();
        let (n_wrong, n_unread) = (n(Exit::Findings), n(Exit::Failure));
        say(&format!("評価書 {}件（直すところのあるもの {n_wrong}件、読めないもの {n_unread}件）", exits.len()));
    }
    Ok(exits.into_iter().chain(between).fold(Exit::Success, worse))
}

/// Each of the documents as it was checked, under its name in the folder.
pub(super) fn look_through(folder: &Path, documents: &[PathBuf], asked: Asked) -> Vec<(String, Outcome)> {
    let progress = Progress::of(documents);
    let look = move |path: &PathBuf| -> Outcome {
        let mut notes = Vec::new();
        let checked = Checked::of(path, asked, &mut |words| notes.push(words.to_owned()));
        checked.map(|checked| (checked, notes)).map_err(|error| error.to_string())
    };
    let outcomes = document_folder::on_each(documents, look, |n| progress.tell(n));
    let named = documents.iter().zip(outcomes);
    let outcome = |(path, outcome): (&PathBuf, Option<Outcome>)| {
        (name_in(folder, path), outcome.unwrap_or_else(|| Err(BROKE_OFF.to_owned())))
    };
    named.map(outcome).collect()
}

/// What was found between the documents that can be read, with their files.
pub(super) fn across(outcomes: &[(String, Outcome)]) -> anyhow::Result<Vec<(AcrossFinding, Vec<&str>)>> {
    let mut files = Vec::new();
    let mut members = Vec::new();
    for (file, outcome) in outcomes {
        if let Ok((checked, _)) = outcome {
            let document = &checked.draft.state.document;
            let member = Member::of(shipped::find(&document.form, &document.edition)?, &checked.draft);
            let open = checked.findings.iter().filter(|finding| finding.waived.is_none());
            members.push(member.told_by(open.map(|finding| finding.rule.clone())));
            files.push(file.as_str());
        }
    }
    let found = across::check(RuleSet::shipped()?, &members);
    let named = |finding: AcrossFinding| {
        let names = finding.documents.iter().filter_map(|at| files.get(*at).copied()).collect();
        (finding, names)
    };
    Ok(found.into_iter().map(named).collect())
}

pub(super) fn between((finding, files): &(AcrossFinding, Vec<&str>)) -> String {
    let AcrossFinding { severity, message, rule, .. } = finding;
    format!("[{}] {message}（{rule}）\n        {}", severity.name(), files.join("\n        "))
}

fn as_text(file: &str, outcome: &Outcome) {
    say(&format!("■ {file}"));
    match outcome {
        Ok((checked, notes)) => notes.iter().chain(&checked.lines()).for_each(|line| say(line)),
        Err(problem) => say(problem),
    }
    say("");
}

/// One document of the array: `check` has the shape of `assets/check.schema.json`.
fn as_object(file: &str, outcome: &Outcome, across: &[(AcrossFinding, Vec<&str>)]) -> serde_json::Value {
    let about = across.iter().filter(|(_, files)| files.contains(&file)).map(|(finding, files)| {
        json!({
            "rule": finding.rule,
            "severity": severity_key(finding.severity),
            "certainty": certainty_key(finding.certainty),
            "source": finding.source,
            "message": finding.message,
            "files": files,
        })
    });
    let across: Vec<_> = about.collect();
    match outcome {
        Ok((checked, notes)) => json!({
            "file": file, "check": checked.as_object(), "notes": notes, "across": across, "problem": null,
        }),
        Err(problem) => json!({ "file": file, "check": null, "notes": [], "across": [], "problem": problem }),
    }
}
