//! Answers that promise more, or admit less, than the texts around them say.

use super::draft_index::DraftIndex;
use crate::draft::{Answer, Scope, is_blank};
use crate::form::{Item, Kind, Pattern, Rule};

/// An answer with one of the labels whose group has texts, none of which has the words, or too few characters. Where a text
/// explains the answer, those that explain other answers do not count.
pub(super) fn check(
    draft: &mut DraftIndex<'_>,
    rule: &Rule,
    labels: &[String],
    words: Option<&Pattern>,
    min_chars: usize,
) {
    for item in draft.form.items() {
        let id = item.id.as_str();
        let Some(parent) = draft.position_of(id).and_then(|position| position.parent) else { continue };
        if !matches!(item.kind, Kind::Choice { .. }) || !parent.inner().iter().any(is_text) {
            continue;
        }
        // 「課題」 may also be told in the last cell of the heading, その他のリスク.
        let heading = draft.position_of(&parent.id).and_then(|parent| parent.parent);
        let has_own = explained(parent).any(|(answer, _)| answer == id);
        for scope in draft.scopes(id) {
            let Some(label) = chosen(scope, item).filter(|label| labels.contains(label)) else { continue };
            let near: Vec<(&str, &str)> = texts(scope, parent).collect();
            // What explains another answer of the group admits nothing of this one.
            let is_own = |text: &str| {
                let mut of = explained(parent);
                !has_own || of.all(|(answer, explains)| answer == id || explains != text)
            };
            let own = near.iter().filter(|(item, _)| is_own(item)).copied();
            let last = heading.into_iter().flat_map(|heading| texts(scope, heading));
            let says = |pattern: &Pattern| own.clone().chain(last.clone()).any(|(_, text)| pattern.is_match(text));
            let length: usize = near.iter().map(|(_, text)| text.chars().filter(|c| !c.is_whitespace()).count()).sum();
            if words.is_some_and(|words| !says(words)) || length < min_chars {
                draft.add(rule, draft.path(scope, id), &[("回答", &label)]);
            }
        }
    }
}

fn chosen(scope: Scope<'_>, item: &Item) -> Option<String> {
    let Some(Answer::Choice(Some(n))) = scope.answer(&item.id) else { return None };
    item.options().iter().find(|option| option.n == *n).map(|option| option.label.clone())
}

/// The texts directly inside a group, each with its item.
fn texts<'a>(scope: Scope<'a>, group: &'a Item) -> impl Iterator<Item = (&'a str, &'a str)> + Clone {
    let text = move |item: &'a Item| Some((item.id.as_str(), scope.answer(&item.id)?.as_text()?));
    group.inner().iter().filter_map(text).filter(|(_, text)| !is_blank(text))
}

/// The answers of a group that a text follows at once, each with that text.
fn explained(group: &Item) -> impl Iterator<Item = (&str, &str)> {
    let pairs = group.inner().windows(2).filter_map(|pair| match pair {
        [answer, text] if matches!(answer.kind, Kind::Choice { .. }) && is_text(text) => Some((answer, text)),
        _ => None,
    });
    pairs.map(|(answer, text)| (answer.id.as_str(), text.id.as_str()))
}

fn is_text(item: &Item) -> bool {
    matches!(item.kind, Kind::TextBlock | Kind::TextLine)
}
