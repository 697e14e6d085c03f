//! The search of one document: what is looked for, its hits, and the walk through them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use egui::Id;

use crate::draft::Edit;
use crate::find::{Folding, Heading, Hit, TextPart, TextSpot, find, headings, replace};
use crate::session::{Session, Step};
use crate::ui::state::cell_id;

/// A search with its hits.
#[derive(Debug)]
pub struct Search {
    /// What is looked for.
    pub query: String,
    /// What stands in its place afterwards.
    pub with: String,
    /// Whether the panel replaces too.
    pub replacing: bool,
    /// Which differences do not count.
    pub folding: Folding,
    /// Whether the field of the query gets the focus in this frame.
    pub take_focus: bool,
    /// Hits shown in the list.
    pub n_shown: usize,
    hits: Vec<Hit>,
    /// What of the form itself is called so.
    headings: Vec<Heading>,
    current: Option<usize>,
    /// Where in the list the hit stood that one was at, while it is no hit any more: the walk goes on from there.
    gone: Option<usize>,
    /// What was replaced last: the version of the draft it made, the query, and how many hits.
    replaced: Option<(u64, String, usize)>,
    /// Hits that are not to be replaced: where, and what stands around them.
    left_out: BTreeSet<(TextSpot, String, String)>,
    /// What the hits were found with.
    found_with: Option<(u64, String, Folding)>,
    /// The hits by cell: range, and whether it is the one gone to last.
    marks: BTreeMap<u64, Vec<(Range<usize>, bool)>>,
}

/// Hits shown in the list before more are asked for.
pub const FIRST_HITS: usize = 200;

impl Search {
    /// Opens a search.
    pub fn new(query: String, replacing: bool) -> Self {
        Self {
            query,
            with: String::new(),
            replacing,
            folding: Folding::LOOSE,
            take_focus: true,
            n_shown: FIRST_HITS,
            hits: Vec::new(),
            headings: Vec::new(),
            current: None,
            gone: None,
            replaced: None,
            left_out: BTreeSet::new(),
            found_with: None,
            marks: BTreeMap::new(),
        }
    }

    /// Looks again where the draft or the question has changed.
    pub fn refresh(&mut self, session: &Session) {
        let with = (session.version(), self.query.clone(), self.folding);
        if self.found_with.as_ref() == Some(&with) {
            return;
        }
        let same_query = self.found_with.as_ref().is_some_and(|old| (&old.1, old.2) == (&with.1, with.2));
        let before =
            std::mem::replace(&mut self.hits, find(session.form(), session.draft(), &self.query, self.folding));
        self.headings = headings(session.form(), session.document(), &self.query, self.folding);
        self.found_with = Some(with);
        if same_query {
            let at = self.current.take();
            // It is the same hit that one is at, whatever came and went before it.
            self.current = at.and_then(|at| same_hit(&before, at, &self.hits));
            self.gone = if self.current.is_some() { None } else { at.or(self.gone) };
        } else {
            (self.current, self.gone) = (None, None);
            self.n_shown = FIRST_HITS;
            self.left_out.clear();
        }
        self.mark();
    }

    fn mark(&mut self) {
        self.marks.clear();
        for (index, hit) in self.hits.iter().enumerate() {
            let mark = (hit.range.clone(), self.current == Some(index));
            self.marks.entry(cell_of(&hit.spot).value()).or_default().push(mark);
        }
    }

    /// Takes note that so many hits are replaced.
    pub fn note_replaced(&mut self, n: usize) {
        self.replaced = self.found_with.clone().map(|(version, query, _)| (version + 1, query, n));
    }

    /// How many hits were replaced, until anything else is done or looked for.
    pub fn n_replaced(&self) -> Option<usize> {
        let (found_at, ..) = self.found_with.as_ref()?;
        let (version, query, n) = self.replaced.as_ref()?;
        (found_at <= version && *query == self.query).then_some(*n)
    }

    /// The hits in the order of the paper.
    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// What of the form itself is called so.
    pub fn headings(&self) -> &[Heading] {
        &self.headings
    }

    /// The hit gone to last.
    pub fn current(&self) -> Option<usize> {
        self.current
    }

    /// The hits in one cell, in bytes of its text.
    pub fn marks(&self, cell: Id) -> &[(Range<usize>, bool)] {
        self.marks.get(&cell.value()).map(Vec::as_slice).unwrap_or_default()
    }

    /// Takes note that a hit is gone to.
    pub fn go_to(&mut self, index: usize) -> Option<Hit> {
        let hit = self.hits.get(index).cloned()?;
        (self.current, self.gone) = (Some(index), None);
        self.n_shown = self.n_shown.max(index + 1);
        self.mark();
        Some(hit)
    }

    /// The hit after or before the current one, around the end of the document.
    pub fn neighbour(&self, step: Step) -> Option<usize> {
        let last = self.hits.len().checked_sub(1)?;
        if let (None, Some(gone)) = (self.current, self.gone) {
            let next = if gone > last { 0 } else { gone };
            return Some(if step == Step::Next { next } else { gone.checked_sub(1).map_or(last, |at| at.min(last)) });
        }
        Some(match (self.current, step) {
            (None, Step::Next) => 0,
            (None, Step::Previous) | (Some(0), Step::Previous) => last,
            (Some(at), Step::Next) => {
                if at >= last {
                    0
                } else {
                    at + 1
                }
            }
            (Some(at), Step::Previous) => at - 1,
        })
    }

    /// The hit to go on to where the one that one was at was just replaced.
    pub fn next_after_replacing(&mut self) -> Option<usize> {
        self.n_replaced().filter(|n| *n == 1)?;
        let gone = self.gone.take()?;
        (self.current.is_none() && !self.hits.is_empty()).then(|| gone.min(self.hits.len() - 1))
    }

    /// Whether a hit is to be replaced.
    pub fn is_chosen(&self, hit: &Hit) -> bool {
        !hit.is_published && !self.left_out.contains(&key(hit))
    }

    /// Chooses a hit to be replaced, or leaves it out.
    pub fn choose(&mut self, index: usize, chosen: bool) {
        let Some(key) = self.hits.get(index).map(key) else { return };
        if chosen {
            self.left_out.remove(&key);
        } else {
            self.left_out.insert(key);
        }
    }

    /// Chooses all hits, or none.
    pub fn choose_all(&mut self, chosen: bool) {
        self.left_out = if chosen { BTreeSet::new() } else { self.hits.iter().map(key).collect() };
    }

    /// The number of hits that say what was published, and are never replaced.
    pub fn n_published(&self) -> usize {
        self.hits.iter().filter(|hit| hit.is_published).count()
    }

    /// The number of hits to be replaced.
    pub fn n_chosen(&self) -> usize {
        self.hits.iter().filter(|hit| self.is_chosen(hit)).count()
    }

    /// The edit that replaces the chosen hits.
    pub fn replace_chosen(&self, session: &Session) -> Option<Edit> {
        let chosen = self.hits.iter().filter(|hit| self.is_chosen(hit));
        replace(session.form(), session.document(), chosen, &self.with)
    }

    /// The edit that replaces one hit.
    pub fn replace_one(&self, session: &Session, index: usize) -> Option<Edit> {
        replace(session.form(), session.document(), self.hits.get(index), &self.with)
    }
}

/// Where a hit of before is now: in its cell where it was, or as far from its beginning or end, with the same words there.
fn same_hit(before: &[Hit], at: usize, now: &[Hit]) -> Option<usize> {
    let hit = before.get(at)?;
    let is_there = |other: &Hit| other.spot == hit.spot;
    if let Some(same) = now.iter().position(|other| is_there(other) && other.range == hit.range) {
        return Some(same);
    }
    let n_there = |hits: &[Hit]| hits.iter().filter(|hit| is_there(hit)).count();
    let (n_first, n_last) = (n_there(before.get(..at)?), n_there(before.get(at + 1..)?));
    let in_cell: Vec<usize> = (0..now.len()).filter(|index| is_there(&now[*index])).collect();
    let as_far = in_cell.get(n_first).copied().filter(|index| now[*index].before == hit.before);
    let from_end = || in_cell.len().checked_sub(n_last + 1).and_then(|place| in_cell.get(place)).copied();
    as_far.or_else(|| from_end().filter(|index| now[*index].after == hit.after))
}

fn key(hit: &Hit) -> (TextSpot, String, String) {
    (hit.spot.clone(), hit.before.clone(), hit.after.clone())
}

/// The cell in which a text is written.
pub fn cell_of(spot: &TextSpot) -> Id {
    match &spot.part {
        TextPart::Answer | TextPart::FileName | TextPart::Column => cell_id(&spot.path, ""),
        TextPart::Box(key) => cell_id(&spot.path, &format!("{key} text")),
        TextPart::Caption => cell_id(&spot.path, "caption"),
        TextPart::Legend => cell_id(&spot.path, "legend"),
        TextPart::Drawn(chart, nth) => cell_id(&spot.path, &format!("drawn {chart} {nth}")),
        TextPart::Note => cell_id(&spot.path, "note"),
        TextPart::Head(column) => cell_id(&spot.path, &format!("head {column}")),
        TextPart::Cell(row, column) => cell_id(&spot.path, &format!("cell {row} {column}")),
    }
}
