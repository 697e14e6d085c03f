//! Which boxes are ticked, with the words in their （　） and the counts behind them.

use std::ops::Range;

use super::key::key;
use super::ledger::{Fate, Ledger};
use super::stream::Stream;
use crate::draft::Boxes;
use crate::form::{Item, Kind, LabelLayout};

/// Whether a character ticks a box.
pub(super) fn is_tick(c: char) -> bool {
    matches!(
        c,
        '○' | '〇'
            | '◯'
            | '●'
            | '◎'
            | '⚪'
            | '⚫'
            | 'レ'
            | '✓'
            | '✔'
            | '☑'
            | '☒'
            | '■'
            | '◉'
            | '⭕'
            | '√'
    )
}

/// Whether a character is a box that is not ticked.
pub(super) fn is_empty_box(c: char) -> bool {
    matches!(c, '□' | '☐' | '◻')
}

/// Words beside which a box stands.
#[derive(Clone, Debug)]
pub(super) struct Tickable {
    words: String,
    key: Option<String>,
    has_text: bool,
    has_count: bool,
}

impl Tickable {
    /// The key of the box; `None` for words between boxes.
    pub fn key(&self) -> Option<&String> {
        self.key.as_ref()
    }
}

/// What was read beside boxes.
#[derive(Debug, Default)]
pub(super) struct Ticked {
    pub boxes: Boxes,
    /// Whether any of the words were found.
    pub is_found: bool,
    /// Characters that are in the draft as text.
    pub n_text: usize,
    /// Where each box stands.
    pub spots: Vec<Spot>,
}

/// A box as it stands in the stream.
#[derive(Debug)]
pub(super) struct Spot {
    pub key: String,
    pub is_on: bool,
    /// What is before its words, since the words of the box before.
    pub before: Range<usize>,
    pub words: Range<usize>,
    /// Its answer in words or its count, parentheses and all.
    pub inside: Range<usize>,
}

/// The boxes of an item and the words between them.
pub(super) fn tickables(item: &Item) -> Vec<Tickable> {
    let mut all = Vec::new();
    if let Kind::Checks { groups, .. } = &item.kind {
        for group in groups {
            all.push(Tickable { words: key(&group.label), key: None, has_text: false, has_count: false });
            all.extend(group.options.iter().map(|option| Tickable {
                words: key(&option.label),
                key: Some(option.key.clone()),
                has_text: option.free_text.is_some(),
                has_count: option.count.is_some(),
            }));
        }
    }
    // The boxes in a heading row, by their ids.
    let in_heading = item.inner().iter().filter(|inner| inner.layout == LabelLayout::InHeading);
    all.extend(in_heading.chain(Some(item).filter(|item| matches!(item.kind, Kind::Check))).map(|check| Tickable {
        words: key(&check.label),
        key: Some(check.id.clone()),
        has_text: false,
        has_count: false,
    }));
    all.retain(|one| !one.words.is_empty());
    all.sort_by_key(|one| std::cmp::Reverse(one.words.chars().count()));
    all
}

/// Reads boxes; what is neither tick nor word nor answer stays left over.
pub(super) fn tick(all: &[Tickable], stream: &mut Stream<'_>, ledger: &mut Ledger<'_>) -> Ticked {
    let mut found = Ticked::default();
    let (mut at, mut behind) = (0, 0);
    while at < stream.len() {
        let begins = stream.glyphs[at].begins || at == 0 || is_border(stream.glyphs[at - 1].c);
        let here = all.iter().find(|one| begins && stream.is_at(at, &one.words));
        let Some(one) = here else {
            at += 1;
            continue;
        };
        let end = at + one.words.chars().count();
        let (before, own) = (behind..at, at..end);
        let is_on = mark(stream, before.clone(), ledger);
        stream.take(own.clone(), Fate::Form, ledger);
        at = end;
        found.is_found |= one.key.is_some();
        if let Some(key) = &one.key {
            if is_on && !found.boxes.is_on(key) {
                found.boxes.marked.push(key.clone());
            }
            if one.has_count {
                at = count(stream, at, key, &mut found, ledger);
            } else if one.has_text {
                at = words(all, stream, at, key, &mut found, ledger);
            }
            found.spots.push(Spot { key: key.clone(), is_on, before, words: own, inside: end..at });
        }
        behind = at;
    }
    found
}

fn is_border(c: char) -> bool {
    is_tick(c) || is_empty_box(c) || matches!(c, '[' | ']' | '(' | ')')
}

/// Whether a tick stands in what is before the words of a box.
fn mark(stream: &mut Stream<'_>, before: Range<usize>, ledger: &mut Ledger<'_>) -> bool {
    let mut is_on = false;
    for at in before.clone() {
        let c = stream.glyphs[at].c;
        let is_alone = |at: Option<usize>| {
            let glyph = at.filter(|at| before.contains(at)).map(|at| stream.glyphs[at]);
            glyph.is_none_or(|glyph| is_border(glyph.c) || glyph.ends_box || glyph.starts_box)
        };
        if is_tick(c) && is_alone(at.checked_sub(1)) && is_alone(Some(at + 1)) {
            is_on = true;
            stream.take(at..at + 1, Fate::Sign, ledger);
        } else if matches!(c, '[' | ']') || is_empty_box(c) {
            stream.take(at..at + 1, Fate::Form, ledger);
        }
    }
    is_on
}

/// Reads `（ 3 ）　件` behind a box.
fn count(stream: &mut Stream<'_>, at: usize, key: &str, found: &mut Ticked, ledger: &mut Ledger<'_>) -> usize {
    if stream.glyphs.get(at).is_none_or(|glyph| glyph.c != '(') {
        return at;
    }
    let digits = (at + 1..stream.len()).take_while(|at| stream.glyphs[*at].c.is_ascii_digit()).count();
    let close = at + 1 + digits;
    if stream.glyphs.get(close).is_none_or(|glyph| glyph.c != ')') {
        return at;
    }
    if let Ok(number) = stream.key(at + 1..close).parse() {
        found.boxes.counts.insert(key.to_owned(), Some(number));
    }
    stream.take(at..at + 1, Fate::Form, ledger);
    stream.take(at + 1..close, Fate::Sign, ledger);
    let end = close + 1 + usize::from(stream.is_at(close + 1, "件"));
    stream.take(close..end, Fate::Form, ledger);
    end
}

/// Reads `（…）` behind a box, or what stands there without parentheses.
fn words(
    all: &[Tickable],
    stream: &mut Stream<'_>,
    at: usize,
    key: &str,
    found: &mut Ticked,
    ledger: &mut Ledger<'_>,
) -> usize {
    let Some(first) = stream.glyphs.get(at).copied() else { return at };
    let (inside, end) = if first.c == '(' {
        let close = closing(stream, at);
        stream.take(at..at + 1, Fate::Form, ledger);
        let end = close.map_or(stream.len(), |close| close + 1);
        if let Some(close) = close {
            stream.take(close..close + 1, Fate::Form, ledger);
        }
        (at + 1..close.unwrap_or(stream.len()), end)
    } else {
        let is_next = |at: &usize| {
            let glyph = stream.glyphs[*at];
            let is_sign = glyph.c == '[' || glyph.starts_box && (is_tick(glyph.c) || is_empty_box(glyph.c));
            is_sign || glyph.begins && all.iter().any(|one| stream.is_at(*at, &one.words))
        };
        let end = (at..stream.len()).find(is_next).unwrap_or(stream.len());
        (at..end, end)
    };
    let text = stream.text(inside.clone()).trim().to_owned();
    if !text.is_empty() {
        found.n_text += crate::exchange::boxes::seen_chars(&text);
        found.boxes.texts.insert(key.to_owned(), text);
        stream.take(inside, Fate::Text, ledger);
    }
    end
}

/// Where the parenthesis closes: in a box of its own, where it was opened in one; else where all are closed again.
fn closing(stream: &Stream<'_>, open: usize) -> Option<usize> {
    let glyphs = &stream.glyphs;
    if glyphs[open].ends_box {
        let own = (open + 1..stream.len()).find(|at| glyphs[*at].starts_box && matches!(glyphs[*at].c, ')' | '['));
        if let Some(own) = own.filter(|own| glyphs[*own].c == ')') {
            return Some(own);
        }
    }
    let mut depth = 0_usize;
    let mut last = None;
    for (at, glyph) in glyphs.iter().enumerate().skip(open) {
        match glyph.c {
            '(' => depth += 1,
            ')' => {
                depth = depth.saturating_sub(1);
                last = Some(at);
                if depth == 0 {
                    return last;
                }
            }
            '[' if glyph.begins && last.is_some() => return last,
            _ => {}
        }
    }
    last
}
