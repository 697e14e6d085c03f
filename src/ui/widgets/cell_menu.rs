//! The menu of a text cell: right mouse button, menu key or Shift+F10.

use egui::{Button, Key, Modifiers, PointerButton, Popup, Response, SetOpenCommand, Ui, ViewportCommand};

use crate::ui::state::Cx;
use crate::ui::state::command::Command;
use crate::ui::state::writing::{Act, select, selection};

/// Commands at the end of the menu.
const COMMANDS: [Command; 3] = [Command::Undo, Command::Phrases, Command::Elsewhere];

/// Shows the menu of a cell where it is asked for; `text` is what stands in the cell.
pub fn menu_ui(ui: &mut Ui, cx: &mut Cx<'_>, response: &Response, text: &str) {
    if !ui.is_enabled() {
        return;
    }
    keep_selection(ui, cx, response);
    let keyed = response.has_focus() && !cx.view.ime.is_composing() && is_key_pressed(ui);
    let popup = Popup::context_menu(response);
    let id = popup.get_id();
    if keyed {
        cx.view.writing.menu = Some((response.id, response.rect.left_top() + egui::vec2(24.0, 24.0)));
    } else if response.secondary_clicked() || !Popup::is_id_open(ui.ctx(), id) {
        cx.view.writing.menu.take_if(|(cell, _)| *cell == response.id);
    }
    let popup = match cx.view.writing.menu.filter(|(cell, _)| *cell == response.id) {
        Some((_, at)) if keyed => popup.open_memory(Some(SetOpenCommand::Bool(true))).at_position(at),
        Some((_, at)) => popup.at_position(at),
        None => popup,
    };
    popup.show(|ui| entries_ui(ui, cx, response, text, keyed));
}

fn is_key_pressed(ui: &Ui) -> bool {
    ui.input_mut(|input| input.consume_key(Modifiers::SHIFT, Key::F10) || input.consume_key(Modifiers::NONE, Key::Menu))
}

/// A press of the right button puts the cursor there and so ends the selection: inside of it, it must not.
fn keep_selection(ui: &Ui, cx: &Cx<'_>, response: &Response) {
    let pressed = ui.input(|input| input.pointer.button_pressed(PointerButton::Secondary));
    let before = cx.view.writing.cursor.as_ref().filter(|cursor| cursor.cell == response.id);
    let Some(before) = before.filter(|_| pressed && response.hovered()) else { return };
    if let Some(now) = selection(ui, response.id)
        && before.range.start <= now.start
        && now.end <= before.range.end
        && !before.range.is_empty()
    {
        select(ui, response.id, &before.range);
    }
}

fn entries_ui(ui: &mut Ui, cx: &mut Cx<'_>, response: &Response, text: &str, take_focus: bool) {
    let cell = response.id;
    let in_file = cx.view.current.as_ref().is_some_and(|path| path.file.is_some());
    let writing = &mut cx.view.writing;
    let cursor = writing.cursor.as_ref().filter(|cursor| cursor.cell == cell).cloned();
    let range = cursor.as_ref().map(|cursor| cursor.range.clone()).unwrap_or_default();
    let selected = cursor.as_ref().map(|cursor| cursor.selected().to_owned()).unwrap_or_default();
    let some = !selected.is_empty();
    let entry = |ui: &mut Ui, possible: bool, name: &str, keys: &str| {
        ui.add_enabled(possible, Button::new(name).shortcut_text(keys))
    };
    let cut = entry(ui, some, "切り取り", "Ctrl+X");
    if cut.clicked() {
        ui.ctx().copy_text(selected.clone());
        writing.ask(cell, Act::put(range.clone(), String::new()));
    }
    if entry(ui, some, "コピー", "Ctrl+C").clicked() {
        ui.ctx().copy_text(selected);
        writing.ask(cell, Act::Show { range: range.clone(), focus: true, or_else: None });
    }
    let paste = entry(ui, true, "貼り付け", "Ctrl+V");
    if paste.clicked() {
        select(ui, cell, &range);
        ui.ctx().send_viewport_cmd(ViewportCommand::RequestPaste);
    }
    if entry(ui, !text.is_empty(), "すべて選択", "Ctrl+A").clicked() {
        writing.ask(cell, Act::Show { range: 0..usize::MAX, focus: true, or_else: None });
    }
    if take_focus {
        (if some { cut } else { paste }).request_focus();
    }
    ui.separator();
    for command in COMMANDS {
        let possible = match command {
            Command::Undo => cx.session.undo_name().is_some(),
            Command::Elsewhere => in_file && cx.session.document().files.len() > 1,
            _ => true,
        };
        if entry(ui, possible, command.name(), &command.key_name()).clicked() {
            writing.asked.push(command);
        }
    }
}
