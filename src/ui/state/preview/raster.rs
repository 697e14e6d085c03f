//! An outline → how much of each pixel it covers.

use ab_glyph_rasterizer::{Rasterizer, point};

use crate::print::fonts::{Outline, Point, Stroke};

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
    let place = |[x, y]: Point| [x * pixels_per_em + origin[0], y * pixels_per_em + origin[1]];
    let mut points = outline.strokes.iter().flat_map(Stroke::points).map(place);
    let first = points.next()?;
    // Curves stay within their control points.
    let (low, high) = points
        .fold((first, first), |(low, high), [x, y]| ([low[0].min(x), low[1].min(y)], [high[0].max(x), high[1].max(y)]));
    let (left, top) = (low[0].floor(), low[1].floor());
    let (width, height) = ((high[0].ceil() - left) as usize, (high[1].ceil() - top) as usize);
    if width == 0 || height == 0 {
        return None;
    }
    let mut rasterizer = Rasterizer::new(width, height);
    draw(&mut rasterizer, outline, |at| {
        let [x, y] = place(at);
        point(x - left, y - top)
    });
    let mut alpha = vec![0; width * height];
    rasterizer.for_each_pixel(|index, covered| alpha[index] = (covered.min(1.0) * 255.0).round() as u8);
    Some(Coverage { left: left as i32, top: top as i32, width, height, alpha })
}

fn draw(rasterizer: &mut Rasterizer, outline: &Outline, place: impl Fn(Point) -> ab_glyph_rasterizer::Point) {
    let (mut start, mut at) = (point(0.0, 0.0), point(0.0, 0.0));
    for stroke in &outline.strokes {
        let to = match *stroke {
            Stroke::Move(to) => {
                // What was left open is filled as if it were closed.
                rasterizer.draw_line(at, start);
                start = place(to);
                start
            }
            Stroke::Line(to) => {
                rasterizer.draw_line(at, place(to));
                place(to)
            }
            Stroke::Quad(control, to) => {
                rasterizer.draw_quad(at, place(control), place(to));
                place(to)
            }
            Stroke::Cubic(one, two, to) => {
                rasterizer.draw_cubic(at, place(one), place(two), place(to));
                place(to)
            }
            Stroke::Close => {
                rasterizer.draw_line(at, start);
                start
            }
        };
        at = to;
    }
    rasterizer.draw_line(at, start);
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
        // A line without width.
        assert_eq!(rasterize(&polygon(&[[1.0, 0.0], [1.0, 5.0]]), 1.0, [0.0, 0.0]), None);
    }
}
