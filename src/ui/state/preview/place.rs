//! Where each glyph of a run stands on the page: as the layout says, and as the PDF writes it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::print::fonts::{FaceId, Outline};
use crate::print::layout::{Direction, Run};

/// A glyph of a face.
pub type GlyphKey = (FaceId, u16);

/// The outlines of all glyphs on the pages.
pub type Outlines = BTreeMap<GlyphKey, Arc<Outline>>;

/// A glyph at its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// The glyph.
    pub key: GlyphKey,
    /// Start of its baseline from the left edge of the page, in points of the paper.
    pub x: f32,
    /// Its baseline from the upper edge.
    pub y: f32,
}

/// The glyphs of a run at their places. A glyph of a vertical run stands in the middle of a column one em wide.
pub fn glyphs<'a>(run: &'a Run, outlines: &'a Outlines) -> impl Iterator<Item = Placed> + 'a {
    let mut along = 0.0_f32;
    run.glyphs.iter().map(move |glyph| {
        let key = (run.face, glyph.id);
        let before = along * run.size.0;
        along += glyph.advance_em;
        match run.direction {
            Direction::Horizontal => Placed { key, x: run.x.0 + before, y: run.y.0 },
            Direction::Vertical => {
                let width = outlines.get(&key).map_or(1.0, |outline| outline.advance_em);
                Placed { key, x: run.x.0 + (1.0 - width) * run.size.0 / 2.0, y: run.y.0 + before }
            }
        }
    })
}
