//! The print-out on the screen: the very pages of the PDF, painted from the same layout.
//! Glyphs are rasterised from the outlines of the faces the layout chose and laid on the page as small pictures
//! ([`atlas`]). The screen's own text would have to find each glyph by its character again, and could not draw system
//! faces, vertical forms or variants; pictures of whole pages would take 18 MB a page at 300 %.
//! Never: lays out or wraps anything; holds up typing (the layout runs on a thread of its own, [`typeset`]).
//! Start with [`Preview::update`], then `place.rs` and `sheet.rs`; the screen is `screens/preview.rs`.

mod atlas;
mod place;
mod raster;
mod sheet;
mod spots;
mod typeset;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use egui::{Context, Vec2};

use self::atlas::Atlas;
use self::place::Outlines;
use self::sheet::Scale;
use self::typeset::Typesetter;
use crate::form::FieldPath;
use crate::margin::Numbering;
use crate::print::layout::{Options, Pages};
use crate::session::Session;
use crate::workspace::printing::Printing;

pub use self::sheet::PaintedSheet;
pub use spots::{link_at, spot_at, spot_of};

/// How large the pages are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Zoom {
    /// Each page as wide as there is room.
    #[default]
    Width,
    /// In parts of the natural size.
    Factor(f32),
}

/// A place on the paper, where it was seen, and at which size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anchor {
    /// Index of the page.
    pub page: usize,
    /// The place in points of the paper.
    pub on_paper: Vec2,
    /// Where it was, from the corner of the view.
    pub in_view: Vec2,
    /// How large the pages were.
    pub zoom: Zoom,
    /// How wide the view was.
    pub room: f32,
}

/// The pages on the screen, and where the user is in them.
#[derive(Default)]
pub struct Preview {
    /// How the pages are printed.
    pub printing: Printing,
    /// What was chosen for it in this frame; the window takes it over.
    pub chosen: Option<Printing>,
    /// How the pages of the document were numbered last, also while they are not.
    pub numbers: Option<Numbering>,
    /// How large the pages are shown.
    pub zoom: Zoom,
    /// Index of the page in view.
    pub page: usize,
    /// The answer that was brought into view last, in pages of that version.
    pub followed: Option<(FieldPath, u64)>,
    /// A page to be brought into view, and the height on it in points of the paper.
    pub jump: Option<(usize, f32)>,
    /// What stays in view when the size changes.
    pub anchor: Option<Anchor>,
    typesetter: Typesetter,
    shown: Option<(u64, Arc<Pages>)>,
    /// The marks on the pages shown.
    shown_with: Options,
    outlines: Outlines,
    atlas: Atlas,
    sheets: BTreeMap<usize, (Scale, PaintedSheet)>,
}

impl Preview {
    /// Takes what the thread has finished, and asks for the pages of the draft as it is now. The old ones stay
    /// until the new ones are there.
    pub fn update(&mut self, ctx: &Context, session: &Session) {
        if let Some(typeset) = self.typesetter.finished() {
            self.outlines.extend(typeset.outlines);
            if let Some((_, old)) = &self.shown {
                let same = |index: &usize| old.pages.get(*index) == typeset.pages.pages.get(*index);
                self.sheets.retain(|index, _| same(index));
            }
            self.shown = Some((typeset.version, Arc::new(typeset.pages)));
            self.shown_with = typeset.options;
        }
        // Pages of a draft that was are none of this one.
        if self.trouble().is_some() {
            self.shown = None;
        }
        let options = self.printing.options(&session.document().margin);
        if self.version() != Some(session.version()) || self.shown_with != options {
            self.typesetter.ask(ctx, session, options);
        }
        if self.atlas.is_full() {
            self.atlas.clear();
            self.sheets.clear();
        }
    }

    /// Why there are no pages of the draft as it is now, and what to do.
    pub fn trouble(&self) -> Option<&str> {
        self.typesetter.trouble()
    }

    /// The pages shown.
    pub fn pages(&self) -> Option<Arc<Pages>> {
        self.shown.as_ref().map(|(_, pages)| pages.clone())
    }

    /// The version of the draft that the pages show.
    pub fn version(&self) -> Option<u64> {
        self.shown.as_ref().map(|(version, _)| *version)
    }

    /// The picture of a page, its upper left corner at the origin.
    pub fn sheet(&mut self, ctx: &Context, index: usize, points_per_pt: f32) -> PaintedSheet {
        let scale = Scale { points_per_pt, pixels_per_point: ctx.pixels_per_point() };
        if let Some((_, meshes)) = self.sheets.get(&index).filter(|(made_for, _)| *made_for == scale) {
            return meshes.clone();
        }
        let Some(page) = self.shown.as_ref().and_then(|(_, pages)| pages.pages.get(index)) else {
            return PaintedSheet::default();
        };
        let meshes = sheet::meshes(ctx, page, scale, &self.outlines, &mut self.atlas);
        self.sheets.insert(index, (scale, meshes.clone()));
        meshes
    }

    /// Ends a frame that showed these pages: new glyphs go to the screen, pictures far from view are dropped.
    pub fn end_frame(&mut self, first: usize, last: usize) {
        const NEAR: usize = 2;
        self.atlas.upload();
        self.sheets.retain(|index, _| *index + NEAR >= first && *index <= last + NEAR);
    }
}

impl fmt::Debug for Preview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Preview").field("zoom", &self.zoom).field("page", &self.page).finish_non_exhaustive()
    }
}
