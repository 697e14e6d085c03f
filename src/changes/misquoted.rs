//! Rows by hand whose 変更前の記載 is not what the version before said.
//!
//! Only rows that name one item for certain are looked at: in the one file there is or that they name, and in the entry
//! that they number. （略） and the like are no text.

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
        let item = only_item(form, items, change)?;
        let at = place(form, last, item, change)?;
        let said = paper::printed(form, last, &at);
        // Of two rows for one item the second quotes the first.
        let follows = |(other, about): (usize, &item_names::RowSubject<'_>)| {
            let names_it = matches!(&about.named, Named::Items(items) if items.iter().any(|other| other.id == item.id));
            other != row && is_own(other) && names_it && holds(&item_names::meant(rows, other).after, &change.before)
        };
        let is_chained = || abouts.iter().enumerate().any(follows);
        (is_misquoted(item, &said, change) && !is_chained()).then(|| Misquoted { row, said: shortened(&said) })
    };
    (0..rows.len()).filter(|row| is_own(*row)).filter_map(judge).collect()
}

/// The one item that a row names: of those of several lists, that of the list whose entry it numbers.
fn only_item<'a>(form: &Form, items: &[&'a Item], change: &ChangeRow) -> Option<&'a Item> {
    if let [item] = items {
        return Some(item);
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

fn is_misquoted(item: &Item, said: &str, change: &ChangeRow) -> bool {
    let is_line = matches!(item.kind, Kind::TextLine | Kind::Date { .. });
    if !is_line && !matches!(item.kind, Kind::TextBlock) || change.item.contains("修正") {
        return false;
    }
    let raw = narrow(&change.before);
    if NOTHING.iter().any(|word| raw.trim_matches(['(', ')', '<', '>', '[', ']']) == *word) {
        // A paragraph that came had nothing before it; a line that was written anew had.
        return is_line && !is_blank(said);
    }
    let is_short = raw.chars().count() < ELSEWHERE_CHARS;
    if is_short && ELSEWHERE.iter().any(|word| raw.contains(word)) || quotes_nothing(&raw) {
        return false;
    }
    if matches!(item.kind, Kind::Date { .. }) {
        let (said, quoted) = (Span::read(said), Span::read(&change.before));
        return said.is_some() && quoted.is_some() && said != quoted;
    }
    let said = quoted(said);
    let cell = quoted(&change.before);
    if said.is_empty() || cell.is_empty() {
        return false;
    }
    let label = narrow(&plain_label(&item.label));
    // Lines are lost in one spelling: sentences and the lines as written.
    let lines = change.before.lines().flat_map(|line| line.split_inclusive('。')).map(quoted);
    let lines = lines.map(|line| without_label(&line, std::iter::once(label.clone())).to_owned());
    let sentences: Vec<String> = lines.filter(|line| line.chars().count() >= SENTENCE_CHARS).collect();
    let n_chars = |sentence: &&String| sentence.chars().count();
    let all: usize = sentences.iter().map(|sentence| n_chars(&sentence)).sum();
    let stands = |sentence: &&String| {
        let words = sentence.trim_end_matches('。');
        said.contains(words) || words.contains(said.as_str())
    };
    let held: usize = sentences.iter().filter(stands).map(|sentence| n_chars(&sentence)).sum();
    all > 0 && held * 100 < all * HELD_PERCENT
}

fn shortened(said: &str) -> String {
    let line = said.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return "（記載なし）".to_owned();
    }
    let head: String = line.chars().take(QUOTED_CHARS).collect();
    if head.len() < line.len() { format!("「{head}…」") } else { format!("「{head}」") }
}
