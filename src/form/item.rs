//! An item and its kind.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::edition::one_line;
use super::{BoxGroup, BoxOption, ChoiceOption, ChoicePrint, Column, Condition};

/// One item of the form: a question, a heading with items below it, or a repeat.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Stable absolute id, unique in the form.
    pub id: String,
    /// Printed number as printed, e.g. `①` or `２．`; empty where none is printed.
    #[serde(default)]
    pub number: String,
    /// Exact printed wording after the number, without ※. `{n}` stands for the entry number.
    #[serde(default)]
    pub label: String,
    /// Manual line breaks of the printed label; empty where it simply wraps.
    #[serde(default)]
    pub label_lines: Vec<String>,
    /// `Some(gap)` where ※ is printed; the gap stands between label and ※.
    #[serde(default)]
    pub star: Option<String>,
    /// Where the label stands.
    #[serde(default)]
    pub layout: LabelLayout,
    /// What kind of answer the item takes.
    pub kind: Kind,
    /// When an answer is required.
    #[serde(default)]
    pub required: Required,
    /// When the item applies at all; `None` = always.
    #[serde(default)]
    pub enabled_if: Option<Condition>,
    /// When a box is to be on, as other answers have it: proposed, never put in.
    #[serde(default)]
    pub proposed_if: Option<Condition>,
    /// From which stage on an answer is required.
    #[serde(default)]
    pub phase: Phase,
    /// The only kind of body that fills the row, though it is printed for all.
    #[serde(default)]
    pub applies_to: Option<String>,
    /// Answers that say "nothing to report" and count as blank in checks.
    #[serde(default)]
    pub empty_values: Vec<String>,
    /// Whether 「－」 or 「なし」 answers the item although it is always required.
    #[serde(default)]
    pub none_is_answer: bool,
    /// A pre-printed answer that the author does not edit.
    #[serde(default)]
    pub fixed: Option<String>,
    /// What the program fills the answer from unless the author wrote one.
    #[serde(default)]
    pub derived: Option<Derived>,
    /// Where the answer is printed inside the cell of another item.
    #[serde(default)]
    pub in_cell: Option<InCell>,
    /// Text printed after the answer, e.g. 時点.
    #[serde(default)]
    pub suffix: String,
    /// Text printed below the answer.
    #[serde(default)]
    pub footnote: String,
    /// Whether the section title and the head row are printed again on each page of the table.
    #[serde(default)]
    pub header_repeats: bool,
    /// The id in 様式3 that must say the same thing.
    #[serde(default)]
    pub same_as: Option<String>,
    /// Whether the answer, with everything inside, belongs to one publication and is asked anew in the next.
    #[serde(default)]
    pub of_publication: bool,
    /// Where the wording was read; `None` = as the heading or section above says.
    #[serde(default)]
    pub evidence: Option<Evidence>,
    /// Whether the exact characters should be read once off an official sheet.
    #[serde(default)]
    pub uncertain: bool,
    /// The edition that introduced the item.
    #[serde(default)]
    pub new_in: Option<String>,
    /// A remark for developers, in English.
    #[serde(default, deserialize_with = "one_line")]
    pub remark: String,
}

/// Where the label of an item stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelLayout {
    /// In the label band, the value in the value band.
    #[default]
    Left,
    /// Indented inside the label band, below the item before it.
    Nested,
    /// A full-width row above a full-width cell.
    Above,
    /// A full-width numbered heading row.
    Heading,
    /// A full-width リスク row.
    Risk,
    /// A narrow vertical cell left of its items (再委託).
    Side,
    /// A cell that shares the label band with the labels of its items (使用の主体).
    Split,
    /// A check box at the right end of the heading row.
    InHeading,
}

/// The kind of an item.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// Items under one label.
    Group {
        /// The items in printed order.
        items: Vec<Item>,
    },
    /// Entries with the same items (システム, 委託事項, 提供先, 移転先).
    Repeat(Repeat),
    /// A short answer without line breaks; it still wraps on paper.
    TextLine,
    /// Free text with the author's line breaks and indents.
    TextBlock,
    /// A date in 和暦.
    Date {
        /// How exact the date may be; empty = day only.
        #[serde(default)]
        precision: Vec<Precision>,
    },
    /// A number of entries.
    Count,
    /// One of several numbered options.
    Choice {
        /// The options in their printed order.
        options: Vec<ChoiceOption>,
        /// How bracket and list are printed; `None` = the value alone.
        #[serde(default)]
        print: Option<ChoicePrint>,
    },
    /// Several boxes.
    Checks {
        /// Groups of boxes; a single group without label where the form has no groups.
        groups: Vec<BoxGroup>,
        /// Keys that exclude all others.
        #[serde(default)]
        exclusive: Vec<String>,
    },
    /// A single box.
    Check,
    /// The change table.
    Table {
        /// The columns from left to right.
        columns: Vec<Column>,
    },
    /// The free list of record items (別添１).
    Records,
    /// Imported pictures or pages (様式4 別添１).
    Figure,
    /// A table whose columns the author chooses (別紙).
    FreeTable,
}

/// A repeat: entries with the same items.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Repeat {
    /// The items of one entry.
    pub items: Vec<Item>,
    /// Fewest entries.
    #[serde(default)]
    pub min: u32,
    /// Entries the paper has room for; more are printed all the same and reported.
    #[serde(default)]
    pub max: Option<u32>,
    /// Title row of an entry, with `{n}`.
    pub instance_title: String,
    /// The item whose value is printed in the title row; `None` = a title row alone.
    #[serde(default)]
    pub title_item: Option<String>,
    /// Rows printed always, each before the entry of `paging_starts`.
    #[serde(default)]
    pub paging_headings: Vec<String>,
    /// Entry numbers (from 1) before which the headings stand.
    #[serde(default)]
    pub paging_starts: Vec<u32>,
    /// Empty entries printed when there are none.
    #[serde(default)]
    pub print_min: u32,
}

/// How exact a date may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// Year, month and day.
    Day,
    /// Year and month.
    Month,
}

/// When an answer is required.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Required {
    /// Never.
    #[default]
    No,
    /// Always.
    Always,
    /// When the condition holds.
    When(Condition),
}

/// From which stage on an answer is required.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// In every stage.
    #[default]
    Any,
    /// Only in the document that is submitted and published.
    Final,
}

/// What the program fills an answer from.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Derived {
    /// The names of all files, one per line.
    FileNames,
    /// The name of the file the section belongs to.
    FileName,
    /// The number of entries of a repeat.
    CountOf(String),
    /// The result of the しきい値判断 from 対象人数, 取扱者数 and 重大事故.
    Threshold {
        /// Item of 対象人数.
        population: String,
        /// Item of 取扱者数.
        handlers: String,
        /// Item of 重大事故.
        incident: String,
    },
    /// The option that goes with the one chosen at `of`, until the author chooses another.
    Follows {
        /// The choice it goes with.
        of: String,
        /// Option there → option here.
        options: BTreeMap<u32, u32>,
    },
    /// The answer of the item that the option chosen at `of` names (【再掲】).
    Restates {
        /// The choice that names the item.
        of: String,
        /// Option number → item whose answer is restated.
        items: BTreeMap<u32, String>,
    },
}

/// Where an answer is printed inside the cell of another item.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct InCell {
    /// The item whose cell it is.
    pub of: String,
    /// Text printed before the answer.
    pub before: String,
    /// Text printed after the answer.
    pub after: String,
}

/// Where a wording was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// In a stored copy of the form or of its 記載要領.
    Source,
    /// In another form of the same edition.
    Sibling,
    /// Known from published documents, not re-read.
    Memory,
}

impl Item {
    /// The items directly inside a group or repeat.
    pub fn inner(&self) -> &[Item] {
        match &self.kind {
            Kind::Group { items } => items,
            Kind::Repeat(repeat) => &repeat.items,
            _ => &[],
        }
    }

    /// The items directly inside a group or repeat, to be changed; `None` where there can be none.
    pub(super) fn inner_mut(&mut self) -> Option<&mut Vec<Item>> {
        match &mut self.kind {
            Kind::Group { items } => Some(items),
            Kind::Repeat(repeat) => Some(&mut repeat.items),
            _ => None,
        }
    }

    /// This item and everything inside it, outer before inner.
    pub fn with_inner(&self) -> Box<dyn Iterator<Item = &Item> + '_> {
        Box::new(std::iter::once(self).chain(self.inner().iter().flat_map(Item::with_inner)))
    }

    /// The item with that id, here or inside.
    pub fn find(&self, id: &str) -> Option<&Item> {
        if self.id == id { Some(self) } else { self.inner().iter().find_map(|item| item.find(id)) }
    }

    /// All boxes of a checks item.
    pub fn boxes(&self) -> impl Iterator<Item = &BoxOption> {
        let groups: &[BoxGroup] = match &self.kind {
            Kind::Checks { groups, .. } => groups,
            _ => &[],
        };
        groups.iter().flat_map(|group| group.options.iter())
    }

    /// The options of a choice.
    pub fn options(&self) -> &[ChoiceOption] {
        match &self.kind {
            Kind::Choice { options, .. } => options,
            _ => &[],
        }
    }

    /// The columns of the change table.
    pub fn columns(&self) -> &[Column] {
        match &self.kind {
            Kind::Table { columns } => columns,
            _ => &[],
        }
    }

    /// Whether the item takes an answer of its own.
    pub fn is_answered(&self) -> bool {
        !matches!(self.kind, Kind::Group { .. })
    }

    /// Number and label as printed on one line, e.g. `①事務の名称`.
    pub fn printed_label(&self) -> String {
        format!("{}{}", self.number, self.label)
    }

    /// Whether its ※, or one inside it, covers that item.
    pub(super) fn star_covers(&self, item_id: &str) -> bool {
        // What stands in the cell of a ※ item is a part of it.
        let is_in_cell = |inner: &Item| {
            inner.id == item_id && inner.in_cell.as_ref().is_some_and(|in_cell| self.star_covers(&in_cell.of))
        };
        (self.star.is_some() && self.find(item_id).is_some())
            || self.inner().iter().any(|inner| inner.star_covers(item_id) || is_in_cell(inner))
    }
}
