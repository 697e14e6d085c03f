//! The reader of printed PDFs: never panics, and every character of what it gives is form, placed or left over.
#![no_main]

use hyoukasho::exchange::pdf::pages;
use hyoukasho::exchange::placer;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(source) = pages::boxes(bytes)
        && let Ok((_, receipt)) = placer::place(&source)
    {
        assert!(receipt.sums.agree());
    }
});
