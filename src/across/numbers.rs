//! One number, and one id, for one document.

use std::collections::BTreeMap;

use super::{Findings, Member};

/// Two files that are one document: both may be written on.
pub(super) fn same_file(found: &mut Findings<'_>, members: &[Member<'_>]) {
    let mut files: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, member) in members.iter().enumerate() {
        if let Some(id) = member.id() {
            files.entry(id.as_str()).or_default().push(index);
        }
    }
    for documents in files.into_values().filter(|documents| documents.len() > 1) {
        found.add("AC-07", documents, &[]);
    }
}

/// A number of one body that stands on two documents of one kind, or on documents of different 事務.
pub(super) fn used_twice(found: &mut Findings<'_>, members: &[Member<'_>]) {
    let mut numbers: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (index, member) in members.iter().enumerate() {
        if !member.number.is_empty() && !member.agency.is_empty() {
            numbers.entry((&member.agency, &member.number)).or_default().push(index);
        }
    }
    for ((_, number), documents) in numbers {
        let clashes = |a: usize, b: usize| match (members.get(a), members.get(b)) {
            // Two files of one document are told as such.
            (Some(a), Some(b)) if a.id().is_some() && a.id() == b.id() => false,
            (Some(a), Some(b)) => a.is_basic() == b.is_basic() || !a.is_of_the_task_of(b),
            _ => false,
        };
        let is_one = |a: usize| documents.iter().any(|b| *b != a && clashes(a, *b));
        let twice: Vec<usize> = documents.iter().copied().filter(|a| is_one(*a)).collect();
        if !twice.is_empty() {
            found.add("AC-01", twice, &[("番号", number)]);
        }
    }
}
