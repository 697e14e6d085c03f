//! Bookmarks, and places on pages that something leads to.

use super::PdfError;
use super::skeleton::{Skeleton, rounded};
use super::tags::name_object;
use crate::print::layout::{OutlineEntry, Pages, Pt};
use lopdf::{Object, ObjectId, dictionary, text_string};

/// Adds the bookmarks as a tree; its two upper levels are open.
pub(super) fn add(skeleton: &mut Skeleton, pages: &Pages) -> Result<(), PdfError> {
    if pages.outline.is_empty() {
        return Ok(());
    }
    let root = skeleton.document.new_object_id();
    let ids: Vec<ObjectId> = pages.outline.iter().map(|_| skeleton.document.new_object_id()).collect();
    let parents = parents(&pages.outline);
    for (index, bookmark) in pages.outline.iter().enumerate() {
        let mut item = dictionary! {
            "Title" => text_string(&bookmark.title),
            "Parent" => parents[index].map_or(root, |parent| ids[parent]),
            "Dest" => destination(bookmark.page, bookmark.y, pages, &skeleton.pages)?,
        };
        let sibling = |other: &usize| parents[*other] == parents[index];
        if let Some(previous) = (0..index).rev().find(sibling) {
            item.set("Prev", ids[previous]);
        }
        if let Some(next) = (index + 1..ids.len()).find(sibling) {
            item.set("Next", ids[next]);
        }
        let children: Vec<usize> = (index + 1..ids.len()).filter(|other| parents[*other] == Some(index)).collect();
        if let (Some(first), Some(last)) = (children.first(), children.last()) {
            item.set("First", ids[*first]);
            item.set("Last", ids[*last]);
            let count = children.len() as i64;
            item.set("Count", if parents[index].is_none() { count } else { -count });
        }
        skeleton.document.set_object(ids[index], item);
    }
    add_root(skeleton, root, &ids, &parents)
}

fn add_root(
    skeleton: &mut Skeleton,
    root: ObjectId,
    ids: &[ObjectId],
    parents: &[Option<usize>],
) -> Result<(), PdfError> {
    let is_top = |index: &usize| parents[*index].is_none();
    let is_shown = |index: &usize| parents[*index].is_none_or(|parent| parents[parent].is_none());
    let mut outlines = dictionary! {
        "Type" => name_object("Outlines"),
        "Count" => (0..ids.len()).filter(is_shown).count() as i64,
    };
    if let (Some(first), Some(last)) = ((0..ids.len()).find(is_top), (0..ids.len()).rev().find(is_top)) {
        outlines.set("First", ids[first]);
        outlines.set("Last", ids[last]);
    }
    skeleton.document.set_object(root, outlines);
    let catalog = skeleton.document.catalog_mut()?;
    catalog.set("Outlines", root);
    catalog.set("PageMode", name_object("UseOutlines"));
    Ok(())
}

/// The bookmark that each one stands under: the last before it of a smaller level.
fn parents(bookmarks: &[OutlineEntry]) -> Vec<Option<usize>> {
    let mut above: Vec<usize> = Vec::new();
    let mut parents = Vec::new();
    for (index, bookmark) in bookmarks.iter().enumerate() {
        while above.last().is_some_and(|last| bookmarks[*last].level >= bookmark.level) {
            above.pop();
        }
        parents.push(above.last().copied());
        above.push(index);
    }
    parents
}

/// A height on a page, with the magnification left as it is.
pub(super) fn destination(page: usize, y: Pt, pages: &Pages, ids: &[ObjectId]) -> Result<Vec<Object>, PdfError> {
    let (Some(id), Some(target)) = (ids.get(page), pages.pages.get(page)) else {
        return Err(PdfError::NoSuchPage(page + 1));
    };
    let top = rounded((target.height - y).0);
    Ok(vec![Object::from(*id), name_object("XYZ"), 0.into(), top, Object::Null])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(levels: &[u8], expected: &[Option<usize>]) {
        let bookmark = |level: &u8| OutlineEntry { title: String::new(), level: *level, page: 0, y: Pt::ZERO };
        assert_eq!(parents(&levels.iter().map(bookmark).collect::<Vec<_>>()), expected);
    }

    #[test]
    fn bookmarks_stand_under_the_last_smaller_level() {
        check(&[0, 1, 1, 2, 1, 0], &[None, Some(0), Some(0), Some(2), Some(0), None]);
        check(&[1, 0, 2, 1], &[None, None, Some(1), Some(1)]);
    }
}
