//! The structures of formats 1 and 2, as they stand in a file: what a field is called here is what it is called there.
//!
//! Format 2 adds fields and answers, each marked here, and changes none: whoever reads it reads format 1. In memory things
//! may be called and arranged otherwise; [`From`] is where the two meet. Never changed, but by a new format: see `steps.rs`.

mod chart;
mod into;
mod link;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

pub(crate) use chart::Chart;
pub(crate) use link::ChangeLink;

use super::unique::unique;

/// A draft, with the two drafts it carries along.
#[derive(Deserialize)]
pub(super) struct Draft {
    /// Format 2.
    #[serde(default)]
    id: Option<String>,
    form: String,
    revision: String,
    #[serde(default)]
    stage: Stage,
    #[serde(default)]
    file_order: Option<FileOrder>,
    /// Format 2.
    #[serde(default)]
    margin: Margin,
    #[serde(default)]
    document: Part,
    #[serde(default)]
    files: Vec<FilePart>,
    #[serde(default)]
    changes: Vec<ChangeRow>,
    /// Format 2.
    #[serde(default)]
    unplaced: Vec<(String, String)>,
    #[serde(default)]
    base: Option<Base>,
    #[serde(default)]
    change_style: ChangeStyle,
    #[serde(default)]
    again: BTreeSet<String>,
    #[serde(default)]
    origin: Option<Origin>,
}

impl Draft {
    /// How many files, rows and entries stand in it, in what it revises and in what it comes from.
    pub fn n_entries(&self) -> usize {
        let frozen = |state: &Frozen| n_entries(&state.document, &state.files, &state.changes) + state.unplaced.len();
        n_entries(&self.document, &self.files, &self.changes)
            + self.unplaced.len()
            + self.base.as_ref().map_or(0, |base| frozen(&base.draft))
            + self.origin.as_ref().map_or(0, |origin| frozen(&origin.draft))
    }
}

fn n_entries(document: &Part, files: &[FilePart], rows: &[ChangeRow]) -> usize {
    fn within(part: &Part) -> usize {
        let entries = part.answers.values().map(|answer| match answer {
            Answer::Repeat(entries) => entries.len() + entries.iter().map(within).sum::<usize>(),
            Answer::Figure(figure) => figure.pictures.len() + figure.charts.iter().map(Chart::n_entries).sum::<usize>(),
            Answer::FreeTable(table) => table.rows.len(),
            _ => 0,
        });
        entries.sum()
    }
    files.len() + rows.len() + within(document) + files.iter().map(|file| within(&file.part)).sum::<usize>()
}

/// A draft without `base` and `origin`: a base within a base counts as a field that is not known.
#[derive(Deserialize)]
struct Frozen {
    form: String,
    revision: String,
    #[serde(default)]
    stage: Stage,
    #[serde(default)]
    file_order: Option<FileOrder>,
    /// Format 2.
    #[serde(default)]
    margin: Margin,
    #[serde(default)]
    document: Part,
    #[serde(default)]
    files: Vec<FilePart>,
    #[serde(default)]
    changes: Vec<ChangeRow>,
    /// Format 2.
    #[serde(default)]
    unplaced: Vec<(String, String)>,
    #[serde(default)]
    change_style: ChangeStyle,
    #[serde(default)]
    again: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Base {
    draft: Frozen,
    #[serde(default)]
    published_on: String,
    #[serde(default)]
    taken_on: Option<String>,
}

#[derive(Deserialize)]
struct Origin {
    draft: Frozen,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    on: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Stage {
    #[default]
    Writing,
    Hearing,
    Final,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum FileOrder {
    ByFile,
    BySection,
}

/// Format 2.
#[derive(Default, Deserialize)]
struct Margin {
    #[serde(default)]
    numbers: Option<Numbering>,
    #[serde(default)]
    head_left: String,
    #[serde(default)]
    head_right: String,
    #[serde(default)]
    foot_left: String,
    #[serde(default)]
    foot_right: String,
    #[serde(default)]
    paper_number: String,
}

/// Format 2.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Numbering {
    OfAll,
    Dashes,
    OfAllPages,
}

#[derive(Default, Deserialize)]
struct Part {
    #[serde(default, deserialize_with = "unique")]
    answers: BTreeMap<String, Answer>,
    #[serde(default, deserialize_with = "unique")]
    notes: BTreeMap<String, String>,
    #[serde(default, deserialize_with = "unique")]
    comments: BTreeMap<String, Vec<Comment>>,
    #[serde(default)]
    waivers: Vec<Waiver>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    Text(String),
    Choice(Option<u32>),
    Check(bool),
    Checks(Boxes),
    Count(Option<u32>),
    Repeat(Vec<Part>),
    Figure(Figure),
    /// Format 2.
    FreeTable(FreeTable),
    Foreign(String),
}

#[derive(Deserialize)]
struct Boxes {
    #[serde(default)]
    marked: Vec<String>,
    #[serde(default, deserialize_with = "unique")]
    texts: BTreeMap<String, String>,
    #[serde(default, deserialize_with = "unique")]
    counts: BTreeMap<String, Option<u32>>,
}

#[derive(Deserialize)]
struct Figure {
    /// Format 2.
    #[serde(default)]
    charts: Vec<Chart>,
    /// Format 2.
    #[serde(default)]
    pictures: Vec<FigurePicture>,
    #[serde(default)]
    caption: Option<String>,
    #[serde(default)]
    note: Option<String>,
    #[serde(default)]
    image: Option<String>,
}

/// Format 2.
#[derive(Deserialize)]
struct FreeTable {
    #[serde(default)]
    heads: Vec<String>,
    #[serde(default)]
    rows: Vec<Vec<String>>,
}

/// Format 2.
#[derive(Deserialize)]
struct FigurePicture {
    sha256: String,
    #[serde(default)]
    orientation: Orientation,
    #[serde(default)]
    alt: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Orientation {
    #[default]
    Portrait,
    Landscape,
}

#[derive(Deserialize)]
struct FilePart {
    #[serde(default)]
    name: String,
    #[serde(default)]
    part: Part,
}

#[derive(Deserialize)]
struct ChangeRow {
    #[serde(default)]
    date: String,
    #[serde(default)]
    item: String,
    #[serde(default)]
    before: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    timing: String,
    #[serde(default)]
    reason: String,
    /// Format 2.
    #[serde(default)]
    why: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    comments: Vec<Comment>,
    #[serde(default)]
    waivers: Vec<Waiver>,
    #[serde(default)]
    link: Option<ChangeLink>,
}

#[derive(Deserialize)]
struct Comment {
    #[serde(default)]
    author: String,
    #[serde(default)]
    written_at: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    done: bool,
}

#[derive(Deserialize)]
struct Waiver {
    rule: String,
    item: String,
    #[serde(default)]
    what: String,
    reason: String,
}

#[derive(Default, Deserialize)]
struct ChangeStyle {
    #[serde(default)]
    item: ItemStyle,
    #[serde(default)]
    extent: Extent,
    #[serde(default)]
    together: bool,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ItemStyle {
    #[default]
    Short,
    Full,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Extent {
    #[default]
    Changed,
    Whole,
}
