//! 設定: how the screens look, how large they are, and the name at remarks.

use egui::{RichText, TextEdit, Ui};

use super::Ask;
use super::frame::{body, foot, main_act};
use crate::ui::state::{theme, words};
use crate::ui::widgets::choices_ui;

const LOOKS: [(bool, &str); 2] = [(false, "明るい"), (true, "暗い")];
const SCALES: [(u16, &str); 7] =
    [(80, "80％"), (90, "90％"), (100, "100％"), (125, "125％"), (150, "150％"), (175, "175％"), (200, "200％")];

/// What has been chosen so far.
pub struct SettingsDialog {
    dark: bool,
    scale: u16,
    author: String,
}

impl SettingsDialog {
    /// Begins with what holds now.
    pub fn new(dark: bool, scale: u16, author: &str) -> Self {
        Self { dark, scale, author: author.to_owned() }
    }

    /// Shows the dialog.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        body(ui, |ui| {
            ui.heading("設定");
            ui.label(RichText::new("画面の明るさ").family(theme::bold()));
            ui.horizontal_wrapped(|ui| choices_ui(ui, "画面の明るさ", &LOOKS, &mut self.dark));
            ui.label(RichText::new("画面の大きさ").family(theme::bold()));
            ui.horizontal_wrapped(|ui| choices_ui(ui, "画面の大きさ", &SCALES, &mut self.scale));
            let label = ui.label(RichText::new("あなたの名前（コメントと引渡しに使います）").family(theme::bold())).id;
            let field = TextEdit::singleline(&mut self.author).id_salt("settings author");
            ui.add(field.desired_width(f32::INFINITY)).labelled_by(label);
        });
        foot(ui, |ui| {
            if main_act(ui, true, "決める") {
                return Some(Ask::Settings { dark: self.dark, scale: self.scale, author: self.author.clone() });
            }
            ui.button(words::CANCEL).clicked().then_some(Ask::Close)
        })
    }
}
