//! Which option was chosen: the words between [ and ], wherever the list of options stands.

use std::ops::Range;

use super::key::key;
use super::ledger::{Fate, Ledger};
use super::stream::Stream;
use super::ticks::is_tick;
use crate::form::Item;

/// What was read in the cell of a choice.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Chosen {
    /// The number of the option.
    pub number: Option<u32>,
    /// Whether something stood there that is none of them.
    pub is_odd: bool,
    /// Whether two or more of the options stand there.
    pub has_list: bool,
    /// Where the brackets stand.
    pub brackets: Option<(usize, usize)>,
    /// Where the value stands, without brackets.
    pub value: Option<Range<usize>>,
    /// Where the mark in the list stands that says which one it is.
    pub tick: Option<usize>,
}

/// An option as it stands in the stream.
struct Listed {
    number: u32,
    piece: Range<usize>,
    /// Whether its number stands before it.
    is_numbered: bool,
    /// Whether it is all of its box.
    is_alone: bool,
    /// Where a mark stands at it.
    tick: Option<usize>,
}

/// Reads the cell of a choice; what is neither the value nor the list stays in the stream.
pub(super) fn choose(item: &Item, list_title: &str, stream: &mut Stream<'_>, ledger: &mut Ledger<'_>) -> Chosen {
    let mut chosen = Chosen::default();
    let is_bracketed = bracketed(item, stream, ledger, &mut chosen);
    let title = key(list_title);
    let has_title = (0..stream.len()).find(|at| stream.is_at(*at, &title));
    if let Some(at) = has_title {
        stream.take(at..at + title.chars().count(), Fate::Form, ledger);
    }
    let listed = listed(item, stream);
    chosen.has_list = listed.iter().any(|option| option.number != listed[0].number);
    if chosen.number.is_none() {
        // Where the brackets are empty, only a mark in the list says anything.
        chosen.number = if is_bracketed { ticked(&listed) } else { unbracketed(&listed, has_title.is_some()) };
        if chosen.number.is_none() && !is_bracketed && !chosen.is_odd {
            number_alone(item, &listed, stream, ledger, &mut chosen);
        }
    }
    let mut is_open = chosen.value.is_none() && (!is_bracketed || ticked(&listed).is_some()) && chosen.number.is_some();
    for option in listed {
        // The first one that reads like the value is the value.
        let is_value = is_open && Some(option.number) == chosen.number && (!is_bracketed || option.tick.is_some());
        is_open &= !is_value;
        if is_value {
            (chosen.value, chosen.tick) = (Some(option.piece.clone()), option.tick);
        }
        if let Some(tick) = option.tick.filter(|_| is_value) {
            stream.take(tick..tick + 1, Fate::Sign, ledger);
        }
        stream.take(option.piece, if is_value { Fate::Sign } else { Fate::Form }, ledger);
    }
    chosen
}

/// Reads what stands in brackets, if anything does.
fn bracketed(item: &Item, stream: &mut Stream<'_>, ledger: &mut Ledger<'_>, chosen: &mut Chosen) -> bool {
    let Some(open) = stream.find(0, '[') else { return false };
    let Some(close) = stream.find(open + 1, ']') else { return false };
    stream.take(open..open + 1, Fate::Form, ledger);
    stream.take(close..close + 1, Fate::Form, ledger);
    let words = stream.key(open + 1..close);
    chosen.number = number_of(item, &words);
    if chosen.number.is_some() {
        stream.take(open + 1..close, Fate::Sign, ledger);
    }
    chosen.brackets = Some((open, close));
    chosen.is_odd = chosen.number.is_none() && !words.is_empty();
    // Nothing in the brackets, and the value beside them: it is looked for as without them.
    chosen.number.is_some() || words.is_empty() && stream.find(0, '[').is_none()
}

/// The option that these words name: with or without its number, or by its number alone.
pub(super) fn number_of(item: &Item, words: &str) -> Option<u32> {
    // Many write 1000万人 for 1,000万人.
    let bare = |words: &str| words.replace(',', "");
    let words = bare(words.trim_end_matches('。'));
    let words = words.as_str();
    let options = || item.options().iter().map(|option| (option.n, bare(&key(&option.label))));
    if let Some((number, _)) = options().find(|(_, label)| label == words) {
        return Some(number);
    }
    let (digits, rest) = words
        .trim_start_matches('(')
        .split_at(words.trim_start_matches('(').bytes().take_while(u8::is_ascii_digit).count());
    let rest = rest.trim_start_matches([')', ':', '、', '-']);
    let number: Option<u32> = digits.parse().ok();
    options().find(|(n, label)| Some(*n) == number && (rest.is_empty() || rest == label)).map(|(n, _)| n)
}

/// The options that stand in the stream, in its order.
fn listed(item: &Item, stream: &Stream<'_>) -> Vec<Listed> {
    let mut options: Vec<(u32, String)> = item.options().iter().map(|option| (option.n, key(&option.label))).collect();
    options.sort_by_key(|(_, label)| std::cmp::Reverse(label.chars().count()));
    let mut found = Vec::new();
    let mut at = 0;
    while at < stream.len() {
        let here = options.iter().find_map(|(number, label)| listed_at(stream, at, *number, label));
        match here {
            Some(option) => {
                at = option.piece.end;
                found.push(option);
            }
            None => at += 1,
        }
    }
    found
}

fn listed_at(stream: &Stream<'_>, at: usize, number: u32, label: &str) -> Option<Listed> {
    let before = |at: usize| at.checked_sub(1).and_then(|before| stream.glyphs.get(before));
    let first = stream.glyphs.get(at)?;
    let is_ticked = before(at).is_some_and(|glyph| is_tick(glyph.c) && !stream.taken[at - 1]);
    let tick = at.checked_sub(1).filter(|_| is_ticked);
    if !first.begins && !is_ticked && at > 0 && !stream.taken[at - 1] {
        return None;
    }
    let numbered = [format!("{number})"), format!("({number})"), format!("{number}")];
    // 2）○十分である
    let marked = numbered.iter().map(|words| words.chars().count()).find(|length| {
        let words = stream.key(at..at + length);
        let is_mark =
            stream.glyphs.get(at + length).is_some_and(|glyph| is_tick(glyph.c)) && !stream.taken[at + length];
        is_mark && numbered.contains(&words) && stream.is_at(at + length + 1, label)
    });
    if let Some(length) = marked {
        let piece = at..at + length + 1 + label.chars().count();
        return Some(Listed { number, piece, is_numbered: true, is_alone: false, tick: Some(at + length) });
    }
    let with_number = numbered.iter().find(|words| stream.is_at(at, &format!("{words}{label}")));
    let length = label.chars().count() + with_number.map_or(0, |words| words.chars().count());
    if with_number.is_none() && !stream.is_at(at, label) {
        return None;
    }
    let last = stream.glyphs.get(at + length - 1)?;
    // 実施 is no answer where 実施しない stands.
    let is_whole =
        last.ends_box || stream.glyphs.get(at + length).is_none_or(|next| next.begins || stream.taken[at + length]);
    is_whole.then_some(Listed {
        number,
        piece: at..at + length,
        is_numbered: with_number.is_some(),
        is_alone: first.starts_box && last.ends_box,
        tick,
    })
}

/// The one option that a mark stands at.
fn ticked(listed: &[Listed]) -> Option<u32> {
    let mut ticked = listed.iter().filter(|option| option.tick.is_some()).map(|option| option.number);
    let first = ticked.next()?;
    ticked.all(|other| other == first).then_some(first)
}

/// The number of an option, alone in its box before the list.
fn number_alone(item: &Item, listed: &[Listed], stream: &mut Stream<'_>, ledger: &mut Ledger<'_>, chosen: &mut Chosen) {
    let Some(first) = listed.iter().find(|option| option.is_numbered).map(|option| option.piece.start) else { return };
    let is_in_box = |at: &usize| stream.glyphs[*at].starts_box;
    let Some(start) = (0..first).find(is_in_box) else { return };
    let Some(end) = (start..first).find(|at| stream.glyphs[*at].ends_box) else { return };
    let words = stream.key(start..end + 1);
    if words.chars().all(|c| c.is_ascii_digit() || c == ')') && !stream.taken[start] {
        chosen.number = number_of(item, &words);
    }
    if chosen.number.is_some() {
        chosen.value = Some(start..end + 1);
        stream.take(start..end + 1, Fate::Sign, ledger);
    }
}

/// The chosen option where no brackets stand.
fn unbracketed(listed: &[Listed], has_list: bool) -> Option<u32> {
    let only = |fits: &dyn Fn(&&Listed) -> bool| {
        let mut fitting = listed.iter().filter(fits);
        let first = fitting.next()?;
        fitting.all(|other| other.number == first.number).then_some(first.number)
    };
    let times = |number: u32| listed.iter().filter(|option| option.number == number).count();
    ticked(listed)
        .or_else(|| only(&|option| option.is_alone && !option.is_numbered))
        .or_else(|| only(&|option| times(option.number) > 1))
        .or_else(|| if has_list { None } else { only(&|_| true) })
}
