//! The name of an item that leads to its cell.

use egui::{Button, Label, RichText, Ui};

use crate::form::FieldPath;
use crate::ui::state::theme;

/// Shows a name, cut where there is no room; gives the place that was asked for, where it has one.
pub fn place_name_ui(ui: &mut Ui, name: &str, place: Option<&FieldPath>) -> Option<FieldPath> {
    let name = RichText::new(name).family(theme::bold());
    let Some(place) = place else {
        ui.add(Label::new(name).truncate());
        return None;
    };
    let link = ui.add(Button::new(name).frame_when_inactive(false).truncate());
    link.on_hover_text("押すと、この欄へ移ります").clicked().then(|| place.clone())
}
