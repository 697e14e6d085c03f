//! Every answer of a draft with its address.

use crate::draft::{Answer, Boxes, Document, walk};
use crate::form::FieldPath;

/// All answers in the order of document, files and entries; a repeat stands for nothing but its entries.
pub(super) fn all(document: &Document) -> Vec<(FieldPath, &Answer)> {
    let mut found = Vec::new();
    walk::answers(document, &mut |at, answer| {
        if answer.as_entries().is_none() {
            found.push((at.path(), answer));
        }
    });
    found
}

/// The characters the author wrote in an answer.
pub(super) fn n_chars(answer: &Answer) -> usize {
    let length = |text: &String| text.chars().count();
    match answer {
        Answer::Text(text) | Answer::Foreign(text) => length(text),
        Answer::Checks(Boxes { texts, .. }) => texts.values().map(length).sum(),
        Answer::Figure(figure) => figure.texts().map(length).sum(),
        Answer::Repeat(entries) => entries.iter().flat_map(|entry| entry.answers.values()).map(n_chars).sum(),
        Answer::FreeTable(table) => table.heads.iter().chain(table.rows.iter().flatten()).map(length).sum(),
        Answer::Choice(_) | Answer::Check(_) | Answer::Count(_) => 0,
    }
}
