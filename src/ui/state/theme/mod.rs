//! Typefaces of the screens, and what the tokens mean to egui. Start with `tokens.rs`.

pub mod tokens;

use std::sync::Arc;

use egui::style::ScrollAnimation;
use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Stroke, Style, TextStyle, Theme,
    Visuals,
};

pub use self::tokens::*;
use crate::form::Severity;
use crate::print::fonts::{BOLD_FILE, REGULAR_FILE, SUPPLEMENT_FILE};

/// The proportional face: what is drawn otherwise than on paper. It makes lines 1.5 em high.
static SCREEN_REGULAR_FILE: &[u8] = include_bytes!("../../../../fonts/BIZUDPGothic-Regular-Screen.ttf");
/// Its bold.
static SCREEN_BOLD_FILE: &[u8] = include_bytes!("../../../../fonts/BIZUDPGothic-Bold-Screen.ttf");

/// Width of the label column of the form.
pub const LABEL_WIDTH: f32 = 176.0;
/// A cell is no wider: 45 full-width characters, the measure of the paper.
pub const FIELD_WIDTH: f32 = 704.0;
/// Height of a line in the cells: Japanese text needs air between the lines.
pub const LINE_HEIGHT: f32 = 24.0;
/// Height at which a long text begins to scroll inside its cell.
pub const CELL_MAX_HEIGHT: f32 = 420.0;

/// The family of headings.
pub fn bold() -> FontFamily {
    FontFamily::Name("bold".into())
}

/// Gives a window our typefaces, sizes and colours.
pub fn install(ctx: &Context) {
    ctx.set_fonts(typefaces());
    ctx.options_mut(|options| options.zoom_with_keyboard = false);
    ctx.set_visuals_of(Theme::Light, visuals(Visuals::light(), &LIGHT));
    ctx.set_visuals_of(Theme::Dark, visuals(Visuals::dark(), &DARK));
    ctx.all_styles_mut(|style| {
        let text = |size| FontId::new(size, FontFamily::Proportional);
        style.text_styles = [
            (TextStyle::Small, text(NOTE)),
            (TextStyle::Body, text(BODY)),
            (TextStyle::Button, text(BODY)),
            (TextStyle::Monospace, FontId::new(BODY, FontFamily::Monospace)),
            (TextStyle::Heading, FontId::new(TITLE, bold())),
        ]
        .into();
        let spacing = &mut style.spacing;
        spacing.item_spacing = egui::vec2(S, XS);
        spacing.button_padding = egui::vec2(M, XS);
        spacing.interact_size.y = CONTROL_HEIGHT;
        spacing.icon_width = MARK_SIDE;
        spacing.icon_width_inner = S;
        spacing.icon_spacing = S;
        spacing.indent = L;
        spacing.scroll = egui::style::ScrollStyle::solid();
        spacing.scroll.bar_width = 10.0;
        spacing.scroll.bar_inner_margin = XS;
        spacing.scroll.fade.strength = 0.0;
        style.interaction.tooltip_delay = 0.4;
    });
}

/// Whether what opens, closes and scrolls is seen to move, or is there at once.
pub fn set_motion(ctx: &Context, still: bool) {
    let usual = Style::default();
    let (secs, scrolls) =
        if still { (0.0, ScrollAnimation::none()) } else { (usual.animation_time, usual.scroll_animation) };
    ctx.all_styles_mut(|style| (style.animation_time, style.scroll_animation) = (secs, scrolls));
}

/// What the proportional face lacks, the faces of the paper draw.
fn typefaces() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let files = [
        ("screen", SCREEN_REGULAR_FILE),
        ("screen bold", SCREEN_BOLD_FILE),
        ("regular", REGULAR_FILE),
        ("bold", BOLD_FILE),
        ("supplement", SUPPLEMENT_FILE),
    ];
    for (name, bytes) in files {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let families: [(FontFamily, &[&str]); 3] = [
        (FontFamily::Proportional, &["screen", "regular", "supplement"]),
        (FontFamily::Monospace, &["regular", "supplement"]),
        (bold(), &["screen bold", "bold", "supplement"]),
    ];
    for (family, faces) in families {
        fonts.families.insert(family, faces.iter().map(|face| (*face).to_owned()).collect());
    }
    fonts
}

fn visuals(mut visuals: Visuals, palette: &Palette) -> Visuals {
    visuals.panel_fill = palette.ground;
    visuals.window_fill = palette.surface;
    visuals.extreme_bg_color = palette.surface;
    visuals.faint_bg_color = palette.band;
    visuals.weak_text_color = Some(palette.second);
    visuals.window_stroke = Stroke::new(HAIRLINE, palette.line);
    visuals.window_corner_radius = CornerRadius::same(CARD_RADIUS);
    visuals.menu_corner_radius = CornerRadius::same(RADIUS);
    let widgets = &mut visuals.widgets;
    widgets.noninteractive.bg_stroke = Stroke::new(HAIRLINE, palette.line);
    widgets.noninteractive.fg_stroke.color = palette.text;
    for state in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active, &mut widgets.open] {
        state.corner_radius = CornerRadius::same(RADIUS);
        state.expansion = 0.0;
        state.fg_stroke = Stroke::new(HAIRLINE, palette.text);
        state.bg_fill = palette.surface;
        state.weak_bg_fill = palette.surface;
        state.bg_stroke = Stroke::new(HAIRLINE, palette.soft);
    }
    // What has the focus is never filled for it: a ring stands around it.
    widgets.active.bg_stroke.color = palette.accent;
    widgets.hovered.bg_stroke.color = palette.accent;
    widgets.hovered.weak_bg_fill = palette.hover;
    widgets.open.weak_bg_fill = palette.tint;
    // The handle of a bar to scroll by is painted with these.
    widgets.inactive.bg_fill = palette.handle;
    widgets.hovered.bg_fill = palette.edge;
    widgets.active.bg_fill = palette.edge;
    // A blinking cursor would paint the window twice a second for as long as nobody types.
    visuals.text_cursor.blink = false;
    visuals.selection.stroke = Stroke::new(RING, palette.accent);
    visuals.selection.bg_fill = palette.selection;
    visuals.hyperlink_color = palette.accent;
    visuals.error_fg_color = palette.error;
    visuals.warn_fg_color = palette.caution;
    visuals
}

/// The colour of what is in focus.
pub fn accent(visuals: &Visuals) -> Color32 {
    palette(visuals).accent
}

/// The background of the cell in focus.
pub fn focus_fill(visuals: &Visuals) -> Color32 {
    palette(visuals).hover
}

/// The line between things.
pub fn line(visuals: &Visuals) -> Stroke {
    Stroke::new(HAIRLINE, palette(visuals).line)
}

/// A line of that colour around something.
pub fn outline(color: Color32) -> Stroke {
    Stroke::new(HAIRLINE, color)
}

/// A line around what one is led to.
pub fn ring(color: Color32) -> Stroke {
    Stroke::new(RING, color)
}

/// The colour of a severity: always beside its name, never alone.
pub fn severity(visuals: &Visuals, severity: Severity) -> Color32 {
    let palette = palette(visuals);
    match severity {
        Severity::Error => palette.error,
        Severity::Warning => palette.caution,
        // Not written yet is no fault.
        Severity::Missing | Severity::Hint => palette.second,
    }
}

/// The colour of what is in order.
pub fn good(visuals: &Visuals) -> Color32 {
    palette(visuals).done
}

/// The colour of words that came (or went) between two versions: always underlined as well.
pub fn changed(visuals: &Visuals, came: bool) -> Color32 {
    if came { palette(visuals).came } else { palette(visuals).went }
}

/// The background of what was found; stronger where one has gone to it.
pub fn mark(visuals: &Visuals, current: bool) -> Color32 {
    if current { palette(visuals).found_here } else { palette(visuals).found }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What egui paints of its own accord has the colours of the theme.
    #[test]
    fn egui_knows_no_colour_of_its_own_for_what_is_wrong() {
        for (usual, palette) in [(Visuals::light(), &LIGHT), (Visuals::dark(), &DARK)] {
            let visuals = visuals(usual, palette);
            assert_eq!((visuals.error_fg_color, visuals.warn_fg_color), (palette.error, palette.caution));
        }
    }
}
