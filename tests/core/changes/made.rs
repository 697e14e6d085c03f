//! Samples, and drafts made from them by edits of all kinds.

use hyoukasho::changes::{Agreement, Overview, RowStanding};
use hyoukasho::draft::{Answer, Draft, Edit, Figure, FigurePicture, FilePart, FreeTable, KeptPicture, Part, format};
use hyoukasho::form::{FieldPath, Form, Item, Kind, Orientation, shipped};
use proptest::prelude::*;

pub fn aomine() -> Draft {
    format::read(include_bytes!("../../../samples/aomine-juminzei.ron")).unwrap().draft
}

/// A 様式４ with the figure of its 別添１, and tables behind it.
pub fn full() -> Draft {
    format::read(include_bytes!("../../../samples/aomine-jumin.hyouka")).unwrap().draft
}

/// Steps of which every second one is at a figure or a table.
pub fn at_figures(draft: &Draft, steps: &[Step]) -> Draft {
    let mut draft = draft.clone();
    for (nth, step) in steps.iter().enumerate() {
        let places = places(&draft);
        let is_drawn = |(_, kind): &&(FieldPath, Kind)| matches!(kind, Kind::Figure | Kind::FreeTable);
        let drawn: Vec<&(FieldPath, Kind)> = places.iter().filter(is_drawn).collect();
        let edits = match drawn.get(step.place % drawn.len().max(1)).filter(|_| nth.is_multiple_of(2)) {
            Some((at, Kind::Figure)) => {
                vec![Edit::Answer { at: at.clone(), answer: Some(Answer::Figure(step.figure())) }]
            }
            Some((at, _)) => vec![Edit::Answer { at: at.clone(), answer: Some(Answer::FreeTable(step.table())) }],
            None => step.edits(&draft),
        };
        edits.into_iter().for_each(|edit| drop(draft.apply(edit).unwrap()));
    }
    draft
}

pub fn form(draft: &Draft) -> &'static Form {
    shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap()
}

/// How many rows of the author no longer agree.
pub fn n_stale(overview: &Overview) -> usize {
    let told = overview.rows.iter().filter_map(RowStanding::linked);
    told.filter(|told| matches!(told.agreement, Agreement::Stale(_))).count()
}

/// A step of an author, chosen by numbers so that it fits any draft.
#[derive(Clone, Debug)]
pub struct Step {
    kind: u8,
    place: usize,
    other: usize,
    words: String,
}

pub fn steps(max: usize) -> impl Strategy<Value = Vec<Step>> {
    let words = prop::sample::select(vec![
        "",
        "税務課",
        "市民税課が行う。\n次の段落",
        "令和9年4月1日",
        "番号法第19条第8号",
        "-",
    ]);
    let step = (any::<u8>(), any::<usize>(), any::<usize>(), words);
    let step = step.prop_map(|(kind, place, other, words)| Step { kind, place, other, words: words.to_owned() });
    prop::collection::vec(step, 0..max)
}

/// The same steps every time, for documents that are not generated.
pub fn fixed_steps(seed: usize, n: usize) -> Vec<Step> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let words = ["", "税務課", "窓口で行う。\n次の段落", "令和9年4月1日"];
    let step = |_| Step { kind: next() as u8, place: next(), other: next(), words: words[next() % 4].to_owned() };
    (0..n).map(step).collect()
}

/// The draft after the steps.
pub fn after(draft: &Draft, steps: &[Step]) -> Draft {
    let mut draft = draft.clone();
    for step in steps {
        for edit in step.edits(&draft) {
            draft.apply(edit).unwrap();
        }
    }
    draft
}

impl Step {
    fn edits(&self, draft: &Draft) -> Vec<Edit> {
        let n_files = draft.state.document.files.len();
        match self.kind % 12 {
            0 if n_files < 4 => {
                let file = draft.state.document.files.get(self.other % n_files.max(1)).cloned().unwrap_or_default();
                let file = FilePart { name: format!("{}{}", file.name, self.words), part: file.part.clone() };
                vec![Edit::InsertFile { index: self.place % (n_files + 1), file }]
            }
            1 if n_files > 0 => vec![Edit::RemoveFile { index: self.place % n_files }],
            2 if n_files > 0 => vec![Edit::MoveFile { from: self.place % n_files, to: self.other % n_files }],
            3 if n_files > 0 => {
                vec![Edit::RenameFile { index: self.place % n_files, name: format!("{}ファイル", self.words) }]
            }
            4..=6 => self.entries(draft),
            _ => self.answer(draft),
        }
    }

    fn entries(&self, draft: &Draft) -> Vec<Edit> {
        let Some((at, entries)) = pick(&repeats(draft), self.place) else { return Vec::new() };
        let n = entries.len();
        match self.kind % 12 {
            4 => {
                let mut entry = entries.get(self.other % n.max(1)).cloned().unwrap_or_default();
                if self.other.is_multiple_of(3) {
                    entry = Part::default();
                }
                for answer in entry.answers.values_mut() {
                    if let Answer::Text(text) = answer {
                        *text = format!("{}{text}", self.words);
                        break;
                    }
                }
                vec![Edit::InsertEntry { at, index: self.other % (n + 1), entry }]
            }
            5 if n > 0 => vec![Edit::RemoveEntry { at, index: self.other % n }],
            6 if n > 0 => vec![Edit::MoveEntry { at, from: self.other % n, to: self.kind as usize % n }],
            _ => Vec::new(),
        }
    }

    fn answer(&self, draft: &Draft) -> Vec<Edit> {
        let Some((at, kind)) = pick(&places(draft), self.place) else { return Vec::new() };
        let old = answer(draft, &at);
        match kind {
            Kind::Choice { options, .. } => {
                let n = options.get(self.other % (options.len() + 1)).map(|option| option.n);
                vec![Edit::Answer { at, answer: Some(Answer::Choice(n)) }]
            }
            Kind::Check => vec![Edit::Answer { at, answer: Some(Answer::Check(self.other.is_multiple_of(2))) }],
            Kind::Count => vec![Edit::Answer { at, answer: Some(Answer::Count(Some((self.other % 9) as u32))) }],
            Kind::Checks { groups, .. } => {
                let keys: Vec<&str> =
                    groups.iter().flat_map(|group| &group.options).map(|option| option.key.as_str()).collect();
                let key = keys[self.other % keys.len()].to_owned();
                let on = self.words.len().is_multiple_of(2);
                let text = Edit::BoxText { at: at.clone(), key: key.clone(), text: Some(self.words.clone()) };
                if self.kind.is_multiple_of(2) { vec![Edit::Box { at, key, on }] } else { vec![text] }
            }
            Kind::Figure => vec![Edit::Answer { at, answer: Some(Answer::Figure(self.figure())) }],
            Kind::FreeTable => vec![Edit::Answer { at, answer: Some(Answer::FreeTable(self.table())) }],
            _ if self.other.is_multiple_of(5) => vec![Edit::Answer { at, answer: None }],
            _ => {
                let text = old.and_then(|old| old.as_text().map(str::to_owned)).unwrap_or_default();
                let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
                let text = format!("{}{}{}", &text[..middle], self.words, &text[middle..]);
                vec![Edit::Answer { at, answer: Some(Answer::Text(text)) }]
            }
        }
    }
}

impl Step {
    /// A figure of no, one or two of three pictures, which say the same of themselves.
    fn figure(&self) -> Figure {
        let picture = |n: usize| FigurePicture {
            kept: KeptPicture::new(vec![b'P', (n % 3) as u8]),
            orientation: if n.is_multiple_of(4) { Orientation::Landscape } else { Orientation::Portrait },
            alt: if n.is_multiple_of(5) { self.words.clone() } else { "事務の流れ".to_owned() },
        };
        let pictures = (0..self.other % 3).map(|nth| picture(self.place + nth)).collect();
        Figure { caption: Some(self.words.clone()).filter(|words| !words.is_empty()), pictures, ..Figure::default() }
    }

    fn table(&self) -> FreeTable {
        let rows = (0..self.other % 4).map(|n| vec![n.to_string(), self.words.clone()]).collect();
        FreeTable { heads: vec!["番号".to_owned(), "名称".to_owned()], rows }
    }
}

fn pick<T: Clone>(list: &[T], at: usize) -> Option<T> {
    (!list.is_empty()).then(|| list[at % list.len()].clone())
}

pub fn answer(draft: &Draft, at: &FieldPath) -> Option<Answer> {
    let part = at.file.map_or(&*draft.state.document.common, |file| &draft.state.document.files[file].part);
    match at.entry {
        None => part.answers.get(&at.item).cloned(),
        Some(entry) => part.answers.iter().find_map(|(id, answer)| {
            let inside = at.item.starts_with(&format!("{id}."));
            inside.then(|| answer.as_entries()?.get(entry)?.answers.get(&at.item).cloned())?
        }),
    }
}

/// Every repeat of a draft with its entries.
pub fn repeats(draft: &Draft) -> Vec<(FieldPath, Vec<Part>)> {
    let mut found = Vec::new();
    walk(draft, &mut |at, item| {
        if matches!(item.kind, Kind::Repeat(_)) {
            let entries = answer(draft, &at)
                .and_then(|answer| Some(answer.as_entries()?.iter().map(|entry| Part::clone(entry)).collect()));
            found.push((at, entries.unwrap_or_default()));
        }
    });
    found
}

/// Every place that takes an answer of its own.
pub fn places(draft: &Draft) -> Vec<(FieldPath, Kind)> {
    let mut found = Vec::new();
    walk(draft, &mut |at, item| {
        if !matches!(item.kind, Kind::Group { .. } | Kind::Repeat(_) | Kind::Table { .. }) {
            found.push((at, item.kind.clone()));
        }
    });
    found
}

fn walk(draft: &Draft, see: &mut dyn FnMut(FieldPath, &Item)) {
    for section in &form(draft).sections {
        let files: Vec<Option<usize>> =
            if section.per_file { (0..draft.state.document.files.len()).map(Some).collect() } else { vec![None] };
        for file in files {
            for item in &section.items {
                walk_item(draft, FieldPath { file, item: String::new(), entry: None }, item, see);
            }
        }
    }
}

fn walk_item(draft: &Draft, at: FieldPath, item: &Item, see: &mut dyn FnMut(FieldPath, &Item)) {
    let here = FieldPath { item: item.id.clone(), ..at.clone() };
    see(here.clone(), item);
    match &item.kind {
        Kind::Group { items } => items.iter().for_each(|inner| walk_item(draft, at.clone(), inner, see)),
        Kind::Repeat(repeat) => {
            let n = answer(draft, &here).and_then(|answer| Some(answer.as_entries()?.len())).unwrap_or(0);
            for entry in 0..n {
                let at = FieldPath { entry: Some(entry), ..at.clone() };
                repeat.items.iter().for_each(|inner| walk_item(draft, at.clone(), inner, see));
            }
        }
        _ => {}
    }
}
