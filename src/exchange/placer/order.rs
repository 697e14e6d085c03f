//! The cells of a document in the order in which they are read, sheet by sheet.

use super::script::Script;
use super::spans::Spans;
use crate::exchange::boxes::{ForeignSource, Visibility};

/// The cells of one sheet.
#[derive(Debug, Default)]
pub(super) struct SheetCells {
    /// In reading order.
    pub order: Vec<usize>,
    pub spans: Spans,
    /// How many of them read like a label.
    pub n_labels: usize,
}

/// The cells of each sheet.
pub(super) fn sheet_cells(
    script: &Script<'_>,
    source: &ForeignSource,
    order: &[usize],
    keys: &[String],
) -> Vec<SheetCells> {
    let mut sheets: Vec<SheetCells> = source.sheets.iter().map(|_| SheetCells::default()).collect();
    for one in order {
        if let Some(sheet) = sheets.get_mut(source.boxes[*one].sheet) {
            sheet.order.push(*one);
            sheet.n_labels += usize::from(!script.reads(&keys[*one]).is_empty());
        }
    }
    for sheet in &mut sheets {
        sheet.spans = Spans::of(sheet.order.iter().map(|one| (*one, source.boxes[*one].area)));
    }
    sheets
}

/// The cells of all sheets in reading order.
pub(super) fn reading_order(source: &ForeignSource) -> Vec<usize> {
    let is_read = |one: &usize| {
        let one = &source.boxes[*one];
        one.is_cell()
            && !one.is_upright_place()
            && source.sheets.get(one.sheet).is_none_or(|sheet| sheet.sight == Visibility::Shown)
    };
    let mut order: Vec<usize> = (0..source.boxes.len()).filter(is_read).collect();
    order.sort_by(|a, b| {
        let (a, b) = (&source.boxes[*a], &source.boxes[*b]);
        let places = a.area.top.total_cmp(&b.area.top).then(a.area.left.total_cmp(&b.area.left));
        a.sheet.cmp(&b.sheet).then(places)
    });
    order
}
