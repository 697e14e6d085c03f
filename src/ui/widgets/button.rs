//! The ranks of buttons. A screen or dialog has one primary button; all others are secondary (egui's own) or quiet. What
//! cannot be undone by itself is a danger button, and stands in menus only.

use egui::accesskit::Role;
use egui::{Button, Painter, Pos2, Rect, Response, RichText, Sense, Ui, Vec2, WidgetInfo};

use crate::ui::state::theme;

/// The one button a screen or dialog is for.
pub fn primary_ui(ui: &mut Ui, name: &str) -> Response {
    let palette = theme::palette(ui.visuals());
    ui.scope(|ui| {
        let widgets = &mut ui.visuals_mut().widgets;
        for (state, fill) in [
            (&mut widgets.inactive, palette.accent),
            (&mut widgets.active, palette.accent),
            (&mut widgets.hovered, palette.accent_hover),
            (&mut widgets.noninteractive, palette.accent),
        ] {
            state.weak_bg_fill = fill;
            state.bg_stroke = theme::outline(fill);
            state.fg_stroke.color = palette.on_accent;
        }
        let words = RichText::new(name).family(theme::bold());
        ui.add(Button::new(words).min_size(Vec2::new(0.0, theme::MAIN_HEIGHT)))
    })
    .inner
}

/// A button that is read over until it is looked for.
pub fn quiet_ui(ui: &mut Ui, name: &str) -> Response {
    let words = RichText::new(name).color(theme::accent(ui.visuals()));
    ui.add(Button::new(words).frame_when_inactive(false))
}

/// A button that takes something away.
pub fn danger_ui(ui: &mut Ui, name: &str) -> Response {
    let words = RichText::new(name).color(theme::palette(ui.visuals()).error);
    ui.add(Button::new(words).frame_when_inactive(false))
}

/// A sign drawn by lines, the same in every typeface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Takes a choice back, closes a bar.
    Cross,
    /// There is more to be done here.
    More,
    /// Takes the last step back.
    Undo,
    /// Takes it again.
    Redo,
}

/// A small square button with a sign; `name` is what it is called, and its hint.
pub fn sign_ui(ui: &mut Ui, sign: Sign, name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(theme::SIGN_SIDE), Sense::click());
    paint_sign(ui, rect, &response, sign, name);
    response.on_hover_text(name)
}

/// The same at a place of its own: nothing else moves for it.
pub fn sign_at(ui: &Ui, rect: Rect, id: egui::Id, sign: Sign, name: &str) -> Response {
    let response = ui.interact(rect, id, Sense::click());
    paint_sign(ui, rect, &response, sign, name);
    response.on_hover_text(name)
}

fn paint_sign(ui: &Ui, rect: Rect, response: &Response, sign: Sign, name: &str) {
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    if !ui.is_rect_visible(rect) {
        return;
    }
    let palette = theme::palette(ui.visuals());
    if response.hovered() || response.is_pointer_button_down_on() {
        ui.painter().rect_filled(rect, theme::SMALL_RADIUS, palette.selection);
    }
    paint_lines(ui.painter(), rect, sign, if response.hovered() { palette.text } else { palette.second });
}

fn paint_lines(painter: &Painter, rect: Rect, sign: Sign, color: egui::Color32) {
    let middle = rect.center();
    let arm = rect.width() * 0.2;
    match sign {
        Sign::Cross => {
            let stroke = theme::ring(color);
            let at = |x: f32, y: f32| Pos2::new(middle.x + x * arm, middle.y + y * arm);
            painter.line_segment([at(-1.0, -1.0), at(1.0, 1.0)], stroke);
            painter.line_segment([at(-1.0, 1.0), at(1.0, -1.0)], stroke);
        }
        Sign::Undo => arrow(painter, rect, -1.0, color),
        Sign::Redo => arrow(painter, rect, 1.0, color),
        Sign::More => {
            for step in [-1.0, 0.0, 1.0] {
                painter.circle_filled(Pos2::new(middle.x + step * 1.4 * arm, middle.y), theme::RING, color);
            }
        }
    }
}

/// A lock: what is behind it is not changed.
pub fn paint_lock(painter: &Painter, rect: Rect, color: egui::Color32) {
    let (middle, arm) = (rect.center(), rect.width() * 0.5);
    let body = Rect::from_center_size(Pos2::new(middle.x, middle.y + 0.35 * arm), Vec2::new(1.5 * arm, 1.1 * arm));
    let at = |x: f32, y: f32| Pos2::new(middle.x + x * arm, middle.y + y * arm);
    let bow = vec![at(-0.45, -0.1), at(-0.45, -0.5), at(-0.25, -0.8), at(0.25, -0.8), at(0.45, -0.5), at(0.45, -0.1)];
    painter.add(egui::Shape::line(bow, theme::outline(color)));
    painter.rect_filled(body, theme::HAIRLINE, color);
}

/// An arrow that turns back (-1) or on (1).
fn arrow(painter: &Painter, rect: Rect, way: f32, color: egui::Color32) {
    let (middle, arm) = (rect.center(), rect.width() * 0.28);
    let at = |x: f32, y: f32| Pos2::new(middle.x + way * x * arm, middle.y + y * arm);
    let stroke = theme::ring(color);
    let bow = [at(-1.0, 0.9), at(0.0, 0.9), at(0.7, 0.6), at(1.0, 0.0), at(0.7, -0.5), at(0.0, -0.7), at(-1.0, -0.7)];
    // The bow is drawn from its tail, on the side it comes from, to its head, on the side it goes to.
    let bow: Vec<Pos2> = bow.iter().map(|place| Pos2::new(2.0 * middle.x - place.x, place.y)).collect();
    let head = bow.last().copied().unwrap_or(middle);
    painter.add(egui::Shape::line(bow, stroke));
    for side in [-1.0, 1.0] {
        painter.line_segment([head, Pos2::new(head.x - way * 0.6 * arm, head.y + side * 0.6 * arm)], stroke);
    }
}
