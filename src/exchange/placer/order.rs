//! The cells of a document in the order in which they are read, sheet by sheet.

use super::script::Script;
use super::spans::Spans;
use super::zones::SAME;
use crate::exchange::boxes::{ForeignSource, Visibility};

/// Fewer labels do not say where a form begins.
const FEWEST_LABELS: usize = 3;

/// The cells of one sheet.
#[derive(Debug, Default)]
pub(super) struct SheetCells {
    /// In reading order.
    pub order: Vec<usize>,
    pub spans: Spans,
    /// How many of them read like a label.
    pub n_labels: usize,
    /// Where the leftmost of them begin, where there are several.
    pub left_end: Option<f32>,
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
            if !script.reads(&keys[*one]).is_empty() {
                let left = source.boxes[*one].area.left;
                sheet.n_labels += 1;
                sheet.left_end = Some(sheet.left_end.map_or(left, |known| known.min(left)));
            }
        }
    }
    let left_end = common_left_end(&sheets);
    for sheet in &mut sheets {
        let is_sure =
            |left: &f32| sheet.n_labels >= FEWEST_LABELS || left_end.is_some_and(|all| (all - left).abs() < SAME);
        sheet.left_end = sheet.left_end.filter(is_sure);
        sheet.spans = Spans::of(sheet.order.iter().map(|one| (*one, source.boxes[*one].area)));
    }
    sheets
}

/// Where the labels begin on every sheet that has several: a sheet with a title alone begins there too.
fn common_left_end(sheets: &[SheetCells]) -> Option<f32> {
    let mut ends = sheets.iter().filter(|sheet| sheet.n_labels >= FEWEST_LABELS).filter_map(|sheet| sheet.left_end);
    let first = ends.next()?;
    ends.all(|end| (end - first).abs() < SAME).then_some(first)
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
