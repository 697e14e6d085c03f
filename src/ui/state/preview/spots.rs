//! Which answer stands where on the pages, in both directions.

use crate::form::FieldPath;
use crate::print::layout::{FieldArea, Link, Page, Pages, Rect};

/// The page and place of an answer. An answer without a place of its own (a box among others, a heading) is sought
/// at the answer of the same entry or file whose id begins most like its own.
pub fn spot_of<'a>(pages: &'a Pages, path: &FieldPath) -> Option<(usize, &'a FieldArea)> {
    let all = || {
        let of_page = |(index, page): (usize, &'a Page)| page.spots.iter().map(move |spot| (index, spot));
        pages.pages.iter().enumerate().flat_map(of_page)
    };
    if let Some(exact) = all().find(|(_, spot)| spot.path == *path) {
        return Some(exact);
    }
    let likeness = |spot: &FieldArea| {
        let n_same =
            spot.path.item.split('.').zip(path.item.split('.')).take_while(|(one, other)| one == other).count();
        (n_same, spot.path.entry == path.entry)
    };
    let mut best: Option<(usize, &FieldArea)> = None;
    for (index, spot) in all().filter(|(_, spot)| spot.path.file == path.file) {
        // The first of equals: where the group begins.
        if likeness(spot).0 > 0 && best.is_none_or(|(_, best)| likeness(spot) > likeness(best)) {
            best = Some((index, spot));
        }
    }
    best
}

/// The answer at a place of a page: the smallest cell there.
pub fn spot_at(page: &Page, x: f32, y: f32) -> Option<&FieldArea> {
    let inside = page.spots.iter().filter(|spot| contains(&spot.rect, x, y));
    let area = |spot: &FieldArea| spot.rect.width.0 * spot.rect.height.0;
    inside.min_by(|one, other| area(one).total_cmp(&area(other)))
}

/// The link at a place of a page.
pub fn link_at(page: &Page, x: f32, y: f32) -> Option<&Link> {
    page.links.iter().find(|link| contains(&link.rect, x, y))
}

fn contains(rect: &Rect, x: f32, y: f32) -> bool {
    (rect.x.0..=rect.x.0 + rect.width.0).contains(&x) && (rect.y.0..=rect.y.0 + rect.height.0).contains(&y)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::print::layout::Pt;

    fn spot(path: FieldPath, width: f32) -> FieldArea {
        FieldArea { rect: Rect { x: Pt(0.0), y: Pt(0.0), width: Pt(width), height: Pt(10.0) }, path }
    }

    fn pages() -> Pages {
        let one = Page { spots: vec![spot(FieldPath::document("a.b.c"), 100.0)], ..Page::default() };
        let entries = [0, 1].map(|entry| spot(FieldPath::document("a.d.e").entry(entry), 50.0 - entry as f32));
        Pages { pages: vec![one, Page { spots: entries.to_vec(), ..Page::default() }], ..Pages::default() }
    }

    #[test]
    fn an_answer_is_found_where_it_stands_or_beside() {
        let pages = pages();
        let check = |path: FieldPath| spot_of(&pages, &path).map(|(page, spot)| (page, spot.path.to_string()));
        assert_eq!(check(FieldPath::document("a.d.e").entry(1)), Some((1, "a.d.e[2]".to_owned())));
        assert_eq!(check(FieldPath::document("a.d.x").entry(1)), Some((1, "a.d.e[2]".to_owned())));
        assert_eq!(check(FieldPath::document("a.b")), Some((0, "a.b.c".to_owned())));
        assert_eq!(check(FieldPath::document("x")), None);
        assert_eq!(check(FieldPath::in_file(0, "a.b")), None);
    }

    #[test]
    fn the_smallest_cell_is_meant() {
        let page = pages().pages.pop().unwrap();
        assert_eq!(spot_at(&page, 5.0, 5.0).unwrap().path.entry, Some(1));
        assert_eq!(spot_at(&page, 5.0, 11.0), None);
    }
}
