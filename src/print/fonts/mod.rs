//! Our typefaces: which glyph draws a character, and how wide it is.
//!
//! Three faces are in the program; a face installed on the computer is asked only for a character that none of
//! them has, and 〓 stands for a character no face has. No character of a text is ever left out.
//! Never: lays out a line, writes a PDF.
//! Start with [`Fonts::glyph`].

mod cache;
mod face;
mod outline;
mod system;

use crate::characters::{self, CharacterKind};
use cache::Cache;
use face::Embedded;
use std::sync::{Mutex, PoisonError};
use system::Installed;

pub use face::{BOLD_FILE, FaceFacts, REGULAR_FILE, SUPPLEMENT_FILE};
pub use outline::{Outline, Point, Stroke};

/// Index of a face: 0 regular, 1 bold, 2 supplement, then the faces of this computer, the preferred ones first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub u16);

/// Weight of the type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Weight {
    /// Body.
    #[default]
    Regular,
    /// Titles.
    Bold,
}

/// The glyph that draws a character.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FaceGlyph {
    /// The face it is in.
    pub face: FaceId,
    /// Its number in that face.
    pub id: u16,
    /// How far the next glyph stands, in em.
    pub advance_em: f32,
    /// `None` if it is the character as written.
    pub how: Option<Drawn>,
}

/// What was drawn for a character that has no glyph of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Drawn {
    /// The base form of a variation sequence.
    BaseForm,
    /// 〓, because no font has the character.
    Geta,
    /// A glyph of a font installed on this computer.
    SystemFont,
}

/// All faces and what has been looked up in them. The faces, and every glyph found once, are shared by all fonts of
/// the program; each keeps what it has asked for itself, so that a thread asks the others for a character only once.
#[derive(Debug)]
pub struct Fonts {
    embedded: &'static [Embedded],
    beyond: Beyond,
    cache: Cache,
}

/// Where a character is looked for that our faces lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beyond {
    Nowhere,
    ThisComputer,
}

impl Beyond {
    /// What all fonts that look there have found.
    fn found(self) -> &'static Mutex<Cache> {
        static OURS: Mutex<Cache> = Mutex::new(Cache::new());
        static ALL: Mutex<Cache> = Mutex::new(Cache::new());
        match self {
            Beyond::Nowhere => &OURS,
            Beyond::ThisComputer => &ALL,
        }
    }
}

/// Faces inside the program.
pub const N_EMBEDDED: usize = 3;
/// Stands for a character that no face has.
const GETA: char = '〓';
/// The face with the characters that the other two lack.
const SUPPLEMENT: FaceId = FaceId(2);
/// The style of a character that asks for the plain, not the coloured form: what we draw anyway.
const TEXT_STYLE: char = '\u{FE0E}';

impl Fonts {
    /// The three embedded faces and nothing else: the same glyphs on every computer.
    #[must_use]
    pub fn embedded_only() -> Self {
        Fonts { embedded: face::embedded(), beyond: Beyond::Nowhere, cache: Cache::new() }
    }

    /// The embedded faces, then those installed on this computer; these are read at the first character that needs them.
    #[must_use]
    pub fn with_system() -> Self {
        Fonts { beyond: Beyond::ThisComputer, ..Fonts::embedded_only() }
    }

    /// Lets all fonts that look for characters on this computer find that glyph.
    #[cfg(test)]
    pub(crate) fn teach(character: char, glyph: FaceGlyph) {
        let mut found = Beyond::ThisComputer.found().lock().unwrap_or_else(PoisonError::into_inner);
        found.set(character, Weight::Regular, glyph);
    }

    /// The same fonts for another thread.
    #[must_use]
    pub fn another(&self) -> Self {
        Fonts { cache: Cache::new(), ..*self }
    }

    /// The glyph that draws `character`, with the variation selector that follows it if there is one.
    pub fn glyph(&mut self, character: char, selector: Option<char>, weight: Weight) -> FaceGlyph {
        let base = match self.cache.get(character, weight) {
            Some(glyph) => glyph,
            None => {
                let glyph = self.found(character, weight);
                self.cache.set(character, weight, glyph);
                glyph
            }
        };
        match selector {
            Some(selector) if selector != TEXT_STYLE && base.how.is_none() => self.variation(character, selector, base),
            _ => base,
        }
    }

    /// The glyph of `base` and `mark` as one character (か and U+3099 as が), if our faces have it.
    pub fn composed(&mut self, base: char, mark: char, weight: Weight) -> Option<FaceGlyph> {
        let one = unicode_normalization::char::compose(base, mark)?;
        Some(self.glyph(one, None, weight)).filter(|glyph| glyph.how.is_none())
    }

    /// The form of a glyph for vertical writing; the glyph itself if it has none.
    #[must_use]
    pub fn vertical(&self, face: FaceId, id: u16) -> u16 {
        match self.embedded(face) {
            Some(embedded) => embedded.vertical(id),
            None => {
                self.with_system_face(face, |data, index| face::vertical_in(data, index, id)).flatten().unwrap_or(id)
            }
        }
    }

    /// Height of the letters above the baseline, in em.
    #[must_use]
    pub fn ascent_em(&self, face: FaceId) -> f32 {
        self.facts(face).map_or(0.88, |facts| f32::from(facts.ascent) / f32::from(facts.units_per_em))
    }

    /// Depth of the letters below the baseline, in em; positive.
    #[must_use]
    pub fn descent_em(&self, face: FaceId) -> f32 {
        self.facts(face).map_or(0.12, |facts| -f32::from(facts.descent) / f32::from(facts.units_per_em))
    }

    /// What a PDF says about a face.
    #[must_use]
    pub fn facts(&self, face: FaceId) -> Option<FaceFacts> {
        match self.embedded(face) {
            Some(embedded) => Some(embedded.facts.clone()),
            None => self.with_system_face(face, face::facts_in).flatten(),
        }
    }

    /// Advances of glyphs as the font file has them, in units of the face.
    #[must_use]
    pub fn advances(&self, face: FaceId, ids: &[u16]) -> Vec<u16> {
        match self.embedded(face) {
            Some(embedded) => embedded.advances(ids),
            None => self.with_system_face(face, |data, i| face::advances_in(data, i, ids)).unwrap_or_default(),
        }
    }

    /// The outline of a glyph.
    #[must_use]
    pub fn outline(&self, face: FaceId, id: u16) -> Option<Outline> {
        self.with_file(face, |data, index| outline::outline_in(data, index, id)).flatten()
    }

    /// Lends the file of a face, and the number of the face in that file, to `f`.
    pub fn with_file<T>(&self, face: FaceId, f: impl FnOnce(&[u8], u32) -> T) -> Option<T> {
        match self.embedded(face) {
            Some(embedded) => Some(f(embedded.data, 0)),
            None => self.with_system_face(face, f),
        }
    }

    fn embedded(&self, face: FaceId) -> Option<&Embedded> {
        self.embedded.get(usize::from(face.0))
    }

    fn with_system_face<T>(&self, face: FaceId, f: impl FnOnce(&[u8], u32) -> T) -> Option<T> {
        let number = usize::from(face.0).checked_sub(self.embedded.len())?;
        Installed::get().with_file(number, f)
    }

    /// What any fonts have found, or else a look into the faces.
    fn found(&self, character: char, weight: Weight) -> FaceGlyph {
        let known = || self.beyond.found().lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(glyph) = known().get(character, weight) {
            return glyph;
        }
        let glyph = self.look_up(character, weight);
        known().set(character, weight, glyph);
        glyph
    }

    fn look_up(&self, character: char, weight: Weight) -> FaceGlyph {
        if is_invisible(character) {
            return FaceGlyph { advance_em: 0.0, ..self.space(' ', weight) };
        }
        if character == '\t' {
            return self.space('\u{3000}', weight);
        }
        // 外字 mean what they mean in one font: any other would draw something else.
        let is_private = CharacterKind::of(character) == CharacterKind::Unreadable;
        if let Some(glyph) = self.in_ours(character, weight).filter(|_| !is_private) {
            return glyph;
        }
        if character.is_whitespace() {
            return self.space(' ', weight);
        }
        let n_embedded = self.embedded.len();
        let found = match self.beyond {
            Beyond::Nowhere => None,
            Beyond::ThisComputer if is_private => Installed::get().find_private(character),
            Beyond::ThisComputer => Installed::get().find(character, weight),
        };
        let numbered = |(number, ..): &(usize, u16, f32)| u16::try_from(n_embedded + number).ok();
        match found.and_then(|found| Some((numbered(&found)?, found))) {
            Some((face, (_, id, advance_em))) => {
                FaceGlyph { face: FaceId(face), id, advance_em, how: Some(Drawn::SystemFont) }
            }
            None => FaceGlyph { how: Some(Drawn::Geta), ..self.in_ours(GETA, weight).unwrap_or_default() },
        }
    }

    fn in_ours(&self, character: char, weight: Weight) -> Option<FaceGlyph> {
        [main_face(weight), SUPPLEMENT].into_iter().find_map(|face| {
            let (id, advance_em) = self.embedded(face)?.glyph(character)?;
            Some(FaceGlyph { face, id, advance_em, how: None })
        })
    }

    fn space(&self, space: char, weight: Weight) -> FaceGlyph {
        self.in_ours(space, weight).unwrap_or_default()
    }

    fn variation(&self, character: char, selector: char, base: FaceGlyph) -> FaceGlyph {
        match self.embedded(base.face).and_then(|face| face.variation(character, selector)) {
            Some((id, advance_em)) => FaceGlyph { id, advance_em, ..base },
            None => FaceGlyph { how: Some(Drawn::BaseForm), ..base },
        }
    }
}

/// The face that lines of this weight are set in.
#[must_use]
pub fn main_face(weight: Weight) -> FaceId {
    match weight {
        Weight::Regular => FaceId(0),
        Weight::Bold => FaceId(1),
    }
}

/// Whether a character is a mere instruction: it is kept in the text, takes no room and shows nothing.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    characters::takes_no_room(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(character: char, selector: Option<char>, face: u16, advance_em: f32, how: Option<Drawn>) -> FaceGlyph {
        let glyph = Fonts::embedded_only().glyph(character, selector, Weight::Regular);
        assert_eq!((glyph.face, glyph.advance_em, glyph.how), (FaceId(face), advance_em, how), "{character:?}");
        assert_ne!(glyph.id, 0, "{character:?} must not be .notdef");
        glyph
    }

    #[test]
    fn each_character_finds_its_face() {
        check('字', None, 0, 1.0, None);
        check('A', None, 0, 0.5, None);
        check('ｱ', None, 0, 0.5, None);
        check('𠮷', None, 2, 1.0, None);
        assert_eq!(Fonts::embedded_only().glyph('字', None, Weight::Bold).face, FaceId(1));
    }

    #[test]
    fn unknown_character_becomes_geta() {
        let geta = check('〓', None, 0, 1.0, None);
        assert_eq!(check('\u{E01}', None, 0, 1.0, Some(Drawn::Geta)).id, geta.id);
        assert_eq!(check('\u{FFFF}', None, 0, 1.0, Some(Drawn::Geta)).id, geta.id);
    }

    #[test]
    fn instructions_take_no_room() {
        for character in ['\u{200B}', '\u{2060}', '\u{FEFF}', '\u{0}', '\u{E0100}', '\u{7F}', '\u{202E}'] {
            check(character, None, 0, 0.0, None);
        }
        check('\t', None, 0, 1.0, None);
        check('\u{202F}', None, 0, 0.5, None);
    }

    #[test]
    fn variation_sequences_are_exact_or_said_to_be_the_base_form() {
        let plain = check('辻', None, 0, 1.0, None);
        let known = [0xE0100, 0xE0101].map(|selector| check('辻', char::from_u32(selector), 0, 1.0, None).id);
        assert!(known.iter().any(|id| *id != plain.id), "辻 has a form of its own");
        assert_eq!(check('辻', Some('\u{E01EF}'), 0, 1.0, Some(Drawn::BaseForm)).id, plain.id);
        check('①', Some(TEXT_STYLE), 0, 1.0, None);
    }

    #[test]
    fn vertical_forms_differ_where_the_sign_turns() {
        let mut fonts = Fonts::embedded_only();
        let bar = fonts.glyph('ー', None, Weight::Regular);
        let kanji = fonts.glyph('再', None, Weight::Regular);
        assert_ne!(fonts.vertical(bar.face, bar.id), bar.id);
        assert_eq!(fonts.vertical(kanji.face, kanji.id), kanji.id);
    }

    #[test]
    fn decomposed_kana_are_drawn_whole() {
        let mut fonts = Fonts::embedded_only();
        let whole = fonts.glyph('が', None, Weight::Regular);
        assert_eq!(fonts.composed('か', '\u{3099}', Weight::Regular), Some(whole));
        assert_eq!(fonts.composed('か', '\u{309A}', Weight::Regular), None);
    }

    #[test]
    fn fonts_go_between_threads() {
        fn check<T: Send + Sync>(_: T) {}
        check(Fonts::with_system());
    }

    #[test]
    fn lines_are_as_high_as_the_main_face_says() {
        let fonts = Fonts::embedded_only();
        assert!((fonts.ascent_em(FaceId(0)) - 1802.0 / 2048.0).abs() < 1e-6);
        assert!((fonts.descent_em(FaceId(1)) - 246.0 / 2048.0).abs() < 1e-6);
    }
}
