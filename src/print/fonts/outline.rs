//! The outline of a glyph, for painting pages on a screen.

use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// A place in a glyph, in em from the start of its baseline; y grows downwards.
pub type Point = [f32; 2];

/// The outline of a glyph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// Its contours, one after the other.
    pub strokes: Vec<Stroke>,
    /// Its advance as the font file has it, in em.
    pub advance_em: f32,
}

/// One piece of a contour, from where the last one ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stroke {
    /// Begins a contour.
    Move(Point),
    /// A straight line.
    Line(Point),
    /// A curve with one control point.
    Quad(Point, Point),
    /// A curve with two control points.
    Cubic(Point, Point, Point),
    /// Goes back to where the contour began.
    Close,
}

impl Stroke {
    /// Its end and its control points.
    pub fn points(&self) -> impl Iterator<Item = Point> {
        let points = match *self {
            Self::Move(to) | Self::Line(to) => [Some(to), None, None],
            Self::Quad(control, to) => [Some(control), Some(to), None],
            Self::Cubic(one, two, to) => [Some(one), Some(two), Some(to)],
            Self::Close => [None; 3],
        };
        points.into_iter().flatten()
    }
}

/// The outline of a glyph of a face in a file; without strokes for a space.
pub(super) fn outline_in(data: &[u8], index: u32, id: u16) -> Option<Outline> {
    let face = Face::parse(data, index).ok()?;
    let em = 1.0 / f32::from(face.units_per_em());
    let mut pen = Pen { em, strokes: Vec::new() };
    face.outline_glyph(GlyphId(id), &mut pen);
    let advance = face.glyph_hor_advance(GlyphId(id)).unwrap_or_default();
    Some(Outline { strokes: pen.strokes, advance_em: f32::from(advance) * em })
}

struct Pen {
    em: f32,
    strokes: Vec<Stroke>,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> Point {
        [x * self.em, -y * self.em]
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.strokes.push(Stroke::Move(self.at(x, y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.strokes.push(Stroke::Line(self.at(x, y)));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.strokes.push(Stroke::Quad(self.at(x1, y1), self.at(x, y)));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.strokes.push(Stroke::Cubic(self.at(x1, y1), self.at(x2, y2), self.at(x, y)));
    }

    fn close(&mut self) {
        self.strokes.push(Stroke::Close);
    }
}
