//! What is offered below a cell after a paste. It goes away with the next change of the cell.

use std::borrow::Cow;
use std::ops::Range;

use egui::{Context, Event, Id, Ui};

use super::{bytes, selection};
use crate::pasted::{self, Offer};

/// Puts right what only another program can mean in the pastes of this frame. To be called before any widget is shown.
pub fn put_right(ctx: &Context) {
    ctx.input_mut(|input| {
        for event in &mut input.events {
            if let Event::Paste(text) = event
                && let Cow::Owned(arrived) = pasted::arrived(text)
            {
                *text = arrived;
            }
        }
    });
}

/// A paste that could be tidier.
#[derive(Clone, Debug)]
pub struct Pasted {
    /// The cell.
    pub cell: Id,
    /// The cell after the paste; the offer stands as long as it says this.
    pub after: String,
    /// The cell with the lines joined.
    pub joined: Option<String>,
    /// The cell without quotes and tabs.
    pub cleaned: Option<String>,
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
