//! The same passage in two items of one section: very often part of a cell that was pasted twice.

use std::collections::BTreeMap;
use std::ops::Range;

use super::draft_index::DraftIndex;
use super::same_answer;
use crate::form::{FieldPath, Pattern, Rule, citation};
use crate::item_names::{n_in_both, neighbours};

/// Shortest line that is compared, and from which length on a line may differ a little, in characters.
const LINE_CHARS: usize = 30;
const LONG_LINE: usize = 80;
/// Shortest answer that the rule about whole answers compares, in characters.
const WHOLE_CHARS: usize = 40;
/// Longest quotation in a message, in characters.
const QUOTED_CHARS: usize = 30;

/// Characters of a piece that is compared, and one in how many pieces is.
const PIECE_CHARS: usize = 12;
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 1_099_511_628_211;
const ONE_IN: u64 = 16;
/// In so many blocks a piece is a common phrase.
const MANY: usize = 8;
/// How much of two blocks must be the same.
const SIMILAR_PERCENT: usize = 95;

/// A block of text: a line long enough to be no chance likeness.
struct Block<'a> {
    /// Its place among the blocks.
    at: usize,
    text_index: usize,
    file: Option<usize>,
    words: &'a str,
    line: &'a Line,
}

/// A line of a text as it is compared.
#[derive(Debug)]
pub(super) struct Line {
    /// Where in the text it stands.
    span: Range<usize>,
    /// Of its characters, spaces aside; and how many they are.
    hash: u64,
    n_chars: usize,
    /// None of a short line.
    pieces: Vec<u64>,
}

/// Two items of the section with the same passage: told once for each pair, at the second, with its first words. Silent
/// about answers that are the same as a whole, about lists, and about what stands in three items or more: that is a
/// standard paragraph of the office.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule, section: &str, min_chars: usize, except: &Pattern) {
    let blocks = blocks(draft, section, except);
    let mut shared: BTreeMap<(usize, usize), (usize, &str)> = BTreeMap::new();
    let mut same: Vec<_> = same_lines(&blocks).into_iter().chain(pairs(&blocks)).collect();
    same.sort_by_key(|(a, b)| a.at.min(b.at));
    for (a, b) in same {
        let (first, second) = if a.at <= b.at { (a, b) } else { (b, a) };
        shared.entry((first.text_index, second.text_index)).or_insert((0, first.words)).0 += first.line.n_chars;
    }
    shared.retain(|_, (n_chars, _)| *n_chars >= min_chars);
    let whole = if shared.is_empty() { Vec::new() } else { same_answer::pairs(draft, section, WHOLE_CHARS) };
    let is_told = |a, b| whole.iter().any(|(x, y, _)| (*x, *y) == (a, b) || (*y, *x) == (a, b));
    let told: Vec<_> = shared
        .into_iter()
        .filter(|((a, b), _)| !is_told(*a, *b))
        .map(|(pair, (_, line))| (pair, line.trim().chars().take(QUOTED_CHARS).collect::<String>()))
        .collect();
    for ((a, b), words) in told {
        let place = |index: usize| draft.texts.get(index).map(|text| draft.path(text.scope, text.item));
        let (Some(first), Some(second)) = (place(a), place(b)) else { continue };
        let order = |path: &FieldPath| draft.position_of(&path.item).map(|position| position.order());
        let (first, second) = if order(&first) <= order(&second) { (first, second) } else { (second, first) };
        let (name_a, name_b) = (draft.place(&first).to_string(), draft.place(&second).to_string());
        let words = format!("{words}…");
        draft.add(rule, second, &[("項目A", &name_a), ("項目B", &name_b), ("くだり", &words)]);
    }
}

fn blocks<'t>(draft: &'t DraftIndex<'_>, section: &str, except: &Pattern) -> Vec<Block<'t>> {
    let mut blocks = Vec::new();
    for (index, text) in draft.texts.iter().enumerate() {
        if text.item.split('.').next() != Some(section) {
            continue;
        }
        for line in text.read.lines() {
            let words = &text.seen()[line.span.clone()];
            if !except.is_match(words) {
                let file = text.scope.file_index();
                blocks.push(Block { at: blocks.len(), text_index: index, file, words, line });
            }
        }
    }
    blocks
}

/// The lines of a text that are long enough to be no chance likeness, those of lists left out.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        let span = at..at + line.trim_end_matches('\n').len();
        at += line.len();
        // A line has at least as many bytes as characters.
        if span.len() < LINE_CHARS || is_list(line) {
            continue;
        }
        let (hash, n_chars) = hash(line);
        if n_chars >= LINE_CHARS {
            let chars = || line.chars().filter(|c| !c.is_whitespace()).collect::<Vec<char>>();
            let pieces = if n_chars >= LONG_LINE { pieces(&chars()) } else { Vec::new() };
            lines.push(Line { span, hash, n_chars, pieces });
        }
    }
    lines
}

/// Whether a line is one of a list: 「・…」, 「①…」, 「（１）…」, 「１．…」, 「※…」.
fn is_list(line: &str) -> bool {
    let line = line.trim_start_matches(|c: char| c.is_whitespace());
    let Some(first) = line.chars().next() else { return true };
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９' | 'ア'..='ン');
    let mut rest = line.trim_start_matches(['(', '（']).chars().skip_while(|c| is_number(*c));
    let numbered = is_number(line.trim_start_matches(['(', '（']).chars().next().unwrap_or(' '))
        && rest.next().is_some_and(|c| ".．)）、:： 　".contains(c));
    numbered || "・･•○●◎■□◆◇▪-－*※＜<【［[〈《".contains(first) || matches!(first, '①'..='⒇')
}

/// The hash of a line and how many characters it has, spaces aside.
fn hash(line: &str) -> (u64, usize) {
    let chars = line.chars().filter(|c| !c.is_whitespace());
    chars.fold((FNV_OFFSET, 0), |(hash, n), c| ((hash ^ u64::from(u32::from(c))).wrapping_mul(FNV_PRIME), n + 1))
}

/// Lines that stand, word for word, in two items of one file and no more.
fn same_lines<'b, 't>(blocks: &'b [Block<'t>]) -> Vec<(&'b Block<'t>, &'b Block<'t>)> {
    let mut sorted: Vec<&Block<'_>> = blocks.iter().collect();
    let key = |block: &&Block<'_>| (block.file, block.line.hash, block.line.n_chars);
    sorted.sort_unstable_by_key(|block| (key(block), block.text_index, block.at));
    let pairs = sorted.chunk_by(|a, b| key(a) == key(b)).filter_map(|same| {
        let (first, last) = (*same.first()?, *same.last()?);
        let in_two = same.iter().all(|block| [first.text_index, last.text_index].contains(&block.text_index));
        (first.text_index != last.text_index && in_two).then_some((first, last))
    });
    pairs.collect()
}

/// Hashes of some of the pieces of a block: the same pieces are taken wherever they stand.
fn pieces(chars: &[char]) -> Vec<u64> {
    let top = (1..PIECE_CHARS).fold(1_u64, |power, _| power.wrapping_mul(FNV_PRIME));
    let mut pieces = Vec::new();
    let mut hash = 0_u64;
    for (at, c) in chars.iter().enumerate() {
        if let Some(gone) = at.checked_sub(PIECE_CHARS).and_then(|at| chars.get(at)) {
            hash = hash.wrapping_sub(u64::from(u32::from(*gone)).wrapping_mul(top));
        }
        hash = hash.wrapping_mul(FNV_PRIME).wrapping_add(u64::from(u32::from(*c)));
        // The low bits of a polynomial hash are poor; the high ones decide.
        if at + 1 >= PIECE_CHARS && (hash >> 40).is_multiple_of(ONE_IN) {
            pieces.push(hash);
        }
    }
    pieces
}

/// Long lines that are alike and not the same, in one file and in two items.
fn pairs<'b, 't>(blocks: &'b [Block<'t>]) -> Vec<(&'b Block<'t>, &'b Block<'t>)> {
    let mut owners: Vec<(u64, usize)> = blocks
        .iter()
        .enumerate()
        .flat_map(|(index, block)| block.line.pieces.iter().map(move |piece| (*piece, index)))
        .collect();
    owners.sort_unstable();
    owners.dedup();
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for same in owners.chunk_by(|a, b| a.0 == b.0) {
        // A phrase that stands everywhere tells nothing.
        for (at, (_, first)) in same.iter().enumerate().take(MANY) {
            for (_, second) in same.iter().take(MANY).skip(at + 1) {
                *shared.entry((*first, *second)).or_default() += 1;
            }
        }
    }
    let alike = |(a, b): (&Block<'_>, &Block<'_>), shared: usize| {
        a.file == b.file
            && a.text_index != b.text_index
            && a.line.hash != b.line.hash
            && shared * 2 >= a.line.pieces.len().max(b.line.pieces.len())
            && are_similar(a.words, b.words)
    };
    let both = |a: usize, b: usize| Some((blocks.get(a)?, blocks.get(b)?));
    shared.into_iter().filter_map(|((a, b), shared)| both(a, b).filter(|pair| alike(*pair, shared))).collect()
}

/// Whether two lines are the same but for a few characters, spaces and bullets aside.
fn are_similar(a: &str, b: &str) -> bool {
    let (a, b) = (neighbours(citation::plain(a).chars()), neighbours(citation::plain(b).chars()));
    n_in_both(&a, &b) * 200 >= SIMILAR_PERCENT * (a.len() + b.len())
}
