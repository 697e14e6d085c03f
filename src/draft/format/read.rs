//! File → draft: the format number first, then the draft, stepped up to the current format.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::check_value::{self, CheckValue};
use super::container::{self, Container};
use super::steps::{CURRENT, MAX_ENTRIES, TooMany, read_format};
use super::{NotText, ReadError, bytes, edition, error};
use crate::draft::{Draft, PictureBytes, line_ends, visible};

/// Largest file that is read: more than ten times the longest document known, and at worst two gigabytes of memory.
pub const MAX_BYTES: usize = 32 << 20;

/// Largest file that is read, with its pictures. Five drawings of one document have some ten megabytes.
pub const MAX_FILE_BYTES: usize = 160 << 20;

/// Names of strange things that are told.
const MOST_NAMED: usize = 5;

/// Said of a file that is not as the program wrote it.
const DIFFERS: &str = "このファイルは、手で直されたか、一部が壊れています（確認用の値が合いません）。内容を確かめてから使ってください。\
     おかしなところがあれば、「以前の版」から戻せます";

/// A draft as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// The draft.
    pub draft: Draft,
    /// Whether it may be saved over its file.
    pub access: Access,
    /// What was put right while reading, one Japanese sentence each.
    pub notes: Vec<String>,
    /// Whether the file is as the program wrote it.
    pub check_value: CheckValue,
}

/// Whether a draft may be saved over its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// Yes.
    Write,
    /// No: saving would lose something; the Japanese reason says what.
    ReadOnly(String),
}

/// Reads the file of a draft, with its pictures or without.
pub fn read(file: &[u8]) -> Result<Opened, ReadError> {
    if file.len() > MAX_FILE_BYTES {
        return Err(NotText::TooLarge { bytes: file.len(), max: MAX_FILE_BYTES }.into());
    }
    let container = if file.starts_with(container::SIGNATURE) { container::read(file) } else { None };
    let Some(Container { text, pictures, strange, wrong }) = container else { return read_text(file) };
    let mut opened = read_text(text)?;
    opened.draft.take_pictures(&pictures);
    let n_bad = opened.draft.pictures().values().filter(|bytes| !matches!(bytes, PictureBytes::Sound(_))).count();
    opened.notes.extend(wrong.map(|what| format!("図の入ったこのファイルは、{what}。文章は読めています")));
    if n_bad > 0 {
        let rest = "文章はすべて読めています。図の欄で確かめ、画像を選び直すか「以前の版」から戻してください";
        opened.notes.push(format!("図の画像{n_bad}件がファイルにないか、壊れています。{rest}"));
    }
    if !strange.is_empty() {
        let names: Vec<_> = strange.iter().take(MOST_NAMED).map(|name| visible(name).into_owned()).collect();
        let names = names.join("、");
        let reason = format!("このプログラムが知らないものがファイルの中にあり、保存すると失われます（{names}）");
        opened.access = match opened.access {
            Access::Write => Access::ReadOnly(reason),
            Access::ReadOnly(first) => Access::ReadOnly(format!("{first}。{reason}")),
        };
    }
    Ok(opened)
}

/// Reads the text of a draft.
fn read_text(file: &[u8]) -> Result<Opened, ReadError> {
    let bytes::Text { text, corrected } = bytes::decode(file, MAX_BYTES)?;
    let mut notes: Vec<String> = corrected.into_iter().map(|corrected| corrected.words().to_owned()).collect();
    match text.trim_start().chars().next() {
        Some('{' | '[') => return Err(ReadError::Json),
        Some('(' | '/' | '#') => {}
        _ => return Err(ReadError::NotADraft),
    }
    let format = format_number(&text);
    let mut unknown = Vec::new();
    let mut draft = match (read_format(format.unwrap_or(CURRENT), &text, &mut unknown), format) {
        (Ok(Ok(draft)), _) => draft,
        (Ok(Err(TooMany(n))), _) => return Err(ReadError::TooMany { n, max: MAX_ENTRIES }),
        (Err(_), Some(format)) if format > CURRENT => return Err(ReadError::TooNew { format }),
        (Err(error), Some(_)) => return Err(error::in_japanese(&error, &text)),
        (Err(error), None) => return Err(error::without_format(&error, &text)),
    };
    let format = format.unwrap_or(CURRENT);
    if format == 0 {
        return Err(ReadError::NotADraft);
    }
    let n_texts = line_ends::draft(&mut draft);
    if n_texts > 0 {
        notes.push(format!("{n_texts}件の文章の改行コードを LF にそろえました"));
    }
    let edition = edition::find(&mut draft);
    notes.extend(edition.note);
    let check_value = check_value::check(&text);
    if check_value == CheckValue::Differs {
        notes.push(DIFFERS.to_owned());
    }
    Ok(Opened { draft, access: access(format, &unknown, edition.reason), notes, check_value })
}

fn access(format: u32, unknown: &[String], edition: Option<String>) -> Access {
    let newer = (format > CURRENT).then(|| {
        format!("このファイルは新しい版の評価書工房で作られています（形式{format}。このプログラムは形式{CURRENT}まで）")
    });
    let fields = (!unknown.is_empty())
        .then(|| format!("このプログラムが知らない項目があり、保存すると失われます（{}）", unknown.join("、")));
    let reasons: Vec<_> = newer.into_iter().chain(fields).chain(edition).collect();
    if reasons.is_empty() { Access::Write } else { Access::ReadOnly(reasons.join("。")) }
}

/// The format number, also of a file whose rest this program cannot read.
fn format_number(text: &str) -> Option<u32> {
    let found = Cell::new(None);
    let mut deserializer = ron::Deserializer::from_str(text).ok()?;
    // The rest of the file is not read here: an error in it is found later.
    let _ = FormatNumber(&found).deserialize(&mut deserializer);
    found.get()
}

struct FormatNumber<'a>(&'a Cell<Option<u32>>);

impl<'de> DeserializeSeed<'de> for FormatNumber<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_struct("", &["format"], self)
    }
}

impl<'de> Visitor<'de> for FormatNumber<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("format")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        while let Some(name) = fields.next_key::<Name>()? {
            if name.0 == "format" {
                self.0.set(Some(fields.next_value()?));
                return Ok(());
            }
            fields.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

/// The name of a field of any structure.
struct Name(String);

impl<'de> serde::Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(NameVisitor)
    }
}

struct NameVisitor;

impl Visitor<'_> for NameVisitor {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Name, E> {
        Ok(Name(name.to_owned()))
    }
}
