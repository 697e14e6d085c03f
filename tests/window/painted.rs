//! What is painted, as opposed to what the tree of names says.

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
