//! A drawing as a form of the PDF (ISO 32000-1, 8.10): one unit wide and high, so that it is placed like a picture.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Object, Stream, dictionary};

use super::PdfError;
use super::finish::compressed;
use super::instructions::Instructions;
use super::tags::name_object;
use crate::pictures::{DrawStep, Drawing, OutlineStep, Paint, Shape};

/// The longer side of a drawing in its content, so that a hundredth is finer than any printer.
const SIDE: f32 = 2000.0;

/// A form that shows the drawing.
pub(super) fn form(drawing: &Drawing) -> Result<Stream, PdfError> {
    let scale = SIDE / drawing.width.max(drawing.height);
    let mut content = FormContent { out: Instructions::default(), scale, opacities: BTreeSet::new() };
    drawing.steps.iter().for_each(|step| content.step(step));
    let mut states = Dictionary::new();
    for opacity in &content.opacities {
        let value = Object::Real((f32::from(*opacity) / 255.0 * 1000.0).round() / 1000.0);
        let state = dictionary! { "Type" => name_object("ExtGState"), "ca" => value.clone(), "CA" => value };
        states.set(format!("A{opacity}"), state);
    }
    let (width, height) = (drawing.width * scale, drawing.height * scale);
    let dict = dictionary! {
        "Type" => name_object("XObject"),
        "Subtype" => name_object("Form"),
        "BBox" => vec![0.into(), 0.into(), Object::Real(width), Object::Real(height)],
        // The origin of a drawing is its upper left corner.
        "Matrix" => vec![Object::Real(1.0 / width), 0.into(), 0.into(), Object::Real(-1.0 / height), 0.into(), 1.into()],
        "Resources" => dictionary! { "ExtGState" => states },
    };
    Ok(compressed(dict, &content.out.0)?)
}

struct FormContent {
    out: Instructions,
    scale: f32,
    opacities: BTreeSet<u8>,
}

impl FormContent {
    fn step(&mut self, step: &DrawStep) {
        match step {
            DrawStep::Clip(shape) => {
                self.out.put("q\n");
                self.outline(shape);
                self.out.put(if shape.even_odd { "W* n\n" } else { "W n\n" });
            }
            DrawStep::Unclip => self.out.put("Q\n"),
            DrawStep::Fill(shape, paint) => {
                self.paint(*paint, "rg");
                self.outline(shape);
                self.out.put(if shape.even_odd { "f*\n" } else { "f\n" });
            }
            DrawStep::Stroke(shape, paint, pen) => {
                self.paint(*paint, "RG");
                self.out.numbers(&[self.scaled(pen.width)]);
                self.out.put("w ");
                self.out.integer(pen.cap.into());
                self.out.put(" J ");
                self.out.integer(pen.join.into());
                self.out.put(" j ");
                self.out.numbers(&[(pen.miter_limit * 100.0) as i64]);
                self.out.put("M [");
                let dashes: Vec<i64> = pen.dashes.iter().map(|length| self.scaled(*length)).collect();
                // Dashes that round to nothing would be an error.
                if dashes.iter().any(|length| *length > 0) {
                    self.out.numbers(&dashes);
                }
                self.out.put("] ");
                self.out.numbers(&[self.scaled(pen.dash_start)]);
                self.out.put("d\n");
                self.outline(shape);
                self.out.put("S\n");
            }
        }
    }

    fn paint(&mut self, paint: Paint, operator: &str) {
        self.opacities.insert(paint.opacity);
        self.out.put("/A");
        self.out.integer(paint.opacity.into());
        self.out.put(" gs ");
        let parts = paint.color.map(|part| (f32::from(part) / 255.0 * 100.0).round() as i64);
        self.out.numbers(&parts);
        self.out.put(operator);
        self.out.put("\n");
    }

    fn outline(&mut self, shape: &Shape) {
        if shape.outline.is_empty() {
            // Nothing is inside.
            self.out.put("0 0 m\n");
        }
        for step in &shape.outline {
            let (points, operator): (&[f32], &str) = match step {
                OutlineStep::Move(to) => (to, "m\n"),
                OutlineStep::Line(to) => (to, "l\n"),
                OutlineStep::Curve(points) => (points, "c\n"),
                OutlineStep::Close => (&[], "h\n"),
            };
            let points: Vec<i64> = points.iter().map(|number| self.scaled(*number)).collect();
            self.out.numbers(&points);
            self.out.put(operator);
        }
    }

    fn scaled(&self, length: f32) -> i64 {
        (length * self.scale * 100.0).round() as i64
    }
}
