//! Japanese input: whether text is being composed, seen from the events of a frame before any widget is shown.
//!
//! egui writes half-composed text into the string of a text field and reports a change. So the text cells ask here
//! whether a composition is open, and send no edit until it is over.

use egui::{Context, Event, ImeEvent, Key, Rect};

/// The state of the composition.
#[derive(Debug, Default)]
pub struct Ime {
    composing: Option<String>,
    /// Text that stayed in a field because the focus left while it was composed. Some input methods
    /// commit it once more, into the field that has the focus now.
    left_behind: Option<String>,
    /// Where the input method was told to show its candidates.
    place: Option<Rect>,
}

impl Ime {
    /// Whether text is being composed.
    pub fn is_composing(&self) -> bool {
        self.composing.is_some()
    }

    /// Reads the events of this frame. To be called before any widget is shown.
    ///
    /// Takes out the Enter key that ends a composition, and a commit of text that already stayed elsewhere.
    pub fn read(&mut self, ctx: &Context) {
        ctx.input_mut(|input| {
            let in_composition = self.composing.is_some();
            let mut committed = false;
            input.events.retain(|event| match event {
                Event::Ime(event) => {
                    committed |= matches!(event, ImeEvent::Commit(_));
                    self.take(event)
                }
                _ => true,
            });
            if in_composition || committed {
                input.events.retain(|event| !matches!(event, Event::Key { key: Key::Enter, pressed: true, .. }));
            }
        });
    }

    /// Leaves the candidates where the composition began while it stays on its line. To be called after all widgets are shown.
    ///
    /// Not only for the eye: while Xlib waits for the answer to a new place it holds back what the input method draws,
    /// until the next key. The last sign would not be seen, and lost by a click elsewhere.
    pub fn keep_place(&mut self, ctx: &Context) {
        ctx.output_mut(|output| {
            let shown = output.ime.as_mut().map(|ime| &mut ime.cursor_rect);
            match (shown, self.place) {
                (Some(shown), Some(place)) if self.is_composing() && place.y_range() == shown.y_range() => {
                    *shown = place
                }
                (shown, _) => self.place = shown.copied(),
            }
        });
    }

    fn take(&mut self, event: &ImeEvent) -> bool {
        match event {
            ImeEvent::Preedit { text, .. } => {
                self.composing = Some(text.clone()).filter(|text| !text.is_empty());
                if self.composing.is_some() {
                    self.left_behind = None;
                }
                true
            }
            ImeEvent::Commit(text) => {
                self.composing = None;
                self.left_behind.take().is_none_or(|left| left != *text)
            }
            _ => true,
        }
    }

    /// The focus left the field in which text was composed; the text stays there as it is.
    pub fn leave(&mut self) {
        if let Some(text) = self.composing.take() {
            self.left_behind = Some(text);
        }
    }
}

/// Whether the language settings let Japanese text through; without UTF-8 every character typed is lost on X11.
#[cfg(all(unix, not(target_os = "macos")))]
pub fn can_take_japanese() -> bool {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG")).unwrap_or_default();
    let locale = locale.to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8") || std::env::var_os("WAYLAND_DISPLAY").is_some()
}

/// Elsewhere they always do.
#[cfg(not(all(unix, not(target_os = "macos"))))]
pub fn can_take_japanese() -> bool {
    true
}
