//! The one loader: RON text → [`Form`], every reference resolved, or an error that names file and line.
//!
//! The errors are for whoever writes the data, so they are in English:
//! `assets/forms/youshiki3/r6-10/form.ron:214: unknown item "basic.affair.name"`.

use serde::de::DeserializeOwned;
use thiserror::Error;

use super::index::Index;
use super::patch::Overlay;
use super::{Form, help, references};

/// A data file: its name for messages, and its text.
#[derive(Clone, Copy, Debug)]
pub struct DataSource<'a> {
    /// Name as in the project, e.g. `assets/forms/youshiki3/r6-10/form.ron`.
    pub file: &'a str,
    /// The RON text.
    pub text: &'a str,
}

/// What is wrong with a data file, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}:{line}: {problem}")]
pub struct DataError {
    /// Name of the file.
    pub file: String,
    /// Line in it, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong with a data file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    /// The text is no RON, or not of the expected types; also a condition that cannot be read.
    #[error("{0}")]
    Syntax(String),
    /// An id stands twice.
    #[error("duplicate id {0:?}")]
    DuplicateId(String),
    /// An id does not begin with the id of its section.
    #[error("id {id:?} does not begin with {section:?} and a dot, the id of its section")]
    IdOutsideSection {
        /// The id.
        id: String,
        /// The section it stands in.
        section: String,
    },
    /// A reference to a section that the form does not have.
    #[error("unknown section {0:?}")]
    UnknownSection(String),
    /// A reference to an item that the form does not have.
    #[error("unknown item {0:?}")]
    UnknownItem(String),
    /// A reference to a box that the item does not have.
    #[error("item {item:?} has no box {key:?}")]
    UnknownBox {
        /// The item.
        item: String,
        /// The key that is no box of it.
        key: String,
    },
    /// A reference to an option that the item does not have.
    #[error("item {item:?} has no option {n}")]
    UnknownOption {
        /// The item.
        item: String,
        /// The number that is no option of it.
        n: i64,
    },
    /// A reference to an item that is of another kind.
    #[error("item {item:?} is no {expected}")]
    WrongKind {
        /// The item.
        item: String,
        /// What it should be.
        expected: &'static str,
    },
    /// A grid leaves out, repeats or does not know an option or box.
    #[error("the grid of {item:?} {fault}")]
    Grid {
        /// The item.
        item: String,
        /// What is wrong with the grid.
        fault: String,
    },
    /// Two parts of the data contradict each other.
    #[error("{0}")]
    Mismatch(String),
}

/// A problem and what to look for to find its line.
#[derive(Debug)]
pub(super) struct Misfit {
    /// Id of the item, column or section that is wrong.
    pub id: String,
    /// Text after that id that shows the exact line; empty = the line of the id.
    pub near: String,
    /// What is wrong.
    pub problem: Problem,
}

/// Reads a complete form.
pub fn form(source: DataSource<'_>) -> Result<Form, DataError> {
    let form = ron(source)?;
    references::check(&form).map_err(|misfit| located(&[source], misfit))?;
    Ok(form)
}

/// Reads an overlay and makes the form into that edition. `below` are the files the form was read from.
pub fn overlay(
    form: &mut Form,
    revision: &str,
    source: DataSource<'_>,
    below: &[DataSource<'_>],
) -> Result<(), DataError> {
    let overlay: Overlay = ron(source)?;
    overlay.apply(revision, form).map_err(|misfit| located(&[source], misfit))?;
    form.index = Index::default();
    let sources: Vec<DataSource<'_>> = std::iter::once(source).chain(below.iter().copied()).collect();
    references::check(form).map_err(|misfit| located(&sources, misfit))
}

/// Reads the help texts of a form into it.
pub fn help(form: &mut Form, source: DataSource<'_>) -> Result<(), DataError> {
    let texts: help::HelpFile = ron(source)?;
    texts.add_to(form).map_err(|misfit| located(&[source], misfit))
}

/// The edition an overlay stands on.
pub(super) fn base_of(source: DataSource<'_>) -> Result<String, DataError> {
    ron::<Overlay>(source).map(|overlay| overlay.base)
}

/// Reads any data file; syntax and type errors name their line.
pub fn ron<T: DeserializeOwned>(source: DataSource<'_>) -> Result<T, DataError> {
    ron::from_str(source.text).map_err(|error| DataError {
        file: source.file.to_owned(),
        line: error.span.start.line,
        problem: Problem::Syntax(error.code.to_string()),
    })
}

/// Finds the line of a misfit in the first source that has its id.
fn located(sources: &[DataSource<'_>], misfit: Misfit) -> DataError {
    let repeated = matches!(misfit.problem, Problem::DuplicateId(_));
    let found = sources.iter().find_map(|source| {
        let mut places = definitions(source.text, &misfit.id);
        let first = places.next()?;
        Some((source, if repeated { places.next().unwrap_or(first) } else { first }))
    });
    let (source, start) = match (found, sources.first()) {
        (Some(found), _) => found,
        (None, Some(first)) => (first, first.text.find(&format!("{:?}", misfit.id)).unwrap_or(0)),
        (None, None) => return DataError { file: String::new(), line: 1, problem: misfit.problem },
    };
    let rest = source.text.get(start..).unwrap_or("");
    let at = start + rest.find(misfit.near.as_str()).unwrap_or(0);
    let line = 1 + source.text.get(..at).unwrap_or("").matches('\n').count();
    DataError { file: source.file.to_owned(), line, problem: misfit.problem }
}

/// Where `id: "…"` stands in the text.
fn definitions<'a>(text: &'a str, id: &str) -> impl Iterator<Item = usize> + 'a {
    let quoted = format!("{id:?}");
    let found: Vec<usize> = text.match_indices(&quoted).map(|(at, _)| at).collect();
    found.into_iter().filter(|at| {
        let head = text.get(..*at).unwrap_or("").trim_end().strip_suffix("id:");
        head.is_some_and(|head| !head.ends_with(|c: char| c.is_alphanumeric() || c == '_'))
    })
}
