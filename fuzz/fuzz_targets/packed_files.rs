//! The reader of packed folders: never panics, and every file it gives has its name and its length.
#![no_main]

use hyoukasho::exchange::{book, work};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    if let Some(Ok(pieces)) = work(book::PACKED).map(|work| work(file.to_vec())) {
        let names = std::str::from_utf8(&pieces[0]).expect("names are text");
        let lengths = names.lines().map(|line| line.split(' ').next().and_then(|length| length.parse::<usize>().ok()));
        assert_eq!(lengths.sum::<Option<usize>>(), Some(pieces[1].len()));
    }
});
