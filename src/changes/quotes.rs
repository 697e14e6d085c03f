//! Both sides of a difference in so few words that they fit into a sentence.

use crate::changes::cells::{DELETED, NOTHING};
use crate::changes::difference::{Difference, What};
use crate::changes::words::Piece;

/// A side with more characters is told by the words that changed.
const SHORT_CHARS: usize = 30;
/// So many characters that stayed the same are shown around the first change.
const AROUND_CHARS: usize = 6;

/// What stood there and what stands there now, each short: the whole, or the first words that changed.
pub fn quotes(difference: &Difference) -> (String, String) {
    let first_line = |text: &str| shortened(text.lines().next().unwrap_or_default());
    let (before, after) = match &difference.what {
        What::EntryAdded(..) | What::EntryRemoved(_) | What::FileAdded(..) | What::FileRemoved(_) => {
            (first_line(&difference.before), first_line(&difference.after))
        }
        _ if is_short(&difference.before) && is_short(&difference.after) => {
            (one_line(&difference.before), one_line(&difference.after))
        }
        _ if difference.before.is_empty() || difference.after.is_empty() => {
            (shortened(&difference.before), shortened(&difference.after))
        }
        _ => first_change(difference),
    };
    let or = |text: String, empty: &str| if text.is_empty() { empty.to_owned() } else { format!("「{text}」") };
    (or(before, NOTHING), or(after, DELETED))
}

/// The first words that changed, with a little of what stands around them.
fn first_change(difference: &Difference) -> (String, String) {
    let pieces = difference.pieces();
    let Some(at) = pieces.iter().position(|piece| !matches!(piece, Piece::Same(_))) else { return Default::default() };
    let around = |piece: Option<&Piece<'_>>| match piece {
        Some(Piece::Same(text)) => one_line(text),
        _ => String::new(),
    };
    let left: Vec<char> = around(at.checked_sub(1).and_then(|at| pieces.get(at))).chars().collect();
    let (mut gone, mut come, mut end) = ("", "", at);
    while let Some(piece) = pieces.get(end) {
        match piece {
            Piece::Removed(text) if gone.is_empty() => gone = text,
            Piece::Added(text) if come.is_empty() => come = text,
            _ => break,
        }
        end += 1;
    }
    let right = around(pieces.get(end));
    let lead: String = left[left.len().saturating_sub(AROUND_CHARS)..].iter().collect();
    let cut = if left.len() > AROUND_CHARS || at > 1 { "…" } else { "" };
    let tail: String = right.chars().take(AROUND_CHARS).collect();
    let more = if right.chars().count() > AROUND_CHARS || end + 1 < pieces.len() { "…" } else { "" };
    let side = |text: &str| format!("{cut}{lead}{}{tail}{more}", shortened(text));
    (side(gone), side(come))
}

fn is_short(text: &str) -> bool {
    text.chars().count() <= SHORT_CHARS
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shortened(text: &str) -> String {
    let text = one_line(text);
    if is_short(&text) {
        return text;
    }
    let head: String = text.chars().take(SHORT_CHARS - 1).collect();
    format!("{head}…")
}
