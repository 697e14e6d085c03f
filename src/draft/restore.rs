//! An earlier state of a draft brought back whole.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{ChangeRow, Document, Draft, Edit, FilePart, Part, State};
use crate::form::FieldPath;

/// The edit that makes `earlier` out of `present`, exactly: what is printed and what is not, the publication it revises
/// and the form included; where a copy was handed over from, and what names the document, stay as they are. By place, not by sense: it is meant to be applied whole.
pub fn restored(earlier: &Draft, present: &Draft) -> Edit {
    let Draft { id: _, state, base, origin: _ } = earlier;
    let State { document, stage, row_style, reassessment_steps } = state;
    let Document { form, edition, file_order, margin, common, files, rows, unplaced } = document;
    let (now, now_document) = (&present.state, &present.state.document);
    let mut edits = Vec::new();
    let mut differs = |differs: bool, edit: Edit| edits.extend(differs.then_some(edit));
    let other_form = (form, edition) != (&now_document.form, &now_document.edition);
    differs(other_form, Edit::Form { form: form.clone(), edition: edition.clone() });
    differs(*stage != now.stage, Edit::Stage(*stage));
    differs(*file_order != now_document.file_order, Edit::FileOrder(*file_order));
    differs(*margin != now_document.margin, Edit::Margin(Box::new(margin.clone())));
    differs(*row_style != now.row_style, Edit::ChangeStyle(*row_style));
    let other_steps = *reassessment_steps != now.reassessment_steps;
    differs(other_steps, Edit::ReassessmentSteps(reassessment_steps.clone()));
    differs(*unplaced != now_document.unplaced, Edit::Unplaced(unplaced.clone()));
    differs(*base != present.base, Edit::Base(base.clone()));
    part(None, common, &now_document.common, &mut edits);
    all_files(files, &now_document.files, &mut edits);
    if *rows != now_document.rows {
        edits.extend((0..now_document.rows.len()).rev().map(|index| Edit::RemoveRow { index }));
        edits.extend(rows.iter().enumerate().map(|(index, row)| Edit::InsertRow { index, row: ChangeRow::clone(row) }));
    }
    Edit::Many(edits)
}

fn all_files(earlier: &[Arc<FilePart>], present: &[Arc<FilePart>], edits: &mut Vec<Edit>) {
    for (index, (before, now)) in earlier.iter().zip(present).enumerate() {
        if before.name != now.name {
            edits.push(Edit::RenameFile { index, name: before.name.clone() });
        }
        part(Some(index), &before.part, &now.part, edits);
    }
    edits.extend((earlier.len()..present.len()).rev().map(|index| Edit::RemoveFile { index }));
    let more = earlier.iter().enumerate().skip(present.len());
    edits.extend(more.map(|(index, file)| Edit::InsertFile { index, file: FilePart::clone(file) }));
}

fn part(file: Option<usize>, earlier: &Part, present: &Part, edits: &mut Vec<Edit>) {
    let Part { answers, notes, comments, waivers } = earlier;
    let at = |item: &str| FieldPath { file, item: item.to_owned(), entry: None };
    let items: BTreeSet<&str> = answers.keys().chain(present.answers.keys()).collect();
    for item in items.into_iter().filter(|item| answers.get(item) != present.answers.get(item)) {
        edits.push(Edit::Answer { at: at(item), answer: answers.get(item).cloned() });
    }
    let noted: BTreeSet<&str> = notes.keys().chain(present.notes.keys()).collect();
    for item in noted.into_iter().filter(|item| notes.get(item) != present.notes.get(item)) {
        edits.push(Edit::Note { at: at(item), note: notes.get(item).cloned() });
    }
    let remarked: BTreeSet<&str> = comments.keys().chain(present.comments.keys()).collect();
    for item in remarked.into_iter().filter(|item| comments.get(item) != present.comments.get(item)) {
        let comments = comments.get(item).cloned().unwrap_or_default();
        edits.push(Edit::Comments { at: at(item), comments });
    }
    if *waivers != present.waivers {
        edits.push(Edit::Waivers { at: at(""), waivers: waivers.clone() });
    }
}
