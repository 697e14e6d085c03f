//! A picture made ready to be printed: read through once, to the last pixel, so that what is placed on a page can be drawn.
//!
//! A JPEG stays as it is; of a PNG the packed lines stay where a PDF can hold them, and its transparency is taken apart.
//! What was made of a file is kept for the next page that shows it, in the order of use.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::png_plate::{PngPlate, png_plate};
use super::{Drawing, JpegHead, Picture, PictureError, PictureKind, jpeg};

/// So many files are kept ready: more than any document shows.
const MAX_KEPT: usize = 64;

/// A picture that can be drawn.
#[derive(Clone, Debug, PartialEq)]
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
    /// What was drawn of an SVG.
    Drawing(Drawing),
}

impl Plate {
    /// Reads a picture through, or takes what was made of the same file before. An SVG must have been drawn.
    pub fn of(picture: &Picture) -> Result<Arc<Self>, PictureError> {
        if let Some(plate) = found(&picture.bytes) {
            return plate;
        }
        let plate = Self::read(picture).map(Arc::new);
        if picture.kind != PictureKind::Svg {
            keep(picture, plate.clone());
        }
        plate
    }

    /// Whether it is known what is drawn of an SVG, or why nothing is.
    #[must_use]
    pub fn is_drawn(picture: &Picture) -> bool {
        found(&picture.bytes).is_some()
    }

    /// Keeps what a worker made of an SVG, which is not read in this process.
    pub fn keep_drawing(picture: &Picture, drawing: Result<Drawing, PictureError>) {
        keep(picture, drawing.map(|drawing| Arc::new(Self::Drawing(drawing))));
    }

    /// A drawing made in this process, and the bytes it is known by; the same drawing gives the same ones.
    #[must_use]
    pub fn of_drawing(drawing: Drawing) -> (Arc<Self>, Arc<[u8]>) {
        let file: Arc<[u8]> = drawing.write().into();
        let mut made = made();
        if let Some((plate, file)) = made.iter().find(|(_, known)| **known == *file) {
            return (Arc::clone(plate), Arc::clone(file));
        }
        let plate = Arc::new(Self::Drawing(drawing));
        if made.len() >= MAX_KEPT {
            made.remove(0);
        }
        made.push((Arc::clone(&plate), Arc::clone(&file)));
        (plate, file)
    }

    /// Width and height as it is seen, in its own unit.
    #[must_use]
    pub fn size(&self) -> (f32, f32) {
        let (width, height) = match self {
            Self::Jpeg { head, .. } => head.seen(),
            Self::Png(png) => (png.head.width, png.head.height),
            Self::Drawing(drawing) => return (drawing.width, drawing.height),
        };
        (width as f32, height as f32)
    }

    /// Whether it has pixels, which show when it is made too large.
    #[must_use]
    pub fn has_pixels(&self) -> bool {
        match self {
            Self::Jpeg { .. } | Self::Png(_) => true,
            Self::Drawing(_) => false,
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

fn kept() -> MutexGuard<'static, Vec<Kept>> {
    static KEPT: OnceLock<Mutex<Vec<Kept>>> = OnceLock::new();
    KEPT.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner)
}

/// A drawing made in this process, with the bytes it is known by.
type Made = (Arc<Plate>, Arc<[u8]>);

/// Those made last. They have their own list: each state of a chart that is worked on gives one, and none of them takes
/// the place of a picture.
fn made() -> MutexGuard<'static, Vec<Made>> {
    static MADE: OnceLock<Mutex<Vec<Made>>> = OnceLock::new();
    MADE.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner)
}

fn found(file: &Arc<[u8]>) -> Option<Result<Arc<Plate>, PictureError>> {
    let mut kept = kept();
    let place = kept.iter().position(|one| Arc::ptr_eq(&one.file, file))?;
    let one = kept.remove(place);
    let plate = one.plate.clone();
    kept.push(one);
    Some(plate)
}

fn keep(picture: &Picture, plate: Result<Arc<Plate>, PictureError>) {
    let mut kept = kept();
    if kept.len() >= MAX_KEPT {
        kept.remove(0);
    }
    kept.push(Kept { file: Arc::clone(&picture.bytes), plate });
}
