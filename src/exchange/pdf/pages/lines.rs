//! Glyphs of a cell → lines, pieces and texts.

use super::marks::Glyph;
use super::matrix::Frame;
use super::numbered::{self, ListLine};
use crate::exchange::boxes::is_numbered;

/// A gap of this many letters parts a line into pieces.
const APART: f32 = 1.3;

/// Part of a line, with nothing but narrow gaps in it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub text: String,
    pub frame: Frame,
    pub size: f32,
    pub is_coloured: bool,
    /// How wide its first letter is, with the marks that may not leave it.
    pub first: f32,
}

/// A text of a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Block {
    pub text: String,
    pub frame: Frame,
    pub size: f32,
    /// Whether its last line ends where the cell does.
    pub is_full: bool,
    /// Whether all of it is in a colour of its own.
    pub is_coloured: bool,
}

/// The texts of a cell, from above.
pub(super) fn blocks(glyphs: &[&Glyph], cell: Frame) -> Vec<Block> {
    let mut found = Vec::new();
    for turn in 0..4 {
        let of_turn: Vec<Glyph> =
            glyphs.iter().filter(|glyph| glyph.turn == turn).map(|glyph| level(glyph, turn)).collect();
        if of_turn.is_empty() {
            continue;
        }
        let lines = lines(&of_turn);
        let mut blocks = texts(lines, framed(cell, turn));
        for block in &mut blocks {
            block.frame = framed(block.frame, (4 - turn) % 4);
        }
        found.extend(blocks);
    }
    found
}

/// A glyph as it would be, were it not turned.
fn level(glyph: &Glyph, turn: u8) -> Glyph {
    Glyph { frame: framed(glyph.frame, turn), ..glyph.clone() }
}

/// A frame turned back by quarters.
fn framed(frame: Frame, turn: u8) -> Frame {
    let Frame { left, top, right, bottom } = frame;
    match turn {
        1 => Frame { left: top, right: bottom, top: -right, bottom: -left },
        2 => Frame { left: -right, right: -left, top: -bottom, bottom: -top },
        3 => Frame { left: -bottom, right: -top, top: left, bottom: right },
        _ => frame,
    }
}

/// Lines from above, each in its pieces.
pub(super) fn lines(glyphs: &[Glyph]) -> Vec<Vec<Piece>> {
    const SAME_LINE: f32 = 0.45;
    let mut order: Vec<&Glyph> = glyphs.iter().collect();
    order.sort_by(|a, b| a.frame.bottom.total_cmp(&b.frame.bottom));
    let mut lines: Vec<Vec<&Glyph>> = Vec::new();
    for glyph in order {
        let is_same = |line: &Vec<&Glyph>| {
            let first = line[0];
            (glyph.frame.bottom - first.frame.bottom).abs() < SAME_LINE * glyph.size.max(first.size)
        };
        match lines.last_mut().filter(|line| is_same(line)) {
            Some(line) => line.push(glyph),
            None => lines.push(vec![glyph]),
        }
    }
    lines.into_iter().map(pieces).filter(|pieces| !pieces.is_empty()).collect()
}

fn pieces(mut line: Vec<&Glyph>) -> Vec<Piece> {
    line.sort_by(|a, b| a.frame.left.total_cmp(&b.frame.left));
    let mut pieces: Vec<Piece> = Vec::new();
    let mut is_first = true;
    for glyph in line {
        let is_blank = glyph.text.chars().all(char::is_whitespace);
        let gap = pieces.last().map(|last| (glyph.frame.left - last.frame.right) / glyph.size.max(1.0));
        match (pieces.last_mut(), gap) {
            (Some(last), Some(gap)) if gap < APART => {
                let is_between_words = is_word(last.text.chars().next_back()) && is_word(glyph.text.chars().next());
                if gap > if is_between_words { 0.3 } else { 0.6 } {
                    last.text.push(' ');
                }
                if is_first && clings(&glyph.text) {
                    last.first += glyph.frame.width();
                } else {
                    is_first = false;
                }
                last.text.push_str(&glyph.text);
                last.frame = last.frame.with(glyph.frame);
                last.is_coloured &= glyph.is_coloured || is_blank;
            }
            // Blanks lead to nothing.
            _ if is_blank && glyph.text != "\u{3000}" => {}
            _ => {
                let first = glyph.frame.width();
                pieces.push(Piece {
                    text: glyph.text.clone(),
                    frame: glyph.frame,
                    size: glyph.size,
                    is_coloured: glyph.is_coloured || is_blank,
                    first,
                });
                is_first = true;
            }
        }
    }
    pieces.retain(|piece| !piece.text.trim().is_empty());
    pieces
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphanumeric())
}

/// Whether a text may not begin a line.
fn clings(text: &str) -> bool {
    text.starts_with(|c: char| {
        "、。，．・：；？！）〕］｝〉》」』】ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々),.]".contains(c)
    })
}

/// The texts of a cell out of its lines.
fn texts(lines: Vec<Vec<Piece>>, cell: Frame) -> Vec<Block> {
    let has_brackets = lines.iter().flatten().any(|piece| piece.text.contains(['[', '［']));
    let has_pieces = lines.iter().any(|line| line.len() > 1);
    if let Some(list) = has_pieces.then(|| numbered::items(&lines)).flatten() {
        return paragraph(&list, cell).into_iter().collect();
    }
    if has_brackets && has_pieces {
        return beside_boxes(lines, cell);
    }
    if let Some((before, behind)) = has_pieces.then(|| columns(&lines)).flatten() {
        let mut found = texts(before, cell);
        found.extend(texts(behind, cell));
        return found;
    }
    let lines = lines.into_iter().filter_map(whole);
    paragraph(&open(lines), cell).into_iter().collect()
}

/// Lines that go on in the next where they are full.
fn open(lines: impl Iterator<Item = Piece>) -> Vec<ListLine> {
    lines.map(|piece| ListLine { piece, is_whole: false }).collect()
}

/// A line with its pieces together.
fn whole(line: Vec<Piece>) -> Option<Piece> {
    let mut pieces = line.into_iter();
    let first = pieces.next()?;
    Some(pieces.fold(first, |line, piece| Piece {
        text: format!("{}\u{3000}{}", line.text.trim_end(), piece.text),
        frame: line.frame.with(piece.frame),
        is_coloured: line.is_coloured && piece.is_coloured,
        ..line
    }))
}

/// Lines left and right of a gap that goes through all of them.
#[expect(clippy::type_complexity, reason = "two times the same")]
fn columns(lines: &[Vec<Piece>]) -> Option<(Vec<Vec<Piece>>, Vec<Vec<Piece>>)> {
    let mut all: Vec<&Piece> = lines.iter().flatten().collect();
    all.sort_by(|a, b| a.frame.left.total_cmp(&b.frame.left));
    let mut end = all.first()?.frame.right;
    for piece in all {
        if piece.frame.left - end > APART * piece.size {
            let middle = (piece.frame.left + end) / 2.0;
            let part = |is_before: bool| -> Vec<Vec<Piece>> {
                let of_line = |line: &Vec<Piece>| -> Vec<Piece> {
                    line.iter().filter(|piece| (piece.frame.left < middle) == is_before).cloned().collect()
                };
                lines.iter().map(of_line).filter(|line| !line.is_empty()).collect()
            };
            return Some((part(true), part(false)));
        }
        end = end.max(piece.frame.right);
    }
    None
}

/// Pieces of a cell with boxes to be ticked: each is a text, and what goes on below itself is one.
fn beside_boxes(lines: Vec<Vec<Piece>>, cell: Frame) -> Vec<Block> {
    const NEAR: f32 = 1.43;
    let mut found: Vec<Vec<Piece>> = Vec::new();
    for line in lines {
        let mut is_boxed = false;
        let mut new = Vec::new();
        for piece in &line {
            let is_sign = self::is_sign(&piece.text);
            let above = found.iter().position(|block| {
                let last = &block[block.len() - 1];
                let is_next = piece.frame.bottom - last.frame.bottom < NEAR * piece.size;
                let is_same = (block[0].frame.left - piece.frame.left).abs() < piece.size * 0.6;
                is_next && is_same && !self::is_sign(&block[0].text)
            });
            match above {
                Some(above) if !is_boxed && !is_sign => found[above].push(piece.clone()),
                _ => new.push(vec![piece.clone()]),
            }
            is_boxed |= piece.text.contains([']', '］']);
        }
        found.extend(new);
    }
    let end =
        |block: &[Piece]| Frame { right: block.iter().map(|piece| piece.frame.right).fold(0.0, f32::max), ..cell };
    let ends: Vec<Frame> = found.iter().map(|block| end(block)).collect();
    let blocks = found.into_iter().map(|block| open(block.into_iter())).zip(ends);
    let mut blocks: Vec<Block> = blocks.filter_map(|(block, end)| paragraph(&block, end)).collect();
    in_bands(&mut blocks);
    blocks
}

/// Whether a piece belongs to a box to be ticked, not to its words.
fn is_sign(text: &str) -> bool {
    let is_of_box = |c: char| c.is_whitespace() || "[]［］（）()○〇◯●◎■□☑☐✓✔レ".contains(c);
    text.contains(['[', ']', '［', '］']) || text.chars().all(is_of_box)
}

/// Gives texts that stand beside each other the same height: they are read from left to right.
fn in_bands(blocks: &mut [Block]) {
    let mut bands: Vec<(f32, f32)> = Vec::new();
    let mut order: Vec<usize> = (0..blocks.len()).collect();
    order.sort_by(|a, b| blocks[*b].frame.height().total_cmp(&blocks[*a].frame.height()));
    for at in order {
        let frame = &mut blocks[at].frame;
        let (_, middle) = frame.middle();
        match bands.iter().find(|(top, bottom)| (*top..=*bottom).contains(&middle)) {
            Some((top, bottom)) => (frame.top, frame.bottom) = (*top, *bottom),
            None => bands.push((frame.top, frame.bottom)),
        }
    }
}

/// Lines as one text: those that fill the cell go on in the next.
fn paragraph(lines: &[ListLine], cell: Frame) -> Option<Block> {
    let first = &lines.first()?.piece;
    let left = lines.iter().map(|line| line.piece.frame.left).fold(f32::MAX, f32::min);
    let pad = (left - cell.left).clamp(0.0, first.size);
    let end = cell.right - pad;
    let mut text = String::new();
    let mut frame = first.frame;
    for (ListLine { piece: line, is_whole }, next) in lines.iter().zip(lines.iter().skip(1).map(Some).chain([None])) {
        text.push_str(line.text.trim_end_matches(' '));
        frame = frame.with(line.frame);
        let Some(ListLine { piece: next, .. }) = next else { break };
        let is_full = !is_whole && line.frame.right + next.first > end - 0.3 * line.size;
        if !is_full || begins(&next.text) {
            text.push('\n');
        } else if is_word(text.chars().next_back()) && is_word(next.text.chars().next()) && line.text.ends_with(' ') {
            text.push(' ');
        }
    }
    let ListLine { piece: last, is_whole } = lines.last()?;
    let is_full = !is_whole && last.frame.right + last.size > end - 0.5 * last.size;
    let is_coloured = lines.iter().all(|line| line.piece.is_coloured);
    Some(Block { text, frame, size: first.size, is_full, is_coloured })
}

/// Whether a line begins something new, however full the one before is.
pub(super) fn begins(text: &str) -> bool {
    text.starts_with(['・', '　', '＜', '<', '【', '※', '○', '●', '■', '◆', '＊'])
        || text.starts_with(|c: char| ('①'..='⑳').contains(&c))
        || is_numbered(text)
}
