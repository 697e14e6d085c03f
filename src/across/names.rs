//! One 部署, system or contractor in several spellings. Names that are only alike stay two: 部 and 課, 第一 and 第二, a
//! company and its subsidiary.

use std::collections::{BTreeMap, BTreeSet};

use super::{Findings, Member};
use crate::find::known_names;
use crate::item_names::narrow;

/// Kinds whose names are the city's own, of which one spelling is expected.
const KINDS: [&str; 3] = ["システム", "部署", "委託先"];
const DEPARTMENT: &str = "部署";

/// How the kinds of companies are written short, as they are when narrow.
const COMPANIES: [(&str, &str); 8] = [
    ("㈱", "株式会社"),
    ("㈲", "有限会社"),
    ("(株)", "株式会社"),
    ("(有)", "有限会社"),
    ("(合)", "合同会社"),
    ("(一社)", "一般社団法人"),
    ("(一財)", "一般財団法人"),
    ("(公財)", "公益財団法人"),
];

/// A name in the one spelling that all of its spellings have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Plain {
    /// Without the kind of company and what only parts the words.
    name: String,
    /// The kind of company, and whether it stands before the name.
    company: Option<(&'static str, bool)>,
}

fn plain(name: &str) -> Plain {
    let name = COMPANIES.iter().fold(narrow(name).to_lowercase(), |name, (short, whole)| name.replace(short, whole));
    let parted = COMPANIES.iter().find_map(|(_, company)| {
        let before = name.strip_prefix(company).map(|rest| (rest, (*company, true)));
        before.or_else(|| name.strip_suffix(company).map(|rest| (rest, (*company, false))))
    });
    let (name, company) = parted.map_or((name.as_str(), None), |(name, company)| (name, Some(company)));
    let signs: Vec<char> = name.chars().collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| signs.get(at)).is_some_and(char::is_ascii_digit);
    let is_kept = |at: usize| match signs[at] {
        '・' | '･' | '_' => false,
        // 1-2 is not 12.
        '-' | '‐' | '－' => is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)),
        _ => true,
    };
    let name = (0..signs.len()).filter(|at| is_kept(*at)).map(|at| signs[at]).collect();
    Plain { name, company }
}

/// The spellings of each name; a name without the kind of its company goes with the one company of that name.
fn by_name(names: Spelled<'_>) -> Spelled<'_> {
    let companies = |agency: &str, name: &str| -> Vec<Plain> {
        let all = names.keys().filter(|(other, _)| *other == agency).map(|(_, plain)| plain);
        all.filter(|plain| plain.name == name && plain.company.is_some()).cloned().collect()
    };
    let mut joined = Spelled::new();
    for ((agency, plain), spellings) in &names {
        let owner = match companies(agency, &plain.name).as_slice() {
            [one] => one.clone(),
            _ => plain.clone(),
        };
        let place = joined.entry((*agency, owner)).or_default();
        for (name, at) in spellings {
            place.entry(name.clone()).or_default().extend(at);
        }
    }
    joined
}

/// The names of each body by what they are, each with its spellings and the documents in which they stand.
type Spelled<'a> = BTreeMap<(&'a str, Plain), BTreeMap<String, BTreeSet<usize>>>;

/// Names of one kind that are the same but for their spelling, and 部署 with and without the 部 above them.
pub(super) fn spellings(found: &mut Findings<'_>, members: &[Member<'_>]) {
    for kind in KINDS {
        let mut names = Spelled::new();
        for (index, member) in members.iter().enumerate().filter(|(_, member)| !member.agency.is_empty()) {
            for name in names_of(member, kind) {
                let key = (member.agency.as_str(), plain(&name));
                names.entry(key).or_default().entry(name).or_default().insert(index);
            }
        }
        let names = by_name(names);
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
fn with_and_without(found: &mut Findings<'_>, names: &Spelled<'_>) {
    for ((agency, long), long_names) in names {
        for ((_, short), short_names) in names.iter().filter(|((other, _), _)| other == agency) {
            let above = long.name.strip_suffix(short.name.as_str()).filter(|above| above.ends_with(['部', '局']));
            if above.is_some() && short.name.ends_with(['課', '室', '所']) {
                let both = long_names.iter().chain(short_names).map(|(name, at)| (name.clone(), at.clone()));
                tell(found, DEPARTMENT, &both.collect());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many names these are, however they are spelled.
    fn count(names: &[&str]) -> usize {
        let mut spelled = Spelled::new();
        for (nth, name) in names.iter().enumerate() {
            spelled.entry(("市", plain(name))).or_default().entry((*name).to_owned()).or_default().insert(nth);
        }
        by_name(spelled).len()
    }

    #[test]
    fn a_company_is_one_by_its_kind_and_name() {
        for (names, n) in [
            (["株式会社青峰計算", "㈱青峰計算"].as_slice(), 1),
            (&["株式会社青峰計算", "（株）青峰計算", "青峰計算"], 1),
            (&["株式会社青峰計算", "有限会社青峰計算"], 2),
            (&["株式会社青峰計算", "有限会社青峰計算", "青峰計算"], 3),
            (&["青峰計算株式会社", "株式会社青峰計算"], 2),
            (&["一般社団法人青峰", "（一社）青峰"], 1),
            (&["一般社団法人青峰", "一般財団法人青峰"], 2),
            (&["システム1-2", "システム12"], 2),
            (&["税-システム", "税システム"], 1),
        ] {
            assert_eq!(count(names), n, "{names:?}");
        }
    }
}
