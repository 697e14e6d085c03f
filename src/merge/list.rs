//! Lists: entries of a repeat, files. Each entry is found again by what it says, then brought together by itself.

use std::sync::Arc;

use super::align::{self, Node, Pairs};
use super::walk::{At, Three, Walk};
use super::words;
use crate::changes;
use crate::draft::{Answer, Document, FilePart, Part, Scope};
use crate::form::{FieldPath, Item, Repeat};

/// The same list in the three states.
#[derive(Clone, Copy)]
pub(super) struct Lists<'t, T> {
    pub base: &'t [T],
    pub mine: &'t [T],
    pub theirs: &'t [T],
}

impl<'t, T> Lists<'t, T> {
    pub(super) fn of(three: Three<&'t [T]>) -> Self {
        let list = |list: Option<&'t [T]>| list.unwrap_or_default();
        Self { base: list(three.base), mine: list(three.mine), theirs: list(three.theirs) }
    }

    fn at(&self, node: Node) -> Three<&'t T> {
        let get = |list: &'t [T], index: Option<usize>| index.and_then(|index| list.get(index));
        Three {
            base: get(self.base, node.base),
            mine: get(self.mine, node.mine),
            theirs: get(self.theirs, node.theirs),
        }
    }
}

/// Which entry is which.
pub(super) struct Pairing {
    /// Common state and mine.
    pub mine: Pairs,
    /// Common state and theirs.
    pub theirs: Pairs,
    /// Mine and theirs, where the common state has none.
    pub new: Pairs,
}

/// What a list is called, and its entries.
pub(super) struct Naming<'n, T> {
    pub at: FieldPath,
    pub place: &'n dyn Fn() -> String,
    pub entry: &'n dyn Fn(&T) -> String,
}

impl<'w> Walk<'w> {
    /// A list; `one` brings one entry together.
    pub(super) fn list<'t, T: Clone + PartialEq>(
        &mut self,
        lists: Lists<'t, T>,
        pairing: &Pairing,
        naming: &Naming<'_, T>,
        mut one: impl FnMut(&mut Self, Node, Three<&'t T>) -> Option<T>,
    ) -> Vec<T> {
        let lengths = (lists.base.len(), lists.mine.len(), lists.theirs.len());
        let nodes = align::nodes(lengths, &pairing.mine, &pairing.theirs, &pairing.new);
        let orders = align::orders(&nodes, self.has_base);
        let name = |index: &usize| lists.at(nodes[*index]).mine.map(naming.entry).unwrap_or_default();
        let names = |order: &Vec<usize>| order.iter().map(name).collect::<Vec<_>>().join("\n");
        let three = Three { base: orders.base.as_ref(), mine: Some(&orders.mine), theirs: Some(&orders.theirs) };
        let order_place = || format!("{}の順序", (naming.place)());
        let order = self.leaf(Some(naming.at.clone()), &order_place, three, &names, &|| None);
        let theirs_first = orders.mine != orders.theirs && order.as_ref() == Some(&orders.theirs);
        // All are visited in an order that no choice changes.
        let mut results: Vec<Option<T>> = vec![None; nodes.len()];
        let shown = align::arrange(&nodes, |_| true, false);
        let gone = (0..nodes.len()).filter(|index| nodes[*index].mine.is_none() && nodes[*index].theirs.is_none());
        for index in shown.iter().copied().chain(gone) {
            results[index] = one(self, nodes[index], lists.at(nodes[index]));
        }
        let order = align::arrange(&nodes, |index| results[index].is_some(), theirs_first);
        order.into_iter().filter_map(|index| results[index].take()).collect()
    }

    pub(super) fn entries<'t>(
        &mut self,
        at: &At<'t>,
        item: &Item,
        repeat: &Repeat,
        three: Three<&'t Answer>,
    ) -> Option<Answer> {
        let form = self.form;
        let lists = Lists::of(three.map(|answer| answer.as_entries()));
        let with = |other: Option<Scope<'_>>| match (at.scopes.base, other) {
            (Some(base), Some(other)) => changes::entries(base, other, item, repeat),
            _ => Pairs::new(),
        };
        let blank = |part: &Arc<Part>| part.answers.values().all(Answer::is_empty);
        let name = |scope: Option<Scope<'_>>, index| {
            scope.map(|scope| changes::entry_name(scope, item, repeat, index)).unwrap_or_default()
        };
        let same = |mine: usize, theirs: usize| {
            let names = (name(at.scopes.mine, mine), name(at.scopes.theirs, theirs));
            lists.mine[mine] == lists.theirs[theirs] || (!names.0.is_empty() && names.0 == names.1)
        };
        let mut new = new_pairs(lists.mine.len(), lists.theirs.len(), &same);
        if let (false, Some(mine), Some(theirs)) = (self.has_base, at.scopes.mine, at.scopes.theirs) {
            new = changes::entries(mine, theirs, item, repeat);
        }
        let pairing = Pairing {
            mine: filled(with(at.scopes.mine), lists.base, lists.mine.len(), &blank),
            theirs: filled(with(at.scopes.theirs), lists.base, lists.theirs.len(), &blank),
            new,
        };
        let here = FieldPath { item: item.id.clone(), ..at.path.clone() };
        let file_name = at.file_name.as_deref();
        let place = || words::place(form, &here, file_name);
        let entry_words = |part: &Arc<Part>| words::part(form, part);
        let title = |part: &Arc<Part>| words::title(form, item, part);
        let naming = Naming { at: here.clone(), place: &place, entry: &title };
        let merged = self.list(lists, &pairing, &naming, |walk, node, entry| {
            let path = FieldPath { entry: node.mine.or(node.theirs).or(node.base), ..here.clone() };
            if entry.mine.is_none() || entry.theirs.is_none() {
                let place = || words::place(form, &path, file_name);
                return walk.leaf(Some(path.clone()), &place, entry, &entry_words, &|| None);
            }
            let enter = |scope: Option<Scope<'t>>, index: Option<usize>| {
                scope.zip(index).map(|(scope, index)| scope.entry(&item.id, index))
            };
            let scopes = Three {
                base: enter(at.scopes.base, node.base),
                mine: enter(at.scopes.mine, node.mine),
                theirs: enter(at.scopes.theirs, node.theirs),
            };
            let at = At { scopes, path, file_name: at.file_name.clone() };
            Some(Arc::new(walk.part(&at, entry.map(|entry| Some(&**entry)))))
        });
        // Whether an empty list stands there is told as any other value.
        let is_there = [three.base.is_some(), three.mine.is_some(), three.theirs.is_some()];
        let stays = if is_there[0] == is_there[1] { is_there[2] } else { is_there[1] };
        (stays || !merged.is_empty()).then_some(Answer::Repeat(merged))
    }

    pub(super) fn file_list(
        &mut self,
        documents: Three<&'w Document>,
        lists: Lists<'w, Arc<FilePart>>,
        several: bool,
    ) -> Vec<Arc<FilePart>> {
        let form = self.form;
        let scopes = documents.map(|document| Some(Scope::document(form, document)));
        let with = |other: Option<Scope<'_>>| match (scopes.base, other) {
            (Some(base), Some(other)) => changes::files(base, other),
            _ => Pairs::new(),
        };
        let blank = |file: &Arc<FilePart>| file.name.is_empty() && file.part.answers.values().all(Answer::is_empty);
        let same = |mine: usize, theirs: usize| {
            let (mine, theirs) = (&lists.mine[mine], &lists.theirs[theirs]);
            mine == theirs || (!mine.name.is_empty() && mine.name == theirs.name)
        };
        let mut new = new_pairs(lists.mine.len(), lists.theirs.len(), &same);
        if let (false, Some(mine), Some(theirs)) = (self.has_base, scopes.mine, scopes.theirs) {
            let blank = |file: &Arc<FilePart>| file.name.is_empty() && file.part.answers.values().all(Answer::is_empty);
            new = filled(changes::files(mine, theirs), lists.mine, lists.theirs.len(), &blank);
        }
        let pairing = Pairing {
            mine: filled(with(scopes.mine), lists.base, lists.mine.len(), &blank),
            theirs: filled(with(scopes.theirs), lists.base, lists.theirs.len(), &blank),
            new,
        };
        let naming = Naming {
            at: FieldPath::document(words::FILES),
            place: &|| words::FILES_NAME.to_owned(),
            entry: &|file: &Arc<FilePart>| file.name.clone(),
        };
        self.list(lists, &pairing, &naming, |walk, node, file| {
            let index = node.mine.or(node.theirs).or(node.base);
            let path = FieldPath { file: index, item: words::FILES.to_owned(), entry: None };
            let Some((mine, theirs)) = file.mine.zip(file.theirs) else {
                let place = || words::FILES_NAME.to_owned();
                return walk.leaf(Some(path.clone()), &place, file, &|file| words::file(file), &|| None);
            };
            let names = file.map(|file| Some(&file.name));
            let place = || format!("{}の名前", words::FILES_NAME);
            let name = walk.leaf(Some(path.clone()), &place, names, &Clone::clone, &|| None);
            let enter = |scope: Option<Scope<'w>>, index: Option<usize>| scope.zip(index).map(|(s, i)| s.file(i));
            let at = At {
                scopes: Three {
                    base: enter(scopes.base, node.base),
                    mine: enter(scopes.mine, node.mine),
                    theirs: enter(scopes.theirs, node.theirs),
                },
                path: FieldPath { item: String::new(), ..path },
                file_name: several.then(|| if mine.name.is_empty() { &theirs.name } else { &mine.name }.clone()),
            };
            let part = walk.part(&at, file.map(|file| Some(&file.part)));
            Some(Arc::new(FilePart { name: name.unwrap_or_default(), part }))
        })
    }
}

/// What is the same on both sides, each taken once.
pub(super) fn new_pairs(n_mine: usize, n_theirs: usize, same: &dyn Fn(usize, usize) -> bool) -> Pairs {
    let mut pairs = Pairs::new();
    for mine in 0..n_mine {
        let free = |theirs: &usize| !pairs.iter().any(|(_, taken)| taken == theirs);
        let found = (0..n_theirs).filter(free).find(|theirs| same(mine, *theirs));
        pairs.extend(found.map(|theirs| (mine, theirs)));
    }
    pairs
}

/// Adds what says nothing yet and was filled in at its place, and the only entry of a list.
fn filled<T>(mut pairs: Pairs, base: &[T], n_now: usize, is_blank: &dyn Fn(&T) -> bool) -> Pairs {
    for (index, entry) in base.iter().enumerate() {
        let is_free = !pairs.iter().any(|(before, now)| *before == index || *now == index);
        if is_free && index < n_now && (is_blank(entry) || (base.len() == 1 && n_now == 1)) {
            pairs.push((index, index));
        }
    }
    pairs
}
