//! What layout makes: pages with everything at its place, and the tags and outline over them.
//!
//! Coordinates are points from the top left corner of the page; y grows downwards.

use std::sync::Arc;

use super::Pt;
use crate::form::FieldPath;
use crate::pictures::Plate;
use crate::print::fonts::{Drawn, FaceId};

/// A whole print-out with nothing left to decide.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pages {
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The structure tree; a tag's parent stands before it. The first is the document itself.
    pub tags: Vec<Tag>,
    /// The bookmarks in order.
    pub outline: Vec<OutlineEntry>,
    /// Characters that could not be drawn as written.
    pub substitutions: Vec<Substitution>,
    /// Pictures that could not be drawn.
    pub missing_art: Vec<MissingArt>,
    /// Charts that were drawn smaller than their words should be, or with things over each other.
    pub crowded_art: Vec<MissingArt>,
}

/// One page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Width of the paper.
    pub width: Pt,
    /// Height of the paper.
    pub height: Pt,
    /// Grey areas, drawn first.
    pub fills: Vec<Fill>,
    /// Artifacts behind rules and text: a watermark.
    pub behind: Vec<Run>,
    /// Pictures, drawn over them.
    pub figures: Vec<PlacedFigure>,
    /// Ruled lines, drawn over them.
    pub lines: Vec<RuleLine>,
    /// Text in reading order, drawn last.
    pub runs: Vec<Run>,
    /// Places that lead somewhere when clicked.
    pub links: Vec<Link>,
    /// Which answer stands where, for the preview.
    pub spots: Vec<FieldArea>,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: Pt,
    /// Upper edge.
    pub y: Pt,
    /// Width.
    pub width: Pt,
    /// Height.
    pub height: Pt,
}

/// A filled rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    /// Where.
    pub rect: Rect,
    /// Its shade.
    pub ink: Ink,
}

/// A picture at its place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedFigure {
    /// Where.
    pub rect: Rect,
    /// What is drawn.
    pub plate: Arc<Plate>,
    /// The file it was made of, for the preview.
    pub file: Arc<[u8]>,
    /// What is read out in its place.
    pub alternative: String,
    /// Its element in the structure tree.
    pub tag: Option<TagId>,
}

/// A picture that could not be drawn, or not as it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingArt {
    /// Its caption, or how it is numbered.
    pub name: String,
    /// Why, and what to do.
    pub why: String,
    /// Its page, from 1.
    pub page: usize,
}

/// A ruled line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RuleLine {
    /// Start.
    pub x1: Pt,
    /// Start.
    pub y1: Pt,
    /// End.
    pub x2: Pt,
    /// End.
    pub y2: Pt,
    /// Stroke width.
    pub width: Pt,
}

/// A shade between black (0) and white (1).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ink(pub f32);

/// Text in one face and size on one line, or one vertical label.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The leaf of the structure tree the text belongs to; `None` = an artifact (page number, watermark).
    pub tag: Option<TagId>,
    /// Left edge of the first glyph; of the column for a vertical run.
    pub x: Pt,
    /// Baseline of the first glyph.
    pub y: Pt,
    /// Type size.
    pub size: Pt,
    /// The face of all glyphs.
    pub face: FaceId,
    /// Shade.
    pub ink: Ink,
    /// Direction of writing.
    pub direction: Direction,
    /// The glyphs from first to last.
    pub glyphs: Vec<Glyph>,
    /// The text of all glyphs as written, to the last character.
    pub text: String,
}

/// Direction of writing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    #[default]
    Horizontal,
    /// Glyph below glyph, each as far down as its advance.
    Vertical,
}

/// One glyph of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Glyph number in the face.
    pub id: u16,
    /// How far the next glyph stands, in em.
    pub advance_em: f32,
    /// How many bytes of the run's text it stands for; 0 for a glyph that repeats nothing.
    pub text_len: u8,
}

/// A place that leads to a page when clicked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// Where to click.
    pub rect: Rect,
    /// Index of the page it leads to.
    pub page: usize,
    /// Height on that page.
    pub y: Pt,
    /// The tag of the clickable text.
    pub tag: TagId,
}

/// Where an answer stands on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldArea {
    /// The cell, or the part of it on this page.
    pub rect: Rect,
    /// The answer.
    pub path: FieldPath,
}

/// Index into [`Pages::tags`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TagId(pub usize);

/// One element of the structure tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// What it is.
    pub kind: TagKind,
    /// The element it stands in; `None` only for the document.
    pub parent: Option<TagId>,
    /// Columns it spans, for cells; 0 = one.
    pub col_span: u8,
}

/// Kinds of structure elements, by their names in PDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagKind {
    /// `Document`
    Document,
    /// `Sect`
    Section,
    /// `H1` … `H6`
    Heading(u8),
    /// `P`
    Paragraph,
    /// `Table`
    Table,
    /// `TR`
    Row,
    /// `TH` of the row to its right
    RowHeader,
    /// `TH` of the column below it
    ColumnHeader,
    /// `TD`
    Cell,
    /// `Link`
    Link,
    /// `Figure`, with its alternative text
    Figure,
}

/// One bookmark.
#[derive(Clone, Debug, PartialEq)]
pub struct OutlineEntry {
    /// What it says.
    pub title: String,
    /// Depth, 0 = top.
    pub level: u8,
    /// Index of the page it leads to.
    pub page: usize,
    /// Height on that page.
    pub y: Pt,
}

/// A character that could not be drawn as written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Substitution {
    /// The character, with its selector if it has one.
    pub text: String,
    /// What was drawn.
    pub drawn: Drawn,
    /// How often.
    pub count: usize,
    /// Page of the first place, from 1.
    pub page: usize,
}
