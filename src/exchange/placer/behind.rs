//! What stands behind the words of a label in its own cell: a note, which is left over, or the boxes of a heading.

/// What stands in the box of a label behind its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Behind {
    /// A note, from that character on: it is left over.
    Note(usize),
    /// Boxes to be ticked: the box is read with the answer.
    Ticks,
}

/// The words of a label and what stands behind them in its box: lines in parentheses, or boxes from the first bracket on.
pub(super) fn behind_label(text: &str) -> Option<(&str, Behind)> {
    const LONGEST_NOTE: usize = 30;
    if let Some(at) = text.find(['[', '［', '□', '☐', '☑', '■']) {
        return Some((&text[..at], Behind::Ticks));
    }
    let (words, note) = text.trim_start().split_once('\n')?;
    let words = &text[..text.len() - text.trim_start().len() + words.len()];
    let note = note.trim();
    let is_note = note.starts_with(['（', '(', '【', '※', '＜', '<', '〔', '［', '*', '＊', '★']);
    let is_short = (1..=LONGEST_NOTE).contains(&note.chars().count());
    (is_note && is_short).then(|| (words, Behind::Note(words.chars().count())))
}
