//! The 特定個人情報ファイル against each other: names, order, answers that must be the same.

use super::draft_index::DraftIndex;
use super::sides::side;
use crate::draft::Scope;
use crate::form::{FieldPath, Pattern, Rule, citation};

/// Two items that name the files and do not name the same.
pub(super) fn names(draft: &mut DraftIndex<'_>, rule: &Rule, a: &str, b: &str) {
    if !draft.knows(a) || !draft.knows(b) {
        return;
    }
    let (in_a, in_b) = (named(draft, a), named(draft, b));
    let differing: Vec<&str> = (in_a.iter().filter(|name| !in_b.contains(name)))
        .chain(in_b.iter().filter(|name| !in_a.contains(name)))
        .map(String::as_str)
        .collect();
    if !in_a.is_empty() && !in_b.is_empty() && !differing.is_empty() {
        let (path, other) = (first_place(draft, a), first_differing(draft, b, &in_a));
        let others = other.map(|path| side(draft, path));
        if let Some(finding) = draft.add(rule, path, &[("差分", &differing.join("、"))]) {
            finding.others.extend(others);
        }
    }
}

/// Items that name the same files in different orders.
pub(super) fn order(draft: &mut DraftIndex<'_>, rule: &Rule, items: &[String]) {
    let lists: Vec<(&String, Vec<String>)> =
        items.iter().filter(|id| draft.knows(id)).map(|id| (id, named(draft, id))).collect();
    let sorted = |list: &[String]| {
        let mut list = list.to_vec();
        list.sort_unstable();
        list
    };
    let odd = lists.windows(2).find(|pair| pair[0].1 != pair[1].1 && sorted(&pair[0].1) == sorted(&pair[1].1));
    if let Some(pair) = odd {
        let path = first_place(draft, pair[0].0);
        draft.add(rule, path, &[]);
    }
}

/// Answers that differ between files: told once for each item, at the first file that differs.
pub(super) fn differ(draft: &mut DraftIndex<'_>, rule: &Rule, items: &[String]) {
    for id in items {
        let scopes = draft.scopes(id);
        let answers: Vec<(Scope<'_>, Vec<String>)> =
            scopes.into_iter().filter_map(|scope| Some((scope, answer(scope, id)?))).collect();
        let Some((_, first)) = answers.first() else { continue };
        if let Some((scope, _)) = answers.iter().find(|(_, other)| other != first) {
            draft.add(rule, draft.path(*scope, id), &[]);
        }
    }
}

/// An answer of a file in which another file is named and its own is not: told with that name.
pub(super) fn other_named(draft: &mut DraftIndex<'_>, rule: &Rule, items: &[String], except: &Pattern) {
    let names: Vec<String> = draft.state.document.files.iter().map(|file| citation::plain(file.name.trim())).collect();
    let other = |text: &str, own: usize| {
        let own = names.get(own).filter(|name| !name.is_empty())?;
        let sentences = text.split('。').filter(|sentence| !except.is_match(sentence));
        let is_other = |name: &String| {
            !name.is_empty() && name != own && sentences.clone().any(|sentence| sentence.contains(name.as_str()))
        };
        if text.contains(own.as_str()) { None } else { names.iter().position(is_other) }
    };
    let found: Vec<_> = draft
        .texts
        .iter()
        .filter(|text| items.iter().any(|id| id == text.item))
        .filter_map(|text| Some((draft.path(text.scope, text.item), other(text.plain(), text.scope.file_index()?)?)))
        .collect();
    for (path, file) in found {
        let name = draft.file_name(file).into_owned();
        draft.add(rule, path, &[("ファイル", &name)]);
    }
}

/// An answer that names a file, as the one whose answer is the same, that the document does not have.
pub(super) fn unknown(draft: &mut DraftIndex<'_>, rule: &Rule, says: &Pattern) {
    let names: Vec<String> = draft.state.document.files.iter().map(|file| citation::plain(file.name.trim())).collect();
    if names.is_empty() || names.iter().any(String::is_empty) {
        return;
    }
    let named = |text: &str| -> Option<String> {
        says.captures(text)
            .filter_map(|found| found.get(1))
            .map(|name| citation::plain(name.as_str()))
            .find(|said| !names.iter().any(|name| said.contains(name.as_str()) || name.contains(said.as_str())))
    };
    let listed: Vec<&str> = draft.state.document.files.iter().map(|file| file.name.trim()).collect();
    let listed = listed.join("、");
    draft.add_for_texts(rule, |text| {
        let said = text.written.contains("ファイル").then(|| named(text.seen()))??;
        Some([("ファイル", said), ("一覧", listed.clone())])
    });
}

/// A file with the name of one before it.
pub(super) fn twins(draft: &mut DraftIndex<'_>, rule: &Rule, id: &str) {
    if !draft.knows(id) {
        return;
    }
    let names: Vec<String> = draft.state.document.files.iter().map(|file| citation::plain(&file.name)).collect();
    for (index, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        if let Some(first) = names[..index].iter().position(|other| other == name) {
            let path = draft.path(draft.document().file(index), id);
            let words = [("ファイル", draft.file_name(index).into_owned()), ("先", (first + 1).to_string())];
            let words = words.each_ref().map(|(key, word)| (*key, word.as_str()));
            draft.add(rule, path, &words);
        }
    }
}

/// What was answered, in one spelling; `None` where nothing was.
fn answer(scope: Scope<'_>, id: &str) -> Option<Vec<String>> {
    match scope.answer(id)? {
        crate::draft::Answer::Checks(boxes) if !boxes.marked.is_empty() => {
            let mut marked = boxes.marked.clone();
            marked.sort_unstable();
            Some(marked)
        }
        crate::draft::Answer::Choice(Some(n)) => Some(vec![n.to_string()]),
        _ => None,
    }
}

/// The names an item gives, without numbering and spaces.
fn named(draft: &DraftIndex<'_>, id: &str) -> Vec<String> {
    let texts = draft.scopes(id).into_iter().map(|scope| scope.text(id).into_owned());
    texts.flat_map(|text| split(&text)).collect()
}

/// The names in one cell: one a line, or numbered one after the other.
fn split(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for line in text.lines() {
        let mut name = String::new();
        let mut rest = line.trim();
        while !rest.is_empty() {
            if let Some(after) = after_number(rest).filter(|_| name.is_empty() || name.ends_with([' ', '　', '、'])) {
                names.push(std::mem::take(&mut name));
                rest = after;
            } else {
                let mut chars = rest.chars();
                name.extend(chars.next());
                rest = chars.as_str();
            }
        }
        names.push(name);
    }
    let names = names.iter().map(|name| citation::plain(name.trim().trim_end_matches('、')));
    names.filter(|name| !name.is_empty()).collect()
}

/// What follows `１．`, `2)`, `③` and the like; `None` where there is no number.
fn after_number(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(['(', '（']);
    if let Some(rest) = text.strip_prefix(|c: char| matches!(c, '①'..='⑳')) {
        return Some(rest.trim_start());
    }
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９'));
    if rest.len() == text.len() {
        return None;
    }
    rest.strip_prefix(['.', '．', ')', '）', '、', ':', '：']).map(str::trim_start)
}

/// The first place of an item that names none of those.
fn first_differing(draft: &DraftIndex<'_>, id: &str, names: &[String]) -> Option<FieldPath> {
    let other = |scope: &Scope<'_>| {
        let own = split(&scope.text(id));
        !own.is_empty() && own.iter().any(|name| !names.contains(name))
    };
    draft.scopes(id).into_iter().find(other).map(|scope| draft.path(scope, id))
}

fn first_place(draft: &DraftIndex<'_>, id: &str) -> FieldPath {
    let scope = draft.scopes(id).first().copied().unwrap_or_else(|| draft.document());
    draft.path(scope, id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_names_are_told_apart() {
        assert_eq!(split("１．課税情報ファイル\n２．収納情報ファイル"), ["課税情報ファイル", "収納情報ファイル"]);
        assert_eq!(split("1. 課税情報ファイル 2. 収納情報ファイル"), ["課税情報ファイル", "収納情報ファイル"]);
        assert_eq!(split("住民税ファイル2.0"), ["住民税ファイル2.0"]);
    }
}
