//! The pages of sheets that were placed apart → one print-out: places and tags are counted through, links find their goal.

use std::collections::BTreeMap;

use crate::print::fonts::Drawn;
use crate::print::layout::flow::PendingLink;
use crate::print::layout::{Link, MissingArt, Pages, Pt, Substitution, TagId};
use crate::print::printout::Sheet;

/// Some sheets, the first of which begins a page, placed as if they were the whole print-out.
pub(super) struct Placed {
    pub pages: Pages,
    pub links: Vec<PendingLink>,
    /// How many bookmarks there are after each sheet.
    pub ends: Vec<usize>,
}

/// How often a character could not be drawn as written, and on which page first.
type Substitutions = BTreeMap<(String, Drawn), (usize, usize)>;

/// Joins what was placed, in the order of the sheets.
pub(super) fn join(placed: Vec<Placed>, sheets: &[Sheet]) -> Pages {
    let mut whole = Pages::default();
    let (mut links, mut ends, mut substitutions) = (Vec::new(), Vec::new(), Substitutions::new());
    for part in placed {
        let n_pages = whole.pages.len();
        ends.extend(part.ends.iter().map(|end| whole.outline.len() + end));
        note(part.pages.substitutions.iter(), n_pages, &mut substitutions);
        // The first tag is the document itself, the same for all parts.
        let by = whole.tags.len().saturating_sub(1);
        links.extend(part.links.into_iter().map(|link| PendingLink {
            page: link.page + n_pages,
            tag: shifted(link.tag, by),
            ..link
        }));
        add(part.pages, by, &mut whole);
    }
    whole.substitutions = substitutions
        .into_iter()
        .map(|((text, drawn), (count, page))| Substitution { text, drawn, count, page })
        .collect();
    let starts = starts(sheets, &ends, &whole);
    for link in links {
        let Some((_, page, y)) = starts.iter().find(|(section, _, _)| *section == link.section) else { continue };
        if let Some(on) = whole.pages.get_mut(link.page) {
            on.links.push(Link { rect: link.rect, page: *page, y: *y, tag: link.tag });
        }
    }
    whole
}

/// Adds the pages of one part; its tags are counted on from those before.
fn add(part: Pages, by: usize, whole: &mut Pages) {
    let n_pages = whole.pages.len();
    let mut pages = part.pages;
    if by > 0 {
        let runs = pages.iter_mut().flat_map(|page| &mut page.runs);
        runs.filter_map(|run| run.tag.as_mut()).for_each(|tag| *tag = shifted(*tag, by));
        let figures = pages.iter_mut().flat_map(|page| &mut page.figures);
        figures.filter_map(|figure| figure.tag.as_mut()).for_each(|tag| *tag = shifted(*tag, by));
    }
    whole.pages.append(&mut pages);
    whole.outline.extend(part.outline.into_iter().map(|mut bookmark| {
        bookmark.page += n_pages;
        bookmark
    }));
    let moved = |mut missing: MissingArt| {
        missing.page += n_pages;
        missing
    };
    whole.missing_art.extend(part.missing_art.into_iter().map(moved));
    whole.crowded_art.extend(part.crowded_art.into_iter().map(moved));
    let n_known = usize::from(!whole.tags.is_empty());
    whole.tags.extend(part.tags.into_iter().skip(n_known).map(|mut tag| {
        tag.parent = tag.parent.map(|parent| shifted(parent, by));
        tag
    }));
}

fn shifted(tag: TagId, by: usize) -> TagId {
    if tag.0 == 0 { tag } else { TagId(tag.0 + by) }
}

fn note<'a>(found: impl Iterator<Item = &'a Substitution>, n_pages: usize, substitutions: &mut Substitutions) {
    for one in found {
        let known = substitutions.entry((one.text.clone(), one.drawn)).or_insert((0, one.page + n_pages));
        known.0 += one.count;
    }
}

/// Where each section begins: at the last bookmark before its headings.
fn starts<'a>(sheets: &'a [Sheet], ends: &[usize], whole: &Pages) -> Vec<(&'a str, usize, Pt)> {
    let start = |(sheet, end): (&'a Sheet, &usize)| {
        let bookmarks = whole.outline.get(..*end).unwrap_or_default();
        let bookmark = bookmarks.iter().rev().find(|bookmark| bookmark.level < sheet.heading_level)?;
        Some((sheet.section.as_str(), bookmark.page, bookmark.y))
    };
    sheets.iter().zip(ends).filter_map(start).collect()
}
