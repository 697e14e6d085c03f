//! What names a document through its life: the same in its file, its copies and its next year, whatever the file is called.

use std::fmt;

/// Longest id that is taken from outside, in characters.
const MAX_CHARS: usize = 64;

/// The id of a document; nothing is read out of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DocumentId(String);

impl DocumentId {
    /// A new id of these bits, which must be drawn at random.
    pub fn from_bits(bits: u128) -> Self {
        Self(format!("{bits:032x}"))
    }

    /// An id as it stands in the file of a draft: kept as it is, whatever it is.
    pub(crate) fn as_written(id: String) -> Self {
        Self(id)
    }

    /// An id that came from another program: letters, digits and hyphens, not too many.
    pub fn parse(id: &str) -> Option<Self> {
        let is_id =
            !id.is_empty() && id.len() <= MAX_CHARS && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        is_id.then(|| Self(id.to_owned()))
    }

    /// Its signs.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_signs_come_from_outside() {
        let ours = DocumentId::from_bits(0xAB);
        assert_eq!(ours.as_str(), "000000000000000000000000000000ab");
        assert_eq!(DocumentId::parse(ours.as_str()), Some(ours));
        for wrong in ["", "青嶺", "a/b", "..", "a\u{202E}", &"a".repeat(65)] {
            assert_eq!(DocumentId::parse(wrong), None, "{wrong}");
        }
    }
}
