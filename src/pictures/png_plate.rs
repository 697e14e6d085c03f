//! A PNG → what a PDF holds of it (ISO 32000-1, 8.9.5 and 7.4.4.4): its colours, and apart from them how opaque they are.
//!
//! Every line is unpacked once, so that a broken file is known before it is printed. Memory is that of some lines and of
//! what comes out packed; only a picture whose lines stand in rounds is unpacked whole, and may have fewer pixels.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use super::png::{PngColor, PngHead, SIGNATURE};
use super::png_lines::{Adam7, unfilter};
use super::{PictureError, PictureKind};

/// Most pixels of a picture whose lines stand in rounds.
const MAX_INTERLACED: u64 = 20_000_000;
/// Packs almost as well as 6, in half the time.
const LEVEL: Compression = Compression::new(4);
/// The filter of the lines we pack: each byte less the one above it.
const UP: u8 = 2;

/// A PNG as a PDF holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PngPlate {
    /// What its head says; how its colours stand in `colors` is said by `n_colors` and `bits`.
    pub head: PngHead,
    /// Samples of a pixel without that of its opacity: 1 or 3.
    pub n_colors: u8,
    /// Red, green and blue of each number, for a palette.
    pub palette: Option<Vec<u8>>,
    /// The lines, each with its PNG filter, packed with zlib.
    pub colors: Vec<u8>,
    /// How opaque each pixel is, in the same way, in samples of as many bits (8 for a palette).
    pub opacity: Option<Vec<u8>>,
    /// The one colour that is not there, where a picture names one.
    pub absent: Option<Vec<u16>>,
}

/// What stands before the lines.
#[derive(Default)]
struct Chunks<'a> {
    palette: Option<&'a [u8]>,
    transparency: Option<&'a [u8]>,
    lines: Vec<&'a [u8]>,
}

/// Reads a PNG through.
pub(super) fn png_plate(file: &[u8]) -> Result<PngPlate, PictureError> {
    let head = PngHead::read(file)?;
    let chunks = chunks(file)?;
    let packed = chunks.lines.concat();
    let palette = match (head.color, chunks.palette) {
        (PngColor::Palette, None) => return Err(broken("色の一覧がありません")),
        // A number beyond its end has no colour: the list is filled up, in black.
        (PngColor::Palette, Some(colors)) => {
            let mut colors = colors[..colors.len() / 3 * 3].to_vec();
            colors.resize(3 << head.bits, 0);
            Some(colors)
        }
        _ => None,
    };
    let plate = PngPlate {
        head,
        n_colors: if matches!(head.color, PngColor::Rgb | PngColor::Rgba) { 3 } else { 1 },
        palette,
        colors: Vec::new(),
        opacity: None,
        absent: absent(head, chunks.transparency),
    };
    let of_palette = chunks.transparency.filter(|_| head.color == PngColor::Palette);
    let has_opacity = of_palette.is_some() || matches!(head.color, PngColor::GrayAlpha | PngColor::Rgba);
    if !head.interlaced && !has_opacity {
        let used = read_through(&packed, head)?;
        return Ok(PngPlate { colors: packed[..used].to_vec(), ..plate });
    }
    let mut apart = Apart::new(head, has_opacity, of_palette);
    if head.interlaced {
        if u64::from(head.width) * u64::from(head.height) > MAX_INTERLACED {
            let what = "インターレースの大きな画像";
            return Err(PictureError::Variety { kind: PictureKind::Png, what });
        }
        let whole = Adam7::read(ZlibDecoder::new(&*packed), head).map_err(|_| cut())?;
        whole.lines().try_for_each(|line| apart.add(line)).map_err(|_| cut())?;
    } else {
        each_line(&packed, head, |line| apart.add(line))?;
    }
    let (colors, opacity) = apart.finish().map_err(|_| cut())?;
    Ok(PngPlate { colors, opacity, ..plate })
}

/// The chunks that are printed (ISO/IEC 15948, 5.3).
fn chunks(file: &[u8]) -> Result<Chunks<'_>, PictureError> {
    let (mut rest, mut chunks) = (file.get(SIGNATURE.len()..).unwrap_or_default(), Chunks::default());
    loop {
        let Some((length, after)) = rest.split_first_chunk::<4>() else { return Err(cut()) };
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        let Some((kind, after)) = after.split_first_chunk::<4>() else { return Err(cut()) };
        let Some(body) = after.get(..length) else { return Err(cut()) };
        match kind {
            b"PLTE" => chunks.palette = Some(body),
            b"tRNS" => chunks.transparency = Some(body),
            b"IDAT" => chunks.lines.push(body),
            b"IEND" => return Ok(chunks),
            _ => {}
        }
        // Four bytes of a check value, which zlib has one of its own for.
        rest = after.get(length + 4..).unwrap_or_default();
    }
}

/// The colour that is not there; palettes and pictures with opacity have none.
fn absent(head: PngHead, transparency: Option<&[u8]>) -> Option<Vec<u16>> {
    let n = match head.color {
        PngColor::Gray => 1,
        PngColor::Rgb => 3,
        _ => return None,
    };
    let samples: Vec<u16> = transparency?.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    (samples.len() == n).then_some(samples)
}

/// Bytes of a line without its filter.
pub(super) fn line_bytes(width: u32, head: PngHead) -> usize {
    let bits = u64::from(width) * head.color.n_samples() as u64 * u64::from(head.bits);
    usize::try_from(bits.div_ceil(8)).unwrap_or(usize::MAX)
}

/// Unpacks all lines without their filters undone, and says how many packed bytes they are.
fn read_through(packed: &[u8], head: PngHead) -> Result<usize, PictureError> {
    let mut lines = ZlibDecoder::new(packed);
    let mut line = vec![0; line_bytes(head.width, head) + 1];
    for _ in 0..head.height {
        lines.read_exact(&mut line).map_err(|_| cut())?;
        if line[0] > 4 {
            return Err(broken("行の表し方が決まりにありません"));
        }
    }
    // The end of the packed bytes is only known when nothing comes any more.
    if lines.read(&mut [0]).map_err(|_| cut())? > 0 {
        return Err(broken("大きさより多くの行があります"));
    }
    Ok(usize::try_from(lines.total_in()).unwrap_or(packed.len()).min(packed.len()))
}

fn each_line(
    packed: &[u8],
    head: PngHead,
    mut see: impl FnMut(&[u8]) -> std::io::Result<()>,
) -> Result<(), PictureError> {
    let mut lines = ZlibDecoder::new(packed);
    let n_bytes = line_bytes(head.width, head);
    let (mut line, mut above) = (vec![0; n_bytes + 1], vec![0; n_bytes]);
    for _ in 0..head.height {
        lines.read_exact(&mut line).map_err(|_| cut())?;
        let filter = line[0];
        if !unfilter(filter, &mut line[1..], &above, head) {
            return Err(broken("行の表し方が決まりにありません"));
        }
        see(&line[1..]).map_err(|_| cut())?;
        above.copy_from_slice(&line[1..]);
    }
    Ok(())
}

/// Lines taken apart into colours and opacity, each packed as it comes.
struct Apart<'a> {
    head: PngHead,
    of_palette: Option<&'a [u8]>,
    colors: Packed,
    opacity: Option<Packed>,
}

impl<'a> Apart<'a> {
    fn new(head: PngHead, has_opacity: bool, of_palette: Option<&'a [u8]>) -> Self {
        Self { head, of_palette, colors: Packed::new(), opacity: has_opacity.then(Packed::new) }
    }

    fn add(&mut self, line: &[u8]) -> std::io::Result<()> {
        let Some(opacity) = &mut self.opacity else { return self.colors.line(line.iter().copied()) };
        if let Some(of_palette) = self.of_palette {
            let (bits, width) = (usize::from(self.head.bits), self.head.width as usize);
            let number = |at: usize| {
                let (byte, shift) = (at * bits / 8, 8 - bits - at * bits % 8);
                usize::from(line.get(byte).copied().unwrap_or_default() >> shift) & ((1 << bits) - 1)
            };
            opacity.line((0..width).map(|at| of_palette.get(number(at)).copied().unwrap_or(u8::MAX)))?;
            return self.colors.line(line.iter().copied());
        }
        let sample = usize::from(self.head.bits / 8);
        let pixel = self.head.color.n_samples() * sample;
        let color = pixel - sample;
        opacity.line(line.chunks_exact(pixel).flat_map(|pixel| pixel[color..].iter().copied()))?;
        self.colors.line(line.chunks_exact(pixel).flat_map(|pixel| pixel[..color].iter().copied()))
    }

    fn finish(self) -> std::io::Result<(Vec<u8>, Option<Vec<u8>>)> {
        let opacity = self.opacity.map(|opacity| opacity.encoder.finish()).transpose()?;
        Ok((self.colors.encoder.finish()?, opacity))
    }
}

/// Lines with their filters, packed.
struct Packed {
    encoder: ZlibEncoder<Vec<u8>>,
    above: Vec<u8>,
    line: Vec<u8>,
}

impl Packed {
    fn new() -> Self {
        Self { encoder: ZlibEncoder::new(Vec::new(), LEVEL), above: Vec::new(), line: Vec::new() }
    }

    fn line(&mut self, bytes: impl Iterator<Item = u8>) -> std::io::Result<()> {
        self.line.clear();
        self.line.push(UP);
        for (at, byte) in bytes.enumerate() {
            if self.above.len() <= at {
                self.above.push(0);
            }
            self.line.push(byte.wrapping_sub(self.above[at]));
            self.above[at] = byte;
        }
        self.encoder.write_all(&self.line)
    }
}

fn broken(what: &'static str) -> PictureError {
    PictureError::Broken { kind: PictureKind::Png, what }
}

fn cut() -> PictureError {
    broken("画像の途中までしかありません")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], body: &[u8]) {
        file.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
        file.extend(kind);
        file.extend(body);
        file.extend([0; 4]);
    }

    /// A PNG of these lines, each with its filter.
    fn file(head: [u8; 13], others: &[(&[u8; 4], &[u8])], lines: &[u8]) -> Vec<u8> {
        let mut file = SIGNATURE.to_vec();
        chunk(&mut file, b"IHDR", &head);
        others.iter().for_each(|(kind, body)| chunk(&mut file, kind, body));
        let mut packed = ZlibEncoder::new(Vec::new(), LEVEL);
        packed.write_all(lines).unwrap();
        let packed = packed.finish().unwrap();
        let (one, two) = packed.split_at(packed.len() / 2);
        chunk(&mut file, b"IDAT", one);
        chunk(&mut file, b"IDAT", two);
        chunk(&mut file, b"IEND", b"");
        file
    }

    fn head(width: u8, height: u8, bits: u8, color: u8, rounds: u8) -> [u8; 13] {
        [0, 0, 0, width, 0, 0, 0, height, bits, color, 0, 0, rounds]
    }

    fn unpacked(packed: &[u8], n_bytes: usize) -> Vec<u8> {
        let mut lines = Vec::new();
        ZlibDecoder::new(packed).read_to_end(&mut lines).unwrap();
        let mut above = vec![0; n_bytes];
        let mut found = Vec::new();
        for line in lines.chunks_mut(n_bytes + 1) {
            let head = PngHead { width: 0, height: 0, bits: 8, color: PngColor::Gray, interlaced: false };
            let filter = line[0];
            assert!(unfilter(filter, &mut line[1..], &above, head));
            above.copy_from_slice(&line[1..]);
            found.extend_from_slice(&line[1..]);
        }
        found
    }

    #[test]
    fn lines_without_opacity_stay_as_they_are_packed() {
        let lines = [0, 1, 2, 3, 4, 5, 6, 1, 7, 8, 9, 1, 1, 1];
        let plate = png_plate(&file(head(2, 2, 8, 2, 0), &[], &lines)).unwrap();
        let mut found = Vec::new();
        ZlibDecoder::new(&*plate.colors).read_to_end(&mut found).unwrap();
        assert_eq!(found, lines);
        assert_eq!((plate.n_colors, plate.opacity, plate.absent), (3, None, None));
        let keyed = png_plate(&file(head(2, 2, 8, 2, 0), &[(b"tRNS", &[0, 1, 0, 2, 0, 3])], &lines)).unwrap();
        assert_eq!(keyed.absent, Some(vec![1, 2, 3]));
    }

    #[test]
    fn opacity_is_taken_apart() {
        let lines = [0, 10, 20, 30, 255, 40, 50, 60, 128, 4, 1, 1, 1, 0, 0, 0, 0, 0];
        let plate = png_plate(&file(head(2, 2, 8, 6, 0), &[], &lines)).unwrap();
        assert_eq!(unpacked(&plate.colors, 6)[..6], [10, 20, 30, 40, 50, 60]);
        assert_eq!(unpacked(&plate.opacity.unwrap(), 2)[..2], [255, 128]);
        let palette = [(b"PLTE", &[1, 2, 3, 4, 5, 6][..]), (b"tRNS", &[7][..])];
        let plate = png_plate(&file(head(3, 1, 1, 3, 0), &palette, &[0, 0b0100_0000])).unwrap();
        assert_eq!(plate.palette, Some(vec![1, 2, 3, 4, 5, 6]));
        assert_eq!(unpacked(&plate.opacity.unwrap(), 3), [7, 255, 7]);
    }

    #[test]
    fn lines_in_rounds_become_lines() {
        // 3 × 2: rounds 1 (1 × 1), 4 (1 × 1 at x = 2), 6 (1 × 1 at x = 1), 7 (3 × 1 at y = 1).
        let plate = png_plate(&file(head(3, 2, 8, 0, 1), &[], &[0, 11, 0, 13, 0, 12, 0, 21, 22, 23])).unwrap();
        assert_eq!(unpacked(&plate.colors, 3), [11, 12, 13, 21, 22, 23]);
        let plate = png_plate(&file(head(3, 2, 1, 0, 1), &[], &[0, 128, 0, 128, 0, 0, 0, 0b0110_0000])).unwrap();
        assert_eq!(unpacked(&plate.colors, 1), [0b1010_0000, 0b0110_0000]);
    }

    #[test]
    fn broken_files_are_known_before_they_are_printed() {
        let refused = |file: &[u8]| matches!(png_plate(file), Err(PictureError::Broken { .. }));
        let lines = [0, 1, 2, 3, 0, 4, 5, 6];
        let whole = file(head(1, 2, 8, 2, 0), &[], &lines);
        assert!(png_plate(&whole).is_ok());
        for end in 0..whole.len() - 4 {
            assert!(refused(&whole[..end]), "cut at {end}");
        }
        assert!(refused(&file(head(1, 3, 8, 2, 0), &[], &lines)), "a line too few");
        assert!(refused(&file(head(1, 1, 8, 2, 0), &[], &lines)), "a line too many");
        assert!(refused(&file(head(1, 2, 8, 2, 0), &[], &[5, 1, 2, 3, 0, 4, 5, 6])), "no such filter");
        assert!(refused(&file(head(1, 2, 8, 3, 0), &[], &[0, 1, 0, 1])), "no palette");
        let long = vec![0; 1 << 20];
        assert!(refused(&file(head(1, 2, 8, 6, 1), &[], &long[..3])));
        assert!(refused(&file(head(1, 2, 8, 2, 0), &[], &long)), "packed far more than there is room for");
    }
}
