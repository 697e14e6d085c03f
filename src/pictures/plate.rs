//! A picture made ready to be printed: read through once, to the last pixel, so that what is placed on a page can be drawn.
//!
//! A JPEG stays as it is; of a PNG the packed lines stay where a PDF can hold them, and its transparency is taken apart.
//! What was made of a file is kept for the next page that shows it, in the order of use.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::png_plate::{PngPlate, png_plate};
use super::{JpegHead, Picture, PictureError, PictureKind, jpeg};

/// So many files are kept ready: more than any document shows.
const MAX_KEPT: usize = 64;

/// A picture that can be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plate {
    /// A JPEG, printed byte by byte as it came.
    Jpeg {
        /// What its head says.
        head: JpegHead,
        /// The file.
        bytes: Arc<[u8]>,
    },
    /// A PNG.
    Png(PngPlate),
}

impl Plate {
    /// Reads a picture through, or takes what was made of the same file before.
    pub fn of(picture: &Picture) -> Result<Arc<Self>, PictureError> {
        static KEPT: OnceLock<Mutex<Vec<Kept>>> = OnceLock::new();
        let kept = || KEPT.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |one: &Kept| Arc::ptr_eq(&one.file, &picture.bytes);
        let found = {
            let mut kept = kept();
            let place = kept.iter().position(is_it);
            place.map(|place| {
                let one = kept.remove(place);
                let plate = one.plate.clone();
                kept.push(one);
                plate
            })
        };
        if let Some(plate) = found {
            return plate;
        }
        let plate = Self::read(picture).map(Arc::new);
        let mut kept = kept();
        if kept.len() >= MAX_KEPT {
            kept.remove(0);
        }
        kept.push(Kept { file: Arc::clone(&picture.bytes), plate: plate.clone() });
        plate
    }

    /// Width and height as it is seen, in its own unit.
    #[must_use]
    pub fn size(&self) -> (f32, f32) {
        let (width, height) = match self {
            Self::Jpeg { head, .. } => head.seen(),
            Self::Png(png) => (png.head.width, png.head.height),
        };
        (width as f32, height as f32)
    }

    /// Whether it has pixels, which show when it is made too large.
    #[must_use]
    pub fn has_pixels(&self) -> bool {
        match self {
            Self::Jpeg { .. } | Self::Png(_) => true,
        }
    }

    fn read(picture: &Picture) -> Result<Self, PictureError> {
        match picture.kind {
            PictureKind::Png => png_plate(&picture.bytes).map(Plate::Png),
            PictureKind::Jpeg => {
                let head = JpegHead::read(&picture.bytes)?;
                jpeg::is_whole(&picture.bytes)?;
                Ok(Plate::Jpeg { head, bytes: Arc::clone(&picture.bytes) })
            }
            PictureKind::Svg => Err(PictureError::Variety {
                kind: PictureKind::Svg,
                what: "この版ではまだ紙に描けません",
            }),
        }
    }
}

/// What was made of a file; the file is held, so that no other takes its place in memory.
struct Kept {
    file: Arc<[u8]>,
    plate: Result<Arc<Plate>, PictureError>,
}
