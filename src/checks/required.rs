//! Items that the form requires and that are blank. The form decides what is required; the rules only say whose words
//! are used.

use super::draft_index::{DraftIndex, is_filled};
use crate::characters;
use crate::draft::{Answer, Scope, Stage};
use crate::form::{Check, Condition, Derived, Facts, FieldPath, Item, Kind, Known, Phase, Required, Rule};

/// Reports every blank required item, each with the rule that speaks for it.
pub(super) fn check(draft: &mut DraftIndex<'_>) {
    let mut file_name_seen = false;
    for item in draft.form.items() {
        let id = item.id.as_str();
        let Some(position) = draft.position_of(id) else { continue };
        let repeats = matches!(&item.kind, Kind::Repeat(repeat) if repeat.min > 0);
        if position.for_others || !(repeats || item.required != Required::No) || !is_due(item, draft.state.stage) {
            continue;
        }
        // The name of a file is asked once, where it first stands on paper.
        if item.derived == Some(Derived::FileName) && std::mem::replace(&mut file_name_seen, true) {
            continue;
        }
        for scope in draft.scopes(id) {
            if is_required(draft, scope, item) && is_blank(scope, item) && !goes_with_a_mark(draft, scope, item) {
                report(draft, scope, item);
            }
        }
    }
}

/// Whether an item is reported because the form requires it.
pub(super) fn is_missing(draft: &DraftIndex<'_>, path: &FieldPath) -> bool {
    let Some(item) = draft.form.item(&path.item) else { return false };
    let scope = path.file.map_or(draft.document(), |file| draft.document().file(file));
    is_due(item, draft.state.stage) && is_required(draft, scope, item) && is_blank(scope, item)
}

/// The rule that speaks for an item: an exact id before a pattern, a long pattern before a short one.
pub(super) fn speaker<'a>(rules: impl Iterator<Item = (&'a Rule, &'a [String])>, id: &str) -> Option<&'a Rule> {
    let fits = |entry: &str| match (entry.strip_prefix('*'), entry.strip_suffix('*')) {
        (Some(end), _) => id.ends_with(end).then_some(end.len()),
        (None, Some(start)) => id.starts_with(start).then_some(start.len()),
        (None, None) => (entry == id).then_some(usize::MAX),
    };
    let best = |list: &[String]| list.iter().filter_map(|entry| fits(entry)).max();
    rules.filter_map(|(rule, list)| Some((best(list)?, rule))).max_by_key(|(fit, _)| *fit).map(|(_, rule)| rule)
}

fn report<'a>(draft: &mut DraftIndex<'a>, scope: Scope<'a>, item: &Item) {
    let rules = draft.rules.rules.iter().filter(|rule| rule.is_for(draft.form));
    let named = rules.clone().filter_map(|rule| match &rule.check {
        Check::Required(items) => Some((rule, items.as_slice())),
        _ => None,
    });
    let other = || rules.clone().find(|rule| matches!(rule.check, Check::OtherRequired));
    let Some(rule) = speaker(named, &item.id).or_else(other) else { return };
    if draft.speaks(rule) {
        draft.add(rule, draft.path(scope, &item.id), &[]);
        // Somebody wrote it on purpose: why it is told is not seen without a word.
        let written = scope.text(&item.id);
        if !characters::is_unseen(&written) {
            draft.advise(&format!("「{}」は、この欄では答えになりません。", written.trim()));
        }
    }
}

fn is_due(item: &Item, stage: Stage) -> bool {
    item.phase == Phase::Any || stage == Stage::Final
}

fn is_required(draft: &DraftIndex<'_>, scope: Scope<'_>, item: &Item) -> bool {
    let required = match &item.required {
        Required::Always => Known::Yes,
        Required::When(condition) => condition.holds(&scope),
        Required::No => Known::No,
    };
    let repeats = matches!(&item.kind, Kind::Repeat(repeat) if repeat.min > 0);
    (required == Known::Yes || repeats) && draft.applies(scope, &item.id) != Known::No
}

/// Whether a finding asks to mark a box that takes the item out: then one act mends both.
fn goes_with_a_mark(draft: &DraftIndex<'_>, scope: Scope<'_>, item: &Item) -> bool {
    let conditions = draft.position_of(&item.id).into_iter().flat_map(|position| position.enabled_if());
    let mut boxes = conditions.flat_map(Condition::items);
    boxes.any(|id| draft.to_mark.iter().any(|path| path.item == id && *path == draft.path(scope, id)))
}

/// Whether nothing is answered. 「－」 and 「なし」 are no answer, but where the form says that they are one.
fn is_blank(scope: Scope<'_>, item: &Item) -> bool {
    // The number of entries is filled in by the program; having no entry is reported for the entries.
    if matches!(item.derived, Some(Derived::CountOf(_))) {
        return false;
    }
    match &item.kind {
        Kind::Group { .. } | Kind::Check | Kind::Table { .. } => false,
        Kind::Choice { .. } | Kind::Count => {
            !matches!(scope.answer(&item.id), Some(Answer::Foreign(_))) && Facts::number(&scope, &item.id).is_none()
        }
        // A 別紙 with all of its entries is an answer.
        Kind::Repeat(_) if scope.n_listed(&item.id) > 0 => false,
        Kind::Checks { .. } | Kind::Repeat(_) | Kind::Figure | Kind::FreeTable => {
            scope.answer(&item.id).is_none_or(Answer::is_empty)
        }
        _ if item.required == Required::Always && item.none_is_answer => characters::is_unseen(&scope.text(&item.id)),
        // A pre-printed answer is no gap; what else is a dash alone says nothing.
        _ if item.required == Required::Always && item.fixed.is_some() => characters::is_unseen(&scope.text(&item.id)),
        _ => !is_filled(scope, &item.id) || is_ditto(&scope.text(&item.id)),
    }
}

/// Whether a text only says that it says what another does.
fn is_ditto(text: &str) -> bool {
    matches!(text.trim(), "同上" | "同左" | "〃")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::RuleSet;

    #[test]
    #[allow(clippy::unwrap_used)]
    fn exact_ids_go_before_patterns() {
        let rules = RuleSet::shipped().unwrap();
        let speaks = |id: &str| {
            let named = rules.rules.iter().filter_map(|rule| match &rule.check {
                Check::Required(items) => Some((rule, items.as_slice())),
                _ => None,
            });
            speaker(named, id).map(|rule| rule.id.as_str())
        };
        assert_eq!(speaks("risk.use.link.adequacy"), Some("REQ-16"));
        assert_eq!(speaks("risk.network.inflow.adequacy"), Some("XC-N11"));
        assert_eq!(speaks("overview.outsource.items.sub.scope"), Some("XC-C6"));
        assert_eq!(speaks("overview.outsource.items.content"), Some("XC-C5"));
        assert_eq!(speaks("overview.no_such_item"), None);
    }
}
