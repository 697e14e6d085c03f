//! The head of a PNG (ISO/IEC 15948, 11.2.2).

use super::{PictureError, PictureKind};

/// How every PNG begins.
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

/// What the head of a PNG says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PngHead {
    /// Pixels of a line.
    pub width: u32,
    /// Lines.
    pub height: u32,
    /// Bits of one sample: 1, 2, 4, 8 or 16.
    pub bits: u8,
    /// What the samples mean.
    pub color: PngColor,
    /// Whether its lines stand in seven rounds (Adam7).
    pub interlaced: bool,
}

/// What the samples of a PNG mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PngColor {
    /// Shades of grey.
    Gray,
    /// Red, green, blue.
    Rgb,
    /// Numbers of a palette.
    Palette,
    /// Grey and how opaque.
    GrayAlpha,
    /// Red, green, blue and how opaque.
    Rgba,
}

impl PngColor {
    /// Samples of a pixel.
    #[must_use]
    pub fn n_samples(self) -> usize {
        match self {
            Self::Gray | Self::Palette => 1,
            Self::GrayAlpha => 2,
            Self::Rgb => 3,
            Self::Rgba => 4,
        }
    }
}

impl PngHead {
    /// Reads the head, which is the first chunk.
    pub fn read(bytes: &[u8]) -> Result<Self, PictureError> {
        let broken = |what| PictureError::Broken { kind: PictureKind::Png, what };
        let chunk = bytes.get(SIGNATURE.len()..).unwrap_or_default();
        let fields = chunk.get(8..21).filter(|_| chunk.starts_with(b"\0\0\0\x0DIHDR"));
        let fields = fields.ok_or_else(|| broken("先頭に画像の大きさがありません"))?;
        let number = |at: usize| fields[at..at + 4].iter().fold(0, |sum: u32, byte| sum << 8 | u32::from(*byte));
        let (width, height, bits) = (number(0), number(4), fields[8]);
        if width == 0 || height == 0 {
            return Err(broken("画像の大きさが 0 です"));
        }
        let color = match (fields[9], bits) {
            (0, 1 | 2 | 4 | 8 | 16) => PngColor::Gray,
            (2, 8 | 16) => PngColor::Rgb,
            (3, 1 | 2 | 4 | 8) => PngColor::Palette,
            (4, 8 | 16) => PngColor::GrayAlpha,
            (6, 8 | 16) => PngColor::Rgba,
            _ => return Err(broken("色の表し方が決まりにありません")),
        };
        if fields[10] != 0 || fields[11] != 0 || fields[12] > 1 {
            return Err(broken("圧縮のしかたが決まりにありません"));
        }
        Ok(Self { width, height, bits, color, interlaced: fields[12] == 1 })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The head of a PNG and nothing behind it.
    pub(in super::super) fn file(width: u32, height: u32, bits: u8, color: u8) -> Vec<u8> {
        let mut file = SIGNATURE.to_vec();
        file.extend(b"\0\0\0\x0DIHDR");
        file.extend(width.to_be_bytes());
        file.extend(height.to_be_bytes());
        file.extend([bits, color, 0, 0, 0, 0, 0, 0, 0]);
        file
    }

    #[test]
    fn the_head_says_size_and_colours() {
        let head = PngHead::read(&file(7, 5, 16, 6));
        let read = PngHead { width: 7, height: 5, bits: 16, color: PngColor::Rgba, interlaced: false };
        assert_eq!(head, Ok(read));
        for (bits, color) in [(3, 0), (4, 2), (16, 3), (4, 4), (1, 6), (8, 5), (0, 0)] {
            assert!(PngHead::read(&file(7, 5, bits, color)).is_err(), "{bits} bits of colour {color}");
        }
        assert!(PngHead::read(&file(0, 5, 8, 0)).is_err());
        assert!(PngHead::read(&file(7, 5, 8, 0)[..30]).is_ok());
        assert!(PngHead::read(&file(7, 5, 8, 0)[..28]).is_err());
    }
}
