//! A vector drawing, flat: shapes in their order, each with its colour, and nothing that leads anywhere.
//!
//! It is what a worker makes of an SVG, and it comes from there as bytes: [`Drawing::read`] believes none of them.

use std::fmt;

/// How the bytes of a drawing begin.
const GREETING: &[u8; 5] = b"HYDR1";

/// A drawing without anything but shapes; its origin is the upper left corner, y grows downwards.
#[derive(Clone, Default, PartialEq)]
pub struct Drawing {
    /// Width, in its own unit.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// Whether something is drawn plainer than it was meant: shades that run, masks, filters, pictures inside.
    pub simplified: bool,
    /// What is drawn, in order.
    pub steps: Vec<DrawStep>,
}

/// One step of a drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum DrawStep {
    /// From here on only what is inside the shape is seen, until [`DrawStep::Unclip`].
    Clip(Shape),
    /// Ends the innermost clip.
    Unclip,
    /// Fills a shape.
    Fill(Shape, Paint),
    /// Follows its outline.
    Stroke(Shape, Paint, DrawPen),
}

/// A shape.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// Where a shape that crosses itself is inside: at an odd number of borders, or anywhere it winds around.
    pub even_odd: bool,
    /// Its outline.
    pub outline: Vec<OutlineStep>,
}

/// A piece of an outline, from where the last one ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OutlineStep {
    /// Begins a contour.
    Move([f32; 2]),
    /// A straight line.
    Line([f32; 2]),
    /// A curve: two control points and its end.
    Curve([f32; 6]),
    /// Back to where the contour began.
    Close,
}

/// A colour and how opaque it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paint {
    /// Red, green, blue.
    pub color: [u8; 3],
    /// 255 = opaque.
    pub opacity: u8,
}

/// How an outline is followed; the numbers of caps and joins are those of PDF (ISO 32000-1, 8.4.3).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DrawPen {
    /// Width.
    pub width: f32,
    /// 0 cut, 1 round, 2 square.
    pub cap: u8,
    /// 0 pointed, 1 round, 2 cut.
    pub join: u8,
    /// Where points become cut.
    pub miter_limit: f32,
    /// Lengths of dashes and gaps; empty for a whole line.
    pub dashes: Vec<f32>,
    /// Where in them it begins.
    pub dash_start: f32,
}

impl Drawing {
    /// As bytes.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut out = Out(GREETING.to_vec());
        out.numbers(&[self.width, self.height]);
        out.0.push(self.simplified.into());
        out.count(self.steps.len());
        for step in &self.steps {
            match step {
                DrawStep::Clip(shape) => out.shape(1, shape),
                DrawStep::Unclip => out.0.push(2),
                DrawStep::Fill(shape, paint) => {
                    out.shape(3, shape);
                    out.paint(*paint);
                }
                DrawStep::Stroke(shape, paint, pen) => {
                    out.shape(4, shape);
                    out.paint(*paint);
                    out.0.extend([pen.cap, pen.join]);
                    out.numbers(&[pen.width, pen.miter_limit, pen.dash_start]);
                    out.count(pen.dashes.len());
                    out.numbers(&pen.dashes);
                }
            }
        }
        out.0
    }

    /// From bytes; `None` where they are none, or not whole.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut from = From(bytes.strip_prefix(GREETING)?);
        let [width, height] = from.numbers()?;
        let mut drawing = Self { width, height, simplified: from.byte()? != 0, steps: Vec::new() };
        let mut depth = 0_usize;
        for _ in 0..from.count()? {
            let step = match from.byte()? {
                1 => DrawStep::Clip(from.shape()?),
                2 => DrawStep::Unclip,
                3 => DrawStep::Fill(from.shape()?, from.paint()?),
                4 => DrawStep::Stroke(from.shape()?, from.paint()?, from.pen()?),
                _ => return None,
            };
            match step {
                DrawStep::Clip(_) => depth += 1,
                DrawStep::Unclip => depth = depth.checked_sub(1)?,
                _ => {}
            }
            drawing.steps.push(step);
        }
        (from.0.is_empty() && depth == 0 && width > 0.0 && height > 0.0).then_some(drawing)
    }
}

/// Its steps are not shown.
impl fmt::Debug for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Drawing({}×{}, {} steps)", self.width, self.height, self.steps.len())
    }
}

struct Out(Vec<u8>);

impl Out {
    fn numbers(&mut self, numbers: &[f32]) {
        numbers.iter().for_each(|number| self.0.extend(number.to_le_bytes()));
    }

    fn count(&mut self, n: usize) {
        self.0.extend(u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes());
    }

    fn paint(&mut self, paint: Paint) {
        self.0.extend(paint.color);
        self.0.push(paint.opacity);
    }

    fn shape(&mut self, kind: u8, shape: &Shape) {
        self.0.extend([kind, shape.even_odd.into()]);
        self.count(shape.outline.len());
        for step in &shape.outline {
            match step {
                OutlineStep::Move(to) => {
                    self.0.push(b'm');
                    self.numbers(to);
                }
                OutlineStep::Line(to) => {
                    self.0.push(b'l');
                    self.numbers(to);
                }
                OutlineStep::Curve(points) => {
                    self.0.push(b'c');
                    self.numbers(points);
                }
                OutlineStep::Close => self.0.push(b'h'),
            }
        }
    }
}

struct From<'a>(&'a [u8]);

impl From<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// Numbers that can stand in a drawing.
    fn numbers<const N: usize>(&mut self) -> Option<[f32; N]> {
        let mut numbers = [0.0; N];
        for number in &mut numbers {
            let (bytes, rest) = self.0.split_first_chunk::<4>()?;
            (*number, self.0) = (f32::from_le_bytes(*bytes), rest);
            if !(-1e7..=1e7).contains(number) {
                return None;
            }
        }
        Some(numbers)
    }

    fn count(&mut self) -> Option<usize> {
        let (bytes, rest) = self.0.split_first_chunk::<4>()?;
        self.0 = rest;
        // Each takes at least one byte.
        usize::try_from(u32::from_le_bytes(*bytes)).ok().filter(|n| *n <= rest.len())
    }

    fn shape(&mut self) -> Option<Shape> {
        let even_odd = self.byte()? != 0;
        let n = self.count()?;
        let steps = (0..n).map(|_| {
            Some(match self.byte()? {
                b'm' => OutlineStep::Move(self.numbers()?),
                b'l' => OutlineStep::Line(self.numbers()?),
                b'c' => OutlineStep::Curve(self.numbers()?),
                b'h' => OutlineStep::Close,
                _ => return None,
            })
        });
        let outline: Vec<OutlineStep> = steps.collect::<Option<_>>()?;
        let begins = outline.first().is_none_or(|first| matches!(first, OutlineStep::Move(_)));
        begins.then_some(Shape { even_odd, outline })
    }

    fn paint(&mut self) -> Option<Paint> {
        Some(Paint { color: [self.byte()?, self.byte()?, self.byte()?], opacity: self.byte()? })
    }

    fn pen(&mut self) -> Option<DrawPen> {
        let (cap, join) = (self.byte()?, self.byte()?);
        let [width, miter_limit, dash_start] = self.numbers()?;
        let n = self.count()?;
        let dashes = (0..n).map(|_| self.numbers::<1>().map(|[length]| length)).collect::<Option<Vec<f32>>>()?;
        let is_sound = cap <= 2
            && join <= 2
            && width >= 0.0
            && miter_limit >= 1.0
            && dashes.iter().all(|length| *length >= 0.0)
            && (dashes.is_empty() || dashes.iter().sum::<f32>() > 0.0);
        is_sound.then_some(DrawPen { width, cap, join, miter_limit, dashes, dash_start })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_comes_back_and_nothing_else_is_one() {
        let shape = Shape {
            even_odd: true,
            outline: vec![
                OutlineStep::Move([1.0, 2.0]),
                OutlineStep::Line([3.0, 4.0]),
                OutlineStep::Curve([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]),
                OutlineStep::Close,
            ],
        };
        let paint = Paint { color: [1, 2, 3], opacity: 128 };
        let pen = DrawPen { width: 2.0, cap: 1, join: 2, miter_limit: 4.0, dashes: vec![1.0, 2.0], dash_start: 0.5 };
        let steps = vec![
            DrawStep::Clip(shape.clone()),
            DrawStep::Fill(shape.clone(), paint),
            DrawStep::Stroke(shape, paint, pen),
            DrawStep::Unclip,
        ];
        let drawing = Drawing { width: 30.0, height: 20.0, simplified: true, steps };
        let bytes = drawing.write();
        assert_eq!(Drawing::read(&bytes), Some(drawing));
        for end in 0..bytes.len() {
            assert_eq!(Drawing::read(&bytes[..end]), None, "cut at {end}");
            for value in [0, 1, 0x7F, 0xFF] {
                let mut changed = bytes.clone();
                changed[end] = value;
                let _ = Drawing::read(&changed);
            }
        }
    }
}
