//! What one looks at stays where it is while the page gets another width: the line of the cursor, else the cell or
//! heading at the line one reads at.

use egui::{Rangef, Rect};

use crate::form::FieldPath;

/// Frames after a change of width in which heights still settle.
const SETTLES: u8 = 3;

/// What stood where in the last frame.
#[derive(Debug, Default)]
pub struct Anchor {
    shown: Option<Rect>,
    /// The line of the cursor, while the cell written in last is on the page.
    cursor: Option<f32>,
    /// What one looks at, and where its top is.
    place: Option<(FieldPath, f32)>,
    /// Where both stood before the width changed, and for how many frames that is to hold.
    held: Option<(Held, u8)>,
    cursor_now: Option<f32>,
    place_now: Option<f32>,
}

/// Where things stood before the width changed.
#[derive(Clone, Debug)]
struct Held {
    cursor: Option<f32>,
    place: Option<(FieldPath, f32)>,
}

impl Anchor {
    /// Begins a frame of a page that is shown there.
    pub fn begin(&mut self, shown: Rect) {
        let before = self.shown.replace(shown);
        let has_other_width = before.is_some_and(|before| (before.width() - shown.width()).abs() > 0.5);
        if has_other_width && self.held.is_none() {
            self.held = Some((Held { cursor: self.cursor, place: self.place.clone() }, SETTLES));
        }
        (self.cursor_now, self.place_now) = (None, None);
    }

    /// Something of the page stands there.
    pub fn pass(&mut self, path: &FieldPath, top: f32) {
        let held = self.held.as_ref().and_then(|(held, _)| held.place.as_ref());
        if held.is_some_and(|(place, _)| place == path) {
            self.place_now.get_or_insert(top);
        }
    }

    /// The line of the cursor in the cell written in last.
    pub fn cursor(&mut self, line: f32) {
        self.cursor_now = Some(line);
    }

    /// Ends the frame; how far the page is to be scrolled so that what one looked at stands where it stood. `place` is what
    /// one looks at now.
    pub fn end(&mut self, place: Option<(FieldPath, f32)>) -> Option<f32> {
        let shown = self.shown.map_or(Rangef::NOTHING, |shown| shown.y_range());
        let (cursor_now, place_now) = (self.cursor_now, self.place_now);
        let shift = self.held.as_ref().and_then(|(held, _)| {
            let by_cursor = held.cursor.filter(|line| shown.contains(*line)).zip(cursor_now);
            let by_place = held.place.as_ref().map(|(_, top)| *top).zip(place_now);
            by_cursor.or(by_place).map(|(before, now)| now - before)
        });
        self.held = self.held.take().and_then(|(held, left)| Some((held, left.checked_sub(1)?)));
        (self.cursor, self.place) = (cursor_now, place);
        shift.filter(|shift| shift.abs() > 0.5)
    }

    /// Something else decides what is seen: nothing is held.
    pub fn let_go(&mut self) {
        self.held = None;
    }
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    fn page(width: f32) -> Rect {
        Rect::from_min_max(pos2(0.0, 100.0), pos2(width, 700.0))
    }

    fn frame(anchor: &mut Anchor, width: f32, cursor: Option<f32>, top: f32) -> Option<f32> {
        let path = FieldPath::document("a");
        anchor.begin(page(width));
        anchor.pass(&path, top);
        cursor.into_iter().for_each(|line| anchor.cursor(line));
        anchor.end(Some((path, top)))
    }

    #[test]
    fn what_one_looks_at_stays_while_the_width_changes_and_only_then() {
        let mut anchor = Anchor::default();
        assert_eq!(frame(&mut anchor, 600.0, None, 130.0), None);
        assert_eq!(frame(&mut anchor, 600.0, None, 90.0), None, "scrolled by the user");
        assert_eq!(frame(&mut anchor, 500.0, None, 290.0), Some(200.0));
        assert_eq!(frame(&mut anchor, 500.0, None, 95.0), Some(5.0), "heights settle");
        assert_eq!((0..SETTLES).filter_map(|_| frame(&mut anchor, 500.0, None, 90.0)).count(), 0);
        assert_eq!(frame(&mut anchor, 500.0, None, 40.0), None, "scrolled by the user");
    }

    #[test]
    fn the_line_of_the_cursor_goes_before_the_top_of_its_cell() {
        let mut anchor = Anchor::default();
        frame(&mut anchor, 600.0, Some(400.0), 130.0);
        assert_eq!(frame(&mut anchor, 500.0, Some(460.0), 130.0), Some(60.0));
        let mut anchor = Anchor::default();
        frame(&mut anchor, 600.0, Some(900.0), 130.0);
        assert_eq!(frame(&mut anchor, 500.0, Some(990.0), 140.0), Some(10.0), "a cursor out of sight holds nothing");
    }
}
