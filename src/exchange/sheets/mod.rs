//! Print-outs as books of Excel: our own drawing, in the order and look of the official sheets.
//!
//! One worksheet for each section, on a grid of narrow columns; labels, brackets, boxes and lists stand in cells of their
//! own, so that the reader of books (`exchange/book`, `exchange/placer`) takes them for what they are. A long text goes on
//! in the rows below it and says so. Every text is text: no spreadsheet takes one for a formula.
//! Never: cuts a text, reads a clock, holds what is not printed (notes, remarks, waivers).
//! Start with [`book`] and [`table`]; `grid.rs` is what a worksheet holds, `parts.rs` writes it.

mod draw;
mod grid;
mod parts;
mod pieces;
mod table;

use self::grid::Grid;
use crate::print::printout::{PlainTable, Printout};

/// What the first sheet says of the book. The reader knows these lines as none of the author's.
pub const ABOUT: [&str; 6] = [
    "このブックについて",
    "評価書工房が、下書きの内容を様式の並びと見た目に合わせて書き出したものです。",
    "個人情報保護委員会が配る様式のブックではありません。そのまま提出に使えるとは限りません。",
    "長い文章は、下の行に「（続き）」として続きます。選択肢は、かっこの中のセルの一覧から選べます。",
    "直したブックは、評価書工房で読み込むと下書きに戻ります。",
    "図の画像、内部のメモ、コメント、「確認済み」の理由は入っていません。",
];

/// What stands before a text that goes on from the row above.
const CONTINUED: &str = "（続き）";
/// How a book ends that this program wrote and nobody saved since.
const OWN_END: &[u8] = b"hyoukasho book 1";
/// Larger than any book of this program.
pub const MAX_OWN_BYTES: u64 = 64 << 20;

/// A document as a book.
pub fn book(printout: &Printout) -> Vec<u8> {
    let mut grids = vec![about()];
    let mut lists = Vec::new();
    for sheet in &printout.sheets {
        grids.push(draw::sheet(sheet, printout, &mut lists));
    }
    parts::write(grids, &lists, &printout.title)
}

/// A table as a book of one sheet.
pub fn table(table: &PlainTable) -> Vec<u8> {
    parts::write(vec![table::grid(table)], &[], &table.title)
}

/// Whether these bytes are a book as this program writes it.
pub fn is_own(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") && bytes.ends_with(OWN_END)
}

fn about() -> Grid {
    let mut grid = Grid::of_form(ABOUT[0]);
    for (row, line) in (0..).zip(ABOUT) {
        let face = if row == 0 { grid::Face::Title } else { grid::Face::Plain };
        grid.put(grid::Cells::row(row, 0, grid::COLUMNS - 1), line, face);
    }
    grid
}
