//! 貼り付けた文章から: what was copied out of another program, on its way to a draft.

use egui::{Event, RichText, TextEdit, Ui};

use super::ask::Ask;
use super::frame::{foot, main_act, steady_body};
use crate::draft::visible;
use crate::form::Severity;
use crate::ui::state::{theme, words};

/// Height of what is asked.
const BODY_HEIGHT: f32 = 460.0;
/// Rows of the field.
const ROWS: usize = 10;
/// Longest text that is shown in the field, in bytes: the pasted text of a long document is a third of it.
const MOST_SHOWN_BYTES: usize = 400_000;

/// What was pasted so far.
#[derive(Default)]
pub struct PasteDialog {
    text: String,
    /// Why it could not be taken over the last time.
    trouble: Option<String>,
}

impl PasteDialog {
    /// Begins with that text.
    pub fn new(text: String) -> Self {
        Self { text, trouble: None }
    }

    /// The same again after it could not be taken over, and why.
    pub fn after(text: String, trouble: String) -> Self {
        Self { text, trouble: Some(trouble) }
    }

    /// What was pasted so far.
    pub fn into_text(self) -> String {
        self.text
    }

    /// Shows the dialog.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        self.take_long_paste(ui);
        steady_body(ui, BODY_HEIGHT, |ui| self.body_ui(ui));
        foot(ui, |ui| {
            if main_act(ui, !self.text.trim().is_empty(), "取り込む") {
                return Some(Ask::TakePasted(std::mem::take(&mut self.text)));
            }
            ui.button(words::CANCEL).clicked().then_some(Ask::Close)
        })
    }

    fn body_ui(&mut self, ui: &mut Ui) {
        ui.heading("貼り付けた文章から取り込む");
        ui.label("Excel の表、Word や PDF の文章を写して、下の欄に貼り付けてください（Ctrl+V）。");
        let says = "見出しのとおりに置けるものだけを欄に入れ、残りは「置けなかった文章」として下書きに残します。表は、Excel から写したもの（セルの区切りが残るもの）がいちばん確かです。まだ何も保存しません。";
        ui.label(RichText::new(says).small().weak());
        if let Some(trouble) = &self.trouble {
            let color = theme::severity(ui.visuals(), Severity::Error);
            ui.label(RichText::new(visible(trouble)).color(color));
        }
        let label = ui.label("貼り付けた文章").id;
        if self.text.len() > MOST_SHOWN_BYTES {
            ui.label(format!(
                "{}字の文章を貼り付けました。長いので、ここには表示しません。",
                self.text.chars().count()
            ));
            if ui.button("消して貼り付け直す").clicked() {
                self.text.clear();
            }
            return;
        }
        let field = TextEdit::multiline(&mut self.text).id_salt("pasted").desired_rows(ROWS);
        let changed = ui.add(field.desired_width(f32::INFINITY)).labelled_by(label).changed();
        if changed {
            self.trouble = None;
        }
    }

    /// A text too long for the field is kept as it comes: the field would lay out all of it.
    fn take_long_paste(&mut self, ui: &Ui) {
        let room = MOST_SHOWN_BYTES.saturating_sub(self.text.len());
        let is_long = |event: &Event| matches!(event, Event::Paste(text) if text.len() > room);
        ui.input_mut(|input| {
            let long = input.events.iter().position(is_long).map(|at| input.events.remove(at));
            if let Some(Event::Paste(text)) = long {
                self.text.push_str(&text);
            }
        });
    }
}
