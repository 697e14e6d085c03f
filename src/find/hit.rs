//! The hits of a text.

use std::ops::Range;

use super::{Folding, TextPart, TextSpot, passages};
use crate::draft::Draft;
use crate::form::Form;

/// Characters shown before a hit.
const CHARS_BEFORE: usize = 10;
/// Characters shown after it.
const CHARS_AFTER: usize = 40;

/// One place where the text was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Where the text stands.
    pub spot: TextSpot,
    /// The same in words.
    pub place: String,
    /// The hit in the text, in bytes.
    pub range: Range<usize>,
    /// What stands before it, shortened.
    pub before: String,
    /// What was found, as it is written.
    pub found: String,
    /// What stands after it, shortened.
    pub after: String,
    /// Whether it says what was published: a row of an earlier publication, or 変更前 of a row. It is never replaced.
    pub is_published: bool,
}

/// All hits in the order of the paper.
pub fn find(form: &Form, draft: &Draft, query: &str, folding: Folding) -> Vec<Hit> {
    let (document, history) = (&draft.state.document, draft.published_rows(form));
    let query = folding.fold(query).text;
    let mut hits = Vec::new();
    for passage in passages(form, document) {
        let ranges = folding.fold(passage.text).find(&query);
        if ranges.is_empty() {
            continue;
        }
        let place = passage.spot.place(form, document);
        let is_published = is_published(&passage.spot, &history);
        for range in ranges {
            let part = |range: Range<usize>| passage.text.get(range).unwrap_or_default();
            hits.push(Hit {
                spot: passage.spot.clone(),
                place: place.clone(),
                before: last(part(0..range.start)),
                found: on_one_line(part(range.clone()).chars()),
                after: first(part(range.end..passage.text.len())),
                range,
                is_published,
            });
        }
    }
    hits
}

/// Whether a text says what was published.
fn is_published(spot: &TextSpot, history: &[bool]) -> bool {
    let is_history = || spot.path.entry.is_some_and(|row| history.get(row).copied().unwrap_or_default());
    spot.part == TextPart::Column && (spot.path.item.ends_with(".before") || is_history())
}

fn last(text: &str) -> String {
    let n_chars = text.chars().count();
    let shown = on_one_line(text.chars().skip(n_chars.saturating_sub(CHARS_BEFORE)));
    if n_chars > CHARS_BEFORE { format!("…{shown}") } else { shown }
}

fn first(text: &str) -> String {
    let shown = on_one_line(text.chars().take(CHARS_AFTER));
    if text.chars().nth(CHARS_AFTER).is_some() { format!("{shown}…") } else { shown }
}

fn on_one_line(text: impl Iterator<Item = char>) -> String {
    text.map(|c| if c == '\n' { ' ' } else { c }).collect()
}
