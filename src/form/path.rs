//! The address of one answer in a document.

use std::fmt;

/// The address of one answer: which file, which item, which entry of the repeat the item is in.
///
/// Indices count from 0; people see them from 1. For a change row, `item` is the column id and
/// `entry` the row.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldPath {
    /// Index of the 特定個人情報ファイル, for items of sections that stand once per file.
    pub file: Option<usize>,
    /// Stable id of the item.
    pub item: String,
    /// Index of the entry, for items inside a repeat, and of the row in the change table.
    pub entry: Option<usize>,
}

/// What the ids of the columns of the change table begin with in every form.
const CHANGE_TABLE: &str = "changes.";

impl FieldPath {
    /// An item of a section that stands once.
    pub fn document(item: &str) -> Self {
        Self { file: None, item: item.to_owned(), entry: None }
    }

    /// An item of a section that stands once per file.
    pub fn in_file(file: usize, item: &str) -> Self {
        Self { file: Some(file), item: item.to_owned(), entry: None }
    }

    /// The same place inside entry `entry`.
    #[must_use]
    pub fn entry(mut self, entry: usize) -> Self {
        self.entry = Some(entry);
        self
    }

    /// Whether it is a column of the change table.
    pub fn is_in_change_table(&self) -> bool {
        self.file.is_none() && self.item.starts_with(CHANGE_TABLE)
    }
}

/// `files[2].overview.outsource.items.name[3]`, counting from 1 as people do.
impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = self.file {
            write!(f, "files[{}].", file + 1)?;
        }
        write!(f, "{}", self.item)?;
        if let Some(entry) = self.entry {
            write!(f, "[{}]", entry + 1)?;
        }
        Ok(())
    }
}
