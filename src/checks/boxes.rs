//! Boxes with a （　）, and boxes that a text must speak of.

use std::collections::BTreeMap;

use super::draft_index::DraftIndex;
use crate::draft::{Answer, Boxes, Scope, is_blank};
use crate::form::{BoxGroup, BoxOption, Item, Kind, Pattern, Rule, citation};

/// Marked boxes whose （　） is empty: told once for each item.
pub(super) fn empty_text(draft: &mut DraftIndex<'_>, rule: &Rule) {
    each(draft, |draft, scope, item, boxes| {
        let is_empty = |key: &String| boxes.is_on(key) && boxes.texts.get(key).is_none_or(|text| is_blank(text));
        let empty = item.boxes().filter(|option| option.free_text.is_some() && is_empty(&option.key));
        let empty: Vec<&str> = empty.map(|option| option.label.as_str()).collect();
        if !empty.is_empty() {
            draft.add(rule, draft.path(scope, &item.id), &[("選択肢", &empty.join("」「"))]);
        }
    });
}

/// A （　） filled although its box is off.
pub(super) fn stray_text(draft: &mut DraftIndex<'_>, rule: &Rule) {
    each(draft, |draft, scope, item, boxes| {
        for option in item.boxes().filter(|option| !boxes.is_on(&option.key)) {
            if boxes.texts.get(&option.key).is_some_and(|text| !is_blank(text)) {
                draft.add(rule, draft.path(scope, &item.id), &[("選択肢", &option.label)]);
            }
        }
    });
}

/// Marked boxes that the reason below them says nothing about, all of one item in one finding.
pub(super) fn reasons(
    draft: &mut DraftIndex<'_>,
    rule: &Rule,
    boxes_id: &str,
    reason_id: &str,
    words: &BTreeMap<String, Pattern>,
) {
    for scope in draft.scopes(boxes_id) {
        let Some(Answer::Checks(boxes)) = scope.answer(boxes_id) else { continue };
        let reason = citation::plain(&scope.text(reason_id));
        if is_blank(&reason) {
            continue;
        }
        let Some(Kind::Checks { groups, .. }) = draft.form.item(boxes_id).map(|item| &item.kind) else { continue };
        let is_silent = |group: &BoxGroup, option: &BoxOption| {
            let spoken_of = reason.contains(&core(&option.label))
                || (!group.label.is_empty() && reason.contains(&core(&group.label)))
                || words.get(&option.key).is_some_and(|pattern| pattern.is_match(&reason));
            boxes.is_on(&option.key) && !spoken_of && !own_words(boxes, &option.key, &reason)
        };
        let silent = groups.iter().flat_map(|group| group.options.iter().filter(|option| is_silent(group, option)));
        let labels: Vec<&str> = silent.map(|option| option.label.as_str()).collect();
        if !labels.is_empty() {
            draft.add(rule, draft.path(scope, reason_id), &[("選択肢", &labels.join("」「"))]);
        }
    }
}

/// Boxes that are off and for which the text gives a reason: a line that begins with the label of the box.
pub(super) fn without_box(draft: &mut DraftIndex<'_>, rule: &Rule, boxes_id: &str, reason_id: &str) {
    for scope in draft.scopes(boxes_id) {
        let Some(Answer::Checks(boxes)) = scope.answer(boxes_id) else { continue };
        let Some(item) = draft.form.item(boxes_id) else { continue };
        let reason = scope.text(reason_id);
        let heads: Vec<String> = reason.lines().filter_map(head).collect();
        let is_given = |option: &&BoxOption| {
            let label = core(&option.label);
            label.chars().count() >= LABEL_CHARS && !boxes.is_on(&option.key) && heads.contains(&label)
        };
        let labels: Vec<&str> = item.boxes().filter(is_given).map(|option| option.label.as_str()).collect();
        if !labels.is_empty() && !boxes.marked.is_empty() {
            let words = labels.join("」「");
            draft.add(rule, draft.path(scope, boxes_id), &[("選択肢", &words)]);
        }
    }
}

/// Shorter labels are words of any text: その他.
const LABEL_CHARS: usize = 4;

/// What stands before the colon of a line, as a label is read: 医療保険関係情報 of 「・医療保険関係情報：…」.
fn head(line: &str) -> Option<String> {
    let (head, _) = line.trim_start_matches(['・', '○', '　', ' ', '-', '－']).split_once(['：', ':'])?;
    Some(core(head))
}

/// Whether the reason repeats the text in the （　） of the box.
fn own_words(boxes: &Boxes, key: &str, reason: &str) -> bool {
    boxes.texts.get(key).is_some_and(|text| !is_blank(text) && reason.contains(&citation::plain(text)))
}

/// A label without bullet and （…）.
fn core(label: &str) -> String {
    let label = label.trim_start_matches('・');
    citation::plain(label.split('（').next().unwrap_or(label))
}

/// Every checks item with an answer.
fn each<'a>(draft: &mut DraftIndex<'a>, mut visit: impl FnMut(&mut DraftIndex<'a>, Scope<'a>, &'a Item, &'a Boxes)) {
    for at in 0..draft.answers.len() {
        if let Some((scope, item, Answer::Checks(boxes))) = draft.answers.get(at).copied() {
            visit(draft, scope, item, boxes);
        }
    }
}
