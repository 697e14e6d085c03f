//! Every shipped form reads, fits together and keeps its wording to the character.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use hyoukasho::form::shipped;

#[test]
fn every_shipped_edition_reads() {
    let editions = shipped::editions().unwrap_or_else(|error| panic!("{error}"));
    assert!(editions.len() >= 3);
}
