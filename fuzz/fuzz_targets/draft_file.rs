//! The reader of draft files: never panics, and what it opened for writing it writes and opens again unchanged.
#![no_main]

use hyoukasho::draft::format::{self, Access, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    if let Ok(opened) = read(file) {
        let again = read(&format::file(&opened.draft)).expect("a written draft opens");
        assert_eq!((&again.draft, again.access), (&opened.draft, Access::Write));
        // A picture that was damaged still is.
        assert!(again.notes.is_empty() || opened.draft.has_pictures());
    }
});
