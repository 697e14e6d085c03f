//! 変更の概要: one to three pages for those who decide: what changes, why, 事前 or 事後, and what is to be done before.
//! Holds which rows count, how they are sorted, how long texts are shortened, and how much has room on three pages.
//! Never: goes into the published document, decides what the author must decide, hides that something is left out.
//! Start with [`summary`], then `paper.rs` and `short.rs`.

mod change;
mod paper;
mod short;

use crate::draft::Draft;
use crate::form::Form;
use crate::margin::Margin;
use crate::print::fonts::Fonts;
use crate::print::layout::{Options, Pages, Pt, Purpose, layout};
use crate::print::printout::Printout;
use crate::print::summary::change::changes;
use crate::print::summary::paper::{Extent, paper};

/// Pages at most.
const MAX_PAGES: usize = 3;
/// Characters of a cell, from the usual to the shortest that still says something.
const MAX_CHARS: [usize; 3] = [160, 90, 50];
/// So many rows of one line each would not have room on three pages.
const MOST_ROWS: usize = 120;

/// Lays out the summary of this revision's changes; `None` where the change table has no row of this revision.
///
/// Of `options` the watermark counts: the summary always has page numbers, and is always 決裁用.
pub fn summary(form: &Form, draft: &Draft, options: &Options, fonts: &mut Fonts) -> Option<(Printout, Pages)> {
    let changes = changes(form, draft);
    if changes.is_empty() {
        return None;
    }
    let options =
        Options { margin: Margin::numbered(), watermark: options.watermark.clone(), purpose: Purpose::Approval };
    let mut place = |extent: Extent| {
        let printed = paper(form, draft, &changes, extent);
        let pages = layout(&printed, &options, fonts);
        (printed, pages)
    };
    if changes.len() <= MOST_ROWS {
        let mut found: Option<(Printout, Pages)> = None;
        for max_chars in MAX_CHARS {
            let placed = place(Extent { n_shown: changes.len(), max_chars });
            let n_pages = placed.1.pages.len();
            if n_pages <= MAX_PAGES && found.as_ref().is_none_or(|(_, pages)| n_pages < pages.pages.len()) {
                found = Some(placed);
            }
            if found.as_ref().is_some_and(|(_, pages)| pages.pages.len() == 1 || !ends_early(pages)) {
                break;
            }
        }
        if found.is_some() {
            return found;
        }
    }
    // Not all have room: as many as have, from the most urgent.
    let max_chars = MAX_CHARS[MAX_CHARS.len() - 1];
    let (mut fits, mut too_many) = (0, changes.len().min(MOST_ROWS + 1));
    let mut best = place(Extent { n_shown: 0, max_chars });
    while fits + 1 < too_many {
        let n_shown = usize::midpoint(fits, too_many);
        let placed = place(Extent { n_shown, max_chars });
        if placed.1.pages.len() <= MAX_PAGES {
            (fits, best) = (n_shown, placed);
        } else {
            too_many = n_shown;
        }
    }
    Some(best)
}

/// Whether so little stands on the last page that shorter cells are worth a page less.
fn ends_early(pages: &Pages) -> bool {
    let Some(page) = pages.pages.last() else { return false };
    let lowest = page.lines.iter().map(|line| line.y2).fold(Pt::ZERO, Pt::max);
    lowest.fits(page.height * 0.35)
}
