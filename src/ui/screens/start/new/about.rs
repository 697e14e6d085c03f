//! What is known of the 事務 already: it is written into the documents, and can be changed there.

use egui::{Id, RichText, TextEdit, Ui};

use super::{NewDocument, title_ui};
use crate::form::threshold::Threshold;
use crate::ui::state::theme;
use crate::ui::widgets::radios_ui;

/// What is not known yet can be chosen again.
const NOT_KNOWN: &str = "まだわからない";

impl NewDocument {
    pub(super) fn about_ui(&mut self, ui: &mut Ui) {
        title_ui(ui, "どの事務の評価書ですか");
        ui.label(RichText::new("わかるものだけで構いません。評価書の欄に入り、あとで直せます").small().weak());
        ui.add_space(theme::S);
        let cells = [
            ("評価実施機関名", "例　青嶺市長", &mut self.beginning.agency),
            ("事務の名称", "例　個人住民税の賦課徴収に関する事務", &mut self.beginning.affairs),
        ];
        let mut is_changed = false;
        for (name, hint, text) in cells {
            let label = ui.label(name).id;
            let cell = TextEdit::singleline(text).id_salt(name).hint_text(hint).desired_width(f32::INFINITY);
            is_changed |= ui.add(cell).labelled_by(label).changed();
            ui.add_space(theme::XS);
        }
        if is_changed {
            self.propose_path();
        }
        let Ok(threshold) = Threshold::shipped() else { return };
        ui.label("対象人数");
        let table = &threshold.table;
        let chosen = self.beginning.people.as_ref();
        let chosen = chosen.and_then(|people| table.iter().position(|line| line.people == *people));
        let n_options = table.len() + 1;
        let chosen = chosen.unwrap_or(table.len());
        let picked = radios_ui(ui, Id::unique("people"), "対象人数", n_options, Some(chosen), |ui, radios| {
            ui.horizontal_wrapped(|ui| {
                for words in table.iter().map(|line| line.people.as_str()).chain([NOT_KNOWN]) {
                    radios.option(ui, words);
                }
            });
        });
        if let Some(index) = picked {
            self.beginning.people = table.get(index).map(|line| line.people.clone());
        }
    }
}
