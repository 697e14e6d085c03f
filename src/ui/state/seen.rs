//! Where on its page one looks, told by what is shown there from top to bottom: the cell one is in while it is in sight,
//! else what was passed last at the line one reads at.

use egui::{Rangef, Rect};

use super::anchor::Anchor;
use crate::form::FieldPath;

/// The line one reads at, below the top of what is seen.
const READING: f32 = 48.0;

/// Where on its page one looks.
#[derive(Debug)]
pub struct Seen {
    /// What is seen of the page, from top to bottom of the window.
    shown: Rangef,
    line: f32,
    passed: Option<FieldPath>,
    has_current: bool,
    /// How far the line has sunk: at the end of a page it is at the bottom, so that one comes to its last item.
    sunk: f32,
    here: Option<FieldPath>,
    has_moved: bool,
    /// What one looks at stays where it is while the page gets another width.
    pub anchor: Anchor,
    passed_top: f32,
    current_top: f32,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            shown: Rangef::NOTHING,
            line: 0.0,
            passed: None,
            has_current: false,
            sunk: 0.0,
            here: None,
            has_moved: false,
            anchor: Anchor::default(),
            passed_top: 0.0,
            current_top: 0.0,
        }
    }
}

/// How a page is scrolled.
#[derive(Clone, Copy, Debug)]
pub struct Scrolled {
    /// From its top.
    pub offset: f32,
    /// At its end.
    pub most: f32,
    /// What is seen of it.
    pub height: f32,
}

impl Seen {
    /// Begins a frame of a page that is shown there.
    pub fn begin(&mut self, room: Rect) {
        self.shown = room.y_range();
        self.line = room.top() + READING + self.sunk;
        self.passed = None;
        self.has_current = false;
        self.anchor.begin(room);
    }

    /// Something of the page stands there.
    pub fn pass(&mut self, path: &FieldPath, rect: Rect, is_current: bool) {
        if self.passed.is_none() || rect.top() <= self.line {
            self.passed = Some(path.clone());
            self.passed_top = rect.top();
        }
        if is_current && rect.y_range().intersects(self.shown) {
            self.has_current = true;
            self.current_top = rect.top();
        }
        self.anchor.pass(path, rect.top());
    }

    /// Ends the frame; whether one looks elsewhere now.
    pub fn end(&mut self, current: Option<&FieldPath>, scrolled: Scrolled) -> bool {
        let Scrolled { offset, most, height } = scrolled;
        let first = (most - height).max(0.0);
        let share = if most > first { ((offset - first) / (most - first)).clamp(0.0, 1.0) } else { 0.0 };
        self.sunk = share * (height - 2.0 * READING).max(0.0);
        let here = current.filter(|_| self.has_current).cloned().or(self.passed.take());
        let is_new = here != self.here;
        self.here = here;
        self.has_moved |= is_new;
        is_new
    }

    /// How far the page is to be scrolled so that what one looked at stands where it stood; to be asked before `end`.
    pub fn shift(&mut self, current: Option<&FieldPath>) -> Option<f32> {
        let place = match current.filter(|_| self.has_current) {
            Some(current) => Some((current.clone(), self.current_top)),
            None => self.passed.clone().map(|passed| (passed, self.passed_top)),
        };
        self.anchor.end(place)
    }

    /// Where one looks.
    pub fn here(&self) -> Option<&FieldPath> {
        self.here.as_ref()
    }

    /// Whether one has come there since this was last asked.
    pub fn take_move(&mut self) -> bool {
        std::mem::take(&mut self.has_moved)
    }
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    const ROOM: Rect = Rect { min: pos2(0.0, 100.0), max: pos2(500.0, 500.0) };

    fn looks(seen: &mut Seen, offset: f32, current: Option<&str>) -> String {
        let current = current.map(FieldPath::document);
        // Two frames: the line sinks in the one after the page was scrolled.
        for _ in 0..2 {
            seen.begin(ROOM);
            for (index, name) in ["a", "b", "c", "d", "e"].into_iter().enumerate() {
                let top = ROOM.top() + 200.0 * index as f32 - offset;
                let rect = Rect::from_min_size(pos2(0.0, top), egui::vec2(500.0, 180.0));
                let path = FieldPath::document(name);
                seen.pass(&path, rect, current.as_ref() == Some(&path));
            }
            seen.end(current.as_ref(), Scrolled { offset, most: 600.0, height: 400.0 });
        }
        seen.here().map(|path| path.item.clone()).unwrap_or_default()
    }

    #[test]
    fn what_stands_at_the_line_one_reads_at_is_told() {
        let mut seen = Seen::default();
        assert_eq!(looks(&mut seen, 0.0, None), "a");
        assert_eq!(looks(&mut seen, 160.0, None), "b");
        assert_eq!(looks(&mut seen, 600.0, None), "e", "the end of the page is its last item");
    }

    #[test]
    fn the_cell_one_is_in_counts_while_it_is_in_sight() {
        let mut seen = Seen::default();
        assert_eq!(looks(&mut seen, 0.0, Some("b")), "b");
        assert_eq!(looks(&mut seen, 200.0, Some("b")), "b");
        assert_eq!(looks(&mut seen, 450.0, Some("b")), "d");
    }
}
