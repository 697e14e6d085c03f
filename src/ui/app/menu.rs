//! The menu bar: every command, and whether it is possible now.

use egui::{MenuBar, Ui};

use super::{App, Screen};
use crate::ui::state::command::{Command, MENUS};
use crate::ui::state::words;

impl App {
    pub(super) fn menu_ui(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) {
        MenuBar::new().ui(ui, |ui| {
            for (title, list) in MENUS {
                ui.menu_button(*title, |ui| {
                    for command in *list {
                        let button = egui::Button::new(self.name_of(*command)).shortcut_text(command.key_name());
                        let response = ui.add_enabled(self.is_possible(*command), button);
                        if response.on_hover_text(command.explanation()).clicked() {
                            commands.push(*command);
                        }
                    }
                });
            }
            if self.screen == Screen::Start || self.work.is_none() {
                return;
            }
            ui.separator();
            for command in [Command::Undo, Command::Redo, Command::Submission, Command::ExportPdf] {
                let hint = format!("{}（{}）", self.name_of(command), command.key_name());
                let button = egui::Button::new(command.name());
                if ui.add_enabled(self.is_possible(command), button).on_hover_text(hint).clicked() {
                    commands.push(command);
                }
            }
            if self.export.is_some() {
                ui.spinner();
                ui.label("PDF を作っています");
                if ui.button(words::CANCEL).on_hover_text("PDF は書き出されません").clicked() {
                    self.export = None;
                }
            }
        });
    }

    /// The name of a command, with what it would undo.
    fn name_of(&self, command: Command) -> String {
        let step = match (command, self.session()) {
            (Command::Undo, Some(session)) => session.undo_name(),
            (Command::Redo, Some(session)) => session.redo_name(),
            _ => None,
        };
        step.map_or_else(|| command.name().to_owned(), |step| format!("{}（{step}）", command.name()))
    }

    pub(super) fn is_possible(&self, command: Command) -> bool {
        match (command, self.session()) {
            (Command::Start, _) => self.screen != Screen::Start,
            (Command::Undo, Some(session)) => self.screen != Screen::Start && session.undo_name().is_some(),
            (Command::Redo, Some(session)) => self.screen != Screen::Start && session.redo_name().is_some(),
            (Command::Versions, _) => {
                let has_copies = self.environment.folders.copies.is_some() && self.work.is_some();
                has_copies && !matches!(self.screen, Screen::Start | Screen::Versions)
            }
            (Command::Changes | Command::Compare, Some(session)) => {
                self.screen != Screen::Start && session.form().change_table().is_some()
            }
            (Command::ExportPdf, Some(_)) => self.screen != Screen::Start && self.export.is_none(),
            (command, Some(_)) => !command.needs_draft() || self.screen != Screen::Start,
            (command, None) => !command.needs_draft(),
        }
    }
}
