//! The reader of pictures for the screen: never panics, and gives as many pixels as it says.
#![no_main]

use hyoukasho::exchange::{bitmap, work};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    if let Some(Ok(pieces)) = work(bitmap::BITMAP).map(|work| work(file.to_vec())) {
        let (&[a, b, c, d], rgb) = pieces[0].split_first_chunk().expect("width and height");
        let (width, height) = (u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d]));
        assert!(width > 0 && height > 0);
        assert_eq!(rgb.len(), 3 * usize::from(width) * usize::from(height));
    }
});
