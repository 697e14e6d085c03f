//! Which code shows which glyph, and stands for which text.
//!
//! In a PDF the text is found through the code of a glyph. Where two texts share a glyph (a variation sequence that
//! looks like its base form, decomposed kana), the second one gets a code in a further small font of the same face:
//! no reader can then mistake one for the other. Glyphs with many texts (〓) have their text told beside the code.

use super::PdfError;
use crate::print::fonts::{FaceId, Fonts, N_EMBEDDED, is_invisible};
use crate::print::layout::{Glyph, Pages, Run};
use std::borrow::Cow;

/// The text of a code whose true text is told beside it.
const NOTHING: &str = "\u{200B}";
/// So many texts of one glyph have codes of their own.
const MAX_TEXTS: usize = 3;

/// The codes of all glyphs of a document.
pub(super) struct Codes<'a> {
    /// By face.
    faces: Vec<Vec<GlyphUse<'a>>>,
    /// The fonts of the document.
    pub(super) fonts: Vec<FontUse<'a>>,
}

/// A font of the document: glyphs of one face, each standing for one text.
pub(super) struct FontUse<'a> {
    pub(super) face: FaceId,
    /// Name in the resources of the pages.
    pub(super) resource: String,
    /// The glyphs; the code of the first is 1.
    pub(super) glyphs: Vec<(u16, Cow<'a, str>)>,
}

/// One way to show a glyph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Code {
    /// Index into [`Codes::fonts`].
    pub(super) font: usize,
    pub(super) cid: u16,
    /// In thousandths of an em, as the font's table of widths will say.
    pub(super) width: i32,
    /// Whether the code alone tells the text.
    pub(super) tells_all: bool,
}

/// A glyph of a run with all the text it stands for.
pub(super) struct Part<'a> {
    pub(super) glyph: u16,
    pub(super) text: &'a str,
    pub(super) advance_em: f32,
}

#[derive(Clone, Default)]
struct GlyphUse<'a> {
    width: i32,
    texts: Vec<(Cow<'a, str>, Code)>,
}

impl<'a> Codes<'a> {
    /// Gives a code to each pair of glyph and text in the pages.
    pub(super) fn of(pages: &'a Pages, fonts: &Fonts) -> Result<Self, PdfError> {
        let mut codes = Codes { faces: Vec::new(), fonts: Vec::new() };
        for run in pages.pages.iter().flat_map(|page| page.behind.iter().chain(&page.runs)) {
            codes.note(run)?;
        }
        let mut n_others = 0;
        for face in 0..codes.faces.len() {
            // Faces of this computer are named in their order, however many it has.
            let name = face.min(N_EMBEDDED + n_others);
            let is_used = codes.number(face, name, fonts)?;
            n_others += usize::from(is_used && face >= N_EMBEDDED);
        }
        Ok(codes)
    }

    /// The code that shows a glyph as this text.
    pub(super) fn get(&self, face: FaceId, glyph: u16, text: &str) -> Option<Code> {
        let texts = &self.faces.get(usize::from(face.0))?.get(usize::from(glyph))?.texts;
        let tellable = tellable(text);
        let find = |text: &str| texts.iter().find(|(other, _)| *other == text);
        let (told, code) = find(&tellable).or_else(|| find(NOTHING))?;
        Some(Code { tells_all: *told == text, ..*code })
    }

    fn note(&mut self, run: &'a Run) -> Result<(), PdfError> {
        let face = usize::from(run.face.0);
        if self.faces.len() <= face {
            self.faces.resize_with(face + 1, Vec::new);
        }
        let uses = &mut self.faces[face];
        for Part { glyph, text, .. } in parts(run) {
            if glyph == 0 {
                return Err(PdfError::NoGlyph(text.to_owned()));
            }
            let glyph = usize::from(glyph);
            if uses.len() <= glyph {
                uses.resize_with(glyph + 1, GlyphUse::default);
            }
            let (text, texts) = (tellable(text), &mut uses[glyph].texts);
            let is_known = |text: &str| texts.iter().any(|(other, _)| *other == text);
            if is_known(&text) {
                continue;
            }
            if texts.len() < MAX_TEXTS {
                texts.push((text, Code::default()));
            } else if !is_known(NOTHING) {
                texts.push((NOTHING.into(), Code::default()));
            }
        }
        Ok(())
    }

    /// Gives codes to the glyphs of a face, and says whether any is used.
    fn number(&mut self, face: usize, name: usize, fonts: &Fonts) -> Result<bool, PdfError> {
        let uses = &mut self.faces[face];
        let Some(n_fonts) = uses.iter().map(|glyph| glyph.texts.len()).max().filter(|n| *n > 0) else {
            return Ok(false);
        };
        let id = FaceId(u16::try_from(face).unwrap_or(u16::MAX));
        let units = fonts.facts(id).ok_or(PdfError::NoFace(id))?.units_per_em;
        let ids: Vec<u16> =
            (0..).zip(uses.iter()).filter(|(_, glyph)| !glyph.texts.is_empty()).map(|(id, _)| id).collect();
        for (id, advance) in ids.iter().zip(fonts.advances(id, &ids)) {
            uses[usize::from(*id)].width = thousandths(advance, units);
        }
        for nth in 0..n_fonts {
            let resource = if nth == 0 { format!("G{name}") } else { format!("G{name}x{nth}") };
            let mut font = FontUse { face: id, resource, glyphs: Vec::new() };
            for (glyph, glyph_use) in (0..).zip(uses.iter_mut()) {
                let width = glyph_use.width;
                if let Some((text, code)) = glyph_use.texts.get_mut(nth) {
                    font.glyphs.push((glyph, text.clone()));
                    let cid = u16::try_from(font.glyphs.len()).unwrap_or(u16::MAX);
                    *code = Code { font: self.fonts.len(), cid, width, tells_all: true };
                }
            }
            self.fonts.push(font);
        }
        Ok(true)
    }
}

/// The glyphs of a run, each with the text it stands for. Mere instructions go with the glyph before them (or after
/// them, at the beginning): shown by themselves, a glyph without width, they break words apart in some readers.
pub(super) fn parts(run: &Run) -> impl Iterator<Item = Part<'_>> {
    let (mut rest, mut start) = (run.glyphs.as_slice(), 0);
    std::iter::from_fn(move || {
        let mut end = start;
        let mut take = |glyph: &Glyph| end += usize::from(glyph.text_len);
        let n_before = rest.iter().scan(start, |at, glyph| instruction(run, glyph, at)).count();
        let n_before = n_before.min(rest.len().checked_sub(1)?);
        let (before, from_glyph) = rest.split_at(n_before);
        let (glyph, after) = from_glyph.split_first()?;
        before.iter().for_each(&mut take);
        take(glyph);
        let mut at = end;
        let n_after = after.iter().map_while(|glyph| instruction(run, glyph, &mut at)).count();
        end = at;
        rest = &after[n_after..];
        let text = run.text.get(start..end).unwrap_or_default();
        start = end;
        Some(Part { glyph: glyph.id, text, advance_em: glyph.advance_em })
    })
}

/// Steps over a glyph that is a mere instruction.
fn instruction(run: &Run, glyph: &Glyph, at: &mut usize) -> Option<()> {
    if glyph.advance_em != 0.0 {
        return None;
    }
    let end = *at + usize::from(glyph.text_len);
    let text = run.text.get(*at..end).filter(|text| !text.is_empty())?;
    text.chars().all(is_invisible).then(|| *at = end)
}

/// Whether the texts of the glyphs add up to the text of the run.
pub(super) fn is_told_by_its_glyphs(run: &Run) -> bool {
    parts(run).map(|part| part.text.len()).sum::<usize>() == run.text.len()
}

/// The text as a code can stand for it. PDF/A forbids some values in the table of codes (ISO 19005-2, 6.2.11.7.2).
fn tellable(text: &str) -> Cow<'_, str> {
    let is_forbidden = |c: char| matches!(c, '\0' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}');
    if text.is_empty() {
        return NOTHING.into();
    }
    if !text.contains(is_forbidden) {
        return text.into();
    }
    let rest = text.replace(is_forbidden, "");
    if rest.is_empty() { NOTHING.into() } else { rest.into() }
}

/// An advance as the library writes it in the table of widths: cut, not rounded.
fn thousandths(advance: u16, units_per_em: u16) -> i32 {
    (f32::from(advance) * 1000.0 / f32::from(units_per_em.max(1))) as i32
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::print::layout::{Glyph, Page};

    fn run(glyphs: &[(u16, &str)]) -> Run {
        let glyph = |(id, text): &(u16, &str)| Glyph { id: *id, advance_em: 1.0, text_len: text.len() as u8 };
        Run {
            tag: None,
            x: Default::default(),
            y: Default::default(),
            size: Default::default(),
            face: FaceId(0),
            ink: Default::default(),
            direction: Default::default(),
            glyphs: glyphs.iter().map(glyph).collect(),
            text: glyphs.iter().map(|(_, text)| *text).collect(),
        }
    }

    fn pages(glyphs: &[(u16, &str)]) -> Pages {
        Pages { pages: vec![Page { runs: vec![run(glyphs)], ..Page::default() }], ..Pages::default() }
    }

    #[test]
    fn one_glyph_with_two_texts_has_two_codes() {
        let pages = pages(&[(50, "辻"), (50, "辻\u{E0100}"), (50, "辻"), (40, "字")]);
        let codes = Codes::of(&pages, &Fonts::embedded_only()).unwrap();
        let plain = codes.get(FaceId(0), 50, "辻");
        let variant = codes.get(FaceId(0), 50, "辻\u{E0100}");
        assert_eq!(plain.map(|code| (code.font, code.cid)), Some((0, 2)));
        assert_eq!(variant.map(|code| (code.font, code.cid)), Some((1, 1)));
        assert_eq!(codes.fonts[0].glyphs, [(40, "字".into()), (50, "辻".into())]);
        assert_eq!(codes.fonts[1].resource, "G0x1");
    }

    #[test]
    fn glyph_with_many_texts_does_not_make_many_fonts() {
        let pages = pages(&[(9, "一"), (9, "二"), (9, "三"), (9, "四"), (9, "五"), (9, "六")]);
        let codes = Codes::of(&pages, &Fonts::embedded_only()).unwrap();
        assert_eq!(codes.fonts.len(), MAX_TEXTS + 1);
        let tells_all = |text| codes.get(FaceId(0), 9, text).map(|code| code.tells_all);
        assert_eq!((tells_all("三"), tells_all("六")), (Some(true), Some(false)));
    }

    #[test]
    fn instructions_go_with_their_neighbours() {
        let mut run = run(&[(1, "\u{2060}"), (5, "字"), (1, "\u{200B}"), (1, "\u{FEFF}"), (6, "体")]);
        for glyph in [0, 2, 3] {
            run.glyphs[glyph].advance_em = 0.0;
        }
        let told: Vec<(u16, &str)> = parts(&run).map(|part| (part.glyph, part.text)).collect();
        assert_eq!(told, [(5, "\u{2060}字\u{200B}\u{FEFF}"), (6, "体")]);
        run.glyphs.truncate(1);
        assert_eq!(parts(&run).count(), 1);
    }

    #[test]
    fn glyph_zero_is_refused() {
        assert!(matches!(Codes::of(&pages(&[(0, "字")]), &Fonts::embedded_only()), Err(PdfError::NoGlyph(_))));
    }

    #[test]
    fn texts_no_table_may_hold_share_a_code() {
        let pages = pages(&[(1, "\u{0}"), (1, "\u{FEFF}"), (1, "")]);
        let codes = Codes::of(&pages, &Fonts::embedded_only()).unwrap();
        assert_eq!(codes.fonts[0].glyphs, [(1, NOTHING.into())]);
        assert!(is_told_by_its_glyphs(&pages.pages[0].runs[0]));
    }
}
