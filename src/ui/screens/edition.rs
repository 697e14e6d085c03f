//! The edition of the form: moving the draft to another one, what that will do, and what it did since the last
//! publication.

use egui::accesskit::Role;
use egui::{RichText, ScrollArea, Ui};

use crate::draft::{Draft, Edit};
use crate::form::{Form, shipped};
use crate::renewal::{self, MoveReceipt};
use crate::ui::widgets::named;
use crate::ui::{theme, words};

/// What has been chosen so far.
pub struct EditionDialog {
    draft: Draft,
    from: &'static Form,
    to: &'static Form,
    receipt: MoveReceipt,
    add_rows: bool,
    /// What became of the publication before when it was taken over into this edition.
    since_last: Option<String>,
}

/// What the user asks for.
pub enum Ask {
    /// Nothing more.
    Close,
    /// Moves the draft.
    Move(Box<Edit>),
}

impl EditionDialog {
    /// Proposes the newest edition whose mark is established.
    pub fn new(form: &'static Form, draft: &Draft) -> Self {
        let to = renewal::proposed(form).unwrap_or(form);
        let since_last = draft.base.as_ref().and_then(|base| {
            let before = shipped::find(&base.draft.form, &base.draft.revision).ok()?;
            let differs = (&before.id, &before.revision) != (&form.id, &form.revision);
            differs.then(|| renewal::move_to(&base.draft, before, form).receipt.to_string())
        });
        let receipt = renewal::move_to(draft, form, to).receipt;
        Self { draft: draft.clone(), from: form, to, receipt, add_rows: draft.base.is_some(), since_last }
    }

    /// Shows the dialog.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        ui.heading("様式の版を移す");
        ui.label("書いた内容は一文字も失われません。移したあとも「元に戻す」で取り消せます。");
        if let Some(to) = editions_ui(ui, self.from, self.to, "今の版") {
            self.to = to;
            self.receipt = renewal::move_to(&self.draft, self.from, to).receipt;
        }
        let moves = self.to.revision != self.from.revision;
        if moves {
            ui.label(RichText::new("移すとこうなります").family(theme::bold()));
            receipt_ui(ui, "move receipt", &self.receipt.to_string());
            let n_rows = self.receipt.causes.len();
            if n_rows > 0 {
                let text = format!("様式の版の違いによる記載（{n_rows}件）を変更箇所に書き入れる");
                ui.checkbox(&mut self.add_rows, text);
            }
        } else {
            ui.label("今の版のままです。移す先の版を選んでください。");
        }
        if let Some(receipt) = &self.since_last {
            egui::CollapsingHeader::new("前回の公表から今の版へ移したときの記録")
                .show(ui, |ui| receipt_ui(ui, "last receipt", receipt));
        }
        ui.add_space(8.0);
        let mut ask = None;
        ui.horizontal(|ui| {
            if ui.add_enabled(moves, egui::Button::new("この版に移す")).clicked() {
                ask = Some(Ask::Move(Box::new(self.edit())));
            }
            if ui.button(words::CANCEL).clicked() {
                ask = Some(Ask::Close);
            }
        });
        ask
    }

    fn edit(&self) -> Edit {
        let mut edits = vec![Edit::Form { form: self.to.id.clone(), revision: self.to.revision.clone() }];
        if self.add_rows {
            let rows = renewal::rows(&self.receipt.causes).into_iter().enumerate();
            let n_rows = self.draft.changes.len();
            edits.extend(rows.map(|(index, row)| Edit::InsertRow { index: n_rows + index, row }));
        }
        Edit::Act { name: "様式の版の変更", edits }
    }
}

fn receipt_ui(ui: &mut Ui, salt: &str, receipt: &str) {
    ScrollArea::vertical().id_salt(salt).max_height(200.0).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(receipt);
    });
}

/// The editions of a form, `to` chosen; returns another one that was chosen. `same` stands beside the edition `from`.
pub fn editions_ui(ui: &mut Ui, from: &Form, to: &Form, same: &str) -> Option<&'static Form> {
    let mut chosen = None;
    named(ui, Role::RadioGroup, "様式の版", |ui| {
        for edition in shipped::editions().unwrap_or_default().iter().filter(|edition| edition.form == from.id) {
            let same = if edition.revision == from.revision { format!("　{same}") } else { String::new() };
            if ui.radio(edition.revision == to.revision, format!("{}{same}", edition.name)).clicked() {
                chosen = shipped::find(&edition.form, &edition.revision).ok();
            }
        }
    });
    chosen
}
