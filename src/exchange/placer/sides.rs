//! On which side of its words a mark stands that has a cell of its own: `○|紙` or `紙|○`.
//!
//! The grid says it: a row that begins with words and ends with a mark has its marks behind. Where the rows of an item say
//! nothing, those of the others do; where they neither, or the two disagree, the item is in doubt.

use std::cmp::Ordering;

use super::answers::Site;
use super::key::key;
use super::script::Opens;
use super::ticks::{Tickable, is_empty_box, is_tick, tickables};
use super::walk::Walk;
use crate::exchange::boxes::{Carrier, ForeignSource};
use crate::form::{Item, Kind};

/// A side of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    Behind,
}

/// On which side most marks of a document stand, those of options and those of boxes; `None` where nothing says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sides {
    of_options: Option<Side>,
    of_boxes: Option<Side>,
}

/// The boxes at a label, each mark before its words.
#[derive(Debug)]
pub(super) struct Sided {
    pub boxes: Vec<usize>,
    /// Where the marks stand.
    pub side: Side,
    /// Whether they may stand on the other side.
    pub is_doubtful: bool,
}

/// What a box is beside others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    Words,
    /// A sign and nothing else; whether it ticks.
    Sign(bool),
    Other,
}

/// The words beside which the marks of an item may stand.
enum Words {
    Options(Vec<String>),
    Boxes(Vec<Tickable>),
}

impl Words {
    fn of(item: &Item) -> Self {
        match item.kind {
            Kind::Choice { .. } => {
                Self::Options(item.options().iter().map(|option| key(&option.label).replace(',', "")).collect())
            }
            _ => Self::Boxes(tickables(item)),
        }
    }

    fn are(&self, words: &str) -> bool {
        match self {
            Self::Options(options) => {
                let is_number = |before: &str| before.chars().all(|c| c.is_ascii_digit() || "():、-".contains(c));
                let words = words.replace(',', "");
                options.iter().any(|option| words.strip_suffix(option.as_str()).is_some_and(is_number))
            }
            Self::Boxes(boxes) => boxes.iter().any(|one| {
                words.strip_prefix(one.words()).is_some_and(|rest| rest.is_empty() || rest.starts_with('('))
            }),
        }
    }

    /// Brackets stand around the answer of a choice, and around the mark of a box.
    fn is_sign(&self, c: char) -> bool {
        is_tick(c) || is_empty_box(c) || matches!(self, Self::Boxes(_)) && matches!(c, '[' | ']')
    }

    fn piece(&self, source: &ForeignSource, one: usize) -> Piece {
        let known = &source.boxes[one];
        let words = key(&known.text);
        if matches!(known.carrier, Carrier::Ticked | Carrier::Unticked) || words.is_empty() {
            Piece::Other
        } else if words.chars().all(|c| self.is_sign(c)) {
            Piece::Sign(words.contains(is_tick))
        } else if self.are(&words) {
            Piece::Words
        } else {
            Piece::Other
        }
    }

    /// The boxes row by row.
    fn rows(&self, source: &ForeignSource, boxes: &[usize]) -> Vec<Vec<(usize, Piece)>> {
        let mut rows: Vec<Vec<(usize, Piece)>> = Vec::new();
        for &one in boxes {
            let is_on = |first: usize| {
                let (first, here) = (&source.boxes[first], &source.boxes[one]);
                first.sheet == here.sheet && here.area.is_beside(&first.area)
            };
            let piece = (one, self.piece(source, one));
            match rows.last_mut() {
                Some(row) if is_on(row[0].0) => row.push(piece),
                _ => rows.push(vec![piece]),
            }
        }
        rows
    }
}

impl Sides {
    /// Those of a document, by the rows of all its items.
    pub fn of(walk: &Walk<'_, '_>, sites: &[Site]) -> Self {
        // How many rows have their marks before and behind: of options, of boxes.
        let mut rows = [[0_usize; 2]; 2];
        for site in sites.iter().filter(|site| !site.boxes.is_empty()) {
            let (Opens::Item(item) | Opens::Heading(item)) = walk.label_of(&walk.found[site.found]).opens else {
                continue;
            };
            let is_choice = matches!(item.kind, Kind::Choice { .. });
            let is_marked = is_choice || matches!(item.kind, Kind::Checks { .. } | Kind::Check | Kind::Group { .. });
            if !is_marked || walk.effort.is_over() {
                continue;
            }
            walk.effort.spend(site.boxes.len());
            let [n_before, n_behind] = &mut rows[usize::from(!is_choice)];
            for row in Words::of(item).rows(walk.source, &site.boxes) {
                *n_before += usize::from(side_of(&row) == Some(Side::Before));
                *n_behind += usize::from(side_of(&row) == Some(Side::Behind));
            }
        }
        let most = |[n_before, n_behind]: [usize; 2]| match n_before.cmp(&n_behind) {
            Ordering::Less => Some(Side::Behind),
            Ordering::Equal => None,
            Ordering::Greater => Some(Side::Before),
        };
        let [of_options, of_boxes] = rows.map(most);
        Self { of_options: of_options.or(of_boxes), of_boxes: of_boxes.or(of_options) }
    }

    /// The boxes of an item, each mark before its words.
    pub fn sided(self, source: &ForeignSource, item: &Item, boxes: &[usize]) -> Sided {
        let before = || Sided { boxes: boxes.to_vec(), side: Side::Before, is_doubtful: false };
        let most = if matches!(item.kind, Kind::Choice { .. }) { self.of_options } else { self.of_boxes };
        let has_tick = |one: &usize| source.boxes[*one].text.contains(is_tick);
        if most != Some(Side::Behind) && !boxes.iter().any(has_tick) {
            return before();
        }
        let words = Words::of(item);
        let rows = words.rows(source, boxes);
        let says = |side: Side| rows.iter().any(|row| side_of(row) == Some(side));
        let own = match (says(Side::Before), says(Side::Behind)) {
            (true, false) => Some(Side::Before),
            (false, true) => Some(Side::Behind),
            _ => None,
        };
        let is_mixed = says(Side::Before) && says(Side::Behind);
        let side = own.or(most).unwrap_or(Side::Before);
        let is_against = own.is_some_and(|own| own == Side::Behind && most != Some(own));
        let is_open = is_mixed || own.or(most).is_none() && rows.iter().any(|row| is_between(row));
        let in_order = |row: &Vec<(usize, Piece)>| match side_of(row).unwrap_or(side) {
            Side::Before => row.iter().map(|(one, _)| *one).collect(),
            Side::Behind => turned(row),
        };
        let boxes = rows.iter().flat_map(in_order).collect();
        Sided { boxes, side, is_doubtful: is_against || is_open }
    }
}

/// The side that a row shows by its ends.
fn side_of(row: &[(usize, Piece)]) -> Option<Side> {
    let known = || row.iter().map(|(_, piece)| *piece).filter(|piece| *piece != Piece::Other);
    let last = row.last().map(|(_, piece)| *piece)?;
    match known().next()? {
        Piece::Sign(_) => known().any(|piece| piece == Piece::Words).then_some(Side::Before),
        _ => matches!(last, Piece::Sign(_)).then_some(Side::Behind),
    }
}

/// Whether a mark stands between words.
fn is_between(row: &[(usize, Piece)]) -> bool {
    row.windows(3)
        .any(|three| matches!([three[0].1, three[1].1, three[2].1], [Piece::Words, Piece::Sign(true), Piece::Words]))
}

/// The boxes of a row, the marks behind words before them.
fn turned(row: &[(usize, Piece)]) -> Vec<usize> {
    let mut boxes = Vec::new();
    let mut words = None;
    for (one, piece) in row {
        match piece {
            Piece::Sign(_) => boxes.push(*one),
            _ => {
                boxes.extend(words.take());
                words = (*piece == Piece::Words).then_some(*one);
                boxes.extend(Some(*one).filter(|_| words.is_none()));
            }
        }
    }
    boxes.extend(words);
    boxes
}
