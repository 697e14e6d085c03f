//! Pictures in the PDF (ISO 32000-1, 8.9.5): each file once, however often it is shown.

use std::sync::Arc;

use lopdf::{Dictionary, Object, Stream, StringFormat, dictionary};

use super::PdfError;
use super::drawing;
use super::skeleton::Skeleton;
use super::tags::name_object;
use crate::pictures::{Plate, PngPlate, Turn};
use crate::print::layout::Pages;

/// The pictures of a document, in the order in which they are shown.
pub(super) struct Plates(Vec<Arc<Plate>>);

impl Plates {
    /// The pictures that stand on pages.
    pub(super) fn of(pages: &Pages) -> Self {
        let mut plates: Vec<Arc<Plate>> = Vec::new();
        for figure in pages.pages.iter().flat_map(|page| &page.figures) {
            if !plates.iter().any(|known| Arc::ptr_eq(known, &figure.plate)) {
                plates.push(Arc::clone(&figure.plate));
            }
        }
        Self(plates)
    }

    /// Its name in the resources of the pages.
    pub(super) fn name(&self, plate: &Arc<Plate>) -> Option<String> {
        let number = self.0.iter().position(|known| Arc::ptr_eq(known, plate))?;
        Some(format!("P{number}"))
    }

    /// Adds them, and their names to the resources that all pages share.
    pub(super) fn add(&self, skeleton: &mut Skeleton) -> Result<(), PdfError> {
        let Some(page) = skeleton.pages.first().filter(|_| !self.0.is_empty()) else { return Ok(()) };
        let resources = skeleton.document.get_dictionary(*page)?.get(b"Resources")?.as_reference()?;
        let mut names = Dictionary::new();
        for plate in &self.0 {
            let stream = match &**plate {
                Plate::Jpeg { head, bytes } => {
                    let color = if head.n_samples == 1 { "DeviceGray" } else { "DeviceRGB" };
                    let dict = image(head.width, head.height, 8, name_object(color), "DCTDecode");
                    Stream::new(dict, bytes.to_vec())
                }
                Plate::Png(png) => png_image(png, skeleton),
                Plate::Drawing(drawing) => drawing::form(drawing)?,
            };
            let id = skeleton.document.add_object(stream);
            names.set(self.name(plate).unwrap_or_default(), id);
        }
        skeleton.document.get_dictionary_mut(resources)?.set("XObject", names);
        Ok(())
    }
}

fn image(width: u32, height: u32, bits: u8, color: Object, filter: &str) -> Dictionary {
    dictionary! {
        "Type" => name_object("XObject"),
        "Subtype" => name_object("Image"),
        "Width" => i64::from(width),
        "Height" => i64::from(height),
        "BitsPerComponent" => i64::from(bits),
        "ColorSpace" => color,
        "Filter" => name_object(filter),
    }
}

/// Lines with PNG's own filters, which PDF knows as predictor 15.
fn png_image(png: &PngPlate, skeleton: &mut Skeleton) -> Stream {
    let head = png.head;
    let lines = |n_colors: u8, bits: u8, color: Object| {
        let mut dict = image(head.width, head.height, bits, color, "FlateDecode");
        let columns = i64::from(head.width);
        let (colors, bits) = (i64::from(n_colors), i64::from(bits));
        dict.set(
            "DecodeParms",
            dictionary! { "Predictor" => 15, "Colors" => colors, "BitsPerComponent" => bits, "Columns" => columns },
        );
        dict
    };
    let color = match &png.palette {
        Some(palette) => {
            let last = (1_i64 << head.bits) - 1;
            let colors = Object::String(palette.clone(), StringFormat::Hexadecimal);
            vec![name_object("Indexed"), name_object("DeviceRGB"), last.into(), colors].into()
        }
        None if png.n_colors == 1 => name_object("DeviceGray"),
        None => name_object("DeviceRGB"),
    };
    let mut dict = lines(png.n_colors, head.bits, color);
    if let Some(opacity) = &png.opacity {
        let bits = if png.palette.is_some() { 8 } else { head.bits };
        let mask = Stream::new(lines(1, bits, name_object("DeviceGray")), opacity.clone());
        dict.set("SMask", skeleton.document.add_object(mask));
    }
    if let Some(absent) = &png.absent {
        let range: Vec<Object> = absent.iter().flat_map(|sample| [i64::from(*sample); 2]).map(Object::from).collect();
        dict.set("Mask", range);
    }
    Stream::new(dict, png.colors.clone())
}

/// From the unit square, in which a picture stands as it lies in its file, to its place; all in hundredths of a point.
pub(super) fn matrix(plate: &Plate, (x, y): (i64, i64), (width, height): (i64, i64)) -> [i64; 6] {
    let turn = match plate {
        Plate::Jpeg { head, .. } => head.turn,
        Plate::Png(_) | Plate::Drawing(_) => Turn::default(),
    };
    let (right, top) = (x + width, y + height);
    match (turn.mirrored, turn.quarters % 4) {
        (false, 0) => [width, 0, 0, height, x, y],
        (true, 0) => [-width, 0, 0, height, right, y],
        (false, 1) => [0, -height, width, 0, x, top],
        (true, 1) => [0, height, width, 0, x, y],
        (false, 2) => [-width, 0, 0, -height, right, top],
        (true, 2) => [width, 0, 0, -height, x, top],
        (false, _) => [0, height, -width, 0, right, y],
        (true, _) => [0, -height, -width, 0, right, top],
    }
}
