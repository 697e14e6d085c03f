//! The reader of books and Word documents: never panics, and every character of what it gives is form, placed or left over.
#![no_main]

use hyoukasho::exchange::book;
use hyoukasho::exchange::placer;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(source) = book::boxes(bytes)
        && let Ok((_, receipt)) = placer::place(&source)
    {
        assert!(receipt.sums.agree());
    }
});
