//! What the publication before said in the cell being edited, and the way back to it.

use egui::{RichText, ScrollArea, Ui};

use crate::draft::{Answer, Draft, Edit, Scope};
use crate::form::{FieldPath, Form, Kind};
use crate::renewal;
use crate::ui::theme;
use crate::ui::widgets::Cx;

/// Height after which the text scrolls.
const MAX_HEIGHT: f32 = 220.0;

/// Shows the answer of the publication before; nothing where the draft revises none.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, path: &FieldPath) {
    let (form, draft) = (cx.session.form(), cx.session.draft());
    let Some(base) = draft.base.as_deref() else { return };
    let asked = form
        .item(&path.item)
        .is_some_and(|item| !matches!(item.kind, Kind::Group { .. } | Kind::Repeat(_) | Kind::Table { .. }));
    if !asked {
        return;
    }
    ui.separator();
    let day = if base.published_on.trim().is_empty() { "公表日の記載なし" } else { base.published_on.trim() };
    ui.label(RichText::new(format!("前回の記載（{day}）")).family(theme::bold()));
    let previous = renewal::previous(form, draft, path);
    let changed = renewal::is_changed(form, draft, path);
    match renewal::counterpart(form, draft, path).map(|at| words(form, &base.draft, &at)) {
        None => drop(ui.label(RichText::new("前回はこのファイル又は事項がありませんでした").weak())),
        Some(text) if text.trim().is_empty() => drop(ui.label(RichText::new("（記載なし）").weak())),
        Some(_) if !changed => drop(ui.label(RichText::new("前回と同じです").weak())),
        Some(text) => {
            ScrollArea::vertical().id_salt("previous").max_height(MAX_HEIGHT).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.label(text);
            });
        }
    }
    if changed && ui.button("前回の記載に戻す").on_hover_text("「元に戻す」で取り消せます").clicked()
    {
        cx.edits.push(Edit::Answer { at: path.clone(), answer: previous.cloned() });
    }
}

/// The answer in the words of the form.
fn words(form: &Form, draft: &Draft, at: &FieldPath) -> String {
    let mut scope = Scope::document(form, draft);
    if let Some(file) = at.file {
        scope = scope.file(file);
    }
    if let (Some(entry), Some(repeat)) = (at.entry, form.repeat_of(&at.item)) {
        scope = scope.entry(&repeat.id, entry);
    }
    match (scope.answer(&at.item), form.item(&at.item)) {
        (Some(Answer::Checks(boxes)), Some(item)) => {
            let marked = item.boxes().filter(|option| boxes.marked.contains(&option.key));
            let with_text = |text: Option<&String>| text.map(|text| format!("（{text}）")).unwrap_or_default();
            let lines = marked.map(|option| format!("○ {}{}", option.label, with_text(boxes.texts.get(&option.key))));
            lines.collect::<Vec<_>>().join("\n")
        }
        (Some(Answer::Check(on)), _) => if *on { "○" } else { "" }.to_owned(),
        _ => scope.text(&at.item).into_owned(),
    }
}
