//! Systems that a text names and the list of systems does not.

use super::draft_index::DraftIndex;
use crate::draft::Scope;
use crate::form::{Pattern, Rule, citation};

/// The word that a name ends with.
const SYSTEM: &str = "システム";

/// A system named in `within` that is neither in the names nor in the functions of the list: told once for each place.
/// Silent while the list is empty.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule, list: [&str; 2], within: &str, except: &Pattern) {
    if ![list[0], list[1], within].iter().all(|id| draft.knows(id)) {
        return;
    }
    let [names, functions] =
        list.map(|id| draft.scopes(id).iter().map(|scope| citation::plain(&scope.text(id))).collect::<Vec<_>>());
    if names.iter().all(|name| name.is_empty()) {
        return;
    }
    let is_known = |name: &str| {
        let core = name.trim_end_matches(SYSTEM);
        let fits = |known: &String| {
            let known_core = known.trim_end_matches(SYSTEM);
            known.contains(core) || known_core.chars().count() > 1 && core.contains(known_core)
        };
        names.iter().any(fits) || functions.iter().any(|text| text.contains(name))
    };
    let found: Vec<_> = draft
        .scopes(within)
        .into_iter()
        .filter_map(|scope| {
            let unknown = named(scope, within, except).into_iter().find(|name| !is_known(name))?;
            Some((draft.path(scope, within), unknown))
        })
        .collect();
    for (path, name) in found {
        draft.add(rule, path, &[("システム", &name), ("一覧", &names.join("、"))]);
    }
}

/// The systems that a text names.
fn named(scope: Scope<'_>, id: &str, except: &Pattern) -> Vec<String> {
    let text = citation::plain(&scope.text(id));
    let ends = text.match_indices(SYSTEM).map(|(at, _)| at);
    let names = ends.map(|at| {
        let name: Vec<char> = text[..at].chars().rev().take_while(|c| is_name(*c)).collect();
        let name: String = name.into_iter().rev().collect();
        name.trim_start_matches(['・', 'ー', '-']).to_owned()
    });
    let names = names.filter(|name| name.chars().count() > 1 && !except.is_match(name));
    names.map(|name| format!("{name}{SYSTEM}")).collect()
}

fn is_name(c: char) -> bool {
    matches!(c, '一'..='龠' | '々' | 'ァ'..='ヶ' | 'ー' | '・' | '-') || c.is_ascii_alphanumeric()
}
