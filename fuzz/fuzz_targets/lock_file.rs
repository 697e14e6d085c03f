//! The owner file beside a document: whatever is in it, nobody panics, and what is read says who it was.
#![no_main]

use std::path::Path;

use hyoukasho::disk::SystemDisk;
use hyoukasho::vault::owner::{owner_of, owner_path};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // In memory: a disk would be what is measured.
    let document = Path::new("/dev/shm").join(format!("hyoukasho-fuzz-{}.ron", std::process::id()));
    std::fs::write(owner_path(&document), bytes).expect("memory");
    if let Some(owner) = owner_of(&SystemDisk, &document) {
        assert!(!owner.words().is_empty());
        assert!(std::str::from_utf8(bytes).is_err() || owner.since.in_name().len() == 17);
    }
    let _ = std::fs::remove_file(owner_path(&document));
});
