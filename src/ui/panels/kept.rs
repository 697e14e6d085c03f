//! 旧様式の欄: answers to items that this edition of the form does not have. They are kept, never printed, and can be
//! copied from here or taken out.

use std::sync::Arc;

use egui::{Label, RichText, Ui};

use crate::changes;
use crate::draft::{Answer, Document, Edit, Part};
use crate::form::{FieldPath, Form, Place, shipped};
use crate::ui::state::Cx;
use crate::ui::state::{theme, words};

/// The title of the page.
pub const TITLE: &str = "旧様式の欄";

/// Shows the page.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    ui.heading(TITLE);
    ui.label("この様式やその版にない項目に書かれていた内容です。保管してありますが、印刷されません。");
    ui.label("必要な内容は文字を選んで写し、今の様式の欄に書いてください。不要なら削除できます。");
    ui.separator();
    let found: Vec<_> = cx.session.kept().collect();
    if found.is_empty() {
        ui.label("旧様式の欄はありません。");
    }
    let (form, document) = (cx.session.form(), cx.session.document());
    for path in found {
        let edition = newest_with(form, path);
        ui.push_id(path, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(name(edition, document, path)).family(theme::bold()));
                let remove = ui.button(words::REMOVE).on_hover_text(words::REMOVE_HINT);
                if remove.clicked() {
                    cx.edits.push(Edit::Answer { at: path.clone(), answer: None });
                }
                cx.follow(&remove, path);
            });
            let text = match edition {
                Some(edition) => changes::printed(edition, document, path),
                None => answer_at(document, path).map(texts).unwrap_or_default().join("\n"),
            };
            ui.add(Label::new(text).wrap().selectable(true));
            ui.separator();
        });
    }
}

/// The newest edition that has the item: of the form, else of another one that the document may come from.
fn newest_with(form: &Form, path: &FieldPath) -> Option<&'static Form> {
    let editions = shipped::editions().unwrap_or_default();
    let (of_form, of_others): (Vec<_>, Vec<_>) = editions.iter().partition(|edition| edition.form == form.id);
    of_form
        .into_iter()
        .chain(of_others)
        .filter_map(|edition| shipped::find(&edition.form, &edition.revision).ok())
        .find(|edition| edition.item(&path.item).is_some())
}

fn name(edition: Option<&Form>, document: &Document, path: &FieldPath) -> String {
    let files = &document.files;
    let file = path.file.and_then(|index| files.get(index)).filter(|_| files.len() > 1);
    let file = file.map(|file| file.name.as_str());
    edition.map_or_else(|| path.to_string(), |edition| Place::of(edition, path, file).to_string())
}

fn answer_at<'d>(document: &'d Document, path: &FieldPath) -> Option<&'d Answer> {
    let part = path.file.map_or(Some(&*document.common), |index| document.files.get(index).map(|file| &file.part))?;
    let inside = |index: usize| -> Option<&Part> {
        part.answers.iter().find_map(|(id, answer)| {
            let holds = path.item.strip_prefix(id).is_some_and(|rest| rest.starts_with('.'));
            answer.as_entries().filter(|_| holds)?.get(index).map(Arc::as_ref)
        })
    };
    path.entry.map_or(Some(part), inside)?.answers.get(&path.item)
}

/// What can be read of an answer to an item that no edition has.
fn texts(answer: &Answer) -> Vec<String> {
    match answer {
        Answer::Text(text) | Answer::Foreign(text) => vec![text.clone()],
        Answer::Choice(Some(n)) | Answer::Count(Some(n)) => vec![n.to_string()],
        Answer::Check(true) => vec!["○".to_owned()],
        Answer::Checks(boxes) => boxes.marked.iter().chain(boxes.texts.values()).cloned().collect(),
        Answer::Repeat(entries) => entries.iter().flat_map(|entry| entry.answers.values()).flat_map(texts).collect(),
        Answer::Figure(figure) => figure.texts().cloned().collect(),
        Answer::FreeTable(table) => table.lines(),
        Answer::Choice(None) | Answer::Count(None) | Answer::Check(false) => Vec::new(),
    }
}
