//! The ledger: what became of every character. Nothing is forgotten, because everything is left over until it is taken.

use std::ops::Range;

use crate::exchange::boxes::ForeignSource;

/// What became of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Nothing: it is left over.
    Left,
    /// It is a part of the form.
    Form,
    /// It is a part of a text in the draft.
    Text,
    /// It chose, ticked or counted something in the draft.
    Sign,
}

/// The fates of all characters, box by box.
#[derive(Debug)]
pub(super) struct Ledger<'a> {
    source: &'a ForeignSource,
    fates: Vec<Vec<Fate>>,
}

/// How many characters, spaces aside, had which fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub form: usize,
    pub text: usize,
    pub sign: usize,
    pub left: usize,
}

impl<'a> Ledger<'a> {
    pub fn of(source: &'a ForeignSource) -> Self {
        let fates = source.boxes.iter().map(|one| vec![Fate::Left; one.text.chars().count()]).collect();
        Self { source, fates }
    }

    /// Gives a fate to a whole box.
    pub fn all(&mut self, one: usize, fate: Fate) {
        self.fates[one].fill(fate);
    }

    /// Gives a fate to some characters of a box, counted from its beginning.
    pub fn part(&mut self, one: usize, chars: Range<usize>, fate: Fate) {
        let end = chars.end.min(self.fates[one].len());
        if let Some(part) = self.fates[one].get_mut(chars.start.min(end)..end) {
            part.fill(fate);
        }
    }

    pub fn sums(&self) -> Sums {
        let mut sums = Sums::default();
        for (one, fates) in self.source.boxes.iter().zip(&self.fates) {
            for (c, fate) in one.text.chars().zip(fates).filter(|(c, _)| !c.is_whitespace()) {
                debug_assert!(!c.is_whitespace());
                *match fate {
                    Fate::Left => &mut sums.left,
                    Fate::Form => &mut sums.form,
                    Fate::Text => &mut sums.text,
                    Fate::Sign => &mut sums.sign,
                } += 1;
            }
        }
        sums
    }

    /// What is left of a box: its pieces, joined by a line break; empty where nothing is left.
    pub fn left_of(&self, one: usize) -> String {
        let mut pieces: Vec<String> = vec![String::new()];
        for (c, fate) in self.source.boxes[one].text.chars().zip(&self.fates[one]) {
            match (fate, pieces.last_mut()) {
                (Fate::Left, Some(last)) => last.push(c),
                (_, Some(last)) if !last.is_empty() => pieces.push(String::new()),
                _ => {}
            }
        }
        let pieces: Vec<&str> = pieces.iter().map(|piece| piece.trim()).filter(|piece| !piece.is_empty()).collect();
        pieces.join("\n")
    }

    /// From the first character of a box that had this fate to behind the last.
    pub fn span_of(&self, one: usize, fate: Fate) -> Option<Range<usize>> {
        let fates = &self.fates[one];
        let first = fates.iter().position(|known| *known == fate)?;
        let last = fates.iter().rposition(|known| *known == fate)?;
        Some(first..last + 1)
    }

    /// Whether something of a box is in the draft.
    pub fn is_said(&self, one: usize) -> bool {
        self.fates[one].iter().any(|fate| matches!(fate, Fate::Text | Fate::Sign))
    }

    /// Whether nothing was taken of a box.
    pub fn is_untouched(&self, one: usize) -> bool {
        self.fates[one].iter().all(|fate| *fate == Fate::Left)
    }
}
