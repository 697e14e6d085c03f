//! The mark of an option: a ring for one of several, a box for any of them. Chosen is a fill of the accent, and the whole
//! option can be clicked; the focus is a ring outside, drawn for all widgets alike.

use egui::accesskit::Role;
use egui::{
    Align2, Atom, Frame, Id, IdSalt, IntoAtoms, Painter, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, Vec2,
    WidgetAtom, WidgetInfo,
};

use crate::ui::state::theme;

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkShape {
    /// One of several.
    Ring,
    /// Any of them.
    Box,
}

/// One option: its mark, its words.
pub struct MarkedOption {
    /// Its mark.
    pub mark: MarkShape,
    /// Its id; the next one of its own accord where it has none.
    pub id: Option<Id>,
    /// Whether Tab leads to it.
    pub sense: Sense,
    /// Whether it is chosen.
    pub is_on: bool,
    /// It is at least so wide; 0 for as wide as its words.
    pub width: f32,
}

impl MarkedOption {
    /// Shows it.
    pub fn ui<'a>(self, ui: &mut Ui, words: impl IntoAtoms<'a>) -> Response {
        let mut atoms = words.into_atoms();
        let height = theme::OPTION_HEIGHT;
        let place = IdSalt::new("mark");
        atoms.push_left(Atom::custom(place, Vec2::new(theme::MARK_SIDE, theme::MARK_SIDE)));
        let text = atoms.text().map(String::from).unwrap_or_default();
        let mut widget = WidgetAtom::new(atoms)
            .sense(self.sense)
            .align2(Align2::LEFT_CENTER)
            .frame(Frame::new().inner_margin(theme::OPTION_MARGIN))
            .min_size(Vec2::new(self.width, height));
        if let Some(id) = self.id {
            widget = widget.id(id);
        }
        let mut shown = widget.allocate(ui);
        let role = if self.mark == MarkShape::Ring { Role::RadioButton } else { Role::CheckBox };
        shown.response.widget_info(|| WidgetInfo::selected(role, ui.is_enabled(), self.is_on, &text));
        if !ui.is_rect_visible(shown.response.rect) {
            return shown.response;
        }
        let palette = theme::palette(ui.visuals());
        let fill = if self.is_on {
            Some(palette.tint)
        } else if shown.response.hovered() {
            Some(palette.hover)
        } else {
            None
        };
        if let Some(fill) = fill {
            ui.painter().rect_filled(shown.response.rect, theme::SMALL_RADIUS, fill);
        }
        shown.container.fallback_text_color = ui.visuals().widgets.inactive.text_color();
        let painted = shown.paint(ui);
        if let Some(rect) = painted.rect(place) {
            let rect = Rect::from_center_size(rect.center(), Vec2::splat(theme::MARK_SIDE));
            paint(ui.painter(), self.mark, rect, self.is_on, palette);
        }
        painted.response
    }
}

/// A box with words that is on or off.
pub fn check_ui<'a>(ui: &mut Ui, on: &mut bool, words: impl IntoAtoms<'a>) -> Response {
    let option = MarkedOption { mark: MarkShape::Box, id: None, sense: Sense::click(), is_on: *on, width: 0.0 };
    let mut response = option.ui(ui, words);
    if response.clicked() {
        *on = !*on;
        response.mark_changed();
    }
    response
}

/// A box at a place of its own, without words and out of the way of Tab; `name` is what it is called, and its hint.
pub fn box_at(ui: &Ui, rect: Rect, id: Id, on: bool, name: &str) -> Response {
    let response = ui.interact(rect, id, Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), on, name));
    if ui.is_rect_visible(rect) {
        paint(ui.painter(), MarkShape::Box, rect, on, theme::palette(ui.visuals()));
    }
    response
}

fn paint(painter: &Painter, mark: MarkShape, rect: Rect, is_on: bool, palette: &theme::Palette) {
    let rect = rect.shrink(1.0);
    let rounding = if mark == MarkShape::Ring { rect.width() / 2.0 } else { f32::from(theme::SMALL_RADIUS) };
    if !is_on {
        painter.rect(rect, rounding, palette.surface, theme::outline(palette.edge), egui::StrokeKind::Inside);
        return;
    }
    painter.rect_filled(rect, rounding, palette.accent);
    match mark {
        MarkShape::Ring => {
            painter.circle_filled(rect.center(), rect.width() * 0.2, palette.on_accent);
        }
        MarkShape::Box => tick(painter, rect, theme::ring(palette.on_accent)),
    }
}

/// A ✓ inside that square.
fn tick(painter: &Painter, rect: Rect, stroke: Stroke) {
    let at = |x: f32, y: f32| Pos2::new(rect.left() + x * rect.width(), rect.top() + y * rect.height());
    painter.add(Shape::line(vec![at(0.24, 0.52), at(0.43, 0.70), at(0.76, 0.32)], stroke));
}
