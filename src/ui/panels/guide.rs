//! The right side: what to write into the item in focus, its findings, and the internal note.

use egui::{RichText, Ui};

use super::changes;
use super::comments;
use super::elsewhere;
use super::findings::finding_ui;
use super::previous;
use super::unplaced;
use crate::checks::Finding;
use crate::draft::Edit;
use crate::form::{FieldPath, Place};
use crate::ui::state::{Cx, cell_id};
use crate::ui::state::{theme, words};
use crate::ui::widgets::{Lines, TextCell};

/// Shows the guide.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let Some(path) = cx.view.current.clone() else {
        ui.label("欄を選ぶと、その欄に何を書くかがここに表示されます。");
        ui.label(RichText::new("Tab キーで次の欄へ、F8 キーで次の指摘へ移ります。").weak());
        unplaced::ui(ui, cx);
        return;
    };
    let form = cx.session.form();
    ui.label(RichText::new(Place::of(form, &path, None).to_string()).family(theme::bold()));
    match form.help(&path.item) {
        Some(help) => {
            ui.label(&help.text);
            let (sign, words) = (help.certainty.sign(), help.certainty.words());
            let source = format!("{sign} {words}　出典: {}", help.source);
            ui.label(RichText::new(source).small().weak());
        }
        None => drop(ui.label(RichText::new("この欄の説明はありません。").weak())),
    }
    if form.is_uncertain(&path.item) {
        ui.label(RichText::new(words::UNCERTAIN).small().weak());
    }
    if form.is_starred(&path.item) {
        ui.label(RichText::new("※ 変更すると重要な変更に当たる欄です。").small());
    }
    elsewhere::ui(ui, cx, &path);
    ui.separator();
    // What comes and goes while one writes has a room of its own; what is as long as it likes stands last.
    ui.scope(|ui| {
        ui.set_min_height(FINDINGS_HEIGHT);
        findings_ui(ui, cx, &path);
    });
    ui.separator();
    unplaced::ui(ui, cx);
    note_ui(ui, cx, &path);
    comments::ui(ui, cx, &path);
    previous::ui(ui, cx, &path);
}

/// Room that is kept for what is to be said of the item in focus.
const FINDINGS_HEIGHT: f32 = 120.0;

/// What is to be said of the item.
fn findings_ui(ui: &mut Ui, cx: &mut Cx<'_>, path: &FieldPath) {
    let mut findings = findings(cx, path);
    ui.label(RichText::new("この欄の指摘").family(theme::bold()));
    if findings.is_empty() && !changes::is_open_here(cx, path) {
        ui.label(RichText::new("指摘はありません").color(theme::good(ui.visuals())));
    }
    findings.sort_by_key(|finding| finding.severity);
    for finding in &findings {
        finding_ui(ui, cx, finding);
    }
    changes::here_ui(ui, cx, path);
}

/// The findings at an answer; at a change row those of all its cells.
fn findings(cx: &Cx<'_>, path: &FieldPath) -> Vec<Finding> {
    let table = cx.session.form().change_table();
    let Some((_, columns)) = table.filter(|(table, _)| table.id == path.item && path.entry.is_some()) else {
        return cx.session.findings_at(path).cloned().collect();
    };
    let cells = columns.iter().map(|column| FieldPath { item: column.id.clone(), ..path.clone() });
    cells.flat_map(|cell| cx.session.findings_at(&cell).cloned().collect::<Vec<_>>()).collect()
}

/// The author's own note, which is never printed.
fn note_ui(ui: &mut Ui, cx: &mut Cx<'_>, path: &FieldPath) {
    let Some(note) = note_at(cx, path).map(str::to_owned) else { return };
    let label = ui.label(RichText::new("内部メモ（印刷されません）").family(theme::bold())).id;
    let cell = TextCell { id: cell_id(path, "note"), label, text: &note, lines: Lines::Several(3), hint: "" };
    let edit = |text: String| Edit::Note { at: path.clone(), note: Some(text).filter(|text| !text.is_empty()) };
    cell.ui(ui, cx, edit);
}

/// The note of an item or change row; `None` where there is no place for one.
fn note_at<'a>(cx: &Cx<'a>, path: &FieldPath) -> Option<&'a str> {
    let document = cx.session.document();
    let form = cx.session.form();
    let Some(entry) = path.entry else {
        let part = match path.file {
            Some(file) => &document.files.get(file)?.part,
            None => &document.common,
        };
        return Some(part.notes.get(&path.item).map(String::as_str).unwrap_or_default());
    };
    if form.item(&path.item).is_none() {
        return document.rows.get(entry).map(|row| row.note.as_str());
    }
    let repeat = form.repeat_of(&path.item)?;
    let part = match path.file {
        Some(file) => &document.files.get(file)?.part,
        None => &document.common,
    };
    let part = part.answers.get(&repeat.id)?.as_entries()?.get(entry)?;
    Some(part.notes.get(&path.item).map(String::as_str).unwrap_or_default())
}
