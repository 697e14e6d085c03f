//! Our typefaces.

/// Index of a face: 0 regular, 1 bold, 2 supplement, then system faces in order of first use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub u16);

/// Weight of the type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Weight {
    /// Body.
    #[default]
    Regular,
    /// Titles.
    Bold,
}
