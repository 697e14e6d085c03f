//! Copying from other files: the answers of the others beside an item, and a whole section at the head of its page.

use egui::{Align, CollapsingHeader, RichText, Ui};

use crate::draft::Edit;
use crate::find::{elsewhere, section_from};
use crate::form::FieldPath;
use crate::ui::state::Cx;
use crate::ui::state::command::Command;
use crate::ui::state::{theme, words};

/// Characters of an answer that are shown.
const FIRST_CHARS: usize = 80;

/// Below the help of an item: the way to the 定型文, and what the other files say.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, path: &FieldPath) {
    let asked = std::mem::take(&mut cx.view.writing.show_elsewhere);
    let possible = cx.view.writing.target(Some(path), None).is_some();
    let phrases = ui.add_enabled(possible, egui::Button::new(Command::Phrases.name()));
    let phrases = phrases.on_disabled_hover_text(words::FOR_TEXT).on_hover_text(Command::Phrases.key_name());
    if phrases.clicked() {
        cx.view.writing.asked.push(Command::Phrases);
    }
    let others = elsewhere(cx.session.form(), cx.session.document(), path);
    if others.is_empty() {
        if asked {
            ui.label(RichText::new("他のファイルには、この欄の記載はありません").small().weak());
        }
        return;
    }
    let title = RichText::new(format!("他のファイルの記載　{}件", others.len())).family(theme::bold());
    let header = CollapsingHeader::new(title).id_salt("elsewhere").open(asked.then_some(true));
    let shown = header.show(ui, |ui| {
        for other in &others {
            ui.push_id(&other.path, |ui| {
                ui.label(RichText::new(&other.place).small().weak());
                ui.label(beginning(&other.words)).on_hover_text(&other.words);
                let button = ui.button("この記載を写す");
                let hint = "今の記載と置き換えます。「元に戻す」で取り消せます";
                if button.on_hover_text(hint).clicked() {
                    let answer = Some(other.answer.clone());
                    // A step of its own, even right after typing.
                    cx.edits.push(Edit::Many(vec![Edit::Answer { at: path.clone(), answer }]));
                }
            });
        }
    });
    if asked {
        shown.header_response.request_focus();
        shown.header_response.scroll_to_me(Some(Align::TOP));
    }
}

/// At the head of a page that stands once per file: makes it say what it says in another file.
pub fn section_ui(ui: &mut Ui, cx: &mut Cx<'_>, section_id: &str, file: usize) {
    let (form, document) = (cx.session.form(), cx.session.document());
    ui.menu_button("他のファイルと同じにする…", |ui| {
        ui.label(RichText::new("このページの記載を全て置き換えます（「元に戻す」で取り消せます）").small().weak());
        for (from, other) in document.files.iter().enumerate().filter(|(from, _)| *from != file) {
            let name = if other.name.trim().is_empty() { words::NAMELESS_FILE } else { other.name.as_str() };
            let edit = section_from(form, document, section_id, from, file);
            let button = egui::Button::new(format!("{}．{name}", from + 1));
            let same = "すでに同じ記載です";
            if ui.add_enabled(edit.is_some(), button).on_disabled_hover_text(same).clicked() {
                cx.edits.extend(edit);
            }
        }
    });
}

fn beginning(words: &str) -> String {
    let first: String = words.chars().take(FIRST_CHARS).collect();
    if words.chars().nth(FIRST_CHARS).is_some() { format!("{first}…") } else { first }
}
