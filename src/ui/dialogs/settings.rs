//! 設定: how the screens look, how large they are, whether they move, and the name at remarks.

use egui::{RichText, TextEdit, Ui};

use super::ask::Ask;
use super::frame::{body, foot, main_act};
use crate::ui::state::{theme, words};
use crate::ui::widgets::choices_ui;
use crate::workspace::settings::Looks;

const LIGHTS: [(bool, &str); 2] = [(false, "明るい"), (true, "暗い")];
const SCALES: [(u16, &str); 7] =
    [(80, "80％"), (90, "90％"), (100, "100％"), (125, "125％"), (150, "150％"), (175, "175％"), (200, "200％")];

/// What has been chosen so far.
pub struct SettingsDialog {
    looks: Looks,
    author: String,
}

impl SettingsDialog {
    /// Begins with what holds now.
    pub fn new(looks: Looks, author: &str) -> Self {
        Self { looks, author: author.to_owned() }
    }

    /// Shows the dialog.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        body(ui, |ui| {
            ui.heading("設定");
            ui.label(RichText::new("画面の明るさ").family(theme::bold()));
            ui.horizontal_wrapped(|ui| choices_ui(ui, "画面の明るさ", &LIGHTS, &mut self.looks.dark));
            ui.label(RichText::new("画面の大きさ").family(theme::bold()));
            ui.horizontal_wrapped(|ui| choices_ui(ui, "画面の大きさ", &SCALES, &mut self.looks.scale));
            ui.checkbox(&mut self.looks.still, "動きを減らす（開く・閉じる・送るときに、画面の動きを見せません）");
            let label = ui.label(RichText::new("あなたの名前（コメントと引渡しに使います）").family(theme::bold())).id;
            let field = TextEdit::singleline(&mut self.author).id_salt("settings author");
            ui.add(field.desired_width(f32::INFINITY)).labelled_by(label);
        });
        foot(ui, |ui| {
            if main_act(ui, true, "決める") {
                return Some(Ask::Settings { looks: self.looks, author: self.author.clone() });
            }
            ui.button(words::CANCEL).clicked().then_some(Ask::Close)
        })
    }
}
