//! A form, its sections, and an item and its kind.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use super::{Condition, Help};

/// One edition of one official form, complete and with every reference resolved.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Stable id of the form, e.g. `youshiki3`.
    pub id: String,
    /// Stable id of the edition, e.g. `r6-10`.
    pub revision: String,
    /// Year, and month where established, of the edition (`2024-10`, `2025`); newer editions sort after older ones.
    #[serde(default)]
    pub issued: String,
    /// Official title, e.g. 特定個人情報保護評価書（重点項目評価書）.
    pub title: String,
    /// Short name in the office, e.g. 重点項目評価書.
    pub short_title: String,
    /// The mark printed on the cover, e.g. `[令和６年10月　様式３]`; `None` where it is not established.
    #[serde(default)]
    pub mark: Option<String>,
    /// What is not certain about this edition, in words; `None` where nothing is open.
    #[serde(default, deserialize_with = "one_line_option")]
    pub uncertain: Option<String>,
    /// Language of the document, as in `ja`.
    #[serde(default = "japanese")]
    pub language: String,
    /// Paper size.
    #[serde(default)]
    pub paper: Paper,
    /// Whether the document has a list of 特定個人情報ファイル.
    #[serde(default)]
    pub has_files: bool,
    /// Fewest files, where the document has a list of them; there is no upper end.
    #[serde(default)]
    pub min_files: u32,
    /// Signs printed all over the form.
    pub signs: Signs,
    /// Characters per printed line, where they were measured.
    #[serde(default)]
    pub chars_per_line: Option<CharsPerLine>,
    /// Order of the whole document and where pages start.
    pub assembly: Assembly,
    /// The sections in the order of the data; `assembly` says the order on paper.
    pub sections: Vec<Section>,
    /// The table of しきい値判断, where the form computes it (様式2).
    #[serde(default)]
    pub threshold: Option<Threshold>,
    /// Help texts by item or column id, read from `help.ron` beside the form.
    #[serde(default, skip_deserializing)]
    pub help: BTreeMap<String, Help>,
}

/// Paper size of a form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
}

/// Signs printed all over the form.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Signs {
    /// A box that is on, `[ ○ ]`.
    pub check_on: String,
    /// A box that is off, of the same width.
    pub check_off: String,
    /// The head of an option list, ＜選択肢＞.
    pub choice_list_title: String,
    /// The mark of an item whose change is a 重要な変更, ※; `None` in 様式2.
    #[serde(default)]
    pub star: Option<String>,
}

/// Full-width characters per line, measured on full cells of a published document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CharsPerLine {
    /// A cell over the full width, ±2.
    pub full_row: u32,
    /// The value cell right of a label, ±1.
    pub value_cell: u32,
    /// A label cell.
    pub label_cell: u32,
    /// A nested label cell.
    pub nested_label: u32,
    /// The 宣言 on the cover.
    pub declaration: u32,
}

/// Order of the document on paper.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Assembly {
    /// Section ids; `per_file` stands for all sections that are repeated for each file.
    pub order: Vec<String>,
    /// The per-file sections in their order.
    #[serde(default)]
    pub per_file_sections: Vec<String>,
    /// The printing order used unless the draft says otherwise.
    #[serde(default)]
    pub file_order: FileOrder,
    /// Sections that start a new page.
    pub starts_new_page: Vec<String>,
    /// Sections of `starts_new_page` whose page start is inferred, not read.
    #[serde(default)]
    pub starts_new_page_inferred: Vec<String>,
    /// Title of a 別紙, with `{n}`; `None` where the form has none.
    #[serde(default)]
    pub attachment_title: Option<String>,
}

/// In which order the per-file sections are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FileOrder {
    /// All sections of file 1, then all of file 2.
    #[default]
    ByFile,
    /// One section for all files, then the next section.
    BySection,
}

/// A section: Ⅰ, Ⅱ, 別添１ and so on.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Stable id.
    pub id: String,
    /// Exact printed title.
    pub title: String,
    /// Whether every item of the section is a ※ item.
    #[serde(default)]
    pub star: bool,
    /// Items that are not ※ although the section is.
    #[serde(default)]
    pub star_except: Vec<String>,
    /// The words of the title that name those exceptions, e.g. （７．②を除く。）.
    #[serde(default)]
    pub star_except_printed: String,
    /// Whether the section stands once per 特定個人情報ファイル.
    #[serde(default)]
    pub per_file: bool,
    /// Orientation of its pages.
    #[serde(default)]
    pub orientation: Orientation,
    /// Where the wording of the items was read, unless they say otherwise.
    #[serde(default)]
    pub evidence: Option<Evidence>,
    /// What is not certain about the section, in words.
    #[serde(default, deserialize_with = "one_line_option")]
    pub uncertain: Option<String>,
    /// Lines printed as they are, one per boxed line (項目一覧).
    #[serde(default)]
    pub static_lines: Vec<String>,
    /// The items in printed order.
    #[serde(default)]
    pub items: Vec<Item>,
}

/// Orientation of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    /// A4 upright.
    #[default]
    Portrait,
    /// A4 lying.
    Landscape,
}

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
    /// From which stage on an answer is required.
    #[serde(default)]
    pub phase: Phase,
    /// The only kind of body that fills the row, though it is printed for all.
    #[serde(default)]
    pub applies_to: Option<String>,
    /// Answers that say "nothing to report" and count as blank in checks.
    #[serde(default)]
    pub empty_values: Vec<String>,
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

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceOption {
    /// Number of the option, from 1.
    pub n: u32,
    /// Exact printed wording.
    pub label: String,
    /// What a bracket option covers: from (included) and below (excluded; `None` = no upper end).
    #[serde(default)]
    pub range: Option<(u64, Option<u64>)>,
}

/// How a choice is printed.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ChoicePrint {
    /// Where the option list stands.
    pub list: ListPlace,
    /// Option numbers by printed row.
    pub grid: Vec<Vec<u32>>,
    /// Text before an option with the number 1 in it: `1） ` or `1) `.
    pub marker: String,
    /// Where the arrangement was read.
    #[serde(default)]
    pub basis: Option<String>,
}

/// Where the option list of a choice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ListPlace {
    /// Right of the bracket.
    Right,
    /// Below the bracket.
    Below,
}

/// Boxes that stand together.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct BoxGroup {
    /// A line above the boxes, e.g. ・識別情報; empty where none is printed.
    #[serde(default)]
    pub label: String,
    /// The boxes.
    pub options: Vec<BoxOption>,
    /// Keys by printed row.
    pub grid: Vec<Vec<String>>,
    /// Where the arrangement was read.
    #[serde(default)]
    pub basis: Option<String>,
}

/// One box of a checks item.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct BoxOption {
    /// Stable key.
    pub key: String,
    /// Exact printed wording.
    pub label: String,
    /// `Some((open, close))` where a （　　） to be filled follows the label.
    #[serde(default)]
    pub free_text: Option<(String, String)>,
    /// `Some((before, after))` where a （　　）　件 follows the label.
    #[serde(default)]
    pub count: Option<(String, String)>,
    /// The repeat whose entries are counted for it.
    #[serde(default)]
    pub count_of: Option<String>,
}

/// One column of the change table.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Stable id.
    pub id: String,
    /// Exact printed head.
    pub label: String,
    /// What the column takes.
    pub kind: Kind,
    /// Whether a cell must be filled.
    #[serde(default)]
    pub required: bool,
    /// From which stage on.
    #[serde(default)]
    pub phase: Phase,
    /// Column width in em of body size, padding included.
    pub width_em: f32,
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

/// The table of しきい値判断 (様式2).
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// 対象人数 option → result option without and with 取扱者数500人以上 or 重大事故.
    pub table: BTreeMap<u32, (u32, u32)>,
    /// Result → option of 様式3 Ⅴ１②; `None` where 様式3 is not enough.
    pub to_youshiki3: BTreeMap<u32, Option<u32>>,
    /// Result → option of 様式4 Ⅵ１②.
    pub to_youshiki4: BTreeMap<u32, Option<u32>>,
}

impl Form {
    /// Every item in the order of the data, groups and repeats before the items inside them.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|section| section.items.iter()).flat_map(Item::with_inner)
    }

    /// The item with that id.
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.section_of(id)?.items.iter().find_map(|item| item.find(id))
    }

    /// The section with that id.
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == id)
    }

    /// The section an item belongs to: ids begin with the id of their section.
    pub fn section_of(&self, item_id: &str) -> Option<&Section> {
        self.section(item_id.split('.').next().unwrap_or(item_id))
    }

    /// The repeat an item belongs to.
    pub fn repeat_of(&self, item_id: &str) -> Option<&Item> {
        self.section_of(item_id)?.items.iter().flat_map(Item::with_inner).find(|item| {
            matches!(&item.kind, Kind::Repeat(repeat) if repeat.items.iter().any(|inner| inner.find(item_id).is_some()))
        })
    }

    /// The change table, with its item id.
    pub fn change_table(&self) -> Option<(&Item, &[Column])> {
        // It stands by itself at the end of the form.
        self.sections.iter().rev().flat_map(|section| &section.items).find_map(|item| match &item.kind {
            Kind::Table { columns } => Some((item, columns.as_slice())),
            _ => None,
        })
    }

    /// Whether a change to the item is a 重要な変更 by the printed ※ of it, its headings or its section.
    pub fn is_starred(&self, item_id: &str) -> bool {
        let Some(section) = self.section_of(item_id) else { return false };
        if section.star_except.iter().any(|except| except == item_id) {
            return false;
        }
        section.star || section.items.iter().any(|item| item.star_covers(item_id))
    }
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

    fn star_covers(&self, item_id: &str) -> bool {
        // What stands in the cell of a ※ item is a part of it.
        let is_in_cell = |inner: &Item| {
            inner.id == item_id && inner.in_cell.as_ref().is_some_and(|in_cell| self.star_covers(&in_cell.of))
        };
        (self.star.is_some() && self.find(item_id).is_some())
            || self.inner().iter().any(|inner| inner.star_covers(item_id) || is_in_cell(inner))
    }
}

fn japanese() -> String {
    "ja".to_owned()
}

/// Reads a text that stands on several lines in the data: the lines are joined by a space.
fn one_line<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok(text.lines().map(|line| line.trim_matches(' ')).collect::<Vec<_>>().join(" "))
}

fn one_line_option<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(transparent)]
    struct OneLine(#[serde(deserialize_with = "one_line")] String);
    Ok(Option::<OneLine>::deserialize(deserializer)?.map(|OneLine(text)| text))
}
