//! Rows by hand whose 変更前の記載 is not what the version before said.
//!
//! Only rows that name one item for certain, or a few, none of which said it, are looked at: in the one file there is or
//! that they name, and in the entry that they number. （略） and the like are no text.

use crate::changes::overview::{Overview, RowStanding};
use crate::changes::paper;
use crate::changes::told_in_cells::quoted;
use crate::draft::{ChangeRow, Document, Span, State, is_blank};
use crate::form::{FieldPath, Form, Item, Kind};
use crate::item_names::{self, Named, narrow, plain_label, quotes_nothing, without_label};

/// So much of the cell stands in the answer of before, in percent of its sentences.
const HELD_PERCENT: usize = 50;
/// A shorter sentence stands anywhere by chance.
const SENTENCE_CHARS: usize = 4;
/// A shorter word quotes nothing.
const WORD_CHARS: usize = 2;
/// A row that names more items names a heading.
const MOST_ITEMS: usize = 4;
/// What says beside others that a short cell quotes nothing.
const ELSEWHERE: &[&str] = &["省略", "下線", "件", "→"];
const ELSEWHERE_CHARS: usize = 40;
/// What is said where there was nothing before.
const NOTHING: &[&str] = &["記載なし", "新規", "未記載", "記載無し"];
/// What is quoted of the version before, in characters.
const QUOTED_CHARS: usize = 30;

/// A row, and what the version before says there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misquoted {
    /// The row, by index.
    pub row: usize,
    /// What stood there, shortened.
    pub said: String,
}

/// The rows of this version that people wrote and that quote the version before wrongly.
pub fn misquoted(form: &Form, last: &Document, state: &State, overview: &Overview) -> Vec<Misquoted> {
    let rows = &state.document.rows;
    let is_own = |row: usize| matches!(overview.rows.get(row), Some(RowStanding::ByHand(_)));
    if !(0..rows.len()).any(is_own) {
        return Vec::new();
    }
    let abouts = item_names::read_rows(form, &[last, &state.document], rows);
    let judge = |row: usize| {
        let change = &*item_names::meant(rows, row);
        let Some(Named::Items(items)) = abouts.get(row).map(|about| &about.named) else { return None };
        let items = meant_items(form, items, change);
        let said = |item: &Item| Some(paper::printed(form, last, &place(form, last, item, change)?));
        let now = |item: &Item| {
            let at = place(form, &state.document, item, change);
            at.is_some_and(|at| quoted(&paper::printed(form, &state.document, &at)).contains(&quoted(&change.after)))
        };
        let said: Vec<(&Item, String)> = items.iter().map(|item| Some((*item, said(item)?))).collect::<Option<_>>()?;
        let judged: Vec<(&Item, String, bool)> = said
            .into_iter()
            .filter_map(|(item, said)| is_misquoted(item, &said, change, now(item)).map(|is| (item, said, is)))
            .collect();
        if judged.iter().any(|(.., is)| !is) {
            return None;
        }
        let (item, said, _) = judged.into_iter().next()?;
        // Of two rows for one item the second quotes the first.
        let follows = |(other, about): (usize, &item_names::RowSubject<'_>)| {
            let names_it = matches!(&about.named, Named::Items(items) if items.iter().any(|other| other.id == item.id));
            other != row && is_own(other) && names_it && holds(&item_names::meant(rows, other).after, &change.before)
        };
        let is_chained = || abouts.iter().enumerate().any(follows);
        (!is_chained()).then(|| Misquoted { row, said: shortened(&said) })
    };
    (0..rows.len()).filter(|row| is_own(*row)).filter_map(judge).collect()
}

/// The items that a row names, where they are few: of those of several lists, that of the list whose entry it numbers.
fn meant_items<'a>(form: &Form, items: &[&'a Item], change: &ChangeRow) -> Vec<&'a Item> {
    let mut leaves: Vec<&Item> = Vec::new();
    for item in items.iter().flat_map(|item| item.with_inner()).filter(|item| item.is_answered()) {
        if !leaves.iter().any(|known| known.id == item.id) {
            leaves.push(item);
        }
    }
    let few = || if leaves.len() <= MOST_ITEMS { leaves.clone() } else { Vec::new() };
    only_item(form, items, change).map_or_else(few, |item| vec![item])
}

fn only_item<'a>(form: &Form, items: &[&'a Item], change: &ChangeRow) -> Option<&'a Item> {
    if let [item] = items {
        return Some(*item).filter(|item| item.is_answered());
    }
    let cell = narrow(&change.item);
    let is_named = |item: &&&Item| {
        let word = form.repeat_of(&item.id).map(item_names::entry_word).unwrap_or_default();
        !word.is_empty() && cell.contains(&word)
    };
    let mut named = items.iter().filter(is_named);
    named.next().filter(|_| named.next().is_none()).copied()
}

/// Where the version before has the item that a row names; `None` where that may be several places.
fn place(form: &Form, last: &Document, item: &Item, change: &ChangeRow) -> Option<FieldPath> {
    let position = form.position_of(&item.id)?;
    let file = if position.section.per_file {
        let named = item_names::files_named(&change.item, last.files.iter());
        let is_named = |name: &str| named.contains(&narrow(name));
        let mut files = last
            .files
            .iter()
            .enumerate()
            .filter(|(_, file)| named.is_empty() || is_named(&file.name))
            .map(|(at, _)| at);
        Some(files.next().filter(|_| files.next().is_none())?)
    } else {
        None
    };
    let entry = match form.repeat_of(&item.id) {
        Some(repeat) => {
            let cell = narrow(&change.item);
            let numbers = item_names::entry_numbers(&cell, &item_names::entry_word(repeat));
            let (first, others) = numbers.split_first()?;
            // Of 旧委託事項4 → 委託事項3 the first is that of the version before.
            let is_one = others.is_empty() || first.is_old || cell.contains(['→', '⇒']);
            let number = Some(&first.range).filter(|range| is_one && range.start() == range.end())?;
            Some(number.start().checked_sub(1)?)
        }
        None => None,
    };
    Some(FieldPath { file, item: item.id.clone(), entry })
}

/// Whether a cell says what another says.
fn holds(cell: &str, words: &str) -> bool {
    let words = quoted(words);
    !words.is_empty() && quoted(cell).contains(&words)
}

/// Whether a row quotes wrongly what an item said; `None` where that cannot be said. Short words are a quotation where what
/// the row puts in their place `stands` there now.
fn is_misquoted(item: &Item, said: &str, change: &ChangeRow, stands: bool) -> Option<bool> {
    if change.item.contains("修正") {
        return None;
    }
    let raw = narrow(&change.before);
    let is_line = matches!(item.kind, Kind::TextLine | Kind::Date { .. });
    if NOTHING.iter().any(|word| raw.trim_matches(['(', ')', '<', '>', '[', ']']) == *word) {
        // A paragraph that came had nothing before it; a line that was written anew had.
        return (is_line || matches!(item.kind, Kind::TextBlock)).then(|| is_line && !is_blank(said));
    }
    let is_short = raw.chars().count() < ELSEWHERE_CHARS;
    if is_short && ELSEWHERE.iter().any(|word| raw.contains(word)) || quotes_nothing(&raw) {
        return None;
    }
    match &item.kind {
        Kind::Choice { .. } => other_option(item, &narrow(said), &raw),
        Kind::Checks { .. } => other_boxes(item, &narrow(said), &raw),
        Kind::Date { .. } => {
            let (said, quoted) = (day(said)?, day(&change.before)?);
            Some(said != quoted)
        }
        Kind::TextLine | Kind::TextBlock => other_words(item, &quoted(said), change, stands),
        _ => None,
    }
}

/// A day with what people write behind one.
fn day(cell: &str) -> Option<Span> {
    let cell = cell.trim();
    Span::read(["時点", "現在"].iter().find_map(|word| cell.strip_suffix(word)).unwrap_or(cell))
}

/// Whether a cell names another option than the one that was chosen.
fn other_option(item: &Item, said: &str, cell: &str) -> Option<bool> {
    let labels = item.options().iter().map(|option| narrow(&option.label));
    let named = labels.filter(|label| !label.is_empty() && cell.contains(label.as_str()));
    let named = named.max_by_key(|label| label.chars().count())?;
    Some(!said.is_empty() && !cell.contains(said) && !said.contains(&named))
}

/// Whether a cell shows a box otherwise than it was; `None` where it shows none by marks.
fn other_boxes(item: &Item, said: &str, cell: &str) -> Option<bool> {
    let labels: Vec<String> = item.boxes().map(|option| narrow(&option.label)).collect();
    let names = labels.iter().map(|label| label.split('(').next().unwrap_or_default()).filter(|name| !name.is_empty());
    let names: Vec<&str> = names.collect();
    let is_on = |name: &str| said.contains(&format!("[○]{name}"));
    let listed: Vec<&str> = cell.split(['、', ',', '・']).collect();
    if listed.iter().all(|word| names.contains(word)) {
        return Some(!listed.iter().all(|name| is_on(name)));
    }
    let bare = cell.replace(['〇', '◯'], "○").replace(['[', ']'], "");
    let shown: Vec<&&str> = names.iter().filter(|name| bare.contains(&format!("○{name}"))).collect();
    (!shown.is_empty()).then(|| shown.iter().any(|name| !is_on(name)))
}

/// Whether most of the sentences of a cell are none of what the text said.
fn other_words(item: &Item, said: &str, change: &ChangeRow, stands: bool) -> Option<bool> {
    let cell = quoted(&change.before);
    if said.is_empty() || cell.is_empty() {
        return None;
    }
    let label = narrow(&plain_label(&item.label));
    // Lines are lost in one spelling: sentences and the lines as written.
    let lines = change.before.lines().flat_map(|line| line.split_inclusive('。')).map(quoted);
    let lines = lines.map(|line| without_label(&line, std::iter::once(label.clone())).to_owned());
    let sentences: Vec<String> = lines.filter(|line| line.chars().count() >= SENTENCE_CHARS).collect();
    let n_chars = |sentence: &&String| sentence.chars().count();
    let all: usize = sentences.iter().map(|sentence| n_chars(&sentence)).sum();
    if all == 0 {
        let is_word = stands && cell.chars().count() >= WORD_CHARS;
        return is_word.then(|| !said.contains(&cell));
    }
    let is_in = |sentence: &&String| {
        let words = sentence.trim_end_matches('。');
        said.contains(words) || words.contains(said)
    };
    let held: usize = sentences.iter().filter(is_in).map(|sentence| n_chars(&sentence)).sum();
    Some(held * 100 < all * HELD_PERCENT)
}

fn shortened(said: &str) -> String {
    let line = said.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return "（記載なし）".to_owned();
    }
    let head: String = line.chars().take(QUOTED_CHARS).collect();
    if head.len() < line.len() { format!("「{head}…」") } else { format!("「{head}」") }
}
