//! The reader of draft files: never panics, and what it opened for writing it writes and opens again unchanged.
#![no_main]

use hyoukasho::draft::format::{Access, read, write};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    if let Ok(opened) = read(file) {
        let again = read(write(&opened.draft).as_bytes()).expect("a written draft opens");
        assert_eq!(again.draft, opened.draft);
        assert_eq!((again.access, again.notes.len()), (Access::Write, 0));
    }
});
