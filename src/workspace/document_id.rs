//! A new id for a document that gets its first file here.

use std::hash::{BuildHasher, RandomState};

use crate::draft::DocumentId;

/// An id that no other document has: its bits come from the keys that the system draws for each process.
pub fn new() -> DocumentId {
    let keys = RandomState::new();
    let half = |n: u8| u128::from(keys.hash_one(n));
    DocumentId::from_bits(half(0) << 64 | half(1))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn no_two_are_alike() {
        let ids: BTreeSet<_> = (0..1000).map(|_| super::new()).collect();
        assert_eq!(ids.len(), 1000);
        assert!(ids.iter().all(|id| id.as_str().len() == 32));
    }
}
