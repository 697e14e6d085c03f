//! `fill` of a folder: each document into a copy of the book of its form, or of its own book of last year.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::bail;

use super::{BROKE_OFF, Progress, documents, name_in, outputs, worse};
use crate::cli::commands::fill::{ENDINGS, Fill};
use crate::cli::terminal::{Exit, complain, say};
use crate::disk::{self, SystemDisk};
use crate::workspace::document_folder;
use crate::workspace::fill::NotFilled;

/// What became of one document: what is said of it, and how that ends.
type Outcome = (Result<String, End>, Vec<String>);

/// Why a document has no book.
enum End {
    /// The one book is that of another form: the document waits for its own.
    Left(String),
    /// Anything else.
    Failed(String),
}

/// Fills a book for each document of a folder.
pub(in crate::cli) fn fill(asked: &Fill) -> anyhow::Result<Exit> {
    let Fill { draft: folder, book, out, .. } = asked;
    if disk::is_there(out) && !disk::is_folder(out) {
        bail!("フォルダーの評価書を書き込むときは、書き出し先もフォルダーにしてください: {}", out.display());
    }
    let is_own_book = disk::is_folder(book);
    if is_own_book && disk::is_same(&SystemDisk, book, out) {
        bail!("書き出し先は、ブックのフォルダーとは別のフォルダーにしてください: {}", out.display());
    }
    let documents = documents(folder)?;
    let mut works = BTreeMap::new();
    let places = outputs(folder, out, &documents, "").into_iter().zip(outputs(folder, book, &documents, ""));
    for (path, (out, own)) in documents.iter().zip(places) {
        let book = if is_own_book { book_at(&own) } else { Ok(book.clone()) };
        works.insert(path.clone(), book.map(|book| asked.of_one(path, book.clone(), with_ending(&out, ending(&book)))));
    }
    let progress = Progress::of(&documents);
    let work = move |path: &PathBuf| -> Outcome {
        let mut said = Vec::new();
        let end = match works.get(path) {
            Some(Ok(one)) => one_book(one, is_own_book, &mut said),
            Some(Err(problem)) => Err(End::Failed(problem.clone())),
            None => Err(End::Failed(BROKE_OFF.to_owned())),
        };
        (end, said)
    };
    let outcomes = document_folder::on_each(&documents, work, |n| progress.tell(n));
    let (mut exit, mut n_written, mut n_left) = (Exit::Success, 0, 0);
    for (path, outcome) in documents.iter().zip(outcomes) {
        let name = name_in(folder, path);
        let (end, said) = outcome.unwrap_or_else(|| (Err(End::Failed(BROKE_OFF.to_owned())), Vec::new()));
        said.iter().for_each(|words| complain(&format!("{name}: {words}")));
        match end {
            Ok(words) => {
                n_written += 1;
                say(&format!("{name}: {words}"));
            }
            Err(End::Left(problem)) => {
                n_left += 1;
                say(&format!("{name}: そのままにしました。{problem}"));
            }
            Err(End::Failed(problem)) => {
                complain(&format!("エラー: {name}: {problem}"));
                exit = worse(exit, Exit::Failure);
            }
        }
    }
    let left = if n_left > 0 { format!("（様式の違う {n_left}件はそのまま）") } else { String::new() };
    say(&format!("評価書 {}件のうち {n_written}件をブックに書き込みました{left}: {}", documents.len(), out.display()));
    Ok(if n_left == documents.len() { Exit::Failure } else { exit })
}

fn one_book(one: &Fill, is_own_book: bool, said: &mut Vec<String>) -> Result<String, End> {
    let failed = |problem: String| End::Failed(problem);
    match one.filled(&mut |words| said.push(words.to_owned())).map_err(|error| failed(error.to_string()))? {
        // What is to be looked at stands below, indented.
        Ok(filled) => {
            let folder = one.out.parent().map_or(Ok(()), disk::make_folder);
            let written = folder.and_then(|()| disk::write_whole(&one.out, &filled.bytes));
            written.map_err(|error| failed(error.to_string()))?;
            Ok(filled.receipt.to_string().trim_end().replace('\n', "\n    "))
        }
        Err(NotFilled::OtherForm(problem)) if !is_own_book => Err(End::Left(problem)),
        Err(problem) => Err(failed(problem.to_string())),
    }
}

/// The book whose name is that of the document.
fn book_at(stem: &Path) -> Result<PathBuf, String> {
    let books = ENDINGS.iter().map(|ending| with_ending(stem, ending));
    let found = books.into_iter().find(|path| disk::is_there(path));
    found.ok_or_else(|| format!("同じ名前のブックがありません: {}", with_ending(stem, ENDINGS[0]).display()))
}

/// How a book ends, as its copy has to.
fn ending(book: &Path) -> &'static str {
    ENDINGS.into_iter().find(|ending| disk::has_extension(book, ending)).unwrap_or(ENDINGS[0])
}

fn with_ending(stem: &Path, ending: &str) -> PathBuf {
    let mut name = stem.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}
