//! An outline → how much of each pixel it covers, exactly: each edge adds its signed area to the pixels it passes,
//! and a sum along the row fills what is inside.

use crate::print::fonts::{Outline, Point, Stroke};

/// Farthest a straight piece may be from its curve, in pixels.
const TOLERANCE: f32 = 0.05;

/// A glyph in pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// Left edge from the start of the baseline, in pixels.
    pub left: i32,
    /// Upper edge from the baseline; negative above it.
    pub top: i32,
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// 0 empty to 255 full, row by row.
    pub alpha: Vec<u8>,
}

/// Rasterises a glyph whose baseline starts at `origin`, in pixels; `None` where nothing is drawn.
pub fn rasterize(outline: &Outline, pixels_per_em: f32, origin: Point) -> Option<Coverage> {
    let edges = flatten(outline, pixels_per_em, origin);
    let mut points = edges.iter().flat_map(|(from, to)| [*from, *to]);
    let first = points.next()?;
    let (low, high) = points
        .fold((first, first), |(low, high), [x, y]| ([low[0].min(x), low[1].min(y)], [high[0].max(x), high[1].max(y)]));
    let (left, top) = (low[0].floor() as i32, low[1].floor() as i32);
    let width = usize::try_from(high[0].ceil() as i32 - left).ok()?;
    let height = usize::try_from(high[1].ceil() as i32 - top).ok()?;
    let mut areas = Areas { width, height, row: width + 2, areas: vec![0.0; (width + 2) * height] };
    let shift = |[x, y]: Point| [x - left as f32, y - top as f32];
    for (from, to) in edges {
        areas.edge(shift(from), shift(to));
    }
    Some(Coverage { left, top, width, height, alpha: areas.sum() })
}

/// The outline as straight edges, in pixels.
fn flatten(outline: &Outline, scale: f32, origin: Point) -> Vec<(Point, Point)> {
    let place = |[x, y]: Point| [x * scale + origin[0], y * scale + origin[1]];
    let (mut start, mut at) = ([0.0, 0.0], [0.0, 0.0]);
    let mut edges = Vec::new();
    for stroke in &outline.strokes {
        match *stroke {
            Stroke::Move(to) => {
                edges.push((at, start));
                (start, at) = (place(to), place(to));
            }
            Stroke::Line(to) => {
                edges.push((at, place(to)));
                at = place(to);
            }
            Stroke::Quad(control, to) => {
                let (p, q, r) = (at, place(control), place(to));
                let n = pieces(bend(p, q, r));
                at = curve(&mut edges, at, n, |t| mix(mix(p, q, t), mix(q, r, t), t));
            }
            Stroke::Cubic(one, two, to) => {
                let (p, q, r, s) = (at, place(one), place(two), place(to));
                let n = pieces(3.0 * bend(p, q, r).max(bend(q, r, s)));
                let quad = |a, b, c, t| mix(mix(a, b, t), mix(b, c, t), t);
                at = curve(&mut edges, at, n, |t| mix(quad(p, q, r, t), quad(q, r, s, t), t));
            }
            Stroke::Close => {
                edges.push((at, start));
                at = start;
            }
        }
    }
    edges.push((at, start));
    edges.retain(|(from, to)| from != to);
    edges
}

/// Adds a curve as so many edges; returns its end.
fn curve(edges: &mut Vec<(Point, Point)>, mut at: Point, n: usize, on: impl Fn(f32) -> Point) -> Point {
    for piece in 1..=n {
        let next = on(piece as f32 / n as f32);
        edges.push((at, next));
        at = next;
    }
    at
}

fn mix(a: Point, b: Point, t: f32) -> Point {
    [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
}

fn bend(a: Point, b: Point, c: Point) -> f32 {
    (a[0] - 2.0 * b[0] + c[0]).hypot(a[1] - 2.0 * b[1] + c[1])
}

fn pieces(bend: f32) -> usize {
    const MOST: f32 = 32.0;
    (bend / (4.0 * TOLERANCE)).sqrt().ceil().clamp(1.0, MOST) as usize
}

struct Areas {
    width: usize,
    height: usize,
    row: usize,
    areas: Vec<f32>,
}

impl Areas {
    fn edge(&mut self, from: Point, to: Point) {
        if from[1] == to[1] {
            return;
        }
        let (sign, upper, lower) = if from[1] < to[1] { (1.0, from, to) } else { (-1.0, to, from) };
        let slope = (lower[0] - upper[0]) / (lower[1] - upper[1]);
        let mut x = upper[0];
        for y in upper[1] as usize..(lower[1].ceil() as usize).min(self.height) {
            let down = (y as f32 + 1.0).min(lower[1]) - (y as f32).max(upper[1]);
            let next = x + slope * down;
            self.step(y, x.min(next).max(0.0), x.max(next).max(0.0), sign * down);
            x = next;
        }
    }

    /// The part of an edge inside one row: from `x0` to `x1`, `area` high with its sign.
    fn step(&mut self, y: usize, x0: f32, x1: f32, area: f32) {
        let (first, end) = (x0 as usize, x1.ceil() as usize);
        if end <= first + 1 {
            let right = (x0 + x1) / 2.0 - first as f32;
            self.add(y, first, area * (1.0 - right));
            self.add(y, first + 1, area * right);
            return;
        }
        // How much of each pixel lies right of the edge: the integral of a ramp from `x0` to `x1`.
        let integral = |x: f32| {
            let inside = (x.min(x1) - x0).max(0.0);
            inside * inside / (2.0 * (x1 - x0)) + (x - x1).max(0.0)
        };
        let mut before = 0.0;
        for column in first..=end {
            let covered = integral((column + 1) as f32) - integral(column as f32);
            self.add(y, column, area * (covered - before));
            before = covered;
        }
    }

    fn add(&mut self, y: usize, x: usize, area: f32) {
        if let Some(place) = self.areas.get_mut(y * self.row + x.min(self.row - 1)) {
            *place += area;
        }
    }

    fn sum(&self) -> Vec<u8> {
        let mut alpha = Vec::with_capacity(self.width * self.height);
        for row in self.areas.chunks(self.row) {
            let mut sum = 0.0_f32;
            alpha.extend(row.iter().take(self.width).map(|area| {
                sum += area;
                (sum.abs().min(1.0) * 255.0).round() as u8
            }));
        }
        alpha
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn polygon(points: &[Point]) -> Outline {
        let mut strokes: Vec<Stroke> = points.iter().map(|point| Stroke::Line(*point)).collect();
        strokes[0] = Stroke::Move(points[0]);
        strokes.push(Stroke::Close);
        Outline { strokes, advance_em: 1.0 }
    }

    #[test]
    fn pixels_are_covered_in_part() {
        let square = polygon(&[[0.25, -1.0], [1.75, -1.0], [1.75, 0.5], [0.25, 0.5]]);
        let coverage = rasterize(&square, 1.0, [0.0, 0.0]).unwrap();
        assert_eq!((coverage.left, coverage.top, coverage.width, coverage.height), (0, -1, 2, 2));
        assert_eq!(coverage.alpha, [191, 191, 96, 96]);
    }

    #[test]
    fn slopes_and_directions_are_exact() {
        let mut corners = vec![[0.3, 0.1], [7.9, 2.6], [3.2, 6.7]];
        let area = 0.5_f32 * ((7.6 * 6.6) - (2.9 * 2.5));
        for _ in 0..2 {
            let coverage = rasterize(&polygon(&corners), 1.0, [0.0, 0.0]).unwrap();
            let sum: f32 = coverage.alpha.iter().map(|alpha| f32::from(*alpha) / 255.0).sum();
            assert!((sum - area).abs() < 0.1, "{sum} {area}");
            corners.reverse();
        }
    }

    #[test]
    fn curves_bend_and_spaces_are_nothing() {
        let strokes = vec![
            Stroke::Move([0.0, 0.0]),
            Stroke::Quad([1.0, 0.0], [1.0, 1.0]),
            Stroke::Cubic([1.0, 1.0], [0.0, 1.0], [0.0, 1.0]),
            Stroke::Close,
        ];
        let round = rasterize(&Outline { strokes, advance_em: 1.0 }, 100.0, [0.0, 0.0]).unwrap();
        let sum: f32 = round.alpha.iter().map(|alpha| f32::from(*alpha) / 255.0).sum();
        assert!((sum / 10_000.0 - 5.0 / 6.0).abs() < 0.005, "{sum}");
        assert_eq!(rasterize(&Outline::default(), 10.0, [0.0, 0.0]), None);
    }
}
