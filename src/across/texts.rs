//! Texts that the documents of one body have in common: where to ask, and the declaration.

use std::collections::BTreeMap;

use super::{Findings, Member};
use crate::item_names::narrow;

/// So many documents must agree before another one stands out.
const FEWEST_ALIKE: usize = 3;

/// One counter, told with another address or telephone number: the same first line, and another text below it.
pub(super) fn contacts(found: &mut Findings<'_>, members: &[Member<'_>]) {
    let mut counters: BTreeMap<(&str, String), BTreeMap<String, Vec<usize>>> = BTreeMap::new();
    for (index, member) in members.iter().enumerate() {
        let text = member.text(&member.form.key_items.inquiry);
        let Some((counter, rest)) = text.split_once('\n').filter(|_| !member.agency.is_empty()) else { continue };
        let key = (member.agency.as_str(), narrow(counter));
        counters.entry(key).or_default().entry(narrow(rest)).or_default().push(index);
    }
    for ((_, counter), texts) in counters.into_iter().filter(|(_, texts)| texts.len() > 1) {
        let mut documents: Vec<usize> = texts.into_values().flatten().collect();
        documents.sort_unstable();
        found.add("AC-05", documents, &[("窓口", &counter)]);
    }
}

/// A declaration that is worded otherwise than those of most documents of the body.
pub(super) fn declarations(found: &mut Findings<'_>, members: &[Member<'_>]) {
    let mut bodies: BTreeMap<&str, BTreeMap<String, Vec<usize>>> = BTreeMap::new();
    for (index, member) in members.iter().enumerate() {
        let text = member.text(&member.form.key_items.declaration);
        if !text.is_empty() && !member.agency.is_empty() {
            bodies.entry(&member.agency).or_default().entry(worded(&text, member)).or_default().push(index);
        }
    }
    for wordings in bodies.into_values() {
        let n_all: usize = wordings.values().map(Vec::len).sum();
        let n_most = wordings.values().map(Vec::len).max().unwrap_or_default();
        if n_most < FEWEST_ALIKE || n_most * 2 <= n_all {
            continue;
        }
        for documents in wordings.into_values().filter(|documents| documents.len() < n_most) {
            found.add("AC-06", documents, &[("件数", &n_most.to_string())]);
        }
    }
}

/// The declaration without what it says of its own 事務.
fn worded(text: &str, member: &Member<'_>) -> String {
    let (text, affairs) = (narrow(text), narrow(&member.affairs));
    if affairs.is_empty() { text } else { text.replace(&affairs, "○") }
}
