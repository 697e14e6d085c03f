//! .xls → boxes. Which rows are hidden, what is coloured or struck, and what stands in shapes and comments
//! cannot be read there; the receipt says so.

use std::io::Cursor;

use calamine::{Reader, SheetType, SheetVisible, Xls, XlsError};

use super::sheet_extras::unit;
use super::value::in_words_of_old;
use super::xls_fonts::has_struck_font;
use super::xlsx::merges;
use super::{BROKEN, Collector, LOCKED};
use crate::exchange::boxes::{Carrier, ForeignSource, Pen, SourceSheet, TextBox, Visibility, cell_name};

/// Reads a book.
pub(super) fn read(bytes: &[u8]) -> Result<ForeignSource, String> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => LOCKED.to_owned(),
        _ => BROKEN.to_owned(),
    })?;
    let mut collector = Collector::default();
    collector.source.is_cells_alone = true;
    collector.source.has_unread_strikes = has_struck_font(bytes);
    for sheet in book.sheets_metadata().to_vec() {
        if !matches!(sheet.typ, SheetType::WorkSheet) {
            continue;
        }
        let at = collector.source.sheets.len();
        let sight = if sheet.visible == SheetVisible::Visible { Visibility::Shown } else { Visibility::Hidden };
        collector.source.sheets.push(SourceSheet { name: sheet.name.clone(), sight, ..SourceSheet::default() });
        let merged = book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        let merges = merges(merged.iter().map(|area| (area.start, area.end)));
        let range = book.worksheet_range(&sheet.name).map_err(|_| BROKEN.to_owned())?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let (Ok(row), Ok(column)) = (u32::try_from(row), u32::try_from(column)) else { continue };
            let (row, column) = (row + first_row, column + first_column);
            let Some(text) = in_words_of_old(value) else { continue };
            let area = merges.get(&(row, column)).copied().unwrap_or_else(|| unit(row, column));
            let name = cell_name(row, column);
            let (carrier, sight, pen) = (Carrier::Cell, Visibility::Shown, Pen::Plain);
            collector.add(TextBox { text, sheet: at, area, name, carrier, sight, pen, ..TextBox::default() })?;
        }
    }
    Ok(collector.source)
}
