//! The menu bar: every command, and whether it is possible now.

use egui::{MenuBar, Ui};

use super::{App, Screen};
use crate::ui::state::command::{Command, MENUS};
use crate::ui::state::{theme, words};
use crate::ui::widgets::{Sign, sign_ui};

impl App {
    /// Shows the menus and what is used most; returns where they end.
    pub(super) fn menu_ui(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) -> f32 {
        let bar = MenuBar::new().ui(ui, |ui| {
            ui.set_min_height(theme::HEAD_HEIGHT);
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
            if !self.is_away() && self.work.is_some() {
                self.used_most_ui(ui, commands);
            }
            ui.cursor().left()
        });
        bar.inner
    }

    fn used_most_ui(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) {
        ui.separator();
        for (command, sign) in [(Command::Undo, Sign::Undo), (Command::Redo, Sign::Redo)] {
            let hint = format!("{}（{}）", self.name_of(command), command.key_name());
            let button = |ui: &mut Ui| sign_ui(ui, sign, command.name());
            if ui.add_enabled_ui(self.is_possible(command), button).inner.on_hover_text(hint).clicked() {
                commands.push(command);
            }
        }
        for command in [Command::Submission, Command::ExportPdf] {
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

    /// Whether the document that is open is not on the screen.
    fn is_away(&self) -> bool {
        matches!(self.screen, Screen::Start | Screen::City)
    }

    pub(super) fn is_possible(&self, command: Command) -> bool {
        match (command, self.session()) {
            (Command::Start, _) => self.screen != Screen::Start,
            (Command::City, _) => self.screen != Screen::City,
            (Command::Undo, Some(session)) => !self.is_away() && session.undo_name().is_some(),
            (Command::Redo, Some(session)) => !self.is_away() && session.redo_name().is_some(),
            (Command::Versions, _) => {
                let has_copies = self.environment.folders.copies.is_some() && self.work.is_some();
                has_copies && !matches!(self.screen, Screen::Start | Screen::City | Screen::Versions)
            }
            (Command::Changes | Command::Compare, Some(session)) => {
                !self.is_away() && session.form().change_table().is_some()
            }
            (Command::ExportPdf, Some(_)) => !self.is_away() && self.export.is_none(),
            (command, Some(_)) => !command.needs_draft() || !self.is_away(),
            (command, None) => !command.needs_draft(),
        }
    }
}
