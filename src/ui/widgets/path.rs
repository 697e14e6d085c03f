//! A typed path, and a button for the system's own dialog; where there is none, the field says so.

use std::path::PathBuf;

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Id, Key, Modifiers, RichText, TextBuffer, TextEdit, TextStyle, Ui};

use super::elide::cut_before;

use crate::form::Severity;
use crate::ui::state::picker::{self, Pick, PickPurpose};
use crate::ui::state::theme;
use crate::workspace::settings::documents_folder;

/// Room for the button beside the field.
const BUTTON_WIDTH: f32 = 90.0;

/// What is done at a path.
#[derive(Debug)]
pub struct Typed {
    /// The system's dialog is asked for.
    pub pick: Option<Pick>,
    entered: bool,
    field: Id,
}

impl Typed {
    /// Puts the cursor into the field.
    fn go_there(&self, ui: &Ui) {
        ui.memory_mut(|memory| memory.request_focus(self.field));
    }

    /// The same where the system has no dialog: that is said there.
    pub fn stands_in(&self, ui: &Ui) {
        picker::note_failure(ui.ctx(), self.field);
        self.go_there(ui);
    }

    /// The system's dialog for a document, wherever it is; without a dialog the path is written into this field.
    pub fn pick_anywhere(&self) -> Pick {
        Pick { purpose: PickPurpose::Open, proposed: documents_folder(), field: Some(self.field) }
    }

    /// Whether Enter was pressed in the field; nothing else sees the key then, and the field keeps the focus.
    pub fn enter(&self, ui: &Ui) -> bool {
        if self.entered {
            ui.memory_mut(|memory| memory.request_focus(self.field));
        }
        self.entered && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter))
    }
}

fn cursor_to_end(ui: &Ui, field: Id, text: &str) {
    let mut state = TextEditState::load(ui.ctx(), field).unwrap_or_default();
    let end = CCursor::new(text.chars().count());
    state.cursor.set_char_range(Some(CCursorRange::one(end)));
    state.store(ui.ctx(), field);
}

/// Shows the field; `id` tells the fields of a screen apart.
pub fn path_ui(ui: &mut Ui, id: &str, label: Id, text: &mut String, purpose: PickPurpose) -> Typed {
    let typed = ui.horizontal(|ui| {
        let width = (ui.available_width() - BUTTON_WIDTH).max(120.0);
        let field_id = ui.make_persistent_id(id);
        // Of a long path the end matters, where the name of the file is; whoever writes in it sees it as it is.
        let mut layouter = |ui: &Ui, text: &dyn TextBuffer, _: f32| {
            let font = TextStyle::Body.resolve(ui.style());
            let has_focus = ui.memory(|memory| memory.focused().is_some_and(|focused| focused == field_id));
            let room = width - ui.spacing().button_padding.x * 2.0;
            let shown = if has_focus { text.as_str().to_owned() } else { cut_before(ui, text.as_str(), &font, room) };
            let color = ui.visuals().widgets.inactive.text_color();
            ui.fonts_mut(|fonts| fonts.layout_no_wrap(shown, font, color))
        };
        let field = TextEdit::singleline(text).id(field_id).desired_width(width).layouter(&mut layouter);
        let field = ui.add(field).labelled_by(label);
        if field.gained_focus() {
            // What was clicked was the shortened path: the cursor goes to its end, which is what was seen.
            cursor_to_end(ui, field_id, text);
        }
        let field = if text.trim().is_empty() { field } else { field.on_hover_text(&*text) };
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let proposed = if text.trim().is_empty() { documents_folder() } else { PathBuf::from(text.trim()) };
        let pick = ui.button("選ぶ…").clicked().then_some(Pick { purpose, proposed, field: Some(field.id) });
        Typed { pick, entered, field: field.id }
    });
    let typed = typed.inner;
    if picker::has_failed_at(ui.ctx(), typed.field) {
        let color = theme::severity(ui.visuals(), Severity::Warning);
        ui.label(RichText::new(picker::NO_DIALOG).color(color));
    }
    typed
}
