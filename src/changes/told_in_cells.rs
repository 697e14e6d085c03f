//! Whether 変更前 and 変更後 of rows hold what was changed.

use std::ops::Range;

use crate::changes::by_hand::folded;
use crate::changes::difference::{Difference, What};
use crate::changes::words::{Piece, pieces};
use crate::draft::Span;
use crate::item_names::{quotes_nothing, without_signs};

/// How much of what was changed cells must hold, in hundredths of its characters, where a row names the item; else almost
/// all.
const NAMED: usize = 50;
const UNNAMED: usize = 90;
/// An item that is not named is known by so many changed characters at least.
const UNNAMED_CHARS: usize = 12;
/// A changed piece of so many characters is a change of its own: no other piece tells it.
const WHOLE_CHARS: usize = 30;
/// A cell with fewer characters beside its signs quotes nothing.
const QUOTED_CHARS: usize = 2;
/// A shorter sentence stands anywhere by chance.
const SENTENCE_CHARS: usize = 4;

/// How the cells of rows stand to a difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cells {
    /// They hold what was changed.
    TellIt,
    /// They hold almost all of it, and that is so long that it is no chance.
    TellItAlone,
    /// They quote nothing.
    Quote,
    /// They say something else.
    TellOther,
}

/// What was changed, in one spelling.
pub(super) struct Changed {
    removed: Vec<String>,
    added: Vec<String>,
    how: How,
    days: [Option<Span>; 2],
    spots: Spots,
}

/// Where two texts differ. Words that are not apart (総務部文書法制課) are one piece, but a row quotes of them what it likes
/// (文書法制課).
#[derive(Default)]
struct Spots {
    /// The text before, and that of now.
    texts: [String; 2],
    /// Of each change the bytes in both; empty where nothing went, or nothing came.
    changes: Vec<[Range<usize>; 2]>,
}

impl Spots {
    fn of(before: String, after: String) -> Self {
        let mut changes: Vec<[Range<usize>; 2]> = Vec::new();
        let (mut old, mut new, mut is_open) = (0, 0, false);
        for piece in pieces(&before, &after) {
            let (old_from, new_from) = (old, new);
            match piece {
                Piece::Same(text) => (old, new) = (old + text.len(), new + text.len()),
                Piece::Removed(text) => old += text.len(),
                Piece::Added(text) => new += text.len(),
            }
            // Of one change, what went stands first.
            match (piece, changes.last_mut()) {
                (Piece::Same(_), _) => {}
                (Piece::Added(_), Some([_, came])) if is_open => *came = new_from..new,
                _ => changes.push([old_from..old, new_from..new]),
            }
            is_open = matches!(piece, Piece::Removed(_));
        }
        Self { texts: [before, after], changes }
    }

    /// What went, or what came.
    fn pieces(&self, side: usize) -> Vec<String> {
        let pieces = self.changes.iter().map(|change| &self.texts[side][change[side].clone()]);
        pieces.filter(|piece| !piece.is_empty()).map(str::to_owned).collect()
    }

    /// For each of these pieces, whether a row quotes the words around it in both cells.
    fn quoted_by(&self, rows: &[(&str, &str)], side: usize) -> Vec<bool> {
        let quotes_it = |change: &[Range<usize>; 2]| {
            let [old, new] = self.core(change);
            rows.iter().any(|(before, after)| {
                let is_whole = quotes(before) && quotes(after);
                is_whole && stands_over(&self.texts[0], &old, before) && stands_over(&self.texts[1], &new, after)
            })
        };
        self.changes.iter().filter(|change| !change[side].is_empty()).map(quotes_it).collect()
    }

    /// A change without what both sides begin and end with.
    fn core(&self, change: &[Range<usize>; 2]) -> [Range<usize>; 2] {
        let [old, new] = change;
        let (went, came) = (&self.texts[0][old.clone()], &self.texts[1][new.clone()]);
        let n_bytes = |same: &mut dyn Iterator<Item = (char, char)>| -> usize {
            same.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
        };
        let head = n_bytes(&mut went.chars().zip(came.chars()));
        let tail = n_bytes(&mut went[head..].chars().rev().zip(came[head..].chars().rev()));
        [old.start + head..old.end - tail, new.start + head..new.end - tail]
    }
}

/// Whether a cell is words of the text with those bytes among them.
fn stands_over(text: &str, bytes: &Range<usize>, cell: &str) -> bool {
    text.match_indices(cell).any(|(at, _)| at <= bytes.start && bytes.end <= at + cell.len())
}

/// How cells tell it.
#[derive(Clone, Copy, PartialEq)]
enum How {
    /// With the words that changed.
    Words,
    /// With labels, which are few: each cell that quotes has those of its side.
    Labels,
}

impl Changed {
    pub fn of(difference: &Difference) -> Self {
        let (before, after) = (difference.before.as_str(), difference.after.as_str());
        let days = match difference.what {
            What::Date(_) => [Span::read(before), Span::read(after)],
            _ => [None, None],
        };
        let mut spots = Spots::default();
        let (removed, added, how) = match &difference.what {
            What::EntryAdded(..) | What::EntryRemoved(_) => (answers(before), answers(after), How::Words),
            What::Boxes(_) => (labels(before, after), labels(after, before), How::Labels),
            What::Choice(_) | What::Count(_) => (label(before), label(after), How::Labels),
            _ => {
                // What is a sign in a cell is one in the text. Where nothing else changed, it is what was changed.
                let [old, new] = [quoted(before), quoted(after)];
                spots = if old == new { Spots::of(folded(before), folded(after)) } else { Spots::of(old, new) };
                (spots.pieces(0), spots.pieces(1), How::Words)
            }
        };
        Self { removed, added, how, days, spots }
    }

    /// Whether one of the cells holds all that was there, or all that came: then the other one is what is wrong in the row.
    pub fn is_whole_on_one_side(&self, before: &str, after: &str) -> bool {
        let holds = |pieces: &[String], cell: &str| {
            let n_chars: usize = pieces.iter().map(|piece| piece.chars().count()).sum();
            n_chars >= SENTENCE_CHARS && pieces.iter().all(|piece| cell.contains(piece.as_str()))
        };
        holds(&self.removed, before) || holds(&self.added, after)
    }

    /// Whether it is nothing but those words put in the place of others.
    pub fn is_replaced(&self, before: &str, after: &str) -> bool {
        let [old, new] = &self.spots.texts;
        before.chars().count() >= QUOTED_CHARS && old.contains(before) && old.replace(before, after) == *new
    }

    /// How 変更前 and 変更後 of the rows, as `quoted`, stand to it together.
    pub fn in_cells(&self, rows: &[(&str, &str)]) -> Cells {
        // A row that quotes nothing tells by its name.
        if rows.iter().any(|(before, after)| !quotes(before) && !quotes(after)) {
            return Cells::Quote;
        }
        let sides = [
            (&self.removed, rows.iter().map(|(before, _)| *before).filter(|cell| quotes(cell)).collect::<Vec<_>>()),
            (&self.added, rows.iter().map(|(_, after)| *after).filter(|cell| quotes(cell)).collect()),
        ];
        let is_left_out = |pieces: &[String], side: usize| {
            let cell = |(before, after): &(&str, &str)| if side == 0 { before.is_empty() } else { after.is_empty() };
            !pieces.is_empty() && rows.iter().all(cell)
        };
        // The words themselves, and these with what a row quotes of words that are not apart.
        let (mut all, mut words, mut quoted) = (0, Held::default(), Held::default());
        for (side, (pieces, cells)) in sides.iter().enumerate().filter(|(_, (_, cells))| !cells.is_empty()) {
            let is_same_day = |cell: &&str| self.days[side].is_some() && Span::read(cell) == self.days[side];
            if cells.iter().any(is_same_day) {
                return Cells::TellIt;
            }
            let is_spot = self.spots.quoted_by(rows, side);
            for (index, piece) in pieces.iter().enumerate() {
                let n_chars = piece.chars().count();
                // A long piece may be told in part.
                let most =
                    cells.iter().map(|cell| if cell.contains(piece) { n_chars } else { held_lines(piece, cell) });
                let n_held = most.sum::<usize>().min(n_chars);
                all += n_chars;
                words.add(n_held, n_chars, self.how);
                quoted.add(if is_spot.get(index) == Some(&true) { n_chars } else { n_held }, n_chars, self.how);
            }
        }
        let is_alone = words.n_chars * 100 >= all * UNNAMED && words.n_chars >= UNNAMED_CHARS && !words.misses_piece;
        match (quoted.n_chars * 100).checked_div(all) {
            // Where what was there, or came, should stand, the row is empty: its words are of something else.
            None if is_left_out(&self.removed, 0) || is_left_out(&self.added, 1) => Cells::TellOther,
            None => Cells::Quote,
            Some(_) if is_alone => Cells::TellItAlone,
            Some(share) if share >= NAMED && !quoted.misses_piece => Cells::TellIt,
            Some(_) => Cells::TellOther,
        }
    }
}

/// What cells hold of what was changed.
#[derive(Default)]
struct Held {
    n_chars: usize,
    /// Whether a long piece is not there, or a label not whole.
    misses_piece: bool,
}

impl Held {
    /// Counts a piece in, of which they hold so many characters.
    fn add(&mut self, n_held: usize, n_chars: usize, how: How) {
        self.n_chars += n_held;
        self.misses_piece |= n_chars >= WHOLE_CHARS && n_held * 100 < n_chars * NAMED;
        self.misses_piece |= how == How::Labels && n_held < n_chars;
    }
}

/// Whether a cell has words of the document.
fn quotes(cell: &str) -> bool {
    cell.chars().count() >= QUOTED_CHARS && !quotes_nothing(cell)
}

/// The answers of an entry, without their labels.
fn answers(entry: &str) -> Vec<String> {
    let lines = entry
        .lines()
        .map(|line| line.split_once('　').filter(|(label, _)| !label.is_empty()).map_or(line, |(_, rest)| rest));
    lines.map(quoted).filter(|line| line.chars().count() > 1).collect()
}

/// The first answer of an entry, which is its name.
pub(super) fn first_answer(entry: &str) -> String {
    answers(entry).into_iter().next().unwrap_or_default()
}

/// The labels of boxes that are on in one and not in the other.
fn labels(one: &str, other: &str) -> Vec<String> {
    let on = |text: &str| -> Vec<String> {
        text.lines().filter_map(|line| line.strip_prefix("［○］")).map(folded).collect()
    };
    let others = on(other);
    let mut labels: Vec<String> = on(one).into_iter().filter(|label| !others.contains(label)).collect();
    let name = |label: &str| label.split('(').next().unwrap_or_default().to_owned();
    labels.iter_mut().for_each(|label| {
        // Only what stands beside the box was changed where the box is on in both.
        if !others.iter().any(|other| name(other) == name(label)) {
            *label = name(label);
        }
    });
    labels
}

/// The label of an option, without what stands in its （　）.
fn label(option: &str) -> Vec<String> {
    let label = folded(option);
    let label = label.split('(').next().filter(|name| !name.is_empty()).unwrap_or(&label).to_owned();
    if label.is_empty() { Vec::new() } else { vec![label] }
}

/// The characters of those sentences of a piece that a cell holds.
fn held_lines(piece: &str, cell: &str) -> usize {
    let sentences = piece.split_inclusive(['。', '、']).filter(|sentence| sentence.chars().count() >= SENTENCE_CHARS);
    sentences.filter(|sentence| cell.contains(sentence)).map(|sentence| sentence.chars().count()).sum()
}

/// A cell in one spelling, without signs that stand for other text.
pub(super) fn quoted(cell: &str) -> String {
    without_signs(&folded(cell))
}
