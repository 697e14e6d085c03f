//! What is painted, as opposed to what the tree of names says.

use egui::Rect;
use egui::epaint::ClippedShape;
use egui_kittest::Harness;
use hyoukasho::ui::App;

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
