//! The table of a 別紙: heads and rows as cells, a stretch of rows at a time; what a spreadsheet copied goes in as a table.

use egui::accesskit::Role;
use egui::{Align, Button, Event, Layout, RichText, ScrollArea, Ui, ViewportCommand, vec2};

use super::{Lines, Sign, TextCell, named, sign_ui};
use crate::draft::{Answer, Edit, FreeTable, Scope};
use crate::form::{ATTACHMENT_LIST, ATTACHMENT_OF, ATTACHMENT_TABLE, FieldPath};
use crate::ui::state::{Cx, cell_id, words};

/// Rows shown at a time: a table of some thousand stays fluid.
const ROWS_SHOWN: usize = 40;
/// Narrowest column, in points.
const NARROWEST: f32 = 110.0;
/// Width of the number of a row with what can be done with it.
const NUMBER: f32 = 64.0;

/// What was done in this frame.
type Done = Option<(&'static str, FreeTable)>;

/// Shows the table of one answer.
pub fn free_table_ui(ui: &mut Ui, cx: &mut Cx<'_>, path: &FieldPath, table: &FreeTable) {
    let mut done = pasted(ui, cx, path, table);
    done = buttons_ui(ui, cx, path, table).or(done);
    let n_columns = table.n_columns();
    if n_columns > 0 {
        let first = rows_shown_ui(ui, path, table.rows.len());
        ScrollArea::horizontal().id_salt(("free table", path)).show(ui, |ui| {
            let width = ((ui.available_width() - NUMBER) / n_columns as f32 - 6.0).max(NARROWEST);
            heads_ui(ui, cx, path, table, width);
            let shown = first..table.rows.len().min(first + ROWS_SHOWN);
            for row in shown {
                let act = ui.push_id(row, |ui| row_ui(ui, cx, path, table, row, width)).inner;
                done = act.or(done.take());
            }
        });
    }
    if let Some((name, table)) = done.filter(|_| !cx.view.read_only) {
        cx.edits.push(Edit::Act { name, edits: vec![answer(path, table)] });
    }
}

/// What is to be done where 「何の表か」 is answered: a table whose heads nobody has written yet begins with those of the
/// list that it goes on with.
pub(super) fn heads_for(cx: &Cx<'_>, of: &FieldPath, n: Option<u32>) -> Option<Edit> {
    if of.item != ATTACHMENT_OF {
        return None;
    }
    let form = cx.session.form();
    let path = FieldPath { item: ATTACHMENT_TABLE.to_owned(), ..of.clone() };
    let table = match scope_of(cx, &path).answer(ATTACHMENT_TABLE) {
        Some(Answer::FreeTable(table)) => table.clone(),
        Some(_) => return None,
        None => FreeTable::default(),
    };
    let mut heads = n.map(|n| form.attachment_heads(n)).unwrap_or_default();
    let is_as_it_began = table.n_written() == 0 && is_as_proposed(cx, &path, &table);
    let is_unwritten = table.heads.iter().all(|head| head.trim().is_empty()) || is_as_it_began;
    if !is_unwritten || heads.is_empty() && table.heads.is_empty() {
        return None;
    }
    let n_used = table.rows.iter().map(Vec::len).fold(0, usize::max);
    heads.resize(heads.len().max(n_used), String::new());
    Some(answer(&path, FreeTable { heads, ..table }))
}

/// The 別紙 that an answer stands in.
fn scope_of<'a>(cx: &'a Cx<'_>, path: &FieldPath) -> Scope<'a> {
    let document = Scope::document(cx.session.form(), cx.session.document());
    path.entry.map_or(document, |entry| document.entry(ATTACHMENT_LIST, entry))
}

/// Whether the heads are those that the table began with: nobody has written any.
fn is_as_proposed(cx: &Cx<'_>, path: &FieldPath, table: &FreeTable) -> bool {
    let of = match scope_of(cx, path).answer(ATTACHMENT_OF) {
        Some(Answer::Choice(Some(of))) => *of,
        _ => return false,
    };
    let written = table.heads.iter().rev().skip_while(|head| head.trim().is_empty()).count();
    let proposed = cx.session.form().attachment_heads(of);
    !proposed.is_empty() && table.heads.get(..written) == Some(proposed.as_slice())
}

fn answer(path: &FieldPath, table: FreeTable) -> Edit {
    Edit::Answer { at: path.clone(), answer: Some(Answer::FreeTable(table)) }
}

fn buttons_ui(ui: &mut Ui, cx: &mut Cx<'_>, path: &FieldPath, table: &FreeTable) -> Done {
    let mut done = None;
    ui.horizontal_wrapped(|ui| {
        let paste =
            ui.button("表を貼り付け").on_hover_text("Excel などでコピーした範囲を入れます。1行目は見出しになります");
        cx.follow(&paste, path);
        if paste.clicked() {
            cx.view.table_for = Some(path.clone());
            ui.ctx().send_viewport_cmd(ViewportCommand::RequestPaste);
        }
        let width = table.n_columns().max(1);
        if ui.button("＋ 行").on_hover_text("最後に1行加えます").clicked() {
            let mut new = table.clone();
            new.heads.resize(width, String::new());
            new.rows.push(vec![String::new(); width]);
            done = Some(("表の行の追加", new));
        }
        if ui.button("＋ 列").on_hover_text("右に1列加えます").clicked() {
            let mut new = table.clone();
            new.heads.resize(table.n_columns() + 1, String::new());
            done = Some(("表の列の追加", new));
        }
        let last_is_empty = table.n_columns() > 0 && column_is_empty(table, table.n_columns() - 1);
        let remove = ui.add_enabled(last_is_empty, Button::new("－ 列")).on_hover_text("右端の空の列を除きます");
        if remove.clicked() {
            let mut new = table.clone();
            let n_left = table.n_columns() - 1;
            new.heads.truncate(n_left);
            new.rows.iter_mut().for_each(|row| row.truncate(n_left));
            done = Some(("表の列の削除", new));
        }
        let size = format!("{}行 × {}列", table.rows.len(), table.n_columns());
        ui.label(RichText::new(size).small().weak());
    });
    done
}

fn column_is_empty(table: &FreeTable, column: usize) -> bool {
    let head = table.heads.get(column).map_or("", String::as_str);
    head.trim().is_empty() && (0..table.rows.len()).all(|row| table.cell(row, column).trim().is_empty())
}

/// Which rows are shown, with buttons where there are more: index of the first.
fn rows_shown_ui(ui: &mut Ui, path: &FieldPath, n_rows: usize) -> usize {
    let id = cell_id(path, "first row");
    let mut first: usize = ui.data(|data| data.get_temp(id)).unwrap_or(0);
    first = first.min(n_rows.saturating_sub(1) / ROWS_SHOWN * ROWS_SHOWN);
    if n_rows > ROWS_SHOWN {
        ui.horizontal_wrapped(|ui| {
            if ui.add_enabled(first > 0, Button::new("前の行")).clicked() {
                first = first.saturating_sub(ROWS_SHOWN);
            }
            ui.label(format!("{}～{}行目", first + 1, n_rows.min(first + ROWS_SHOWN)));
            if ui.add_enabled(first + ROWS_SHOWN < n_rows, Button::new("次の行")).clicked() {
                first += ROWS_SHOWN;
            }
        });
    }
    ui.data_mut(|data| data.insert_temp(id, first));
    first
}

fn heads_ui(ui: &mut Ui, cx: &mut Cx<'_>, path: &FieldPath, table: &FreeTable, width: f32) {
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(vec2(NUMBER, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.set_width(NUMBER);
            ui.label(RichText::new("見出し").small().weak());
        });
        for column in 0..table.n_columns() {
            let text = table.heads.get(column).map_or("", String::as_str);
            let name = format!("{}列目の見出し", column + 1);
            cell_ui(ui, cx, (path, &format!("head {column}"), &name), text, width, |text| {
                let mut new = table.clone();
                new.heads.resize(table.n_columns(), String::new());
                new.heads[column] = text;
                answer(path, new)
            });
        }
    });
}

fn row_ui(ui: &mut Ui, cx: &mut Cx<'_>, path: &FieldPath, table: &FreeTable, row: usize, width: f32) -> Done {
    let mut done = None;
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(vec2(NUMBER, 0.0), Layout::left_to_right(Align::Min), |ui| {
            ui.set_width(NUMBER);
            ui.label(RichText::new((row + 1).to_string()).small().weak());
            if sign_ui(ui, Sign::Cross, &format!("{}行目を削除", row + 1)).on_hover_text(words::REMOVE_HINT).clicked()
            {
                let mut new = table.clone();
                new.rows.remove(row);
                done = Some(("表の行の削除", new));
            }
        });
        for column in 0..table.n_columns() {
            let name = format!("{}行目の{}列目", row + 1, column + 1);
            cell_ui(ui, cx, (path, &format!("cell {row} {column}"), &name), table.cell(row, column), width, |text| {
                let mut new = table.clone();
                new.cell_mut(row, column).into_iter().for_each(|cell| cell.clone_from(&text));
                answer(path, new)
            });
        }
    });
    done
}

/// One cell; its address, the part of it, and its name.
fn cell_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    (path, part, name): (&FieldPath, &str, &str),
    text: &str,
    width: f32,
    edit: impl Fn(String) -> Edit,
) {
    named(ui, Role::Cell, name, |ui| {
        // What has the name.
        let label = ui.unique_id();
        ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.set_width(width);
            let cell = TextCell { id: cell_id(path, part), label, text, lines: Lines::Several(1), hint: "" };
            let response = cell.ui(ui, cx, edit);
            cx.follow(&response, path);
        });
    });
}

/// Takes what a spreadsheet copied: asked for with the button it goes in as a whole, behind the rows that are there; pasted into
/// a cell it fills from there.
fn pasted(ui: &Ui, cx: &mut Cx<'_>, path: &FieldPath, table: &FreeTable) -> Done {
    let asked = cx.view.table_for.as_ref() == Some(path);
    let focused = if cx.view.current.as_ref() == Some(path) { focused_cell(ui, path, table) } else { None };
    if !asked && focused.is_none() {
        return None;
    }
    let is_table = |text: &str| asked || text.trim_end().contains(['\t', '\n']);
    let found = ui.input_mut(|input| {
        let at = input.events.iter().position(|event| matches!(event, Event::Paste(text) if is_table(text)))?;
        Some(input.events.remove(at))
    });
    let Some(Event::Paste(text)) = found else { return None };
    cx.view.table_for = None;
    let copied = FreeTable::from_tsv(&text);
    match focused.filter(|_| !asked) {
        Some((row, column)) => Some(("表の貼り付け", filled(table, copied, row, column))),
        // Heads that nobody has written give way to those that come.
        None if table.is_empty() || table.n_written() == 0 && is_as_proposed(cx, path, table) => {
            Some(("表の貼り付け", copied))
        }
        None => {
            let mut new = table.clone();
            let heads = Some(copied.heads).filter(|heads| *heads != table.heads);
            new.rows.extend(heads.into_iter().chain(copied.rows));
            Some(("表の貼り付け", new))
        }
    }
}

/// Row and column of the cell in focus; the heads are row 0.
fn focused_cell(ui: &Ui, path: &FieldPath, table: &FreeTable) -> Option<(usize, usize)> {
    let focused = ui.memory(egui::Memory::focused)?;
    let columns = 0..table.n_columns();
    let in_heads = columns.clone().find(|column| cell_id(path, &format!("head {column}")) == focused);
    let first: usize = ui.data(|data| data.get_temp(cell_id(path, "first row"))).unwrap_or(0);
    let rows = first..table.rows.len().min(first + ROWS_SHOWN);
    let mut cells = rows.flat_map(|row| columns.clone().map(move |column| (row, column)));
    let in_rows = cells.find(|(row, column)| cell_id(path, &format!("cell {row} {column}")) == focused);
    in_heads.map(|column| (0, column)).or(in_rows.map(|(row, column)| (row + 1, column)))
}

/// The table with another laid over it from that cell on.
fn filled(table: &FreeTable, over: FreeTable, first_row: usize, first_column: usize) -> FreeTable {
    let mut new = table.clone();
    for (down, texts) in std::iter::once(over.heads).chain(over.rows).enumerate() {
        let row = first_row + down;
        let cells = if row == 0 {
            &mut new.heads
        } else {
            if new.rows.len() < row {
                new.rows.resize(row, Vec::new());
            }
            &mut new.rows[row - 1]
        };
        if cells.len() < first_column + texts.len() {
            cells.resize(first_column + texts.len(), String::new());
        }
        for (cell, text) in cells.iter_mut().skip(first_column).zip(texts) {
            *cell = text;
        }
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copied_range_is_laid_over_the_table() {
        let table = FreeTable::from_tsv("名称\t根拠\n甲\t一\n乙\t二");
        let over = FreeTable::from_tsv("X\tY\tZ\nP\tQ\tR");
        assert_eq!(
            filled(&table, over.clone(), 2, 1),
            FreeTable::from_tsv("名称\t根拠\n甲\t一\n乙\tX\tY\tZ\n\tP\tQ\tR")
        );
        assert_eq!(filled(&table, over, 0, 0), FreeTable::from_tsv("X\tY\tZ\nP\tQ\tR\n乙\t二"));
    }
}
