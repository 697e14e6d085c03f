//! The formats of the file so far, and the steps from each to the next.
//!
//! To make format 2: keep the structures of format 1 as they are in `format_1.rs` with a function
//! `step(format_1::Draft) -> Draft`, raise [`CURRENT`], let the arm of 1 in [`read_format`] read the
//! old structures and step them up (`parse::<format_1::Draft>(…).map(format_1::step)`), and put a file
//! of format 1 with its answers into `tests/drafts_of_old`. A file of format 1 then takes every later
//! step after that one.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::draft::Draft;

/// The format that is written today.
pub const CURRENT: u32 = 1;

/// How deep a file may nest. A draft needs 12 levels; RON counts some of them twice.
const MAX_DEPTH: usize = 64;

/// The file around a draft of one format.
#[derive(Deserialize)]
struct File<D> {
    #[serde(rename = "format")]
    _format: u32,
    #[serde(default, rename = "written_by")]
    _written_by: String,
    draft: D,
}

/// Reads a file of format `number` and steps the draft up to the current format.
///
/// A number above the current one is read as the current one; `unknown` gets the fields left out.
pub(super) fn read_format(
    number: u32,
    text: &str,
    unknown: &mut Vec<String>,
) -> Result<Draft, ron::error::SpannedError> {
    match number {
        // 1 => parse::<format_1::Draft>(text, unknown).map(format_1::step),
        _ => parse::<Draft>(text, unknown),
    }
}

fn parse<D: DeserializeOwned>(text: &str, unknown: &mut Vec<String>) -> Result<D, ron::error::SpannedError> {
    let options = ron::Options::default().with_recursion_limit(MAX_DEPTH);
    let mut deserializer = ron::Deserializer::from_str_with_options(text, &options)?;
    let file: Result<File<D>, _> = serde_ignored::deserialize(&mut deserializer, |path| unknown.push(path.to_string()));
    let file = file.and_then(|file| deserializer.end().map(|()| file));
    file.map(|file| file.draft).map_err(|error| deserializer.span_error(error))
}
