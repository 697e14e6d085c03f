//! The comforts of writing: what a text cell offers beyond typing. Nothing of it is saved.
//! Holds the cursor of the cell written in last, what is to be done in a cell when it is next shown, the offer after a
//! paste, the list of known names, and the search.
//! Never: makes an edit itself; what is put into a cell goes out through the cell's own edit.
//! Start with [`Writing`], then `widgets/text.rs`, which asks it.

mod names;
mod offer;
mod search;

use std::ops::Range;

use egui::text::{CCursor, CCursorRange};
use egui::{Id, Pos2, Ui};

pub use names::{Names, Open as OpenNames};
pub use offer::{Pasted, Pasting, put_right};
pub use search::{Search, cell_of};

use crate::draft::Edit;
use crate::form::FieldPath;
use crate::ui::state::command::Command;

/// Frames after which something to be done in a cell that is not shown is given up.
const LONGEST_WAIT: u8 = 3;

/// The state of the comforts in one document.
#[derive(Debug, Default)]
pub struct Writing {
    /// The cell written in last, while it is on the page.
    pub cursor: Option<Cursor>,
    /// The cell whose menu was opened by key, and where.
    pub menu: Option<(Id, Pos2)>,
    /// What is offered after a paste.
    pub offer: Option<Pasted>,
    /// The list of known names.
    pub names: Names,
    /// Commands asked for in the menu of a cell.
    pub asked: Vec<Command>,
    /// The search, while its panel is open.
    pub search: Option<Search>,
    /// Whether the answers of other files are to be shown in this frame.
    pub show_elsewhere: bool,
    todo: Option<Todo>,
}

/// The cell written in last.
#[derive(Clone, Debug)]
pub struct Cursor {
    /// The cell.
    pub cell: Id,
    /// The item it belongs to, unless it is no answer.
    pub item: Option<FieldPath>,
    /// Its text.
    pub text: String,
    /// What is selected, in characters.
    pub range: Range<usize>,
    /// Whether the cell was shown in this frame.
    shown: bool,
}

impl Cursor {
    /// The selected text.
    pub fn selected(&self) -> &str {
        between(&self.text, &self.range)
    }
}

/// A text that is dragged onto a cell.
#[derive(Clone, Debug)]
pub struct Dragged {
    /// The text.
    pub text: String,
    /// What is done in the same step as it is put there.
    pub along: Option<Box<Edit>>,
}

/// Something to be done in a cell when it is next shown.
#[derive(Debug)]
struct Todo {
    cell: Id,
    act: Act,
    age: u8,
}

/// What can be done in a cell. Ranges are in characters.
#[derive(Debug)]
pub enum Act {
    /// Shows the range in the middle of the page and selects it, with or without moving the focus there.
    Show {
        /// The range.
        range: Range<usize>,
        /// Whether the cell gets the focus.
        focus: bool,
        /// The answer to go to where the cell is not on the screen.
        or_else: Option<FieldPath>,
    },
    /// Puts a text in the place of the range; the end of the range may lie behind the end of the text.
    Put {
        /// The range.
        range: Range<usize>,
        /// The text.
        text: String,
        /// What is done with it in the same step.
        along: Option<Box<Edit>>,
    },
}

impl Act {
    /// Puts a text in the place of the range, and nothing besides.
    pub fn put(range: Range<usize>, text: String) -> Self {
        Act::Put { range, text, along: None }
    }
}

/// What was done in a cell before it is shown.
#[derive(Debug, Default)]
pub struct DoneInCell {
    /// Whether text was put in: a step of its own for undo.
    pub put: bool,
    /// What goes along with it in that step.
    pub along: Option<Edit>,
    /// The character to bring into view.
    pub scroll_to: Option<usize>,
}

impl Writing {
    /// To be called before any widget is shown; `composing` says whether Japanese is being composed. Returns the answer of
    /// a cell that was to be shown and is not on the screen.
    pub fn begin_frame(&mut self, ctx: &egui::Context, composing: bool) -> Option<FieldPath> {
        if self.cursor.take_if(|cursor| !cursor.shown).is_none()
            && let Some(cursor) = &mut self.cursor
        {
            cursor.shown = false;
        }
        if let Some((cell, name)) = self.names.read_keys(ctx, composing) {
            self.ask(cell, Act::put(0..usize::MAX, name));
        }
        if let Some(todo) = &mut self.todo {
            todo.age += 1;
        }
        match self.todo.take_if(|todo| todo.age > LONGEST_WAIT + 1)?.act {
            Act::Show { or_else, .. } => or_else,
            Act::Put { .. } => None,
        }
    }

    /// Whether a place in a cell is being brought into sight.
    pub fn shows(&self) -> bool {
        matches!(self.todo, Some(Todo { act: Act::Show { .. }, .. }))
    }

    /// Has something done in a cell when it is next shown.
    pub fn ask(&mut self, cell: Id, act: Act) {
        self.todo = Some(Todo { cell, act, age: 0 });
    }

    /// Says which item a cell of text belongs to.
    pub fn belongs(&mut self, cell: Id, item: &FieldPath) {
        if let Some(cursor) = self.cursor.as_mut().filter(|cursor| cursor.cell == cell) {
            cursor.item = Some(item.clone());
        }
    }

    /// The cell a text can be put into: the one in focus, or the one of the current item that was written in last.
    pub fn target(&self, current: Option<&FieldPath>, focused: Option<Id>) -> Option<&Cursor> {
        let is_meant =
            |cursor: &&Cursor| focused == Some(cursor.cell) || current.is_some() && cursor.item.as_ref() == current;
        self.cursor.as_ref().filter(is_meant)
    }

    /// Puts a text where the cursor is, or was last; `along` is done in the same step.
    pub fn insert(&mut self, text: String, along: Option<Edit>) {
        if let Some(cursor) = &self.cursor {
            let (cell, range) = (cursor.cell, cursor.range.clone());
            self.ask(cell, Act::Put { range, text, along: along.map(Box::new) });
        }
    }

    /// Does what was asked for in this cell.
    pub fn carry_out(&mut self, ui: &Ui, cell: Id, text: &mut String) -> DoneInCell {
        let Some(todo) = self.todo.take_if(|todo| todo.cell == cell && todo.age > 0) else {
            if self.todo.is_some() {
                // A click elsewhere takes the focus away in its own frame.
                ui.ctx().request_repaint();
            }
            return DoneInCell::default();
        };
        let n_chars = text.chars().count();
        let clamp = |range: &Range<usize>| range.start.min(n_chars)..range.end.min(n_chars);
        match todo.act {
            Act::Show { range, focus, .. } => {
                let range = clamp(&range);
                if focus && ui.is_enabled() {
                    select(ui, cell, &range);
                }
                // On a page just turned to, heights are final only some frames later.
                if todo.age < LONGEST_WAIT {
                    let act = Act::Show { range: range.clone(), focus: false, or_else: None };
                    self.todo = Some(Todo { cell, act, age: todo.age });
                    ui.ctx().request_repaint();
                }
                DoneInCell { scroll_to: Some(range.start), ..DoneInCell::default() }
            }
            Act::Put { .. } if !ui.is_enabled() => DoneInCell::default(),
            Act::Put { range, text: new, along } => {
                let range = clamp(&range);
                let bytes = bytes(text, &range);
                text.replace_range(bytes, &new);
                let end = range.start + new.chars().count();
                select(ui, cell, &(end..end));
                DoneInCell { put: true, along: along.map(|along| *along), scroll_to: None }
            }
        }
    }

    /// Takes note of the cursor of the cell that has the focus.
    pub fn note_cursor(&mut self, ui: &Ui, cell: Id, text: &str, focused: bool) {
        if focused {
            let range = selection(ui, cell).unwrap_or_default();
            let item = self.cursor.take().filter(|cursor| cursor.cell == cell).and_then(|cursor| cursor.item);
            self.cursor = Some(Cursor { cell, item, text: text.to_owned(), range, shown: true });
        } else if let Some(cursor) = self.cursor.as_mut().filter(|cursor| cursor.cell == cell) {
            cursor.shown = true;
            if cursor.text != text {
                let n_chars = text.chars().count();
                cursor.range = n_chars..n_chars;
                text.clone_into(&mut cursor.text);
            }
        }
    }
}

/// What is selected in a text field, in characters.
pub fn selection(ui: &Ui, cell: Id) -> Option<Range<usize>> {
    let range = egui::text_edit::TextEditState::load(ui.ctx(), cell)?.cursor.char_range()?;
    let (one, other) = (range.primary.index.0, range.secondary.index.0);
    Some(one.min(other)..one.max(other))
}

/// Gives a text field the focus and selects a range in it.
pub fn select(ui: &Ui, cell: Id, range: &Range<usize>) {
    ui.memory_mut(|memory| memory.request_focus(cell));
    let mut state = egui::text_edit::TextEditState::load(ui.ctx(), cell).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(range.start), CCursor::new(range.end))));
    state.store(ui.ctx(), cell);
}

/// A range of characters as a range of bytes.
fn bytes(text: &str, range: &Range<usize>) -> Range<usize> {
    let byte = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(at, _)| at);
    byte(range.start)..byte(range.end)
}

fn between<'a>(text: &'a str, range: &Range<usize>) -> &'a str {
    text.get(bytes(text, range)).unwrap_or_default()
}
