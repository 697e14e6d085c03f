//! コマンドを探す: a command found by a part of its name or of what it does.

use egui::{Button, Key, Modifiers, RichText, TextEdit, Ui};

use super::ask::Ask;
use super::frame::{foot, main_act, steady_body};
use crate::ui::state::command::Command;
use crate::ui::state::words;
use crate::ui::widgets::keep_focus_in_sight;

/// Height of the list.
const LIST_HEIGHT: f32 = 320.0;

/// What is looked for.
pub struct CommandPalette {
    possible: Vec<Command>,
    query: String,
    /// The one that Enter carries out, among those found.
    chosen: usize,
}

impl CommandPalette {
    /// Looks among these.
    pub fn new(possible: Vec<Command>) -> Self {
        let possible = possible.into_iter().filter(|command| *command != Command::Palette).collect();
        Self { possible, query: String::new(), chosen: 0 }
    }

    /// Shows the dialog.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let step = |key| usize::from(ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)));
        let (down, up) = (step(Key::ArrowDown), step(Key::ArrowUp));
        let label = ui.label(RichText::new(Command::Palette.name().trim_end_matches('…'))).id;
        let field = TextEdit::singleline(&mut self.query).id_salt("palette").hint_text("例　PDF、前回、大きく");
        let typed = ui.add(field.desired_width(f32::INFINITY)).labelled_by(label);
        if typed.changed() {
            self.chosen = 0;
        }
        let found = self.found();
        self.chosen = (self.chosen + down).saturating_sub(up).min(found.len().saturating_sub(1));
        let clicked = steady_body(ui, LIST_HEIGHT, |ui| {
            let clicked = list_ui(ui, &found, self.chosen, down + up > 0);
            keep_focus_in_sight(ui);
            clicked
        });
        let chosen = found.get(self.chosen).copied();
        let asked = foot(ui, |ui| {
            let done = main_act(ui, chosen.is_some(), "実行する");
            let close = ui.button(words::CANCEL).clicked().then_some(Ask::Close);
            chosen.filter(|_| done).map(Ask::Command).or(close)
        });
        clicked.map(Ask::Command).or(asked)
    }

    /// The commands whose name or explanation has every word that was typed, names first.
    fn found(&self) -> Vec<Command> {
        let query = self.query.to_lowercase();
        let words: Vec<&str> = query.split_whitespace().collect();
        let has = |text: &str| words.iter().all(|word| text.to_lowercase().contains(word));
        let fits = |command: &Command| has(&format!("{} {}", command.name(), command.explanation()));
        let mut found: Vec<Command> = self.possible.iter().copied().filter(fits).collect();
        found.sort_by_key(|command| !has(command.name()));
        found
    }
}

fn list_ui(ui: &mut Ui, found: &[Command], chosen: usize, moved: bool) -> Option<Command> {
    let mut clicked = None;
    if found.is_empty() {
        ui.label(RichText::new("見つかりません。別の言葉で探してください").weak());
    }
    for (index, command) in found.iter().enumerate() {
        let button = Button::selectable(index == chosen, command.name()).shortcut_text(command.key_name());
        let response = ui.push_id(index, |ui| ui.add(button.min_size(egui::vec2(ui.available_width(), 0.0)))).inner;
        if index == chosen && moved {
            response.scroll_to_me(None);
        }
        if response.on_hover_text(command.explanation()).clicked() {
            clicked = Some(*command);
        }
    }
    clicked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(query: &str) -> Vec<Command> {
        let mut palette = CommandPalette::new(Command::all().collect());
        palette.query = query.to_owned();
        palette.found()
    }

    #[test]
    fn a_command_is_found_by_any_part_of_what_it_is_called() {
        assert_eq!(found("pdf").first(), Some(&Command::ExportPdf));
        assert_eq!(found("新旧").first(), Some(&Command::Contrast));
        assert_eq!(found("前回 比べる").first(), Some(&Command::Compare));
        assert!(found("どこにもない言葉").is_empty());
        assert_eq!(found("").len() + 1, Command::all().count());
    }
}
