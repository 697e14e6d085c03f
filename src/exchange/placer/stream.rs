//! The stream: the characters of some boxes one behind the other, folded, each knowing where it came from.
//!
//! However a sheet cuts `[ ○ ] 紙` or `[ 十分である ]` into cells, its stream is the same.

use std::ops::Range;

use super::key::fold;
use super::ledger::{Fate, Ledger};
use crate::exchange::boxes::{Carrier, ForeignSource};

/// One character.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub c: char,
    /// Its box.
    pub one: usize,
    /// Its place in the text of the box; `None` for what no text says, as the tick of a control.
    pub at: Option<usize>,
    /// Whether something ends before it: its box begins, or a space stands there.
    pub begins: bool,
    /// Whether it is the first of its box.
    pub starts_box: bool,
    /// Whether it is the last of its box.
    pub ends_box: bool,
}

/// The characters of some boxes.
#[derive(Debug)]
pub(super) struct Stream<'a> {
    source: &'a ForeignSource,
    pub glyphs: Vec<Glyph>,
    /// What has been taken.
    pub taken: Vec<bool>,
}

/// A number with what stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    pub all: Range<usize>,
    pub digits: Range<usize>,
    pub has_unit: bool,
}

/// What a number counts: 3件, 3人.
pub(super) const UNITS: [char; 2] = ['件', '人'];

/// The sign that a ticked control stands for.
const TICK: char = '○';

impl<'a> Stream<'a> {
    pub fn of(source: &'a ForeignSource, boxes: &[usize]) -> Self {
        let mut glyphs: Vec<Glyph> = Vec::new();
        for &one in boxes {
            let first = glyphs.len();
            if source.boxes[one].carrier == Carrier::Ticked {
                glyphs.push(Glyph { c: TICK, one, at: None, begins: true, starts_box: true, ends_box: false });
            }
            let mut begins = true;
            for (at, c) in source.boxes[one].text.chars().enumerate() {
                for c in fold(c) {
                    let starts_box = glyphs.len() == first;
                    glyphs.push(Glyph { c, one, at: Some(at), begins, starts_box, ends_box: false });
                    begins = false;
                }
                begins |= c.is_whitespace();
            }
            if let Some(last) = glyphs.last_mut().filter(|last| last.one == one) {
                last.ends_box = true;
            }
        }
        let taken = vec![false; glyphs.len()];
        Self { source, glyphs, taken }
    }

    pub fn len(&self) -> usize {
        self.glyphs.len()
    }

    /// Whether these characters stand there, none of them taken.
    pub fn is_at(&self, at: usize, key: &str) -> bool {
        let mut n = 0;
        for (index, c) in key.chars().enumerate() {
            if self.glyphs.get(at + index).is_none_or(|glyph| glyph.c != c || self.taken[at + index]) {
                return false;
            }
            n += 1;
        }
        n > 0
    }

    /// Where a character stands first, from there on.
    pub fn find(&self, from: usize, c: char) -> Option<usize> {
        (from..self.len()).find(|at| self.glyphs[*at].c == c && !self.taken[*at])
    }

    /// A number from there on, however it is written: `( 3 )件`, `(3件)`, `3件`, `(3)`; with its unit, where one stands there.
    pub fn number_at(&self, at: usize, units: &[char]) -> Option<Counted> {
        let is = |at: usize, c: char| self.glyphs.get(at).is_some_and(|glyph| glyph.c == c && !self.taken[at]);
        let is_unit = |at: usize| units.iter().any(|unit| is(at, *unit));
        let open = usize::from(is(at, '('));
        let start = at + open;
        let is_digit = |at: &usize| {
            let c = self.glyphs[*at].c;
            (c.is_ascii_digit() || c == ',' && *at > start) && !self.taken[*at]
        };
        let end = start + (start..self.len()).take_while(is_digit).count();
        let mut close = end + usize::from(is_unit(end));
        let mut has_unit = close > end;
        if open == 1 {
            if !is(close, ')') {
                return None;
            }
            close += 1;
            if !has_unit && is_unit(close) {
                (close, has_unit) = (close + 1, true);
            }
        }
        (end > start && (open == 1 || has_unit)).then_some(Counted { all: at..close, digits: start..end, has_unit })
    }

    /// The number that a piece is, with or without a comma before each three digits.
    pub fn number(&self, piece: Range<usize>) -> Option<u32> {
        let key = self.key(piece);
        let is_grouped = key.split(',').skip(1).all(|three| three.len() == 3);
        key.replace(',', "").parse().ok().filter(|_| is_grouped)
    }

    /// The folded words of a piece.
    pub fn key(&self, piece: Range<usize>) -> String {
        self.glyphs.get(piece).unwrap_or_default().iter().map(|glyph| glyph.c).collect()
    }

    /// A piece as it was written.
    pub fn text(&self, piece: Range<usize>) -> String {
        let mut text = String::new();
        let mut open: Option<(usize, usize, usize)> = None;
        for glyph in self.glyphs.get(piece).unwrap_or_default() {
            let Some(at) = glyph.at else { continue };
            match &mut open {
                Some((one, _, last)) if *one == glyph.one => *last = at,
                _ => {
                    text.push_str(&self.slice(open));
                    open = Some((glyph.one, at, at));
                }
            }
        }
        text.push_str(&self.slice(open));
        text
    }

    fn slice(&self, open: Option<(usize, usize, usize)>) -> String {
        let Some((one, first, last)) = open else { return String::new() };
        self.source.boxes[one].text.chars().skip(first).take(last + 1 - first).collect()
    }

    /// Takes a piece, with what stands between its characters and adds nothing to the key.
    pub fn take(&mut self, piece: Range<usize>, fate: Fate, ledger: &mut Ledger<'_>) {
        let mut before: Option<(usize, usize)> = None;
        for at in piece {
            let Some(glyph) = self.glyphs.get(at) else { return };
            self.taken[at] = true;
            if let Some(place) = glyph.at {
                let first = before.filter(|(one, _)| *one == glyph.one).map_or(place, |(_, last)| last + 1);
                ledger.part(glyph.one, first.min(place)..place + 1, fate);
                before = Some((glyph.one, place));
            }
        }
    }
}
