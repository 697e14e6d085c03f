//! The reader of SVGs: never panics, and what it gives is a drawing again.
#![no_main]

use hyoukasho::exchange::{svg, work};
use hyoukasho::pictures::Drawing;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    if let Some(Ok(pieces)) = work(svg::DRAWING).map(|work| work(file.to_vec())) {
        assert!(Drawing::read(&pieces[0]).is_some());
    }
});
