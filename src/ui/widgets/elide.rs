//! Words that have no room in their line, cut where they matter least.

use egui::{FontId, Ui};

use super::grid::words_width;

/// Stands for what was cut.
const CUT: &str = "…";

/// The words with as much of their end as has room.
pub fn cut_before(ui: &Ui, words: &str, font: &FontId, room: f32) -> String {
    cut(ui, words, font, room, 0.0)
}

/// The words with as much of their beginning and end as has room.
pub fn cut_in_the_middle(ui: &Ui, words: &str, font: &FontId, room: f32) -> String {
    cut(ui, words, font, room, 0.5)
}

/// Words without what has no room; that share of the room is for their beginning.
fn cut(ui: &Ui, words: &str, font: &FontId, room: f32, share: f32) -> String {
    if words_width(ui, words, font) <= room {
        return words.to_owned();
    }
    let room = (room - words_width(ui, CUT, font)).max(0.0);
    let width = |c: char| ui.fonts_mut(|fonts| fonts.glyph_width(font, c));
    let fitting = |chars: &mut dyn Iterator<Item = char>, room: f32| {
        let mut left = room;
        let mut n_bytes = 0;
        for c in chars {
            left -= width(c);
            if left < 0.0 {
                break;
            }
            n_bytes += c.len_utf8();
        }
        n_bytes
    };
    let n_first = fitting(&mut words.chars(), room * share);
    let n_last = fitting(&mut words.chars().rev(), room * (1.0 - share));
    let first = words.get(..n_first).unwrap_or_default();
    let last = words.len().checked_sub(n_last).and_then(|at| words.get(at..)).unwrap_or_default();
    format!("{first}{CUT}{last}")
}
