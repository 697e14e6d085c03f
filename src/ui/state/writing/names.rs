//! What is known of the list of names below a cell.

use egui::{Id, Key, Modifiers, Rect};

/// The list and what was done with it.
#[derive(Debug, Default)]
pub struct Names {
    /// The list on the screen.
    pub open: Option<Open>,
    /// The cell in which the list was closed, and what stood there: it stays closed until that changes.
    pub closed: Option<(Id, String)>,
    /// The names of a cell at one version of the draft.
    pub known: Option<(u64, Id, Vec<String>)>,
}

/// The list on the screen.
#[derive(Debug)]
pub struct Open {
    /// The cell.
    pub cell: Id,
    /// What stands in it.
    pub text: String,
    /// The names.
    pub names: Vec<String>,
    /// The one that the arrow keys chose.
    pub chosen: Option<usize>,
    /// Where the list is.
    pub rect: Rect,
}

impl Names {
    /// Whether the list of that cell is on the screen: the Escape key is then for the list.
    pub fn is_open(&self, cell: Id) -> bool {
        self.open.as_ref().is_some_and(|open| open.cell == cell)
    }

    /// Takes the keys that are for the list before any widget sees them; returns the cell and the name that was taken.
    pub(super) fn read_keys(&mut self, ctx: &egui::Context, composing: bool) -> Option<(Id, String)> {
        let open = self.open.as_mut()?;
        if composing || !ctx.memory(|memory| memory.has_focus(open.cell)) {
            return None;
        }
        let pressed = |key: Key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let last = open.names.len().saturating_sub(1);
        if pressed(Key::ArrowDown) {
            open.chosen = Some(open.chosen.map_or(0, |chosen| (chosen + 1).min(last)));
        }
        if open.chosen.is_some() && pressed(Key::ArrowUp) {
            open.chosen = open.chosen.and_then(|chosen| chosen.checked_sub(1));
        }
        let entered = open.chosen.and_then(|chosen| open.names.get(chosen)).cloned();
        if let Some(name) = entered.filter(|_| pressed(Key::Enter)) {
            let cell = open.cell;
            self.close(cell, name.clone());
            return Some((cell, name));
        }
        if pressed(Key::Escape) {
            let (cell, text) = (open.cell, open.text.clone());
            self.close(cell, text);
        }
        None
    }

    /// Closes the list; it stays closed until the cell says something else.
    pub fn close(&mut self, cell: Id, text: String) {
        self.open = None;
        self.closed = Some((cell, text));
    }
}
