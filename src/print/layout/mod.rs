//! Layout: a document → pages of placed runs, lines, fills, links and tags.
//! Never: knows a form or a draft; drops, shrinks or overlaps a text.
//! Start with [`layout`]: a sheet becomes rows (`sheet`, `row`), a row's cells become strips (`cell`, `line`),
//! and the flow puts them on pages (`flow`).

mod cell;
mod flow;
mod geometry;
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

use crate::print::document::Document;
use crate::print::fonts::Fonts;

/// DataFolders a document on pages.
pub fn layout(document: &Document, options: &Options, fonts: &mut Fonts) -> Pages {
    let mut flow = flow::Flow::new(fonts);
    let mut starts = Vec::new();
    for sheet in &document.sheets {
        sheet::place(sheet, &document.signs, &mut flow);
        let page = flow.pages.outline.iter().rev().find(|bookmark| bookmark.level < sheet.heading_level);
        starts.extend(page.map(|bookmark| (sheet.section.clone(), bookmark.page, bookmark.y)));
    }
    let (mut pages, links) = flow.finish();
    for link in links {
        let Some((_, page, y)) = starts.iter().find(|(section, _, _)| *section == link.section) else { continue };
        if let Some(on) = pages.pages.get_mut(link.page) {
            on.links.push(Link { rect: link.rect, page: *page, y: *y, tag: link.tag });
        }
    }
    margin::mark(&mut pages, options, fonts);
    pages
}
