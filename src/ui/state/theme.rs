//! Colours, sizes and typefaces of the screens.

use std::sync::Arc;

use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Stroke, TextStyle, Theme, Visuals,
};

use crate::form::Severity;
use crate::print::fonts::{BOLD_FILE, REGULAR_FILE, SUPPLEMENT_FILE};
use crate::session::Progress;

/// Width of the label column of the form.
pub const LABEL_WIDTH: f32 = 190.0;
/// Height of a line in the cells: Japanese text needs air between the lines.
pub const LINE_HEIGHT: f32 = 20.0;
/// Height at which a long text begins to scroll inside its cell.
pub const CELL_MAX_HEIGHT: f32 = 420.0;

/// The family of headings.
pub fn bold() -> FontFamily {
    FontFamily::Name("bold".into())
}

/// Gives a window our typefaces, sizes and colours.
pub fn install(ctx: &Context) {
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in [("regular", REGULAR_FILE), ("bold", BOLD_FILE), ("supplement", SUPPLEMENT_FILE)] {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let families = [(FontFamily::Proportional, "regular"), (FontFamily::Monospace, "regular"), (bold(), "bold")];
    for (family, face) in families {
        fonts.families.insert(family, vec![face.to_owned(), "supplement".to_owned()]);
    }
    ctx.set_fonts(fonts);
    ctx.options_mut(|options| options.zoom_with_keyboard = false);
    ctx.set_visuals_of(Theme::Light, light());
    ctx.set_visuals_of(Theme::Dark, dark());
    ctx.all_styles_mut(|style| {
        let text = |size| FontId::new(size, FontFamily::Proportional);
        style.text_styles = [
            (TextStyle::Small, text(12.0)),
            (TextStyle::Body, text(14.5)),
            (TextStyle::Button, text(14.5)),
            (TextStyle::Monospace, text(14.5)),
            (TextStyle::Heading, FontId::new(19.0, bold())),
        ]
        .into();
        style.spacing.item_spacing = egui::vec2(8.0, 6.0);
        style.spacing.button_padding = egui::vec2(10.0, 4.0);
        style.spacing.interact_size.y = 26.0;
        style.spacing.window_margin = egui::Margin::same(18);
        style.spacing.icon_width = 17.0;
        style.spacing.icon_width_inner = 9.0;
        style.interaction.tooltip_delay = 0.4;
    });
}

fn light() -> Visuals {
    let mut visuals = Visuals::light();
    visuals.panel_fill = Color32::from_rgb(0xF4, 0xF5, 0xF7);
    visuals.window_fill = Color32::WHITE;
    visuals.extreme_bg_color = Color32::WHITE;
    visuals.faint_bg_color = Color32::from_rgb(0xEA, 0xED, 0xF2);
    visuals.widgets.noninteractive.fg_stroke.color = Color32::from_rgb(0x20, 0x24, 0x2B);
    visuals.widgets.inactive.fg_stroke.color = Color32::from_rgb(0x20, 0x24, 0x2B);
    visuals.widgets.noninteractive.bg_stroke.color = Color32::from_rgb(0xCF, 0xD4, 0xDC);
    visuals.widgets.inactive.bg_fill = Color32::WHITE;
    visuals.widgets.inactive.weak_bg_fill = Color32::from_rgb(0xE3, 0xE7, 0xED);
    visuals.widgets.inactive.bg_stroke = Stroke::new(1.0, Color32::from_rgb(0x8A, 0x93, 0xA1));
    shape(visuals, Color32::from_rgb(0x1A, 0x5F, 0xB4), Color32::from_rgb(0xCF, 0xE2, 0xFA))
}

fn dark() -> Visuals {
    let mut visuals = Visuals::dark();
    visuals.panel_fill = Color32::from_rgb(0x1F, 0x22, 0x27);
    visuals.extreme_bg_color = Color32::from_rgb(0x14, 0x16, 0x1A);
    visuals.faint_bg_color = Color32::from_rgb(0x2B, 0x2F, 0x36);
    visuals.widgets.noninteractive.fg_stroke.color = Color32::from_rgb(0xE3, 0xE6, 0xEB);
    visuals.widgets.inactive.fg_stroke.color = Color32::from_rgb(0xE3, 0xE6, 0xEB);
    visuals.widgets.inactive.bg_fill = Color32::from_rgb(0x14, 0x16, 0x1A);
    visuals.widgets.inactive.bg_stroke = Stroke::new(1.0, Color32::from_rgb(0x6F, 0x78, 0x86));
    shape(visuals, Color32::from_rgb(0x78, 0xAE, 0xF0), Color32::from_rgb(0x24, 0x4A, 0x7A))
}

/// What both themes share: small corners and one strong colour for the focus.
fn shape(mut visuals: Visuals, accent: Color32, selection: Color32) -> Visuals {
    let widgets = &mut visuals.widgets;
    for state in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active, &mut widgets.open] {
        state.corner_radius = CornerRadius::same(3);
        state.expansion = 0.0;
    }
    widgets.hovered.bg_stroke = Stroke::new(1.0, accent);
    widgets.active.bg_stroke = Stroke::new(2.0, accent);
    // A blinking cursor would paint the window twice a second for as long as nobody types.
    visuals.text_cursor.blink = false;
    visuals.selection.stroke = Stroke::new(2.0, accent);
    visuals.selection.bg_fill = selection;
    visuals.hyperlink_color = accent;
    visuals
}

/// The colour of what is in focus.
pub fn accent(visuals: &Visuals) -> Color32 {
    visuals.selection.stroke.color
}

/// The background of the cell in focus.
pub fn focus_fill(visuals: &Visuals) -> Color32 {
    let accent = accent(visuals);
    accent.gamma_multiply(if visuals.dark_mode { 0.16 } else { 0.07 })
}

/// The colour of a severity: always beside its name, never alone.
pub fn severity(visuals: &Visuals, severity: Severity) -> Color32 {
    let (light, dark) = match severity {
        Severity::Error => ((0xB4, 0x1E, 0x1E), (0xFF, 0x8A, 0x80)),
        Severity::Warning => ((0x8A, 0x56, 0x00), (0xF2, 0xB9, 0x5B)),
        Severity::Missing => ((0x5B, 0x3F, 0x9E), (0xC3, 0xA8, 0xF5)),
        Severity::Hint => ((0x2E, 0x5E, 0x6E), (0x8F, 0xC7, 0xD6)),
    };
    pick(visuals, light, dark)
}

/// The colour of a section's state.
pub fn progress(visuals: &Visuals, progress: Progress) -> Color32 {
    match progress {
        Progress::Untouched => visuals.weak_text_color(),
        Progress::Begun => pick(visuals, (0x8A, 0x56, 0x00), (0xF2, 0xB9, 0x5B)),
        Progress::Done => good(visuals),
    }
}

/// The colour of what is in order.
pub fn good(visuals: &Visuals) -> Color32 {
    pick(visuals, (0x1B, 0x6E, 0x3C), (0x7F, 0xD1, 0x9B))
}

/// The colour of words that came (or went) between two versions: always underlined as well.
pub fn changed(visuals: &Visuals, came: bool) -> Color32 {
    match came {
        true => pick(visuals, (0x0B, 0x57, 0x9E), (0x8C, 0xC4, 0xFF)),
        false => pick(visuals, (0xA3, 0x2A, 0x2A), (0xFF, 0x9C, 0x94)),
    }
}

fn pick(visuals: &Visuals, light: (u8, u8, u8), dark: (u8, u8, u8)) -> Color32 {
    let (r, g, b) = if visuals.dark_mode { dark } else { light };
    Color32::from_rgb(r, g, b)
}

/// The background of what was found; stronger where one has gone to it.
pub fn mark(visuals: &Visuals, current: bool) -> Color32 {
    match current {
        true => pick(visuals, (0xFF, 0xC1, 0x4D), (0x8A, 0x5A, 0x00)),
        false => pick(visuals, (0xFF, 0xEC, 0xB0), (0x55, 0x45, 0x10)),
    }
}
