//! The document published before this one, as it was then.

use super::State;

/// The publication a draft revises: compared with, never edited, printed, checked or searched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Base {
    /// The document as published.
    pub state: State,
    /// Its 公表日 as written; empty when not known.
    pub published_on: String,
    /// The day the revision was started, `2026-04-01`, where it is known.
    pub taken_on: Option<String>,
}
