//! Where an answer of the draft stood in the publication before.

use crate::draft::{Answer, Base, Draft, Part};
use crate::form::{FieldPath, Form, Kind};

/// The address of the same answer in the base, or `None` where it had none.
///
/// Files go by their name, entries by their title or first line; what is found under no name or under several
/// goes by its number, unless the one of that number in the base belongs to another.
pub fn counterpart(form: &Form, draft: &Draft, path: &FieldPath) -> Option<FieldPath> {
    let base = &draft.base.as_ref()?.draft;
    let file = match path.file {
        Some(index) => {
            let names = |draft: &Draft| draft.files.iter().map(|file| file.name.clone()).collect::<Vec<_>>();
            Some(same_place(&names(draft), &names(base), index)?)
        }
        None => None,
    };
    let entry = match (path.entry, form.repeat_of(&path.item)) {
        (Some(index), Some(repeat)) => {
            let Kind::Repeat(inside) = &repeat.kind else { return None };
            let line = || inside.items.iter().find(|item| matches!(item.kind, Kind::TextLine));
            let title = inside.title_item.as_deref().or_else(|| Some(&*line()?.id));
            let names = |draft: &Draft, file: Option<usize>| names(draft, file, &repeat.id, title);
            Some(same_place(&names(draft, path.file), &names(base, file), index)?)
        }
        // A change row: those of last year come first and stay.
        (Some(index), None) => (index < base.changes.len()).then_some(Some(index))?,
        (None, _) => None,
    };
    Some(FieldPath { file, item: path.item.clone(), entry })
}

/// What the base says at that place; `None` without base, without counterpart or where nothing was answered.
pub fn previous<'a>(form: &Form, draft: &'a Draft, path: &FieldPath) -> Option<&'a Answer> {
    let at = counterpart(form, draft, path)?;
    let Base { draft: base, .. } = &**draft.base.as_ref()?;
    answer(form, base, &at)
}

/// Whether the answer differs from that of the publication before; without a base nothing does.
pub fn is_changed(form: &Form, draft: &Draft, path: &FieldPath) -> bool {
    let filled = |answer: Option<&'_ Answer>| answer.filter(|answer| !answer.is_empty()).cloned();
    draft.base.is_some() && filled(answer(form, draft, path)) != filled(previous(form, draft, path))
}

fn part(draft: &Draft, file: Option<usize>) -> Option<&Part> {
    match file {
        Some(index) => draft.files.get(index).map(|file| &file.part),
        None => Some(&draft.document),
    }
}

fn answer<'a>(form: &Form, draft: &'a Draft, path: &FieldPath) -> Option<&'a Answer> {
    let mut part = part(draft, path.file)?;
    if let Some(index) = path.entry {
        let repeat = form.repeat_of(&path.item)?;
        part = part.answers.get(&repeat.id)?.as_entries()?.get(index)?;
    }
    part.answers.get(&path.item)
}

/// What the entries of a repeat are called.
fn names(draft: &Draft, file: Option<usize>, repeat: &str, title: Option<&str>) -> Vec<String> {
    let entries = part(draft, file).and_then(|part| part.answers.get(repeat)?.as_entries()).unwrap_or_default();
    let name = |entry: &Part| entry.answers.get(title?)?.as_text().map(|text| text.trim().to_owned());
    entries.iter().map(|entry| name(entry).unwrap_or_default()).collect()
}

/// Where in `before` the one at `index` of `now` stood.
fn same_place(now: &[String], before: &[String], index: usize) -> Option<usize> {
    let name = now.get(index)?;
    let only = |names: &[String], name: &String| {
        let mut places = names.iter().enumerate().filter(|(_, other)| *other == name && !name.is_empty());
        places.next().filter(|_| places.next().is_none()).map(|(place, _)| place)
    };
    if only(now, name).is_some()
        && let Some(place) = only(before, name)
    {
        return Some(place);
    }
    let name_before = before.get(index)?;
    let taken = only(before, name_before).is_some() && only(now, name_before).is_some();
    (!taken).then_some(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(now: &[&str], before: &[&str], index: usize, expected: Option<usize>) {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(same_place(&owned(now), &owned(before), index), expected, "{now:?} {before:?} {index}");
    }

    #[test]
    fn names_go_before_numbers() {
        check(&["甲", "乙"], &["甲", "乙"], 1, Some(1));
        check(&["乙", "甲"], &["甲", "乙"], 0, Some(1));
        check(&["乙"], &["甲", "乙"], 0, Some(1));
        check(&["新", "甲"], &["甲"], 0, None);
        check(&["改", "乙"], &["甲", "乙"], 0, Some(0));
        check(&["甲", "甲"], &["甲", "乙"], 1, Some(1));
        check(&["", ""], &["", ""], 1, Some(1));
        check(&["甲"], &[], 0, None);
    }
}
