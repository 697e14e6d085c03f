//! Layout: a document → pages of placed runs, lines, fills, links and tags.
//! Never: knows a form or a draft; drops, shrinks or overlaps a text.
//! Start with [`layout`]: a sheet becomes rows (`sheet`, `row`), a row's cells become strips (`cell`, `line`),
//! the flow puts them on pages (`flow`), and the pages of all sheets are joined (`join`).

mod cell;
mod flow;
mod frame;
mod geometry;
mod join;
mod length;
mod line;
mod margin;
mod measure;
mod page;
mod row;
mod sheet;

pub use length::{Mm, Pt};
pub use margin::{Options, Purpose};
pub use page::*;

use crate::parallel;
use crate::print::fonts::Fonts;
use crate::print::layout::join::{Placed, join};
use crate::print::printout::{Printout, Sheet, SheetStart};

/// Places a document on pages. Sheets that begin a page know nothing of each other: they are placed at the same time.
pub fn layout(printout: &Printout, options: &Options, fonts: &mut Fonts) -> Pages {
    let stretches: Vec<&[Sheet]> =
        printout.sheets.chunk_by(|_, sheet| matches!(sheet.start, SheetStart::SamePage)).collect();
    let begin = || fonts.another();
    let placed = parallel::in_order(stretches.len(), begin, |fonts, index| {
        let mut flow = flow::Flow::new(fonts);
        let mut ends = Vec::new();
        for sheet in stretches[index] {
            sheet::place(sheet, &printout.signs, &mut flow);
            ends.push(flow.pages.outline.len());
        }
        let (pages, links) = flow.finish();
        Placed { pages, links, ends }
    });
    let mut pages = join(placed, &printout.sheets);
    margin::mark(&mut pages, options, fonts);
    pages
}
