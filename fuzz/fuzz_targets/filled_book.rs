//! The writer of books: never panics, and what it gives is a book again.
#![no_main]

use hyoukasho::exchange::book;
use hyoukasho::exchange::boxes::{CellText, Rewriting};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let cell = |row, column, text: &str, like| CellText { row, column, text: text.to_owned(), like, sheet: 0 };
    let rewriting = Rewriting {
        cells: vec![cell(0, 0, "文&<", None), cell(4, 1, "", None), cell(900, 2, "_x000D_", Some((0, 0)))],
        shown_rows: (0..9).map(|row| (0, row)).collect(),
        merges: vec![(0, [900, 2, 900, 3])],
        ..Rewriting::default()
    };
    if let Ok(written) = book::rewrite(bytes, &rewriting) {
        let _ = book::boxes(&written);
    }
});
