//! Spans: which of many areas stand beside one, found without a look at all of them.

use super::effort::Effort;
use crate::exchange::boxes::Area;

/// Areas from top to bottom; of those that begin alike, in the order they came in.
#[derive(Debug, Default)]
pub(super) struct Spans {
    /// Top, bottom, which one.
    all: Vec<(f32, f32, usize)>,
    /// The lowest bottom of those so far.
    reach: Vec<f32>,
}

impl Spans {
    pub fn of(areas: impl Iterator<Item = (usize, Area)>) -> Self {
        let mut all: Vec<(f32, f32, usize)> = areas.map(|(one, area)| (area.top, area.bottom, one)).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut lowest = f32::NEG_INFINITY;
        let mut reach = Vec::with_capacity(all.len());
        for (_, bottom, _) in &all {
            lowest = lowest.max(*bottom);
            reach.push(lowest);
        }
        Self { all, reach }
    }

    /// Those that share some height with what begins and ends there.
    pub fn between(&self, top: f32, bottom: f32, effort: &Effort) -> impl Iterator<Item = usize> {
        let end = self.all.partition_point(|(first, ..)| *first < bottom);
        let start = self.reach.partition_point(|reach| *reach <= top).min(end);
        effort.spend(end - start + 1);
        let end = if effort.is_over() { start } else { end };
        self.all[start..end].iter().filter(move |(_, last, _)| *last > top).map(|(.., one)| *one)
    }

    /// Whether one begins between these two, the ends included.
    pub fn begins(&self, first: f32, last: f32) -> bool {
        let start = self.all.partition_point(|(top, ..)| *top < first);
        self.all.get(start).is_some_and(|(top, ..)| *top <= last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::worker::Stop;

    #[test]
    fn what_stands_beside_is_found_whatever_is_high() {
        let spans = [(0.0, 9.0), (0.0, 1.0), (1.0, 2.0), (5.0, 6.0), (3.0, 4.0), (5.5, 7.0)];
        let areas: Vec<Area> =
            spans.iter().map(|(top, bottom)| Area { top: *top, bottom: *bottom, ..Area::default() }).collect();
        let spans = Spans::of(areas.iter().copied().enumerate());
        let effort = Effort::until(&Stop::never());
        for half in 0..20_u8 {
            let (top, bottom) = (f32::from(half) / 2.0, f32::from(half) / 2.0 + 1.0);
            let here = Area { top, bottom, ..Area::default() };
            let mut seen: Vec<usize> = spans.between(top, bottom, &effort).collect();
            seen.sort_unstable();
            let beside: Vec<usize> = (0..areas.len()).filter(|at| areas[*at].shared_height(&here) > 0.0).collect();
            assert_eq!(seen, beside, "{top}");
        }
        assert!(spans.begins(2.5, 3.0) && !spans.begins(3.5, 4.9));
        assert!(effort.spent() < 200);
    }
}
