//! The reader of PDFs that carry a draft: never panics, and what it gives is a draft that the program wrote.
#![no_main]

use hyoukasho::draft::format::CheckValue;
use hyoukasho::exchange::pdf::inside;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|pdf: &[u8]| {
    if let Ok((_, opened)) = inside(pdf) {
        assert_eq!(opened.check_value, CheckValue::Fits);
    }
});
