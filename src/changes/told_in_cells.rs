//! Whether 変更前 and 変更後 of rows hold what was changed.

use crate::changes::by_hand::folded;
use crate::changes::difference::{Difference, What};
use crate::changes::words::{Piece, pieces};
use crate::draft::Span;

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

/// What stands in cells that do not quote the document.
const SIGNS: &[&str] = &["(略)", "(以下略)", "(中略)", "(前略)", "(削除)", "(新規)", "(追加)", "(記載なし)", "…"];
/// Words of short cells that point elsewhere.
const ELSEWHERE: &[&str] = &["のとおり", "参照", "別紙", "同左"];
const ELSEWHERE_CHARS: usize = 40;

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
        let (removed, added, how) = match &difference.what {
            What::EntryAdded(..) | What::EntryRemoved(_) => (answers(before), answers(after), How::Words),
            What::Boxes(_) => (labels(before, after), labels(after, before), How::Labels),
            What::Choice(_) | What::Count(_) => (label(before), label(after), How::Labels),
            _ => {
                let (before, after) = (folded(before), folded(after));
                let (mut removed, mut added) = (Vec::new(), Vec::new());
                for piece in pieces(&before, &after) {
                    match piece {
                        Piece::Same(_) => {}
                        Piece::Removed(text) => removed.push(text.to_owned()),
                        Piece::Added(text) => added.push(text.to_owned()),
                    }
                }
                (removed, added, How::Words)
            }
        };
        Self { removed, added, how, days }
    }

    /// Whether one of the cells holds all that was there, or all that came: then the other one is what is wrong in the row.
    pub fn is_whole_on_one_side(&self, before: &str, after: &str) -> bool {
        let holds = |pieces: &[String], cell: &str| {
            let n_chars: usize = pieces.iter().map(|piece| piece.chars().count()).sum();
            n_chars >= SENTENCE_CHARS && pieces.iter().all(|piece| cell.contains(piece.as_str()))
        };
        holds(&self.removed, before) || holds(&self.added, after)
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
        let (mut all, mut held, mut is_missing) = (0, 0, false);
        for (side, (pieces, cells)) in sides.iter().enumerate().filter(|(_, (_, cells))| !cells.is_empty()) {
            let is_same_day = |cell: &&str| self.days[side].is_some() && Span::read(cell) == self.days[side];
            if cells.iter().any(is_same_day) {
                return Cells::TellIt;
            }
            for piece in *pieces {
                let n_chars = piece.chars().count();
                // A long piece may be told in part.
                let most =
                    cells.iter().map(|cell| if cell.contains(piece) { n_chars } else { held_lines(piece, cell) });
                let n_held = most.sum::<usize>().min(n_chars);
                all += n_chars;
                held += n_held;
                is_missing |= n_chars >= WHOLE_CHARS && n_held * 100 < n_chars * NAMED;
                is_missing |= self.how == How::Labels && n_held < n_chars;
            }
        }
        match (held * 100).checked_div(all) {
            // Where what was there, or came, should stand, the row is empty: its words are of something else.
            None if is_left_out(&self.removed, 0) || is_left_out(&self.added, 1) => Cells::TellOther,
            None => Cells::Quote,
            Some(share) if share >= UNNAMED && held >= UNNAMED_CHARS && !is_missing => Cells::TellItAlone,
            Some(share) if share >= NAMED && !is_missing => Cells::TellIt,
            Some(_) => Cells::TellOther,
        }
    }
}

/// Whether a cell has words of the document.
fn quotes(cell: &str) -> bool {
    let n_chars = cell.chars().count();
    n_chars >= QUOTED_CHARS && (n_chars >= ELSEWHERE_CHARS || !ELSEWHERE.iter().any(|word| cell.contains(word)))
}

/// The answers of an entry, without their labels.
fn answers(entry: &str) -> Vec<String> {
    let lines = entry
        .lines()
        .map(|line| line.split_once('　').filter(|(label, _)| !label.is_empty()).map_or(line, |(_, rest)| rest));
    lines.map(folded).filter(|line| line.chars().count() > 1).collect()
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
    let cell = folded(cell);
    SIGNS.iter().fold(cell, |cell, sign| cell.replace(sign, ""))
}
