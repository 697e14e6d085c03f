//! One page → what is painted: areas, rules and the pictures of its glyphs, in the order of the PDF.

use std::sync::Arc;

use egui::{Color32, Context, Mesh, Pos2, Rect, TextureId, pos2, vec2};

use super::atlas::Atlas;
use super::place::{Outlines, glyphs};
use crate::print::layout::{Ink, Line, Page, Run};

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

/// A page as it is painted, its upper left corner at the origin; in points of the screen.
pub fn meshes(ctx: &Context, page: &Page, scale: Scale, outlines: &Outlines, atlas: &mut Atlas) -> Vec<Arc<Mesh>> {
    let mut painter = SheetPainter { ctx, scale, outlines, atlas, meshes: Vec::new() };
    for fill in &page.fills {
        let px = scale.pixels_per_pt();
        let (x, y) = (fill.rect.x.0, fill.rect.y.0);
        let (right, bottom) = (x + fill.rect.width.0, y + fill.rect.height.0);
        let corner = |x: f32, y: f32| pos2((x * px).round(), (y * px).round());
        painter.area(Rect::from_min_max(corner(x, y), corner(right, bottom)), shade(fill.ink));
    }
    page.behind.iter().for_each(|run| painter.run(run));
    page.lines.iter().for_each(|line| painter.line(line));
    page.runs.iter().for_each(|run| painter.run(run));
    painter.meshes.into_iter().map(Arc::new).collect()
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

    /// A rule on whole pixels, as sharp as the screen allows, with square ends as in the PDF.
    fn line(&mut self, line: &Line) {
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
