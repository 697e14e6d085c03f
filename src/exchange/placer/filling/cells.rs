//! Words into cells: what of a cell gives its place to other words, and cells that were empty.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::exchange::boxes::{Area, Carrier, CellText, ForeignSource, ShapeText, TextBox};
use crate::exchange::placer::effort::Effort;
use crate::exchange::placer::spans::Spans;
use crate::exchange::placer::stream::Stream;
use crate::exchange::placer::zones::SAME;

/// The cells that change.
#[derive(Debug)]
pub(super) struct Cells<'a> {
    source: &'a ForeignSource,
    effort: &'a Effort,
    /// The cells of each sheet.
    spans: Vec<Spans>,
    /// Box → what of it gives its place to which words.
    changes: BTreeMap<usize, Vec<(Range<usize>, String)>>,
    /// Cells that no box tells of.
    added: BTreeMap<(usize, u32, u32), CellText>,
    /// Shapes that say something else.
    pub shapes: Vec<ShapeText>,
}

/// A row or column.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row or column")]
pub(super) fn number(edge: f32) -> u32 {
    edge.max(0.0) as u32
}

impl<'a> Cells<'a> {
    pub fn of(source: &'a ForeignSource, effort: &'a Effort) -> Self {
        let mut areas: Vec<Vec<(usize, Area)>> = vec![Vec::new(); source.sheets.len()];
        for (at, one) in source.boxes.iter().enumerate().filter(|(_, one)| one.is_cell()) {
            areas.get_mut(one.sheet).into_iter().for_each(|areas| areas.push((at, one.area)));
        }
        let spans = areas.into_iter().map(|areas| Spans::of(areas.into_iter())).collect();
        Self { source, effort, spans, changes: BTreeMap::new(), added: BTreeMap::new(), shapes: Vec::new() }
    }

    /// Other words instead of some characters of a box; no shape is written into.
    pub fn replace(&mut self, one: usize, chars: Range<usize>, words: &str) -> bool {
        if !self.source.boxes[one].is_cell() {
            return chars.is_empty() && words.is_empty();
        }
        self.changes.entry(one).or_default().push((chars, words.to_owned()));
        true
    }

    /// Words into a box that was empty, or instead of all it said.
    pub fn whole(&mut self, one: usize, words: &str) -> bool {
        let length = self.source.boxes[one].text.chars().count();
        self.replace(one, 0..length, words)
    }

    /// Other words into a shape; not where another says the same under the same name, nor what XML cannot say.
    pub fn shape(&mut self, one: usize, words: &str) -> bool {
        let known = &self.source.boxes[one];
        let is_same = |other: &&TextBox| {
            (other.carrier, other.sheet) == (known.carrier, known.sheet)
                && (&other.name, &other.text) == (&known.name, &known.text)
        };
        let is_sound = !words.contains(|c: char| c.is_control() && c != '\n' && c != '\t');
        if known.carrier != Carrier::Shape || self.source.boxes.iter().filter(is_same).count() != 1 || !is_sound {
            return false;
        }
        let (sheet, name, old) = (known.sheet, known.name.clone(), known.text.clone());
        self.shapes.push(ShapeText { sheet, name, old, text: words.to_owned() });
        true
    }

    /// Words into a cell that no box tells of; not where another lies over it.
    pub fn add(&mut self, sheet: usize, row: u32, column: u32, words: &str, like: Option<(u32, u32)>) -> bool {
        let is_over = |one: usize| {
            let area = &self.source.boxes[one].area;
            (number(area.left)..number(area.right)).contains(&column)
        };
        #[expect(clippy::cast_precision_loss, reason = "sheets have fewer rows than this holds exactly")]
        let top = row as f32;
        let mut beside = self.spans.get(sheet).into_iter().flat_map(|spans| spans.between(top, top + 1.0, self.effort));
        if beside.any(is_over) || self.added.contains_key(&(sheet, row, column)) {
            return false;
        }
        let cell = CellText { sheet, row, column, text: words.to_owned(), like };
        self.added.insert((sheet, row, column), cell);
        true
    }

    /// Words instead of a piece of a stream: in the box where it begins.
    pub fn instead(&mut self, stream: &Stream<'_>, piece: Range<usize>, words: &str) -> bool {
        let pieces = by_box(stream, piece);
        let mut words = words;
        let mut is_done = !pieces.is_empty();
        for (one, chars) in pieces {
            is_done &= self.replace(one, chars, words);
            words = "";
        }
        is_done
    }

    /// Words between two signs of a stream, whether these stand in one cell or in several.
    pub fn between(&mut self, stream: &Stream<'_>, open: usize, close: usize, words: &str, free: &[usize]) -> bool {
        let (Some(first), Some(last)) = (stream.glyphs.get(open).copied(), stream.glyphs.get(close).copied()) else {
            return false;
        };
        let (Some(from), Some(to)) = (first.at, last.at) else { return false };
        if first.one == last.one {
            let inside: String = self.source.boxes[first.one].text.chars().take(to).skip(from + 1).collect();
            return self.replace(first.one, from + 1..to, &padded(&inside, words));
        }
        if open + 1 < close {
            return self.instead(stream, open + 1..close, words);
        }
        if words.is_empty() {
            return true;
        }
        let (left, right) = (self.source.boxes[first.one].area, self.source.boxes[last.one].area);
        let sheet = self.source.boxes[first.one].sheet;
        let is_inside = |one: &&usize| {
            let known = &self.source.boxes[**one];
            let area = &known.area;
            let is_between = area.left >= left.right - SAME && area.right <= right.left + SAME;
            known.sheet == sheet && is_between && area.is_beside(&left)
        };
        if let Some(one) = free.iter().copied().find(|one| is_inside(&one)) {
            return self.replace(one, 0..self.source.boxes[one].text.chars().count(), words);
        }
        if right.left - left.right >= 1.0 - SAME
            && (right.top - left.top).abs() < SAME
            && self.add(sheet, number(left.top), number(left.right), words, None)
        {
            return true;
        }
        // Nothing is between them: behind the first.
        let end = self.source.boxes[first.one].text.chars().count();
        self.replace(first.one, from + 1..end.max(from + 1), &format!(" {words} "))
    }

    /// All cells whose text is another now.
    pub fn finish(self) -> Vec<CellText> {
        let mut cells: Vec<CellText> = self.added.into_values().collect();
        for (one, mut changes) in self.changes {
            let known = &self.source.boxes[one];
            let chars: Vec<char> = known.text.chars().collect();
            changes.sort_by_key(|(range, _)| (range.start, range.end));
            let mut text = String::new();
            let mut at = 0;
            for (range, words) in &changes {
                text.extend(chars.get(at..range.start.max(at)).into_iter().flatten());
                text.push_str(words);
                at = range.end.max(at);
            }
            text.extend(chars.get(at..).into_iter().flatten());
            if text != known.text {
                let (row, column) = (number(known.area.top), number(known.area.left));
                cells.push(CellText { sheet: known.sheet, row, column, text, like: None });
            }
        }
        cells
    }
}

/// The characters of a piece of a stream, box by box.
fn by_box(stream: &Stream<'_>, piece: Range<usize>) -> Vec<(usize, Range<usize>)> {
    let mut pieces: Vec<(usize, Range<usize>)> = Vec::new();
    for glyph in stream.glyphs.get(piece).unwrap_or_default() {
        let Some(at) = glyph.at else { continue };
        match pieces.last_mut() {
            Some((one, chars)) if *one == glyph.one => chars.end = at + 1,
            _ => pieces.push((glyph.one, at..at + 1)),
        }
    }
    pieces
}

/// Words with the spaces that were around the old ones, or that give them room.
fn padded(inside: &str, words: &str) -> String {
    let is_blank = inside.trim().is_empty();
    match (is_blank, words.is_empty()) {
        (true, true) => inside.to_owned(),
        (false, true) => "　".to_owned(),
        (true, false) if inside.chars().count() > 1 => format!(" {words} "),
        (true, false) => words.to_owned(),
        (false, false) => {
            let start = &inside[..inside.len() - inside.trim_start().len()];
            let end = &inside[inside.trim_end().len()..];
            format!("{start}{words}{end}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_keep_their_room() {
        for (inside, words, expected) in [
            ("　", "○", "○"),
            ("  ", "○", " ○ "),
            (" 十分である ", "特に力を入れている", " 特に力を入れている "),
            ("○", "", "　"),
            ("", "", ""),
        ] {
            assert_eq!(padded(inside, words), expected);
        }
    }
}
