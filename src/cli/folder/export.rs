//! `export` of a folder: a PDF or a book of each document, in folders like those of the documents.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::bail;

use super::{BROKE_OFF, Progress, documents, name_in, outputs, worse};
use crate::cli::commands::export::Export;
use crate::cli::terminal::overwrite::{self, Kind};
use crate::cli::terminal::{Exit, complain};
use crate::disk;
use crate::workspace::document_folder;

/// What became of one document, and what was said.
type Outcome = (Result<Exit, String>, Vec<String>);

/// Exports all documents of a folder.
pub(in crate::cli) fn export(asked: &Export) -> anyhow::Result<Exit> {
    if asked.summary.is_some() {
        bail!("--summary は、評価書を一つずつ書き出すときに指定してください");
    }
    if disk::is_there(&asked.out) && !disk::is_folder(&asked.out) {
        bail!("フォルダーを書き出すときは、書き出し先もフォルダーにしてください: {}", asked.out.display());
    }
    let documents = documents(&asked.draft)?;
    let (kind, ending) = if asked.excel { (Kind::Book, ".xlsx") } else { (Kind::Pdf, ".pdf") };
    let mut works = BTreeMap::new();
    // Somebody may have to be asked: one after the other, before the work begins.
    for (path, out) in documents.iter().zip(outputs(&asked.draft, &asked.out, &documents, ending)) {
        let allowed = overwrite::check(&out, kind, asked.foreign()).map_err(|error| error.to_string());
        let one = asked.of_one(path, out);
        works.insert(path.clone(), allowed.map(|()| one));
    }
    let progress = Progress::of(&documents);
    let work = move |path: &PathBuf| -> Outcome {
        match works.get(path) {
            Some(Ok(one)) => one_file(one),
            Some(Err(problem)) => (Err(problem.clone()), Vec::new()),
            None => (Err(BROKE_OFF.to_owned()), Vec::new()),
        }
    };
    let outcomes = document_folder::on_each(&documents, work, |n| progress.tell(n));
    let mut exits = Vec::new();
    for (path, outcome) in documents.iter().zip(outcomes) {
        let (end, said) = outcome.unwrap_or_else(|| (Err(BROKE_OFF.to_owned()), Vec::new()));
        complain(&format!("■ {}", name_in(&asked.draft, path)));
        said.iter().for_each(|words| complain(words));
        exits.push(end.unwrap_or_else(|problem| {
            complain(&format!("エラー: {problem}"));
            Exit::Failure
        }));
    }
    let n_written = exits.iter().filter(|exit| **exit == Exit::Success).count();
    complain(&format!("評価書 {}件のうち {n_written}件を書き出しました: {}", exits.len(), asked.out.display()));
    Ok(exits.into_iter().fold(Exit::Success, worse))
}

fn one_file(one: &Export) -> Outcome {
    let mut said = Vec::new();
    let folder = one.out.parent().map_or(Ok(()), disk::make_folder);
    let end = match folder {
        Ok(()) => {
            let tell = &mut |words: &str| said.push(words.to_owned());
            let done = if one.excel { one.book(tell) } else { one.pdf(tell) };
            done.map_err(|error| error.to_string())
        }
        Err(error) => Err(error.to_string()),
    };
    (end, said)
}
