//! What is offered below a cell after a paste. It goes away with the next change of the cell.

use std::ops::Range;

use egui::{Event, Id, RichText, Ui};

use super::{Act, bytes, selection};
use crate::pasted::Offer;
use crate::ui::widgets::Cx;
use crate::ui::words;

/// A paste that could be tidier.
#[derive(Clone, Debug)]
pub struct Pasted {
    cell: Id,
    /// The cell after the paste; the offer stands as long as it says this.
    after: String,
    /// The cell with the lines joined.
    joined: Option<String>,
    /// The cell without quotes and tabs.
    cleaned: Option<String>,
}

/// A paste that is about to go into a cell.
pub struct Pasting {
    offer: Offer,
    before: String,
    range: Range<usize>,
}

impl Pasting {
    /// The paste of this frame, where there is something to offer for it. To be asked before the cell is shown.
    pub fn seen(ui: &Ui, cell: Id, text: &str) -> Option<Self> {
        if !ui.memory(|memory| memory.has_focus(cell)) {
            return None;
        }
        let paste = ui.input(|input| {
            input.events.iter().find_map(|event| match event {
                Event::Paste(text) => Some(text.clone()),
                _ => None,
            })
        })?;
        let offer = Offer::for_text(&paste)?;
        Some(Self { offer, before: text.to_owned(), range: selection(ui, cell).unwrap_or_default() })
    }

    /// The offer for the cell that now says `after`.
    pub fn finish(self, cell: Id, after: &str) -> Pasted {
        let whole = |tidy: String| {
            let mut text = self.before.clone();
            text.replace_range(bytes(&text, &self.range), &tidy);
            Some(text).filter(|text| text != after)
        };
        let joined = self.offer.joined.and_then(whole);
        let cleaned = self.offer.cleaned.and_then(whole);
        Pasted { cell, after: after.to_owned(), joined, cleaned }
    }
}

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
