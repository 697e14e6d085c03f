//! The 別紙: the tables of the author behind the last 別添, each on pages of its own.

use super::misfit_row;
use crate::draft::{Answer, FreeTable, Scope};
use crate::form::{
    ATTACHMENT_FILE, ATTACHMENT_LIST, ATTACHMENT_OF, ATTACHMENT_TABLE, ATTACHMENT_TITLE, ATTACHMENTS, Item, Orientation,
};
use crate::print::printout::{Body, Bookmark, ColumnHead, ColumnRow, ColumnTable, Content, Row, Sheet, SheetStart};

/// Most columns of a 別紙 that stand beside each other.
const MOST_COLUMNS: usize = 12;
/// More columns than this stand on pages that lie.
const PORTRAIT_COLUMNS: usize = 5;
/// Most characters of a title that stands in the head of every page.
const TITLE_CHARS: usize = 80;
/// Width of a column in characters, at least and at most; the table is then made as wide as its page.
const NARROWEST: usize = 4;
const WIDEST: usize = 24;
/// What a cell has beside its characters, in em.
const PADDING_EM: f32 = 1.0;
/// Width of an upright and of a lying page in em of body size.
const PAGE_EM: (f32, f32) = (61.0, 88.0);

/// Each 別紙 that says something, on pages of its own behind all else: its number, its title and the file it is about.
pub(super) fn sheets(scope: Scope<'_>, sheets: &mut Vec<Sheet>) {
    let Some(list) = scope.form.item(ATTACHMENT_LIST) else { return };
    let misfits = misfit_row(scope, list);
    if misfits.is_some() {
        sheets.push(attachment_sheet("別紙", SheetStart::NewPage, Body::Rows(misfits.into_iter().collect())));
    }
    for (index, _) in scope.attachments().enumerate() {
        attachment(scope.entry(&list.id, index), list, index, sheets);
    }
}

fn attachment(scope: Scope<'_>, list: &Item, index: usize, sheets: &mut Vec<Sheet>) {
    let no_table = FreeTable::default();
    let table = if let Some(Answer::FreeTable(table)) = scope.answer(ATTACHMENT_TABLE) { table } else { &no_table };
    let (name, file) = (scope.text(ATTACHMENT_TITLE), scope.text(ATTACHMENT_FILE));
    // A table that has no title is called what it is.
    let name = if name.trim().is_empty() { scope.text(ATTACHMENT_OF) } else { name };
    let mut misfits: Vec<Row> = list.inner().iter().filter_map(|item| misfit_row(scope, item)).collect();
    if let Some(Answer::Text(_) | Answer::Foreign(_)) = scope.answer(ATTACHMENT_OF) {
        let content = vec![Content::Text(scope.text(ATTACHMENT_OF).into_owned())];
        misfits.push(Row::Full { content, path: scope.path(ATTACHMENT_OF) });
    }
    if table.is_empty() && misfits.is_empty() && name.trim().is_empty() && file.trim().is_empty() {
        return;
    }
    let number = scope.form.attachment_name(index);
    let file = if file.trim().is_empty() { String::new() } else { format!("（{}）", file.trim()) };
    let whole = format!("{number}　{}{file}", name.trim()).trim_end().to_owned();
    let first = sheets.len();
    // What stands in the head of every page is short; a long title stands once, in a frame of its own.
    let title = if whole.contains('\n') || whole.chars().count() > TITLE_CHARS { number } else { whole.clone() };
    if title != whole {
        let rows = [(name, ATTACHMENT_TITLE), (file.into(), ATTACHMENT_FILE)].into_iter();
        let rows = rows
            .filter(|(text, _)| !text.trim().is_empty())
            .map(|(text, item)| Row::Full { content: vec![Content::Text(text.into_owned())], path: scope.path(item) });
        sheets.push(attachment_sheet(&title, SheetStart::NewPage, Body::Rows(rows.collect())));
    }
    for columns in column_groups(table.n_columns()) {
        let sheet = attachment_sheet(&title, SheetStart::NewPage, free_table(table, &columns, index));
        let orientation = if columns.len() > PORTRAIT_COLUMNS { Orientation::Landscape } else { Orientation::Portrait };
        sheets.push(Sheet { orientation, ..sheet });
    }
    if let Some(sheet) = sheets.get_mut(first) {
        sheet.bookmarks.push(Bookmark { title: whole.replace('\n', " "), level: 0 });
    }
    if !misfits.is_empty() {
        sheets.push(attachment_sheet("", SheetStart::SamePage, Body::Rows(misfits)));
    }
}

fn attachment_sheet(title: &str, start: SheetStart, body: Body) -> Sheet {
    Sheet {
        section: ATTACHMENTS.to_owned(),
        title: title.to_owned(),
        orientation: Orientation::Portrait,
        start,
        bookmarks: Vec::new(),
        heading_level: 1,
        body,
    }
}

/// The columns of each stretch of pages: as many as can be read, the first again before the rest.
fn column_groups(n_columns: usize) -> Vec<Vec<usize>> {
    let first: Vec<usize> = (0..n_columns.min(MOST_COLUMNS)).collect();
    let rest: Vec<usize> = (first.len()..n_columns).collect();
    let again =
        rest.chunks(MOST_COLUMNS - 1).map(|columns| std::iter::once(0).chain(columns.iter().copied()).collect());
    std::iter::once(first).chain(again).collect()
}

/// Some columns of a table, each as wide as what stands in it.
fn free_table(table: &FreeTable, columns: &[usize], entry: usize) -> Body {
    if columns.is_empty() {
        return Body::Rows(Vec::new());
    }
    let head = |column: &usize| table.heads.get(*column).map_or("", String::as_str);
    let chars = |text: &str| text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    let wanted: Vec<f32> = columns
        .iter()
        .map(|column| {
            let longest = (0..table.rows.len()).map(|row| chars(table.cell(row, *column))).max().unwrap_or(0);
            let most = longest.max(chars(head(column)));
            #[expect(clippy::cast_precision_loss, reason = "no column is wider than some ten characters")]
            let chars = most.clamp(NARROWEST, WIDEST) as f32;
            chars + PADDING_EM
        })
        .collect();
    let room = if columns.len() > PORTRAIT_COLUMNS { PAGE_EM.1 } else { PAGE_EM.0 };
    let heads = columns.iter().zip(fitted(&wanted, room)).map(|(column, width_em)| ColumnHead {
        id: ATTACHMENT_TABLE.to_owned(),
        label: head(column).to_owned(),
        width_em,
        centered: false,
        repeated: *column == 0,
    });
    let cells = |row: usize| columns.iter().map(|column| table.cell(row, *column).to_owned()).collect();
    let rows = (0..table.rows.len()).map(|row| ColumnRow { cells: cells(row), index: Some(entry) });
    Body::Columns(ColumnTable { columns: heads.collect(), rows: rows.collect() })
}

/// The widths of columns in a room: narrow ones keep what they want, the others share the rest by what they want.
fn fitted(wanted: &[f32], room: f32) -> Vec<f32> {
    if wanted.iter().sum::<f32>() <= room {
        return wanted.to_vec(); // the table is made as wide as its page
    }
    let mut is_kept = vec![false; wanted.len()];
    let sum = |is_kept: &[bool], kept: bool| -> f32 {
        wanted.iter().zip(is_kept).filter(|(_, is)| **is == kept).map(|(width, _)| width).sum()
    };
    loop {
        let (rest, n) = (room - sum(&is_kept, true), is_kept.iter().filter(|is| !**is).count());
        #[expect(clippy::cast_precision_loss, reason = "a table has some ten columns")]
        let share = rest / n.max(1) as f32;
        let narrow = wanted.iter().zip(&is_kept).position(|(width, is)| !is && *width <= share);
        let Some(index) = narrow.filter(|_| n > 1) else {
            let scale = rest / sum(&is_kept, false).max(f32::MIN_POSITIVE);
            let width = |(width, is): (&f32, &bool)| if *is { *width } else { width * scale };
            return wanted.iter().zip(&is_kept).map(width).collect();
        };
        is_kept[index] = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrow_columns_keep_their_width() {
        assert_eq!(fitted(&[5.0, 9.0, 25.0, 25.0], 60.0), [5.0, 9.0, 23.0, 23.0]);
        assert_eq!(fitted(&[24.0, 24.0, 24.0], 48.0), [16.0; 3]);
        assert_eq!(fitted(&[5.0, 5.0], 60.0), [5.0, 5.0]);
    }
}
