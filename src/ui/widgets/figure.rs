//! A picture: caption, note, and the name of its file.

use egui::Ui;

use super::{Lines, TextCell};
use crate::draft::{Answer, Edit, Figure};
use crate::form::FieldPath;
use crate::ui::state::{Cx, cell_id};

/// Gives one part of a picture.
type Field = fn(&mut Figure) -> &mut Option<String>;

/// The parts of a picture: label, name for the cell, field.
const PARTS: [(&str, &str, Field); 3] = [
    ("図の題名", "caption", |figure| &mut figure.caption),
    ("図の説明", "legend", |figure| &mut figure.note),
    ("図のファイルの場所", "image", |figure| &mut figure.image),
];

/// Shows the picture of one answer.
pub fn figure_ui(ui: &mut Ui, cx: &mut Cx<'_>, path: &FieldPath, figure: &Figure) {
    for (label, part, field) in PARTS {
        let text = field(&mut figure.clone()).clone();
        let label = ui.label(label).id;
        let lines = if part == "legend" { Lines::Several(3) } else { Lines::One };
        let text = text.as_deref().unwrap_or_default();
        if text.starts_with("data:") {
            ui.label("図はこの下書きの中に入っています");
            continue;
        }
        let cell = TextCell { id: cell_id(path, part), label, text, lines, hint: "" };
        let response = cell.ui(ui, cx, |text| {
            let mut new = figure.clone();
            *field(&mut new) = Some(text).filter(|text| !text.is_empty());
            Edit::Answer { at: path.clone(), answer: Some(Answer::Figure(new)) }
        });
        cx.follow(&response, path);
    }
}
