//! The walk through the three states side by side: the document that comes of the choices, and what differs.
//! Which things are visited, and in which order, never depends on the choices: their numbers stay.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::list::Lists;
use super::{
    Changed, Choices, Combined, Merge, MergeChoice, MergeItem, boxes, comments, figures, lines, unplaced, words,
};
use crate::draft::{Answer, Comment, Document, Draft, FilePart, FreeTable, Part, Scope, State, Waiver};
use crate::form::{FieldPath, Form, Kind};
use crate::margin::{Margin, Numbering};

/// The document and what differs.
pub(super) fn walk(merge: &Merge<'_>, choices: &Choices) -> (Draft, Vec<MergeItem>) {
    let Merge { form, base, mine, theirs } = *merge;
    let mut walk = Walk { form, choices, items: Vec::new(), has_base: base.is_some() };
    let states = Three { base, mine: Some(&mine.state), theirs: Some(&theirs.state) };
    let mut result = mine.clone();
    walk.settings(&mut result.state, states);
    let documents = states.map(|state| Some(&state.document));
    let scopes = documents.map(|document| Some(Scope::document(form, document)));
    let at = At { scopes, path: FieldPath::default(), file_name: None };
    let document = &mut result.state.document;
    document.common = Arc::new(walk.part(&at, documents.map(|document| Some(&*document.common))));
    document.files = walk.files(documents);
    document.rows = walk.rows(documents);
    document.unplaced = unplaced::together(documents.map(|document| Some(document.unplaced.as_slice())));
    (result, walk.items)
}

/// The same thing in the three states.
#[derive(Clone, Copy)]
pub(super) struct Three<T> {
    pub base: Option<T>,
    pub mine: Option<T>,
    pub theirs: Option<T>,
}

impl<T> Three<T> {
    pub(super) fn as_ref(&self) -> Three<&T> {
        Three { base: self.base.as_ref(), mine: self.mine.as_ref(), theirs: self.theirs.as_ref() }
    }

    pub(super) fn map<U>(self, get: impl Fn(T) -> Option<U>) -> Three<U> {
        Three { base: self.base.and_then(&get), mine: self.mine.and_then(&get), theirs: self.theirs.and_then(&get) }
    }
}

/// A place in the three states.
pub(super) struct At<'a> {
    pub scopes: Three<Scope<'a>>,
    /// File and entry as they are shown.
    pub path: FieldPath,
    /// Name of the file, where there are several.
    pub file_name: Option<String>,
}

impl At<'_> {
    fn item(&self, id: &str) -> FieldPath {
        FieldPath { item: id.to_owned(), ..self.path.clone() }
    }
}

pub(super) struct Walk<'a> {
    pub form: &'a Form,
    choices: &'a Choices,
    items: Vec<MergeItem>,
    pub has_base: bool,
}

/// A value with its words.
type Together<T> = Option<(T, Combined)>;

impl<'a> Walk<'a> {
    /// One value: what comes of it, and an item where it differs.
    pub(super) fn leaf<T: Clone + PartialEq>(
        &mut self,
        at: Option<FieldPath>,
        place: &dyn Fn() -> String,
        three: Three<&T>,
        words: &dyn Fn(&T) -> String,
        together: &dyn Fn() -> Together<T>,
    ) -> Option<T> {
        let Some(changed) = self.changed(three) else { return three.mine.cloned() };
        let both = if changed == Changed::Both { together() } else { None };
        let shown = |value: Option<&T>| value.map(words);
        let item = MergeItem {
            id: self.items.len(),
            at,
            place: place(),
            changed,
            base: shown(three.base),
            mine: shown(three.mine),
            theirs: shown(three.theirs),
            combined: both.as_ref().map(|(_, combined)| combined.clone()),
            is_kept: false,
        };
        let choice = self.choices.get(&item.id).copied().or(item.usual()).unwrap_or(MergeChoice::Mine);
        self.items.push(item);
        match (choice, both) {
            (MergeChoice::Both, Some((value, _))) => Some(value),
            (MergeChoice::Theirs, _) => three.theirs.cloned(),
            _ => three.mine.cloned(),
        }
    }

    /// Who changed it; `None` where nothing differs.
    fn changed<T: PartialEq>(&self, Three { base, mine, theirs }: Three<&T>) -> Option<Changed> {
        if mine == theirs {
            return (self.has_base && base != mine).then_some(Changed::Alike);
        }
        Some(match self.has_base {
            true if base == mine => Changed::Theirs,
            true if base == theirs => Changed::Mine,
            _ => Changed::Both,
        })
    }

    fn settings(&mut self, result: &mut State, states: Three<&State>) {
        let named = |words: &'static str| move || words.to_owned();
        let stages = states.map(|state| Some(&state.stage));
        let stage = self.leaf(None, &named("段階"), stages, &|stage| stage.name().to_owned(), &|| None);
        result.stage = stage.unwrap_or_default();
        let editions = states.map(|state| Some(&state.document.edition));
        let edition = self.leaf(None, &named("様式の版"), editions, &Clone::clone, &|| None);
        result.document.edition = edition.unwrap_or_default();
        let orders = states.map(|state| Some(&state.document.file_order));
        let order = self.leaf(None, &named("印刷順"), orders, &|order| words::file_order(*order), &|| None);
        result.document.file_order = order.flatten();
        result.document.margin = self.margin(states);
        let styles = states.map(|state| Some(&state.row_style));
        let style =
            self.leaf(None, &named("変更箇所の書き方"), styles, &|style| words::style(*style), &|| None);
        result.row_style = style.unwrap_or_default();
        let steps = states.map(|state| Some(&state.reassessment_steps));
        let both = || {
            let done: BTreeSet<String> = steps.mine?.union(steps.theirs?).cloned().collect();
            let text = words::reassessment_steps(&done);
            Some((done, Combined { text, is_clean: true }))
        };
        let done = self.leaf(None, &named("再実施で済んだ手順"), steps, &|done| words::reassessment_steps(done), &both);
        result.reassessment_steps = done.unwrap_or_default();
    }

    /// What stands at head and foot, each line for itself.
    fn margin(&mut self, states: Three<&State>) -> Margin {
        let named = |what: &'static str| move || format!("ページの上と下（{what}）");
        let margins = states.map(|state| Some(&state.document.margin));
        let shown = |numbers: &Option<Numbering>| numbers.map_or("なし", Numbering::looks).to_owned();
        let numbers = margins.map(|margin| Some(&margin.numbers));
        let numbers = self.leaf(None, &named("ページ番号"), numbers, &shown, &|| None).flatten();
        let mut merged = Margin { numbers, ..Margin::default() };
        for (nth, (_, name, line)) in merged.lines_mut().into_iter().enumerate() {
            let lines = margins.map(|margin| margin.lines().get(nth).map(|(_, _, text)| *text));
            *line = self.leaf(None, &named(name), lines, &Clone::clone, &|| None).unwrap_or_default();
        }
        merged
    }

    /// Answers that stand together, with notes, remarks and findings set aside.
    pub(super) fn part<'t>(&mut self, at: &At<'t>, three: Three<&'t Part>) -> Part {
        let Three { base, mine, theirs } = three;
        if mine == theirs && (base == mine || !self.has_base) {
            return mine.cloned().unwrap_or_default();
        }
        let all = || [base, mine, theirs].into_iter().flatten();
        let mut part = Part::default();
        let ids: BTreeSet<&str> = all().flat_map(|part| part.answers.keys()).collect();
        for id in ids {
            let answer = self.answer(at, id, three.map(|part| part.answers.get(id)));
            part.answers.extend(answer.map(|answer| (id, answer)));
        }
        let ids: BTreeSet<&str> = all().flat_map(|part| part.notes.keys()).collect();
        for id in ids {
            let note = self.text(at.item(id), "の内部メモ", at, three.map(|part| part.notes.get(id)));
            part.notes.extend(note.map(|note| (id, note)));
        }
        let ids: BTreeSet<&str> = all().flat_map(|part| part.comments.keys()).collect();
        for id in ids {
            let list = self.comments(at.item(id), at, three.map(|part| part.comments.get(id).map(Vec::as_slice)));
            if !list.is_empty() {
                part.comments.insert(id, list);
            }
        }
        part.waivers = self.waivers(&at.path, at.file_name.as_deref(), three.map(|part| Some(&*part.waivers)));
        part
    }

    fn answer<'t>(&mut self, at: &At<'t>, id: &str, three: Three<&'t Answer>) -> Option<Answer> {
        let form = self.form;
        let repeat = form.item(id).and_then(|item| match &item.kind {
            Kind::Repeat(repeat) => Some((item, repeat)),
            _ => None,
        });
        let all_lists =
            [three.base, three.mine, three.theirs].into_iter().flatten().all(|answer| answer.as_entries().is_some());
        if let (Some((item, repeat)), true) = (repeat, all_lists) {
            return self.entries(at, item, repeat, three);
        }
        let together = || match (three.mine?, three.theirs?) {
            (Answer::Text(mine), Answer::Text(theirs)) => {
                let base = three.base.and_then(Answer::as_text).unwrap_or_default();
                let combined = match form.item(id).map(|item| &item.kind) {
                    Some(Kind::Date { .. }) => return None,
                    Some(Kind::TextLine) => lines::on_one_line(mine, theirs),
                    _ => lines::combine(base, mine, theirs),
                };
                Some((Answer::Text(combined.text.clone()), combined))
            }
            (Answer::Checks(mine), Answer::Checks(theirs)) => {
                let base = match three.base {
                    Some(Answer::Checks(base)) => Some(base),
                    _ => None,
                };
                let answer = Answer::Checks(boxes::together(base, mine, theirs)?);
                let text = words::shown(form, id, Some(&answer));
                Some((answer, Combined { text, is_clean: true }))
            }
            (Answer::Figure(mine), Answer::Figure(theirs)) => {
                let base = if let Some(Answer::Figure(base)) = three.base { Some(base) } else { None };
                let (figure, is_clean) = figures::together(base, mine, theirs)?;
                let answer = Answer::Figure(figure);
                let text = words::shown(form, id, Some(&answer));
                Some((answer, Combined { text, is_clean }))
            }
            (Answer::FreeTable(mine), Answer::FreeTable(theirs)) => {
                let base = if let Some(Answer::FreeTable(base)) = three.base { base.to_rows() } else { String::new() };
                let combined = lines::combine(&base, &mine.to_rows(), &theirs.to_rows());
                let table = FreeTable::of_rows(&combined.text);
                let combined = Combined { text: table.lines().join("\n"), ..combined };
                Some((Answer::FreeTable(table), combined))
            }
            _ => None,
        };
        let path = at.item(id);
        let place = || words::place(form, &path, at.file_name.as_deref());
        let shown = |answer: &Answer| words::shown(form, id, Some(answer));
        self.leaf(Some(path.clone()), &place, three, &shown, &together)
    }

    /// A text that is no answer.
    pub(super) fn text(&mut self, path: FieldPath, what: &str, at: &At<'_>, three: Three<&String>) -> Option<String> {
        let together = || {
            let base = three.base.map_or("", String::as_str);
            let combined = lines::combine(base, three.mine?, three.theirs?);
            Some((combined.text.clone(), combined))
        };
        let form = self.form;
        let place = || format!("{}{what}", words::place(form, &path, at.file_name.as_deref()));
        self.leaf(Some(path.clone()), &place, three, &Clone::clone, &together)
    }

    /// Remarks: all are kept, and that is said.
    pub(super) fn comments(&mut self, path: FieldPath, at: &At<'_>, three: Three<&[Comment]>) -> Vec<Comment> {
        let list = |list: Option<&[Comment]>| list.unwrap_or_default().to_vec();
        let (base, mine, theirs) = (list(three.base), list(three.mine), list(three.theirs));
        let kept = comments::together(&base, &mine, &theirs);
        let changed = if kept != mine {
            Some(Changed::Theirs)
        } else {
            let alike = if mine == theirs { Changed::Alike } else { Changed::Mine };
            (self.has_base && mine != base).then_some(alike)
        };
        if let Some(changed) = changed {
            let place = format!("{}のコメント", words::place(self.form, &path, at.file_name.as_deref()));
            let shown = |comments: &[Comment]| Some(Comment::spoken(comments));
            let (base, mine, theirs) = (shown(&base), shown(&mine), shown(&kept));
            let (id, at) = (self.items.len(), Some(path));
            self.items.push(MergeItem { id, at, place, changed, base, mine, theirs, combined: None, is_kept: true });
        }
        kept
    }

    /// Findings set aside, each for itself.
    pub(super) fn waivers(&mut self, path: &FieldPath, file: Option<&str>, three: Three<&[Waiver]>) -> Vec<Waiver> {
        type Key<'k> = (&'k str, &'k str, &'k str, usize);
        fn keyed(list: &[Waiver]) -> Vec<(Key<'_>, &String)> {
            let nth = |index: usize| list[..index].iter().filter(|other| other.key() == list[index].key()).count();
            list.iter().enumerate().map(|(index, w)| ((&*w.rule, &*w.item, &*w.what, nth(index)), &w.reason)).collect()
        }
        let base = keyed(three.base.unwrap_or_default());
        let (mine, theirs) = (keyed(three.mine.unwrap_or_default()), keyed(three.theirs.unwrap_or_default()));
        let first_theirs = mine == base;
        let (first, second) = if first_theirs { (&theirs, &mine) } else { (&mine, &theirs) };
        let mut keys: Vec<Key<'_>> = Vec::new();
        for (key, _) in first.iter().chain(second).chain(&base) {
            if !keys.contains(key) {
                keys.push(*key);
            }
        }
        let form = self.form;
        let mut kept = Vec::new();
        for key in keys {
            let find = |list: &[(Key<'_>, &'_ String)]| {
                list.iter().find(|(other, _)| *other == key).map(|(_, reason)| (*reason).clone())
            };
            let reasons = (find(&base), find(&mine), find(&theirs));
            let three = Three { base: reasons.0.as_ref(), mine: reasons.1.as_ref(), theirs: reasons.2.as_ref() };
            let at = FieldPath { item: key.1.to_owned(), ..path.clone() };
            let place = || format!("{}の確認済み（{}）", words::place(form, &at, file), key.0);
            let reason = self.leaf(Some(at.clone()), &place, three, &Clone::clone, &|| None);
            let [rule, item, what] = [key.0, key.1, key.2].map(str::to_owned);
            kept.extend(reason.map(|reason| Waiver { rule, item, what, reason }));
        }
        // Nobody is asked about their order: of one side alone it is that of this side.
        let is_it = |list: &&[Waiver]| list.len() == kept.len() && list.iter().all(|waiver| kept.contains(waiver));
        let as_one_has_it = [three.mine, three.theirs].into_iter().flatten().find(is_it);
        as_one_has_it.map_or(kept, <[Waiver]>::to_vec)
    }

    fn files(&mut self, documents: Three<&'a Document>) -> Vec<Arc<FilePart>> {
        let lists = Lists::of(documents.map(|document| Some(document.files.as_slice())));
        let several = [lists.base, lists.mine, lists.theirs].iter().any(|files| files.len() > 1);
        self.file_list(documents, lists, several)
    }
}
