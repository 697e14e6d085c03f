//! The edition of the form: moving the draft to another one, what that will do, and what it did since the last
//! publication.

use egui::{Id, RichText, Ui};

use super::ask::Ask;
use super::frame::{body, foot, main_act};
use crate::draft::{Document, Draft, Edit};
use crate::form::{Form, shipped};
use crate::renewal::{self, MoveReceipt};
use crate::ui::state::{theme, words};
use crate::ui::widgets::{check_ui, radios_ui};

/// What has been chosen so far.
pub struct EditionDialog {
    document: Document,
    from: &'static Form,
    to: &'static Form,
    receipt: MoveReceipt,
    add_rows: bool,
    /// What became of the publication before when it was taken over into this edition.
    since_last: Option<String>,
}

impl EditionDialog {
    /// Proposes the newest edition whose mark is established.
    pub fn new(form: &'static Form, draft: &Draft) -> Self {
        let to = renewal::proposed(form).unwrap_or(form);
        let since_last = draft.base.as_ref().and_then(|base| {
            let last = &base.state.document;
            let before = shipped::find(&last.form, &last.edition).ok()?;
            let differs = (&before.id, &before.revision) != (&form.id, &form.revision);
            differs.then(|| renewal::move_to(last, before, form).receipt.to_string())
        });
        let document = draft.state.document.clone();
        let receipt = renewal::move_to(&document, form, to).receipt;
        Self { document, from: form, to, receipt, add_rows: draft.base.is_some(), since_last }
    }

    /// Shows the dialog.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        body(ui, |ui| self.body_ui(ui));
        foot(ui, |ui| {
            if main_act(ui, self.moves(), "この版に移す") {
                return Some(Ask::Move(Box::new(self.edit())));
            }
            ui.button(words::CANCEL).clicked().then_some(Ask::Close)
        })
    }

    fn moves(&self) -> bool {
        self.to.revision != self.from.revision
    }

    fn body_ui(&mut self, ui: &mut Ui) {
        ui.heading("様式の版を移す");
        ui.label("書いた内容は一文字も失われません。移したあとも「元に戻す」で取り消せます。");
        if let Some(to) = editions_ui(ui, self.from, self.to, "今の版") {
            self.to = to;
            self.receipt = renewal::move_to(&self.document, self.from, to).receipt;
        }
        if self.moves() {
            let n_rows = self.receipt.causes.len();
            if n_rows > 0 {
                let text = format!("様式の版の違いによる記載（{n_rows}件）を変更箇所に書き入れる");
                check_ui(ui, &mut self.add_rows, text);
            }
            ui.label(RichText::new("移すとこうなります").family(theme::bold()));
            ui.label(self.receipt.to_string());
        } else {
            ui.label("今の版のままです。移す先の版を選んでください。");
        }
        if let Some(receipt) = &self.since_last {
            egui::CollapsingHeader::new("前回の公表から今の版へ移したときの記録").show(ui, |ui| ui.label(receipt));
        }
    }

    fn edit(&self) -> Edit {
        let mut edits = vec![Edit::Form { form: self.to.id.clone(), edition: self.to.revision.clone() }];
        if self.add_rows {
            let rows = renewal::rows(&self.receipt.causes).into_iter().enumerate();
            let n_rows = self.document.rows.len();
            edits.extend(rows.map(|(index, row)| Edit::InsertRow { index: n_rows + index, row }));
        }
        Edit::Act { name: "様式の版の変更", edits }
    }
}

/// The editions of a form, `to` chosen; returns another one that was chosen. `same` stands beside the edition `from`.
pub fn editions_ui(ui: &mut Ui, from: &Form, to: &Form, same: &str) -> Option<&'static Form> {
    let editions = shipped::editions().unwrap_or_default();
    let editions: Vec<_> = editions.iter().filter(|edition| edition.form == from.id).collect();
    let chosen = editions.iter().position(|edition| edition.revision == to.revision);
    let picked = radios_ui(ui, Id::unique("editions"), "様式の版", editions.len(), chosen, |ui, radios| {
        for edition in &editions {
            let same = if edition.revision == from.revision { format!("　{same}") } else { String::new() };
            radios.option(ui, format!("{}{same}", edition.name));
        }
    });
    let edition = editions.get(picked.filter(|picked| Some(*picked) != chosen)?)?;
    shipped::find(&edition.form, &edition.revision).ok()
}
