//! The glyphs as pictures, many on one texture, each rasterised once for its size and its place within a pixel.

use std::collections::BTreeMap;

use egui::{Color32, ColorImage, Context, Rect, TextureHandle, TextureId, TextureOptions, Vec2, pos2, vec2};

use super::place::GlyphKey;
use super::raster::{Coverage, rasterize};
use crate::print::fonts::Outline;

/// Side of a texture: every graphics card takes it.
const SIDE: usize = 1024;
/// Textures (of 4 MB) before everything begins anew.
const MOST_TEXTURES: usize = 8;
/// DataFolders within a pixel that are told apart, across and down.
const PARTS_OF_PIXEL: f32 = 4.0;
/// Glyphs larger than this are rasterised at this size and stretched.
const LARGEST_PIXELS: f32 = 480.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    glyph: GlyphKey,
    /// Size in hundredths of a pixel.
    size: u32,
    /// Place within the pixel.
    part: (u8, u8),
}

/// Where a glyph's picture is.
#[derive(Clone, Copy, Debug)]
pub struct GlyphPicture {
    /// The texture.
    pub texture: TextureId,
    /// Where on it.
    pub uv: Rect,
    /// Where on the screen, in pixels.
    pub rect: Rect,
}

#[derive(Clone, Copy)]
struct Slot {
    texture: usize,
    uv: Rect,
    offset: Vec2,
    size: Vec2,
}

/// All pictures.
#[derive(Default)]
pub struct Atlas {
    textures: Vec<Texture>,
    slots: BTreeMap<Key, Option<Slot>>,
}

impl Atlas {
    /// The picture of a glyph whose baseline starts at (`x`, `y`), in pixels; `None` for a space.
    pub fn picture(
        &mut self,
        ctx: &Context,
        glyph: GlyphKey,
        outline: &Outline,
        size: f32,
        at: Vec2,
    ) -> Option<GlyphPicture> {
        let rounded = (at * PARTS_OF_PIXEL).round() / PARTS_OF_PIXEL;
        let whole = rounded.floor();
        let part = (rounded - whole) * PARTS_OF_PIXEL;
        let key = Key { glyph, size: (size * 100.0).round() as u32, part: (part.x as u8, part.y as u8) };
        let slot = match self.slots.get(&key) {
            Some(slot) => *slot,
            None => {
                let slot = self.draw(ctx, outline, size, rounded - whole);
                self.slots.insert(key, slot);
                slot
            }
        }?;
        let rect = Rect::from_min_size((whole + slot.offset).to_pos2(), slot.size);
        Some(GlyphPicture { texture: self.textures.get(slot.texture)?.handle.id(), uv: slot.uv, rect })
    }

    fn draw(&mut self, ctx: &Context, outline: &Outline, size: f32, part: Vec2) -> Option<Slot> {
        let drawn_size = size.min(LARGEST_PIXELS);
        let stretch = size / drawn_size;
        let coverage = rasterize(outline, drawn_size, [part.x / stretch, part.y / stretch])?;
        if coverage.width > SIDE || coverage.height > SIDE {
            return None;
        }
        if self.textures.last().is_none_or(|texture| !texture.has_room(&coverage)) {
            self.textures.push(Texture::new(ctx));
        }
        let number = self.textures.len() - 1;
        let uv = self.textures.last_mut()?.put(&coverage);
        let offset = vec2(coverage.left as f32, coverage.top as f32) * stretch;
        let size = vec2(coverage.width as f32, coverage.height as f32) * stretch;
        Some(Slot { texture: number, uv, offset, size })
    }

    /// Sends what was drawn in this frame to the screen, one piece a texture.
    pub fn upload(&mut self) {
        self.textures.iter_mut().for_each(Texture::upload);
    }

    /// Whether it is time to begin anew.
    pub fn is_full(&self) -> bool {
        self.textures.len() > MOST_TEXTURES
    }

    /// Begins anew.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

/// One texture, filled in rows from the top.
struct Texture {
    handle: TextureHandle,
    image: ColorImage,
    /// Where the next picture goes.
    pen: (usize, usize),
    row_height: usize,
    /// Rows not on the screen yet.
    changed: Option<(usize, usize)>,
}

impl Texture {
    fn new(ctx: &Context) -> Self {
        let image = ColorImage::filled([SIDE, SIDE], Color32::TRANSPARENT);
        let handle = ctx.load_texture("preview", image.clone(), TextureOptions::LINEAR);
        Self { handle, image, pen: (0, 0), row_height: 0, changed: None }
    }

    fn next_row(&self, width: usize) -> (usize, usize, usize) {
        let (x, y) = self.pen;
        if x + width > SIDE { (0, y + self.row_height, 0) } else { (x, y, self.row_height) }
    }

    fn has_room(&self, coverage: &Coverage) -> bool {
        self.next_row(coverage.width).1 + coverage.height <= SIDE
    }

    fn put(&mut self, coverage: &Coverage) -> Rect {
        let (x, y, row_height) = self.next_row(coverage.width);
        for (row, alpha) in coverage.alpha.chunks(coverage.width).enumerate() {
            let start = (y + row) * SIDE + x;
            let pixels = self.image.pixels.get_mut(start..start + coverage.width).unwrap_or_default();
            for (pixel, alpha) in pixels.iter_mut().zip(alpha) {
                *pixel = Color32::from_rgba_premultiplied(*alpha, *alpha, *alpha, *alpha);
            }
        }
        let bottom = y + coverage.height;
        let changed = self.changed.unwrap_or((y, bottom));
        self.changed = Some((changed.0.min(y), changed.1.max(bottom)));
        // One empty pixel between pictures: stretched ones are smoothed across their edges.
        self.pen = (x + coverage.width + 1, y);
        self.row_height = row_height.max(coverage.height + 1);
        let uv = |x: usize, y: usize| pos2(x as f32, y as f32) / SIDE as f32;
        Rect::from_min_max(uv(x, y), uv(x + coverage.width, bottom))
    }

    fn upload(&mut self) {
        let Some((top, bottom)) = self.changed.take() else { return };
        let pixels = self.image.pixels.get(top * SIDE..bottom * SIDE).unwrap_or_default().to_vec();
        let rows = ColorImage::new([SIDE, bottom - top], pixels);
        self.handle.set_partial([0, top], rows, TextureOptions::LINEAR);
    }
}
