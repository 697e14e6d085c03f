//! What is on a page: glyphs, ruled lines and pictures, wherever they were drawn from.

use super::matrix::Frame;

/// Characters that were drawn at once.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    /// Mostly one character.
    pub text: String,
    /// Around it: a little more than its ink.
    pub frame: Frame,
    /// The size of its letters.
    pub size: f32,
    /// Quarters it is turned by, clockwise.
    pub turn: u8,
    /// Whether it is in a colour of its own.
    pub is_coloured: bool,
    /// Whether it is inside everything that clips it.
    pub is_seen: bool,
    /// The area it was clipped to.
    pub clip: Frame,
}

/// A ruled line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    /// Whether it runs from left to right.
    pub is_level: bool,
    /// Where it is: y of a level one, x of an upright one.
    pub at: f32,
    /// Where it begins.
    pub from: f32,
    /// Where it ends.
    pub to: f32,
}

/// Everything on a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    pub width: f32,
    pub height: f32,
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
    /// Edges of filled areas: they part cells only where nothing is ruled.
    pub edges: Vec<Rule>,
    /// Pictures, and how much of the page they cover.
    pub n_pictures: usize,
    pub pictured: f32,
    /// Characters that are drawn and not seen by anybody, as behind a scan.
    pub n_unseen: usize,
}

impl Marks {
    /// Turns the page so that most of its text can be read.
    pub fn upright(&mut self) {
        let mut of_turn = [0_usize; 4];
        for glyph in &self.glyphs {
            of_turn[usize::from(glyph.turn % 4)] += 1;
        }
        let most = (0..4).max_by_key(|turn| (of_turn[*turn], 4 - turn)).unwrap_or(0);
        for _ in 0..(4 - most) % 4 {
            self.turn();
        }
    }

    /// Turns everything a quarter, clockwise.
    fn turn(&mut self) {
        let height = self.height;
        let turned = |frame: Frame| Frame {
            left: height - frame.bottom,
            right: height - frame.top,
            top: frame.left,
            bottom: frame.right,
        };
        for glyph in &mut self.glyphs {
            glyph.frame = turned(glyph.frame);
            glyph.clip = turned(glyph.clip);
            glyph.turn = (glyph.turn + 1) % 4;
        }
        for rule in self.rules.iter_mut().chain(&mut self.edges) {
            *rule = if rule.is_level {
                Rule { is_level: false, at: height - rule.at, ..*rule }
            } else {
                Rule { is_level: true, at: rule.at, from: height - rule.to, to: height - rule.from }
            };
        }
        (self.width, self.height) = (self.height, self.width);
    }

    /// Takes out glyphs that were drawn twice, a little aside, to look bold.
    pub fn without_doubles(&mut self) {
        use std::collections::BTreeMap;
        const NEAR: f32 = 0.2;
        let mut places: BTreeMap<(i32, i32), Vec<usize>> = BTreeMap::new();
        let mut kept: Vec<Glyph> = Vec::new();
        for glyph in self.glyphs.drain(..) {
            let (x, y) = glyph.frame.middle();
            let (column, row) = ((x / 4.0).floor() as i32, (y / 4.0).floor() as i32);
            let near = NEAR * glyph.size;
            let is_double = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (column + dx, row + dy))).any(|place| {
                places.get(&place).into_iter().flatten().any(|other: &usize| {
                    let other = &kept[*other];
                    let (ox, oy) = other.frame.middle();
                    other.text == glyph.text
                        && other.is_seen == glyph.is_seen
                        && (ox - x).abs() < near.min(glyph.frame.width().max(0.5) * 0.5)
                        && (oy - y).abs() < near
                })
            });
            if !is_double {
                places.entry((column, row)).or_default().push(kept.len());
                kept.push(glyph);
            }
        }
        self.glyphs = kept;
    }
}
