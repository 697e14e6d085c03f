//! What an item was not given: its label was not found and it stays empty, or something in its place was not read. Both are
//! in doubt.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::{Answers, GroupDoubt, Site};
use super::key::key;
use super::ledger::Ledger;
use super::receipt::DoubtKind;
use super::script::{Label, Opens};
use super::text::is_note;
use super::walk::Walk;
use crate::form::{Item, Kind};

/// Labels that stand together: the group, the section, and the entry of a repeat.
type Place<'f> = (usize, &'f str, Option<(&'f str, usize)>);

/// An item whose label is nowhere among those of its section or its entry stays empty; somebody should see whether the
/// document answers it.
pub(super) fn doubt_missing(walk: &Walk<'_, '_>, answers: &mut Answers) {
    // The labels that were met at a place, and the first box of them.
    let mut met: BTreeMap<Place<'_>, (BTreeSet<usize>, usize)> = BTreeMap::new();
    for found in &walk.found {
        let label = walk.label_of(found);
        let entry = label.repeat.zip(found.entry).map(|(repeat, entry)| (repeat.id.as_str(), entry));
        let at = (answers.of_blocks[found.block], label.section.id.as_str(), entry);
        met.entry(at).or_insert_with(|| (BTreeSet::new(), found.boxes[0])).0.insert(found.label);
    }
    for ((group, section, entry), (labels, first)) in met {
        let is_here = |label: &Label<'_>| {
            label.section.id == section
                && label.repeat.map(|repeat| repeat.id.as_str()) == entry.map(|(repeat, _)| repeat)
        };
        let asked: Vec<(usize, &Item)> = (walk.script.labels.iter().enumerate())
            .filter(|(_, label)| is_here(label))
            .filter_map(|(at, label)| match label.opens {
                Opens::Item(item) if item.fixed.is_none() => Some((at, item)),
                _ => None,
            })
            .collect();
        let missing = || asked.iter().filter(|(at, _)| !labels.contains(at));
        // Where most of a section is not there, it was not handed in.
        if missing().count() * 2 > asked.len() {
            continue;
        }
        for (_, item) in missing() {
            let entry = entry.map(|(_, entry)| entry);
            let doubt = GroupDoubt { item: item.id.clone(), entry, one: first, kind: DoubtKind::NoLabel };
            answers.groups[group].doubts.push(doubt);
        }
    }
}

/// An item that is chosen, ticked or counted, in whose place something is left over: a mark that nobody knows perhaps.
pub(super) fn doubt_rest(walk: &Walk<'_, '_>, sites: &[Site], ledger: &Ledger<'_>, answers: &mut Answers) {
    for site in sites {
        let label = walk.label_of(&walk.found[site.found]);
        let item = match label.opens {
            Opens::Item(item) | Opens::Heading(item) => item,
            Opens::Entry(_) | Opens::Section => continue,
        };
        let is_marked = matches!(item.kind, Kind::Choice { .. } | Kind::Checks { .. } | Kind::Check | Kind::Count)
            || matches!(label.opens, Opens::Heading(_));
        let is_rest = |one: &&usize| {
            let known = &walk.source.boxes[**one];
            let left = ledger.left_of(**one);
            known.is_cell() && known.is_shown() && !key(&left).is_empty() && !is_note(&left)
        };
        let rest = site.boxes.iter().find(is_rest).filter(|_| is_marked);
        answers.groups[site.group].doubts.extend(rest.map(|one| GroupDoubt {
            item: item.id.clone(),
            entry: site.entry,
            one: *one,
            kind: DoubtKind::Rest,
        }));
    }
}
