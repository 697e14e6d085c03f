//! One edition of an official form: what it holds as a whole, and its sections.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use super::index::Index;
use super::{Column, Evidence, Help, Item, KeyItems, Kind, NameKind};

/// The word in `assembly.order` that stands for all sections repeated for each file.
pub(super) const PER_FILE: &str = "per_file";

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
    /// The items that the program itself must know.
    #[serde(default, skip_serializing)]
    pub key_items: KeyItems,
    /// Where names stand that a document has more than once.
    #[serde(default, skip_serializing)]
    pub names: Vec<NameKind>,
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
    /// Option of 「何の表か」 of a 別紙 → the repeat or list that its rows go on with.
    #[serde(skip)]
    pub attached: BTreeMap<u32, String>,
    /// Option of 「何の表か」 → the heads of its table, where they are not the labels of that list.
    #[serde(skip)]
    pub(super) attached_heads: BTreeMap<u32, Vec<String>>,
    /// Where each item stands.
    #[serde(skip)]
    pub(super) index: Index,
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

/// Id of the cover in every form.
const COVER: &str = "cover";

impl Section {
    /// Whether it is the cover: its title is that of the whole document.
    pub fn is_cover(&self) -> bool {
        self.id == COVER
    }
}

impl Form {
    /// Questions of which the official wording was not read for this edition, in the order of the paper: an item without
    /// a word of its own has that of its heading or section.
    pub fn uncertain_items(&self) -> Vec<&Item> {
        fn within<'f>(item: &'f Item, around: bool, found: &mut Vec<&'f Item>) {
            let is_uncertain = item.uncertain || item.evidence.map_or(around, |evidence| evidence == Evidence::Memory);
            if is_uncertain && item.is_answered() {
                found.push(item);
            }
            item.inner().iter().for_each(|inner| within(inner, is_uncertain, found));
        }
        let mut found = Vec::new();
        for section in &self.sections {
            let around = section.evidence == Some(Evidence::Memory);
            section.items.iter().for_each(|item| within(item, around, &mut found));
        }
        found
    }

    /// Whether the official wording of a question was not read for this edition.
    pub fn is_uncertain(&self, id: &str) -> bool {
        self.uncertain_items().iter().any(|item| item.id == id)
    }

    /// Every item in the order of the data, groups and repeats before the items inside them.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|section| section.items.iter()).flat_map(Item::with_inner)
    }

    /// The section with that id.
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == id)
    }

    /// The sections in the order of the paper, those that stand once per file with the file, of so many files.
    pub fn sections_on_paper(&self, n_files: usize) -> impl Iterator<Item = (&Section, Option<usize>)> {
        let pages = move |id: &String| -> Vec<(&Section, Option<usize>)> {
            if id != PER_FILE {
                return self.section(id).map(|section| (section, None)).into_iter().collect();
            }
            let of_file = |file| self.assembly.per_file_sections.iter().map(move |id| (id, Some(file)));
            let of_files = (0..n_files).flat_map(of_file);
            of_files.filter_map(|(id, file)| Some((self.section(id)?, file))).collect()
        };
        self.assembly.order.iter().flat_map(pages)
    }

    /// The section an item belongs to: ids begin with the id of their section.
    pub fn section_of(&self, item_id: &str) -> Option<&Section> {
        self.section(item_id.split('.').next().unwrap_or(item_id))
    }

    /// The text that stands below a figure in its section, and explains it.
    pub fn text_below(&self, figure: &str) -> Option<&Item> {
        let items = &self.section_of(figure)?.items;
        let at = items.iter().position(|item| item.id == figure)?;
        items.get(at + 1).filter(|item| matches!(item.kind, Kind::TextBlock))
    }

    /// The change table, with its item id.
    pub fn change_table(&self) -> Option<(&Item, &[Column])> {
        // It stands by itself at the end of the form.
        self.sections.iter().rev().flat_map(|section| &section.items).find_map(|item| match &item.kind {
            Kind::Table { columns } => Some((item, columns.as_slice())),
            _ => None,
        })
    }
}

fn japanese() -> String {
    "ja".to_owned()
}

/// Reads a text that stands on several lines in the data: the lines are joined by a space.
pub(super) fn one_line<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok(text.lines().map(|line| line.trim_matches(' ')).collect::<Vec<_>>().join(" "))
}

fn one_line_option<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(transparent)]
    struct OneLine(#[serde(deserialize_with = "one_line")] String);
    Ok(Option::<OneLine>::deserialize(deserializer)?.map(|OneLine(text)| text))
}
