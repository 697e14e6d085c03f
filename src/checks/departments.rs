//! A department that is not named where it must be.

use super::draft_index::DraftIndex;
use super::{OtherSide, sides};
use crate::draft::{Scope, is_blank};
use crate::form::{Rule, citation};

/// What a department's name ends with.
const ENDINGS: &[&str] = &["課", "室", "局", "支所", "出張所", "センター", "事務所", "係", "部"];

/// The item names a department that none of the others names.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule, of: &str, within: &[String]) {
    if !draft.knows(of) || !within.iter().any(|id| draft.knows(id)) {
        return;
    }
    for scope in draft.scopes(of) {
        let own = scope.text(of);
        // A document item is compared with every file; a file's item only with its own file.
        let others: Vec<String> = within
            .iter()
            .filter(|id| draft.knows(id))
            .flat_map(|id| {
                let all = draft.scopes(id);
                let same_file = all
                    .into_iter()
                    .filter(|other| scope.file_index().is_none_or(|file| other.file_index() == Some(file)));
                same_file.map(|other| citation::plain(&other.text(id))).collect::<Vec<_>>()
            })
            .filter(|text| !is_blank(text))
            .collect();
        let names = names(&own);
        let missing = names.iter().find(|name| !others.iter().any(|other| other.contains(name.as_str())));
        // Of the departments in charge of the whole document, one that is named is enough.
        let all_missing = names.iter().all(|name| !others.iter().any(|other| other.contains(name.as_str())));
        let missing = missing.filter(|_| scope.file_index().is_some() || all_missing);
        let Some(name) = missing.filter(|_| !others.is_empty()) else { continue };
        let sides = sides_of(draft, scope, within);
        if let Some(finding) = draft.add(rule, draft.path(scope, of), &[("部署", name)]) {
            finding.others = sides;
        }
    }
}

/// The answers a department was looked for in: those of its own file, or of all.
fn sides_of(draft: &DraftIndex<'_>, scope: Scope<'_>, within: &[String]) -> Vec<OtherSide> {
    let known = within.iter().filter(|id| draft.knows(id));
    let places = known.flat_map(|id| draft.scopes(id).into_iter().map(move |other| (other, id)));
    let own = places.filter(|(other, _)| scope.file_index().is_none_or(|file| other.file_index() == Some(file)));
    let sides = own.map(|(other, id)| sides::side(draft, draft.path(other, id)));
    sides.filter(|side| !side.says.is_empty()).take(sides::N_OTHERS).collect()
}

/// The last unit of each department named: 税務課 of 財務部税務課.
fn names(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| c.is_whitespace() || "、,，・/／（）()\n".contains(c));
    let parts = parts.map(citation::plain).filter(|part| ENDINGS.iter().any(|ending| part.ends_with(ending)));
    let units: Vec<String> = parts.map(|part| last_unit(&part)).collect();
    // 財務部　税務課 is one department: the 部 is left out where a smaller unit is named.
    let small: Vec<String> = units.iter().filter(|unit| !unit.ends_with(['部', '局'])).cloned().collect();
    if small.is_empty() { units } else { small }
}

fn last_unit(name: &str) -> String {
    let outer = ["部", "局", "課"];
    let inner = name.char_indices().rev().skip(1).find(|(_, c)| outer.iter().any(|unit| unit.starts_with(*c)));
    match inner {
        Some((at, c)) if at + c.len_utf8() + '一'.len_utf8() < name.len() => name[at + c.len_utf8()..].to_owned(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_unit_is_compared() {
        assert_eq!(names("財務部税務課、市民部　市民課"), ["税務課", "市民課"]);
        assert_eq!(names("税務課"), ["税務課"]);
        assert_eq!(names("総務部"), ["総務部"]);
        assert_eq!(names("部局の長"), Vec::<String>::new());
    }
}
