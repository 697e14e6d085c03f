//! Whether 変更前 and 変更後 of rows hold what was changed.

use std::ops::Range;

use crate::changes::by_hand::folded;
use crate::changes::difference::{Difference, What};
use crate::changes::words::{Piece, pieces};
use crate::draft::Span;
use crate::item_names::{GAP, gapped, quotes_nothing, without_signs};

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
/// What parts the entries of a list in a cell.
const LISTS: &[char] = &['\n', '、', '，', ',', '､'];

/// A cell of a row in one spelling.
#[derive(Clone, Debug, Default)]
pub(super) struct Quote {
    /// Its words, without signs that stand for other text.
    pub text: String,
    /// What stands between those signs for text that is left out, in the order of the cell; one without them.
    parts: Vec<String>,
    /// What its list names, where it is one.
    pub list: Vec<String>,
    /// What white space and colons leave of it.
    pub words: Vec<String>,
}

impl Quote {
    pub fn of(cell: &str) -> Self {
        let entries = |ends: &dyn Fn(char) -> bool| {
            let entries = cell.split(ends).map(quoted).filter(|entry| !entry.is_empty());
            entries.collect::<Vec<_>>()
        };
        Self {
            text: quoted(cell),
            parts: gapped(&folded(cell)).split(GAP).map(str::to_owned).collect(),
            list: entries(&|c| LISTS.contains(&c)),
            words: entries(&|c| c.is_whitespace() || matches!(c, '：' | ':' | '→' | '⇒')),
        }
    }

    fn quotes(&self) -> bool {
        quotes(&self.text)
    }
}

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
    fn quoted_by(&self, rows: &[(&Quote, &Quote)], side: usize) -> Vec<bool> {
        let quotes_it = |change: &[Range<usize>; 2]| {
            let core = self.core(change);
            rows.iter().any(|row| {
                let is_whole = row.0.quotes() && row.1.quotes();
                let is_told = |side: usize| {
                    let cell = &cell(row, side).text;
                    stands_over(&self.texts[side], &core[side], cell) || self.is_short(&core[side], side, cell)
                };
                is_whole && is_told(0) && is_told(1) || cell(row, side).is_begun(&self.texts[side], &change[side])
            })
        };
        self.changes.iter().filter(|change| !change[side].is_empty()).map(quotes_it).collect()
    }

    /// Whether a cell is the short form of words that changed: 電算室 for 市役所内の電算室に置くサーバー.
    fn is_short(&self, bytes: &Range<usize>, side: usize, cell: &str) -> bool {
        let changed = &self.texts[side][bytes.clone()];
        cell.chars().count() >= SENTENCE_CHARS && changed.chars().count() < WHOLE_CHARS && changed.contains(cell)
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

impl Quote {
    /// Whether it has a part of words that came, and leaves out the rest: 「県営住宅の管理の一部は、（以下略）」.
    fn is_begun(&self, text: &str, bytes: &Range<usize>) -> bool {
        let last = self.parts.len().saturating_sub(1);
        let tells = |(index, part): (usize, &String)| {
            let n_chars = part.chars().count();
            let (cut_before, cut_behind) = (index > 0, index < last);
            let covers = |at: usize| {
                let end = at + part.len();
                let (from, to) = (at.max(bytes.start), end.min(bytes.end));
                let n_told = text.get(from..to).map_or(0, |told| told.chars().count());
                let is_open = |is_cut: bool, is_whole: bool| is_cut || is_whole;
                n_told >= SENTENCE_CHARS
                    && is_open(cut_before, at <= bytes.start)
                    && is_open(cut_behind, end >= bytes.end)
            };
            n_chars >= SENTENCE_CHARS && text.match_indices(part.as_str()).any(|(at, _)| covers(at))
        };
        last > 0 && self.parts.iter().enumerate().any(tells)
    }
}

/// The cell of a row on that side.
fn cell<'q>(row: &(&'q Quote, &'q Quote), side: usize) -> &'q Quote {
    if side == 0 { row.0 } else { row.1 }
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
            What::Boxes(_) => {
                spots.texts = [quoted(before), quoted(after)];
                (labels(before, after), labels(after, before), How::Labels)
            }
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
    pub fn is_replaced(&self, pairs: &[(&str, &str)]) -> bool {
        let [old, new] = &self.spots.texts;
        old != new && replaced(old, pairs) == *new
    }

    /// Whether those words stood there.
    pub fn had(&self, words: &str) -> bool {
        self.spots.texts[0].contains(words)
    }

    /// How 変更前 and 変更後 of the rows stand to it together.
    pub fn in_cells(&self, rows: &[(&Quote, &Quote)]) -> Cells {
        // A row that quotes nothing tells by its name.
        if rows.iter().any(|(before, after)| !before.quotes() && !after.quotes()) {
            return Cells::Quote;
        }
        let cells = |side: usize| rows.iter().map(move |row| cell(row, side));
        let quoting = |side: usize| {
            let quoting = cells(side).filter(|cell| cell.quotes()).map(|cell| cell.text.as_str());
            quoting.collect::<Vec<_>>()
        };
        let sides = [(&self.removed, quoting(0)), (&self.added, quoting(1))];
        let is_left_out =
            |pieces: &[String], side: usize| !pieces.is_empty() && cells(side).all(|cell| cell.text.is_empty());
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
                let most = cells.iter().map(|cell| if holds(cell, piece) { n_chars } else { held_lines(piece, cell) });
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

/// The labels of boxes that are on in one and not in the other; of a box that is on in both the words beside it that differ.
fn labels(one: &str, other: &str) -> Vec<String> {
    let on = |text: &str| -> Vec<String> {
        text.lines().filter_map(|line| line.strip_prefix("［○］")).map(folded).collect()
    };
    let others = on(other);
    let name = |label: &str| label.split('(').next().unwrap_or_default().to_owned();
    let differing = on(one).into_iter().filter(|label| !others.contains(label));
    let told = differing.flat_map(|label| match others.iter().find(|other| name(other) == name(&label)) {
        Some(other) => beside(&label, other),
        None => vec![name(&label)],
    });
    told.collect()
}

/// The words beside a box that do not stand beside it in the other version.
fn beside(label: &str, other: &str) -> Vec<String> {
    let is_sign = |c: char| matches!(c, '、' | ',' | '・' | '(' | ')' | ':' | '。');
    let differing = pieces(label, other).into_iter().filter_map(|piece| match piece {
        Piece::Removed(words) => Some(words.trim_matches(is_sign).to_owned()),
        _ => None,
    });
    differing.filter(|words| !words.is_empty()).collect()
}

/// Whether a cell has a piece; a number stands alone in it, or is one of things.
fn holds(cell: &str, piece: &str) -> bool {
    if !piece.bytes().all(|byte| byte.is_ascii_digit()) {
        return cell.contains(piece);
    }
    let is_digit = |c: char| c.is_ascii_digit();
    let is_it = |at: usize| {
        let (before, behind) = (&cell[..at], &cell[at + piece.len()..]);
        let is_counted = behind.trim_start_matches(')').starts_with(['件', '人']) || behind.is_empty();
        !before.ends_with(is_digit) && is_counted
    };
    cell.match_indices(piece).any(|(at, _)| is_it(at))
}

/// A text with words put in the place of others, the longest first; what was put there stays.
fn replaced(text: &str, pairs: &[(&str, &str)]) -> String {
    let mut pairs: Vec<&(&str, &str)> = pairs.iter().filter(|(old, _)| old.chars().count() >= QUOTED_CHARS).collect();
    pairs.sort_by_key(|(old, _)| std::cmp::Reverse(old.len()));
    let (mut done, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(c) = rest.chars().next() {
        match pairs.iter().find(|(old, _)| rest.starts_with(*old)) {
            Some((old, new)) => {
                done.push_str(new);
                rest = &rest[old.len()..];
            }
            None => {
                done.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    done
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_words_the_longest_is_replaced() {
        let pairs = [("総務企画課", "総務課"), ("総務企画課長", "総務課長"), ("総務課", "経理課")];
        assert_eq!(replaced("総務企画課、総務企画課長、総務課", &pairs), "総務課、総務課長、経理課");
    }

    #[test]
    fn a_number_of_things_stands_alone() {
        for (cell, expected) in
            [("3件", true), ("提供を行っている(3)件", true), ("3", true), ("13件", false), ("3月", false)]
        {
            assert_eq!(holds(cell, "3"), expected, "{cell}");
        }
    }

    #[test]
    fn words_beside_a_box_are_told_without_its_label() {
        let (before, after) = ("［○］紙\n［○］その他（電話、窓口端末）", "［○］紙\n［○］その他（電話、電子申請）");
        assert_eq!(labels(before, after), ["窓口端末"]);
        assert_eq!(labels(after, before), ["電子申請"]);
    }
}
