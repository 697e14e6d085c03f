//! Replacing hits: an edit for every text they stand in, all of them one step.

use super::Hit;
use crate::draft::{Document, Draft, Edit};
use crate::form::Form;

/// The edit that puts `with` in the place of the hits; `None` when there is nothing to replace.
///
/// The hits are those of this document, in the order they were found; a hit that no longer fits is left out, and so is
/// one that says what was published.
pub fn replace<'a>(
    form: &Form,
    document: &Document,
    hits: impl IntoIterator<Item = &'a Hit>,
    with: &str,
) -> Option<Edit> {
    let hits: Vec<&Hit> = hits.into_iter().filter(|hit| !hit.is_published).collect();
    // Two texts of one picture are one answer: the second edit must know the first.
    let mut after = Draft::from(document.clone());
    let mut edits = Vec::new();
    for group in hits.chunk_by(|one, other| one.spot == other.spot) {
        let Some(first) = group.first() else { continue };
        let Some(mut text) = first.spot.text(form, document).map(str::to_owned) else { continue };
        for hit in group.iter().rev().filter(|hit| has(form, document, hit)) {
            text.replace_range(hit.range.clone(), with);
        }
        let edit = first.spot.edit(form, &after.state.document, text)?;
        after.apply(edit.clone()).ok()?;
        // Of several texts of one answer the last edit has them all.
        if let (Edit::Answer { at, .. }, Some(Edit::Answer { at: before, .. })) = (&edit, edits.last())
            && at == before
        {
            edits.pop();
        }
        edits.push(edit);
    }
    (!edits.is_empty()).then_some(Edit::Act { name: "置き換え", edits })
}

/// Whether the range of the hit lies in its text.
fn has(form: &Form, document: &Document, hit: &Hit) -> bool {
    hit.spot.text(form, document).is_some_and(|text| text.get(hit.range.clone()).is_some())
}
