//! A 事務 that has ended: how 評価書名 says it, and until when the evaluation stays published.

use regex::Captures;

use super::draft_index::DraftIndex;
use crate::draft::{Date, Ended, Span};
use crate::form::{Pattern, Rule};

/// The end of the 事務, where 評価書名 says one.
pub(super) fn of(draft: &DraftIndex<'_>) -> Option<Ended> {
    Ended::read(&draft.document().text(&draft.form.key_items.name))
}

/// Told once: since when, and until when it stays published.
pub(super) fn said(draft: &mut DraftIndex<'_>, rule: &Rule) {
    let Some(ended) = of(draft) else { return };
    let is_over = draft.context.today.is_some_and(|today| today > ended.until);
    let until = if is_over { "までで過ぎています" } else { "まで続きます" };
    let until = format!("{}{until}", ended.until.in_era());
    let path = draft.path(draft.document(), &draft.form.key_items.name);
    draft.add(rule, path, &[("終了日", &ended.on.in_era()), ("公表", &until)]);
}

/// A name that says so in other words, with the official ones.
pub(super) fn said_otherwise(draft: &mut DraftIndex<'_>, rule: &Rule, words: &Pattern) {
    let item = &draft.form.key_items.name;
    let name = draft.document().text(item);
    if of(draft).is_some() {
        return;
    }
    // In the middle of a name they belong to it: 「通知カード（廃止）の返納に関する事務」.
    let name = name.trim();
    let is_apart =
        |found: &Captures<'_>| found.get(0).is_some_and(|said| said.start() == 0 || said.end() == name.len());
    let Some(found) = words.captures(name).find(is_apart) else { return };
    let day = found.get(1).and_then(|day| whole_day(day.as_str()));
    let said = found.get(0).map_or("", |said| said.as_str()).trim();
    let path = draft.path(draft.document(), item);
    draft.add(rule, path, &[("語", said), ("書き方", &Ended::words(day))]);
}

/// The day that is meant, also where its era was not then.
fn whole_day(text: &str) -> Option<Date> {
    Span::read(text).filter(|span| !span.is_month()).map(|span| span.first)
}
