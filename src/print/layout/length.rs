//! Lengths on paper, and the one way in which they are compared.
//!
//! Places are sums of many rounded numbers: ten lines of a tenth do not make a whole. So a length has no `<`: it
//! [`fits`](Pt::fits) a room, or it is the [`same`](Pt::same).

use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// How far a length may be over its room and still fit, in its own unit: far more than sums are wrong by, and nothing
/// that an eye sees.
const TOLERANCE: f32 = 0.01;

/// Whether a length finds its room; both in points, or both in em.
pub(super) fn fits(length: f32, room: f32) -> bool {
    length <= room + TOLERANCE
}

/// A length in points, 1/72 inch.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pt(pub f32);

/// A length in millimetres.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Mm(pub f32);

impl From<Mm> for Pt {
    fn from(length: Mm) -> Self {
        Pt(length.0 * 72.0 / 25.4)
    }
}

impl From<Pt> for Mm {
    fn from(length: Pt) -> Self {
        Mm(length.0 * 25.4 / 72.0)
    }
}

impl Pt {
    /// No length.
    pub const ZERO: Pt = Pt(0.0);

    /// The longer of the two.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Pt(self.0.max(other.0))
    }

    /// The shorter of the two.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Pt(self.0.min(other.0))
    }

    /// Whether it finds its room.
    pub fn fits(self, room: Self) -> bool {
        fits(self.0, room.0)
    }

    /// Whether nobody sees a difference.
    pub fn same(self, other: Self) -> bool {
        self.fits(other) && other.fits(self)
    }
}

impl Add for Pt {
    type Output = Pt;
    fn add(self, other: Pt) -> Pt {
        Pt(self.0 + other.0)
    }
}

impl Sub for Pt {
    type Output = Pt;
    fn sub(self, other: Pt) -> Pt {
        Pt(self.0 - other.0)
    }
}

impl AddAssign for Pt {
    fn add_assign(&mut self, other: Pt) {
        self.0 += other.0;
    }
}

impl SubAssign for Pt {
    fn sub_assign(&mut self, other: Pt) {
        self.0 -= other.0;
    }
}

impl Mul<f32> for Pt {
    type Output = Pt;
    fn mul(self, factor: f32) -> Pt {
        Pt(self.0 * factor)
    }
}

impl Div<f32> for Pt {
    type Output = Pt;
    fn div(self, divisor: f32) -> Pt {
        Pt(self.0 / divisor)
    }
}

impl Neg for Pt {
    type Output = Pt;
    fn neg(self) -> Pt {
        Pt(-self.0)
    }
}

impl std::iter::Sum for Pt {
    fn sum<I: Iterator<Item = Pt>>(lengths: I) -> Pt {
        lengths.fold(Pt::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_fits_the_room_it_fills() {
        let tenths: Pt = std::iter::repeat_n(Pt(0.1), 10).sum();
        assert!(tenths.0 > 1.0, "reckoned a little too long");
        assert!(tenths.fits(Pt(1.0)) && Pt(1.0).fits(tenths) && tenths.same(Pt(1.0)));
        assert!(!Pt(1.1).fits(Pt(1.0)) && !Pt(1.1).same(Pt(1.0)) && !Pt(1.0).same(Pt(1.1)));
    }
}
