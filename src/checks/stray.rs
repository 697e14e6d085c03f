//! Items that are answered although they do not apply.

use super::draft_index::{DraftIndex, is_answered};
use super::required::speaker;
use crate::draft::{Answer, Scope};
use crate::form::{Check, Item, Kind, Known};

/// Reports every answered item that does not apply, each with the rule that speaks for it.
pub(super) fn check(draft: &mut DraftIndex<'_>) {
    let doubted = draft.doubted();
    for item in draft.form.items() {
        let id = item.id.as_str();
        let Some(position) = draft.position_of(id) else { continue };
        // Entries and their number have rules of their own; what stands inside needless entries is not told twice.
        let told = matches!(item.kind, Kind::Repeat(_) | Kind::Count | Kind::Group { .. });
        if told || position.enabled_if().next().is_none() {
            continue;
        }
        let repeat = position.repeat.map(|repeat| repeat.id.as_str());
        for scope in draft.scopes(id) {
            let entries_apply = repeat.is_none_or(|repeat| draft.applies(scope, repeat) != Known::No);
            // Where the answer that takes it out is itself told to be wrong, that is put right first.
            let is_doubted = || {
                position.enabled_if().flat_map(|when| when.items()).any(|id| doubted.contains(&draft.path(scope, id)))
            };
            if is_answered(scope, id) && entries_apply && draft.applies(scope, id) == Known::No && !is_doubted() {
                report(draft, scope, item);
            }
        }
    }
}

fn report<'a>(draft: &mut DraftIndex<'a>, scope: Scope<'a>, item: &Item) {
    let rules = draft.rules.rules.iter().filter(|rule| rule.is_for(draft.form));
    let named = rules.clone().filter_map(|rule| match &rule.check {
        Check::Stray(items) => Some((rule, items.as_slice())),
        _ => None,
    });
    let other = || rules.clone().find(|rule| matches!(rule.check, Check::OtherStray));
    let Some(rule) = speaker(named, &item.id).or_else(other).filter(|rule| draft.speaks(rule)) else { return };
    let box_on = excluding_box(draft, scope, &item.id);
    draft.add(rule, draft.path(scope, &item.id), &[("除く欄", &box_on)]);
}

/// The label of the box that takes the item out, e.g. 接続しない（入手）.
fn excluding_box(draft: &DraftIndex<'_>, scope: Scope<'_>, id: &str) -> String {
    let conditions = draft.position_of(id).into_iter().flat_map(|position| position.enabled_if());
    let ids = conditions.flat_map(|condition| condition.items());
    let on = ids.filter(|id| matches!(scope.answer(id), Some(Answer::Check(true))));
    let mut labels: Vec<String> = on.filter_map(|id| draft.form.item(id)).map(|item| item.label.clone()).collect();
    labels.dedup();
    labels.sort_unstable();
    labels.dedup();
    labels.join("」「")
}
