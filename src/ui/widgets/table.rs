//! The change table: one card per row, the text before and after side by side.

use egui::accesskit::Role;
use egui::{Frame, RichText, Ui, vec2};

use super::choice::ShownChoice;
use super::date::DateCell;
use super::entries::{Ask, menu_ui};
use super::{Lines, TextCell, below_ui, findings_beside_ui, named};
use crate::draft::{ChangeRow, Document, Edit};
use crate::form::{Column, FieldPath, Kind, Severity};
use crate::ui::state::theme;
use crate::ui::state::{Cx, cell_id};

/// Shows the change table.
pub fn table_ui(ui: &mut Ui, cx: &mut Cx<'_>, table_id: &str, columns: &[Column], document: &Document) {
    let at = FieldPath::document(table_id);
    if document.rows.is_empty() {
        ui.label("まだ変更箇所はありません。公表後に内容を変えたら、変えた項目ごとに1行追加します。");
    }
    for (index, row) in document.rows.iter().enumerate() {
        let title = format!("変更箇所{}", index + 1);
        ui.push_id((table_id, index), |ui| {
            named(ui, Role::Group, &title, |ui| row_ui(ui, cx, columns, &title, index, row, document.rows.len()));
        });
        ui.add_space(theme::M);
    }
    let button = ui.horizontal(|ui| {
        let button = ui.button("＋ 変更箇所を追加");
        findings_beside_ui(ui, cx, &at);
        button
    });
    let button = button.inner;
    cx.follow(&button, &at);
    if button.clicked() {
        let index = document.rows.len();
        cx.edits.push(Edit::InsertRow { index, row: ChangeRow::default() });
        cx.view.jump = columns.first().map(|column| FieldPath::document(&column.id).entry(index));
        cx.view.jump_age = 0;
    }
}

fn row_ui(ui: &mut Ui, cx: &mut Cx<'_>, columns: &[Column], title: &str, index: usize, row: &ChangeRow, length: usize) {
    Frame::new().fill(ui.visuals().faint_bg_color).inner_margin(theme::BAND_MARGIN).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(RichText::new(title).family(theme::bold()));
            let room = ui.available_width() - theme::SIGN_SIDE;
            ui.add_space(room.max(0.0));
            match menu_ui(ui, index, length) {
                None => {}
                Some(Ask::Up) => cx.edits.push(Edit::MoveRow { from: index, to: index.saturating_sub(1) }),
                Some(Ask::Down) => cx.edits.push(Edit::MoveRow { from: index, to: index + 1 }),
                Some(Ask::Duplicate) => cx.edits.push(Edit::InsertRow { index: index + 1, row: row.clone() }),
                Some(Ask::Remove) => cx.edits.push(Edit::RemoveRow { index }),
            }
        });
    });
    // Two columns stand side by side; on paper the row is wider than the screen.
    let width = (ui.available_width() - 24.0) / 2.0;
    for pair in columns.chunks(2) {
        ui.horizontal_top(|ui| {
            for column in pair {
                ui.allocate_ui_with_layout(vec2(width, 0.0), egui::Layout::top_down(egui::Align::Min), |ui| {
                    ui.set_width(width);
                    column_ui(ui, cx, column, index, row);
                });
            }
        });
    }
}

/// One cell of a row: its label, its widget, its findings.
pub fn column_ui(ui: &mut Ui, cx: &mut Cx<'_>, column: &Column, index: usize, row: &ChangeRow) {
    let path = FieldPath::document(&column.id).entry(index);
    let current = cx.view.current.as_ref() == Some(&path);
    let fill = if current { theme::focus_fill(ui.visuals()) } else { egui::Color32::TRANSPARENT };
    Frame::new().fill(fill).inner_margin(theme::COLUMN_MARGIN).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let label = ui
            .horizontal(|ui| {
                let label = ui.label(&column.label).id;
                let missing = |finding: &crate::checks::Finding| finding.severity == Severity::Missing;
                if cx.session.findings_at(&path).any(missing) {
                    let color = theme::severity(ui.visuals(), Severity::Missing);
                    ui.label(RichText::new(Severity::Missing.name()).small().color(color));
                }
                label
            })
            .inner;
        let text = row.column(&column.id).unwrap_or_default();
        let edit = |text| Edit::Column { row: index, column: column.id.clone(), text };
        let id = cell_id(&path, "");
        match &column.kind {
            Kind::Choice { options, .. } => {
                let chosen = options.iter().find(|option| option.label == text).map(|option| option.n);
                let mut edits = Vec::new();
                let choice =
                    ShownChoice { path: &path, name: &column.label, options, print: None, chosen, derived: false };
                choice.ui(ui, &mut Cx { session: cx.session, view: cx.view, edits: &mut edits });
                for chosen in edits.into_iter().map(|edit| chosen_label(&edit, options)) {
                    cx.edits.push(edit(chosen));
                }
                if chosen.is_none() && !text.is_empty() {
                    ui.label(format!("今の記載　{text}"));
                }
            }
            Kind::Date { precision } => {
                let response = DateCell { id, label, text, precision }.ui(ui, cx, edit);
                cx.follow(&response, &path);
            }
            _ => {
                let response = TextCell { id, label, text, lines: Lines::Several(3), hint: "" }.ui(ui, cx, edit);
                cx.follow(&response, &path);
            }
        }
        below_ui(ui, cx, &path, ui.min_rect(), None);
    });
}

/// A change row holds the words of the option, not its number.
fn chosen_label(edit: &Edit, options: &[crate::form::ChoiceOption]) -> String {
    let Edit::Answer { answer: Some(crate::draft::Answer::Choice(Some(n))), .. } = edit else { return String::new() };
    options.iter().find(|option| option.n == *n).map(|option| option.label.clone()).unwrap_or_default()
}
