//! Citations of law that are stale, of the wrong place, or not clear: found by what they cite, not by how far words are apart.

use std::borrow::Cow;

use super::draft_index::{DraftIndex, Text};
use super::sides::shortened;
use crate::form::citation::{BARE_LAW, Citation, CitationPattern, Citations, Place};
use crate::form::{FieldPath, Rule, RuleSet, is_listed};

/// Longest quotation in a message, in characters.
const QUOTED_CHARS: usize = 40;

/// A finding in every item that cites so; one for each item and rule.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule, patterns: &[CitationPattern]) {
    let mut found: Vec<(FieldPath, Vec<(&str, String)>)> = Vec::new();
    let bare = draft.bare_law();
    for index in draft.citing().iter().copied() {
        let Some(text) = draft.texts.get(index) else { continue };
        let citations = text.citations();
        let has_bare = || citations.iter().any(|citation| citation.law.id == BARE_LAW);
        let citations = match bare.filter(|_| has_bare()) {
            Some(law) => Cow::Owned(citations.with_bare_law(law)),
            None => Cow::Borrowed(citations),
        };
        let words = patterns.iter().find_map(|pattern| words(pattern, text, &citations, draft.rules));
        let path = draft.path(text.scope, text.item);
        if let Some(words) = words.filter(|_| !found.iter().any(|(known, _)| *known == path)) {
            found.push((path, words));
        }
    }
    for (path, words) in found {
        let words: Vec<(&str, &str)> = words.iter().map(|(key, word)| (*key, word.as_str())).collect();
        draft.add(rule, path, &words);
    }
}

/// The words of the message, where the text cites so.
fn words<'p>(
    pattern: &'p CitationPattern,
    text: &Text<'_>,
    citations: &Citations,
    rules: &RuleSet,
) -> Option<Vec<(&'p str, String)>> {
    let looked_at =
        (pattern.items.is_empty() || is_listed(&pattern.items, text.item)) && !is_listed(&pattern.except, text.item);
    if !looked_at {
        return None;
    }
    if !citations.iter().any(|citation| pattern.cites.fits(citation)) {
        return None;
    }
    let found: Vec<&Citation> = pattern.found(citations, text.plain()).collect();
    let first = found.first()?;
    let mut words: Vec<(&str, String)> = pattern.words.iter().map(|(key, word)| (key.as_str(), word.clone())).collect();
    words.push(("引用", quoted(citations, first)));
    words.push(("新項", translated(&found, rules)));
    Some(words)
}

fn quoted(citations: &Citations, citation: &Citation) -> String {
    shortened(&citations.quoted(citation), QUOTED_CHARS)
}

/// What the 項 of the old 別表第一 that are cited are called now.
fn translated(found: &[&Citation], rules: &RuleSet) -> String {
    let mut items: Vec<&str> = Vec::new();
    for citation in found {
        if let Place::Schedule(_, listed) = &citation.place {
            items.extend(listed.iter().map(String::as_str).filter(|item| !items.contains(item)).collect::<Vec<_>>());
        }
    }
    if items.is_empty() {
        return "「別表の○の項」です(項の番号も変わっています。新しい番号を確かめてください)".to_owned();
    }
    let new: Vec<Option<&str>> = items.iter().map(|item| rules.old_schedule.get(*item).map(String::as_str)).collect();
    let unknown: Vec<&str> = items.iter().zip(&new).filter(|(_, new)| new.is_none()).map(|(item, _)| *item).collect();
    let listed = new.iter().map(|new| new.unwrap_or("？")).collect::<Vec<_>>().join("、");
    let same = items.iter().zip(&new).all(|(item, new)| *new == Some(*item));
    let remark = if same {
        "(項の番号は変わりません)".to_owned()
    } else if unknown.is_empty() {
        format!("(旧別表第一の{}の項)", items.join("、"))
    } else {
        let unknown = unknown.join("、");
        format!("(旧別表第一の{}の項。{unknown}の項に当たる項は分かりません。番号を確かめてください)", items.join("、"))
    };
    format!("「別表の{listed}の項」です{remark}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::citation;

    #[test]
    #[allow(clippy::unwrap_used)]
    fn lists_of_the_old_schedule_are_translated_number_by_number() {
        let rules = RuleSet::shipped().unwrap();
        let check = |text: &str, expected: &str| {
            let read = citation::read(text);
            let found: Vec<&Citation> =
                read.iter().filter(|found| matches!(found.place, Place::Schedule(..))).collect();
            assert_eq!(translated(&found, rules), expected, "{text}");
        };
        check("別表第一の16、30の項、59の項", "「別表の24、44、85の項」です(旧別表第一の16、30、59の項)");
        check("別表第一の16、30、59、68の項", "「別表の24、44、85、100の項」です(旧別表第一の16、30、59、68の項)");
        check("別表第一の十六の項", "「別表の24の項」です(旧別表第一の16の項)");
        check("別表第一の3の項", "「別表の3の項」です(項の番号は変わりません)");
        check(
            "別表第一の13及び36の2の項",
            "「別表の？、55の項」です(旧別表第一の13、36の2の項。13の項に当たる項は分かりません。番号を確かめてください)",
        );
    }
}
