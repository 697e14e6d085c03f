//! Marks: boxes that are ticked or not, with their （　） and counts.

use super::cells::Cells;
use super::{Filler, ProblemKind};
use crate::exchange::boxes::{Carrier, ForeignSource};
use crate::exchange::placer::answers::Site;
use crate::exchange::placer::sides::Side;
use crate::exchange::placer::stream::Stream;
use crate::exchange::placer::ticks::{Spot, is_empty_box, is_tick};
use crate::exchange::placer::zones::SAME;

/// What ticks the boxes of a book: what it does so far, else ○.
pub(super) fn mark_of(source: &ForeignSource) -> char {
    const PAPER: char = '○';
    let mut counts: Vec<(char, usize)> = Vec::new();
    for one in &source.boxes {
        let inside = one.text.trim().trim_start_matches(['[', '［']).trim_end_matches([']', '］']).trim();
        let mut chars = inside.chars();
        let (Some(c), None) = (chars.next(), chars.next()) else { continue };
        if is_tick(c) {
            match counts.iter_mut().find(|(known, _)| *known == c) {
                Some((_, n)) => *n += 1,
                None => counts.push((c, 1)),
            }
        }
    }
    counts.into_iter().max_by_key(|(_, n)| *n).map_or(PAPER, |(c, _)| c)
}

impl Filler<'_, '_, '_> {
    /// Ticks a box or does not, and writes what stands in its parentheses.
    pub(super) fn spot(
        &mut self,
        stream: &Stream<'_>,
        spot: &Spot,
        is_on: bool,
        words: Option<&str>,
        (site, side): (&Site, Side),
    ) -> Result<(), ProblemKind> {
        if spot.is_on != is_on {
            self.mark(stream, spot, is_on, (site, side))?;
        }
        let Some(words) = words else { return Ok(()) };
        let has_parentheses = stream.glyphs.get(spot.inside.start).is_some_and(|glyph| glyph.c == '(');
        if has_parentheses {
            let close = spot.inside.clone().rev().find(|at| stream.glyphs[*at].c == ')');
            let close = close.ok_or(ProblemKind::NoPlace)?;
            let old = stream.text(spot.inside.start + 1..close);
            let done = old.trim() == words || self.cells.between(stream, spot.inside.start, close, words, &site.free);
            return if done { Ok(()) } else { Err(ProblemKind::NoPlace) };
        }
        let done = match (stream.text(spot.inside.clone()).trim(), words) {
            (old, words) if old == words => true,
            ("", words) => self.behind(stream, spot, words),
            (_, words) => self.cells.instead(stream, spot.inside.clone(), words),
        };
        if done { Ok(()) } else { Err(ProblemKind::NoPlace) }
    }

    /// A box without parentheses gets some.
    fn behind(&mut self, stream: &Stream<'_>, spot: &Spot, words: &str) -> bool {
        let Some(last) = spot.words.clone().next_back().and_then(|at| stream.glyphs.get(at)) else { return false };
        let Some(at) = last.at else { return false };
        self.cells.replace(last.one, at + 1..at + 1, &format!("（ {words} ）"))
    }

    fn mark(
        &mut self,
        stream: &Stream<'_>,
        spot: &Spot,
        is_on: bool,
        (site, side): (&Site, Side),
    ) -> Result<(), ProblemKind> {
        let mark = if is_on { self.mark.to_string() } else { String::new() };
        let done = |is_done: bool| if is_done { Ok(()) } else { Err(ProblemKind::NoPlace) };
        let at = |sign: &dyn Fn(char) -> bool| spot.before.clone().rev().find(|at| sign(stream.glyphs[*at].c));
        if let (Some(open), Some(close)) = (at(&|c| c == '['), at(&|c| c == ']'))
            && open < close
        {
            return done(self.cells.between(stream, open, close, &mark, &site.free));
        }
        let Some(label) = stream.glyphs.get(spot.words.start).copied() else { return done(false) };
        let known = &self.walk.source.boxes[label.one];
        if matches!(known.carrier, Carrier::Ticked | Carrier::Unticked) {
            return Err(ProblemKind::Control);
        }
        if let Some(sign) = at(&|c| is_tick(c) || is_empty_box(c)) {
            let other = match stream.glyphs[sign].c {
                '□' => "■",
                '◻' | '☐' => "☑",
                '■' => "□",
                '☑' | '☒' => "☐",
                _ => "",
            };
            return done(self.cells.instead(stream, sign..sign + 1, other));
        }
        let is_next = |one: &&usize| {
            let area = &self.walk.source.boxes[**one].area;
            let gap = match side {
                Side::Before => area.right - known.area.left,
                Side::Behind => area.left - known.area.right,
            };
            gap.abs() < SAME && area.is_beside(&known.area)
        };
        match site.free.iter().copied().find(|one| label.starts_box && is_next(&one)) {
            Some(one) => done(Cells::whole(&mut self.cells, one, &mark)),
            None => done(false),
        }
    }
}
