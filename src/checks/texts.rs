//! Words in texts: stale citations and terms of law, left-over placeholders, what should not be published.

use regex::Captures;

use super::draft_index::{CellText, DraftIndex, Text};
use crate::form::{FieldPath, Known, Pattern, Reading, Rule, TextPattern, is_listed};

/// How far 「near」 reaches, in characters.
const NEAR_CHARS: usize = 40;
/// How far back a law that is named before a citation reaches, in characters.
const NAMED_CHARS: usize = 15;
/// Longest quotation in a message, in characters.
const QUOTED_CHARS: usize = 30;

/// A finding in every item that has the words; one for each item and rule.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule, patterns: &[TextPattern]) {
    let mut seen: Vec<FieldPath> = Vec::new();
    for pattern in patterns {
        if pattern.unless_form_says.as_ref().is_some_and(|words| form_says(draft, words)) {
            continue;
        }
        for (path, words) in in_texts(draft, pattern).into_iter().chain(in_rows(draft, pattern)) {
            if seen.contains(&path) {
                continue;
            }
            let words: Vec<(&str, &str)> = words.iter().map(|(key, word)| (key.as_str(), word.as_str())).collect();
            seen.push(path.clone());
            draft.add(rule, path, &words);
        }
    }
}

type Words = Vec<(String, String)>;

fn in_texts(draft: &DraftIndex<'_>, pattern: &TextPattern) -> Vec<(FieldPath, Words)> {
    let texts: Vec<usize> =
        if pattern.needs.is_empty() { (0..draft.texts.len()).collect() } else { draft.texts_with(&pattern.needs) };
    let texts = texts.into_iter().filter_map(|index| draft.texts.get(index));
    let looked_at = texts.filter(|text| {
        (pattern.items.is_empty() || is_listed(&pattern.items, text.item)) && !is_listed(&pattern.except, text.item)
    });
    looked_at
        .filter_map(|text| {
            let words = find(pattern, read(pattern, text))?;
            let holds = pattern.when.as_ref().is_none_or(|condition| condition.holds(&text.scope) == Known::Yes);
            holds.then(|| (draft.path(text.scope, text.item), words))
        })
        .collect()
}

/// 変更後の記載 and the explanation; never 変更前の記載, which is history.
fn in_rows(draft: &DraftIndex<'_>, pattern: &TextPattern) -> Vec<(FieldPath, Words)> {
    if !pattern.rows {
        return Vec::new();
    }
    let needs: Vec<usize> = pattern.needs.iter().filter_map(|word| draft.rules.word(word)).collect();
    let has_words = |cell: &&CellText| cell.read.words.iter().any(|word| needs.contains(word));
    let cells = draft.cells.iter().filter(|cell| pattern.needs.is_empty() || has_words(cell));
    let found = |cell: &CellText| find(pattern, cell.read.seen());
    cells.filter_map(|cell| Some((draft.cell(cell.column, cell.row), found(cell)?))).collect()
}

fn read<'t>(pattern: &TextPattern, text: &'t Text<'_>) -> &'t str {
    match pattern.reading {
        Reading::Written => text.seen(),
        Reading::Citation => text.plain(),
    }
}

/// The first place in the text where the words stand as the pattern wants them.
fn find(pattern: &TextPattern, text: &str) -> Option<Words> {
    // The words first: most texts do not have them.
    if !pattern.pattern.is_match(text) {
        return None;
    }
    let has = |wanted: &Option<Pattern>| wanted.as_ref().map(|wanted| wanted.is_match(text));
    // What must stand near the words must stand in the text at all: one look instead of one for each place.
    let wanted = [&pattern.with, &pattern.near, &pattern.after];
    if wanted.into_iter().any(|wanted| has(wanted) == Some(false)) || has(&pattern.without) == Some(true) {
        return None;
    }
    let found = pattern.pattern.captures(text).find(|found| fits(pattern, text, found))?;
    Some(words(pattern, &found))
}

fn fits(pattern: &TextPattern, text: &str, found: &Captures<'_>) -> bool {
    let Some(whole) = found.get(1).or_else(|| found.get(0)) else { return false };
    let Some(outer) = found.get(0) else { return false };
    let inside_number = outer.as_str().starts_with(|c: char| c.is_ascii_digit())
        && text[..outer.start()].ends_with(|c: char| c.is_ascii_digit());
    if pattern.reading == Reading::Citation && inside_number {
        return false;
    }
    let before = last_chars(&text[..outer.start()], NEAR_CHARS);
    let after = &text[outer.end()..];
    let around = || {
        let start = outer.start() - before.len();
        &text[start..outer.end() + first_chars(after, NEAR_CHARS).len()]
    };
    let matches = |wanted: &Option<Pattern>, text: &str| wanted.as_ref().map(|wanted| wanted.is_match(text));
    let named = last_chars(before, NAMED_CHARS);
    let old =
        pattern.reading == Reading::Citation && (named.ends_with('旧') || named.contains("改正前") || has_old(named));
    !old && matches(&pattern.near, around()) != Some(false)
        && matches(&pattern.not_near, around()) != Some(true)
        && matches(&pattern.after, before) != Some(false)
        && pattern.not_after.as_ref().is_none_or(|other| !names_other_law(other, named))
        && pattern.not_before.as_ref().is_none_or(|next| !next.is_at_start(after))
        && !whole.is_empty()
}

/// Whether 旧 stands before the words as a word of its own: 「旧番号法」, 「(旧」.
fn has_old(named: &str) -> bool {
    named.contains("旧番号法") || named.contains("旧法")
}

/// Whether another law is named before the words, with no 番号法 in between.
fn names_other_law(other: &Pattern, named: &str) -> bool {
    let nearest = named.rfind("番号法").map_or(named, |at| &named[at + "番号法".len()..]);
    other.is_match(nearest)
}

fn words(pattern: &TextPattern, found: &Captures<'_>) -> Words {
    let mut words: Words = pattern.words.iter().map(|(key, word)| (key.clone(), word.clone())).collect();
    for (index, group) in found.iter().enumerate() {
        let quoted = group.map_or("", |group| first_chars(group.as_str(), QUOTED_CHARS));
        words.push((index.to_string(), quoted.to_owned()));
    }
    words
}

/// Whether a label or option of the form itself has these words.
fn form_says(draft: &DraftIndex<'_>, words: &str) -> bool {
    draft.form.items().any(|item| {
        item.label.contains(words)
            || item.options().iter().any(|option| option.label.contains(words))
            || item.boxes().any(|option| option.label.contains(words))
    })
}

fn first_chars(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end])
}

fn last_chars(text: &str, count: usize) -> &str {
    text.char_indices().rev().take(count).last().map_or("", |(start, _)| &text[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::unwrap_used)]
    fn a_law_named_before_a_citation_counts_unless_番号法_comes_nearer() {
        let other = Pattern::read("条例".to_owned()).unwrap();
        assert!(names_other_law(&other, "青嶺市番号条例"));
        assert!(!names_other_law(&other, "条例第4条及び番号法"));
    }
}
