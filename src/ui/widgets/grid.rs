//! Options stand on a grid: as many columns as their words allow, row by row in the order of the paper.

use egui::{FontId, TextStyle, Ui};

use crate::ui::state::theme;

/// Words up to so many em stand in three columns.
const THREE_COLUMNS_EM: f32 = 8.0;
/// Words up to so many em stand in two.
const TWO_COLUMNS_EM: f32 = 16.0;

/// Columns of equal width.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// How many.
    pub n: usize,
    /// How wide each is.
    pub width: f32,
}

impl Columns {
    /// The columns for options with these words.
    pub fn fitting(ui: &Ui, labels: impl Iterator<Item = impl AsRef<str>>) -> Self {
        let font = TextStyle::Body.resolve(ui.style());
        let widest = labels.map(|label| words_width(ui, label.as_ref(), &font)).fold(0.0, f32::max);
        let em = font.size;
        let room = ui.available_width();
        let most = if widest <= THREE_COLUMNS_EM * em {
            3
        } else if widest <= TWO_COLUMNS_EM * em {
            2
        } else {
            1
        };
        let needed = around(ui) + widest + theme::SIGN_SIDE;
        #[expect(clippy::cast_precision_loss, reason = "at most three columns")]
        let width = |n: usize| (room - theme::XL * (n - 1) as f32) / n as f32;
        let n = (1..=most).rev().find(|n| width(*n) >= needed).unwrap_or(1);
        Self { n, width: width(n) }
    }

    /// Shows the options of a row beside each other, or the one of a single column with all its room.
    pub fn row_ui(self, ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
        if self.n == 1 {
            return add(ui);
        }
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = theme::XL;
            add(ui);
        });
    }
}

/// Where the words of an option end, from its left edge.
pub fn end_of_words(ui: &Ui, label: &str) -> f32 {
    around(ui) + words_width(ui, label, &TextStyle::Body.resolve(ui.style()))
}

/// What an option has beside its words.
fn around(ui: &Ui) -> f32 {
    theme::MARK_SIDE + ui.spacing().icon_spacing + theme::OPTION_MARGIN.sum().x
}

/// The width of words in one line.
pub fn words_width(ui: &Ui, words: &str, font: &FontId) -> f32 {
    ui.fonts_mut(|fonts| words.chars().map(|c| fonts.glyph_width(font, c)).sum())
}
