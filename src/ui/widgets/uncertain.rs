//! The questions of a form of which the official wording is not established.

use egui::{RichText, Ui};

use crate::form::{FieldPath, Form, Place};

/// Shows them below a line with their number; nothing where there are none.
pub fn uncertain_ui(ui: &mut Ui, form: &Form) {
    let items = form.uncertain_items();
    if items.is_empty() {
        return;
    }
    let title = format!("公式の様式で文言を確かめられていない項目　{}件", items.len());
    egui::CollapsingHeader::new(title).id_salt("uncertain items").show(ui, |ui| {
        ui.label(RichText::new("公式の様式と見比べてから提出してください。").small());
        for item in items {
            ui.label(RichText::new(Place::of(form, &FieldPath::document(&item.id), None).to_string()).small());
        }
    });
}
