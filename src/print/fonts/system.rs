//! Faces installed on this computer, read at the first character that no embedded face has.

use super::Weight;
use super::face;
use fontdb::{Database, FaceInfo, ID, Style};
use std::cmp::Reverse;
use std::sync::OnceLock;
use ttf_parser::{Face, GlyphId, Permissions};

/// Beginnings of family names in the order they are asked: the most kanji first, then what each system brings.
const PREFERRED: [&str; 10] = [
    "IPAmjMincho",
    "IPAmj明朝",
    "Yu Gothic",
    "MS Gothic",
    "MS PGothic",
    "Hiragino",
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "Source Han Sans",
    "Noto Serif CJK JP",
];

/// The faces of this computer.
#[derive(Debug)]
pub(super) struct Installed {
    database: Database,
    /// Best first. A face has its number from its place here, so that it is the same in every print-out.
    for_regular: Vec<ID>,
    /// Best first.
    for_bold: Vec<ID>,
}

impl Installed {
    /// The faces as they were when they were asked for first.
    pub(super) fn get() -> &'static Self {
        static INSTALLED: OnceLock<Installed> = OnceLock::new();
        INSTALLED.get_or_init(Self::read)
    }

    fn read() -> Self {
        let mut database = Database::new();
        database.load_system_fonts();
        let (for_regular, for_bold) = (best_first(&database, 400), best_first(&database, 700));
        Installed { database, for_regular, for_bold }
    }

    /// The same for a 外字, in the fonts that say they hold such characters.
    pub(super) fn find_private(&self, character: char) -> Option<(usize, u16, f32)> {
        let mut faces = self.for_regular.iter().enumerate();
        faces.find_map(|(number, id)| {
            let families = &self.database.face(*id)?.families;
            let has_own = families.iter().any(|(family, _)| is_private_font(family));
            let glyph =
                has_own.then(|| self.database.with_face_data(*id, |data, index| usable_glyph(data, index, character)));
            let (glyph, advance_em) = glyph.flatten().flatten()?;
            Some((number, glyph, advance_em))
        })
    }

    /// Number of the face, glyph, and advance in em, for a character.
    pub(super) fn find(&self, character: char, weight: Weight) -> Option<(usize, u16, f32)> {
        let order = match weight {
            Weight::Regular => &self.for_regular,
            Weight::Bold => &self.for_bold,
        };
        let (id, (glyph, advance_em)) = order.iter().find_map(|id| {
            let glyph = self.database.with_face_data(*id, |data, index| usable_glyph(data, index, character));
            Some((*id, glyph.flatten()?))
        })?;
        let number = self.for_regular.iter().position(|known| *known == id)?;
        Some((number, glyph, advance_em))
    }

    /// Lends the file of a face to `f`.
    pub(super) fn with_file<T>(&self, number: usize, f: impl FnOnce(&[u8], u32) -> T) -> Option<T> {
        self.database.with_face_data(*self.for_regular.get(number)?, f)
    }
}

fn best_first(database: &Database, wanted_weight: u16) -> Vec<ID> {
    let mut faces: Vec<&FaceInfo> = database.faces().collect();
    faces.sort_by_cached_key(|face| {
        (
            preference(face),
            face.style != Style::Normal,
            face.weight.0.abs_diff(wanted_weight),
            Reverse(face.monospaced),
            face.post_script_name.clone(),
            face.index,
        )
    });
    faces.iter().map(|face| face.id).collect()
}

/// Whether a font is one of 外字, by its family: what a municipality or Windows' editor makes.
fn is_private_font(family: &str) -> bool {
    let family = family.to_lowercase();
    ["外字", "gaiji", "eudc"].iter().any(|word| family.contains(word))
}

fn preference(face: &FaceInfo) -> usize {
    let is_of = |beginning: &&str| face.families.iter().any(|(family, _)| family.starts_with(beginning));
    PREFERRED.iter().position(is_of).unwrap_or(PREFERRED.len())
}

/// The glyph of a character if it has an outline we may embed.
fn usable_glyph(data: &[u8], index: u32, character: char) -> Option<(u16, f32)> {
    let face = Face::parse(data, index).ok()?;
    let glyph = face::glyph(&face, character)?;
    let tables = face.tables();
    let has_outlines = tables.glyf.is_some() || tables.cff.is_some();
    (has_outlines && may_be_embedded(&face) && face.glyph_bounding_box(GlyphId(glyph.0)).is_some()).then_some(glyph)
}

/// The licence bits of the face (OS/2 `fsType`): outlines, as a subset, and not "restricted".
fn may_be_embedded(face: &Face) -> bool {
    face.permissions().is_some_and(|permissions| permissions != Permissions::Restricted)
        && face.is_subsetting_allowed()
        && face.is_outline_embedding_allowed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferred_families_come_first() {
        let of = |family: &str| {
            let mut database = Database::new();
            let families = vec![(family.to_owned(), fontdb::Language::English_UnitedStates)];
            let (source, index) = (fontdb::Source::File("none".into()), 0);
            let id = database.push_face_info(FaceInfo {
                id: ID::dummy(),
                source,
                index,
                families,
                post_script_name: String::new(),
                style: Style::Normal,
                weight: fontdb::Weight(400),
                stretch: fontdb::Stretch::Normal,
                monospaced: false,
            });
            database.face(id).map(preference)
        };
        assert_eq!(of("IPAmjMincho"), Some(0));
        assert!(of("Yu Gothic UI") < of("MS Gothic"));
        assert_eq!(of("Comic Sans"), Some(PREFERRED.len()));
    }

    #[test]
    fn only_fonts_of_private_characters_are_asked_for_them() {
        for family in ["市外字", "EUDC", "TownGaiji"] {
            assert!(is_private_font(family), "{family}");
        }
        for family in ["Yu Gothic", "Font Awesome", "Symbol", "Wingdings"] {
            assert!(!is_private_font(family), "{family}");
        }
    }

    #[test]
    fn broken_file_is_passed_over() {
        assert_eq!(usable_glyph(b"not a font", 0, 'A'), None);
    }
}
