//! One 部署, system or contractor in several spellings. Names that are only alike stay two: 部 and 課, 第一 and 第二, a
//! company and its subsidiary.

use std::collections::{BTreeMap, BTreeSet};

use super::{Findings, Member};
use crate::find::known_names;
use crate::item_names::narrow;

/// Kinds whose names are the city's own, of which one spelling is expected.
const KINDS: [&str; 3] = ["システム", "部署", "委託先"];
const DEPARTMENT: &str = "部署";

/// What is left of a name when nothing but its spelling is taken away.
fn plain(name: &str) -> String {
    let mut name = narrow(name).to_lowercase();
    for company in ["株式会社", "(株)", "㈱", "有限会社", "(有)", "㈲", "一般社団法人", "(一社)"] {
        name = name.replace(company, "");
    }
    name.chars().filter(|c| !matches!(c, '・' | '･' | '-' | '‐' | '－' | '_')).collect()
}

/// Names of one kind that are the same but for their spelling, and 部署 with and without the 部 above them.
pub(super) fn spellings(found: &mut Findings<'_>, members: &[Member<'_>]) {
    for kind in KINDS {
        let mut names: BTreeMap<(&str, String), BTreeMap<String, BTreeSet<usize>>> = BTreeMap::new();
        for (index, member) in members.iter().enumerate() {
            for name in names_of(member, kind) {
                let key = (member.agency.as_str(), plain(&name));
                names.entry(key).or_default().entry(name).or_default().insert(index);
            }
        }
        for spellings in names.values().filter(|spellings| spellings.len() > 1) {
            tell(found, kind, spellings);
        }
        if kind == DEPARTMENT {
            with_and_without(found, &names);
        }
    }
}

fn names_of(member: &Member<'_>, kind: &str) -> Vec<String> {
    let Some(kind) = member.form.names.iter().find(|names| names.kind == kind) else { return Vec::new() };
    let place = kind.places.iter().find(|place| !place.contains('#'));
    let names = place.map(|place| known_names(member.form, &member.draft.state.document, place, ""));
    names.unwrap_or_default()
}

fn tell(found: &mut Findings<'_>, kind: &str, spellings: &BTreeMap<String, BTreeSet<usize>>) {
    let documents: BTreeSet<usize> = spellings.values().flatten().copied().collect();
    let names: Vec<&str> = spellings.keys().map(String::as_str).collect();
    found.add("AC-04", documents.into_iter().collect(), &[("種類", kind), ("名前", &names.join("」「"))]);
}

/// 税務課 beside 財務部税務課: the rest before it must be a 部 or 局 itself.
fn with_and_without(found: &mut Findings<'_>, names: &BTreeMap<(&str, String), BTreeMap<String, BTreeSet<usize>>>) {
    for ((agency, long), long_names) in names {
        for ((_, short), short_names) in names.iter().filter(|((other, _), _)| other == agency) {
            let above = long.strip_suffix(short.as_str()).filter(|above| above.ends_with(['部', '局']));
            if above.is_some() && short.ends_with(['課', '室', '所']) {
                let both = long_names.iter().chain(short_names).map(|(name, at)| (name.clone(), at.clone()));
                tell(found, DEPARTMENT, &both.collect());
            }
        }
    }
}
