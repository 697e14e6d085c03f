//! The reader of pictures that are printed, in this very process: never panics, and what can be drawn has a size.
#![no_main]

use hyoukasho::pictures::{Picture, PictureKind, Plate};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    if let Ok(picture) = Picture::read(file)
        && picture.kind != PictureKind::Svg
        && let Ok(plate) = Plate::of(&picture)
    {
        let (width, height) = plate.size();
        assert!(width >= 1.0 && height >= 1.0);
    }
});
