//! The measures of the paper.
//!
//! Nobody has drawn the official sheet for us: the em counts are measured on published documents
//! (45–46 characters in a value cell, 60 in a full-width cell, 13 in a label), lines, fills and
//! millimetres are our choice. 1 em = one full-width character of body size, 3.0 mm.

use crate::print::layout::{Ink, Mm, Pt};

/// Body type.
pub(super) const BODY: Pt = Pt(8.5);
/// Section titles.
pub(super) const SECTION_TITLE: Pt = Pt(12.0);
/// The smallest a section title becomes so that it stands on one line.
pub(super) const SECTION_TITLE_LEAST: Pt = Pt(9.0);
/// The title on the cover and of 項目一覧.
pub(super) const COVER_TITLE: Pt = Pt(16.0);
/// The declaration: 33 characters on a line, as published.
pub(super) const DECLARATION: Pt = Pt(14.5);
/// The frame of the declaration, and that of 特記事項, so that the cover fills its page.
pub(super) const DECLARATION_HEIGHT: Mm = Mm(72.0);
/// See above.
pub(super) const NOTES_HEIGHT: Mm = Mm(28.0);
/// Fields of the cover.
pub(super) const COVER_FIELD: Pt = Pt(12.0);
/// Mark of the edition, page numbers.
pub(super) const SMALL: Pt = Pt(9.0);
/// Long lines at head and foot.
pub(super) const TINY: Pt = Pt(7.0);
/// The part of the table's width that a line at head or foot may take.
pub(super) const MARGIN_PART: f32 = 0.4;
/// Distance of two lines, in type sizes.
pub(super) const LEADING: f32 = 1.42;

/// A4.
pub(super) const PAPER: (Mm, Mm) = (Mm(210.0), Mm(297.0));
/// Margin above and below the type area.
pub(super) const MARGIN_Y: Mm = Mm(14.0);
/// Width of the table on an upright page: 60 em and padding.
pub(super) const TABLE: Mm = Mm(183.0);
/// Width of the table on a lying page.
pub(super) const WIDE_TABLE: Mm = Mm(264.0);

/// The label band: 13 em and padding.
pub(super) const LABEL_EM: f32 = 14.0;
/// How far a nested label is indented.
pub(super) const NESTED_EM: f32 = 3.0;
/// The cell of a vertical label.
pub(super) const VERTICAL_EM: f32 = 2.0;
/// The cell of a label shared by several rows.
pub(super) const SPLIT_EM: f32 = 7.0;
/// Space left and right of a cell's text; room for a hanging 。.
pub(super) const PADDING_EM: f32 = 0.5;
/// Space above and below a cell's text.
pub(super) const PADDING_Y: Pt = Pt(2.6);
/// The same where a section would end in a page of next to nothing.
pub(super) const CLOSE_PADDING_Y: Pt = Pt(1.4);
/// So much on a last page is next to nothing: a heading, its four lines and the row that comes along.
pub(super) const SHORT_TAIL: Pt = Pt(110.0);

/// The bracket of a choice, from "[" to "]".
pub(super) const BRACKET_EM: f32 = 17.0;
/// Space between bracket and list, and between columns of a list.
pub(super) const LIST_GAP_EM: f32 = 1.0;
/// Space between items of a list that stand beside each other: whoever takes them out of the PDF again sees that they
/// are two.
pub(super) const ITEM_GAP_EM: f32 = 1.5;
/// The least width of a list column, so that lists of neighbouring rows stand in line.
pub(super) const LIST_COLUMN_EM: f32 = 14.5;
/// A list of so many lines stands in one column: it fills no page.
pub(super) const LIST_LINES: usize = 40;
/// Most columns of a list: as published documents have it.
pub(super) const LIST_COLUMNS: usize = 3;
/// Space between a box and its label.
pub(super) const BOX_GAP_EM: f32 = 0.5;
/// Space between a box's label and the next box.
pub(super) const BOX_COLUMN_GAP_EM: f32 = 1.0;

/// The largest part of a page that the heads of columns take at the top of each.
pub(super) const RUNNING_HEAD: f32 = 0.25;
/// The height that a picture between texts has with its words, at most.
pub(super) const PICTURE: Mm = Mm(90.0);
/// The least part of a page that a figure begins on, and the least it has beside its words.
pub(super) const FIGURE_LEAST: f32 = 0.4;
/// The largest a pixel is printed: as large as a screen shows it, 96 to the inch.
pub(super) const PIXEL: Pt = Pt(0.75);

/// Rules inside a table.
pub(super) const RULE: Pt = Pt(0.4);
/// The frame of a table.
pub(super) const FRAME: Pt = Pt(0.9);

/// Numbered headings.
pub(super) const HEADING_INK: Ink = Ink(0.86);
/// リスク rows, heads of columns.
pub(super) const RISK_INK: Ink = Ink(0.92);
/// Labels.
pub(super) const LABEL_INK: Ink = Ink(0.955);
/// A watermark.
pub(super) const WATERMARK_INK: Ink = Ink(0.9);

/// A row up to this many lines moves to the next page whole; a longer one is split.
pub(super) const WHOLE_LINES: f32 = 9.0;
/// Most lines of an item that is repeated where its row goes on.
pub(super) const AGAIN_LINES: usize = 8;
/// Fewest lines of a split cell on either page.
pub(super) const SPLIT_LINES: usize = 2;
