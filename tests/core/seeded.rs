//! Small documents written for the tests, and single changes to a document as data: an address and a value.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use hyoukasho::chart::{Chart, ChartArrow, ChartNode};
use hyoukasho::draft::{
    Answer, Boxes, ChangeLink, ChangeRow, Decision, Draft, Figure, FigurePicture, KeptPicture, Part, format,
};
use hyoukasho::form::Orientation;
use serde::Deserialize;

#[derive(Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// A text, date or cell of the change table.
    Text(String),
    /// More text at the end.
    Append(String),
    /// Some words of the text, where they first stand, by others.
    Replace(String, String),
    /// Number of an option.
    Choice(u32),
    Check(bool),
    /// The marked boxes.
    Boxes(Vec<String>),
    /// Box and the text of its （　）.
    BoxText(String, String),
    /// Box and its number.
    BoxCount(String, u32),
    Count(u32),
    /// A value that was kept as it was read.
    Foreign(String),
    /// So many entries, files or rows: the last one is copied or the rest dropped.
    Entries(usize),
    /// Whether a change row was decided to be a 重要な変更.
    Important(bool),
    /// A picture of these bytes, and what it shows.
    Picture(String, String),
    /// A picture that is not there, and what it shows.
    MissingPicture(String),
    /// A figure of that title in which no picture is.
    EmptyFigure(String),
    /// A figure of that title with a text in the place of a picture.
    ToldFigure(String, String),
    /// A figure with a chart whose arrows have these numbers.
    Chart(Vec<u32>),
    /// No answer.
    Blank,
}

/// The cases of the rules, with the small documents.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/core/checks")
}

/// In the documents an answer is written without `Some`.
const IMPLICIT_SOME: &str = "#![enable(implicit_some)]";

/// The small document of a form.
pub fn base(form: &str) -> Draft {
    let path = folder().join(format!("base-{form}.ron"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let draft = text.replace(IMPLICIT_SOME, "");
    let file = format!("{IMPLICIT_SOME}\n(format: 1, draft:\n{draft})");
    let opened = format::read(file.as_bytes()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert_eq!(opened.access, format::Access::Write, "{}", path.display());
    opened.draft
}

/// Changes one answer: `files[2].overview.base.department`, `basic.systems.name[1]`, `changes[1].date`.
pub fn edit(draft: &mut Draft, address: &str, value: Value) {
    if address == "files" {
        let Value::Entries(count) = value else { panic!("files take entries(n)") };
        resize(&mut draft.state.document.files, count);
    } else if address == "changes" {
        let Value::Entries(count) = value else { panic!("changes take entries(n)") };
        resize(&mut draft.state.document.rows, count);
    } else if let Some(rest) = address.strip_prefix("changes[") {
        let (row, column) = rest.split_once("].").unwrap();
        let row = draft.state.document.row_mut(row.parse::<usize>().unwrap() - 1).unwrap();
        match value {
            Value::Text(text) => cell(row, column, text),
            Value::Important(important) => {
                let decision = Some(Decision { important, ..Decision::default() });
                row.link = Some(Box::new(ChangeLink { decision, ..ChangeLink::default() }));
            }
            _ => panic!("cells take text(…)"),
        }
    } else if let Some(rest) = address.strip_prefix("files[") {
        let (file, item) = rest.split_once("].").unwrap();
        let file = draft.state.document.file_mut(file.parse::<usize>().unwrap() - 1).unwrap();
        match value {
            Value::Text(name) if item == "name" => file.name = name,
            value => answer(&mut file.part, item, value),
        }
    } else {
        answer(draft.state.document.common_mut(), address, value);
    }
}

fn cell(row: &mut ChangeRow, column: &str, text: String) {
    *match column {
        "date" => &mut row.date,
        "item" => &mut row.item,
        "before" => &mut row.before,
        "after" => &mut row.after,
        "timing" => &mut row.timing,
        "reason" => &mut row.reason,
        _ => panic!("no column {column}"),
    } = text;
}

fn answer(part: &mut Part, item: &str, value: Value) {
    if let Some((id, entry)) = item.strip_suffix(']').and_then(|item| item.split_once('[')) {
        let repeat = part.answers.iter_mut().filter(|(key, _)| id.starts_with(&format!("{key}.")));
        let Some(Answer::Repeat(entries)) = repeat.map(|(_, answer)| answer).last() else {
            panic!("no entries for {id}")
        };
        return answer(Arc::make_mut(&mut entries[entry.parse::<usize>().unwrap() - 1]), id, value);
    }
    let known = part.answers.remove(item);
    let boxes = || match known.clone() {
        Some(Answer::Checks(boxes)) => boxes,
        _ => Boxes::default(),
    };
    let new = match value {
        Value::Blank => return,
        Value::Important(_) => panic!("only rows are decided"),
        Value::Text(text) => Answer::Text(text),
        Value::Append(text) => {
            Answer::Text(format!("{}{text}", known.as_ref().and_then(Answer::as_text).unwrap_or("")))
        }
        Value::Replace(old, new) => match known {
            Some(Answer::Text(text)) if text.contains(&old) => Answer::Text(text.replacen(&old, &new, 1)),
            Some(Answer::Checks(mut boxes)) => {
                let text = boxes.texts.values_mut().find(|text| text.contains(&old));
                let text = text.unwrap_or_else(|| panic!("{item} does not say {old}"));
                *text = text.replacen(&old, &new, 1);
                Answer::Checks(boxes)
            }
            _ => panic!("{item} does not say {old}"),
        },
        Value::Choice(n) => Answer::Choice(Some(n)),
        Value::Check(on) => Answer::Check(on),
        Value::Boxes(marked) => Answer::Checks(Boxes { marked, ..boxes() }),
        Value::BoxText(key, text) => {
            let mut boxes = boxes();
            boxes.texts.insert(key, text);
            Answer::Checks(boxes)
        }
        Value::BoxCount(key, count) => {
            let mut boxes = boxes();
            boxes.counts.insert(key, Some(count));
            Answer::Checks(boxes)
        }
        Value::Count(count) => Answer::Count(Some(count)),
        Value::Foreign(json) => Answer::Foreign(json),
        Value::Picture(bytes, alt) => shown(KeptPicture::new(bytes.into_bytes()), alt),
        Value::EmptyFigure(title) => Answer::Figure(Figure { caption: Some(title), ..Figure::default() }),
        Value::ToldFigure(title, note) => {
            Answer::Figure(Figure { caption: Some(title), note: Some(note), ..Figure::default() })
        }
        Value::Chart(numbers) => Answer::Figure(Figure { charts: vec![chart(&numbers)], ..Figure::default() }),
        Value::MissingPicture(alt) => shown(KeptPicture::missing("0".repeat(64)), alt),
        Value::Entries(count) => {
            let mut entries = known.as_ref().and_then(Answer::as_entries).unwrap_or_default().to_vec();
            if entries.is_empty() {
                entries.push(Arc::new(Part::default()));
            }
            resize(&mut entries, count);
            Answer::Repeat(entries)
        }
    };
    part.answers.insert(item.to_owned(), new);
}

fn resize<T: Clone>(list: &mut Vec<T>, count: usize) {
    if let Some(last) = list.last().cloned() {
        list.resize(count, last);
    }
}

/// Two boxes with an arrow for each number.
fn chart(numbers: &[u32]) -> Chart {
    let node =
        |id: u32, label: &str| ChartNode { id, width: 40, height: 16, label: label.to_owned(), ..ChartNode::default() };
    let arrow =
        |number: &u32| ChartArrow { id: number + 10, from: 1, to: 2, number: Some(*number), ..ChartArrow::default() };
    let arrows = numbers.iter().map(arrow).collect();
    Chart { nodes: vec![node(1, "住民"), ChartNode { x: 80, ..node(2, "市民課") }], arrows, ..Chart::default() }
}

fn shown(kept: KeptPicture, alt: String) -> Answer {
    let pictures = vec![FigurePicture { kept, orientation: Orientation::Portrait, alt }];
    Answer::Figure(Figure { pictures, ..Figure::default() })
}
