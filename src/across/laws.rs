//! Law that changed and is still cited as it was: for each change the documents that do. What is wrong in each of them its
//! own checks have found; here they stand together, so that all are put right at once.

use std::collections::BTreeSet;

use super::{Findings, Member};
use crate::form::Check;

/// A finding for each change of law of which a rule speaks in these documents, in the order of the rules. Rules of one
/// change have one source.
pub(super) fn stale(found: &mut Findings<'_>, members: &[Member<'_>]) {
    let rules = found.rules;
    let stale = rules.rules.iter().find_map(|rule| match &rule.check {
        Check::StaleLaw(of_each) => Some((rule, of_each)),
        _ => None,
    });
    let Some((stale, of_each)) = stale else { return };
    let mut changes: Vec<(&str, BTreeSet<usize>)> = Vec::new();
    for rule in of_each.iter().filter_map(|id| rules.rule(id)) {
        let speaks = members.iter().enumerate().filter(|(_, member)| member.told.contains(&rule.id));
        let documents = speaks.map(|(index, _)| index);
        match changes.iter_mut().find(|(change, _)| *change == rule.source) {
            Some((_, known)) => known.extend(documents),
            None => changes.push((&rule.source, documents.collect())),
        }
    }
    for (change, documents) in changes.into_iter().filter(|(_, documents)| !documents.is_empty()) {
        let n_documents = documents.len().to_string();
        found.add(&stale.id, documents.into_iter().collect(), &[("法令", change), ("件数", &n_documents)]);
    }
}
