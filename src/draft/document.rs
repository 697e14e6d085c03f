//! The document: the answers of one form, the 特定個人情報ファイル and the change table, with what is noted at them.

use std::borrow::Cow;
use std::iter;
use std::sync::Arc;

use super::{Answer, ByItem, ChangeLink, Comment};
use crate::form::FileOrder;
use crate::margin::Margin;

/// One document, finished or not.
///
/// Strings hold every character as typed; the only thing normalised is the line end (`\n`).
///
/// A copy shares its parts, files and rows, and within these what stands at each item: whoever changes one of them
/// copies that one alone. So a save, a comparison or a picture of a moment ago costs no text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Id of the form, e.g. `youshiki3`.
    pub form: String,
    /// Id of the edition, e.g. `r6-10`.
    pub edition: String,
    /// Printing order of the per-file sections; `None` = as the form says.
    pub file_order: Option<FileOrder>,
    /// What stands at head and foot of its pages.
    pub margin: Margin,
    /// Answers of the sections that stand once.
    pub common: Arc<Part>,
    /// The 特定個人情報ファイル in printed order.
    pub files: Vec<Arc<FilePart>>,
    /// The change table in printed order.
    pub rows: Vec<Arc<ChangeRow>>,
    /// 置けなかった文章: what an import found no place for; never printed.
    pub unplaced: Vec<Arc<Unplaced>>,
}

impl Document {
    /// The name of a file, or its number where it has none yet.
    pub fn file_name(&self, file: usize) -> Cow<'_, str> {
        let name = self.files.get(file).map_or("", |file| file.name.trim());
        if name.is_empty() { Cow::Owned(format!("ファイル{}", file + 1)) } else { Cow::Borrowed(name) }
    }

    /// The answers of the sections that stand once, to be changed.
    pub fn common_mut(&mut self) -> &mut Part {
        Arc::make_mut(&mut self.common)
    }

    /// The answers of the sections that stand once, then those of each file, to be changed.
    pub fn parts_mut(&mut self) -> impl Iterator<Item = &mut Part> {
        let files = self.files.iter_mut().map(|file| &mut Arc::make_mut(file).part);
        iter::once(Arc::make_mut(&mut self.common)).chain(files)
    }

    /// A file, to be changed.
    pub fn file_mut(&mut self, index: usize) -> Option<&mut FilePart> {
        self.files.get_mut(index).map(Arc::make_mut)
    }

    /// All files, to be changed.
    pub fn files_mut(&mut self) -> impl Iterator<Item = &mut FilePart> {
        self.files.iter_mut().map(Arc::make_mut)
    }

    /// A row of the change table, to be changed.
    pub fn row_mut(&mut self, index: usize) -> Option<&mut ChangeRow> {
        self.rows.get_mut(index).map(Arc::make_mut)
    }

    /// All rows of the change table, to be changed.
    pub fn rows_mut(&mut self) -> impl Iterator<Item = &mut ChangeRow> {
        self.rows.iter_mut().map(Arc::make_mut)
    }
}

/// Answers that stand together: of the document, of one file, or of one entry of a repeat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Item id → answer; also of items the form does not have (kept, never printed, reported).
    pub answers: ByItem<Answer>,
    /// Item id → the author's internal note; never printed.
    pub notes: ByItem<String>,
    /// Item id → what colleagues remarked; never printed.
    pub comments: ByItem<Vec<Comment>>,
    /// Findings set aside with a reason.
    pub waivers: Vec<Waiver>,
}

/// One 特定個人情報ファイル: its name and the answers of the sections that stand once per file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilePart {
    /// Name of the file.
    pub name: String,
    /// Its answers.
    pub part: Part,
}

/// A text that an import found no place for, until its author has put it somewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unplaced {
    /// Where it stood, in words.
    pub source: String,
    /// The text.
    pub text: String,
}

/// One row of the change table, in the columns of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeRow {
    /// 変更日 as written.
    pub date: String,
    /// 項目.
    pub item: String,
    /// 変更前の記載.
    pub before: String,
    /// 変更後の記載.
    pub after: String,
    /// 提出時期: 事前, 事後 or what the author wrote; empty when open.
    pub timing: String,
    /// 提出時期に係る説明.
    pub reason: String,
    /// Why it is changed, in the author's own words; never printed in the document, told in the 変更の概要.
    pub why: String,
    /// The author's internal note; never printed.
    pub note: String,
    /// What colleagues remarked; never printed.
    pub comments: Vec<Comment>,
    /// Findings set aside with a reason.
    pub waivers: Vec<Waiver>,
    /// The difference the row tells of; `None` for a row of a former year or one written by hand.
    pub link: Option<Box<ChangeLink>>,
}

impl ChangeRow {
    /// The columns, by the last part of their ids.
    pub const COLUMNS: [&str; 6] = ["date", "item", "before", "after", "timing", "reason"];

    /// The text of a column by its id in the form, e.g. `changes.rows.before`.
    pub fn column(&self, id: &str) -> Option<&str> {
        Some(match id.rsplit('.').next()? {
            "date" => &self.date,
            "item" => &self.item,
            "before" => &self.before,
            "after" => &self.after,
            "timing" => &self.timing,
            "reason" => &self.reason,
            _ => return None,
        })
    }

    /// Whether both print the same.
    pub fn prints_as(&self, other: &Self) -> bool {
        Self::COLUMNS.iter().all(|column| self.column(column) == other.column(column))
    }

    /// The text of a column by its id in the form, to be changed.
    pub(crate) fn column_mut(&mut self, id: &str) -> Option<&mut String> {
        Some(match id.rsplit('.').next()? {
            "date" => &mut self.date,
            "item" => &mut self.item,
            "before" => &mut self.before,
            "after" => &mut self.after,
            "timing" => &mut self.timing,
            "reason" => &mut self.reason,
            _ => return None,
        })
    }
}

/// A finding set aside by the author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// Rule id, e.g. `XC-F11`.
    pub rule: String,
    /// The item (or column) the finding points at.
    pub item: String,
    /// What the finding said; empty in older drafts, where whatever the rule says of the item is set aside.
    pub what: String,
    /// Why it may stay.
    pub reason: String,
}

impl Waiver {
    /// The finding it is about: rule, item and what was said.
    pub fn key(&self) -> (&str, &str, &str) {
        (&self.rule, &self.item, &self.what)
    }
}
