//! Small words on a ground of their own, and what stands out of the page: cards and banners.

use egui::accesskit::Role;
use egui::{Align2, Color32, Frame, Response, RichText, Sense, TextStyle, Ui, WidgetInfo, vec2};

use super::grid::words_width;

use crate::ui::state::theme;

/// What a badge or banner says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Neither good nor bad.
    Plain,
    /// What was changed, what one is led to.
    Accent,
    /// In order.
    Done,
    /// To be looked at.
    Caution,
    /// Wrong.
    Error,
}

impl Tone {
    /// Its words and its ground.
    fn colors(self, palette: &theme::Palette) -> (Color32, Color32) {
        match self {
            Tone::Plain => (palette.second, palette.band),
            Tone::Accent => (palette.accent, palette.tint),
            Tone::Done => (palette.done, palette.surface),
            Tone::Caution => (palette.caution, palette.caution_tint),
            Tone::Error => (palette.error, palette.error_tint),
        }
    }
}

/// A few words beside what they are about.
pub fn badge_ui(ui: &mut Ui, words: &str, tone: Tone) -> Response {
    let (color, ground) = tone.colors(theme::palette(ui.visuals()));
    let frame = Frame::new().fill(ground).corner_radius(theme::SMALL_RADIUS).inner_margin(theme::BADGE_MARGIN);
    frame.show(ui, |ui| ui.add(egui::Label::new(RichText::new(words).small().color(color)).extend())).inner
}

/// A badge in a place that is always kept for it, so wide that the widest of its words fits: nothing moves when it comes.
pub fn kept_badge_ui(ui: &mut Ui, widest: &str, shown: Option<(&str, Tone)>) -> Response {
    let font = TextStyle::Small.resolve(ui.style());
    let height = ui.fonts_mut(|fonts| fonts.row_height(&font));
    let width = words_width(ui, widest, &font) + theme::BADGE_MARGIN.sum().x;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let Some((words, tone)) = shown else { return response };
    response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), words));
    if ui.is_rect_visible(rect) {
        let (color, ground) = tone.colors(theme::palette(ui.visuals()));
        ui.painter().rect_filled(rect, theme::SMALL_RADIUS, ground);
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, words, font, color);
    }
    response
}

/// A part of a page that is a thing of its own.
pub fn card_ui<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let visuals = ui.visuals();
    let frame = Frame::new().fill(visuals.window_fill).stroke(theme::line(visuals));
    wide_ui(ui, frame.corner_radius(theme::CARD_RADIUS).inner_margin(theme::CARD_MARGIN), add)
}

/// What has to be known before one goes on.
pub fn banner_ui<R>(ui: &mut Ui, tone: Tone, add: impl FnOnce(&mut Ui) -> R) -> R {
    let (color, ground) = tone.colors(theme::palette(ui.visuals()));
    let frame = Frame::new().fill(ground).stroke(theme::outline(color));
    wide_ui(ui, frame.corner_radius(theme::RADIUS).inner_margin(theme::BOX_MARGIN), add)
}

/// A frame as wide as there is room.
fn wide_ui<R>(ui: &mut Ui, frame: Frame, add: impl FnOnce(&mut Ui) -> R) -> R {
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        add(ui)
    });
    shown.inner
}
