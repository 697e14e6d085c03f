//! What has been looked up, one page of 256 characters at a time: 120,000 look-ups must cost next to nothing.

use super::{FaceGlyph, Weight};

type Page = Box<[Option<FaceGlyph>; 256]>;

/// Glyphs by character and weight.
#[derive(Debug)]
pub(super) struct Cache {
    regular: Vec<Option<Page>>,
    bold: Vec<Option<Page>>,
}

impl Cache {
    pub(super) const fn new() -> Self {
        Cache { regular: Vec::new(), bold: Vec::new() }
    }

    #[inline]
    pub(super) fn get(&self, character: char, weight: Weight) -> Option<FaceGlyph> {
        let pages = match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        };
        let (page, place) = place_of(character);
        *pages.get(page)?.as_ref()?.get(place)?
    }

    pub(super) fn set(&mut self, character: char, weight: Weight, glyph: FaceGlyph) {
        let pages = match weight {
            Weight::Regular => &mut self.regular,
            Weight::Bold => &mut self.bold,
        };
        let (page, place) = place_of(character);
        if pages.len() <= page {
            pages.resize_with(page + 1, || None);
        }
        let page = pages[page].get_or_insert_with(|| Box::new([None; 256]));
        page[place] = Some(glyph);
    }
}

fn place_of(character: char) -> (usize, usize) {
    let code = u32::from(character) as usize;
    (code >> 8, code & 0xFF)
}
