//! The change table: rows are known by the differences they tell of, else by what they say.

use std::sync::Arc;

use super::align::Pairs;
use super::list::{Lists, Naming, Pairing, new_pairs};
use super::walk::{At, Three, Walk};
use super::words;
use crate::changes::{self, Profile};
use crate::draft::{ChangeLink, ChangeRow, Document, Scope};
use crate::form::FieldPath;

impl Walk<'_> {
    pub(super) fn rows(&mut self, documents: Three<&Document>) -> Vec<Arc<ChangeRow>> {
        let form = self.form;
        let table = form.change_table().map_or("", |(item, _)| item.id.as_str());
        let lists = Lists::of(documents.map(|document| Some(document.rows.as_slice())));
        let same = |mine: usize, theirs: usize| is_same(&lists.mine[mine], &lists.theirs[theirs]);
        let new = match self.has_base {
            true => new_pairs(lists.mine.len(), lists.theirs.len(), &same),
            false => pairs(lists.mine, lists.theirs),
        };
        let pairing = Pairing { mine: pairs(lists.base, lists.mine), theirs: pairs(lists.base, lists.theirs), new };
        let here = FieldPath::document(table);
        let place = || words::place(form, &here, None);
        let title = |row: &Arc<ChangeRow>| row.item.clone();
        let naming = Naming { at: here.clone(), place: &place, entry: &title };
        let scopes = documents.map(|document| Some(Scope::document(form, document)));
        self.list(lists, &pairing, &naming, |walk, node, row| {
            let index = node.mine.or(node.theirs).or(node.base);
            let column = |column: &str| FieldPath { file: None, item: format!("{table}.{column}"), entry: index };
            let Some((mine, _)) = row.mine.zip(row.theirs) else {
                let place = || words::row(index);
                return walk.leaf(Some(column("item")), &place, row, &|row| words::row_text(row), &|| None);
            };
            let mut merged = ChangeRow::clone(mine);
            let at = At { scopes, path: FieldPath { entry: index, ..FieldPath::default() }, file_name: None };
            for id in ChangeRow::COLUMNS {
                let cells = row.map(|row| row.column(id).map(str::to_owned));
                if let (Some(text), Some(place)) =
                    (walk.text(column(id), "", &at, cells.as_ref()), merged.column_mut(id))
                {
                    *place = text;
                }
            }
            let note = walk.text(column("item"), "の内部メモ", &at, row.map(|row| Some(&row.note)));
            merged.note = note.unwrap_or_default();
            let why = walk.text(column("item"), "の見直した理由", &at, row.map(|row| Some(&row.why)));
            merged.why = why.unwrap_or_default();
            merged.comments = walk.comments(column("item"), &at, row.map(|row| Some(row.comments.as_slice())));
            let waivers = row.map(|row| Some(row.waivers.as_slice()));
            merged.waivers = walk.waivers(&FieldPath { entry: index, ..FieldPath::default() }, None, waivers);
            let links = row.map(|row| Some(&row.link));
            let place = || format!("{}の判断", words::row(index));
            let link = walk.leaf(Some(column("item")), &place, links, &|link| words::link(link.as_deref()), &|| None);
            merged.link = link.flatten();
            Some(Arc::new(merged))
        })
    }
}

/// Whether two rows tell of the same.
fn is_same(a: &ChangeRow, b: &ChangeRow) -> bool {
    let told = |link: &Option<Box<ChangeLink>>| link.as_ref().map(|link| (link.since.clone(), link.targets.clone()));
    a == b || (told(&a.link).is_some_and(|(_, targets)| !targets.is_empty()) && told(&a.link) == told(&b.link))
}

/// Pairs of rows: the same row, then rows that tell of the same, then the most alike.
fn pairs(old: &[Arc<ChangeRow>], new: &[Arc<ChangeRow>]) -> Pairs {
    let mut pairs = new_pairs(old.len(), new.len(), &|before, now| old[before] == new[now]);
    let left = |pairs: &Pairs| {
        let before: Vec<usize> = (0..old.len()).filter(|index| !pairs.iter().any(|pair| pair.0 == *index)).collect();
        let now: Vec<usize> = (0..new.len()).filter(|index| !pairs.iter().any(|pair| pair.1 == *index)).collect();
        (before, now)
    };
    let (before, now) = left(&pairs);
    let linked = new_pairs(before.len(), now.len(), &|b, n| is_same(&old[before[b]], &new[now[n]]));
    pairs.extend(linked.into_iter().map(|(b, n)| (before[b], now[n])));
    let (before, now) = left(&pairs);
    let profile = |row: &ChangeRow| {
        let texts = [&row.date, &row.before, &row.after, &row.reason].map(Clone::clone);
        Profile::new(&row.item, &texts)
    };
    let profiles = |rows: &[Arc<ChangeRow>], indices: &[usize]| -> Vec<Profile> {
        indices.iter().map(|index| profile(&rows[*index])).collect()
    };
    let alike = changes::pairs(profiles(old, &before), profiles(new, &now));
    pairs.extend(alike.into_iter().map(|(b, n)| (before[b], now[n])));
    pairs
}
