//! A cell of text: grows with what is written, and deals with Japanese input.
//!
//! While text is being composed the cell keeps its own buffer ([`Held`]) and sends no edit; the edit goes out when
//! the composition ends. If the cell goes away before that (another page, another window), what was composed is sent
//! as it is: nothing is lost, and composing text is never an edit.

use egui::text::LayoutJob;
use egui::{
    Id, Key, Modifiers, Response, RichText, ScrollArea, TextBuffer, TextEdit, TextStyle, Ui, ViewportCommand, vec2,
};

use super::Cx;
use crate::draft::Edit;
use crate::ui::theme;
use crate::ui::view::Held;

/// How a text may break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// No line breaks of the author; a long text wraps all the same.
    One,
    /// The author's line breaks; so many rows are shown at least.
    Several(usize),
}

/// A cell of text.
pub struct TextCell<'a> {
    /// Id of the cell.
    pub id: Id,
    /// Id of the label that names it.
    pub label: Id,
    /// The text in the draft.
    pub text: &'a str,
    /// How it may break.
    pub lines: Lines,
    /// Shown while the cell is empty.
    pub hint: &'a str,
}

impl TextCell<'_> {
    /// Shows the cell; a change leaves as the edit that `edit` makes of the new text.
    pub fn ui(self, ui: &mut Ui, cx: &mut Cx<'_>, edit: impl Fn(String) -> Edit) -> Response {
        let held = cx.view.held.take_if(|held| held.cell == self.id);
        let was_held = held.is_some();
        let mut buffer = held.map_or_else(|| self.text.to_owned(), |held| held.text);
        let response = self.show(ui, &mut buffer);
        self.menu(&response);
        let focused = response.has_focus();
        if self.lines == Lines::One && buffer.contains('\n') && !cx.view.ime.is_composing() {
            buffer = buffer.replace("\r\n", " ").replace(['\n', '\r'], " ");
        }
        let open = focused && cx.view.ime.is_composing();
        if open && (was_held || buffer != self.text) || was_held && !focused {
            // Only one text is composed at a time: what another cell still holds goes first.
            if let Some(other) = cx.view.held.take() {
                cx.edits.push(other.edit);
            }
            let edit = edit(buffer.clone());
            cx.view.held = Some(Held { cell: self.id, text: buffer, edit, open });
        } else if buffer != self.text {
            cx.edits.push(edit(buffer));
        }
        response
    }

    /// The text field; beyond a certain height it scrolls inside itself.
    fn show(&self, ui: &mut Ui, buffer: &mut String) -> Response {
        let rows = match self.lines {
            Lines::One => 1,
            Lines::Several(rows) => rows,
        };
        let return_key = (self.lines != Lines::One).then(|| egui::KeyboardShortcut::new(Modifiers::NONE, Key::Enter));
        let height_id = self.id.with("height");
        let height: f32 = ui.data(|data| data.get_temp(height_id)).unwrap_or(0.0);
        let mut layouter = |ui: &Ui, text: &dyn TextBuffer, width: f32| {
            let (font, color) = (TextStyle::Body.resolve(ui.style()), ui.visuals().widgets.inactive.text_color());
            let mut job = LayoutJob::simple(text.as_str().to_owned(), font, color, width);
            for section in &mut job.sections {
                section.format.line_height = Some(theme::LINE_HEIGHT);
            }
            ui.fonts_mut(|fonts| fonts.layout_job(job))
        };
        let mut add = |ui: &mut Ui| {
            TextEdit::multiline(buffer)
                .id(self.id)
                .desired_width(f32::INFINITY)
                .desired_rows(rows)
                .return_key(return_key)
                .hint_text(self.hint)
                .margin(vec2(6.0, 4.0))
                .layouter(&mut layouter)
                .show(ui)
        };
        let output = if height > theme::CELL_MAX_HEIGHT {
            let area = ScrollArea::vertical().id_salt(self.id.with("scroll")).max_height(theme::CELL_MAX_HEIGHT);
            area.show(ui, add).inner
        } else {
            add(ui)
        };
        ui.data_mut(|data| data.insert_temp(height_id, output.galley.size().y));
        output.response.response.labelled_by(self.label)
    }

    /// The menu of the right mouse button.
    fn menu(&self, response: &Response) {
        response.context_menu(|ui| {
            let commands = [
                ("切り取り", ViewportCommand::RequestCut),
                ("コピー", ViewportCommand::RequestCopy),
                ("貼り付け", ViewportCommand::RequestPaste),
            ];
            for (name, command) in commands {
                if ui.button(name).clicked() {
                    ui.memory_mut(|memory| memory.request_focus(self.id));
                    ui.ctx().send_viewport_cmd(command);
                    ui.close();
                }
            }
        });
    }
}

/// The number of characters, below the right end of a cell.
pub fn counter_ui(ui: &mut Ui, text: &str) {
    let n_chars = text.chars().filter(|c| *c != '\n').count();
    if n_chars > 0 {
        let words = RichText::new(format!("{n_chars}字")).small().weak();
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| ui.label(words));
    }
}
