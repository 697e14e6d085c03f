//! What is printed, in order, with nothing left to decide but where it stands.
//!
//! Holds headings, rows and cells in the words of the paper. Never: a size, a font, a draft.

use std::sync::Arc;

use crate::chart::Chart;
use crate::form::{FieldPath, ListPlace, Orientation};
use crate::pictures::Plate;

/// A whole document as it will be printed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Printout {
    /// 評価書名, or the title of the form while it has none.
    pub title: String,
    /// 評価実施機関名.
    pub author: String,
    /// The official title of the form.
    pub subject: String,
    /// The sheets in printed order.
    pub sheets: Vec<Sheet>,
    /// The signs of boxes and option lists.
    pub signs: PrintedSigns,
}

/// Signs printed all over the form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PrintedSigns {
    /// A box that is on.
    pub check_on: String,
    /// A box that is off.
    pub check_off: String,
    /// The head of an option list.
    pub choice_list_title: String,
}

/// One section of the form, once or for one file.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Id of the section.
    pub section: String,
    /// The printed title.
    pub title: String,
    /// Orientation of its pages.
    pub orientation: Orientation,
    /// Whether it starts a page.
    pub start: SheetStart,
    /// Bookmarks at its title.
    pub bookmarks: Vec<Bookmark>,
    /// Depth of the bookmarks of its headings.
    pub heading_level: u8,
    /// What stands on it.
    pub body: Body,
}

/// Where a sheet starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetStart {
    /// On a new page.
    NewPage,
    /// Below the sheet before it.
    SamePage,
}

/// One bookmark.
#[derive(Clone, Debug, PartialEq)]
pub struct Bookmark {
    /// What it says.
    pub title: String,
    /// Depth, 0 = top.
    pub level: u8,
}

/// What stands on a sheet.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// The cover.
    Cover(Cover),
    /// 項目一覧.
    Contents(Vec<ContentsLine>),
    /// Rows of the portrait grid.
    Rows(Vec<Row>),
    /// The same under a large title: the head of a paper that is no official form.
    Front(Vec<Row>),
    /// A table of its own columns (変更箇所).
    Columns(ColumnTable),
}

/// The cover.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cover {
    /// Side by side above the declaration: 評価書番号, 評価書名.
    pub head: Vec<Field>,
    /// The declaration.
    pub declaration: Vec<Field>,
    /// Label left, inside the frame of the declaration: 特記事項.
    pub notes: Vec<Field>,
    /// Below: 評価実施機関名, 公表日.
    pub foot: Vec<Field>,
    /// The edition's mark, outside the frame.
    pub mark: String,
}

/// A label and its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The printed label.
    pub label: String,
    /// The answer.
    pub text: String,
    /// Its address.
    pub path: FieldPath,
}

/// One line of 項目一覧.
#[derive(Clone, Debug, PartialEq)]
pub struct ContentsLine {
    /// The printed line.
    pub text: String,
    /// Id of the section it leads to.
    pub section: Option<String>,
}

/// One row of the portrait grid.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A numbered heading over the full width, with check boxes at its right end.
    Heading {
        /// Number, label and ※.
        text: String,
        /// The boxes, each with the address of its answer.
        boxes: Vec<(BoxMark, FieldPath)>,
    },
    /// A リスク row over the full width.
    Risk(String),
    /// A label over the full width, above its cell.
    Label(String),
    /// The title of an entry (システム1), with its value where it has one (委託事項1).
    EntryTitle {
        /// The title.
        text: String,
        /// What stands beside it, and the answer's address.
        value: Option<(Vec<Content>, FieldPath)>,
    },
    /// A paging heading (システム2～5).
    Paging(String),
    /// A cell over the full width.
    Full {
        /// What stands in it.
        content: Vec<Content>,
        /// The answer's address.
        path: FieldPath,
    },
    /// A frame over the full width that fills its page: figures, or the list of 記録項目.
    Frame {
        /// What stands in it.
        content: Vec<Content>,
        /// The answer's address.
        path: FieldPath,
    },
    /// Label band and value band.
    Band {
        /// The label.
        label: BandLabel,
        /// What stands in the value band.
        content: Vec<Content>,
        /// The answer's address.
        path: FieldPath,
    },
    /// Rows that share a cell at the left of the label band.
    Shared {
        /// What stands in the shared cell.
        label: SharedLabel,
        /// The rows; each a `Band`.
        rows: Vec<Row>,
    },
    /// A boxed line of fixed text without an answer.
    Note(String),
}

/// The label of a band row.
#[derive(Clone, Debug, PartialEq)]
pub struct BandLabel {
    /// Number, wording and ※; `\n` where the form breaks the line.
    pub text: String,
    /// Where in the label band it stands.
    pub place: LabelPlace,
}

/// Where in the label band a label stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelPlace {
    /// Over the whole band.
    Whole,
    /// Indented, under the row before it.
    Nested,
}

/// The cell shared by several rows at the left of the label band.
#[derive(Clone, Debug, PartialEq)]
pub enum SharedLabel {
    /// One character per line (再委託).
    Vertical(String),
    /// Written as usual (④使用の主体).
    Horizontal(String),
}

/// One thing in a cell; several stand one below the other.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Text with the author's line breaks and indents.
    Text(String),
    /// A list: items that are short may stand beside each other.
    List(Vec<ListLine>),
    /// A bracketed choice with its list.
    Choice(BracketedChoice),
    /// Rows of boxes.
    Boxes(BoxRows),
    /// A picture with its words. In a [`Row::Frame`] it fills a page; elsewhere its words alone are printed.
    Figure(PrintedFigure),
    /// A picture at its place in the text, with its words, no higher than a part of a page.
    Picture(PrintedFigure),
}

/// A picture with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct PrintedFigure {
    /// What is drawn.
    pub art: Art,
    /// What is read out in its place.
    pub alternative: String,
    /// The line above it; empty where it has none.
    pub caption: String,
    /// The text below it.
    pub note: String,
    /// How the page lies that shows it.
    pub orientation: Orientation,
}

/// What is drawn for a figure.
#[derive(Clone, Debug, PartialEq)]
pub enum Art {
    /// A picture, and the file it was made of.
    Plate(Arc<Plate>, Arc<[u8]>),
    /// A chart.
    Chart(Arc<Chart>),
    /// Nothing could be made of the picture: why, and what to do.
    Broken(String),
}

/// A bracketed choice.
#[derive(Clone, Debug, PartialEq)]
pub struct BracketedChoice {
    /// The chosen wording; empty when nothing is chosen.
    pub value: String,
    /// Options with their markers by printed row.
    pub list: Vec<Vec<String>>,
    /// Where the list stands.
    pub place: ListPlace,
    /// Lines under the bracket, in its column: （ 1 ）　件.
    pub under: Vec<String>,
}

/// Rows of boxes.
#[derive(Clone, Debug, PartialEq)]
pub struct BoxRows {
    /// A line above them; empty where none is printed.
    pub label: String,
    /// The boxes by printed row.
    pub rows: Vec<Vec<BoxMark>>,
}

/// A line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListLine {
    /// As written.
    pub text: String,
    /// Whether it is an item; a heading, a note or an empty line has a line of its own.
    pub is_item: bool,
}

/// One box with its label.
#[derive(Clone, Debug, PartialEq)]
pub struct BoxMark {
    /// Whether it is on.
    pub on: bool,
    /// Its label.
    pub label: String,
    /// The parenthesis after it.
    pub paren: Option<Paren>,
}

/// A parenthesis after a box.
#[derive(Clone, Debug, PartialEq)]
pub struct Paren {
    /// What opens it, with what stands before it.
    pub open: String,
    /// The author's text.
    pub text: String,
    /// What closes it, with what stands after it.
    pub close: String,
    /// Whether the text may fill the rest of the row.
    pub wide: bool,
}

/// A table of its own columns.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnTable {
    /// The heads from left to right.
    pub columns: Vec<ColumnHead>,
    /// The rows; one text per column.
    pub rows: Vec<ColumnRow>,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnHead {
    /// Id of the column.
    pub id: String,
    /// The printed head.
    pub label: String,
    /// Width in em of body size, padding included.
    pub width_em: f32,
    /// Whether its texts stand in the middle: numbers and short marks.
    pub centered: bool,
    /// Whether its text stands again, as （続き）, where a row goes on over a page.
    pub repeated: bool,
}

/// A table that is no form: on pages and in books alike.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlainTable {
    /// What stands above it.
    pub title: String,
    /// Lines between title and table.
    pub notes: Vec<String>,
    /// The heads with the widths of their columns, in full-width characters.
    pub heads: Vec<(String, u8)>,
    /// The rows; one text per column.
    pub rows: Vec<Vec<String>>,
}

/// One row of a column table.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnRow {
    /// One text per column.
    pub cells: Vec<String>,
    /// Index of the row in the draft; `None` for the empty row of an empty table.
    pub index: Option<usize>,
}
