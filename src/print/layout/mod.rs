//! Layout: a document → pages of placed runs, lines, fills, links and tags.
//! Never: knows a form or a draft; drops, shrinks or overlaps a text.
//! Start with [`layout`]: a sheet becomes rows (`sheet`, `row`), a row's cells become strips (`cell`, `line`),
//! the flow puts them on pages (`flow`), and the pages of all sheets are joined (`join`).

mod cell;
mod chart;
mod flow;
mod frame;
mod geometry;
mod join;
mod length;
mod line;
mod list;
mod margin;
mod measure;
mod page;
mod row;
mod sheet;

pub use chart::{ArrangedArrow, ArrangedChart, ArrangedNode, ArrangedText, CHART_TYPE, arrange};
pub use length::{Mm, Pt};
pub use margin::{Options, Purpose};
pub use page::*;

use crate::parallel;
use crate::print::fonts::Fonts;
use crate::print::layout::flow::Spacing;
use crate::print::layout::join::{Placed, join};
use crate::print::printout::{Body, PrintedSigns, Printout, Sheet, SheetStart};

/// Places a document on pages. Sheets that begin a page know nothing of each other: they are placed at the same time.
pub fn layout(printout: &Printout, options: &Options, fonts: &mut Fonts) -> Pages {
    let stretches: Vec<&[Sheet]> =
        printout.sheets.chunk_by(|_, sheet| matches!(sheet.start, SheetStart::SamePage)).collect();
    let begin = || fonts.another();
    let placed = parallel::in_order(stretches.len(), begin, |fonts, index| {
        let stretch = stretches[index];
        let usual = place(stretch, &printout.signs, Spacing::Usual, fonts);
        if !has_short_tail(stretch, &usual.pages) {
            return usual;
        }
        let close = place(stretch, &printout.signs, Spacing::Close, fonts);
        if close.pages.pages.len() < usual.pages.pages.len() { close } else { usual }
    });
    let mut pages = join(placed, &printout.sheets);
    margin::mark(&mut pages, options, fonts);
    pages
}

fn place(sheets: &[Sheet], signs: &PrintedSigns, spacing: Spacing, fonts: &mut Fonts) -> Placed {
    let mut flow = flow::Flow::new(fonts, spacing);
    let mut ends = Vec::new();
    for sheet in sheets {
        sheet::place(sheet, signs, &mut flow);
        ends.push(flow.pages.outline.len());
    }
    let (pages, links) = flow.finish();
    Placed { pages, links, ends }
}

/// Whether the last page holds so little that closer rows may do without it: four lines of Ⅳ３.
fn has_short_tail(sheets: &[Sheet], pages: &Pages) -> bool {
    let [.., before, last] = pages.pages.as_slice() else { return false };
    let lowest = last.lines.iter().map(|line| line.y2).fold(Pt::ZERO, Pt::max);
    sheets.iter().all(|sheet| matches!(sheet.body, Body::Rows(_)))
        && before.width.same(last.width)
        && lowest.fits(Pt::from(measure::MARGIN_Y) + measure::SHORT_TAIL)
}
