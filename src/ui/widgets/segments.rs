//! Few short answers as segments of one bar: the one that is chosen is filled.

use egui::accesskit::Role;
use egui::{CornerRadius, Id, Response, Sense, StrokeKind, TextStyle, Ui, WidgetInfo, vec2};

use super::grid::words_width;
use crate::ui::state::theme;

/// Shows segment `place.0` of `place.1`; the caller says what it senses and which one it is.
pub fn segment_ui(ui: &mut Ui, (id, sense): (Id, Sense), place: (usize, usize), words: &str, is_on: bool) -> Response {
    let font = TextStyle::Button.resolve(ui.style());
    let width = words_width(ui, words, &font) + 2.0 * theme::L;
    let (_, rect) = ui.allocate_space(vec2(width, theme::OPTION_HEIGHT));
    let response = ui.interact(rect, id, sense);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), is_on, words));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let palette = theme::palette(ui.visuals());
    let (first, last) = (place.0 == 0, place.0 + 1 == place.1);
    let round = |is_end: bool| if is_end { theme::RADIUS } else { 0 };
    let radius = CornerRadius { nw: round(first), sw: round(first), ne: round(last), se: round(last) };
    let (fill, edge, color) = match (is_on, response.hovered()) {
        (true, _) => (palette.accent, palette.accent, palette.on_accent),
        (false, true) => (palette.hover, palette.edge, palette.text),
        (false, false) => (palette.surface, palette.edge, palette.text),
    };
    ui.painter().rect(rect, radius, fill, theme::outline(edge), StrokeKind::Inside);
    ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, words, font, color);
    response
}
