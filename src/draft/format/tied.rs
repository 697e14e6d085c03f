//! Link and wording of change rows → file.

use super::write::quoted;
use crate::draft::{ChangeLink, ChangeStyle, Decision, Extent, ItemStyle, Questions, Spot, Stale, Target};

/// The fields of a link, those that say something.
pub(super) fn link(link: &ChangeLink) -> Vec<(&'static str, String)> {
    let ChangeLink { since, targets, regrouped, proposed, stale, answers, decision } = link;
    let mut fields = vec![("since", quoted(since))];
    if !targets.is_empty() {
        fields.push(("targets", list(targets.iter().map(target))));
    }
    if *regrouped {
        fields.push(("regrouped", "true".to_owned()));
    }
    if !proposed.is_empty() {
        let prints = proposed.iter().map(|(column, print)| format!("{}: {}", quoted(column), quoted(print)));
        fields.push(("proposed", format!("{{{}}}", prints.collect::<Vec<_>>().join(", "))));
    }
    if let Some(stale) = stale {
        fields.push(("stale", format!("Some({})", stale_name(*stale))));
    }
    if *answers != Questions::default() {
        let Questions { practice_changes, only_reduces_risk } = answers;
        let answers = [("practice_changes", practice_changes), ("only_reduces_risk", only_reduces_risk)];
        let said = answers.iter().filter(|(_, answer)| answer.is_some());
        let said = said.map(|(name, answer)| format!("{name}: {answer:?}"));
        fields.push(("answers", format!("({})", said.collect::<Vec<_>>().join(", "))));
    }
    if let Some(Decision { important, ground, template }) = decision {
        let (ground, template) = (quoted(ground), quoted(template));
        fields.push(("decision", format!("Some((important: {important}, ground: {ground}, template: {template}))")));
    }
    fields
}

/// The wording of change rows; `None` for the usual one.
pub(super) fn style(style: ChangeStyle) -> Option<String> {
    let ChangeStyle { item, extent, together } = style;
    let item = match item {
        ItemStyle::Short => "short",
        ItemStyle::Full => "full",
    };
    let extent = match extent {
        Extent::Changed => "changed",
        Extent::Whole => "whole",
    };
    (style != ChangeStyle::default()).then(|| format!("(item: {item}, extent: {extent}, together: {together})"))
}

/// Values on one line.
pub(super) fn list(values: impl Iterator<Item = String>) -> String {
    format!("[{}]", values.collect::<Vec<_>>().join(", "))
}

fn target(Target { item, file, entry }: &Target) -> String {
    let spots = [("file", file), ("entry", entry)];
    let spots =
        spots.into_iter().filter_map(|(name, spot)| Some(format!(", {name}: Some({})", spot_name(spot.as_ref()?))));
    format!("(item: {}{})", quoted(item), spots.collect::<String>())
}

fn spot_name(spot: &Spot) -> String {
    match spot {
        Spot::Last(index) => format!("last({index})"),
        Spot::New(name) => format!("new({})", quoted(name)),
    }
}

fn stale_name(stale: Stale) -> &'static str {
    match stale {
        Stale::Changed => "changed",
        Stale::Gone => "gone",
    }
}
