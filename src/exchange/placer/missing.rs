//! Labels that were not found: their items stay empty, and are in doubt.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::{Answers, GroupDoubt};
use super::receipt::DoubtKind;
use super::script::Opens;
use super::walk::Walk;
use crate::form::Item;

/// An item whose label is nowhere in its section stays empty; somebody should see whether the document answers it.
pub(super) fn doubt_missing(walk: &Walk<'_, '_>, answers: &mut Answers) {
    // Group and section → its labels that were met, and the first box of them.
    let mut met: BTreeMap<(usize, &str), (BTreeSet<usize>, usize)> = BTreeMap::new();
    for found in &walk.found {
        let section = walk.label_of(found).section.id.as_str();
        let at = (answers.of_blocks[found.block], section);
        met.entry(at).or_insert_with(|| (BTreeSet::new(), found.boxes[0])).0.insert(found.label);
    }
    for ((group, section), (labels, first)) in met {
        let of_section = walk.script.labels.iter().enumerate().filter(|(_, label)| label.section.id == section);
        let asked: Vec<(usize, &Item)> = of_section
            .filter_map(|(at, label)| match label.opens {
                Opens::Item(item) if label.repeat.is_none() && item.fixed.is_none() => Some((at, item)),
                _ => None,
            })
            .collect();
        let missing = || asked.iter().filter(|(at, _)| !labels.contains(at));
        // Where most of a section is not there, it was not handed in.
        if missing().count() * 2 > asked.len() {
            continue;
        }
        for (_, item) in missing() {
            let doubt = GroupDoubt { item: item.id.clone(), entry: None, one: first, kind: DoubtKind::NoLabel };
            answers.groups[group].doubts.push(doubt);
        }
    }
}
