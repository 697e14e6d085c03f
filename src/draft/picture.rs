//! The pictures of a figure: each known by what its bytes are, shown upright or lying, and told in words.
//!
//! The bytes are shared: copies of a draft, its past steps and its versions hold the same ones. They are no part of what an
//! answer says; two answers with the same ids are the same, whether or not the bytes are at hand.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::form::Orientation;

/// One picture of a figure, as it is to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigurePicture {
    /// The picture.
    pub kept: KeptPicture,
    /// The page it asks for.
    pub orientation: Orientation,
    /// What it shows, in words for whoever does not see it.
    pub alt: String,
}

/// A picture kept with the draft.
#[derive(Clone)]
pub struct KeptPicture {
    id: Arc<str>,
    bytes: PictureBytes,
}

/// What is at hand of a picture.
#[derive(Clone, PartialEq, Eq)]
pub enum PictureBytes {
    /// All of it, as it came.
    Sound(Arc<[u8]>),
    /// Other bytes than were put in: kept as they are.
    Damaged(Arc<[u8]>),
    /// Nothing.
    Missing,
}

impl KeptPicture {
    /// A picture of these bytes.
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        Self { id: sha256(&bytes).into(), bytes: PictureBytes::Sound(bytes) }
    }

    /// A picture of which only the id is known, as it stands in the text of a draft.
    pub fn missing(id: impl Into<Arc<str>>) -> Self {
        Self { id: id.into(), bytes: PictureBytes::Missing }
    }

    /// The same picture with bytes that were found under its id.
    pub(super) fn found(&self, bytes: &PictureBytes) -> Self {
        Self { id: self.id.clone(), bytes: bytes.clone() }
    }

    /// SHA-256 of its bytes, in 64 small hexadecimal digits.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What is at hand of it.
    pub fn at_hand(&self) -> &PictureBytes {
        &self.bytes
    }

    /// Its bytes, where they are what was put in.
    pub fn bytes(&self) -> Option<&Arc<[u8]>> {
        match &self.bytes {
            PictureBytes::Sound(bytes) => Some(bytes),
            PictureBytes::Damaged(_) | PictureBytes::Missing => None,
        }
    }
}

impl PictureBytes {
    /// Bytes found under an id.
    pub(super) fn under(id: &str, bytes: &[u8]) -> Self {
        let is_sound = sha256(bytes) == id;
        if is_sound { Self::Sound(bytes.into()) } else { Self::Damaged(bytes.into()) }
    }
}

/// By what it is.
impl PartialEq for KeptPicture {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for KeptPicture {}

/// Its bytes are not shown.
impl std::fmt::Debug for KeptPicture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let state = match &self.bytes {
            PictureBytes::Sound(bytes) => format!("{} bytes", bytes.len()),
            PictureBytes::Damaged(_) => "damaged".to_owned(),
            PictureBytes::Missing => "missing".to_owned(),
        };
        write!(f, "KeptPicture({}, {state})", self.id)
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_bytes() {
        let one = KeptPicture::new(&b"abc"[..]);
        assert_eq!(one.id(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(one, KeptPicture::missing(one.id()));
        assert_ne!(one, KeptPicture::new(&b"abd"[..]));
        assert_eq!(one.bytes().map(|bytes| bytes.len()), Some(3));
        let damaged = one.found(&PictureBytes::under(one.id(), b"abd"));
        assert!(damaged.bytes().is_none() && matches!(damaged.at_hand(), PictureBytes::Damaged(_)));
    }
}
