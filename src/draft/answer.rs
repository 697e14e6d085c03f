//! One answer.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{FigurePicture, FreeTable, Part};
use crate::characters;
use crate::chart::Chart;

/// One answer as the author gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Text, list of record items, or date as written.
    Text(String),
    /// Number of the chosen option; `None` = nothing chosen.
    Choice(Option<u32>),
    /// A single box.
    Check(bool),
    /// Several boxes with their （　） and counts.
    Checks(Boxes),
    /// A number of entries; `None` = not counted.
    Count(Option<u32>),
    /// The entries of a repeat in printed order.
    Repeat(Vec<Arc<Part>>),
    /// Pictures with caption and note.
    Figure(Figure),
    /// A table whose columns the author chose.
    FreeTable(FreeTable),
    /// A value that did not fit its item when it was read, kept as JSON text.
    Foreign(String),
}

/// The marked boxes of a checks item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Boxes {
    /// Keys of the boxes that are on.
    pub marked: Vec<String>,
    /// Key → text of its （　）; kept also while the box is off.
    pub texts: BTreeMap<String, String>,
    /// Key → its （　）件.
    pub counts: BTreeMap<String, Option<u32>>,
}

/// The figure of 別添１ (様式4): its charts and pictures, with what stands above and below them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// Caption above the picture.
    pub caption: Option<String>,
    /// Text below the picture.
    pub note: Option<String>,
    /// Path or data URI that was typed where a picture should stand: kept, never printed.
    pub image: Option<String>,
    /// What is drawn in the program, in printed order.
    pub charts: Vec<Chart>,
    /// The pictures in printed order, behind the charts.
    pub pictures: Vec<FigurePicture>,
}

impl Answer {
    /// A repeat of these entries.
    pub fn repeat(entries: impl IntoIterator<Item = Part>) -> Self {
        Answer::Repeat(entries.into_iter().map(Arc::new).collect())
    }

    /// The text of a text answer.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Answer::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The entries of a repeat.
    pub fn as_entries(&self) -> Option<&[Arc<Part>]> {
        match self {
            Answer::Repeat(entries) => Some(entries),
            _ => None,
        }
    }

    /// Whether nothing was answered: no text, nothing chosen, no box, no entry.
    pub fn is_empty(&self) -> bool {
        match self {
            Answer::Text(text) => text.trim().is_empty(),
            Answer::Choice(choice) => choice.is_none(),
            Answer::Check(on) => !on,
            Answer::Checks(boxes) => boxes.marked.is_empty(),
            Answer::Count(count) => count.is_none(),
            Answer::Repeat(entries) => entries.is_empty(),
            Answer::Figure(figure) => figure.is_empty(),
            Answer::FreeTable(table) => table.is_empty(),
            Answer::Foreign(json) => json == "null",
        }
    }
}

impl Figure {
    /// What it says in words that are printed: caption, note, titles and labels of its charts.
    pub fn texts(&self) -> impl Iterator<Item = &String> {
        self.caption.iter().chain(&self.note).chain(self.charts.iter().flat_map(Chart::texts))
    }

    /// Whether nothing would be printed of it: no chart, no picture and no words. A path that was typed is no picture.
    pub fn is_empty(&self) -> bool {
        let says = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        !self.is_drawn() && !says(&self.caption) && !says(&self.note)
    }

    /// Whether something is drawn in it: a picture, or a chart that is not empty.
    pub fn is_drawn(&self) -> bool {
        !self.pictures.is_empty() || !self.charts.iter().all(Chart::is_empty)
    }
}

impl Boxes {
    /// Whether that box is on.
    pub fn is_on(&self, key: &str) -> bool {
        self.marked.iter().any(|marked| marked == key)
    }
}

/// Longest text that may be no more than a dash or なし, in bytes.
const LONGEST_NOTHING: usize = 100;

/// Whether a text says nothing: nothing is seen of it, or only a dash or なし.
pub fn is_blank(text: &str) -> bool {
    if characters::is_unseen(text) {
        return true;
    }
    // A long text is not looked through: it says something.
    if text.len() > LONGEST_NOTHING {
        return false;
    }
    let seen = characters::seen(text);
    let words = seen.trim().trim_end_matches('。').trim_matches(['（', '）', '(', ')']).trim();
    matches!(
        words,
        "-" | "－"
            | "―"
            | "—"
            | "‐"
            | "−"
            | "ー"
            | "なし"
            | "無し"
            | "無"
            | "該当なし"
            | "特になし"
            | "特に無し"
            | "特段なし"
    )
}
