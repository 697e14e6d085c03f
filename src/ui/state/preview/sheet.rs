//! One page → what is painted: areas, rules and the pictures of its glyphs, in the order of the PDF.

use std::sync::Arc;

use egui::{Color32, Context, Mesh, Pos2, Rect, TextureId, pos2, vec2};

use super::atlas::Atlas;
use super::place::{Outlines, glyphs};
use crate::print::layout::{Ink, Page, PlacedFigure, RuleLine, Run};

/// How large a page is painted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Points of the screen for one point of the paper.
    pub points_per_pt: f32,
    /// Pixels for one point of the screen.
    pub pixels_per_point: f32,
}

impl Scale {
    fn pixels_per_pt(self) -> f32 {
        self.points_per_pt * self.pixels_per_point
    }
}

/// A page as it is painted. Its pictures stand between the two.
#[derive(Clone, Debug, Default)]
pub struct PaintedSheet {
    /// Areas, the watermark, the places of pictures.
    pub below: Vec<Arc<Mesh>>,
    /// Rules and text.
    pub above: Vec<Arc<Mesh>>,
}

/// A page as it is painted, its upper left corner at the origin; in points of the screen.
pub fn meshes(ctx: &Context, page: &Page, scale: Scale, outlines: &Outlines, atlas: &mut Atlas) -> PaintedSheet {
    let mut painter = SheetPainter { ctx, scale, outlines, atlas, meshes: Vec::new() };
    for fill in &page.fills {
        let px = scale.pixels_per_pt();
        let (x, y) = (fill.rect.x.0, fill.rect.y.0);
        let (right, bottom) = (x + fill.rect.width.0, y + fill.rect.height.0);
        let corner = |x: f32, y: f32| pos2((x * px).round(), (y * px).round());
        painter.area(Rect::from_min_max(corner(x, y), corner(right, bottom)), shade(fill.ink));
    }
    page.behind.iter().for_each(|run| painter.run(run));
    page.figures.iter().for_each(|figure| painter.figure(figure));
    let below = std::mem::take(&mut painter.meshes);
    page.lines.iter().for_each(|line| painter.line(line));
    page.runs.iter().for_each(|run| painter.run(run));
    let shared = |meshes: Vec<Mesh>| meshes.into_iter().map(Arc::new).collect();
    PaintedSheet { below: shared(below), above: shared(painter.meshes) }
}

struct SheetPainter<'a> {
    ctx: &'a Context,
    scale: Scale,
    outlines: &'a Outlines,
    atlas: &'a mut Atlas,
    meshes: Vec<Mesh>,
}

impl SheetPainter<'_> {
    fn run(&mut self, run: &Run) {
        let px = self.scale.pixels_per_pt();
        let color = shade(run.ink);
        for placed in glyphs(run, self.outlines) {
            let Some(outline) = self.outlines.get(&placed.key) else { continue };
            let at = vec2(placed.x, placed.y) * px;
            let Some(picture) = self.atlas.picture(self.ctx, placed.key, outline, run.size.0 * px, at) else {
                continue;
            };
            let rect = self.on_screen(picture.rect);
            self.mesh(picture.texture).add_rect_with_uv(rect, picture.uv, color);
        }
    }

    /// The place of a picture: grey, with an outline.
    fn figure(&mut self, figure: &PlacedFigure) {
        let px = self.scale.pixels_per_pt();
        let rect = figure.rect;
        let corner = |x: f32, y: f32| pos2((x * px).round(), (y * px).round());
        let (right, bottom) = (rect.x.0 + rect.width.0, rect.y.0 + rect.height.0);
        let outer = Rect::from_min_max(corner(rect.x.0, rect.y.0), corner(right, bottom));
        self.area(outer, Color32::from_gray(150));
        self.area(outer.shrink(1.0), Color32::from_gray(225));
    }

    /// A rule on whole pixels, as sharp as the screen allows, with square ends as in the PDF.
    fn line(&mut self, line: &RuleLine) {
        let px = self.scale.pixels_per_pt();
        let width = (line.width.0 * px).round().max(1.0);
        let (from, to) = (pos2(line.x1.0, line.y1.0) * px, pos2(line.x2.0, line.y2.0) * px);
        let snap = |at: Pos2| pos2((at.x - width / 2.0).round(), (at.y - width / 2.0).round());
        let (low, high) = (snap(from.min(to)), snap(from.max(to)) + vec2(width, width));
        self.area(Rect::from_min_max(low, high), Color32::BLACK);
    }

    fn area(&mut self, pixels: Rect, color: Color32) {
        let rect = self.on_screen(pixels);
        self.mesh(TextureId::default()).add_colored_rect(rect, color);
    }

    fn on_screen(&self, pixels: Rect) -> Rect {
        pixels / self.scale.pixels_per_point
    }

    /// The mesh being filled, if it has that texture; else a new one on top.
    fn mesh(&mut self, texture: TextureId) -> &mut Mesh {
        if self.meshes.last().is_none_or(|mesh| mesh.texture_id != texture) {
            self.meshes.push(Mesh::with_texture(texture));
        }
        let at = self.meshes.len() - 1;
        &mut self.meshes[at]
    }
}

fn shade(ink: Ink) -> Color32 {
    Color32::from_gray((ink.0.clamp(0.0, 1.0) * 255.0).round() as u8)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::float_cmp)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::raster::rasterize;
    use super::super::typeset::new_outlines;
    use super::*;
    use crate::draft::format::read;
    use crate::form::shipped;
    use crate::margin::Margin;
    use crate::print::fonts::Fonts;
    use crate::print::layout::{Direction, Options, Pages, Pt, layout};
    use crate::print::resolve;

    const JUMINZEI: &[u8] = include_bytes!("../../../../samples/aomine-juminzei.ron");
    const KAIGO: &[u8] = include_bytes!("../../../../samples/aomine-kaigo-draft.ron");
    /// Error of reckoning, in pixels.
    const NEAR: f32 = 0.02;

    fn pages_of(sample: &[u8]) -> (Pages, Outlines) {
        let document = read(sample).unwrap().draft.state.document;
        let form = shipped::find(&document.form, &document.edition).unwrap();
        let mut fonts = Fonts::embedded_only();
        let options = Options { margin: Margin::numbered(), watermark: Some("案".to_owned()), ..Options::default() };
        let pages = layout(&resolve(form, &document), &options, &mut fonts);
        let outlines = new_outlines(&pages, &fonts, &mut BTreeSet::new()).into_iter().collect();
        (pages, outlines)
    }

    fn all(PaintedSheet { below, above }: PaintedSheet) -> Vec<Arc<Mesh>> {
        [below, above].concat()
    }

    /// The corner of every painted glyph, in pixels.
    fn painted(meshes: &[Arc<Mesh>], per_point: f32) -> Vec<Pos2> {
        let with_glyphs = meshes.iter().filter(|mesh| mesh.texture_id != TextureId::default());
        with_glyphs.flat_map(|mesh| mesh.vertices.chunks(4).map(|quad| quad[0].pos * per_point)).collect()
    }

    /// Where the layout wants the corners, to quarters of a pixel, and how near: reckoned here from the runs alone.
    fn wanted(page: &Page, px: f32, outlines: &Outlines) -> Vec<(Pos2, f32)> {
        let mut corners = Vec::new();
        for run in page.behind.iter().chain(&page.runs) {
            let mut along = 0.0_f64;
            for glyph in &run.glyphs {
                let outline = &outlines[&(run.face, glyph.id)];
                let size = run.size.0;
                let before = along as f32 * size;
                along += f64::from(glyph.advance_em);
                let (x, y) = match run.direction {
                    Direction::Horizontal => (run.x.0 + before, run.y.0),
                    Direction::Vertical => (run.x.0 + (1.0 - outline.advance_em) / 2.0 * size, run.y.0 + before),
                };
                let at = (pos2(x, y) * px * 4.0).round() / 4.0;
                let Some(picture) = rasterize(outline, size * px, (at - at.floor()).into()) else { continue };
                let corner = at.floor() + vec2(picture.left as f32, picture.top as f32);
                // A watermark is stretched: its picture has wider empty edges.
                let is_large = size * px > 480.0;
                corners.push((corner, if is_large { size * px / 480.0 + 1.0 } else { NEAR }));
            }
        }
        corners
    }

    fn check(sample: &[u8], scale: Scale) {
        let (pages, outlines) = pages_of(sample);
        let (ctx, mut atlas) = (Context::default(), Atlas::default());
        let mut n_glyphs = 0;
        for (index, page) in pages.pages.iter().enumerate() {
            let meshes = all(meshes(&ctx, page, scale, &outlines, &mut atlas));
            let painted = painted(&meshes, scale.pixels_per_point);
            let wanted = wanted(page, scale.pixels_per_pt(), &outlines);
            assert_eq!(painted.len(), wanted.len(), "page {index}");
            for (painted, (wanted, near)) in painted.iter().zip(&wanted) {
                assert!(painted.distance(*wanted) <= *near * 1.5, "page {index}: {painted} {wanted}");
            }
            n_glyphs += wanted.len();
        }
        assert!(n_glyphs > 1_000, "{n_glyphs}");
    }

    #[test]
    fn every_glyph_is_painted_where_the_layout_put_it() {
        check(JUMINZEI, Scale { points_per_pt: 0.87, pixels_per_point: 1.0 });
        check(KAIGO, Scale { points_per_pt: 2.0, pixels_per_point: 1.5 });
    }

    #[test]
    fn rules_and_areas_are_whole_pixels() {
        let (pages, outlines) = pages_of(JUMINZEI);
        let page = &pages.pages[0];
        let scale = Scale { points_per_pt: 0.87, pixels_per_point: 1.0 };
        let meshes = all(meshes(&Context::default(), page, scale, &outlines, &mut Atlas::default()));
        let flat: Vec<&Arc<Mesh>> = meshes.iter().filter(|mesh| mesh.texture_id == TextureId::default()).collect();
        let corners: Vec<Pos2> = flat.iter().flat_map(|mesh| mesh.vertices.iter().map(|vertex| vertex.pos)).collect();
        assert_eq!(corners.len(), 4 * (page.fills.len() + page.lines.len()));
        assert!(corners.iter().all(|corner| *corner == corner.round()));
    }

    #[test]
    fn every_rule_of_the_paper_is_straight() {
        for page in pages_of(JUMINZEI).0.pages {
            assert!(page.lines.iter().all(|line| line.x1 == line.x2 || line.y1 == line.y2));
            assert!(page.lines.iter().all(|line| !line.width.fits(Pt::ZERO)));
        }
    }
}
