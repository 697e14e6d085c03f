//! 提出時期 and its explanation for one difference: proposed, never decided.
//!
//! The author's answers to the two questions come first, then what the change looks like (`timing.ron`), then whether
//! the item has ※. A ※ item about which nothing is known stays open until the questions are answered.

use crate::changes::difference::{Difference, What};
use crate::draft::{Decision, Questions};
use crate::form::{Form, Ground, Kind, Pattern, Template, Timing, citation, is_listed};

/// What is proposed for a difference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// 事前 or 事後; empty while the questions are open.
    pub timing: String,
    /// The explanation, its blanks filled where they are known.
    pub reason: String,
    /// What it rests on; `None` while the questions are open.
    pub decision: Option<Decision>,
}

/// Proposes 提出時期 and its explanation.
pub fn propose(form: &Form, difference: &Difference, answers: Questions) -> Proposal {
    let Ok(timing) = Timing::shipped() else { return Proposal::default() };
    let Some(ground) = ground(timing, form, difference, answers) else { return Proposal::default() };
    let template = timing.template(&ground.template);
    Proposal {
        timing: template.map_or(String::new(), |template| template.timing.clone()),
        reason: template.map_or(String::new(), |template| filled(template, form, difference)),
        decision: Some(Decision {
            important: ground.important,
            ground: ground.id.clone(),
            template: ground.template.clone(),
        }),
    }
}

/// Whether any item of the difference has ※.
pub fn is_starred(form: &Form, difference: &Difference) -> bool {
    if form.signs.star.is_none() {
        return false;
    }
    let id = &difference.target.item;
    let inside = form.item(id).into_iter().flat_map(|item| item.with_inner().skip(1));
    match difference.what {
        What::Order(_) | What::FileRenamed(_) => false,
        // A new file or one that is gone has all the ※ items of its sections.
        What::FileAdded(..) | What::FileRemoved(_) => true,
        _ => form.is_starred(id) || inside.into_iter().any(|inner| form.is_starred(&inner.id)),
    }
}

fn ground<'a>(timing: &'a Timing, form: &Form, difference: &Difference, answers: Questions) -> Option<&'a Ground> {
    let looks_like = || timing.grounds.iter().find(|ground| fits(ground, difference));
    if !is_starred(form, difference) {
        return Some(looks_like().filter(|ground| !ground.important).unwrap_or(&timing.not_starred));
    }
    match (answers.practice_changes, answers.only_reduces_risk) {
        (Some(false), _) => Some(looks_like().filter(|ground| !ground.important).unwrap_or(&timing.no_change)),
        (Some(true), Some(true)) => Some(&timing.less_risk),
        (Some(true), Some(false)) => Some(looks_like().filter(|ground| ground.important).unwrap_or(&timing.important)),
        (Some(true), None) => looks_like().filter(|ground| ground.important),
        (None, _) => looks_like().filter(|ground| !ground.after_asking),
    }
}

/// Whether the change looks as the ground says.
fn fits(ground: &Ground, difference: &Difference) -> bool {
    let (before, after) = (&difference.before, &difference.after);
    let kind = difference.what.key();
    let without = |pattern: &Pattern, text: &str| pattern.replaced(&citation::plain(text), "＃").into_owned();
    (ground.items.is_empty() || is_listed(&ground.items, &difference.target.item))
        && (ground.kinds.is_empty() || ground.kinds.iter().any(|known| known == kind))
        && ground.before.as_ref().is_none_or(|pattern| pattern.is_match(before))
        && ground.after.as_ref().is_none_or(|pattern| pattern.is_match(after))
        && ground.came.as_ref().is_none_or(|pattern| pattern.is_match(after) && !pattern.is_match(before))
        && (!ground.box_added || box_added(before, after))
        && ground.same_without.as_ref().is_none_or(|pattern| {
            !before.is_empty() && !after.is_empty() && without(pattern, before) == without(pattern, after)
        })
        && (!ground.citations_only || citation::only_citations_changed(before, after))
        && ground.changed_lines.as_ref().is_none_or(|pattern| {
            let mut lines = changed_lines(before, after).peekable();
            lines.peek().is_some() && lines.all(|line| pattern.is_match(line))
        })
}

/// A box that is on now and was off; what stands in its （　） does not matter.
fn box_added(before: &str, after: &str) -> bool {
    let label = |line: &str| line.split('（').next().unwrap_or_default().to_owned();
    let on = |text: &str| text.lines().filter(|line| line.starts_with("［○］")).map(label).collect::<Vec<_>>();
    let before = on(before);
    on(after).iter().any(|line| !before.contains(line))
}

pub(super) fn changed_lines<'a>(before: &'a str, after: &'a str) -> impl Iterator<Item = &'a str> + Clone {
    let gone = before.lines().filter(move |line| !after.lines().any(|other| other == *line));
    let came = after.lines().filter(move |line| !before.lines().any(|other| other == *line));
    gone.chain(came).filter(|line| !line.trim().is_empty())
}

/// The template with the blanks filled that the change itself fills.
pub(super) fn filled(template: &Template, form: &Form, difference: &Difference) -> String {
    let item = form.item(&difference.target.item).map(|item| match item.kind {
        // A single box says what holds; what it is about says the heading.
        Kind::Check => form.items().find(|outer| outer.inner().iter().any(|inner| inner.id == item.id)).unwrap_or(item),
        _ => item,
    });
    let label = item.map_or("", |item| item.label.as_str());
    let label = label.split('。').next().unwrap_or_default().replace("{n}", "");
    let done = match difference.what {
        What::EntryAdded(..) | What::FileAdded(..) => "追加",
        What::EntryRemoved(_) | What::FileRemoved(_) => "削除",
        // Not 変更: the template goes on with 重要な変更.
        _ => "見直し",
    };
    let mut text = template.text.clone();
    if !label.is_empty() {
        text = text.replace("【変更の概要】", &format!("{label}の{done}"));
    }
    if let What::Date(_) = difference.what
        && !difference.after.is_empty()
    {
        text = text.replace("【令和 年 月 日】", &difference.after);
    }
    text
}
