//! The document published before this one, as it was then.

use std::collections::BTreeSet;

use serde::{Deserialize, Deserializer, Serialize};

use super::{ChangeRow, ChangeStyle, Draft, FilePart, Part, Stage};
use crate::form::FileOrder;

/// The publication a draft revises: compared with, never edited, printed, checked or searched.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Base {
    /// The document as published; it has no base of its own, and one given here is not written to the file.
    #[serde(deserialize_with = "frozen")]
    pub draft: Draft,
    /// Its 公表日 as written; empty when not known.
    #[serde(default)]
    pub published_on: String,
    /// The day the revision was started, `2026-04-01`, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_on: Option<String>,
}

impl Base {
    /// Freezes a published document; its own base is let go, so that files do not grow from year to year.
    pub fn freeze(published: &Draft, published_on: String, taken_on: Option<String>) -> Self {
        Self { draft: frozen_copy(published), published_on, taken_on }
    }
}

/// A draft without the drafts it carries along.
pub(super) fn frozen_copy(draft: &Draft) -> Draft {
    let Draft { form, revision, stage, file_order, document, files, changes, change_style, again, base: _, origin: _ } =
        draft;
    Draft {
        form: form.clone(),
        revision: revision.clone(),
        stage: *stage,
        file_order: *file_order,
        document: document.clone(),
        files: files.clone(),
        changes: changes.clone(),
        change_style: *change_style,
        again: again.clone(),
        base: None,
        origin: None,
    }
}

/// A draft without the fields `base` and `origin`: in a file, a base within a base counts as a field that is not known.
#[derive(Deserialize)]
struct Frozen {
    form: String,
    revision: String,
    #[serde(default)]
    stage: Stage,
    #[serde(default)]
    file_order: Option<FileOrder>,
    #[serde(default)]
    document: Part,
    #[serde(default)]
    files: Vec<FilePart>,
    #[serde(default)]
    changes: Vec<ChangeRow>,
    #[serde(default)]
    change_style: ChangeStyle,
    #[serde(default)]
    again: BTreeSet<String>,
}

/// Reads such a draft.
pub(super) fn frozen<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Draft, D::Error> {
    let Frozen { form, revision, stage, file_order, document, files, changes, change_style, again } =
        Frozen::deserialize(deserializer)?;
    Ok(Draft {
        form,
        revision,
        stage,
        file_order,
        document,
        files,
        changes,
        change_style,
        again,
        base: None,
        origin: None,
    })
}
