//! One face: its glyphs, advances and vertical forms.

use std::sync::OnceLock;
use ttf_parser::gsub::{SingleSubstitution, SubstitutionSubtable};
use ttf_parser::{Face, GlyphId, Tag, name_id};

/// The file of the regular face. The files stand in the program once: screens and paper share these statics.
pub static REGULAR_FILE: &[u8] = include_bytes!("../../../fonts/BIZUDGothic-Regular.ttf");
/// The file of the bold face.
pub static BOLD_FILE: &[u8] = include_bytes!("../../../fonts/BIZUDGothic-Bold.ttf");
/// The file of the face with the characters the other two lack.
pub static SUPPLEMENT_FILE: &[u8] = include_bytes!("../../../fonts/NotoSansJP-Supplement.ttf");

/// A face inside the program.
#[derive(Debug)]
pub(super) struct Embedded {
    pub(super) data: &'static [u8],
    pub(super) facts: FaceFacts,
    face: Face<'static>,
}

/// What a PDF says about a face; lengths in units of the face.
#[derive(Clone, Debug, PartialEq)]
pub struct FaceFacts {
    /// PostScript name.
    pub name: String,
    /// Units of one em.
    pub units_per_em: u16,
    /// Height above the baseline.
    pub ascent: i16,
    /// Depth below the baseline, negative.
    pub descent: i16,
    /// Box around all glyphs: left, bottom, right, top.
    pub bounds: [i16; 4],
    /// 400 regular, 700 bold.
    pub weight: u16,
    /// Whether the outlines are those of PostScript (`CFF `), not TrueType (`glyf`).
    pub is_cff: bool,
}

/// The faces inside the program, at the places [`super::FaceId`] says; read once for the whole program.
pub(super) fn embedded() -> &'static [Embedded] {
    static FACES: OnceLock<Vec<Embedded>> = OnceLock::new();
    FACES.get_or_init(|| {
        let files = [REGULAR_FILE, BOLD_FILE, SUPPLEMENT_FILE].into_iter();
        let read = |data| {
            let face = Face::parse(data, 0).ok()?;
            Some(Embedded { data, facts: facts(&face), face })
        };
        files.filter_map(read).collect()
    })
}

impl Embedded {
    /// Glyph and advance in em.
    pub(super) fn glyph(&self, character: char) -> Option<(u16, f32)> {
        glyph(&self.face, character)
    }

    /// Glyph and advance in em of a variation sequence the face knows.
    pub(super) fn variation(&self, character: char, selector: char) -> Option<(u16, f32)> {
        let id = self.face.glyph_variation_index(character, selector)?;
        Some((id.0, advance_em(&self.face, id)))
    }

    pub(super) fn vertical(&self, id: u16) -> u16 {
        vertical(&self.face, id).unwrap_or(id)
    }

    pub(super) fn advances(&self, ids: &[u16]) -> Vec<u16> {
        advances(&self.face, ids)
    }
}

/// Glyph and advance in em; never glyph 0.
pub(super) fn glyph(face: &Face, character: char) -> Option<(u16, f32)> {
    let id = face.glyph_index(character).filter(|id| id.0 != 0)?;
    Some((id.0, advance_em(face, id)))
}

/// [`FaceFacts`] of a face in a file.
pub(super) fn facts_in(data: &[u8], index: u32) -> Option<FaceFacts> {
    Face::parse(data, index).ok().map(|face| facts(&face))
}

/// Advances of glyphs of a face in a file.
pub(super) fn advances_in(data: &[u8], index: u32, ids: &[u16]) -> Vec<u16> {
    Face::parse(data, index).map(|face| advances(&face, ids)).unwrap_or_default()
}

/// The vertical form of a glyph of a face in a file.
pub(super) fn vertical_in(data: &[u8], index: u32, id: u16) -> Option<u16> {
    vertical(&Face::parse(data, index).ok()?, id)
}

fn advance_em(face: &Face, id: GlyphId) -> f32 {
    f32::from(face.glyph_hor_advance(id).unwrap_or_default()) / f32::from(face.units_per_em())
}

fn advances(face: &Face, ids: &[u16]) -> Vec<u16> {
    ids.iter().map(|id| face.glyph_hor_advance(GlyphId(*id)).unwrap_or_default()).collect()
}

fn facts(face: &Face) -> FaceFacts {
    let bounds = face.global_bounding_box();
    FaceFacts {
        name: postscript_name(face),
        units_per_em: face.units_per_em(),
        ascent: face.ascender(),
        descent: face.descender(),
        bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max],
        weight: face.weight().to_number(),
        is_cff: face.tables().glyf.is_none(),
    }
}

fn postscript_name(face: &Face) -> String {
    let names = face.names().into_iter().filter(|name| name.name_id == name_id::POST_SCRIPT_NAME);
    let name: String = names
        .filter_map(|name| name.to_string())
        .next()
        .unwrap_or_default()
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    if name.is_empty() { "SystemFont".to_owned() } else { name }
}

/// The single substitution of the feature `vert`, OpenType's form for upright vertical writing.
fn vertical(face: &Face, id: u16) -> Option<u16> {
    let table = face.tables().gsub?;
    let feature = table.features.find(Tag::from_bytes(b"vert"))?;
    let lookups = feature.lookup_indices.into_iter().filter_map(|index| table.lookups.get(index));
    lookups.flat_map(|lookup| lookup.subtables.into_iter::<SubstitutionSubtable>()).find_map(
        |subtable| match subtable {
            SubstitutionSubtable::Single(single) => substitute(&single, GlyphId(id)),
            _ => None,
        },
    )
}

fn substitute(single: &SingleSubstitution, id: GlyphId) -> Option<u16> {
    let place = single.coverage().get(id)?;
    match single {
        SingleSubstitution::Format1 { delta, .. } => Some(id.0.wrapping_add_signed(*delta)),
        SingleSubstitution::Format2 { substitutes, .. } => substitutes.get(place).map(|id| id.0),
    }
}
