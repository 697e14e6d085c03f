//! A number of entries. Full-width digits are taken as well; where the program counts, it says so.

use egui::{Id, Response, RichText, Ui, vec2};
use unicode_normalization::UnicodeNormalization;

use super::{Lines, TextCell};
use crate::draft::Edit;
use crate::ui::state::Cx;

/// A cell for a number.
pub struct NumberCell {
    /// Id of the cell.
    pub id: Id,
    /// Id of the label that names it.
    pub label: Id,
    /// The number as the author wrote it.
    pub own: Option<u32>,
    /// The number the program counts while the author wrote none.
    pub derived: Option<i64>,
}

impl NumberCell {
    /// Shows the cell; `edit` makes the edit of a new number.
    pub fn ui(self, ui: &mut Ui, cx: &mut Cx<'_>, edit: impl Fn(Option<u32>) -> Edit) -> Response {
        let text = self.own.map(|n| n.to_string()).unwrap_or_default();
        let hint = self.derived.map(|n| n.to_string()).unwrap_or_default();
        ui.horizontal(|ui| {
            let cell = TextCell { id: self.id, label: self.label, text: &text, lines: Lines::One, hint: &hint };
            let size = vec2(72.0, ui.spacing().interact_size.y);
            let response = ui
                .allocate_ui_with_layout(size, egui::Layout::top_down(egui::Align::Min), |ui| {
                    cell.ui(ui, cx, |text| edit(number(&text)))
                })
                .inner;
            if self.derived.is_some() {
                ui.label(RichText::new("自動で数えています").small().weak());
            }
            response
        })
        .inner
    }
}

/// The digits of a text as a number; anything else is left out.
fn number(text: &str) -> Option<u32> {
    text.nfkc().filter(char::is_ascii_digit).collect::<String>().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_any_width_are_a_number() {
        assert_eq!(number("１2"), Some(12));
        assert_eq!(number("3件"), Some(3));
        assert_eq!(number("三"), None);
    }
}
