//! The head of a JPEG (ITU-T T.81, annex B), and which way up it is seen (Exif 2.3, 4.6.4).

use super::{PictureError, PictureKind};

/// How every JPEG begins.
pub(super) const SIGNATURE: &[u8] = b"\xFF\xD8\xFF";

/// What the head of a JPEG says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JpegHead {
    /// Pixels of a line, as it lies in the file.
    pub width: u32,
    /// Lines, as it lies in the file.
    pub height: u32,
    /// Samples of a pixel: 1 grey, 3 colour.
    pub n_samples: u8,
    /// How it is turned when it is seen.
    pub turn: Turn,
}

/// How a picture is turned when it is seen: the eight values of Exif's `Orientation`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// Mirrored left to right first.
    pub mirrored: bool,
    /// Then turned clockwise by so many quarters.
    pub quarters: u8,
}

impl Turn {
    fn of_exif(value: u8) -> Self {
        let (mirrored, quarters) = match value {
            2 => (true, 0),
            3 => (false, 2),
            4 => (true, 2),
            5 => (true, 3),
            6 => (false, 1),
            7 => (true, 1),
            8 => (false, 3),
            _ => (false, 0),
        };
        Self { mirrored, quarters }
    }
}

impl JpegHead {
    /// Reads up to the frame header; a JPEG that PDF cannot hold is an error.
    pub fn read(bytes: &[u8]) -> Result<Self, PictureError> {
        let broken = |what| PictureError::Broken { kind: PictureKind::Jpeg, what };
        let variety = |what| PictureError::Variety { kind: PictureKind::Jpeg, what };
        let (mut turn, mut at) = (Turn::default(), 2);
        loop {
            let Segment { marker, body, next } =
                segment(bytes, at).ok_or_else(|| broken("画像の大きさがありません"))?;
            at = next;
            match marker {
                0xE1 => turn = exif_turn(body).unwrap_or(turn),
                0xC0..=0xC2 => {
                    let &[bits, h1, h2, w1, w2, n_samples, ..] = body else {
                        return Err(broken("画像の大きさがありません"));
                    };
                    let (height, width) = (u16::from_be_bytes([h1, h2]), u16::from_be_bytes([w1, w2]));
                    return match (bits, n_samples) {
                        _ if width == 0 || height == 0 => Err(broken("画像の大きさが 0 です")),
                        (8, 1 | 3) => Ok(Self { width: width.into(), height: height.into(), n_samples, turn }),
                        (8, 4) => Err(variety("印刷所向けの CMYK")),
                        (8, _) => Err(broken("色の表し方が決まりにありません")),
                        _ => Err(variety("1色あたり8ビットでない JPEG")),
                    };
                }
                0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => return Err(variety("可逆圧縮や算術符号の JPEG")),
                0xD9 | 0xDA => return Err(broken("画像の大きさがありません")),
                _ => {}
            }
        }
    }

    /// Width and height as it is seen.
    #[must_use]
    pub fn seen(&self) -> (u32, u32) {
        if self.turn.quarters % 2 == 1 { (self.height, self.width) } else { (self.width, self.height) }
    }
}

/// Whether there is a scan, and an end behind it: a file that was cut is not printed half grey.
pub(super) fn is_whole(bytes: &[u8]) -> Result<(), PictureError> {
    let mut at = 2;
    while let Some(Segment { marker, next, .. }) = segment(bytes, at) {
        if marker == 0xDA {
            // Cameras and scanners leave some bytes behind the end.
            let has_end = bytes[next..].windows(2).rev().any(|pair| pair == [0xFF, 0xD9]);
            let what = "画像の途中までしかありません";
            return has_end.then_some(()).ok_or(PictureError::Broken { kind: PictureKind::Jpeg, what });
        }
        at = next;
    }
    Err(PictureError::Broken { kind: PictureKind::Jpeg, what: "画像の中身がありません" })
}

struct Segment<'a> {
    marker: u8,
    body: &'a [u8],
    next: usize,
}

/// The segment whose marker stands at a place, behind fill bytes.
fn segment(bytes: &[u8], mut at: usize) -> Option<Segment<'_>> {
    if *bytes.get(at)? != 0xFF {
        return None;
    }
    while *bytes.get(at)? == 0xFF {
        at += 1;
    }
    let marker = bytes[at];
    if matches!(marker, 0x01 | 0xD0..=0xD9) {
        return Some(Segment { marker, body: &[], next: at + 1 });
    }
    let length = usize::from(u16::from_be_bytes([*bytes.get(at + 1)?, *bytes.get(at + 2)?]));
    let next = at + 1 + length.max(2);
    Some(Segment { marker, body: bytes.get(at + 3..next)?, next })
}

/// The turn in an Exif segment, where it tells one.
fn exif_turn(body: &[u8]) -> Option<Turn> {
    let tiff = body.strip_prefix(b"Exif\0\0")?;
    let is_little = tiff.starts_with(b"II");
    let short = |at: usize| {
        let bytes = [*tiff.get(at)?, *tiff.get(at.checked_add(1)?)?];
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| {
        let halves = (short(at)?, short(at + 2)?);
        let (high, low) = if is_little { (halves.1, halves.0) } else { halves };
        usize::try_from(u32::from(high) << 16 | u32::from(low)).ok()
    };
    let directory = long(4)?;
    let n_entries = usize::from(short(directory)?);
    let entries = (0..n_entries).map(|nth| directory.saturating_add(2 + nth * 12));
    let orientation = entries.map_while(|at| Some((at, short(at)?))).find(|(_, tag)| *tag == 0x0112)?.0;
    Some(Turn::of_exif(u8::try_from(short(orientation + 8)?).ok()?))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(super) mod tests {
    use super::*;

    /// A JPEG up to its frame header, with an Exif orientation.
    pub(in super::super) fn file(width: u16, height: u16, n_samples: u8, orientation: u8) -> Vec<u8> {
        let mut file = b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0".to_vec();
        file.extend(b"\xFF\xE1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
        file.extend([orientation, 0, 0, 0, 0, 0, 0]);
        file.extend(b"\xFF\xFF\xC2\0\x11\x08");
        file.extend(height.to_be_bytes());
        file.extend(width.to_be_bytes());
        file.extend([n_samples, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
        file
    }

    #[test]
    fn the_head_says_size_and_turn() {
        let head = JpegHead::read(&file(800, 600, 3, 1)).unwrap();
        assert_eq!((head.width, head.height, head.n_samples, head.turn), (800, 600, 3, Turn::default()));
        let turned = |value| JpegHead::read(&file(800, 600, 1, value)).unwrap().seen();
        assert_eq!([1, 2, 3, 4].map(turned), [(800, 600); 4]);
        assert_eq!([5, 6, 7, 8].map(turned), [(600, 800); 4]);
        assert_eq!(turned(77), (800, 600));
    }

    #[test]
    fn varieties_that_no_pdf_holds_are_named() {
        let said = |bytes: &[u8]| JpegHead::read(bytes).unwrap_err().to_string();
        assert!(said(&file(8, 8, 4, 1)).contains("CMYK"));
        let mut lossless = file(8, 8, 3, 1);
        let marker = lossless.iter().rposition(|byte| *byte == 0xC2).unwrap();
        lossless[marker] = 0xC3;
        assert!(said(&lossless).contains("可逆"));
        lossless[marker] = 0xC0;
        lossless[marker + 3] = 12;
        assert!(said(&lossless).contains("8ビット"));
        assert!(said(&file(0, 8, 3, 1)).contains("大きさ"));
        assert!(said(b"\xFF\xD8\xFF\xD9").contains("壊れ"));
    }
}
