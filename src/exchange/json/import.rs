//! JSON document → draft and receipt.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::margin::{self, MARGIN};
use super::pictures::{self, ReadPicture};
use super::unique::{NUMBER_KEY, Unique};
use super::{ImportError, data_uri, error};
use crate::characters::CharacterKind;
use crate::chart::Chart;
use crate::draft::format::{bytes, shape};
use crate::draft::{
    Answer, Base, Boxes, ChangeLink, ChangeRow, Document, DocumentId, Draft, Figure, FigurePicture, FilePart,
    FreeTable, KeptPicture, Part, Stage, State, Unplaced, line_ends, walk,
};
use crate::exchange::receipt::{Receipt, Remark};
use crate::form::{FieldPath, Form, Item, Kind, Orientation};

/// Largest document that is read: a quarter of the largest draft, which says the same with more line ends and names.
pub const MAX_BYTES: usize = 8 << 20;
/// Largest file with the pictures in it: these have a bound of their own.
pub const MAX_FILE_BYTES: usize = MAX_BYTES + (64 << 20);

/// The key of the publication before.
pub(super) const BASE: &str = "base";
/// The key of the id of the document.
pub(super) const ID: &str = "id";
/// At least one of these stands in a document.
const PARTS: [&str; 4] = ["form", "answers", "files", "changes"];

/// Reads a JSON document into a draft, with the publication before where it carries one. `find` gives the form of an id and edition, or another edition whose
/// items are to be used; the draft keeps the id and edition of the document either way.
pub fn import<'f>(json: &[u8], find: impl Fn(&str, &str) -> Option<&'f Form>) -> Result<(Draft, Receipt), ImportError> {
    let none = |_: &str| Err("画像のファイルは、ここからは読めません".to_owned());
    import_with(json, find, &none)
}

/// The same; `read_file` reads the pictures that the document names as files.
pub fn import_with<'f>(
    json: &[u8],
    find: impl Fn(&str, &str) -> Option<&'f Form>,
    read_file: ReadPicture<'_>,
) -> Result<(Draft, Receipt), ImportError> {
    let n_picture_bytes = if json.len() > MAX_BYTES { data_uri::n_bytes(json) } else { 0 };
    let max = (MAX_BYTES + n_picture_bytes).min(MAX_FILE_BYTES);
    let bytes::Text { text, corrected } = bytes::decode(json, max)?;
    let mut object = parse(&text)?;
    if !PARTS.iter().any(|key| object.contains_key(*key)) {
        return Err(ImportError::NotADocument);
    }
    let base = object.shift_remove(BASE).map(|value| base(value, &find, read_file)).transpose()?;
    let id = object.get(ID).and_then(Value::as_str).and_then(DocumentId::parse);
    if id.is_some() {
        object.shift_remove(ID);
    }
    let (state, mut receipt) = document("", object, &find, read_file)?;
    // Line ends between the values of a JSON text say nothing; only a BOM is worth a note.
    let notes = corrected.into_iter().filter(|corrected| *corrected == bytes::Corrected::ByteOrderMark);
    receipt.notes = notes.map(|corrected| corrected.words().to_owned()).collect();
    let (base, of_base) = base.unzip();
    receipt.base = of_base.map(Box::new);
    Ok((Draft { id, base: base.map(Arc::new), ..Draft::from(state) }, receipt))
}

/// The publication before: the same shape, with the days it was published and taken on.
fn base<'f>(
    value: Value,
    find: &impl Fn(&str, &str) -> Option<&'f Form>,
    read_file: ReadPicture<'_>,
) -> Result<(Base, Receipt), ImportError> {
    let mut object = as_object(BASE, value)?;
    if object.contains_key(BASE) {
        return Err(ImportError::BaseInBase);
    }
    if !PARTS.iter().any(|key| object.contains_key(*key)) {
        return Err(ImportError::Shape {
            place: BASE.to_owned(), expected: "評価書（form・answers・files・changes）"
        });
    }
    let published_on = text(BASE, "published_on", &mut object)?.unwrap_or_default();
    let taken_on = text(BASE, "taken_on", &mut object)?;
    let (state, receipt) = document(BASE, object, find, read_file)?;
    // What is published is finished.
    Ok((Base { state: State { stage: Stage::Final, ..state }, published_on, taken_on }, receipt))
}

/// A text of an object, taken out of it.
fn text(place: &str, key: &str, object: &mut Map<String, Value>) -> Result<Option<String>, ImportError> {
    match object.shift_remove(key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(ImportError::Shape { place: join(place, key), expected: "文字列" }),
    }
}

fn join(place: &str, key: &str) -> String {
    if place.is_empty() { key.to_owned() } else { format!("{place}.{key}") }
}

/// One document; `inside` says in what it stands.
fn document<'f>(
    inside: &'static str,
    mut object: Map<String, Value>,
    find: &impl Fn(&str, &str) -> Option<&'f Form>,
    read_file: ReadPicture<'_>,
) -> Result<(State, Receipt), ImportError> {
    let form = text(inside, "form", &mut object)?.unwrap_or_default();
    if object.get("revision").is_some_and(Value::is_null) {
        object.shift_remove("revision");
    }
    let revision = text(inside, "revision", &mut object)?.unwrap_or_default();
    let found = find(&form, &revision);
    let receipt = Receipt {
        form: form.clone(),
        revision: revision.clone(),
        read_as: found.map(|found| (found.id.clone(), found.revision.clone())),
        ..Receipt::default()
    };
    let mut import = Import { form: found, receipt, read_file };
    let mut state = State::from(Document { form, edition: revision, ..Document::default() });
    let document = &mut state.document;
    let within = |error: ImportError| error.within(inside);
    for (key, value) in object {
        match key.as_str() {
            "answers" => {
                let answers = as_object("answers", value).map_err(within)?;
                document.common = Arc::new(import.part(&Place::default(), answers));
            }
            "files" => document.files = import.files(value).map_err(within)?,
            "changes" => document.rows = import.changes(value).map_err(within)?,
            MARGIN => {
                let margin = as_object(MARGIN, value).map_err(within)?;
                document.margin = margin::read(margin, &mut |key, value| import.leave_out(MARGIN, key, value));
            }
            "unplaced" => document.unplaced = import.unplaced(value).map_err(within)?,
            "again" => match serde_json::from_value(value.clone()) {
                Ok(done) => state.reassessment_steps = done,
                Err(_) => import.leave_out("", key, &value),
            },
            _ => import.leave_out("", key, &value),
        }
    }
    import.receipt.n_files = document.files.len();
    import.receipt.n_rows = document.rows.len();
    (import.receipt.n_line_ends, import.receipt.n_escapes) = line_ends::arrived(&mut state.document);
    import.name_characters(&state.document);
    Ok((state, import.receipt))
}

fn parse(text: &str) -> Result<Map<String, Value>, ImportError> {
    let content = without_comments(text);
    if content.starts_with('(') || content.is_empty() {
        return Err(ImportError::Draft);
    }
    if content.len() < text.trim_start().len() {
        let before = &text[..text.len() - text.trim_start().len()];
        return Err(ImportError::Comment { line: before.matches('\n').count() + 1 });
    }
    serde_json::from_str::<Unique>(text).map_err(|found| error::in_japanese(&found, text))?;
    if text.contains(NUMBER_KEY) {
        return Err(ImportError::Shape { place: NUMBER_KEY.to_owned(), expected: "別の名前" });
    }
    let value = serde_json::from_str(text).map_err(|found| error::in_japanese(&found, text))?;
    as_object("文書全体", value)
}

/// The text behind the spaces and comments that it begins with.
fn without_comments(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        let end = match rest.get(..2) {
            Some("//") => rest.find('\n'),
            Some("/*") => rest.find("*/").map(|at| at + "*/".len()),
            _ => return rest,
        };
        rest = end.and_then(|end| rest.get(end..)).unwrap_or_default().trim_start();
    }
}

/// The link of a change row, if nothing of it would be lost.
fn link(value: &Value) -> Option<ChangeLink> {
    let link: shape::ChangeLink = serde_json::from_value(value.clone()).ok()?;
    (serde_json::to_value(&link).ok()? == *value).then(|| link.into())
}

/// Where a part of the document stands.
#[derive(Clone, Copy, Default)]
struct Place<'a> {
    file: Option<usize>,
    /// The repeat and the entry in it.
    entry: Option<(&'a str, usize)>,
}

impl Place<'_> {
    fn path(&self, item: &str) -> FieldPath {
        FieldPath { file: self.file, item: item.to_owned(), entry: self.entry.map(|(_, index)| index) }
    }
}

struct Import<'f> {
    form: Option<&'f Form>,
    receipt: Receipt,
    read_file: ReadPicture<'f>,
}

impl Import<'_> {
    fn files(&mut self, value: Value) -> Result<Vec<Arc<FilePart>>, ImportError> {
        let mut files = Vec::new();
        for (index, value) in as_list("files", value)?.into_iter().enumerate() {
            let place = format!("files[{}]", index + 1);
            let mut file = FilePart::default();
            for (key, value) in as_object(&place, value)? {
                match key.as_str() {
                    "name" => file.name = self.string(&format!("{place}.name"), value),
                    "answers" => {
                        let answers = as_object(&format!("{place}.answers"), value)?;
                        file.part = self.part(&Place { file: Some(index), entry: None }, answers);
                    }
                    _ => self.leave_out(&place, key, &value),
                }
            }
            files.push(Arc::new(file));
        }
        Ok(files)
    }

    fn changes(&mut self, value: Value) -> Result<Vec<Arc<ChangeRow>>, ImportError> {
        let mut rows = Vec::new();
        for (index, value) in as_list("changes", value)?.into_iter().enumerate() {
            let place = format!("changes[{}]", index + 1);
            let mut row = ChangeRow::default();
            for (key, value) in as_object(&place, value)? {
                if key == "link" {
                    match link(&value) {
                        Some(link) => row.link = Some(Box::new(link)),
                        None => self.leave_out(&place, key, &value),
                    }
                    continue;
                }
                if key == "why" {
                    row.why = self.string(&format!("{place}.{key}"), value);
                    continue;
                }
                // A dotted key would be taken for the id of the column.
                match row.column_mut(&key).filter(|_| !key.contains('.')) {
                    Some(cell) => {
                        *cell = self.string(&format!("{place}.{key}"), value);
                        self.receipt.n_row_chars += cell.chars().count();
                    }
                    None => self.leave_out(&place, key, &value),
                }
            }
            rows.push(Arc::new(row));
        }
        Ok(rows)
    }

    /// Texts that an import found no place for.
    fn unplaced(&mut self, value: Value) -> Result<Vec<Arc<Unplaced>>, ImportError> {
        let mut list = Vec::new();
        for (index, value) in as_list("unplaced", value)?.into_iter().enumerate() {
            let place = format!("unplaced[{}]", index + 1);
            let mut unplaced = Unplaced::default();
            for (key, value) in as_object(&place, value)? {
                match key.as_str() {
                    "source" => unplaced.source = self.string(&format!("{place}.source"), value),
                    "text" => unplaced.text = self.string(&format!("{place}.text"), value),
                    _ => self.leave_out(&place, key, &value),
                }
            }
            list.push(Arc::new(unplaced));
        }
        Ok(list)
    }

    fn part(&mut self, place: &Place<'_>, answers: Map<String, Value>) -> Part {
        let mut part = Part::default();
        for (id, value) in answers {
            let answer = self.answer(place, &id, value);
            part.answers.insert(id, answer);
        }
        part
    }

    fn answer(&mut self, place: &Place<'_>, id: &str, value: Value) -> Answer {
        let at = place.path(id);
        let Some(form) = self.form else { return self.count(unchecked(value)) };
        let Some(item) = form.item(id) else {
            self.receipt.remarks.push(Remark::UnknownItem(at));
            return unchecked(value);
        };
        let per_file = form.section_of(id).is_some_and(|section| section.per_file);
        let around = form.repeat_of(id).map(|repeat| repeat.id.as_str());
        if per_file != place.file.is_some() || around != place.entry.map(|(repeat, _)| repeat) {
            self.receipt.remarks.push(Remark::WrongPlace(at.clone()));
        }
        match self.fitting(place, item, value) {
            Ok(answer) => self.count(answer),
            Err(value) => {
                let json = value.to_string();
                self.receipt.remarks.push(Remark::Misfit(at, json.clone()));
                Answer::Foreign(json)
            }
        }
    }

    /// The value as an answer of the item, or the value itself where it does not fit.
    fn fitting(&mut self, place: &Place<'_>, item: &Item, value: Value) -> Result<Answer, Value> {
        match (&item.kind, value) {
            (Kind::TextLine | Kind::TextBlock | Kind::Date { .. } | Kind::Records, Value::String(text)) => {
                Ok(Answer::Text(text))
            }
            (Kind::Choice { .. }, Value::Null) => Ok(Answer::Choice(None)),
            (Kind::Choice { .. }, value) => {
                let n = self.whole_number(place, item, value)?;
                if !item.options().iter().any(|option| option.n == n) {
                    self.receipt.remarks.push(Remark::UnknownOption(place.path(&item.id), n));
                }
                Ok(Answer::Choice(Some(n)))
            }
            (Kind::Count, Value::Null) => Ok(Answer::Count(None)),
            (Kind::Count, value) => self.whole_number(place, item, value).map(|n| Answer::Count(Some(n))),
            (Kind::Check, Value::Bool(on)) => Ok(Answer::Check(on)),
            (Kind::Checks { .. }, value) => self.boxes(place, item, value).map(Answer::Checks),
            (Kind::Repeat(_), Value::Array(entries)) if entries.iter().all(Value::is_object) => {
                Ok(Answer::repeat(self.entries(place, item, entries)))
            }
            (Kind::Figure, value) => self.figure(place, item, value).map(Answer::Figure),
            (Kind::FreeTable, value) => free_table(&value).map(Answer::FreeTable).ok_or(value),
            (_, value) => Err(value),
        }
    }

    /// A data URI becomes a kept picture; a path that cannot be read stays as it was written, and why is told.
    fn figure(&mut self, place: &Place<'_>, item: &Item, value: Value) -> Result<Figure, Value> {
        let at = place.path(&item.id);
        let mut said = Vec::new();
        let mut figure = figure(value, self.read_file, &mut |words| said.push(words))?;
        match figure.image.as_deref().and_then(|image| pictures::bytes(image, self.read_file)) {
            Some(Ok(bytes)) => {
                let kept = KeptPicture::new(bytes);
                figure.image = None;
                figure
                    .pictures
                    .insert(0, FigurePicture { kept, orientation: Orientation::Portrait, alt: String::new() });
            }
            Some(Err(why)) => said.push(why),
            None => {}
        }
        self.receipt.remarks.extend(said.into_iter().map(|words| Remark::Picture(at.clone(), words)));
        Ok(figure)
    }

    fn entries(&mut self, place: &Place<'_>, item: &Item, entries: Vec<Value>) -> Vec<Part> {
        let objects = entries.into_iter().enumerate().filter_map(|(index, entry)| match entry {
            Value::Object(answers) => Some((index, answers)),
            _ => None,
        });
        objects
            .map(|(index, answers)| self.part(&Place { file: place.file, entry: Some((&item.id, index)) }, answers))
            .collect()
    }

    /// A number from 0 up that fits, also when written `3.0`.
    fn whole_number(&mut self, place: &Place<'_>, item: &Item, value: Value) -> Result<u32, Value> {
        if let Some(n) = value.as_u64().and_then(|n| u32::try_from(n).ok()) {
            return Ok(n);
        }
        let float = value.as_f64().filter(|n| n.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(n));
        // `as` is exact here: the number is whole and in range.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and in range")]
        let n = float.map(|n| n as u32).ok_or(&value);
        let Ok(n) = n else { return Err(value) };
        self.receipt.remarks.push(Remark::WholeNumber(place.path(&item.id), value.to_string()));
        Ok(n)
    }

    /// `{"marked": ["key", …], "key": "text of its （　）", "key_count": 3}`
    fn boxes(&mut self, place: &Place<'_>, item: &Item, value: Value) -> Result<Boxes, Value> {
        let Some(boxes) = value.as_object().and_then(read_boxes) else { return Err(value) };
        let keys = boxes.marked.iter().chain(boxes.texts.keys()).chain(boxes.counts.keys());
        let mut unknown: Vec<_> = keys.filter(|key| item.boxes().all(|known| known.key != **key)).collect();
        unknown.sort();
        unknown.dedup();
        let at = place.path(&item.id);
        let remarks = unknown.into_iter().map(|key| Remark::UnknownBox(at.clone(), key.clone()));
        self.receipt.remarks.extend(remarks);
        Ok(boxes)
    }

    fn string(&mut self, place: &str, value: Value) -> String {
        if let Value::String(text) = value {
            return text;
        }
        self.receipt.remarks.push(Remark::NotAString(place.to_owned(), value.to_string()));
        if value.is_null() { String::new() } else { value.to_string() }
    }

    /// What the author should know of the characters themselves.
    fn name_characters(&mut self, document: &Document) {
        let (mut unreadable, mut hidden) = (BTreeSet::new(), BTreeSet::new());
        walk::texts(document, &mut |_, _, text| {
            for c in text.chars() {
                match CharacterKind::of(c) {
                    CharacterKind::Unreadable => unreadable.insert(c),
                    CharacterKind::Hidden => hidden.insert(c),
                    _ => false,
                };
            }
        });
        self.receipt.unreadable = unreadable.into_iter().collect();
        self.receipt.hidden = hidden.into_iter().collect();
    }

    fn count(&mut self, answer: Answer) -> Answer {
        self.receipt.n_answers += usize::from(!matches!(answer, Answer::Repeat(_)));
        self.receipt.n_chars += match &answer {
            Answer::Text(text) => text.chars().count(),
            Answer::Checks(boxes) => boxes.texts.values().map(|text| text.chars().count()).sum(),
            Answer::Figure(figure) => figure.texts().map(|text| text.chars().count()).sum(),
            Answer::FreeTable(FreeTable { heads, rows }) => {
                heads.iter().chain(rows.iter().flatten()).map(|text| text.chars().count()).sum()
            }
            _ => 0,
        };
        answer
    }

    fn leave_out(&mut self, place: &str, key: String, value: &Value) {
        self.receipt.remarks.push(Remark::LeftOut(place.to_owned(), key, value.to_string()));
    }
}

/// An answer whose kind is not known.
fn unchecked(value: Value) -> Answer {
    match value {
        Value::String(text) => Answer::Text(text),
        value => Answer::Foreign(value.to_string()),
    }
}

fn read_boxes(object: &Map<String, Value>) -> Option<Boxes> {
    let marked = object.get("marked")?.as_array()?.iter();
    let marked = marked.map(|key| key.as_str().map(str::to_owned)).collect::<Option<_>>()?;
    let mut boxes = Boxes { marked, ..Boxes::default() };
    for (key, value) in object.iter().filter(|(key, _)| *key != "marked") {
        if let Value::String(text) = value {
            boxes.texts.insert(key.clone(), text.clone());
            continue;
        }
        let count = match value {
            Value::Null => None,
            value => Some(u32::try_from(value.as_u64()?).ok()?),
        };
        boxes.counts.insert(key.strip_suffix("_count")?.to_owned(), count);
    }
    Some(boxes)
}

fn figure(value: Value, read_file: ReadPicture<'_>, said: &mut dyn FnMut(String)) -> Result<Figure, Value> {
    let Value::Object(object) = &value else { return Err(value) };
    let mut figure = Figure::default();
    for (key, part) in object {
        if key == "pictures" {
            match pictures::read(part, read_file, said) {
                Some(pictures) => figure.pictures = pictures,
                None => return Err(value),
            }
            continue;
        }
        if key == "charts" {
            match charts(part) {
                Some(charts) => figure.charts = charts,
                None => return Err(value),
            }
            continue;
        }
        let field = match key.as_str() {
            "caption" => &mut figure.caption,
            "note" => &mut figure.note,
            "image" => &mut figure.image,
            _ => return Err(value),
        };
        match part {
            Value::String(text) => *field = Some(text.clone()),
            _ => return Err(value),
        }
    }
    Ok(figure)
}

/// Charts as they stand in a draft; with anything else in them they are none, and kept as they came.
pub(super) fn charts(value: &Value) -> Option<Vec<Chart>> {
    Some(shape::Chart::list(value)?.into_iter().map(Chart::from).collect())
}

/// `{"heads": ["…", …], "rows": [["…", …], …]}`; with less it is no table, and kept as it came.
fn free_table(value: &Value) -> Option<FreeTable> {
    let object = value.as_object().filter(|object| object.len() == 2)?;
    let texts = |list: &Value| -> Option<Vec<String>> {
        list.as_array()?.iter().map(|text| text.as_str().map(str::to_owned)).collect()
    };
    let rows = object.get("rows")?.as_array()?.iter().map(texts).collect::<Option<_>>()?;
    Some(FreeTable { heads: texts(object.get("heads")?)?, rows })
}

fn as_object(place: &str, value: Value) -> Result<Map<String, Value>, ImportError> {
    match value {
        Value::Object(object) => Ok(object),
        _ => Err(ImportError::Shape { place: place.to_owned(), expected: " { } " }),
    }
}

fn as_list(place: &str, value: Value) -> Result<Vec<Value>, ImportError> {
    match value {
        Value::Array(list) => Ok(list),
        _ => Err(ImportError::Shape { place: place.to_owned(), expected: " [ ] " }),
    }
}
