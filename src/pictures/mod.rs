//! Pictures as they came: what kind of file it is and how large; and what a page shows of them.
//!
//! Holds [`Picture`], which is known to be a PNG, JPEG or SVG within the limits, from its head alone; and [`Plate`], which has
//! been read through and can be drawn. Never: follows a reference, opens a file.
//! Start with [`Picture::read`], then `png.rs`, `jpeg.rs`, `svg.rs`; then [`Plate::of`].

mod drawing;
mod error;
mod jpeg;
mod plate;
mod png;
mod png_lines;
mod png_plate;
mod svg;

use std::fmt;
use std::sync::Arc;

pub use drawing::{DrawPen, DrawStep, Drawing, OutlineStep, Paint, Shape};
pub use error::PictureError;
pub use jpeg::{JpegHead, Turn};
pub use plate::Plate;
pub use png::{PngColor, PngHead};
pub use png_plate::PngPlate;

/// Most bytes of a PNG or JPEG. An A3 page scanned in colour at 600 dpi has some 20 MB as JPEG.
pub const MAX_BYTES: usize = 32 * 1024 * 1024;
/// Most bytes of an SVG: all of it is read at once.
pub const MAX_SVG_BYTES: usize = 4 * 1024 * 1024;
/// Most pixels: A3 at 600 dpi has 70 million.
pub const MAX_PIXELS: u64 = 80_000_000;
/// Most pixels of one side.
pub const MAX_SIDE: u32 = 30_000;

/// A picture file within the limits.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// What kind of file it is.
    pub kind: PictureKind,
    /// The file, byte by byte as it came.
    pub bytes: Arc<[u8]>,
    /// Width in pixels as it is seen (a photograph may lie on its side in the file); of an SVG its own units, rounded up.
    pub width: u32,
    /// Height, likewise.
    pub height: u32,
}

/// The kinds of picture files we know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PictureKind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// SVG.
    Svg,
}

impl PictureKind {
    /// Its name on screens.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Svg => "SVG",
        }
    }

    /// The end of its files' names, without dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Svg => "svg",
        }
    }

    /// Its media type, as a data URI names it.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Svg => "image/svg+xml",
        }
    }
}

impl Picture {
    /// Knows a picture by its first bytes, whatever its name says.
    pub fn read(bytes: impl Into<Arc<[u8]>>) -> Result<Self, PictureError> {
        let bytes = bytes.into();
        let (kind, width, height) = head(&bytes)?;
        // A drawing has no pixels: its size says nothing about what it costs.
        if kind != PictureKind::Svg {
            within_limits(width, height)?;
        }
        Ok(Self { kind, bytes, width, height })
    }
}

/// Its bytes are not shown.
impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, bytes, width, height } = self;
        write!(f, "Picture({} {width}×{height}, {} bytes)", kind.name(), bytes.len())
    }
}

fn head(bytes: &[u8]) -> Result<(PictureKind, u32, u32), PictureError> {
    if bytes.is_empty() {
        return Err(PictureError::Empty);
    }
    if bytes.starts_with(png::SIGNATURE) {
        small_enough(bytes, MAX_BYTES, PictureKind::Png)?;
        let head = PngHead::read(bytes)?;
        return Ok((PictureKind::Png, head.width, head.height));
    }
    if bytes.starts_with(jpeg::SIGNATURE) {
        small_enough(bytes, MAX_BYTES, PictureKind::Jpeg)?;
        let head = JpegHead::read(bytes)?;
        let (width, height) = head.seen();
        return Ok((PictureKind::Jpeg, width, height));
    }
    if let Some(other) = error::other_kind(bytes) {
        return Err(PictureError::OtherKind(other));
    }
    if svg::is_svg(bytes) {
        small_enough(bytes, MAX_SVG_BYTES, PictureKind::Svg)?;
        let (width, height) = svg::size(bytes)?;
        return Ok((PictureKind::Svg, width, height));
    }
    Err(PictureError::Unknown)
}

fn small_enough(bytes: &[u8], max: usize, kind: PictureKind) -> Result<(), PictureError> {
    if bytes.len() > max { Err(PictureError::TooManyBytes { kind, n: bytes.len(), max }) } else { Ok(()) }
}

fn within_limits(width: u32, height: u32) -> Result<(), PictureError> {
    let is_large = width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS;
    if is_large { Err(PictureError::TooManyPixels { width, height }) } else { Ok(()) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_bytes() {
        let png = png::tests::file(640, 480, 8, 2);
        let picture = Picture::read(png).unwrap();
        assert_eq!((picture.kind, picture.width, picture.height), (PictureKind::Png, 640, 480));
        let picture = Picture::read(jpeg::tests::file(800, 600, 3, 6)).unwrap();
        assert_eq!((picture.kind, picture.width, picture.height), (PictureKind::Jpeg, 600, 800), "it lay on its side");
        let picture = Picture::read(&b"<svg width='10cm' height='50'/>"[..]).unwrap();
        assert_eq!((picture.kind, picture.width, picture.height), (PictureKind::Svg, 378, 50));
        assert_eq!(format!("{picture:?}"), "Picture(SVG 378×50, 31 bytes)");
    }

    #[test]
    fn what_is_too_large_is_refused_from_its_head() {
        let wide = Picture::read(png::tests::file(MAX_SIDE + 1, 1, 8, 0));
        assert!(matches!(wide, Err(PictureError::TooManyPixels { .. })));
        let many = Picture::read(png::tests::file(20_000, 20_000, 8, 0));
        assert!(matches!(many, Err(PictureError::TooManyPixels { .. })));
        let mut long = png::tests::file(10, 10, 8, 0);
        long.resize(MAX_BYTES + 1, 0);
        assert!(matches!(Picture::read(long), Err(PictureError::TooManyBytes { .. })));
        let mut long = b"<svg width='1' height='1'>".to_vec();
        long.resize(MAX_SVG_BYTES + 1, b' ');
        assert!(matches!(Picture::read(long), Err(PictureError::TooManyBytes { .. })));
    }

    #[test]
    fn what_is_no_picture_is_named() {
        let said = |bytes: &[u8]| Picture::read(bytes).unwrap_err().to_string();
        for (bytes, word) in [
            (&b""[..], "空"),
            (b"GIF89a....", "GIF"),
            (b"BM......", "BMP"),
            (b"II*\0", "TIFF"),
            (b"RIFF....WEBPVP8 ", "WebP"),
            (b"%PDF-1.7", "PDF"),
            (b"\x01\0\0\0.................................... EMF", "EMF"),
            (b"\xD7\xCD\xC6\x9A", "WMF"),
            (b"PK\x03\x04", "Office"),
            (b"\x1F\x8B\x08", "svgz"),
            (b"....ftypheic", "HEIC"),
            (b"....ftypavif", "AVIF"),
            (b"hello", "画像"),
            (b"<html><svg/></html>", "画像"),
        ] {
            let said = said(bytes);
            assert!(said.contains(word) && said.ends_with("ください"), "{word}: {said}");
        }
    }

    /// Whatever the bytes are: an answer, and no panic.
    #[test]
    fn cut_and_changed_files_are_answered() {
        let files = [
            png::tests::file(64, 48, 8, 6),
            jpeg::tests::file(80, 60, 3, 8),
            b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'b'>]><!-- x --><svg viewBox='0 0 3 4'><g/></svg>"
                .to_vec(),
        ];
        for file in files {
            for end in 0..file.len() {
                let _ = Picture::read(&file[..end]);
                for value in [0, 1, 0x7F, 0xFF] {
                    let mut changed = file.clone();
                    changed[end] = value;
                    let _ = Picture::read(changed);
                }
            }
        }
    }
}
