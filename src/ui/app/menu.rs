//! The menu bar: every command, and whether it is possible now.

use egui::{MenuBar, Popup, Ui};

use super::{App, Screen};
use crate::draft::{visible_name, visible_path};
use crate::ui::state::command::{Command, CommandRow, MENUS, Menu, menu_pressed};
use crate::ui::state::{theme, words};
use crate::ui::widgets::{Sign, sign_ui, waiting_ui};

impl App {
    /// Shows the menus and what is used most; returns where they end.
    pub(super) fn menu_ui(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) -> f32 {
        let bar = MenuBar::new().ui(ui, |ui| {
            ui.set_min_height(theme::HEAD_HEIGHT);
            let pressed = if self.takes_keys() { menu_pressed(ui.ctx()) } else { None };
            let mut is_open = false;
            for (index, menu) in MENUS.iter().enumerate() {
                let title = format!("{}({})", menu.title, menu.letter.name());
                let shown = ui.menu_button(title, |ui| self.rows_ui(ui, menu, commands)).response;
                // The letter is for the eye: who hears the name is told of the key.
                ui.ctx().accesskit_node_builder(shown.id, |node| {
                    node.set_label(menu.title);
                    node.set_keyboard_shortcut(format!("Alt+{}", menu.letter.name()));
                });
                let popup = Popup::default_response_id(&shown);
                if pressed == Some(index) {
                    self.focus.leave(ui.ctx());
                    Popup::open_id(ui.ctx(), popup);
                    shown.request_focus();
                }
                is_open |= Popup::is_id_open(ui.ctx(), popup);
            }
            if !is_open {
                self.focus.come_back(ui.ctx(), self.screen);
            }
            if !self.is_away() && self.work.is_some() {
                self.used_most_ui(ui, commands);
            }
            ui.cursor().left()
        });
        bar.inner
    }

    /// The commands of a menu, in as many columns as the window needs to show them all.
    fn rows_ui(&mut self, ui: &mut Ui, menu: &Menu, commands: &mut Vec<Command>) {
        let room = ui.ctx().content_rect().height() - theme::HEAD_HEIGHT - theme::XXL;
        let row = ui.spacing().interact_size.y + ui.spacing().item_spacing.y;
        let n_rows: usize = menu.groups.iter().map(|group| group.len()).sum();
        #[expect(clippy::cast_precision_loss, reason = "a few dozen rows")]
        let needed = row * n_rows as f32 + theme::M * menu.groups.len() as f32;
        if needed <= room {
            for (index, group) in menu.groups.iter().enumerate() {
                if index > 0 {
                    ui.separator();
                }
                self.group_ui(ui, group, commands);
                if group.iter().any(|row| row.command == Command::Open) {
                    self.recent_ui(ui);
                }
            }
            return;
        }
        let mut n_before = 0;
        let half = menu.groups.iter().take_while(|group| {
            let is_left = n_before * 2 < n_rows;
            n_before += group.len();
            is_left
        });
        let (left, right) = menu.groups.split_at(half.count());
        ui.horizontal_top(|ui| {
            for groups in [left, right] {
                ui.vertical(|ui| groups.iter().for_each(|group| self.group_ui(ui, group, commands)));
            }
        });
    }

    /// The documents used last.
    fn recent_ui(&mut self, ui: &mut Ui) {
        let recent = self.settings.recent.clone();
        ui.add_enabled_ui(!recent.is_empty(), |ui| {
            ui.menu_button("最近の評価書", |ui| {
                for path in &recent {
                    let name = visible_name(path);
                    if ui.button(&*name).on_hover_text(visible_path(path)).clicked() {
                        self.open(path);
                    }
                }
            });
        });
    }

    fn group_ui(&mut self, ui: &mut Ui, group: &[CommandRow], commands: &mut Vec<Command>) {
        for CommandRow { command, .. } in group {
            let button = egui::Button::new(self.name_of(*command)).shortcut_text(command.key_name());
            let response = ui.add_enabled(self.is_possible(*command), button);
            if response.on_hover_text(command.explanation()).clicked() {
                commands.push(*command);
            }
        }
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
            waiting_ui(ui, "PDF を作っています");
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
            (Command::Open | Command::TakeOver | Command::New, _) => true,
            (Command::Versions, _) => {
                let has_copies = self.environment.folders.copies.is_some() && self.work.is_some();
                has_copies && !matches!(self.screen, Screen::Start | Screen::City | Screen::Versions)
            }
            (Command::Changes | Command::Compare, Some(session)) => {
                !self.is_away() && session.form().change_table().is_some()
            }
            (Command::WriteRows, Some(session)) => {
                let can_write = self.work.as_ref().is_some_and(|work| !work.document.is_read_only());
                let has_some =
                    session.overview().is_some_and(|overview| !overview.unlisted.is_empty() || overview.n_behind() > 0);
                !self.is_away() && can_write && has_some
            }
            (Command::ExportPdf, Some(_)) => !self.is_away() && self.export.is_none(),
            (command, Some(_)) => !command.needs_draft() || !self.is_away(),
            (command, None) => !command.needs_draft(),
        }
    }
}
