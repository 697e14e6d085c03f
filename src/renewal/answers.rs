//! Every answer of a draft with its address.

use crate::draft::{Answer, Boxes, Document, Figure, Part};
use crate::form::FieldPath;

/// All answers in the order of document, files and entries; a repeat stands for nothing but its entries.
pub(super) fn all(document: &Document) -> Vec<(FieldPath, &Answer)> {
    let mut found = Vec::new();
    within(&document.common, None, None, &mut found);
    for (index, file) in document.files.iter().enumerate() {
        within(&file.part, Some(index), None, &mut found);
    }
    found
}

fn within<'a>(part: &'a Part, file: Option<usize>, entry: Option<usize>, found: &mut Vec<(FieldPath, &'a Answer)>) {
    for (item, answer) in &part.answers {
        match answer {
            Answer::Repeat(entries) => {
                entries.iter().enumerate().for_each(|(index, inner)| within(inner, file, entry.or(Some(index)), found));
            }
            answer => found.push((FieldPath { file, item: item.clone(), entry }, answer)),
        }
    }
}

/// The characters the author wrote in an answer.
pub(super) fn n_chars(answer: &Answer) -> usize {
    let length = |text: &String| text.chars().count();
    match answer {
        Answer::Text(text) | Answer::Foreign(text) => length(text),
        Answer::Checks(Boxes { texts, .. }) => texts.values().map(length).sum(),
        Answer::Figure(Figure { caption, note, .. }) => [caption, note].into_iter().flatten().map(length).sum(),
        Answer::Repeat(entries) => entries.iter().flat_map(|entry| entry.answers.values()).map(n_chars).sum(),
        Answer::Choice(_) | Answer::Check(_) | Answer::Count(_) => 0,
    }
}
