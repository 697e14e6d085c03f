//! Groups of answers → the document: which copy of a section belongs to which file, and entries in their order.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::answers::{Answers, Group};
use super::key::key;
use super::receipt::{Doubt, DoubtKind};
use super::trace::Saying;
use crate::draft::{Answer, Document, FilePart, Part};
use crate::exchange::boxes::{ForeignSource, seen_chars};
use crate::form::{Derived, FieldPath, Form, Kind};

/// The document of these answers, and how many characters of theirs it does not hold because the program says them by
/// itself; what is doubtful goes to `doubts`, and which boxes say which item to `sayings`.
pub(super) fn document(
    form: &Form,
    source: &ForeignSource,
    answers: Answers,
    doubts: &mut Vec<Doubt>,
    sayings: &mut Vec<Saying>,
) -> (Document, isize) {
    let mut document = Document { form: form.id.clone(), edition: form.revision.clone(), ..Document::default() };
    let (of_document, of_files): (Vec<Group>, Vec<Group>) =
        answers.groups.into_iter().partition(|group| group.section.is_none());
    let mut files: Vec<FilePart> = Vec::new();
    let mut n_said = 0;
    for (group, file) in with_files(form, of_files, &mut files, doubts) {
        say_doubts(source, &group, Some(file), doubts);
        tell(&group, Some(file), sayings);
        let name = files[file].name.clone();
        let list_title = group.list_title.clone().filter(|title| files.len() > 1 && key(title) == key(&name));
        let mut part = whole(form, group);
        // The paper says which file a list is of, where the list itself does not.
        for item in form.items().filter(|item| matches!(item.kind, Kind::Records)) {
            if let (Some(title), Some(Answer::Text(text))) = (&list_title, part.answers.get_mut(&item.id))
                && let Some(list) = text.strip_prefix(title.as_str()).and_then(|rest| rest.strip_prefix('\n'))
            {
                *text = list.to_owned();
                n_said += signed(seen_chars(title));
            }
        }
        // The name is that of the file: the author did not write it a second time.
        for item in form.items().filter(|item| item.derived == Some(Derived::FileName)) {
            if part.answers.get(&item.id).and_then(Answer::as_text).is_some_and(|text| text.trim() == name) {
                part.answers.remove(&item.id);
                n_said += signed(seen_chars(&name));
            }
        }
        for (id, answer) in part.answers.iter() {
            if !join(&mut files[file].part, id, answer) {
                let at = FieldPath::in_file(file, id);
                doubts.push(Doubt { at, sheet: String::new(), cell: String::new(), kind: DoubtKind::File });
            }
        }
    }
    for group in of_document {
        say_doubts(source, &group, None, doubts);
        tell(&group, None, sayings);
        document.common = Arc::new(whole(form, group));
    }
    n_said -= files.iter().map(|file| signed(seen_chars(&file.name))).sum::<isize>();
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    for item in form.items().filter(|item| item.derived == Some(Derived::FileNames)) {
        let written = document.common.answers.get(&item.id).and_then(Answer::as_text);
        // On paper each has its number.
        let bare = |line: &'_ str| {
            line.trim().trim_start_matches(|c: char| c.is_numeric() || "．.、 　".contains(c)).to_owned()
        };
        let length = written.map_or(0, |text| signed(seen_chars(text)));
        if written.is_some_and(|text| text.lines().map(bare).eq(names.iter().map(|name| bare(name)))) {
            document.common_mut().answers.remove(&item.id);
            n_said += length;
        }
    }
    document.files = files.into_iter().map(Arc::new).collect();
    (document, n_said)
}

/// Puts an answer to those that are there; `false` where the file had one already, and now has both.
fn join(part: &mut Part, id: &str, answer: &Answer) -> bool {
    match (part.answers.get_mut(id), answer) {
        (Some(Answer::Text(there)), Answer::Text(text)) if !there.trim().is_empty() => {
            there.push('\n');
            there.push_str(text);
            false
        }
        (Some(Answer::Repeat(there)), Answer::Repeat(entries)) if !there.is_empty() => {
            there.extend(entries.iter().cloned());
            false
        }
        (Some(Answer::Checks(there)), Answer::Checks(boxes)) if !there.marked.is_empty() => {
            let others = boxes.marked.iter().filter(|key| !there.is_on(key)).cloned().collect::<Vec<_>>();
            there.marked.extend(others);
            for (key, text) in &boxes.texts {
                let known = there.texts.entry(key.clone()).or_default();
                known.push_str(text);
            }
            false
        }
        (Some(there), _) if !there.is_empty() => false,
        _ => {
            part.answers.insert(id, answer.clone());
            true
        }
    }
}

fn signed(n: usize) -> isize {
    isize::try_from(n).unwrap_or(isize::MAX)
}

/// Group by its number → the file it belongs to.
pub(super) fn files_of_groups(form: &Form, groups: &[Group]) -> BTreeMap<usize, usize> {
    let of_files: Vec<Group> = groups.iter().filter(|group| group.section.is_some()).cloned().collect();
    let mut numbers = BTreeMap::new();
    for (group, file) in with_files(form, of_files, &mut Vec::new(), &mut Vec::new()) {
        numbers.entry(group.number).or_insert(file);
    }
    numbers
}

/// Each group of a section that stands once per file, with the file it belongs to.
fn with_files(
    form: &Form,
    groups: Vec<Group>,
    files: &mut Vec<FilePart>,
    doubts: &mut Vec<Doubt>,
) -> Vec<(Group, usize)> {
    let named: Vec<&str> = form.assembly.per_file_sections.iter().map(String::as_str).collect();
    let has_name = |id: &str| {
        let items = form.section(id).into_iter().flat_map(|section| &section.items);
        items.into_iter().any(|item| item.derived == Some(Derived::FileName))
    };
    let n_copies = |id: &str| {
        let copies = groups.iter().filter(|group| group.section.as_deref() == Some(id));
        let names: Vec<Option<String>> = copies.map(|group| group.name.as_deref().map(key)).collect();
        (names.len(), names.iter().flatten().collect::<BTreeSet<_>>().len())
    };
    // The files are those of the section that names them and stands most often, under most names; mostly Ⅱ.
    let mut first = "";
    for id in named.iter().copied().filter(|id| has_name(id)) {
        if n_copies(id) > n_copies(first) {
            first = id;
        }
    }
    let names = groups.iter().filter(|group| group.section.as_deref() == Some(first));
    files.extend(names.map(|group| FilePart { name: group.name.clone().unwrap_or_default(), ..FilePart::default() }));
    if files.is_empty() && !groups.is_empty() {
        files.push(FilePart::default());
    }
    let mut of_names: BTreeMap<String, usize> = BTreeMap::new();
    for (at, file) in files.iter().enumerate() {
        of_names.entry(key(&file.name)).or_insert(at);
    }
    let mut copies: BTreeMap<String, usize> = BTreeMap::new();
    let mut placed = Vec::new();
    let mut taken: BTreeMap<(String, usize), ()> = BTreeMap::new();
    for group in groups {
        let section = group.section.clone().unwrap_or_default();
        let copy = copies.entry(section.clone()).or_default();
        let named = group.name.as_ref().and_then(|name| of_names.get(&key(name)).copied());
        let is_free = |file: &usize| !taken.contains_key(&(section.clone(), *file));
        let in_order = (*copy).min(files.len().saturating_sub(1));
        *copy += 1;
        let file = named.filter(is_free).unwrap_or_else(|| {
            // Another copy has that name already: it is of a file that has none yet.
            let free = named.and_then(|_| (0..files.len()).find(is_free));
            free.unwrap_or(in_order)
        });
        if named.is_some_and(|named| named != file) {
            let items = form.section(&section).into_iter().flat_map(|section| &section.items);
            let name = items.into_iter().find(|item| item.derived == Some(Derived::FileName));
            let at = name.map(|item| FieldPath::in_file(file, &item.id));
            let doubt = |at| Doubt { at, sheet: String::new(), cell: String::new(), kind: DoubtKind::File };
            doubts.extend(at.map(doubt));
        }
        taken.insert((section.clone(), file), ());
        placed.push((group, file));
    }
    common_records(form, files, placed, doubts)
}

/// One list of record items for all files is parted where a line is the name of a file.
fn common_records(
    form: &Form,
    files: &[FilePart],
    placed: Vec<(Group, usize)>,
    doubts: &mut Vec<Doubt>,
) -> Vec<(Group, usize)> {
    let Some(records) = form.items().find(|item| matches!(item.kind, Kind::Records)) else { return placed };
    let section = records.id.split('.').next().unwrap_or_default();
    let lists = placed.iter().filter(|(group, _)| group.section.as_deref() == Some(section)).count();
    if lists != 1 || files.len() < 2 {
        return placed;
    }
    let mut parted = Vec::new();
    for (mut group, file) in placed {
        let text = match group.part.answers.get(&records.id) {
            Some(Answer::Text(text)) if group.section.as_deref() == Some(section) => text.clone(),
            _ => {
                parted.push((group, file));
                continue;
            }
        };
        let pieces = by_file(&text, files);
        let Some(pieces) = pieces else {
            let at = FieldPath::in_file(file, &records.id);
            doubts.push(Doubt { at, sheet: String::new(), cell: String::new(), kind: DoubtKind::File });
            parted.push((group, file));
            continue;
        };
        for (index, piece) in pieces.into_iter().enumerate() {
            let mut of_file = Group { number: group.number, section: group.section.clone(), ..Group::default() };
            of_file.part.answers.insert(records.id.as_str(), Answer::Text(piece));
            of_file.doubts = if index == 0 { std::mem::take(&mut group.doubts) } else { Vec::new() };
            of_file.sayings.clone_from(&group.sayings);
            parted.push((of_file, index));
        }
    }
    parted
}

/// The list of each file, where every file's name is a line of its own.
fn by_file(text: &str, files: &[FilePart]) -> Option<Vec<String>> {
    let bare = |line: &str| {
        let signs = |c: char| "＜＞<>【】〔〕（）()「」『』・■●○◆◇□:：0123456789".contains(c);
        key(line).trim_matches(signs).to_owned()
    };
    let mut pieces: Vec<Option<Vec<&str>>> = vec![None; files.len()];
    let mut of_names: BTreeMap<String, usize> = BTreeMap::new();
    for (at, file) in files.iter().enumerate().filter(|(_, file)| !file.name.is_empty()) {
        of_names.entry(bare(&file.name)).or_insert(at);
    }
    let mut here: Option<usize> = None;
    for line in text.lines() {
        let file = of_names.get(&bare(line)).copied();
        match (file, here) {
            (Some(file), _) if pieces[file].is_none() => {
                pieces[file] = Some(vec![line]);
                here = Some(file);
            }
            (_, Some(here)) => pieces[here].get_or_insert_default().push(line),
            // What stands before the first name belongs to none.
            (_, None) if line.trim().is_empty() => {}
            (_, None) => return None,
        }
    }
    pieces.into_iter().map(|piece| Some(piece?.join("\n").trim_end().to_owned())).collect()
}

/// The part of a group with its entries in order; an empty one between two keeps its number.
fn whole(form: &Form, group: Group) -> Part {
    let mut part = group.part;
    for (repeat, mut entries) in group.entries {
        // More than any form has would be a number that was misread.
        const MOST: usize = 500;
        let last = entries.keys().next_back().copied().unwrap_or(0).min(MOST);
        let all = (0..=last).map(|entry| entries.remove(&entry).unwrap_or_default());
        if form.item(&repeat).is_some() {
            let all: Vec<Part> = all.collect();
            part.answers.insert(repeat, Answer::repeat(all));
        }
    }
    part
}

fn tell(group: &Group, file: Option<usize>, sayings: &mut Vec<Saying>) {
    for said in &group.sayings {
        sayings.push(Saying { at: FieldPath { file, ..said.at.clone() }, ..said.clone() });
    }
}

fn say_doubts(source: &ForeignSource, group: &Group, file: Option<usize>, doubts: &mut Vec<Doubt>) {
    for doubt in &group.doubts {
        let one = &source.boxes[doubt.one];
        let (sheet, cell) = source.place(one);
        let at = FieldPath { file, item: doubt.item.clone(), entry: doubt.entry };
        doubts.push(Doubt { at, sheet, cell, kind: doubt.kind });
    }
}
