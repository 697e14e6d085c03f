//! The same long text in two items of one section: very often a cell that was pasted twice.

use std::collections::BTreeMap;

use super::draft_index::DraftIndex;
use crate::form::{Pattern, Rule, citation};

/// Characters of a piece that is compared, and one in how many pieces is.
const PIECE_CHARS: usize = 12;
const ONE_IN: u64 = 16;
/// In so many blocks a piece is a common phrase.
const MANY: usize = 8;
/// How much of two blocks must be the same.
const SIMILAR_PERCENT: usize = 95;

/// A block of text: a line long enough to be no chance likeness.
struct Block<'a> {
    text_index: usize,
    file: Option<usize>,
    line: &'a str,
    pieces: Vec<u64>,
}

/// Two items of the section with the same block: told once for each pair, at the second.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule, section: &str, min_chars: usize, except: &Pattern) {
    let blocks = blocks(draft, section, min_chars);
    let mut pairs = pairs(&blocks, except);
    pairs.sort_unstable();
    pairs.dedup();
    for (a, b) in pairs {
        let place = |index: usize| draft.texts.get(index).map(|text| draft.path(text.scope, text.item));
        let (Some(first), Some(second)) = (place(a), place(b)) else { continue };
        let (first, second) = if first.item <= second.item { (first, second) } else { (second, first) };
        let (name_a, name_b) = (draft.place(&first).to_string(), draft.place(&second).to_string());
        draft.add(rule, second, &[("項目A", &name_a), ("項目B", &name_b)]);
    }
}

fn blocks<'t>(draft: &'t DraftIndex<'_>, section: &str, min_chars: usize) -> Vec<Block<'t>> {
    let mut blocks = Vec::new();
    for (index, text) in draft.texts.iter().enumerate() {
        if text.item.split('.').next() != Some(section) {
            continue;
        }
        // A character has three bytes at most here: shorter lines cannot be long enough.
        for line in text.text.lines().filter(|line| line.len() >= min_chars) {
            let chars: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).collect();
            if chars.len() >= min_chars {
                let pieces = pieces(&chars);
                blocks.push(Block { text_index: index, file: text.scope.file_index(), line, pieces });
            }
        }
    }
    blocks
}

/// Hashes of some of the pieces of a block: the same pieces are taken wherever they stand.
fn pieces(chars: &[char]) -> Vec<u64> {
    const BASE: u64 = 1_099_511_628_211;
    let top = (1..PIECE_CHARS).fold(1_u64, |power, _| power.wrapping_mul(BASE));
    let mut pieces = Vec::new();
    let mut hash = 0_u64;
    for (at, c) in chars.iter().enumerate() {
        if let Some(gone) = at.checked_sub(PIECE_CHARS).and_then(|at| chars.get(at)) {
            hash = hash.wrapping_sub(u64::from(u32::from(*gone)).wrapping_mul(top));
        }
        hash = hash.wrapping_mul(BASE).wrapping_add(u64::from(u32::from(*c)));
        // The low bits of a polynomial hash are poor; the high ones decide.
        if at + 1 >= PIECE_CHARS && (hash >> 40).is_multiple_of(ONE_IN) {
            pieces.push(hash);
        }
    }
    pieces
}

/// Text indices of blocks that are alike, in the same file and in different items.
fn pairs(blocks: &[Block<'_>], except: &Pattern) -> Vec<(usize, usize)> {
    let mut owners: Vec<(u64, usize)> = blocks
        .iter()
        .enumerate()
        .flat_map(|(index, block)| block.pieces.iter().map(move |piece| (*piece, index)))
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
            && shared * 2 >= a.pieces.len().max(b.pieces.len())
            && are_similar(a.line, b.line)
            && !except.is_match(a.line)
    };
    let both = |a: usize, b: usize| Some((blocks.get(a)?, blocks.get(b)?));
    shared
        .into_iter()
        .filter_map(|((a, b), shared)| both(a, b).filter(|pair| alike(*pair, shared)))
        .map(|(a, b)| (a.text_index, b.text_index))
        .collect()
}

/// Whether two lines are the same but for a few characters, spaces and bullets aside.
fn are_similar(a: &str, b: &str) -> bool {
    let pairs = |line: &str| {
        let chars: Vec<char> = citation::plain(line).chars().collect();
        let mut pairs: Vec<(char, char)> = chars.windows(2).map(|pair| (pair[0], pair[1])).collect();
        pairs.sort_unstable();
        pairs
    };
    let (a, b) = (pairs(a), pairs(b));
    let (mut i, mut j, mut same) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                same += 1;
                i += 1;
                j += 1;
            }
        }
    }
    same * 200 >= SIMILAR_PERCENT * (a.len() + b.len())
}
