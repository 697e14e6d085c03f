//! Which boxes are ticked, with the words in their （　） and the counts behind them.

use std::ops::Range;

use super::key::key;
use super::ledger::{Fate, Ledger};
use super::stream::{Stream, UNITS};
use crate::draft::Boxes;
use crate::form::{Item, Kind, LabelLayout, shipped};

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

/// Whether a character ticks a box that stands around it in brackets, where nothing else can be meant.
fn is_tick_in_brackets(c: char) -> bool {
    matches!(c, '1' | 'v' | 'V' | 'ν' | 'y' | 'Y' | '*' | '済' | '有')
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
    /// The words, as a key.
    pub fn words(&self) -> &str {
        &self.words
    }

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
    all.extend(other_words(item, &all));
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

/// The same boxes as other editions word them: 4情報 is 5情報 since the reading of the name belongs to it.
fn other_words(item: &Item, known: &[Tickable]) -> Vec<Tickable> {
    let mut others: Vec<Tickable> = Vec::new();
    let editions = if known.is_empty() { Vec::new() } else { shipped::editions().unwrap_or_default() };
    for edition in editions {
        let form = shipped::find(&edition.form, &edition.revision).ok();
        let there = form.and_then(|form| form.item(&item.id));
        for option in there.into_iter().flat_map(Item::boxes) {
            let words = key(&option.label);
            let is_known = known.iter().chain(&others).any(|one| one.words == words);
            let same = known.iter().find(|one| one.key.as_ref() == Some(&option.key));
            if let Some(same) = same.filter(|_| !is_known) {
                others.push(Tickable { words, ..same.clone() });
            }
        }
    }
    others
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
    let before = own_signs(stream, before);
    for at in before.clone() {
        let c = stream.glyphs[at].c;
        let is_between = || {
            at > before.start && stream.glyphs[at - 1].c == '[' && {
                stream.glyphs.get(at + 1).is_some_and(|next| next.c == ']') && before.contains(&(at + 1))
            }
        };
        let is_alone = |at: Option<usize>| {
            let glyph = at.filter(|at| before.contains(at)).map(|at| stream.glyphs[at]);
            glyph.is_none_or(|glyph| is_border(glyph.c) || glyph.ends_box || glyph.starts_box)
        };
        let is_alone_there = || is_alone(at.checked_sub(1)) && is_alone(Some(at + 1));
        if is_tick(c) && is_alone_there() || is_tick_in_brackets(c) && is_between() {
            is_on = true;
            stream.take(at..at + 1, Fate::Sign, ledger);
        } else if matches!(c, '[' | ']') || is_empty_box(c) {
            stream.take(at..at + 1, Fate::Form, ledger);
        }
    }
    is_on
}

/// What is before the words of a box and of no other: a box with words that nobody knows keeps its tick to itself.
fn own_signs(stream: &Stream<'_>, before: Range<usize>) -> Range<usize> {
    let is_sign = |at: &usize| is_border(stream.glyphs[*at].c);
    let Some(open) = before.clone().rfind(|at| stream.glyphs[*at].c == '[') else { return before };
    // Between the tick before it and this bracket stand words.
    let tick = (before.start..open).rfind(|at| is_tick(stream.glyphs[*at].c));
    let has_words = tick.is_some_and(|tick| (tick + 1..open).filter(|at| !is_sign(at)).nth(1).is_some());
    if has_words { open..before.end } else { before }
}

/// Reads `（ 3 ）　件` behind a box, however its parentheses stand.
fn count(stream: &mut Stream<'_>, at: usize, key: &str, found: &mut Ticked, ledger: &mut Ledger<'_>) -> usize {
    let Some(counted) = stream.number_at(at, &UNITS) else { return no_count(stream, at, ledger) };
    let number = stream.number(counted.digits.clone());
    // Two numbers of one box: the second is left over, not forgotten.
    let Some(number) = number.filter(|number| found.boxes.counts.get(key).is_none_or(|known| *known == Some(*number)))
    else {
        return at;
    };
    found.boxes.counts.insert(key.to_owned(), Some(number));
    stream.take(counted.all.clone(), Fate::Form, ledger);
    stream.take(counted.digits, Fate::Sign, ledger);
    counted.all.end
}

/// Takes `（　）　件` without a number.
fn no_count(stream: &mut Stream<'_>, at: usize, ledger: &mut Ledger<'_>) -> usize {
    if !stream.is_at(at, "()") {
        return at;
    }
    let end = at + 2 + usize::from(stream.glyphs.get(at + 2).is_some_and(|glyph| UNITS.contains(&glyph.c)));
    stream.take(at..end, Fate::Form, ledger);
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
        // A box that stands there twice has both texts.
        let known = found.boxes.texts.entry(key.to_owned()).or_default();
        if !known.is_empty() {
            known.push('\n');
        }
        known.push_str(&text);
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
