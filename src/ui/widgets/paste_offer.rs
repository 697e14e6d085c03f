//! What is offered below a cell after a paste. It goes away with the next change of the cell.

use egui::{Id, RichText, Ui};

use crate::ui::state::writing::Act;
use crate::ui::state::{Cx, words};

/// Shows the offer of a cell below it; `text` is what stands in the cell.
pub fn offer_ui(ui: &mut Ui, cx: &mut Cx<'_>, cell: Id, text: &str) {
    let writing = &mut cx.view.writing;
    writing.offer.take_if(|offer| offer.cell == cell && offer.after != text);
    let Some(offer) = writing.offer.clone().filter(|offer| offer.cell == cell) else { return };
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("貼り付けた文章").small().weak());
        let choices = [
            (&offer.cleaned, "引用符とタブを取る", "表計算ソフトの引用符とタブを取り除きます"),
            (&offer.joined, "改行をつなげる", "行の途中で折り返された改行を取り除きます"),
        ];
        for (tidy, name, hint) in choices {
            let Some(tidy) = tidy else { continue };
            if ui.button(name).on_hover_text(format!("{hint}。「元に戻す」で戻せます")).clicked() {
                writing.ask(cell, Act::Put { range: 0..usize::MAX, text: tidy.clone() });
                writing.offer = None;
            }
        }
        if ui.button("このまま").on_hover_text(words::CLOSE).clicked() {
            writing.offer = None;
        }
    });
}
