//! A drawing → pixels: the same shapes that stand in the PDF.

use tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Mask, Paint as Ink, Path, PathBuilder, Pixmap, Stroke, StrokeDash, Transform,
};

use super::Bitmap;
use crate::pictures::{DrawPen, DrawStep, Drawing, OutlineStep, Paint, Shape};

/// The drawing as large as `side` allows.
pub(super) fn bitmap(drawing: &Drawing, side: u16) -> Option<Bitmap> {
    let scale = f32::from(side) / drawing.width.max(drawing.height);
    let pixels = |length: f32| (length * scale).round().clamp(1.0, f32::from(side)) as u16;
    let (width, height) = (pixels(drawing.width), pixels(drawing.height));
    let mut pixmap = Pixmap::new(width.into(), height.into())?;
    pixmap.fill(Color::WHITE);
    let place = Transform::from_scale(scale, scale);
    let mut clips: Vec<Mask> = Vec::new();
    for step in &drawing.steps {
        match step {
            DrawStep::Clip(shape) => clips.push(clip(shape, clips.last(), (width, height), place)?),
            DrawStep::Unclip => drop(clips.pop()),
            DrawStep::Fill(shape, paint) => {
                let Some(path) = path(shape) else { continue };
                pixmap.fill_path(&path, &ink(*paint), rule(shape), place, clips.last());
            }
            DrawStep::Stroke(shape, paint, pen) => {
                let Some(path) = path(shape) else { continue };
                pixmap.stroke_path(&path, &ink(*paint), &stroke(pen), place, clips.last());
            }
        }
    }
    // Paper is opaque, and so is everything on it.
    let rgb = pixmap.pixels().iter().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
    Some(Bitmap { width, height, rgb })
}

/// What is seen inside a shape, and inside the one around it.
fn clip(shape: &Shape, around: Option<&Mask>, size: (u16, u16), place: Transform) -> Option<Mask> {
    // A clip of nothing shows nothing.
    let Some(path) = path(shape) else { return Mask::new(size.0.into(), size.1.into()) };
    if let Some(around) = around {
        let mut mask = around.clone();
        mask.intersect_path(&path, rule(shape), true, place);
        return Some(mask);
    }
    let mut mask = Mask::new(size.0.into(), size.1.into())?;
    mask.fill_path(&path, rule(shape), true, place);
    Some(mask)
}

fn path(shape: &Shape) -> Option<Path> {
    let mut path = PathBuilder::new();
    for step in &shape.outline {
        match *step {
            OutlineStep::Move([x, y]) => path.move_to(x, y),
            OutlineStep::Line([x, y]) => path.line_to(x, y),
            OutlineStep::Curve([a, b, c, d, x, y]) => path.cubic_to(a, b, c, d, x, y),
            OutlineStep::Close => path.close(),
        }
    }
    path.finish()
}

fn rule(shape: &Shape) -> FillRule {
    if shape.even_odd { FillRule::EvenOdd } else { FillRule::Winding }
}

fn ink(paint: Paint) -> Ink<'static> {
    let [red, green, blue] = paint.color;
    let mut ink = Ink::default();
    ink.set_color_rgba8(red, green, blue, paint.opacity);
    ink
}

fn stroke(pen: &DrawPen) -> Stroke {
    // A dash has a gap: where they are uneven they go on in turns.
    let dashes = if pen.dashes.len() % 2 == 1 { pen.dashes.repeat(2) } else { pen.dashes.clone() };
    Stroke {
        width: pen.width,
        miter_limit: pen.miter_limit,
        line_cap: match pen.cap {
            1 => LineCap::Round,
            2 => LineCap::Square,
            _ => LineCap::Butt,
        },
        line_join: match pen.join {
            1 => LineJoin::Round,
            2 => LineJoin::Bevel,
            _ => LineJoin::Miter,
        },
        dash: if dashes.is_empty() { None } else { StrokeDash::new(dashes, pen.dash_start) },
    }
}
