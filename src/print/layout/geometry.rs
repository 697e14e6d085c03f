//! Size of the paper, and where the table stands on it.

use crate::print::layout::{Mm, Pt, measure};

/// Size of the paper and place of the table on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Geometry {
    /// Width of the paper.
    pub width: Pt,
    /// Height of the paper.
    pub height: Pt,
    /// Left edge of the table.
    pub left: Pt,
    /// Width of the table.
    pub table: Pt,
    /// Upper edge of the type area.
    pub top: Pt,
    /// Lower edge of the type area.
    pub bottom: Pt,
}

impl Geometry {
    /// An upright page.
    pub fn portrait() -> Self {
        Self::new(measure::PAPER.0, measure::PAPER.1, measure::TABLE)
    }

    /// A lying page.
    pub fn landscape() -> Self {
        Self::new(measure::PAPER.1, measure::PAPER.0, measure::WIDE_TABLE)
    }

    fn new(width: Mm, height: Mm, table: Mm) -> Self {
        let (width, height, table) = (Pt::from(width), Pt::from(height), Pt::from(table));
        let margin = Pt::from(measure::MARGIN_Y);
        Self { width, height, left: (width - table) / 2.0, table, top: margin, bottom: height - margin }
    }

    /// The same page with a table of another width, in the middle.
    pub fn narrowed(self, table: Pt) -> Self {
        Self { table, left: (self.width - table) / 2.0, ..self }
    }
}
