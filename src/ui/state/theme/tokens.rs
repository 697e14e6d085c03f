//! The tokens of the look: every colour, size and distance of the screens stands here and nowhere else. Two themes, one
//! accent; distances on a grid of 4 points; five sizes of type.

use egui::{Color32, Margin, Visuals};

/// Title of a page.
pub const TITLE: f32 = 20.0;
/// Heading of a section.
pub const SECTION: f32 = 16.0;
/// What the author writes.
pub const CELL: f32 = 15.0;
/// Labels, buttons, sentences.
pub const BODY: f32 = 14.0;
/// Notes; nothing is smaller.
pub const NOTE: f32 = 12.0;

/// Height of a line of a note.
pub const NOTE_HEIGHT: f32 = 18.0;
/// Height of a line, as a share of the size of its type.
pub const LINE_SHARE: f32 = 1.5;

/// Between what belongs together.
pub const XS: f32 = 4.0;
/// Between neighbours.
pub const S: f32 = 8.0;
/// Between groups.
pub const M: f32 = 12.0;
/// Between a label and its cell; around a page.
pub const L: f32 = 16.0;
/// Between blocks; around a dialog.
pub const XL: f32 = 24.0;
/// Between parts of a page.
pub const XXL: f32 = 32.0;
/// Room below the end of what scrolls.
pub const END: f32 = 96.0;

/// A picture is painted in its own colours.
pub const UNTINTED: Color32 = Color32::WHITE;

/// Height of a button, a field and a row of the menus.
pub const CONTROL_HEIGHT: f32 = 28.0;
/// Height of the button a screen is for.
pub const MAIN_HEIGHT: f32 = 32.0;
/// Height of an option: all of it can be clicked.
pub const OPTION_HEIGHT: f32 = 28.0;
/// Height of the head of the window, without its margins.
pub const HEAD_HEIGHT: f32 = 32.0;
/// In a window as wide as this, all that is told of the document stands in its head.
pub const HEAD_FROM: f32 = 1200.0;
/// Width of the outline where the print-out needs the room.
pub const RAIL_WIDTH: f32 = 64.0;
/// Side of a box or radio button.
pub const MARK_SIDE: f32 = 18.0;
/// Side of a button with a sign.
pub const SIGN_SIDE: f32 = 24.0;
/// Thickness of a line.
pub const HAIRLINE: f32 = 1.0;
/// Thickness of the ring around what has the focus, and its distance from it.
pub const RING: f32 = 2.0;
/// Thickness of a bar at the edge of a cell.
pub const BAR: f32 = 3.0;

/// Rounding of buttons and fields.
pub const RADIUS: u8 = 6;
/// Rounding of cards.
pub const CARD_RADIUS: u8 = 8;
/// Rounding of small things.
pub const SMALL_RADIUS: u8 = 4;

/// Inside a cell of a row of the change table.
pub const COLUMN_MARGIN: Margin = Margin { left: 8, right: 8, top: 4, bottom: 18 };
/// Inside a band or box.
pub const BOX_MARGIN: Margin = Margin::symmetric(12, 8);
/// Inside a band with one line.
pub const BAND_MARGIN: Margin = Margin::symmetric(12, 4);
/// Air below a cell, in which a line of small type has its place.
pub const AIR: f32 = 18.0;
/// Inside a row of the form: room for the bars at its edge.
pub const FORM_ROW_MARGIN: Margin = Margin { left: 12, right: 8, top: 2, bottom: 18 };
/// Around an answer with the heading of a numbered item.
pub const HEADED_ROW_MARGIN: Margin = Margin { left: 0, right: 0, top: 16, bottom: 0 };
/// Around its cell.
pub const HEADED_CELL_MARGIN: Margin = Margin { left: 12, right: 8, top: 8, bottom: 18 };
/// Around a page.
pub const PAGE_MARGIN: Margin = Margin::symmetric(16, 8);
/// Inside a card.
pub const CARD_MARGIN: Margin = Margin::same(16);
/// Inside an option.
pub const OPTION_MARGIN: Margin = Margin::symmetric(4, 0);
/// Around what is said of an option, below its words.
pub const BELOW_OPTION_MARGIN: Margin = Margin { left: 30, ..Margin::ZERO };
/// Inside a cell.
pub const CELL_MARGIN: Margin = Margin::symmetric(8, 4);
/// Of a label one step in.
pub const INDENT_MARGIN: Margin = Margin { left: 16, ..Margin::ZERO };
/// Left of a heading with a rule.
pub const RULE_MARGIN: Margin = Margin { left: 12, right: 8, top: 4, bottom: 4 };
/// Inside a badge.
pub const BADGE_MARGIN: Margin = Margin::symmetric(6, 0);
/// Inside a dialog.
pub const DIALOG_MARGIN: f32 = 24.0;

/// The colours of a theme.
#[derive(Debug)]
pub struct Palette {
    /// Behind everything.
    pub ground: Color32,
    /// Pages, cards, dialogs, cells.
    pub surface: Color32,
    /// Bands and heads.
    pub band: Color32,
    /// Lines between things.
    pub line: Color32,
    /// Edges of buttons.
    pub soft: Color32,
    /// Edges of fields and of marks.
    pub edge: Color32,
    /// Handles of bars to scroll by.
    pub handle: Color32,
    /// Words.
    pub text: Color32,
    /// Words of second rank.
    pub second: Color32,
    /// What leads on, what is chosen, what has the focus.
    pub accent: Color32,
    /// The same below the pointer.
    pub accent_hover: Color32,
    /// Words on it.
    pub on_accent: Color32,
    /// Ground of what is chosen.
    pub tint: Color32,
    /// Ground of selected text and pressed tabs.
    pub selection: Color32,
    /// Ground below the pointer.
    pub hover: Color32,
    /// In order.
    pub done: Color32,
    /// To be looked at.
    pub caution: Color32,
    /// Its ground.
    pub caution_tint: Color32,
    /// Wrong.
    pub error: Color32,
    /// Its ground.
    pub error_tint: Color32,
    /// Words that came.
    pub came: Color32,
    /// Words that went.
    pub went: Color32,
    /// Ground of what was found.
    pub found: Color32,
    /// The same where one has gone to it.
    pub found_here: Color32,
}

const fn rgb(code: u32) -> Color32 {
    let [_, r, g, b] = code.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

/// By day.
pub const LIGHT: Palette = Palette {
    ground: rgb(0xF6_F7_F9),
    surface: rgb(0xFF_FF_FF),
    band: rgb(0xEE_F1_F6),
    line: rgb(0xDD_E1_E7),
    soft: rgb(0xC5_CC_D6),
    edge: rgb(0x8C_95_A3),
    handle: rgb(0xB9_C1_CC),
    text: rgb(0x1B_1F_26),
    second: rgb(0x5A_64_72),
    accent: rgb(0x1F_5F_BF),
    accent_hover: rgb(0x18_4C_99),
    on_accent: rgb(0xFF_FF_FF),
    tint: rgb(0xE8_F0_FB),
    selection: rgb(0xD6_E6_FB),
    hover: rgb(0xF0_F4_FA),
    done: rgb(0x1E_7B_4A),
    caution: rgb(0x8A_5A_00),
    caution_tint: rgb(0xFF_F4_DC),
    error: rgb(0xB3_26_1E),
    error_tint: rgb(0xFD_EC_EA),
    came: rgb(0x1F_5F_BF),
    went: rgb(0xA3_2A_2A),
    found: rgb(0xFF_EC_B0),
    found_here: rgb(0xFF_C1_4D),
};

/// By night.
pub const DARK: Palette = Palette {
    ground: rgb(0x16_18_1C),
    surface: rgb(0x1E_21_26),
    band: rgb(0x2A_2F_37),
    line: rgb(0x34_3A_43),
    soft: rgb(0x4A_52_5E),
    edge: rgb(0x74_7E_8C),
    handle: rgb(0x4C_55_61),
    text: rgb(0xE7_EA_EE),
    second: rgb(0xA5_AF_BC),
    accent: rgb(0x7F_B0_FF),
    accent_hover: rgb(0xA3_C7_FF),
    on_accent: rgb(0x0E_17_26),
    tint: rgb(0x23_34_4D),
    selection: rgb(0x23_40_6B),
    hover: rgb(0x28_2D_35),
    done: rgb(0x7F_D1_9B),
    caution: rgb(0xF2_B9_5B),
    caution_tint: rgb(0x3A_2E_14),
    error: rgb(0xFF_8A_80),
    error_tint: rgb(0x42_20_1E),
    came: rgb(0x8C_C4_FF),
    went: rgb(0xFF_9C_94),
    found: rgb(0x55_45_10),
    found_here: rgb(0x7A_50_00),
};

/// Paper is white by day and by night.
pub const PAPER: Color32 = Color32::WHITE;
/// Lines and words of a chart on paper, what is grey in it, and the edge of an area.
pub const PAPER_INK: Color32 = Color32::BLACK;
/// See above.
pub const PAPER_SHADE: Color32 = Color32::from_gray(238);
/// See above.
pub const PAPER_EDGE: Color32 = Color32::from_gray(110);
/// The shadow of a sheet.
pub const PAPER_SHADOW: Color32 = Color32::from_black_alpha(40);
/// A cell on paper that one is in.
pub const PAPER_CELL: Color32 = rgb(0xFF_F3_C4);
/// The line around a cell on paper.
pub const PAPER_LINE: Color32 = LIGHT.accent;

/// The colours of the theme that is shown.
pub fn palette(visuals: &Visuals) -> &'static Palette {
    if visuals.dark_mode { &DARK } else { &LIGHT }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2, 1.4.3: words.
    const WORDS: f32 = 4.5;
    /// WCAG 2.2, 1.4.11: edges of fields, marks.
    const SHAPES: f32 = 3.0;

    fn luminance(color: Color32) -> f32 {
        let linear = |part: u8| {
            let part = f32::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
    }

    fn contrast(one: Color32, other: Color32) -> f32 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// Trials of the real window know by it that something is painted.
    #[test]
    fn scripts_look_for_the_ground() {
        let [red, green, blue, _] = LIGHT.ground.to_array();
        let bytes = format!(r"\x{blue:02x}\x{green:02x}\x{red:02x}");
        for script in
            [include_str!("../../../../scripts/torture/kill.py"), include_str!("../../../../scripts/measure-window.sh")]
        {
            assert!(script.contains(&bytes), "{bytes}");
        }
    }

    #[test]
    fn words_are_legible_on_every_ground_they_stand_on() {
        for palette in [&LIGHT, &DARK] {
            let Palette { ground, surface, band, tint, selection, hover, .. } = *palette;
            let grounds = [ground, surface, band, tint, hover];
            let mut pairs = Vec::new();
            for ground in grounds {
                pairs.extend([palette.text, palette.second, palette.accent].map(|words| (words, ground)));
            }
            for ground in grounds {
                let words = [palette.done, palette.caution, palette.error, palette.came, palette.went];
                pairs.extend(words.map(|words| (words, ground)));
            }
            pairs.push((palette.caution, palette.caution_tint));
            pairs.push((palette.text, palette.caution_tint));
            pairs.push((palette.error, palette.error_tint));
            pairs.push((palette.text, palette.error_tint));
            pairs.push((palette.second, palette.caution_tint));
            pairs.push((palette.second, palette.error_tint));
            pairs.push((palette.on_accent, palette.accent));
            pairs.push((palette.on_accent, palette.accent_hover));
            pairs.push((palette.accent, selection));
            pairs.push((palette.text, selection));
            pairs.push((palette.text, palette.found));
            pairs.push((palette.text, palette.found_here));
            for (words, ground) in pairs {
                assert!(contrast(words, ground) >= WORDS, "{words:?} on {ground:?}: {}", contrast(words, ground));
            }
        }
    }

    #[test]
    fn edges_and_marks_are_seen() {
        for palette in [&LIGHT, &DARK] {
            for ground in [palette.surface, palette.ground] {
                for shape in [palette.accent, palette.caution, palette.error] {
                    assert!(contrast(shape, ground) >= SHAPES, "{shape:?} on {ground:?}");
                }
            }
            assert!(contrast(palette.edge, palette.surface) >= SHAPES);
        }
    }

    #[test]
    fn distances_are_on_the_grid() {
        for distance in [XS, S, M, L, XL, XXL, END, CONTROL_HEIGHT, MAIN_HEIGHT, OPTION_HEIGHT, DIALOG_MARGIN] {
            assert!(distance % 4.0 == 0.0, "{distance}");
        }
    }
}
