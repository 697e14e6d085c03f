//! The document as the library builds it: page tree and fonts, with content streams still to be filled.

use super::PdfError;
use super::codes::{Codes, FontUse};
use super::finish::fingerprint;
use crate::print::fonts::{FaceFacts, Fonts};
use crate::print::layout::{Page, Pages};
use lopdf::{Document, Object, ObjectId, dictionary};
use printpdf::{
    Codepoint, FontId, FontMetrics, FontType, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfFontMetricsStub,
    PdfPage, PdfParseErrorSeverity, PdfSaveOptions, Pt, Rect, TextItem,
};
use std::borrow::Cow;
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;

/// A document and the numbers of its pages.
pub(super) struct Skeleton {
    pub(super) document: Document,
    pub(super) pages: Vec<ObjectId>,
    /// The content stream of each page.
    pub(super) contents: Vec<ObjectId>,
}

/// Builds page tree and fonts.
pub(super) fn build(pages: &Pages, codes: &Codes, fonts: &Fonts) -> Result<Skeleton, PdfError> {
    let mut document = PdfDocument::new("");
    document.pages = pages.pages.iter().map(page).collect();
    if let Some(first) = document.pages.first_mut() {
        first.ops = inventory(codes);
    }
    for font in &codes.fonts {
        let id = FontId(font.resource.clone());
        document.resources.fonts.map.insert(id, PdfFont::new(subset(font, fonts)?));
    }
    let mut warnings = Vec::new();
    let document = document.to_lopdf_document(&PdfSaveOptions::default(), &mut warnings);
    if let Some(error) = warnings.into_iter().find(|warning| warning.severity == PdfParseErrorSeverity::Error) {
        return Err(PdfError::Library(error.msg));
    }
    tidy(document, pages)
}

fn page(page: &Page) -> PdfPage {
    let paper = Rect::from_wh(Pt(page.width.0), Pt(page.height.0));
    PdfPage { media_box: paper.clone(), trim_box: paper.clone(), crop_box: paper, ops: Vec::new() }
}

/// Shows each glyph once. The library embeds only fonts it has seen in use, and writes their tables of widths and
/// of texts from this list; the real content takes its place later.
fn inventory(codes: &Codes) -> Vec<Op> {
    let mut ops = vec![Op::StartTextSection];
    for font in &codes.fonts {
        let glyph = |(cid, (_, text)): (u16, &(u16, Cow<str>))| Codepoint::with_cid(cid, 0.0, text.to_string());
        ops.push(Op::SetFont { font: PdfFontHandle::External(FontId(font.resource.clone())), size: Pt(1.0) });
        ops.push(Op::ShowText { items: vec![TextItem::GlyphIds((1..).zip(&font.glyphs).map(glyph).collect())] });
    }
    ops.push(Op::EndTextSection);
    ops
}

/// The used part of a face. Glyph numbers in it are the codes.
fn subset(font: &FontUse, fonts: &Fonts) -> Result<ParsedFont, PdfError> {
    let facts = fonts.facts(font.face).ok_or(PdfError::NoFace(font.face))?;
    let ids: Vec<u16> = font.glyphs.iter().map(|(id, _)| *id).collect();
    let remapper = GlyphRemapper::new_from_glyphs(&ids);
    let bytes = fonts
        .with_file(font.face, |data, index| subsetter::subset(data, index, &remapper))
        .ok_or(PdfError::NoFace(font.face))?
        .map_err(|source| PdfError::Subset { name: facts.name.clone(), source })?;
    let advances = fonts.advances(font.face, &ids);
    Ok(ParsedFont {
        font_name: Some(format!("{}+{}", subset_tag(&bytes), facts.name)),
        original_bytes: bytes,
        font_index: 0,
        codepoint_to_glyph: BTreeMap::new(),
        glyph_widths: (1..).zip(advances).collect(),
        units_per_em: facts.units_per_em,
        font_metrics: FontMetrics { ascent: facts.ascent, descent: facts.descent },
        font_type: if facts.is_cff { FontType::OpenTypeCFF(()) } else { FontType::TrueType },
        pdf_font_metrics: metrics(&facts),
    })
}

fn metrics(facts: &FaceFacts) -> PdfFontMetricsStub {
    let [x_min, y_min, x_max, y_max] = facts.bounds;
    let units_per_em = facts.units_per_em;
    let us_weight_class = facts.weight;
    PdfFontMetricsStub { units_per_em, x_min, y_min, x_max, y_max, us_weight_class, ..Default::default() }
}

/// Six letters that differ for different parts of a face (ISO 32000-1, 9.6.4).
fn subset_tag(font: &[u8]) -> String {
    fingerprint(font).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

/// One set of resources for all pages, and nothing in it but fonts.
fn tidy(mut document: Document, pages: &Pages) -> Result<Skeleton, PdfError> {
    let page_ids: Vec<ObjectId> = document.get_pages().into_values().collect();
    let mut shared = None;
    let mut contents = Vec::new();
    for (id, page) in page_ids.iter().zip(&pages.pages) {
        let dictionary = document.get_dictionary_mut(*id)?;
        for key in ["TrimBox", "CropBox", "Annots"] {
            dictionary.remove(key.as_bytes());
        }
        dictionary.set("MediaBox", vec![0.into(), 0.into(), rounded(page.width.0), rounded(page.height.0)]);
        dictionary.set("Tabs", Object::Name(b"S".to_vec()));
        let resources = dictionary.get(b"Resources")?.as_reference()?;
        dictionary.set("Resources", shared.unwrap_or(resources));
        contents.push(dictionary.get(b"Contents")?.as_reference()?);
        match shared {
            None => shared = Some(resources),
            Some(_) => drop(document.objects.remove(&resources)),
        }
    }
    if let Some(resources) = shared {
        let old = document.get_dictionary_mut(resources)?;
        let fonts = old.get(b"Font")?.clone();
        let unused =
            ["XObject", "ExtGState", "Shading"].map(|key| old.get(key.as_bytes()).and_then(Object::as_reference));
        *old = dictionary! { "Font" => fonts };
        for id in unused.into_iter().flatten() {
            document.objects.remove(&id);
        }
    }
    Ok(Skeleton { document, pages: page_ids, contents })
}

/// A length in points, to a hundredth.
pub(super) fn rounded(length: f32) -> Object {
    Object::Real((length * 100.0).round() / 100.0)
}
