//! The formats of the file so far, and the steps from each to the next.
//!
//! A format that only adds what may be absent shares its structures with the one before (`shape/`), as format 2 does with 1.
//! For one that changes something: write its structures beside those of `shape/`, which stay as they are. Either way raise
//! [`CURRENT`], add the format to the list, let `write.rs` write it and `needed.rs` say when it is needed, and put a file of
//! the format before with its answers into `tests/drafts_of_old`. What a format cannot say gets its value where its
//! structures become a draft (`shape/into.rs`).

use ron::error::SpannedError;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::shape;
use crate::draft::Draft;

/// The newest format; what is written is the lowest that can say a draft (`needed.rs`).
pub const CURRENT: u32 = 2;

/// How deep a file may nest. A draft needs 12 levels, in a base 15; RON counts some of them twice.
const MAX_DEPTH: usize = 64;

/// Entries of repeats, files and change rows in a file. A long document has some hundreds; each is checked at every key.
pub(super) const MAX_ENTRIES: usize = 100_000;

/// The file around a draft of one format.
#[derive(Deserialize)]
struct File<D> {
    #[serde(rename = "format")]
    _format: u32,
    #[serde(default, rename = "written_by")]
    _written_by: String,
    draft: D,
}

/// Reads a text of one format into a draft of today; the list gets the fields that were left out.
type Reader = fn(&str, &mut Vec<String>) -> Result<Result<Draft, TooMany>, SpannedError>;

/// So many files, rows and entries that no draft is made of them.
#[derive(Debug)]
pub(super) struct TooMany(pub usize);

/// Each format and how it is read, oldest first.
const READERS: &[(u32, Reader)] = &[(1, read_1_and_2), (CURRENT, read_1_and_2)];

/// Reads a file of format `number`; one this program does not know yet is read as the current one.
pub(super) fn read_format(
    number: u32,
    text: &str,
    unknown: &mut Vec<String>,
) -> Result<Result<Draft, TooMany>, SpannedError> {
    let reader = READERS.iter().find(|(format, _)| *format == number).map(|(_, reader)| *reader);
    reader.unwrap_or(read_1_and_2)(text, unknown)
}

fn read_1_and_2(text: &str, unknown: &mut Vec<String>) -> Result<Result<Draft, TooMany>, SpannedError> {
    let draft = parse::<shape::Draft>(text, unknown)?;
    let n = draft.n_entries();
    Ok(if n > MAX_ENTRIES { Err(TooMany(n)) } else { Ok(Draft::from(draft)) })
}

fn parse<D: DeserializeOwned>(text: &str, unknown: &mut Vec<String>) -> Result<D, SpannedError> {
    let options = ron::Options::default().with_recursion_limit(MAX_DEPTH);
    let mut deserializer = ron::Deserializer::from_str_with_options(text, &options)?;
    let file: Result<File<D>, _> = serde_ignored::deserialize(&mut deserializer, |path| unknown.push(path.to_string()));
    let file = file.and_then(|file| deserializer.end().map(|()| file));
    file.map(|file| file.draft).map_err(|error| deserializer.span_error(error))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::draft::Document;

    #[test]
    fn every_format_up_to_the_current_one_is_read() {
        let formats: Vec<_> = READERS.iter().map(|(format, _)| *format).collect();
        assert_eq!(formats, (1..=CURRENT).collect::<Vec<_>>());
    }

    /// A format that never was, read and stepped up as the description above says.
    #[test]
    fn an_old_structure_is_stepped_up() {
        #[derive(Deserialize)]
        struct Old {
            name: String,
        }
        fn step(old: Old) -> Draft {
            Document { form: old.name, ..Document::default() }.into()
        }
        let reader: Reader = |text, unknown| parse::<Old>(text, unknown).map(step).map(Ok);
        let mut unknown = Vec::new();
        let draft = reader("(format: 0, draft: (name: \"youshiki3\", x: 1))", &mut unknown).unwrap().unwrap();
        assert_eq!((draft.state.document.form.as_str(), unknown), ("youshiki3", vec!["draft.x".to_owned()]));
    }
}
