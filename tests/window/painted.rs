//! What is painted, as opposed to what the tree of names says.

use egui::epaint::ClippedShape;
use egui::{Color32, Rect};
use egui_kittest::Harness;
use hyoukasho::ui::App;

/// What leads on, in the dark theme: that of a desk that says nothing.
pub const ACCENT: Color32 = Color32::from_rgb(0x7F, 0xB0, 0xFF);

/// The texts that are painted, and whether each is whole.
pub fn painted(harness: &Harness<'_, App>) -> Vec<(String, bool)> {
    fn collect(shape: &egui::Shape, texts: &mut Vec<(String, bool)>) {
        match shape {
            egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, texts)),
            egui::Shape::Text(text) => texts.push((text.galley.text().to_owned(), !text.galley.elided)),
            _ => {}
        }
    }
    let mut texts = Vec::new();
    harness.output().shapes.iter().for_each(|clipped| collect(&clipped.shape, &mut texts));
    texts
}

/// The colours that a text is painted in, wherever it stands.
pub fn colors_of(harness: &Harness<'_, App>, words: &str) -> Vec<Color32> {
    fn collect(shape: &egui::Shape, words: &str, colors: &mut Vec<Color32>) {
        match shape {
            egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, words, colors)),
            egui::Shape::Text(text) if text.galley.text().contains(words) => {
                let own = text.galley.job.sections.iter().map(|section| section.format.color);
                colors.extend(own.map(|own| if own == Color32::PLACEHOLDER { text.fallback_color } else { own }));
            }
            _ => {}
        }
    }
    let mut colors = Vec::new();
    harness.output().shapes.iter().for_each(|clipped| collect(&clipped.shape, words, &mut colors));
    colors
}

/// What is filled with that colour.
pub fn filled(harness: &Harness<'_, App>, color: Color32) -> Vec<Rect> {
    fn collect(shape: &egui::Shape, color: Color32, rects: &mut Vec<Rect>) {
        match shape {
            egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, color, rects)),
            egui::Shape::Rect(rect) if rect.fill == color => rects.push(rect.rect),
            _ => {}
        }
    }
    let mut rects = Vec::new();
    harness.output().shapes.iter().for_each(|clipped| collect(&clipped.shape, color, &mut rects));
    rects
}

/// The edges of frames that are painted without a ground, as far as they are seen.
pub fn edges(harness: &Harness<'_, App>) -> Vec<Rect> {
    fn collect(shape: &egui::Shape, edges: &mut Vec<Rect>) {
        match shape {
            egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, edges)),
            egui::Shape::Rect(rect) if rect.fill == egui::Color32::TRANSPARENT && !rect.stroke.is_empty() => {
                edges.push(rect.rect);
            }
            _ => {}
        }
    }
    let seen = |clipped: &ClippedShape| {
        let mut edges = Vec::new();
        collect(&clipped.shape, &mut edges);
        edges.into_iter().map(|edge| edge.intersect(clipped.clip_rect)).collect::<Vec<_>>()
    };
    harness.output().shapes.iter().flat_map(seen).collect()
}
