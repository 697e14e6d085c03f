//! A picture as pixels for the screen, small and on white paper, by a worker: the file comes from elsewhere.
//!
//! Never: what is printed. The PDF holds the file itself, or its shapes.

mod drawn;
mod shrink;

use std::borrow::Cow;
use std::io::Cursor;
use std::time::Duration;

use png::{ColorType, Transformations};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use self::shrink::Shrink;
use crate::exchange::svg;
use crate::exchange::worker::{Pieces, Stop, Worker, WorkerTask};
use crate::pictures::{Drawing, JpegHead, MAX_SIDE, Picture, PictureKind};

/// A picture as pixels, as a task of a worker.
pub const BITMAP: &str = "bitmap-of-picture";
const TASK: WorkerTask = WorkerTask { name: BITMAP, time: Duration::from_secs(8), max_bytes: MAX_BITMAP };
/// Most pixels of a side that are given.
pub const MAX_BITMAP_SIDE: u16 = 2000;
/// Most bytes of a bitmap.
const MAX_BITMAP: usize = 3 * 2000 * 2000 + HEAD;
/// Width and height before the pixels.
const HEAD: usize = 4;
/// Most bytes of a PNG that is unpacked whole because its lines stand in rounds.
const MAX_WHOLE: usize = 160 << 20;

/// Pixels of a picture on white.
#[derive(Clone, PartialEq, Eq)]
pub struct Bitmap {
    /// Pixels of a line.
    pub width: u16,
    /// Lines.
    pub height: u16,
    /// Red, green and blue of each pixel, line by line.
    pub rgb: Vec<u8>,
}

/// Its pixels are not shown.
impl std::fmt::Debug for Bitmap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bitmap({}×{})", self.width, self.height)
    }
}

/// The pixels of a picture, no side longer than `max_side`: on a thread that may wait. `None` where nothing can be shown.
pub fn bitmap(file: &[u8], max_side: u16, worker: &Worker, stop: &Stop) -> Option<Bitmap> {
    let mut input = max_side.to_le_bytes().to_vec();
    input.extend(file);
    let pieces = worker.read(&TASK, &input, stop).ok()?;
    Bitmap::read(pieces.first()?)
}

impl Bitmap {
    fn write(&self) -> Vec<u8> {
        let [a, b] = self.width.to_le_bytes();
        let [c, d] = self.height.to_le_bytes();
        [&[a, b, c, d], self.rgb.as_slice()].concat()
    }

    /// From the bytes of a worker, none of which is believed.
    fn read(bytes: &[u8]) -> Option<Self> {
        let (&[a, b, c, d], rgb) = bytes.split_first_chunk::<HEAD>()?;
        let (width, height) = (u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d]));
        let is_sound = (1..=MAX_BITMAP_SIDE).contains(&width)
            && (1..=MAX_BITMAP_SIDE).contains(&height)
            && rgb.len() == 3 * usize::from(width) * usize::from(height);
        is_sound.then(|| Self { width, height, rgb: rgb.to_vec() })
    }
}

/// A PNG of pixels that were never a file, as a picture from the clipboard: red, green, blue and how opaque each is.
#[must_use]
pub fn png_file(width: u32, height: u32, rgba: &[u8]) -> Option<Vec<u8>> {
    let is_opaque = rgba.chunks(4).all(|pixel| pixel.last() == Some(&255));
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_color(if is_opaque { ColorType::Rgb } else { ColorType::Rgba });
    let mut writer = encoder.write_header().ok()?;
    let samples: Cow<'_, [u8]> = if is_opaque {
        rgba.chunks(4).flat_map(|pixel| pixel.iter().take(3).copied()).collect::<Vec<_>>().into()
    } else {
        rgba.into()
    };
    writer.write_image_data(&samples).ok()?;
    writer.finish().ok()?;
    Some(file)
}

/// The worker's part.
pub(super) fn bitmap_pieces(input: Vec<u8>) -> Result<Pieces, String> {
    let (side, file) = input.split_first_chunk::<2>().ok_or("no side")?;
    let side = u16::from_le_bytes(*side).clamp(1, MAX_BITMAP_SIDE);
    // A drawing of this program, as of a chart.
    if let Some(drawing) = Drawing::read(file) {
        return Ok(vec![drawn::bitmap(&drawing, side).ok_or("nothing is drawn")?.write()]);
    }
    let picture = Picture::read(file).map_err(|error| error.to_string())?;
    let bitmap = match picture.kind {
        PictureKind::Png => of_png(file, side)?,
        PictureKind::Jpeg => of_jpeg(file, side)?,
        PictureKind::Svg => {
            let text = std::str::from_utf8(file).map_err(|error| error.to_string())?;
            drawn::bitmap(&svg::drawing(text)?, side).ok_or("nothing is drawn")?
        }
    };
    Ok(vec![bitmap.write()])
}

/// Line by line, so that a large picture takes the memory of a small one.
fn of_png(file: &[u8], side: u16) -> Result<Bitmap, String> {
    let said = |error: png::DecodingError| error.to_string();
    let mut decoder = png::Decoder::new(Cursor::new(file));
    decoder.set_transformations(Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    let mut reader = decoder.read_info().map_err(said)?;
    let (width, height, interlaced) = (reader.info().width, reader.info().height, reader.info().interlaced);
    let (color, _) = reader.output_color_type();
    let samples = match color {
        ColorType::Grayscale => 1,
        ColorType::GrayscaleAlpha => 2,
        ColorType::Rgb => 3,
        ColorType::Rgba => 4,
        ColorType::Indexed => return Err("a palette is left".to_owned()),
    };
    let mut shrink = Shrink::new(width, height, side);
    if interlaced {
        let size = reader.output_buffer_size().filter(|size| *size <= MAX_WHOLE).ok_or("too large")?;
        let mut whole = vec![0; size];
        reader.next_frame(&mut whole).map_err(said)?;
        whole.chunks(size / (height as usize).max(1)).for_each(|line| shrink.line(line, samples));
    } else {
        while let Some(row) = reader.next_row().map_err(said)? {
            shrink.line(row.data(), samples);
        }
    }
    Ok(shrink.finish())
}

/// As it lies in the file, made small, then turned as it is seen.
fn of_jpeg(file: &[u8], side: u16) -> Result<Bitmap, String> {
    let head = JpegHead::read(file).map_err(|error| error.to_string())?;
    let longest = MAX_SIDE as usize;
    let options = DecoderOptions::default().set_max_width(longest).set_max_height(longest);
    let mut decoder =
        JpegDecoder::new_with_options(ZCursor::new(file), options.jpeg_set_out_colorspace(ColorSpace::RGB));
    let pixels = decoder.decode().map_err(|error| error.to_string())?;
    let mut shrink = Shrink::new(head.width, head.height, side);
    pixels.chunks(3 * head.width as usize).for_each(|line| shrink.line(line, 3));
    Ok(shrink::turned(shrink.finish(), head.turn))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_bitmaps_come_from_a_worker() {
        let bitmap = Bitmap { width: 2, height: 1, rgb: vec![1, 2, 3, 4, 5, 6] };
        let bytes = bitmap.write();
        assert_eq!(Bitmap::read(&bytes), Some(bitmap));
        for end in 0..bytes.len() {
            assert_eq!(Bitmap::read(&bytes[..end]), None);
        }
        assert_eq!(Bitmap::read(&[0, 0, 1, 0]), None);
        assert_eq!(Bitmap::read(&[0xFF; 40]), None);
    }

    #[test]
    fn pixels_become_a_file_that_is_read_again() {
        for opacity in [255, 100] {
            let rgba = [200, 100, 0, opacity].repeat(6);
            let file = png_file(3, 2, &rgba).unwrap();
            let picture = Picture::read(file.as_slice()).unwrap();
            assert_eq!((picture.kind, picture.width, picture.height), (PictureKind::Png, 3, 2));
            let input = [&9_u16.to_le_bytes()[..], &file].concat();
            let seen = Bitmap::read(&bitmap_pieces(input).unwrap()[0]).unwrap();
            assert_eq!((seen.width, seen.height), (3, 2));
            assert_eq!(seen.rgb[0] == 200, opacity == 255, "{:?}", &seen.rgb[..3]);
        }
        assert_eq!(png_file(3, 2, &[0; 4]), None);
    }

    /// Red left and blue right of a drawing, and nothing above.
    #[test]
    fn a_drawing_is_seen_where_it_is_drawn() {
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>\
            <rect y='10' width='20' height='10' fill='#f00'/>\
            <path d='M20 15H40' stroke='#00f' stroke-width='10'/></svg>";
        let input = [&40_u16.to_le_bytes()[..], svg].concat();
        let bitmap = Bitmap::read(&bitmap_pieces(input).unwrap()[0]).unwrap();
        assert_eq!((bitmap.width, bitmap.height), (40, 20));
        let at = |x: usize, y: usize| bitmap.rgb[3 * (y * 40 + x)..][..3].to_vec();
        assert_eq!(at(10, 15), [255, 0, 0]);
        assert_eq!(at(30, 15), [0, 0, 255]);
        assert_eq!(at(10, 5), [255; 3]);
    }
}
